"""Environments of the peers: each its own, from exact versions in requirements/."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE / "data" / "envs"


def python_of(name: str) -> tuple[str, str]:
    """Return the Python of an environment, or the reason why there is none.

    An empty name is the project's own environment. A peer's is made when it is missing
    or its requirements have changed.
    """
    if not name:
        return sys.executable, ""
    wanted = HERE / "requirements" / f"{name}.txt"
    folder = FOLDER / name
    python, stamp = folder / "bin" / "python", folder / ".made-from"
    text = wanted.read_text(encoding="utf-8")
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == text:
        return str(python), ""
    print(f"Installing {name} into {folder.relative_to(HERE.parent)} ...", flush=True)
    make = [sys.executable, "-m", "venv", "--clear", str(folder)]
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-deps"]
    quiet = ["--disable-pip-version-check", "--requirement", str(wanted)]
    for command in (make, [*install, *quiet]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if "ERROR" in line]
            print("\n".join(lines or [done.stderr]))
            return "", "its packages could not be installed"
    stamp.write_text(text, encoding="utf-8")
    return str(python), ""


def versions_of(name: str) -> dict[str, str]:
    """Return the pinned version of each package of a peer's environment."""
    text = (HERE / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pinned = (line.partition("==") for line in text.splitlines())
    return {package: version for package, _, version in pinned if version}
