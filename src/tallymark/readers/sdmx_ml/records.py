"""Series and observations of a data set, by component and in columns.

Hides that a component stands in few records, and that series are held apart.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from tallymark.readers.long_table import check_figures


class Records:
    """Records of components by id, held as columns; None where a record has no such."""

    def __init__(self, name: str) -> None:
        self.n = 0
        self.columns: dict[str, list[str | None]] = {}
        self._name = name

    def add(self, components: Mapping[str, str]) -> None:
        """Add one record.

        Raises:
            SourceError: there are more than the limits.
        """
        for id_, text in components.items():
            column = self.columns.setdefault(id_, [])
            column += [None] * (self.n - len(column))
            column.append(text)
        self.n += 1
        check_figures(self.n, self._name, n_columns=len(self.columns))

    def column(self, id_: str) -> list[str | None]:
        """Return what each record has of a component; a new one is of None alone."""
        column = self.columns.setdefault(id_, [])
        column += [None] * (self.n - len(column))
        return column


class DataSet:
    """One data set; an observation outside of all series is of series record 0."""

    def __init__(self, number: int, name: str) -> None:
        self.number = number
        self.said: dict[str, str] = {}
        self.attributes: dict[str, str] = {}
        self.groups: list[tuple[dict[str, str] | None, dict[str, str]]] = []
        """Key, null where it is not told from the values, and values."""
        self.series, self.obs = Records(name), Records(name)
        self.series.add({})
        self.n_series = self.n_empty = 0
        self.series_of_record = array("i", [0])
        """The number of each series in the file, the first is 1."""
        self.record_of_obs = array("i")
        self.number_of_obs = array("i")
        """Within the series, or within the data set; the first is 1."""

    def reference(self, i: int) -> str:
        """Return what the file calls observation `i`: `DataSet[1].Series[2].Obs[3]`."""
        series = self.series_of_record[self.record_of_obs[i]]
        within = f".Series[{series}]" if series else ""
        return f"DataSet[{self.number}]{within}.Obs[{self.number_of_obs[i]}]"
