"""More invented registers: shorthand, masks, odd files, and numbers beside the persons.

Nobody in them exists. Each is the sheets of a file: name, rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from gate_registers import GIVEN, Sheets, cells, days


def mozambican_text() -> Sheets:
    rows = [
        ["1", "Celeste M.", "F", "14 anos", "Beira Nova", "12-03-2019"],
        ["2", "Abílio C.", "M", "12 anos", "Tete Velha", "30-11-2018"],
        ["3", "Inês T.", "F", "15 anos", "Beira Nova", "07-07-2019"],
    ]
    return [(None, rows)]


def ugandan_table() -> Sheets:
    text = """
        SD REF | Complainant | Accused | Age | Tribe
        SD 12/03/04/2019 | Nakazzi Ritah | Okellos Tom | 14 | Muganda
        SD 31/07/04/2019 | Apiyo Grace | Katos Ben | 11 | Acholi
        SD 09/11/05/2019 | Nambiro Joy | unknown | 16 | Musoga
    """
    return [("t1", cells(text))]


def masked_names() -> Sheets:
    rows: list[list[Any]] = [["Victim", "Sx", "Age", "Parish"]]
    for i, name in enumerate(GIVEN):
        rows.append(
            [
                "".join(c if c.isupper() or c == " " else "*" for c in name),
                "FM"[i % 2],
                11 + i * 3 % 5,
                "P",
            ]
        )
    return [("v", rows)]


def lower_case() -> Sheets:
    text = """
        nama | umur | jk | alamat
        siti aminatun | 13 | p | dusun satu
        budi santosa | 15 | l | dusun dua
        dewi lestarini | 12 | p | dusun tiga
    """
    return [("lembar1", cells(text))]


def without_accents() -> Sheets:
    text = """
        Ho ten | Nam sinh | Que quan | Hanh vi
        Nguyen Thi Lanh | 2006 | Xa Tren | gui anh
        Tran Van Ben | 2004 | Xa Duoi | gui anh
    """
    return [(None, cells(text))]


def thai_cases() -> Sheets:
    text = """
        คดีที่ | วันเกิดเหตุ | ข้อหา | ผลคดี
        123/2562 | 12 มี.ค. 2562 | ครอบครองสื่อ | ฟ้อง
        156/2562 | 30 เม.ย. 2562 | ครอบครองสื่อ | สอบสวน
        201/2562 | 7 ก.ค. 2562 | กระทำอนาจาร | ฟ้อง
    """
    return [("คดี", cells(text))]


def transliterated() -> Sheets:
    text = """
        Qutir | Sim | Tsota | Edme | Ken
        1 | ሕይወት አበራሽ | ሴት | 13 | 12/07/2011
        2 | ዳዊት መኮንኔ | ወንድ | 15 | 21/03/2011
        3 | ማርታ ወርቅነህ | ሴት | 12 | 02/11/2011
    """
    return [("Hoja", cells(text))]


def boys_and_girls() -> Sheets:
    rows: list[list[Any]] = [["Village", "Child", "Years", "Harm"]]
    rows += [
        [
            f"Village {i % 3}",
            ("Girl", "Boy")[i % 2],
            f"{9 + i * 5 % 7} yrs",
            "video",
        ]
        for i in range(9)
    ]
    return [("Tally", rows)]


def lying_unheaded() -> Sheets:
    born = days(5)
    return [
        ("x", [list(GIVEN), ["F", "M", "F", "M", "F"], [d.isoformat() for d in born]])
    ]


def cases_with_amounts() -> Sheets:
    rows: list[list[Any]] = [
        [
            "Case ID",
            "No. of victims",
            "No. of suspects",
            "Date of arrest",
            "Station",
            "USD",
        ]
    ]
    for i, day in enumerate(days(10, date(2019, 1, 3), 23)):
        rows.append(
            [
                f"AR/{day.year}/{i * 17 + 31:04d}",
                1 + i % 3,
                1,
                day,
                f"St {i % 4}",
                900 + i,
            ]
        )
    return [("Arrests", rows)]


def prisoners() -> Sheets:
    rows: list[list[Any]] = [
        ["Prisoner no", "Crime", "Term (years)", "Admitted", "Release"]
    ]
    for i, day in enumerate(days(8, date(2016, 1, 3), 37)):
        rows.append(
            [
                f"KMT/{i * 91 + 204}",
                "Art. 3",
                3 + i % 9,
                day,
                day.replace(year=day.year + 3),
            ]
        )
    return [("P", rows)]


def hashed() -> Sheets:
    rows: list[list[Any]] = [["key", "sex", "birth year", "offence"]]
    for i in range(12):
        key = sha256(str(i).encode()).hexdigest()
        rows.append([key, "mf"[i % 2], 2001 + i * 7 % 9, "0302"])
    return [(None, rows)]


def tips() -> Sheets:
    rows: list[list[Any]] = [["CyberTip", "Received", "Upload IP", "ESP", "Referred"]]
    for i, day in enumerate(days(7, date(2019, 1, 3), 23)):
        rows.append(
            [41234567 + i * 9811, day, f"102.89.{i * 31 % 250}.{i * 7}", "Chat", "CID"]
        )
    return [("Tips", rows)]


def examinations() -> Sheets:
    rows: list[list[Any]] = [["Hosp. No", "Age", "Sex", "Findings", "Seen on"]]
    for i, day in enumerate(days(6, date(2019, 1, 3), 41)):
        rows.append(
            [f"{i * 771 + 20145}/19", f"{6 + i}y", "FM"[i % 2], "healed tear", day]
        )
    return [("GBV clinic", rows)]


def khmer_unheaded() -> Sheets:
    text = """
        សុខ ដារ៉ាមុនី | ស | ១៣ ឆ្នាំ | ភូមិ១
        ចាន់ វណ្ណាឫទ្ធី | ប | ១៥ ឆ្នាំ | ភូមិ២
        កែវ សុភាពរី | ស | ១១ ឆ្នាំ | ភូមិ១
    """
    return [("Sheet1", cells(text))]


def shelter() -> Sheets:
    rows: list[list[Any]] = [
        ["Client code", "Admission", "Birth yr", "Nationality", "Kin contact"]
    ]
    for i, day in enumerate(days(6, date(2018, 1, 3), 53)):
        rows.append([f"SH{i * 13 + 7}", day, 2003 + i % 5, "Samplonian", "aunt"])
    return [("Shelter", rows)]


def compact_dates_unheaded() -> Sheets:
    rows = [[f"{d:%Y%m%d}", str(1 + i % 2), "B"] for i, d in enumerate(days(8))]
    for i, row in enumerate(rows):
        row.insert(0, f"C-{i * 37 + 11}")
        row[2] = "FM"[i % 2]
    return [(None, rows)]


def detained() -> Sheets:
    text = """
        Relación de detenidos |  |  |
        Nombre | Edad | Delito | Hora
        Luz Quispe Inventada | 19 | Acoso | 10:20
        Luis Rojas Ficticio | 34 | Acoso | 23:05
        Ana Soto Irreal | 27 | Estafa | 08:40
    """
    return [("Relación", cells(text))]


def particulars() -> Sheets:
    text = """
         | Personal particulars |  |  | Matter
         | Names | M/F | Yrs |
        i | Otienza A. | F | 13 | CSAM
        ii | Kimanzo B. | M | 15 | grooming
        iii | Mwendapo Z. | F | 12 | CSAM
    """
    return [("Reg", cells(text))]


def under_subheadings() -> Sheets:
    rows: list[list[Any]] = [["Name", "Age", "Offence"]]
    for i, name in enumerate(GIVEN):
        rows += [[f"Station {i}", "", ""], [name, 12 + i % 4, "grooming"]]
    return [("S", rows)]


def swahili_unheaded() -> Sheets:
    rows = [
        [
            f"OB/{i * 31 + 7}/{d:%d/%m/%Y}",
            f"{d:%d.%m.%Y}",
            "Ubakaji",
            f"Miaka {11 + i % 4}",
        ]
        for i, d in enumerate(days(6, date(2019, 1, 3), 17))
    ]
    return [(None, rows)]


def names_only() -> Sheets:
    names = ("Wanjiku Mwangi", "Otieno Ochieng", "Halima Juma", "Kevin Kiprotich", "Achieng Ouma",
             "Fatuma Salimu", "Peter Kamau", "Nekesa Wafula")  # fmt: skip
    return [("list", [[i, name] for i, name in enumerate(names, 1)])]


def chinese_unheaded() -> Sheets:
    text = """
        王小虚 | 女 | 110101200603120024 | 朝阳
        李大构 | 男 | 110101200411300018 | 海淀
        张拟 | 女 | 110101200807070026 | 朝阳
    """
    return [("Sheet1", cells(text))]


def south_african_numbers() -> Sheets:
    rows: list[list[Any]] = [["ID-nommer", "Klagte"]]
    rows += [
        [float(6_030_125_800_081 + i * 10_100_000_000), "Verkragting"] for i in range(4)
    ]
    return [("Blad", rows)]


def serial_dates_unheaded() -> Sheets:
    rows = [
        [float(43_101 + i * i * 7 % 600), "MF"[i % 2], "Rape", "North"]
        for i in range(9)
    ]
    return [("s", rows)]


def one_row_a_case() -> Sheets:
    rows: list[list[Any]] = [["Region", "Month", "Offence", "Outcome", "Count"]]
    rows += [
        [
            f"R{i * 7 % 4}",
            1 + i * 5 % 6,
            ("a", "b")[i % 2],
            ("x", "y")[i % 3 == 0],
            1,
        ]
        for i in range(60)
    ]
    return [("Extract", rows)]


def malaysian_papers() -> Sheets:
    text = """
        Kertas siasatan | Mangsa | OYDS | Umur | Seksyen
        BKT/RPT/1234/19 | Nurul I. | Lim K. H. | 13 | 14(a)
        BKT/RPT/1302/19 | Aiman H. | Ahmad R. | 15 | 15(b)
    """
    return [("OYDS", cells(text))]


def cache_of_a_pivot() -> Sheets:
    text = """
        victim | gender | yob | station
        A. Otienza | F | 2006 | Upper
        B. Kimanzo | M | 2004 | Lower
        Z. Mwendapo | F | 2008 | Upper
    """
    return [("cache", cells(text))]


SHORTHAND: Mapping[str, Callable[[], Sheets]] = {
    build.__name__: build
    for build in (
        mozambican_text, ugandan_table, masked_names, lower_case, without_accents,
        thai_cases, transliterated, boys_and_girls, lying_unheaded, cases_with_amounts,
        prisoners, hashed, tips, examinations, khmer_unheaded, shelter,
        compact_dates_unheaded, detained, particulars, under_subheadings,
        swahili_unheaded, names_only, chinese_unheaded, south_african_numbers,
        serial_dates_unheaded, one_row_a_case, malaysian_papers, cache_of_a_pivot,
    )
}  # fmt: skip
