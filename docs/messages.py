"""Bring the message catalogues up to what templates say.

python docs/messages.py            adds new texts to every catalogue, takes unused ones out
python docs/messages.py --check    says what is missing, unused or faulty, exit 1
python docs/messages.py --add es   begins the catalogue of a further language
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from string import Formatter

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tallymark.documents import REFERENCE, definition_questions, load
from tallymark.documents.messages import ENGLISH, catalogue_path, languages
from tallymark.model.template import TemplateContent

TEMPLATE, QUESTIONS = "template.yaml", "definition_questions.yaml"
_HEADER = """\
# What the workbook of `tallymark template` says, in this language.
# `python docs/messages.py` keeps the English texts; see docs/howto/send-a-template.md."""


def texts() -> dict[str, list[str]]:
    """Return every text that a template says, with where it stands."""
    found: dict[str, list[str]] = {}
    for text, where in _said():
        if text:
            found.setdefault(text, []).append(where)
    return found


def _said() -> Iterator[tuple[str, str]]:
    content = load(REFERENCE / TEMPLATE, TemplateContent)
    for key, word in {**content.words, **content.reasons, **content.units}.items():
        yield word, f"{TEMPLATE}:{key}"
    for stage, asked in content.stages.items():
        for text in (asked.sheet, asked.title, asked.help):
            yield text, f"{TEMPLATE}:{stage}"
    for part in (p for block in content.blocks for p in (block, *block.rows)):
        for text in (part.text, part.help):
            yield text, f"{TEMPLATE}:{part.id}"
    for name, parts in content.breakdowns.items():
        yield from ((column.text, f"{TEMPLATE}:{name}") for column in parts)
    for question in definition_questions():
        for text in (question.text, question.help, *question.choices.values()):
            yield text, f"{QUESTIONS}:{question.field}"


def updated(language: str) -> bytes:
    """Return the catalogue of a language with all texts that there are, and no others."""
    path = catalogue_path(language)
    known = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            known = read_po(file, locale=language)
    catalogue = Catalog(
        locale=language,
        project="tallymark",
        header_comment=_HEADER,
        fuzzy=False,
        language_team=Locale.parse(language).get_display_name("en"),
    )
    for text, places in texts().items():
        message = known.get(text)
        catalogue.add(
            text,
            message.string if message else "",
            flags=(message.flags if message else set()) - {"python-brace-format"},
            auto_comments=[", ".join(places)],
        )
    content = BytesIO()
    write_po(content, catalogue, width=96, omit_header=False, sort_output=False)
    lines = content.getvalue().decode().splitlines()
    dates = (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Report-Msgid",
        "Project-Id",
    )
    kept = [
        line for line in lines if not line.startswith(tuple(f'"{d}' for d in dates))
    ]
    return ("\n".join(kept).rstrip() + "\n").encode()


def problems(language: str) -> Iterator[str]:
    """Say what is missing, doubtful or unused in a catalogue, or loses a placeholder."""
    with catalogue_path(language).open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    wanted = texts()
    known = {str(message.id): message for message in catalogue if message.id}
    for text in wanted:
        message = known.get(text)
        if message is None or not message.string:
            yield f"{language}: {text!r} is not translated"
        elif message.fuzzy:
            yield f"{language}: {text!r} is marked as doubtful (fuzzy)"
        elif _places(text) != _places(str(message.string)):
            yield f"{language}: {text!r} has other placeholders in {message.string!r}"
    for text in known:
        if text not in wanted:
            yield f"{language}: {text!r} is not used"
    for text in catalogue.obsolete:
        yield f"{language}: {text!r} is not used"


def _places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _others() -> list[str]:
    return [language for language in languages() if language != ENGLISH]


def main(arguments: list[str]) -> int:
    """Write or check the catalogues."""
    if "--check" in arguments:
        found = [p for language in _others() for p in problems(language)]
        sys.stdout.write("\n".join(found or ["Every text is translated."]) + "\n")
        return 1 if found else 0
    for language in sorted({*_others(), *arguments} - {"--add"}):
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(updated(language))
        sys.stdout.write(f"Written: {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
