"""What a country is asked and answers: returns, templates, facts, its ICCS codes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tallymark.documents import load_reference
from tallymark.errors import UsageError
from tallymark.pipeline.figuring import area_names
from tallymark.pipeline.reading import Paths

if TYPE_CHECKING:  # a check does without them
    from tallymark.model.answer import Answers
    from tallymark.model.capacity import ComparedSheet
    from tallymark.model.correspondence import CorrespondenceTable
    from tallymark.model.fact_sheet import FactSheet
    from tallymark.model.template import Request, Template


def read_answers(paths: Paths) -> Answers:
    """Return what senders answered in return workbooks; it changes no later check.

    Files that are no return workbooks stand in `errors`.
    """
    from tallymark import ingest

    several = [paths] if isinstance(paths, str | Path) else paths
    return ingest.read_answers([Path(path) for path in several])


def answers_as(answers: Answers, name: str) -> str:
    """Return answers as text: `text`, `csv` or `json`."""
    from tallymark.present import render

    return render("answers", name, answers)[""].decode()


def save_answers(answers: Answers, name: str, path: Path) -> tuple[Path, ...]:
    """Write answers to a file as `text`, `csv` or `json`.

    Raises:
        UsageError: the file cannot be written.
    """
    from tallymark.present.writing import write_files

    return write_files(path.parent, {path.name: answers_as(answers, name).encode()})


def compare_capacity(path: str | Path, own: str | Path | None = None) -> ComparedSheet:
    """Return a sheet of answers on capacity, each beside what is known of its days.

    Raises:
        SourceError: the file cannot be read, or holds no such answers.
    """
    from tallymark import ingest
    from tallymark.documents import REFERENCE, read_code_list
    from tallymark.documents.own import own_documents
    from tallymark.model.capacity import ComparedSheet, compare_answer

    sheet = ingest.read_capacity(Path(path))
    held = own_documents(None if own is None else Path(own)).countries
    known = load_reference(own_countries=held).countries
    names = {
        row["code"]: row["name"] for row in read_code_list(REFERENCE / "areas.csv")
    }
    compared = [
        compare_answer(told, known.get(told.iso3), names.get(told.iso3, told.iso3))
        for told in sheet.answers
    ]
    return ComparedSheet(
        file=sheet.file, answers=tuple(compared), problems=sheet.problems
    )


def capacity_as_text(sheet: ComparedSheet) -> str:
    """Return what a sheet of answers says that the facts do not."""
    from tallymark.present import render

    return render("capacity", "text", sheet)[""].decode()


def save_capacity(sheet: ComparedSheet, own: str | Path) -> tuple[Path, ...]:
    """Write new answers into the country facts of an own folder.

    Countries whose facts are shipped are left out: an own document replaces none.

    Raises:
        UsageError: the folder is not there, or a file cannot be written.
    """
    from tallymark.documents.own import COUNTRIES, own_documents
    from tallymark.model.capacity import with_answers
    from tallymark.present import render
    from tallymark.present.writing import write_files

    held = own_documents(Path(own)).countries
    shipped = load_reference().countries
    files: dict[str, bytes] = {}
    for iso3 in dict.fromkeys(answer.told.iso3 for answer in sheet.answers):
        told = [answer for answer in sheet.answers if answer.told.iso3 == iso3]
        if iso3 not in shipped and any(answer.standing == "new" for answer in told):
            country = with_answers(held.get(iso3), told)
            files[f"{iso3}.yaml"] = render("country", "yaml", country)[""]
    return write_files(Path(own) / COUNTRIES, files, make_folder=True)


def facts(
    iso3: str, *, is_unverified: bool = False, own: str | Path | None = None
) -> FactSheet:
    """Return a country's sourced facts, or the list of those to be verified.

    `iso3` may be its English name, too. `own` is as in `read`. The second list is the only place where they stand.

    Raises:
        UsageError: there is no document of this country.
        DocumentError: it is faulty.
    """
    from tallymark.documents.own import country_documents
    from tallymark.interpret import load_catalogue
    from tallymark.interpret.facts import list_facts

    known = country_documents(None if own is None else Path(own))
    by_name = {name.casefold(): code for code, name in area_names().items()}
    code = by_name.get(iso3.casefold(), iso3.upper())
    if code not in known:
        raise UsageError(
            f"there are no facts about {iso3!r}.",
            hint=f"Known are: {', '.join(sorted(known))}.",
        )
    return list_facts(known[code], load_catalogue(), is_unverified=is_unverified)


def facts_as(sheet: FactSheet, name: str) -> bytes:
    """Return the facts of a country as `text`, `csv` or `json`."""
    from tallymark.present import render

    return render("facts", name, sheet)[""]


def iccs(iso3: str, *, own: str | Path | None = None) -> CorrespondenceTable:
    """Return how a country's offences lie to ICCS, for the country to confirm.

    Raises:
        UsageError: there is no such document.
        DocumentError: it is faulty.
    """
    from tallymark.documents.correspondence import load_correspondence

    return load_correspondence(
        iso3, area_names().get(iso3, iso3), None if own is None else Path(own)
    )


def iccs_as(table: CorrespondenceTable, name: str) -> bytes:
    """Return a country's offences and codes as `text`, `csv` or `xlsx`."""
    from tallymark.present import render

    return render("iccs", name, table)[""]


def template(
    request: Request,
    *,
    own: str | Path | None = None,
    asked_by: str = "",
    answer_by: str = "",
) -> Template:
    """Return the workbook that a country fills in, not yet written.

    A series without stages asks for those that its definition expects. `own` is as in
    `read`; `asked_by` and `answer_by` are printed on the first sheet.

    Raises:
        UsageError: there is no such area, series or language, or the calendar has no
            such years.
    """
    from tallymark import ingest
    from tallymark.documents.messages import languages
    from tallymark.documents.own import own_documents

    if request.language not in languages():
        raise UsageError(
            f"There are no templates in {request.language!r}.",
            hint=f"Known are: {', '.join(languages())}.",
        )
    series = own_documents(None if own is None else Path(own)).series
    made = ingest.template_for(request, load_reference(None, series).series)
    return replace(made, asked_by=asked_by, answer_by=answer_by)


def template_as(template: Template, name: str) -> bytes:
    """Return a template as `xlsx`."""
    from tallymark.present import render

    return render("template", name, template)[""]
