"""A draft as YAML: the document as it is, each guess at the line that it settles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drafts import draft, guess
from tallymark.documents import parse_yaml
from tallymark.present import render
from tallymark.present.draft.yaml import yaml_text

DOCUMENT = {
    "id": "draft-a",
    "version": 1,
    "tables": [
        {
            "name": "t1",
            "header": ["Area", {"name": "2018", "text": "2018"}],
            "constants": {"stage": "RECORDED", "ref_area": None},
            "missing": {"n/a": "NOT_AVAILABLE"},
            "lookups": [{"column": "Area", "parse": "area"}],
        }
    ],
}
GUESSES = (
    guess("t1.table", "table", words="a table", needs_you=False),
    guess("t1.stage"),
    guess(
        "t1.column.B", "column", region="Cases!B3:B4", words="figures", needs_you=False
    ),
    guess("t1.gap.n/a", "gap", region="Cases!C4", words="a gap", needs_you=False),
    guess("t1.heading.C.period", "period", words="the year\n2019", needs_you=False),
    guess("t9.stage", words="about no table"),
)


def text_of(made):
    return render("draft", "yaml", made)[""].decode()


def test_each_guess_stands_at_the_line_that_it_settles() -> None:
    lines = text_of(draft(*GUESSES, document=DOCUMENT, problems=("X\n1",))).splitlines()
    assert lines == [
        "# Drafted from a.xlsx: every line is a guess.",
        "# 2 of 6 guesses need you: search for PLEASE LOOK.",
        "# Not read: X 1",
        "# PLEASE LOOK: Cases!A2:C4 is about no table; the title says so",
        "id: draft-a",
        "version: 1",
        "tables:",
        "  # Cases!A2:C4 is a table; the title says so",
        "  - name: t1",
        "    header:",
        "      - Area",
        "      - {name: '2018', text: '2018'}  # Cases!B3:B4 is figures; the title says so",
        "    constants:",
        "      stage: RECORDED"
        "  # PLEASE LOOK: Cases!A2:C4 is recorded; the title says so",
        "      ref_area: null",
        "    missing:",
        "      n/a: NOT_AVAILABLE  # Cases!C4 is a gap; the title says so",
        "    # Cases!A2:C4 is the year 2019; the title says so",
        "    lookups:",
        "      - {column: Area, parse: area}",
    ]


def test_the_document_is_the_one_that_was_drafted() -> None:
    made = draft(*GUESSES, document=DOCUMENT)
    assert parse_yaml(text_of(made), "a.yaml") == DOCUMENT
    assert text_of(made) == text_of(made)


_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.dates(), _TEXT),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_TEXT, inner, max_size=3)
    ),
    max_leaves=12,
)


@given(
    content=st.dictionaries(st.sampled_from(["id", "tables", "a: b", "#"]), _VALUES),
    head=st.lists(_TEXT, max_size=2),
    data=st.data(),
)
def test_any_document_and_any_comments_give_the_document_back(
    content, head, data
) -> None:
    paths = st.sampled_from([*places(content), ("gone",)])
    comments = data.draw(
        st.dictionaries(paths, st.lists(_TEXT, max_size=2), max_size=4)
    )
    text = yaml_text(content, head=head, comments=comments)
    assert parse_yaml(text, "a.yaml") == (content or None)


def places(content, path=()):
    if isinstance(content, dict | list):
        pairs = content.items() if isinstance(content, dict) else enumerate(content)
        for key, part in pairs:
            yield (*path, key)
            yield from places(part, (*path, key))
