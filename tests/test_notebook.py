"""The notebook of the tutorial runs from top to bottom and shows what it shows there."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "docs/tutorial/researchers-day.ipynb"
ADDRESS = re.compile(r"0x[0-9a-f]+|\.venv|/(?:home|tmp|root|work|Users)/")


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
    again = nbformat.read(NOTEBOOK, as_version=4)
    place = {"metadata": {"path": str(NOTEBOOK.parent)}}
    NotebookClient(again, timeout=120, kernel_name="python3", resources=place).execute()
    assert shown(again) == shown(kept), "run `jupyter execute --inplace` on it again"


def test_the_notebook_tells_nothing_of_a_machine_or_a_clock():
    kept = nbformat.read(NOTEBOOK, as_version=4)
    assert all(text for text in shown(kept)[1:])
    assert not [text for text in shown(kept) if ADDRESS.search(text)]
    assert not any("execution" in cell.metadata for cell in kept.cells)
