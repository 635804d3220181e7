"""What was measured last, part by part, with its day and machine: measured.json.

A part that is not run again keeps its figures and says of which day they are.
"""

from __future__ import annotations

import json
import os
import platform
from datetime import date
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("measured.json")


def load() -> dict[str, Any]:
    """Return all parts that were measured."""
    return json.loads(PATH.read_text(encoding="utf-8")) if PATH.is_file() else {}


def record(part: str, figures: dict[str, Any]) -> None:
    """Keep the figures of one part; what is not in them stays as it is."""
    parts = load()
    own = {"date": today(), "machine": machine(), **figures}
    parts[part] = own
    text = json.dumps(parts, indent=1)
    PATH.write_text(text + "\n", encoding="utf-8")


def today() -> str:
    """Return the day."""
    return date.today().isoformat()  # noqa: DTZ011  # the day where it is run


def machine() -> str:
    """Return the machine in words."""
    names = {
        line.partition(":")[2].strip()
        for line in _lines("/proc/cpuinfo")
        if line.startswith("model name")
    }
    held = [line.split()[1] for line in _lines("/proc/meminfo") if "MemTotal" in line]
    memory = f", {int(held[0]) / 2**20:.0f} GiB of memory" if held else ""
    name = f" ({', '.join(sorted(names))})" if names else ""
    cores = f"{os.cpu_count()} cores{name}{memory}"
    return f"{platform.system()} {platform.machine()}, {cores}"


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
