"""Markdown and terminal text: whole renderings, and what hostile labels come to."""

from __future__ import annotations

import pytest

from tallymark.model.table import Label
from tallymark.present import render

MARKDOWN = """\
**Cases by country** [1]

Statistic: count; Counting unit: cases; Stage: recorded; Scope: child sexual exploitation and abuse

> **These figures must not be read without:**
>
> - [1] Sentence of tips. (every figure)
>
> **Do not use these figures for saying how much abuse there is or ranking.**

| Country | 2017 | 2018 [2] |
| --- | --: | --: |
| Namibia | 15,054 p | 0 |
| Kenya | x [3] | 1–4 c |

**Notes**

1. Sentence of tips. (every figure)
2. Sentence of gap. (2 of 4 figures)

Also:

3. Sentence of small. (1 of 4 figures)

**Key**

- c = confidential: hidden by the source
- p = provisional
- x = not available: left blank
- 1–4 = the number lies between these two, both included

**Sources**

- Office, Report, file report.xlsx (SHA-256 0123456789ab…)
"""

TEXT = """\
Cases by country [1]

Statistic: count; Counting unit: cases; Stage: recorded; Scope: child sexual exploitation and abuse

These figures must not be read without:
  [1] Sentence of tips.
  ! Do not use these figures for saying how much abuse there is or ranking.

Country      2017  2018 [2]
---------------------------
Namibia  15,054 p         0
Kenya       x [3]     1–4 c

Notes (on every figure, unless they say otherwise)
  [2] Sentence of gap. (2 of 4 figures)
  Also: [3] Sentence of small. (1 of 4 figures)

Key
  c = confidential: hidden by the source
  p = provisional
  x = not available: left blank
  1–4 = the number lies between these two, both included

Sources
  - Office, Report, file report.xlsx (SHA-256 0123456789ab…)
"""


@pytest.fixture
def printed(figure, table):
    hidden = {"low": 1.0, "high": 4.0, "missing_reason": "SUPPRESSED"}
    return table(
        [
            [figure(15054.0, "tips", obs_status="P"), figure(0.0, "tips", "gap")],
            [figure(None, "tips", "small"), figure(None, "tips", "gap", **hidden)],
        ]
    )


def test_markdown(printed) -> None:
    assert render("table", "md", printed)[""].decode() == MARKDOWN


def test_text(printed) -> None:
    assert render("table", "text", printed)[""].decode() == TEXT


def test_marks_that_follow_each_other_are_drawn_together(figure, table) -> None:
    slugs = ("tips", "zero", "invented-figure", "small")
    cells = [[figure(1.0, *slugs), figure(2.0, "tips", "zero")]]
    text = render("table", "text", table(cells))[""].decode()
    assert "country [1] [2]" in text
    cells = [[figure(1.0, *slugs), figure(2.0, *slugs)]]
    text = render("table", "text", table(cells))[""].decode()
    assert "country [1–4]" in text


def test_no_note_is_lost_in_print(figure, table) -> None:
    printed = table([[figure(1.0, "tips", "gap", "small"), figure(2.0, "zero")]])
    for name in ("text", "md", "html"):
        said = render("table", name, printed)[""].decode()
        assert [n.sentence for n in printed.notes if n.sentence not in said] == []


def test_markdown_keeps_labels_as_text_and_rows_whole(figure, table) -> None:
    hostile = Label("x", "a|b\n<script>`*_[x](y)\\")
    content = render("table", "md", table([[figure(1.0)]], rows=((hostile,),)))[""]
    (row,) = [line for line in content.decode().splitlines() if line.startswith("| a")]
    assert row == r"| a\|b &lt;script&gt;\`\*\_\[x\](y)\\ | 1 |"


def test_no_control_character_reaches_a_terminal(figure, table) -> None:
    hostile = table([[figure(1.0)]], rows=((Label("x", "a\x1b[31m\rb"),),))
    content = render("table", "text", hostile)[""].decode()
    assert "a\ufffd[31m b" in content
    assert "\x1b" not in content


def test_many_columns_follow_in_blocks_with_their_rows(figure, table) -> None:
    wide = table([[figure(float(n)) for n in range(1000, 1030)]])
    lines = render("table", "text", wide)[""].decode().splitlines()
    assert max(map(len, lines)) <= 100
    rows = [line.split() for line in lines if line.startswith("Namibia")]
    assert len(rows) > 1
    assert [n for row in rows for n in row[1:]] == [f"{n:,}" for n in range(1000, 1030)]


def test_wide_letters_and_signs_above_stand_in_line(figure, table) -> None:
    labels = [Label("THA", "ประเทศไทย"), Label("CHN", "中国"), Label("KEN", "Kenya")]
    cells = [[figure(1.0)] for _ in labels]
    printed = table(cells, rows=tuple((label,) for label in labels))
    lines = render("table", "text", printed)[""].decode().splitlines()
    start = lines.index(next(line for line in lines if line.startswith("---")))
    # Thai: nine letters, all of full width; Chinese: two letters, two columns each.
    assert lines[start + 1 : start + 4] == [
        "ประเทศไทย     1",
        "中国          1",
        "Kenya         1",
    ]


def test_kinds_that_differ_are_all_named(figure, table) -> None:
    mixed = table(
        [
            [
                figure(1.0, type={"counting_unit": "PERSON"}),
                figure(2.0, type={"counting_unit": "CASE"}),
                figure(2.0, type={"counting_unit": None}),
            ]
        ]
    )
    said = render("table", "text", mixed)[""].decode()
    assert "Counting unit: cases, persons and mixed or not known" in said


def test_what_is_a_header_is_not_said_again(figure, table) -> None:
    by_stage = table(
        [[figure(1.0)]],
        column_dimensions=(Label("stage", "Stage"),),
        columns=((Label("RECORDED", "Recorded"),),),
    )
    assert "Stage:" not in render("table", "text", by_stage)[""].decode()
