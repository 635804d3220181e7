"""Reading in a process of its own, which a file may fill or keep busy without harm.

Hides how files and sheets are passed. A PDF may make its reader unpack, count or wait
without end in more ways than can be foreseen; here the system sets the limits.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, PdfTable, ReaderOptions, Sheet, Style

MAX_SECONDS = 20
"""Processor time for one file."""

MAX_WAIT = 28
"""Seconds until it is given up, on a machine that has other things to do."""

MAX_MEMORY = 640 << 20
"""Bytes of memory for one file: 640 MiB. Windows has no such limit for a process."""

_ROOM = f"{MAX_MEMORY >> 20} MiB of memory"
_FULL = 3
_CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from tallymark.readers.pdf.process import serve; serve(json.loads(sys.argv[2]))"
)


def read_apart(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return what `read_contents` returns, read within the limits.

    Raises:
        SourceError: as `tallymark.readers.pdf.read`.
    """
    request = {
        "name": name,
        "pdf": [asdict(table) for table in options.pdf],
        "styles": options.styles,
    }
    arguments = [json.dumps(sys.path), json.dumps(request)]
    try:
        done = subprocess.run(  # noqa: S603  # this program itself
            [sys.executable, "-I", "-c", _CHILD, *arguments],
            input=content,
            capture_output=True,
            timeout=MAX_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(name, f"{MAX_WAIT} seconds") from error
    if done.returncode == _FULL:
        raise _too_much(name, _ROOM)
    if done.returncode < 0:  # ended by the system, or by C where it has no room left
        raise _too_much(name, f"{MAX_SECONDS} seconds or {_ROOM}")
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace")[-2000:])
    answer = json.loads(done.stdout)
    if "sheets" not in answer:
        raise SourceError(answer["what"], where=answer["where"], hint=answer["hint"])
    return _unpacked(answer)


def serve(request: dict[str, Any]) -> None:
    """Read the file on the standard input; an error of it is an answer, too."""
    _set_limits()
    logging.disable()
    from tallymark.readers.pdf.contents import read_contents  # noqa: PLC0415  # limits first

    options = ReaderOptions(
        pdf=tuple(PdfTable(**table) for table in request["pdf"]),
        styles=request["styles"],
    )
    try:
        content = sys.stdin.buffer.read()
        answer = _packed(read_contents(content, request["name"], options))
        text = json.dumps(answer)
    except MemoryError:
        os._exit(_FULL)  # there may be no room left for words
    except SourceError as error:
        text = json.dumps(vars(error))
    sys.stdout.write(text)


def _set_limits() -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not on Windows

    for kind, limit in (
        (resource.RLIMIT_CPU, MAX_SECONDS),
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):  # macOS sets no limit to memory
            resource.setrlimit(kind, (limit, limit))


def _too_much(name: str, limit: str) -> SourceError:
    return SourceError(
        f"To read it takes more than {limit}.",
        where=name,
        hint="Name the pages that hold the tables in reader.pdf of the adapter.",
    )


def _packed(contents: Contents) -> dict[str, Any]:
    return {
        "detected": dict(contents.detected),
        "sheets": [
            {
                "name": sheet.name,
                "rows": sheet.rows,
                "merged": sheet.merged,
                "styles": [
                    (row, column, style.bold, style.indent)
                    for (row, column), style in sheet.styles.items()
                ],
            }
            for sheet in contents.sheets
        ],
    }


def _unpacked(answer: dict[str, Any]) -> Contents:
    return Contents(
        detected=answer["detected"],
        sheets=tuple(
            Sheet(
                name=sheet["name"],
                rows=sheet["rows"],
                merged=tuple((a, b, c, d) for a, b, c, d in sheet["merged"]),
                is_numbered=True,
                styles={
                    (row, column): Style(bold=bold, indent=indent)
                    for row, column, bold, indent in sheet["styles"]
                },
            )
            for sheet in answer["sheets"]
        ),
    )
