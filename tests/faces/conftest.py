"""The command line as a user meets it, and small files to give it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import xlsxwriter
from python_calamine import load_workbook

from tallymark.cli import main

SAMPLES = Path(__file__).parents[2] / "sample_data"


class Ended(NamedTuple):
    """How a command ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys):
    """A function: run `tallymark` with these arguments."""

    def command(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ended(ended.value.code, captured.out, captured.err)

    return command


@pytest.fixture(scope="session")
def sample():
    """A function: the input file of a sample series."""

    def find(series):
        (found,) = (
            path
            for path in (SAMPLES / series).iterdir()
            if path.suffix in (".xlsx", ".csv") and path.name != "expected.csv"
        )
        return found

    return find


@pytest.fixture
def workbook(tmp_path):
    """A function: write sheets (rows by name) into a new workbook, return its path."""

    def write(sheets, name="book.xlsx"):
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as book:
            for title, rows in sheets.items():
                page = book.add_worksheet(title)
                for n, row in enumerate(rows):
                    page.write_row(n, 0, row)
        return path

    return write


@pytest.fixture
def sheets(sample):
    """A function: the cells of a sample workbook, as rows by sheet name."""

    def read(series):
        book = load_workbook(str(sample(series)))
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }

    return read
