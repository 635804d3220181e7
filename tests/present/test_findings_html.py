"""findings.html as a tree: everything found is there, as text, and what was not checked."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest

from tallymark.errors import SourceError
from tallymark.model.codes import Severity
from tallymark.model.finding import Location, Standing, Status
from tallymark.model.grid import Grid, Sheet
from tallymark.model.report import Report
from tallymark.model.submission import Submissions
from tallymark.present import render
from tallymark.present.findings import html as findings_html

ROWS = [["Offence", "2018"], *[[f"Offence {n}", n] for n in range(60)]]
SHEET = Sheet(name="Sheet1", rows=ROWS)


def told(element) -> str:
    return " ".join("".join(element.itertext()).split())


def of_class(page, name):
    return [e for e in page.iter() if name in e.get("class", "").split()]


@pytest.fixture
def page(tree):
    """A function: the page of a report as a tree, without its script."""

    def read(made: Report):
        content = render("findings", "html", made)[""]
        return tree(re.sub(rb"(?s)<script>.*</script>", b"", content))

    return read


@pytest.fixture
def pictured(report):
    """A function: a report with the one sheet of `a.xlsx` at hand."""

    def make(*items, **more):
        grid = Grid(file="a.xlsx", sha256="", format="xlsx", sheets=(SHEET,))
        findings = report(*items).findings
        return Report(findings=findings, grids={"a.xlsx": grid}, **more)

    return make


def test_files_with_most_to_settle_come_first(page, finding, report) -> None:
    made = page(
        report(
            finding(location=Location(file="a.xlsx")),
            finding(location=Location(file="b.csv")),
            finding(severity=Severity.CRITICAL, location=Location(file="c.csv")),
            finding(location=Location(file="")),
        )
    )
    names = [told(s.find(".//h2")) for s in of_class(made, "file")]
    assert names == ["c.csv", "Figures without a file", "a.xlsx", "b.csv"]


def test_questions_stand_once_with_their_places(page, finding, report) -> None:
    cells = [Location(file="a.xlsx", cells=(f"Sheet1!{c}",)) for c in ("B10", "B2")]
    made = page(report(*(finding(location=place) for place in cells)))
    (questions,) = of_class(made, "questions")
    assert [told(li) for li in questions.iter("li")] == [
        "Why is this cell empty? (Sheet1!B2, B10)"
    ]


def test_a_waived_finding_is_shown_and_not_asked_about(page, finding, report) -> None:
    made = page(report(finding(standing=Standing.WAIVED)))
    assert "(waived)" in told(made)
    assert not of_class(made, "questions")
    assert "1 of these was looked at before and set aside." in told(made)
    assert "Send the questions" not in told(made)


def test_every_finding_is_there_as_text_whatever_it_says(page, finding, report) -> None:
    said = [f"<b>{n}</b></noscript></script>" for n in range(40)]
    made = page(report(*(finding(found=text, ask=text) for text in said)))
    entries = of_class(made, "entry")
    assert sorted(told(e.find("./dl/dd")) for e in entries) == sorted(said)
    assert not list(made.iter("b"))
    (more,) = of_class(made, "more")
    assert told(more.find("summary")) == "Show 30 more"
    assert len(of_class(more, "entry")) == 30


def test_findings_are_parted_by_sheet_with_or_without_the_file(
    page, finding, report, pictured
) -> None:
    items = [
        finding(location=Location(file="a.xlsx", cells=("Sheet1!B2", "Sheet1!B9"))),
        finding(location=Location(file="a.xlsx", region="'My sheet'!A1:B2")),
        finding(location=Location(file="a.xlsx")),
    ]
    for made in (page(report(*items)), page(pictured(*items))):
        (file,) = of_class(made, "file")
        titles = [
            told(h) for sheet in of_class(file, "sheet") for h in sheet.iter("h3")
        ]
        assert titles[1:] == ["Sheet My sheet", "Sheet Sheet1"]
        assert titles[0].startswith("? Ask Not met:")  # on no sheet
        places = [told(p) for p in of_class(file, "where")]
        assert places[1:] == ["Cells A1:B2", "Cells B2, B9"]


def test_cells_are_drawn_with_headings_and_marked(page, finding, pictured) -> None:
    place = Location(file="a.xlsx", cells=("Sheet1!B30",))
    (picture,) = of_class(page(pictured(finding(location=place))), "picture")
    rows = [[told(cell) for cell in row] for row in picture.iter("tr")]
    assert rows == [
        ["", "A", "B"],
        ["1", "Offence", "2018"],
        ["…", "", ""],
        ["29", "Offence 27", "27"],
        ["30", "Offence 28", "Here: 28"],
        ["31", "Offence 29", "29"],
    ]
    assert picture.get("aria-label") == "Cells around Cell B30"


def test_why_cells_are_not_drawn_is_said(page, finding, report) -> None:
    found = report(finding()).findings
    unshown = {"a.xlsx": "The file has changed since it was read."}
    made = page(Report(findings=found, unshown=unshown))
    assert "not drawn here. The file has changed since it was read." in told(made)
    assert not of_class(made, "picture")


def test_further_cells_are_told_to_the_script(
    finding, pictured, monkeypatch, page
) -> None:
    monkeypatch.setattr(findings_html, "MOST_DRAWN", 1)
    places = [Location(file="a.xlsx", cells=(f"Sheet1!B{n}",)) for n in (5, 9)]
    made = pictured(*(finding(location=p, found=f"at {p}</script>") for p in places))
    content = render("findings", "html", made)[""].decode()
    (data,) = re.findall(
        r'(?s)<script type="application/json".*?>(.*?)</script>', content
    )
    (excerpt,) = json.loads(data)
    assert excerpt["rows"]["8"] == ["Offence 7", "7"]
    assert [e.get("data-pictures") for e in of_class(page(made), "entry")] == [
        None,
        "0;0,7-9;0-1;8.1;",
    ]


def test_of_many_places_the_first_are_drawn_and_the_rest_counted(
    page, finding, pictured
) -> None:
    cells = tuple(f"Sheet1!B{n}" for n in range(2, 61, 2))
    made = page(pictured(finding(location=Location(file="a.xlsx", cells=cells))))
    n_drawn = len(of_class(made, "mark"))
    assert len(of_class(made, "picture")) == 3
    assert f"{30 - n_drawn} more of these places are not drawn." in told(made)
    assert "and 6 more places" in told(made)


def test_sheets_beyond_the_first_groups_are_folded(
    page, finding, report, monkeypatch
) -> None:
    monkeypatch.setattr(findings_html, "MOST_GROUPS", 2)
    made = page(
        report(
            *(
                finding(slug, location=Location(file=f"{n}.csv"), found=f"{n}")
                for n in range(3)
                for slug in ("a", "b")
            )
        )
    )
    assert [len(of_class(f, "fold")) for f in of_class(made, "file")] == [0, 1, 1]
    assert len(of_class(made, "entry")) == 6
    # A browser that runs scripts ends noscript at the first end tag.
    assert not [n for n in made.iter("noscript") if list(n.iter("noscript"))[1:]]


def test_it_ends_with_what_was_not_checked(page, report, outcome) -> None:
    found = report(
        outcomes=[
            outcome("fine", Status.PASSED),
            outcome("unit-stable", Status.CRASHED, 'no column "unit"'),
            outcome("total", Status.NOT_RUN, "no breakdowns"),
            outcome("iccs-known", Status.NOT_APPLICABLE),
        ]
    ).findings
    errors = (SourceError("The file is empty.", where="/in/secret/a.csv"),)
    made = page(Report(findings=found, submissions=Submissions((), errors)))
    last = told(list(made.iter("section"))[-1])
    assert last.startswith("What was not checked Files that could not be read")
    for said in (
        "a.csv: The file is empty.",
        "Checks that broke off",
        'Promise of unit-stable. Reason: no column "unit" (unit-stable)',
        "Checks that could not be made",
        "Promise of total. Reason: no breakdowns (total)",
        "Checks that had nothing to look at",
        "Promise of iccs-known. (iccs-known)",
    ):
        assert said in last
    assert "secret" not in told(made)


def test_if_all_was_checked_and_nothing_found_it_says_so(page, report, outcome) -> None:
    made = told(page(report(outcomes=[outcome("fine", Status.PASSED)])))
    assert "Nothing was found that speaks against the figures." in made
    assert "Every check that was asked for was made." in made
    assert "Nothing: everything asked was checked." in made


def test_only_the_pages_own_style_and_script_may_run(finding, report) -> None:
    content = render("findings", "html", report(finding()))[""].decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', content)
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (text,) = re.findall(rf"(?s)<{tag}>(.*?)</{tag}>", content)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}';" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.findall(r"\sstyle=|\son[a-z]+=", content.partition("<script>")[0])
