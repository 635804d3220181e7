"""Cubes and messages made to exhaust a machine are read or refused within its means."""

from __future__ import annotations

import subprocess
import sys

import pytest

CHILD = """
import importlib, resource, sys
from tallymark.errors import TallymarkError
from tallymark.model.grid import ReaderOptions
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
name, figures = sys.argv[1:]
reader = importlib.import_module(f"tallymark.readers.{name}")
content = eval(figures)
try:
    found = reader.read(content, "t", ReaderOptions())
    print("rows", sum(len(sheet.rows) for sheet in found.sheets))
except TallymarkError as error:
    print(error)
# Not ru_maxrss: a new process begins with that of its parent.
(peak,) = (line for line in open("/proc/self/status") if line.startswith("VmHWM"))
seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime
print(int(peak.split()[1]) // 1024, round(seconds))
"""
MANY = (
    'b\'\'.join(b\'<Obs A="%x" B="%x" C="%x"/>\' % (i, i, i) for i in range(700_000))'
)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts as Linux does")
@pytest.mark.parametrize(
    ("reader", "content", "said"),
    [
        ("px", 'b\'HEADING="a";VALUES("a")="x";DATA=\' + b\'1 \' * 30_000_000', "more"),
        ("px", "b'A=\"b\";' * 10_000_000", "more than 200,000 keywords"),
        ("px", "b'A(\"' + b'\"\"' * 30_000_000", "no PX file"),
        ("jsonstat", "b'{\"value\":[' + b'[],' * 20_000_000 + b'0]}'", "more than"),
        (
            "jsonstat",
            "b'{\"value\":[' + b','.join(b'\"%x\"' % i for i in range(5_900_000)) + b']}'",
            "no lists `id` and `size`",
        ),
        ("sdmx_ml", f"b'<m><DataSet>' + {MANY} + b'</DataSet></m>'", "rows 700002"),
        ("sdmx_ml", "b'<m>' + b'<DataSet/>' * 5_000_000", "more than 1,000 data sets"),
        ("sdmx_ml", "b'<m>' + b'<a>' * 5_000_000", "within 256 others"),
        (
            "sdmx_csv",
            "b'DATAFLOW,A: a,B: b\\n' + b''.join(b'x: y,a%d: %d,b%d: %d\\n' % (i, i, i, i)"
            " for i in range(600_000))",
            "rows 600001",
        ),
    ],
    ids=lambda text: text[:24],
)
def test_a_reader_stays_below_a_gibibyte_and_half_a_minute(
    reader: str, content: str, said: str
) -> None:
    found = subprocess.run(
        [sys.executable, "-c", CHILD, reader, content],
        check=True,
        capture_output=True,
        text=True,
    )
    *told, used = found.stdout.strip().splitlines()
    assert said in told[0]
    n_megabytes, seconds = map(int, used.split())
    assert n_megabytes < 1024
    assert seconds < 30
