"""Read one large workbook in several ways, each in a process of its own.

python benchmarks/readers.py WORKBOOK WAY
python benchmarks/readers.py WORKBOOK     # all ways in turn, as a table
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from timing import PYTHON, Timing, interleaved
from workbook import HEADER

N_ROWS = 26_114
"""As many as the largest table of the UN-CTS that is read in the tests."""

CATEGORIES = (
    "Serious assault",
    "Kidnapping",
    "Sexual violence",
    "Sexual violence: Rape",
    "Sexual violence: Sexual assault",
    "Sexual violence: Other acts of sexual violence",
    "Sexual Exploitation",
)

WAYS = {
    "calamine": "python-calamine, to lists",
    "tallymark": "Tallymark, values",
    "tallymark-read": "Tallymark, `read()`: gate, adapter found, observations",
    "pandas": "`pandas.read_excel`",
    "tallymark-styles": "Tallymark, values and styles",
    "openpyxl": "`openpyxl.load_workbook`",
}


def time_readers(data: Path, rounds: int) -> dict[str, Timing]:
    """Time every way to read a workbook of 26,114 rows."""
    path = data / f"{N_ROWS}.xlsx"
    if not path.exists():
        write_large(path)
    return time_ways(path, rounds)


def time_ways(workbook: Path, rounds: int) -> dict[str, Timing]:
    """Time every way to read a workbook."""
    script = str(Path(__file__))
    commands = {way: [PYTHON, script, str(workbook), way] for way in WAYS}
    return interleaved(commands, rounds=rounds)


def section(times: dict[str, Timing]) -> str:
    """Return the part of the page that tells of reading."""
    seconds = {way: float(timing.inner or 0) for way, timing in times.items()}
    rows = "\n".join(f"| {told} | {seconds[way]:.2f} |" for way, told in WAYS.items())
    values, styles = seconds["tallymark"], seconds["tallymark-styles"]
    return f"""## Reading one large workbook

{N_ROWS:,} rows of 13 columns, from bytes to cells with their addresses, without imports.

| | seconds |
|---|---:|
{rows}

Values take {values / seconds["calamine"]:.2f} times as long as with python-calamine alone, which reads
them in both, and the whole of `read()` {seconds["tallymark-read"] / seconds["calamine"]:.2f} times;
`pandas.read_excel` takes {seconds["pandas"] / values:.1f} times as long as Tallymark's values. With
styles (formats, comments, links, formulas), openpyxl takes {seconds["openpyxl"] / styles:.1f} times as long.
"""


def write_large(path: Path) -> None:
    """Write a workbook in the layout of the UN-CTS tables, for invented countries."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("data_cts_violent_and_sexual_cri")
        sheet.write(0, 0, "UNODC")
        sheet.write(1, 0, "16/05/2024")
        sheet.write_row(2, 0, HEADER)
        for n in range(N_ROWS):
            area = f"XA{chr(65 + n // 24 % 26)}"
            row = [area, f"Exampleland {area[-1]}", "Africa", "Eastern Africa",
                   "Violent offences", "by type of offence", CATEGORIES[n // 624 % len(CATEGORIES)],
                   "Total", "Total", 2000 + n % 24, "Counts", 100 + n * 37 % 9000, "CTS"]  # fmt: skip
            sheet.write_row(n + 3, 0, row)


def main(path: str, way: str) -> None:
    if way == "tallymark-read":
        time_read(Path(path))
        return
    read, content = _way(way), Path(path).read_bytes()
    begin = time.perf_counter()
    n_rows = read(content)
    print(json.dumps({"seconds": time.perf_counter() - begin, "n_rows": n_rows}))


def time_read(path: Path) -> None:
    """Print how long it takes to read a workbook into observations."""
    from tallymark import ingest
    from tallymark.readers import xlsx  # noqa: F401  # imports are not timed

    ingest.adapters()
    begin = time.perf_counter()
    submissions = ingest.read([path])
    seconds = time.perf_counter() - begin
    n_rows = submissions.observations.num_rows
    print(json.dumps({"seconds": seconds, "n_rows": n_rows}))


def _way(way: str) -> Callable[[bytes], int]:
    """Import what a way needs, which is no part of its time, and return it."""
    import io

    if way.startswith("tallymark"):
        from tallymark.model.grid import ReaderOptions
        from tallymark.readers import xlsx

        options = ReaderOptions(styles=way == "tallymark-styles")
        if options.styles:
            import tallymark.readers.xlsx.styles  # noqa: F401  # imports are not timed
        return lambda content: len(xlsx.read(content, "t", options).sheets[0].rows)
    if way == "calamine":
        from python_calamine import CalamineWorkbook

        def to_lists(content: bytes) -> int:
            with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
                sheet = book.get_sheet_by_index(0)
                return len(sheet.to_python(skip_empty_area=False))

        return to_lists
    if way == "pandas":
        import openpyxl
        import pandas as pd

        return lambda content: len(
            pd.read_excel(io.BytesIO(content), engine="openpyxl")
        )
    import openpyxl

    return lambda content: openpyxl.load_workbook(io.BytesIO(content)).active.max_row


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(sys.argv[1], sys.argv[2])
    else:
        print(section(time_ways(Path(sys.argv[1]), rounds=5)))
