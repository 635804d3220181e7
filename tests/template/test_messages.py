"""Catalogues: no text without its translation, none unused, no placeholder lost."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tallymark.documents.messages import catalogue_path, languages, messages_in
from tallymark.ingest.person_gate.words import heading_kinds

ROOT = Path(__file__).parents[2]
OTHERS = [language for language in languages() if language != "en"]
LONGEST_SHEET, LONGEST_TITLE, LONGEST_HELP = 31, 32, 255


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Return docs/messages.py."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "docs/messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_templates_are_written_in_three_languages_at_least() -> None:
    assert languages()[0] == "en"
    assert {"pt", "fr"} <= set(OTHERS)


def test_every_text_is_translated() -> None:
    command = [sys.executable, str(ROOT / "docs/messages.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "Every text is translated.\n")


@pytest.mark.parametrize("language", OTHERS)
def test_catalogues_are_as_the_tool_writes_them(
    language: str, tool: ModuleType
) -> None:
    assert catalogue_path(language).read_bytes() == tool.updated(language)


FLAWS = {
    "not translated": ('msgstr "Non"', 'msgstr ""', "'No' is not translated"),
    "doubtful": (
        '#. definition_questions.yaml:counting_rule.attempts\nmsgid "Included"',
        '#, fuzzy\nmsgid "Included"',
        "'Included' is marked as doubtful",
    ),
    "unused": ('msgid "Included"', 'msgid "Comprised"', "'Comprised' is not used"),
    "placeholder": (
        'msgstr "Page {page} sur {pages}"',
        'msgstr "Page {page}"',
        "has other placeholders",
    ),
}


@pytest.mark.parametrize("name", FLAWS)
def test_a_flaw_of_a_catalogue_is_found(
    name: str, tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, told = FLAWS[name]
    text = catalogue_path("fr").read_text(encoding="utf-8")
    assert old in text
    spoiled = tmp_path / "tallymark.po"
    spoiled.write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(tool, "catalogue_path", lambda _: spoiled)
    assert any(told in problem for problem in tool.problems("fr"))


@pytest.mark.parametrize("language", languages())
def test_texts_are_as_short_as_spreadsheet_programs_demand(
    language: str, tool: ModuleType
) -> None:
    say = messages_in(language).say
    content = tool.load(tool.REFERENCE / tool.TEMPLATE, tool.TemplateContent)
    sheets = [stage.sheet for stage in content.stages.values()]
    sheets += [text for key, text in content.words.items() if key.endswith("_sheet")]
    assert all(len(say(text)) <= LONGEST_SHEET - 2 for text in sheets)
    assert len({say(text).casefold() for text in sheets}) == len(sheets)
    assert not [text for text in sheets if set(say(text)) & set("[]:*?/\\'")]
    for key, text in content.words.items():
        if key.endswith("_title") and key.startswith(("help_", "error_")):
            assert len(say(text)) <= LONGEST_TITLE, say(text)
        elif key.startswith(("help_", "error_")):
            assert len(say(text)) <= LONGEST_HELP, say(text)
    for question in tool.definition_questions():
        assert len(say(question.help)) <= LONGEST_HELP


@pytest.mark.parametrize("language", languages())
def test_no_two_answers_of_a_list_are_said_alike(
    language: str, tool: ModuleType
) -> None:
    say = messages_in(language).say
    content = tool.load(tool.REFERENCE / tool.TEMPLATE, tool.TemplateContent)
    lists = [content.reasons.values(), content.units.values()]
    lists += [question.choices.values() for question in tool.definition_questions()]
    for texts in lists:
        said = [say(text).casefold() for text in texts]
        assert len(set(said)) == len(said)


TELLING = {
    "account",
    "birth_date",
    "case_number",
    "identity_number",
    "narrative",
    "person_name",
    "telephone",
}
HEADINGS = (
    "row_number",
    "what",
    "number",
    "total",
    "why",
    "unit",
    "remarks",
    "question",
    "answer",
    "since",
    "evidence",
)


@pytest.mark.parametrize("language", languages())
def test_no_text_of_the_sheets_heads_a_list_of_persons(
    language: str, tool: ModuleType
) -> None:
    """Else the gate would refuse the template for what was filled in below or beside."""
    say = messages_in(language).say
    content = tool.load(tool.REFERENCE / tool.TEMPLATE, tool.TemplateContent)
    rows = [row for block in content.blocks for row in block.rows if row.text]
    texts = [
        *(say(content.words[key]) for key in HEADINGS),
        *(f"{say(row.text)}\n{say(row.help)}" for row in rows),
        *map(say, [*content.reasons.values(), *content.units.values()]),
        *(say(p.text) for parts in content.breakdowns.values() for p in parts),
        *(f"{say(q.text)}\n{say(q.help)}" for q in tool.definition_questions()),
    ]
    assert {
        text: kinds for text in texts if (kinds := heading_kinds(text) & TELLING)
    } == {}


def test_english_stands_as_it_is_and_an_unknown_text_is_no_guess() -> None:
    assert messages_in("en").say("Anything {n}", n=3) == "Anything 3"
    with pytest.raises(KeyError):
        messages_in("pt").say("No such text")
