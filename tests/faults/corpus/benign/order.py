"""The same figures in another order, or fewer files."""

from __future__ import annotations

from dataclasses import replace

from corpus.changes import in_every, of_rows
from corpus.record import Benign
from tallymark.model.submission import Submissions

BENIGN = (
    Benign(
        name="rows-reordered",
        says="The rows stand in the reverse order.",
        change=in_every(
            lambda item: of_rows(item, item.observations.to_pylist()[::-1])
        ),
    ),
    Benign(
        name="rows-sorted-by-value",
        says="The rows are sorted by their figures.",
        change=in_every(
            lambda item: of_rows(
                item,
                sorted(
                    item.observations.to_pylist(), key=lambda r: r["obs_value"] or 0.0
                ),
            )
        ),
    ),
    Benign(
        name="columns-reordered",
        says="The columns of the table stand in another order.",
        change=in_every(
            lambda item: replace(
                item,
                observations=item.observations.select(
                    item.observations.column_names[::-1]
                ),
            )
        ),
    ),
    Benign(
        name="files-reordered",
        says="The files were read in another order.",
        change=lambda corpus: replace(
            corpus, submissions=Submissions(tuple(corpus.submissions)[::-1])
        ),
    ),
    Benign(
        name="one-file-alone",
        says="One country's file is checked alone.",
        change=lambda corpus: replace(
            corpus, submissions=Submissions(tuple(corpus.submissions)[:1])
        ),
    ),
    Benign(
        name="tips-not-at-hand",
        says="The file of the tip line abroad is not there.",
        change=lambda corpus: replace(
            corpus, submissions=Submissions(tuple(corpus.submissions)[:-1])
        ),
    ),
)
