"""Set what stock rules of other tools find of the fault corpus beside what is found here.

python benchmarks/fault_corpus.py --date 2026-11-22 [--peers PYTHON]

Writes the table of docs/explanation/fault-corpus.md. PYTHON has the other tools; without
it an environment for them is made in benchmarks/data/peers.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import venv
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = ROOT / "docs" / "explanation" / "fault-corpus.md"
PEERS = ["great-expectations==1.24.1", "pandera", "pointblank", "pandas", "pyarrow"]
_TABLE = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)

sys.path.insert(0, str(ROOT / "tests" / "faults"))

from corpus.benign import BENIGN  # noqa: E402  # found by the line above
from corpus.clean.reading import Corpus, check, clean  # noqa: E402
from corpus.faults import FAULTS  # noqa: E402
from corpus.judge import above_info, missed  # noqa: E402
from corpus.record import Benign, Fault  # noqa: E402

Changed = tuple[str, Fault | Benign, Corpus, bool]
"""Kind, record, the changed set, and whether its table differs from the clean one."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", required=True, help="day of the run, for the page")
    parser.add_argument("--peers", help="a Python that has the other tools")
    given = parser.parse_args()
    python = given.peers or _peers(HERE / "data" / "peers")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        changed = _written(clean(folder), folder)
        command = [python, str(HERE / "fault_peers.py"), str(folder)]
        answer = folder / "peers.json"
        with subprocess.Popen([*command, str(answer)]) as peers:
            ours = _found(changed)
        if peers.returncode:
            raise SystemExit("the other tools failed")
        theirs = json.loads(answer.read_text(encoding="utf-8"))
    seen = {name for name, (*_, is_seen) in changed.items() if is_seen}
    text = _text(ours, theirs, seen, given.date)
    PAGE.write_text(
        _TABLE.sub(lambda _: text, PAGE.read_text(encoding="utf-8")), encoding="utf-8"
    )
    print(text)


def _peers(folder: Path) -> str:
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PEERS], check=True)
    return str(python)


def _written(corpus: Corpus, folder: Path) -> dict[str, Changed]:
    """Write the table of each changed set, and return the sets by their names."""
    before = _table(corpus)
    _write(before, folder / "clean.parquet")
    changed = {}
    for kind, records in (("fault", FAULTS), ("benign", BENIGN)):
        for record in records:
            after = record.change(corpus)
            table = _table(after)
            _write(table, folder / f"{kind}.{record.name}.parquet")
            is_seen = not _said(table).equals(_said(before))
            changed[record.name] = (kind, record, after, is_seen)
    return changed


def _found(changed: dict[str, Changed]) -> dict[str, list[str]]:
    """Return which faults are found at their places, and which benign changes alarm."""
    found: dict[str, list[str]] = {"fault": [], "benign": []}
    for name, (kind, record, after, _) in changed.items():
        findings = list(check(after))
        if isinstance(record, Fault):
            is_told = not missed(record, after, findings)
        else:
            is_told = bool(above_info(findings))
        if is_told:
            found[kind].append(name)
    return found


def _table(corpus: Corpus) -> pa.Table:
    return pa.concat_tables([item.observations for item in corpus.submissions])


def _said(table: pa.Table) -> pa.Table:
    """Return a table without what any other file of the same figures changes."""
    keys = table["obs_id"]
    is_keyed = len(keys.unique()) == len(keys)
    dropped = ["obs_id", "source_sha256"] if is_keyed else ["source_sha256"]
    return table.drop_columns(dropped)


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table.replace_schema_metadata(None), path)


def _text(
    ours: dict[str, list[str]],
    theirs: dict[str, dict[str, list[str]]],
    seen: set[str],
    date: str,
) -> str:
    n_seen = sum(fault.name in seen for fault in FAULTS)
    lines = [
        f"Run on {date}. {n_seen} of the {len(FAULTS)} faults change the table; the others "
        "change what is known of a series or a country, or what is printed around the "
        "figures.",
        "",
        f"| | faults found, of {len(FAULTS)} | of the {n_seen} in the table | "
        f"false alarms, of {len(BENIGN)} |",
        "|---|---:|---:|---:|",
    ]
    sides = {f"Tallymark {version('tallymark')}, at their places": ours, **theirs}
    for name, found in sides.items():
        in_table = len(seen & set(found["fault"]))
        lines.append(
            f"| {name} | {len(found['fault'])} | {in_table} | {len(found['benign'])} |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
