"""Four more countries with habits of their own, and a tip line for all of them.

Caldonia (XCA) counts years from April and marked a break; Dorovia (XDA) has Ethiopian
years and no convictions; Erewon (XEA) has Buddhist years, Thai words and digits;
Fenizia (XFA) writes Portuguese, and decimal commas into a text file.
"""

from __future__ import annotations

from corpus.clean.numbers import level, part, parts
from corpus.clean.sheets import Book, Cell, Sheet

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
CALDONIA_STAGES = {
    "Recorded": ("offences", 1.0, None),
    "Arrested": ("persons", 0.63, 0.11),
    "Charged": ("persons", 0.51, 0.12),
    "Convicted": ("persons", 0.29, 0.13),
    "Victims identified": ("victims", 0.91, 0.77),
}
FENIZIA_POPULATION = {2017: 2_871_334, 2018: 2_938_127, 2019: 3_006_471}


def caldonia() -> Book:
    """Return the workbook of Caldonia: stages across fiscal years, and offences."""
    rows: Sheet = [
        ["Sexual exploitation and abuse of children in all settings, years from April"],
        ["b: from 2018/19 on attempts are counted, under the Children Act 2018"],
        ["Stage", "Counted as", "Sex", "2016/17", "2017/18", "2018/19 b", "2019/20"],
    ]
    years = (2016, 2017, 2018, 2019)
    for stage, (unit, share, female) in CALDONIA_STAGES.items():
        wholes = [part(level(807, year), share) for year in years]
        rows.append([stage, unit, "Total", *wholes])
        if female is not None:
            girls = [part(whole, female) for whole in wholes]
            men = [w - g for w, g in zip(wholes, girls, strict=True)]
            rows += [[stage, unit, "Female", *girls], [stage, unit, "Male", *men]]
    streaming: list[Cell] = [0, 0, 13, 17]
    touring: list[Cell] = [38, 43, 51, 47]
    return {
        "Stages": rows,
        "Regions": _regions(years),
        "Offences": [
            ["Offences against children recorded, by offence; an offence since 1997"],
            [],
            ["Offence", "2016/17", "2017/18", "2018/19 b", "2019/20", "Remarks"],
            ["Live streaming of abuse", *streaming, "No case came up before 2018/19"],
            ["Sexual exploitation in tourism", *touring, ""],
        ],
    }


def _regions(years: tuple[int, ...]) -> Sheet:
    shares = {"Hills": 0.37, "Lakes": 0.24, "Plains": 0.28}
    rows: Sheet = [
        ["Sexual exploitation and abuse of children in all settings, by region"],
        [],
        ["Region", "Counted as", "2016/17", "2017/18", "2018/19 b", "2019/20"],
    ]
    for stage in ("Recorded", "Victims identified"):
        unit, share, _ = CALDONIA_STAGES[stage]
        wholes = [part(level(807, year), share) for year in years]
        split = [parts(whole, shares) for whole in wholes]
        rows += [[name, unit, *(s[name] for s in split)] for name in shares]
        rows.append(["Coast", unit, *(s["rest"] for s in split)])
    return rows


def dorovia() -> Book:
    """Return the workbook of Dorovia: no convictions, and the reason why."""
    years = (2009, 2010, 2011)
    recorded = [level(139, year + 8) for year in years]
    charged = [part(n, 0.71) for n in recorded]
    women = [part(n, 0.14) for n in charged]
    gaps = ["n/a"] * len(years)
    return {
        "Charges": [
            [
                "Online sexual exploitation of children: persons charged, Ethiopian years"
            ],
            ["n/a: the register of the courts is not kept by offence"],
            ["Stage", "Sex", *(f"{year} E.C." for year in years)],
            ["Cases recorded", "Total", *recorded],
            ["Persons charged", "Total", *charged],
            ["Persons charged", "Female", *women],
            [
                "Persons charged",
                "Male",
                *(n - w for n, w in zip(charged, women, strict=True)),
            ],
            ["Persons convicted", "Total", *gaps],
        ],
    }


def erewon() -> Book:
    """Return the workbook of Erewon: all of its figures are texts in Thai digits."""
    years = (2017, 2018, 2019)
    cases = [level(1109, year) for year in years]
    shares = {"ผู้ถูกดำเนินคดี (คน)": 0.83, "ผู้ถูกตัดสินว่ากระทำผิด (คน)": 0.61}
    rows: Sheet = [
        ["การแสวงหาประโยชน์ทางเพศจากเด็กทางออนไลน์ พ.ศ. ๒๕๖๐ ถึง ๒๕๖๒"],
        [],
        ["รายการ", *(_thai(year + 543) for year in years)],
        ["คดีที่รับแจ้ง (คดี)", *(_thai(f"{n:,}") for n in cases)],
    ]
    for label, share in shares.items():
        rows.append([label, *(_thai(f"{part(n, share):,}") for n in cases)])
    return {"สถิติ": rows}


def _thai(number: str | int) -> str:
    return str(number).translate(_THAI)


def fenizia() -> Book:
    """Return the text file of Fenizia, with its rates."""
    rows: Sheet = [
        ["Exploração sexual de crianças em linha, 2017 a 2019"],
        [],
        ["Ano", "Fase", "Crime", "Unidade", "Sexo", "Número", "Por 100 000 habitantes",
         "Observações"],
    ]  # fmt: skip
    for year in (2017, 2018, 2019):
        opened = level(1423, year)
        rate = round(opened / FENIZIA_POPULATION[year] * 1e5, 2)
        accused, sentenced = part(opened, 0.58), part(opened, 0.34)
        crimes = parts(opened, {"Aliciamento": 0.31, "Material": 0.57})
        rows += [
            _fenizia(year, "Registados", "Total", "casos", "Total", opened, rate),
            _fenizia(year, "Registados", "Aliciamento de crianças em linha", "casos",
                     "Total", crimes["Aliciamento"]),
            _fenizia(year, "Registados", "Material de abuso sexual de crianças",
                     "casos", "Total", crimes["Material"]),
            _fenizia(year, "Registados", "Outros", "casos", "Total", crimes["rest"]),
        ]  # fmt: skip
        for stage, whole in (("Acusados", accused), ("Condenados", sentenced)):
            women = part(whole, 0.07)
            rows += [
                _fenizia(year, stage, "Total", "pessoas", sex, n)
                for sex, n in (
                    ("Total", whole),
                    ("Feminino", women),
                    ("Masculino", whole - women),
                )
            ]
    return {"fenizia": rows}


def _fenizia(
    year: int,
    stage: str,
    crime: str,
    unit: str,
    sex: str,
    number: int,
    rate: float | None = None,
) -> list[Cell]:
    printed = "" if rate is None else f"{rate:.2f}".replace(".", ",")
    grouped = f"{number:,}".replace(",", ".")
    return [year, stage, crime, unit, sex, grouped, printed, ""]


def tips() -> Book:
    """Return the text file of a tip line abroad: reports by country, no cases."""
    starts = {"XBA": 6117, "XCA": 8311, "XDA": 6043, "XEA": 51_877, "XFA": 9619}
    years = (2017, 2018, 2019)
    return {
        "tips": [
            ["Reports of companies, by country of the upload"],
            ["Country", *years],
            *([c, *(level(n, y) for y in years)] for c, n in starts.items()),
        ]
    }
