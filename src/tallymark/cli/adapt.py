"""`tallymark adapt`: the commands for whoever writes an adapter."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tallymark.cli.ending import FOUND, OK, UNUSABLE
from tallymark.cli.reading import declaration, own_option
from tallymark.environment import OWN, own_folder
from tallymark.errors import TallymarkError, UsageError

if TYPE_CHECKING:  # the stages load on use
    from tallymark.ingest.golden import Golden
    from tallymark.model.submission import Submission


MOST_SHOWN = 50
"""Differences and losses of one adapter that are printed."""


@click.group()
def adapt() -> None:
    """Try an adapter, and tell what one may say."""


@adapt.command()
def schema() -> int:
    """Print the JSON Schema of the adapter language, for editors."""
    import json

    from tallymark.ingest.adapter.schema import adapter_schema

    click.echo(json.dumps(adapter_schema(), ensure_ascii=False, indent=2))
    return OK


@adapt.command()
@click.argument("file")
@click.option(
    "--not-personal",
    multiple=True,
    metavar="SHEET=REASON",
    help="Read this sheet though it looks like a list of persons.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write it here: .yaml, or .xlsx for a mapping workbook.",
)
def draft(*, file: str, not_personal: Sequence[str], output: str | None) -> int:
    """Guess what FILE holds, and print it as an adapter with a comment on each guess.

    Exit code 1 if a guess needs you.
    """
    from tallymark import ingest
    from tallymark.present import render
    from tallymark.present.wording import counted
    from tallymark.present.writing import write_files

    if output is not None and Path(output).resolve() == Path(file).resolve():
        raise UsageError(f"{output} is the file to read; it is not overwritten.")
    made = ingest.draft(
        Path(file), not_personal=dict(declaration(text) for text in not_personal)
    )
    is_workbook = output is not None and output.lower().endswith(".xlsx")
    content = render("draft", "xlsx" if is_workbook else "yaml", made)[""]
    if output is None:
        click.echo(content.decode(), nl=False)
    else:
        _keep_decisions(Path(output), content)
        for path in write_files(Path(output).parent, {Path(output).name: content}):
            click.echo(f"Written: {path}", err=True)
    n_open = len(made.open_guesses)
    verb = "needs" if n_open == 1 else "need"
    click.echo(f"{counted(n_open, 'guess', 'guesses')} {verb} you.", err=True)
    return FOUND if n_open or not made.tables else OK


def _keep_decisions(target: Path, content: bytes) -> None:
    """Refuse to write over a draft that somebody may have decided in, or edited."""
    if target.is_file() and target.read_bytes() != content:
        raise UsageError(
            f"{target} is there already; it may hold decisions, and is not overwritten.",
            hint="Name another file with -o.",
        )


@adapt.command()
@click.argument("workbook", metavar="MAPPING.XLSX")
@click.option(
    "--file", metavar="FILE", help="The file it is about, if it was moved or renamed."
)
@click.option(
    "--own",
    metavar="DIR",
    default=OWN,
    show_default=True,
    help="Folder for adapters of your own; it is made if it is not there.",
)
@click.option(
    "--replace", is_flag=True, help="Replace an own adapter that has the same name."
)
def accept(*, workbook: str, file: str | None, own: str, replace: bool) -> int:
    """Make an adapter of your own of what MAPPING.XLSX decides, and try it on its file.

    Exit code 1 if your decisions raise further guesses that need you.
    """
    from tallymark.accepting import accept as accept_workbook
    from tallymark.present import render

    named = None if file is None else Path(file)
    made = accept_workbook(Path(workbook), Path(own), file=named, replace=replace)
    click.echo(render("accepted", "text", made)[""].decode(), nl=False)
    for path in made.written:
        click.echo(f"Written: {path}", err=True)
    if made.opened:
        click.echo(f"Next: decide in {made.written[0]}, and accept that.")
        return FOUND
    where = "" if own == OWN else f" --own {shlex.quote(own)}"
    target = shlex.quote(str(made.file))
    click.echo(f"Next: tallymark check {target}{where} --out findings")
    return OK


@adapt.command()
@click.argument("file")
@click.option("--adapter", metavar="ID", help="Read with this adapter, or document.")
@click.option(
    "--plain", is_flag=True, help="Show what the reader sees, and ask no adapter."
)
@click.option(
    "--not-personal",
    multiple=True,
    metavar="SHEET=REASON",
    help="Show this sheet though it looks like a list of persons.",
)
@own_option
@click.option("-o", "--out", metavar="FILE.html", help="Write a page instead.")
def show(
    *,
    file: str,
    adapter: str | None,
    plain: bool,
    not_personal: Sequence[str],
    own: str | None,
    out: str | None,
) -> int:
    """Show the grid of FILE with what each cell became: figure, label, note, lost."""
    from tallymark import pipeline
    from tallymark.present.writing import write_files

    if out is not None and Path(out).resolve() == Path(file).resolve():
        raise UsageError(f"{out} is the file to show; it is not overwritten.")
    name = "text" if out is None else "html"
    shown = pipeline.trace_as(
        file,
        name,
        adapter,
        is_plain=plain,
        own=own_folder(own),
        not_personal=dict(declaration(text) for text in not_personal),
    )
    if out is None:
        click.echo(shown.decode(), nl=False)
        return OK
    for path in write_files(Path(out).parent, {Path(out).name: shown}):
        click.echo(f"Written: {path}", err=True)
    return OK


@adapt.command()
@click.argument("adapters", nargs=-1, metavar="[ADAPTER]…")
@click.option("--input", "input_", metavar="FILE", help="The file to read.")
@click.option("--expected", metavar="CSV", help="The golden file it must give.")
@click.option("--write", is_flag=True, help="Write the golden file anew.")
@own_option
def test(
    *,
    adapters: Sequence[str],
    input_: str | None,
    expected: str | None,
    write: bool,
    own: str | None,
) -> int:
    """Read an adapter's input and tell each cell that is not as its golden file says.

    ADAPTER is an id or the path of a document; without one, all that have sample data,
    and your own.
    """
    from tallymark.ingest.golden import Golden

    if (input_ is None) != (expected is None):
        raise UsageError("--input and --expected go together.")
    folder = own_folder(own)
    goldens = _goldens(adapters, folder)
    if input_ is not None and expected is not None:
        if len(adapters) != 1:
            raise UsageError("--input and --expected are those of one ADAPTER.")
        (adapter,) = adapters
        given = Golden(
            adapter=adapter, input=Path(input_), expected=Path(expected), own=folder
        )
        goldens = iter([given])
    code = OK
    for golden in goldens:
        try:
            code = max(code, _write(golden) if write else _compare(golden))
        except TallymarkError as error:
            click.echo(f"Error: {error}", err=True)
            code = UNUSABLE
    return code


def _goldens(adapters: Sequence[str], own: Path | None) -> Iterator[Golden]:
    from tallymark import ingest
    from tallymark.ingest.golden import goldens, own_goldens

    held = goldens(ingest.adapters())
    if own is not None:
        held += own_goldens(own)
    for name in adapters or [adapter.id for adapter in ingest.adapters(own=own)]:
        found = [golden for golden in held if golden.adapter == name]
        yield from found
        if not found and name in adapters:
            raise UsageError(
                f"There is no golden file of the adapter {name!r}.",
                hint="Name it, and the file it reads, with --input and --expected.",
            )
        if not found:
            click.echo(f"{name}: no golden file")


def _compare(golden: Golden) -> int:
    from tallymark.ingest.golden import differences, n_unaccounted
    from tallymark.present.wording import counted

    submission = _submission(golden)
    found = differences(submission, golden.expected)
    n_rows = submission.observations.num_rows
    differ = f"{counted(len(found), 'difference')} from"
    rows = counted(n_rows, "observation")
    verdict = differ if found else "as in"
    click.echo(f"{golden.adapter}: {rows}, {verdict} {golden.expected}")
    _list([str(difference) for difference in found])
    _list([f"lost: {_loss(loss)}" for loss in submission.losses.to_pylist()])
    if n_cells := n_unaccounted(submission):
        numbers = counted(n_cells, "number")
        click.echo(f"  neither observations nor losses: {numbers}")
    return FOUND if found or n_cells else OK


def _loss(loss: Mapping[str, str | None]) -> str:
    return (
        f"{loss['source_ref']} {loss['raw_value']!r}, {loss['kind']}: {loss['detail']}"
    )


def _list(lines: Sequence[str]) -> None:
    for line in lines[:MOST_SHOWN]:
        click.echo(f"  {line}")
    if len(lines) > MOST_SHOWN:
        click.echo(f"  and {len(lines) - MOST_SHOWN:,} more")


def _write(golden: Golden) -> int:
    from tallymark.ingest.golden import golden_csv
    from tallymark.present.writing import write_files

    content = golden_csv(_submission(golden), golden.expected)
    place = golden.expected
    for path in write_files(place.parent, {place.name: content}):
        click.echo(f"Written: {path}", err=True)
    return OK


def _submission(golden: Golden) -> Submission:
    from tallymark import ingest

    submissions = ingest.read(
        [golden.input],
        golden.adapter,
        own=golden.own,
        not_personal=golden.not_personal,
    )
    if submissions.errors:
        raise submissions.errors[0]
    return submissions.items[0]
