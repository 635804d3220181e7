"""A printed table without ambiguities comes back with every figure at its address."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.printed_sheets import Page, grid_of, pages, truth_of
from tallymark.ingest.drafting.drafts import draft_of


def read_figures(*printed: Page) -> tuple[dict[str, float | None], tuple[str, ...]]:
    draft = draft_of(grid_of(*printed), Path("printed.xlsx"))
    rows = [] if draft.submission is None else draft.submission.observations.to_pylist()
    return {row["source_ref"]: row["obs_value"] for row in rows}, draft.problems


@settings(max_examples=60, deadline=None, derandomize=True)
@given(pages())
def test_every_figure_comes_back_at_its_address(page: Page) -> None:
    found, problems = read_figures(page)
    truth = truth_of(page)
    assert {ref: found.get(ref, "absent") for ref in truth} == truth, problems
    extra = {ref: v for ref, v in found.items() if v is not None and ref not in truth}
    assert not extra, problems


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.tuples(pages("Police"), pages("Courts")))
def test_sheets_do_not_disturb_each_other(printed: tuple[Page, Page]) -> None:
    found, problems = read_figures(*printed)
    truth = truth_of(*printed)
    assert {ref: found.get(ref, "absent") for ref in truth} == truth, problems
