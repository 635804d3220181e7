"""Further workbooks, written before any reading of them was mended; all is invented."""

from __future__ import annotations

from printing import Unknown, figures

SECOND = (
    Unknown(
        name="am_bilingual_long",
        text="""
# Annual
Misale Attorney General - cases of sexual abuse of children / በሕጻናት ላይ የሚፈጸም ወሲባዊ ጥቃት
Year (E.C.) / ዓመት | Cases opened / የተከፈቱ መዝገቦች | Persons charged / የተከሰሱ | Persons convicted / የተፈረደባቸው
2009 | 120 | 88 | 40
2010 | 131 | 97 | 44
2011 | 150 | 103 | 52
""",
        truth=(
            figures(
                "B3:D5",
                period="3=2016-09-11/P1Y 4=2017-09-11/P1Y 5=2018-09-11/P1Y",
                area="XBA",
                stage="B=* C=CHARGED D=CONVICTED",
                unit="B=CASE C,D=PERSON",
            ),
        ),
    ),
    Unknown(
        name="id_months_per_province",
        text="""
# Pulau Jati
Data kasus eksploitasi seksual anak tahun 2019
Bulan | Laporan polisi | Tersangka | Korban
Januari | 12 | 9 | 14
Februari | 8 | 7 | 8
Maret | 15 | 11 | 17
Jumlah | 35 | 27 | 39
# Teluk Mawar
Data kasus eksploitasi seksual anak tahun 2019
Bulan | Laporan polisi | Tersangka | Korban
Januari | 3 | 2 | 3
Februari | 5 | 5 | 6
Maret | 1 | 1 | 1
Jumlah | 9 | 8 | 10
""",
        truth=(
            figures(
                "B3:D5",
                period="3-5=2019-01+",
                stage="*",
                unit="B=REPORT C=PERSON D=VICTIM",
            ),
            figures("B6:D6", period="*", stage="*", unit="B=REPORT C=PERSON D=VICTIM"),
        ),
    ),
    Unknown(
        name="pt_trimestres",
        text="""
Comando Provincial - Gabinete de atendimento à família e menor
Casos atendidos

Esquadra | 1.º trimestre 2018 | 2.º trimestre 2018 | 3.º trimestre 2018 | 4.º trimestre 2018
 | (n.º) | (n.º) | (n.º) | (n.º)
1.ª Esquadra | 14 | 18 | 11 | 20
2.ª Esquadra | 7 | 5 | 9 | 6
Total | 21 | 23 | 20 | 26
""",
        truth=(figures("B6:E8", period="B-E=2018-Q1+", unit="CASE", stage="*"),),
    ),
    Unknown(
        name="vi_half_year_change",
        text="""
# BC
Tình hình tội phạm xâm hại trẻ em 6 tháng đầu năm 2019

Địa phương | Số vụ phát hiện | Số đối tượng | So với cùng kỳ 2018 (%)
Huyện Sông Mây | 41 | 50 | 12,5
Huyện Núi Trăng | 22 | 23 | -4,3
Tổng số | 63 | 73 | 6,1
""",
        decimal=",",
        truth=(
            figures("B4:C6", period="2019-S1", unit="B=CASE C=PERSON", stage="*"),
            figures("D4:D6", period="*", unit="*", stage="*", stat="PERCENT_CHANGE"),
        ),
    ),
    Unknown(
        name="th_thai_digits",
        text="""
# ตาราง ๑
จำนวนผู้เสียหายจากการค้ามนุษย์ จำแนกตามเพศ
ปี พ.ศ. | ชาย | หญิง | รวม
'๒๕๖๐ | '๑๒ | '๔๕ | '๕๗
'๒๕๖๑ | '๑๕ | '๕๑ | '๖๖
'๒๕๖๒ | '๙ | '๓๘ | '๔๗
""",
        truth=(
            figures(
                "B3:D5",
                period="3-5=2017+",
                sex="B=M C=F D=_T",
                unit="VICTIM",
                stage="*",
                area="*",
            ),
        ),
    ),
    Unknown(
        name="fr_csv_rates",
        form="csv",
        options={"delimiter": ";"},
        text="""
Année | Région | Faits constatés | Taux pour 100 000 habitants
2017 | Val Doré | '1 204 | '12,4
2017 | Mont Clair | 310 | '8,1
2018 | Val Doré | '1 251 | '12,9
2018 | Mont Clair | 298 | '7,8
2019 | Val Doré | '1 330 | '13,6
2019 | Mont Clair | 344 | '9,0
""",
        group=" ",
        decimal=",",
        truth=(
            figures(
                "C2:D7",
                period="2-3=2017 4-5=2018 6-7=2019",
                stat="C=COUNT D=RATE_100K",
                stage="*",
                unit="*",
            ),
        ),
    ),
    Unknown(
        name="en_docx_sexes",
        form="docx",
        text="""
Department of Social Welfare
Number of children rescued from online exploitation in 2018
Region | Girls | Boys | Both sexes
Upper Delta | 12 | 5 | 17
Lower Delta | 30 | 11 | 41
All regions | 42 | 16 | 58
""",
        truth=(
            figures("B4:D6", period="2018", sex="B=F C=M D=_T", unit="*", stage="*"),
        ),
    ),
    Unknown(
        name="en_of_which",
        text="""
Sampleland Police - Annual statistics 2019

Indicator | Total | of which online
Sexual offences against children recorded | 812 | 96
Suspects charged | 401 | 40
Offenders convicted | 166 | 12
Victims identified | 530 | 71
""",
        truth=(
            figures(
                "B4:C7",
                period="2019",
                area="XBC",
                stage="4=RECORDED 5=CHARGED 6=CONVICTED 7=VICTIM_IDENTIFIED",
                unit="4=OFFENCE 5-6=PERSON 7=VICTIM",
            ),
        ),
    ),
    Unknown(
        name="ar_bilingual",
        text="""
# Data
وزارة العدل - Ministry of Justice
الأشخاص المدانون / Persons convicted

الجريمة / Offence | 2017 | 2018 | 2019
استغلال الأطفال / Child exploitation | 12 | 9 | 15
الاتجار بالأشخاص / Trafficking in persons | 31 | 28 | 40
المجموع / Total | 43 | 37 | 55
""",
        truth=(figures("B5:D7", period="B-D=2017+", unit="PERSON", stage="CONVICTED"),),
    ),
    Unknown(
        name="es_provincias_across",
        text="""
Tribunal Superior - Sentencias condenatorias por delitos sexuales contra menores

Año | Valle Claro | Costa Verde | Alto Prado | Total
2016 | 14 | 9 | 22 | 45
2017 | 19 | 11 | 20 | 50
2018 | 15 | 13 | 27 | 55
""",
        truth=(figures("B4:E6", period="4-6=2016+", unit="*", stage="CONVICTED"),),
    ),
    Unknown(
        name="en_years_as_sections",
        text="""
Cases of child neglect and abuse handled by the child helpline

District | Calls | Cases opened
2018
North Gate | 310 | 41
South Gate | 122 | 20
2019
North Gate | 355 | 52
South Gate | 140 | 19
""",
        truth=(
            figures("B5:C6", period="2018", unit="B=* C=CASE", stage="*"),
            figures("B8:C9", period="2019", unit="B=* C=CASE", stage="*"),
        ),
    ),
    Unknown(
        name="tl_calendar_years",
        text="""
# WCPC
Women and Children Protection Center: cases filed

Nature of case | CY 2018 | CY 2019 | Jan-Jun 2020 (partial)
Online sexual abuse | 41 | 77 | 60
Child pornography, as the law names it | 12 | 15 | 9
Total | 53 | 92 | 69
""",
        truth=(
            figures("B4:D6", period="B=2018 C=2019 D=2020-S1", unit="CASE", stage="*"),
        ),
    ),
    Unknown(
        name="ms_counts_with_percent",
        text="""
# Jadual 1
Bilangan tangkapan mengikut umur, 2018 dan 2019

Umur | 2018 | 2019
Bawah 18 | '12 (10.0%) | '15 (12.0%)
18-30 | '60 (50.0%) | '70 (56.0%)
31 dan ke atas | '48 (40.0%) | '40 (32.0%)
Jumlah | '120 (100.0%) | '125 (100.0%)
""",
        truth=(figures("B4:C7", period="B-C=2018+", stage="ARRESTED", unit="*"),),
    ),
    Unknown(
        name="en_two_beside",
        text="""
Victims of sexual exploitation 2019
Sex | Victims | | Age | Victims
Female | 71 | | 0-9 | 14
Male | 20 | | 10-14 | 40
Unknown | 2 | | 15-17 | 39
Total | 93 | | Total | 93
""",
        truth=(
            figures(
                "B3:B6",
                period="2019",
                sex="3=F 4=M 5=_U 6=_T",
                unit="VICTIM",
                stage="*",
            ),
            figures("E3:E6", period="2019", sex="_T", unit="VICTIM", stage="*"),
        ),
    ),
    Unknown(
        name="en_month_ends",
        text="""
# Tips
CyberTips received by platform

Month ending | Platform A | Platform B | All
@2019-01-31 | 410 | 22 | 432
@2019-02-28 | 388 | 31 | 419
@2019-03-31 | 502 | 40 | 542
""",
        truth=(figures("B4:D6", period="4-6=2019-01+", unit="REPORT", stage="*"),),
    ),
    Unknown(
        name="sw_fiscal_words",
        text="""
# Takwimu
Mfano - Ofisi ya Mwendesha Mashtaka: kesi zilizofunguliwa mahakamani

Mkoa | Julai 2016 - Juni 2017 | Julai 2017 - Juni 2018
Kati Mpya | 120 | 133
Pwani Mpya | 98 | 90
Jumla | 218 | 223
""",
        truth=(
            figures(
                "B4:C6",
                period="B=2016-07-01/P1Y C=2017-07-01/P1Y",
                area="XBD",
                unit="CASE",
                stage="*",
            ),
        ),
    ),
)
