"""`tallymark template`, and the other commands on what comes back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from filling import fill_rows, losses, one
from tallymark.cli import main

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Return a function that runs `tallymark`, and gives exit code and what it printed."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out + printed.err

    return command


ASK = (
    "template",
    "--area",
    "nam",
    "--years",
    "2017-2018",
    "--stages",
    "recorded,charged",
)


def test_a_template_is_written_filled_in_checked_and_printed(
    run: Run, tmp_path: Path
) -> None:
    code, printed = run(*ASK)
    assert code == 0
    assert "Written: template-NAM-2017-2018.xlsx" in printed
    assert "2018: 2018-01-01 to 2018-12-31" in printed
    path = tmp_path / "template-NAM-2017-2018.xlsx"
    book = load_workbook(path)
    fill_rows(book, start=30)
    book.save(path)
    assert losses(one(path)) == []
    code, printed = run("check", str(path), "--fail-on", "never", "--no-cache")
    assert code == 0
    assert "later-stage-above-earlier" in printed
    code, printed = run(
        "table", str(path), "--columns", "stage,time_period", "--no-cache"
    )
    assert code == 0
    assert "Namibia" in printed
    code, printed = run("adapt", "show", str(path))
    assert code == 0


def test_a_workbook_that_is_there_is_never_overwritten(run: Run) -> None:
    run(*ASK, "-o", "Namíbia 2018.xlsx")
    code, printed = run(*ASK, "-o", "Namíbia 2018.xlsx")
    assert code == 2
    assert "it may be filled in, and is not overwritten" in printed


BAD = {
    "area": (("--area", "ZZZ"), "There is no area 'ZZZ'"),
    "name of an area": (("--area", "Kenya"), "Did you mean KEN?"),
    "misspelt area": (("--area", "Namibbia"), "Did you mean NAM?"),
    "years": (("--years", "2017 to 2019"), "are no years"),
    "years turned": (("--years", "2019-2017"), "The last year lies before the first"),
    "many years": (("--years", "1950-2019"), "20 years at most"),
    "series": (("--series", "case_data_reqest"), "Did you mean 'case_data_request'?"),
    "stages": (("--stages", "jailed"), "--stages has no 'JAILED'"),
    "breakdown": (("--breakdown", "town"), "--breakdown has no 'town'"),
    "language": (("--language", "xx"), "There are no templates in 'xx'"),
    "calendar": (("--calendar", "buddhist"), "cannot be asked for"),
    "output": (("-o", "x.xls"), "End it in .xlsx"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_request_that_cannot_be_met_says_why(name: str, run: Run) -> None:
    options, told = BAD[name]
    code, printed = run("template", "--area", "KEN", "--years", "2017", *options)
    assert code == 2
    assert told in printed


def test_the_series_says_which_stages_are_asked(run: Run, tmp_path: Path) -> None:
    code, _ = run(
        *("template", "--area", "XAA", "--years", "2019", "--series", "xaa_case_data"),
        *("--breakdown", "sex", "--language", "fr", "-o", "out.xlsx"),
    )
    assert code == 0
    names = load_workbook(tmp_path / "out.xlsx").sheetnames
    assert names[1:5] == [
        "Enregistrés",
        "Poursuites",
        "Condamnations",
        "Victimes identifiées",
    ]


def test_writing_a_template_loads_no_engine() -> None:
    code = (
        "import sys; from tallymark.cli import main\n"
        "try: main(['template', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'babel', 'xlsxwriter', 'duckdb'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
