"""Workbooks written after the others were read right; all is invented."""

from __future__ import annotations

from printing import Unknown, figures

THIRD = (
    Unknown(
        name="fr_parquet_sections",
        text="""
# Parquet
Parquet général - activité 2018 et 2019
Infractions sexuelles commises sur des mineurs

Nature | 2018 | 2019
Affaires nouvelles | 412 | 433
Affaires classées sans suite | 120 | 131
Personnes poursuivies | 240 | 251
dont femmes | 12 | 9
Personnes condamnées | 130 | 144
""",
        truth=(
            figures(
                "B5:C9",
                period="B-C=2018+",
                stage="5,6,8=* 7=PROSECUTED 9=CONVICTED",
                unit="5-6=CASE 7,9=PERSON 8=*",
            ),
        ),
    ),
    Unknown(
        name="en_stations_monthly_sheets",
        text="""
# Jan 2019
Occurrences reported at stations
Station | Boys | Girls
Quay | 1 | 4
Mill | 0 | 2
# Feb 2019
Occurrences reported at stations
Station | Boys | Girls
Quay | 2 | 3
Mill | 1 | 1
# Mar 2019
Occurrences reported at stations
Station | Boys | Girls
Quay | 0 | 5
Mill | 2 | 2
""",
        truth=(
            figures(
                "B3:C4",
                period="Jan_2019=2019-01 Feb_2019=2019-02 Mar_2019=2019-03",
                stage="REPORTED",
                unit="*",
                sex="B=M C=F",
            ),
        ),
    ),
    Unknown(
        name="pt_total_left",
        text="""
Serviço de Investigação Criminal
Menores vítimas de exploração sexual, por sexo e ano

 | Total | | Masculino | | Feminino |
Ano | 2018 | 2019 | 2018 | 2019 | 2018 | 2019
Norte | 30 | 41 | 5 | 9 | 25 | 32
Sul | 18 | 22 | 3 | 4 | 15 | 18
""",
        truth=(
            figures(
                "B6:G7",
                period="B,D,F=2018 C,E,G=2019",
                sex="B-C=_T D-E=M F-G=F",
                unit="VICTIM",
                stage="*",
            ),
        ),
    ),
    Unknown(
        name="en_iccs_codes",
        text="""
Code | Offence | 2016 | 2017 | 2018
0301 | Sexual violence | 210 | 225 | 230
03022 | Sexual exploitation of children | 14 | 21 | 33
02044 | Trafficking for sexual exploitation | 4 | 2 | 7
""".replace("0301 |", "'0301 |")
        .replace("03022", "'03022")
        .replace("02044", "'02044"),
        truth=(figures("C2:E4", period="C-E=2016+"),),
    ),
    Unknown(
        name="id_csv_long",
        form="csv",
        options={"delimiter": ";"},
        text="""
Tahun;Bulan;Provinsi;Jenis kelamin;Jumlah korban
2018;1;Pulau Jati;Laki-laki;3
2018;1;Pulau Jati;Perempuan;9
2018;2;Pulau Jati;Laki-laki;1
2019;1;Teluk Mawar;Perempuan;7
2019;2;Teluk Mawar;Perempuan;5
""".replace(";", " | "),
        truth=(
            figures(
                "E2:E6",
                period="2-3=2018-01 4=2018-02 5=2019-01 6=2019-02",
                sex="2,4=M 3,5,6=F",
                unit="VICTIM",
            ),
        ),
    ),
    Unknown(
        name="am_months",
        text="""
# ወርሃዊ
በ2011 ዓ.ም የተመዘገቡ ጉዳዮች በወር

ወር | ጉዳዮች
መስከረም | 12
ጥቅምት | 9
ኅዳር | 14
ድምር | 35
""",
        truth=(
            figures(
                "B4:B6",
                period="4=2018-09-11/P30D 5=2018-10-11/P30D 6=2018-11-10/P30D",
                unit="CASE",
                stage="RECORDED",
            ),
            figures("B7:B7", period="*", unit="CASE", stage="RECORDED"),
        ),
    ),
    Unknown(
        name="en_ages_sexes_two_levels",
        text="""
Modelia - Children's Commissioner
Table B.3: Identified victims of online abuse in 2019, by age and sex

Age | Male | < | Female | < | Total
^ | No. | % | No. | % | ^
0 to 5 | 3 | 10.0 | 9 | 12.9 | 12
6 to 11 | 12 | 40.0 | 24 | 34.3 | 36
12 to 17 | 15 | 50.0 | 37 | 52.9 | 52
Total | 30 | 100.0 | 70 | 100.0 | 100
""",
        truth=(
            figures(
                "B6:F9",
                period="2019",
                area="XMA",
                sex="B-C=M D-E=F F=_T",
                unit="B,D,F=VICTIM C,E=*",
                stage="VICTIM_IDENTIFIED",
                stat="B,D,F=COUNT C,E=PERCENT",
            ),
        ),
    ),
    Unknown(
        name="es_dashes_and_blanks",
        text="""
Juzgados de menores - asuntos ingresados y resueltos
Juzgado | Ingresados 2018 | Resueltos 2018 | Ingresados 2019 | Resueltos 2019
Valle | '1.012 | 988 | '1.100 | '1.054
Costa | - | - | 87 | 80
Prado | 45 | s/d | 51 | 50
Total | '1.057 | 988 | '1.238 | '1.184
""",
        group=".",
        gaps={
            "-": "UNKNOWN NOT_AVAILABLE NOT_APPLICABLE BLANK",
            "s/d": "NOT_AVAILABLE",
        },
        truth=(figures("B3:E6", period="B-C=2018 D-E=2019", stage="*", unit="*"),),
        asks="gap",
    ),
)
