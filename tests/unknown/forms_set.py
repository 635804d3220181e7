"""Forms of tables: lists, repeated headings, levels of rows and of headings."""

from __future__ import annotations

from printing import Unknown, figures

FORMS = (
    Unknown(
        name="kv",
        text="""
Answers for 2018

Cases reported to police | 410
Persons charged | 150
Persons convicted | 61
""",
        truth=(
            figures(
                "B3:B5",
                period="2018",
                stage="3=REPORTED 4=CHARGED 5=CONVICTED",
                unit="3=CASE 4-5=PERSON",
            ),
        ),
    ),
    Unknown(
        name="colnumbers",
        text="""
Table 5. Persons convicted
Court | 2017 | 2018 | 2019
1 | 2 | 3 | 4
Harbour | 12 | 14 | 11
Market | 7 | 9 | 8
""",
        truth=(figures("B4:D5", period="B-D=2017+", stage="CONVICTED", unit="PERSON"),),
    ),
    Unknown(
        name="repeated_header",
        text="""
Cases recorded by station
Station | 2018 | 2019
Alpha | 10 | 11
Beta | 20 | 22
Station | 2018 | 2019
Gamma | 5 | 6
Delta | 8 | 9
Total | 43 | 48
""",
        truth=(
            figures("B3:C4 B6:C8", period="B-C=2018+", stage="RECORDED", unit="CASE"),
        ),
    ),
    Unknown(
        name="two_level_rows",
        text="""
Suspects arrested, by region and district, 2019

Region | District | Male | Female | Total
North | Hill | 10 | 1 | 11
 | Dale | 12 | 0 | 12
North total |  | 22 | 1 | 23
South | Bay | 7 | 2 | 9
 | Cape | 3 | 1 | 4
South total |  | 10 | 3 | 13
Grand total |  | 32 | 4 | 36
""",
        truth=(
            figures(
                "C4:E10",
                period="2019",
                stage="ARRESTED",
                unit="PERSON",
                sex="C=M D=F E=_T",
            ),
        ),
    ),
    Unknown(
        name="year_groups_blank",
        text="""
Crimes against children

 | 2018 | | | 2019 | |
Offence | Reported | Charged | Convicted | Reported | Charged | Convicted
Rape | 100 | 40 | 12 | 110 | 45 | 15
Grooming | 20 | 8 | 2 | 31 | 11 | 5
""",
        truth=(
            figures(
                "B5:G6",
                period="B-D=2018 E-G=2019",
                stage="B,E=REPORTED C,F=CHARGED D,G=CONVICTED",
                unit="*",
            ),
        ),
    ),
    Unknown(
        name="stage_groups_years",
        text="""
Crimes against children

Offence | Reported | < | Convicted | <
^ | 2018 | 2019 | 2018 | 2019
Rape | 100 | 110 | 12 | 15
Grooming | 20 | 31 | 2 | 5
""",
        truth=(
            figures(
                "B5:E6",
                period="B,D=2018 C,E=2019",
                stage="B-C=REPORTED D-E=CONVICTED",
                unit="*",
            ),
        ),
    ),
    Unknown(
        name="years_down_months_across",
        text="""
Calls to the helpline by month
Year | Jan | Feb | Mar | Apr | Total
2018 | 10 | 12 | 9 | 11 | 42
2019 | 14 | 13 | 15 | 12 | 54
""",
        truth=(
            figures("B3:E3", period="B-E=2018-01+", stage="*", unit="*"),
            figures("B4:E4", period="B-E=2019-01+", stage="*", unit="*"),
            figures("F3:F4", period="3-4=2018+", stage="*", unit="*"),
        ),
    ),
    Unknown(
        name="quarters_down_years",
        text="""
Cases opened
Quarter | 2018 | 2019
Q1 | 10 | 14
Q2 | 12 | 13
Q3 | 9 | 15
Q4 | 11 | 12
""",
        truth=(
            figures("B3:B6", period="3-6=2018-Q1+", stage="*", unit="CASE"),
            figures("C3:C6", period="3-6=2019-Q1+", stage="*", unit="CASE"),
        ),
    ),
    Unknown(
        name="th_year_col_numeric",
        text="""
# สถิติ
สถิติการจับกุมคดีค้ามนุษย์
ปี | คดี | ผู้ต้องหา
2558 | 317 | 547
2559 | 333 | 600
2560 | 302 | 427
""",
        truth=(
            figures(
                "B3:C5", period="3-5=2015+", stage="*", unit="B=CASE C=PERSON", area="*"
            ),
        ),
    ),
    Unknown(
        name="year_merged_month",
        text="""
Incidents registered
Year | Month | Incidents
2018 | January | 4
^ | February | 6
^ | March | 2
2019 | January | 8
^ | February | 3
^ | March | 5
""",
        truth=(
            figures("C3:C5", period="3-5=2018-01+", stage="*", unit="*"),
            figures("C6:C8", period="6-8=2019-01+", stage="*", unit="*"),
        ),
    ),
    Unknown(
        name="single_row",
        text="""
Convictions for trafficking in children
2015 | 2016 | 2017 | 2018
12 | 14 | 9 | 11
""",
        truth=(figures("A3:D3", period="A-D=2015+", stage="CONVICTED", unit="*"),),
    ),
    Unknown(
        name="note_right",
        text="""
Victims by district | | | Remark: figures from station books
District | 2018 | 2019 |
Lower | 5 | 7 | late reply
Upper | 9 | 8 |
Total | 14 | 15 |
""",
        truth=(figures("B3:C5", period="B-C=2018+", unit="VICTIM", stage="*"),),
    ),
    Unknown(
        name="year_as_2digits",
        text="""
Cases before court
Court | 2016-17 | 2017-18 | 2018-19
East | 12 | 14 | 15
West | 9 | 8 | 10
""",
        truth=(figures("B3:D4", stage="*", unit="CASE"),),
        asks="calendar",
    ),
    Unknown(
        name="big_numbers",
        text="""
CyberTipline reports, by country of the Example group
Country | 2018 | 2019
Exampleland | 12034 | 15332
Sampleland | 2001 | 1999
Modelia | 1950 | 2019
""",
        truth=(
            figures(
                "B3:C5",
                period="B-C=2018+",
                unit="REPORT",
                stage="*",
                area="3=XAA 4=XBC 5=XMA",
            ),
        ),
    ),
    Unknown(
        name="year_like_counts",
        text="""
Reports received
Office | 2018 | 2019
North | 1987 | 2003
South | 2011 | 1995
""",
        truth=(figures("B3:C4", period="B-C=2018+", unit="REPORT", stage="REPORTED"),),
    ),
    Unknown(
        name="changes_between_years",
        text="""
Cases recorded by region
Region | 2018 | 2019 | Change 2018-2019 (%) | % change 2018/19
North | 100 | 110 | 10.0 | 10.0
South | 50 | 40 | -20.0 | -20.0
""",
        truth=(
            figures("B3:C4", period="B-C=2018+", stage="RECORDED", unit="CASE"),
            figures("D3:E4", period="2019", stage="*", unit="*", stat="PERCENT_CHANGE"),
        ),
    ),
)
