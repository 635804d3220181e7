"""Borland (XBA): calendar years, English, a workbook of eight sheets."""

from __future__ import annotations

from corpus.clean.numbers import level, part, parts
from corpus.clean.sheets import Book, Sheet

YEARS = (2017, 2018, 2019)
EARLIER = tuple(range(2010, 2020))
OFFENCES = {
    "Child sexual abuse material": 0.59,
    "Online grooming of children": 0.26,
}
STAGES = {
    "Recorded": ("cases", 1.0, None),
    "Charged": ("persons", 0.68, 0.17),
    "Prosecuted": ("persons", 0.57, 0.16),
    "Convicted": ("persons", 0.43, 0.15),
    "Victims identified": ("victims", 1.21, 0.72),
}
POPULATION = {2017: 4_213_907, 2018: 4_268_644, 2019: 4_322_118}
_ALL = "All online child sexual exploitation"
_OTHER = "Other online child sexual exploitation"


def cases(year: int) -> int:
    """Return the cases recorded in a year."""
    return level(213, year)


def book() -> Book:
    """Return the workbook that Borland's police sent."""
    return {
        "Cases": _stages(),
        "Earlier years": _earlier(),
        "Provinces": _provinces(),
        "Quarters": _quarters(),
        "Rates": _rates(),
        "Victims by age": _ages(),
        "Courts": _courts(),
        "Tip line": _tips(),
    }


def _stages() -> Sheet:
    rows: Sheet = [
        ["Online child sexual exploitation and abuse, Borland, 2017 to 2019"],
        ["Source: case register of the National Police, closed on 31 March 2020"],
        [],
        ["Year", "Stage", "Offence", "Counted as", "Sex", "Number", "Mark", "Remarks"],
    ]
    for year in YEARS:
        for stage, (unit, share, female) in STAGES.items():
            whole = part(cases(year), share)
            split = parts(whole, OFFENCES)
            numbers = [(_ALL, "Total", whole)]
            if female is not None:
                n_female = part(whole, female)
                numbers += [
                    (_ALL, "Female", n_female),
                    (_ALL, "Male", whole - n_female),
                ]
            numbers += [(name, "Total", split[name]) for name in OFFENCES]
            numbers.append((_OTHER, "Total", split["rest"]))
            rows += [[year, stage, o, unit, sex, n, "", ""] for o, sex, n in numbers]
    rows[4][7] = "Figures of 31 March 2020"
    return rows


def _earlier() -> Sheet:
    return [
        ["Cases of online child sexual exploitation recorded, 2010 to 2019"],
        [],
        ["Year", "Cases recorded", "Mark"],
        *([year, cases(year), ""] for year in EARLIER),
    ]


def _provinces() -> Sheet:
    split = {
        year: parts(cases(year), {"North": 0.41, "South": 0.33, "East": 0.22})
        for year in YEARS
    }
    # In 2017 the West has few: its figure is hidden, and so is another.
    split[2017]["rest"], split[2017]["East"] = "<5", "x"
    names = {"North": "North", "South": "South", "East": "East", "West": "rest"}
    return [
        ["Cases of online child sexual exploitation recorded, by province"],
        ["<5: fewer than five; x: hidden to protect another figure"],
        ["Province", *YEARS],
        *([name, *(split[y][key] for y in YEARS)] for name, key in names.items()),
        ["Borland", *map(cases, YEARS)],
    ]


def _quarters() -> Sheet:
    rows: Sheet = [
        ["Cases of online child sexual exploitation recorded, by quarter"],
        [],
        ["Year", "Q1", "Q2", "Q3", "Q4", "Whole year"],
    ]
    for year in YEARS:
        split = parts(cases(year), {"Q1": 0.23, "Q2": 0.27, "Q3": 0.21})
        rows.append([year, *split.values(), cases(year)])
    return rows


def _rates() -> Sheet:
    return [
        ["Cases of online child sexual exploitation recorded, per 100,000 inhabitants"],
        [],
        ["Year", "Population", "Cases recorded", "Cases per 100,000"],
        *(
            [y, POPULATION[y], cases(y), round(cases(y) / POPULATION[y] * 1e5, 2)]
            for y in YEARS
        ),
    ]


def _ages() -> Sheet:
    rows: Sheet = [
        ["Victims of online child sexual exploitation by age"],
        ["The base are victims whose age is known."],
        ["Year", "Victims of known age", "Under 13 (%)", "13 to 17 (%)"],
    ]
    for year in YEARS:
        base = part(part(cases(year), STAGES["Victims identified"][1]), 0.83)
        young = round(part(base, 0.37) / base * 100, 1)
        rows.append([year, base, young, round(100 - young, 1)])
    return rows


def _courts() -> Sheet:
    rows: Sheet = [
        ["Court cases of online child sexual exploitation: pending, in and out"],
        [],
        [
            "Year",
            "Pending on 1 January",
            "Received",
            "Completed",
            "Pending on 31 December",
        ],
    ]
    pending = 83
    for year in YEARS:
        received, completed = part(cases(year), 0.54), part(cases(year), 0.49)
        rows.append(
            [year, pending, received, completed, pending + received - completed]
        )
        pending += received - completed
    return rows


def _tips() -> Sheet:
    return [
        ["Reports to the tip line of Borland, by year of receipt"],
        [],
        ["Year", "Reports received", "Reports passed to the police"],
        *([y, level(6117, y), part(level(6117, y), 0.13)] for y in YEARS),
    ]
