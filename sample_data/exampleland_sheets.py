"""The sheets of Exampleland, which does not exist: every figure is invented."""

from __future__ import annotations

from workbook_sheet import Sheet

EXAMPLELAND_ABOUT = Sheet(
    name="Read this first",
    titles=(
        "EXAMPLELAND DOES NOT EXIST AND EVERY FIGURE IN THIS WORKBOOK IS INVENTED",
        "It shows, in one place, the faults that tables of case counts often have.",
        "Use it to try out a check. Never quote a figure of it.",
    ),
)
CSAM, GROOMING = "Child sexual abuse material", "Grooming of children"
EXAMPLELAND = Sheet(
    name="Case data",
    titles=(
        "INVENTED FIGURES - Exampleland - online child sexual exploitation and abuse",
        "All child sexual exploitation and abuse cases of the National Police",
    ),
    rows=(
        ("Year", "Stage", "Offence", "Counted as", "Sex", "Number", "Remarks"),
        (2017, "Recorded", CSAM, "cases", "Total", 21, None),
        (2017, "Recorded", GROOMING, "cases", "Total", 0, None),
        (2017, "Prosecuted", CSAM, "persons", "Total", 9, None),
        (2017, "Convicted", CSAM, "persons", "Total", 6, None),
        (2017, "Prosecuted", GROOMING, "persons", "Total", 1.5, "average of months"),
        (2017, "Victims identified", CSAM, "victims", "Total", 17, None),
        (2017, "Victims identified", CSAM, "victims", "Female", 11, None),
        (2017, "Victims identified", CSAM, "victims", "Male", 6, None),
        (2019, "Recorded", CSAM, "cases", "Total", 34, None),
        (2019, "Recorded", CSAM, "cases", "Total", 36, "from the regions' lists"),
        (2019, "Recorded", GROOMING, "cases", "Total", None, None),
        (2019, "Recorded", "Luring by network", "cases", "Total", 3, None),
        (2019, "Prosecuted", CSAM, "persons", "Total", 12, None),
        (2019, "Convicted", CSAM, "persons", "Total", 15, None),
        (2019, "Convicted", GROOMING, "persons", "Total", -2, "correction of 2018"),
        (2019, "Victims identified", CSAM, "victims", "Total", 40, None),
        (2019, "Victims identified", CSAM, "victims", "Female", 25, None),
        (2019, "Victims identified", CSAM, "victims", "Male", 10, None),
        (2020, "Recorded", CSAM, "persons", "Total", 41, "attempts included from 2020"),
        (2020, "Recorded", GROOMING, "cases", "Total", "about 30", None, None, 97),
        (2020, "Prosecuted", CSAM, "persons", "Total", 18, None),
        (2020, "Convicted", CSAM, "persons", "Total", "n/a", "registry being moved"),
        (2020, "Victims identified", CSAM, "victims", "Total", 31, None),
        (2020, "Victims identified", CSAM, "victims", "Female", 28, None),
        (2020, "Victims identified", CSAM, "victims", "Male", "<5", None),
        ("to date", "Recorded", CSAM, "cases", "Total", 12, None),
    ),
    notes=("n/a: not available.   <5: hidden because the count is small.",),
)
EXAMPLELAND_UNIT = Sheet(
    name="Online unit",
    titles=(
        "INVENTED FIGURES - Exampleland - work of the Online Child Protection Unit",
        "Cases received: reports of companies that came in through the tipline",
    ),
    rows=(
        ("Year", "Cases received", "Cases opened"),
        (2017, 1480, 0),
        (2018, 1725, 1),
        (2019, 2480, 0),
        (2020, 2610, 3),
    ),
)
