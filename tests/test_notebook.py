"""The notebook of the tutorial runs from top to bottom and shows what it shows there.

`python tests/test_notebook.py` runs it and keeps what it shows then.
"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "docs/tutorial/researchers-day.ipynb"
PLACE = re.compile(r"0x[0-9a-f]{6,}|/(?:home|tmp|root|work|Users)/")


def run() -> nbformat.NotebookNode:
    """Return the notebook with what it shows now."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(NOTEBOOK.parent)}},
    ).execute()
    notebook.metadata.language_info = {"name": "python"}  # without its version
    return notebook


def shown(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what each code cell shows, as text and as HTML."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return ["".join(map(text_of, cell.outputs)) for cell in cells]


def text_of(output: nbformat.NotebookNode) -> str:
    told = output.get("data", {})
    return output.get("text", "") + "".join(told[kind] for kind in sorted(told))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # of the kernel's own libraries
def test_the_notebook_shows_what_it_shows_when_run_again():
    kept = nbformat.read(NOTEBOOK, as_version=4)
    assert shown(run()) == shown(kept), "`python tests/test_notebook.py` renews it"


def test_the_notebook_tells_nothing_of_a_machine_or_a_clock():
    kept = nbformat.read(NOTEBOOK, as_version=4)
    assert all(text for text in shown(kept)[1:])
    assert not [text for text in shown(kept) if PLACE.search(text)]
    assert not any("execution" in cell.metadata for cell in kept.cells)
    assert kept.metadata.language_info == {"name": "python"}


if __name__ == "__main__":
    nbformat.write(run(), NOTEBOOK)
