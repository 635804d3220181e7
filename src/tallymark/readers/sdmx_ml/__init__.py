"""SDMX-ML data messages, generic and structure-specific, as long tables.

An own pass over the XML: the library for it reads figures by way of pandas, without
their groups and their places. A figure is called `DataSet[1].Series[2].Obs[3]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from tallymark.model.grid import Contents, ReaderOptions, Sheet, Value
from tallymark.readers.long_table import (
    Coded,
    constant,
    metadata_sheet,
    number_or_text,
    sheet_of_figures,
    too_much,
)
from tallymark.readers.sdmx_ml.parsing import VALUE, read_message
from tallymark.readers.sdmx_ml.records import DataSet, Records

MAX_KINDS = 64
"""Combinations of dimensions to which groups attach attributes."""

Grouped = dict[tuple[str, ...], dict[tuple[str | None, ...], dict[str, str]]]
"""By the ids of the key, then by the key: attributes."""


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return each data set as one long table, and what the message says of them.

    Columns are headed by their ids: those of series, those of observations with
    OBS_VALUE, and attributes of groups and data sets, which each figure repeats.

    Raises:
        SourceError: it is no SDMX-ML, holds no observation, or more than the limits.
    """
    message = read_message(content, name, options.language)
    sheets: list[Sheet] = []
    said = list(message.said)
    for dataset in message.datasets:
        n_lost = _attach_groups(dataset, name)
        said += _said(dataset, n_lost)
        if dataset.obs.n:
            sheets.append(_sheet(dataset))
    return Contents(sheets=(*sheets, metadata_sheet(said)))


def _sheet(dataset: DataSet) -> Sheet:
    series, obs, n = dataset.series.columns, dataset.obs.columns, dataset.obs.n
    ids = list(dict.fromkeys((*series, *obs, *dataset.attributes))) or [VALUE]
    columns = [(id_, _column(dataset, id_, n)) for id_ in ids]
    return sheet_of_figures(
        f"DataSet[{dataset.number}]",
        columns,
        dataset.reference,
        figure=ids.index(VALUE) if VALUE in ids else -1,
    )


def _column(dataset: DataSet, id_: str, n: int) -> Sequence[Value]:
    """Return a component of each figure: its own, else its series', else its data set's."""
    own = dataset.obs.column(id_) if id_ in dataset.obs.columns else None
    of_set = dataset.attributes.get(id_)
    of_series = dataset.series.columns.get(id_)
    if id_ == VALUE and own is not None:
        return [text if text is None else number_or_text(text.strip()) for text in own]
    if of_series is None and own is None:
        return constant(of_set, n)
    held: Sequence[str | None] = constant(of_set, n)
    if of_series is not None:
        told = [of_set if v is None else v for v in dataset.series.column(id_)]
        held = Coded(dataset.record_of_obs, told)
    if own is None:
        return held
    return [b if a is None else a for a, b in zip(own, held, strict=True)]


def _attach_groups(dataset: DataSet, name: str) -> int:
    """Write the attributes of groups to their series or figures; return how many have none.

    A group without an explicit key is of those of its components that everything has.
    """
    everywhere = {
        id_
        for records, first in ((dataset.series, 1), (dataset.obs, 0))
        for id_, column in records.columns.items()
        if len(column) == records.n and None not in column[first:]
    }
    grouped: Grouped = {}
    for explicit, components in dataset.groups:
        key = explicit
        if key is None:
            key = {id_: v for id_, v in components.items() if id_ in everywhere}
        attributes = {id_: v for id_, v in components.items() if id_ not in key}
        ids = tuple(sorted(key))
        known = grouped.setdefault(ids, {}).setdefault(tuple(key[i] for i in ids), {})
        known |= {**attributes, **known}
    dataset.attributes = {**grouped.pop((), {}).get((), {}), **dataset.attributes}
    if len(grouped) > MAX_KINDS:
        raise too_much(name, f"groups of {len(grouped):,} kinds, more than {MAX_KINDS}")
    return sum(_attach(dataset, ids, found) for ids, found in grouped.items())


def _attach(
    dataset: DataSet,
    ids: Sequence[str],
    found: Mapping[tuple[str | None, ...], Mapping[str, str]],
) -> int:
    is_of_series = all(id_ in dataset.series.columns for id_ in ids)
    records = dataset.series if is_of_series else dataset.obs
    met = set()
    for number, key in enumerate(zip(*_keys(dataset, ids, records), strict=True)):
        for id_, text in found.get(key, {}).items():
            column = records.column(id_)
            column[number] = text if column[number] is None else column[number]
        met.add(key)
    return sum(key not in met for key in found)


def _keys(
    dataset: DataSet, ids: Sequence[str], records: Records
) -> Iterator[Sequence[str | None]]:
    for id_ in ids:
        if records is dataset.series or id_ in dataset.obs.columns:
            yield records.column(id_)
        else:
            yield Coded(dataset.record_of_obs, dataset.series.column(id_))


def _said(dataset: DataSet, n_lost: int) -> Iterator[tuple[str, str, str]]:
    of = f"DataSet[{dataset.number}]"
    for key, text in chain(dataset.said.items(), dataset.attributes.items()):
        yield key, of, text
    if dataset.n_empty:
        yield "series without observations", of, f"{dataset.n_empty:,}"
    if n_lost:
        yield "groups without observations", of, f"{n_lost:,}"
