"""The XML of an SDMX-ML data message into data sets: series, observations, groups.

Hides how versions 2.0, 2.1 and 3.0 write keys and attributes: as XML attributes, as
values by id or by concept, or as components of several values.

Source: SDMX-ML schemas 2.0, 2.1 and 3.0, https://github.com/sdmx-twg/sdmx-ml
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tallymark.errors import SourceError
from tallymark.readers.limits import iterate_xml
from tallymark.readers.long_table import shared, too_much
from tallymark.readers.sdmx_ml.records import DataSet

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 1 << 27
"""Bytes of a file: 128 MiB."""

MAX_ELEMENTS = 1_500_000
"""Series, observations, groups and data sets of a message."""

MAX_DATASETS = 1_000

MAX_SAID = 100_000
"""Texts of a message beside its figures."""

MAX_OF_GROUPS = 2_000_000
"""Components of all groups."""

WHAT = "The SDMX-ML file"
TIME = "TIME_PERIOD"
VALUE = "OBS_VALUE"
SEVERAL = "; "
"""Between the values of an attribute that has several."""

_TAGS = ("Header", "Footer", "DataSet", "Series", "Obs", "Group", "Atts")
_OF_DATASET = (*_TAGS, "Attributes", "DataProvider", "Annotations", "KeyFamilyRef")
_KEYS = ("SeriesKey", "ObsKey", "GroupKey", "Attributes")
_IN_HEADER = frozenset(
    (
        "ID", "Test", "Truncated", "Name", "Prepared", "DataSetAction", "DataSetAgency",
        "DataSetID", "Extracted", "ReportingBegin", "ReportingEnd", "EmbargoDate",
        "Source", "KeyFamilyRef", "KeyFamilyAgency",
    )
)  # fmt: skip
_OF_MESSAGE = frozenset(
    (
        "structureRef", "setID", "datasetID", "action", "dataScope", "keyFamilyURI",
        "reportingBeginDate", "reportingEndDate", "validFromDate", "validToDate",
        "publicationYear", "publicationPeriod", "dataProviderSchemeAgencyId",
        "dataProviderSchemeId", "dataProviderID", "dataflowAgencyID", "dataflowID",
    )
)  # fmt: skip
"""XML attributes of a data set that tell of the message, not of the figures."""

_UNREAD = ("CrossSectionalData", "UtilityData")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Message:
    """What a message holds, as far as it has been read."""

    def __init__(self, name: str, language: str | None) -> None:
        self.datasets: list[DataSet] = []
        self.said: list[tuple[str, str, str]] = []
        self.n_of_groups = 0
        """Components of groups."""
        self._name, self._language = name, language
        self._dimensions: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._dataset: _Element | None = None
        self._series: _Element | None = None
        self._group: _Element | None = None
        self._of_group: dict[str, str] = {}
        self._n_in_dataset = self._n_in_series = 0

    def take(self, element: _Element) -> None:
        """Take what an element says, which has ended just now."""
        tag = _local(element)
        if tag == "Header":
            self._take_header(element)
        elif tag == "Footer":
            self.said += _footer(element)
        elif self._enters(element):
            if tag == "Obs":
                self._take_obs(element)
            elif tag == "Series":
                self._end_series(element)
            elif tag == "DataSet":
                self._take_groups(element.iterchildren())
                self._dataset = None
            elif element is not self._group:
                self._take_groups([element])

    def _enters(self, element: _Element) -> bool:
        """Tell whether an element is a part of a data set, and begin this if it is new."""
        parent = element.getparent()
        if parent is not None and parent in (self._series, self._dataset):
            return True
        dataset: _Element | None = element
        while dataset is not None and _local(dataset) != "DataSet":
            dataset = dataset.getparent()
        if dataset is not None and dataset is not self._dataset:
            self._begin_dataset(dataset)
        return dataset is not None

    def _begin_dataset(self, element: _Element) -> None:
        root = _local(element.getroottree().getroot())
        if root in _UNREAD:
            raise SourceError(
                f"{WHAT} is a message of {root}, which is not read.",
                where=self._name,
                hint="Ask for it as generic or structure-specific data.",
            )
        if len(self.datasets) == MAX_DATASETS:
            raise too_much(self._name, f"more than {MAX_DATASETS:,} data sets")
        dataset = DataSet(len(self.datasets) + 1, self._name)
        for key, text in element.attrib.items():
            id_ = str(key).rpartition("}")[2]
            is_said = id_ in _OF_MESSAGE or id_ != key
            (dataset.said if is_said else dataset.attributes)[id_] = str(text)
        for child in element.iterchildren("{*}Attributes"):
            dataset.attributes |= _values(child)
        self.datasets.append(dataset)
        self._dataset, self._n_in_dataset = element, 0

    def _take_obs(self, element: _Element) -> None:
        dataset, parent = self.datasets[-1], element.getparent()
        record = 0
        if parent is not None and _local(parent) == "Series":
            if parent is not self._series:
                self._begin_series(parent)
            record = dataset.series.n - 1
            self._n_in_series += 1
            dataset.number_of_obs.append(self._n_in_series)
        elif parent is self._dataset:
            self._take_groups(element.itersiblings(preceding=True))
            self._n_in_dataset += 1
            dataset.number_of_obs.append(self._n_in_dataset)
        else:
            raise SourceError(
                f"{WHAT} has observations outside of series and data sets.",
                where=self._name,
                hint="Ask for it as generic or structure-specific data.",
            )
        dataset.record_of_obs.append(record)
        dataset.obs.add(self._components(element))

    def _begin_series(self, element: _Element) -> None:
        """Take the key and attributes of a series: from here on they are dropped."""
        dataset, parent = self.datasets[-1], element.getparent()
        dataset.n_series += 1
        self._series, self._n_in_series = element, 0
        self._take_groups(element.itersiblings(preceding=True))
        of_group: dict[str, str] = {}
        if parent is not None and _local(parent) == "Group":
            if parent is not self._group:
                self._group, self._of_group = parent, self._of(parent)
            of_group = self._of_group
        own = self._components(element)
        dataset.series.add({**own, **of_group, **own})
        dataset.series_of_record.append(dataset.n_series)

    def _end_series(self, element: _Element) -> None:
        if element is not self._series:  # it has no observation
            self.datasets[-1].n_series += 1
            self.datasets[-1].n_empty += 1
        self._series = None

    def _take_groups(self, elements: Iterable[_Element]) -> None:
        """Take groups, of which 2.0 names each as its structure does (`SiblingGroup`)."""
        for element in elements:
            tag = _local(element)
            if tag in _OF_DATASET and tag not in ("Group", "Atts"):
                continue
            if element is not self._group and _local_parent(element) == "DataSet":
                keys = [_values(child) for child in element.iterchildren("{*}GroupKey")]
                components = self._of(element)
                self.n_of_groups += len(components)
                self.datasets[-1].groups.append((keys[0] if keys else None, components))

    def _of(self, group: _Element) -> dict[str, str]:
        """Return key and attributes of a group; `type` is its name."""
        components = self._components(group)
        components.pop("type", None)
        return components

    def _components(self, element: _Element) -> dict[str, str]:
        """Return key, value and attributes of a series, observation or group by id."""
        found = {
            str(id_): str(text)
            for id_, text in element.attrib.items()
            if not str(id_).startswith("{")
        }
        for child in element.iterchildren():
            tag = _local(child)
            if tag in _KEYS:
                found |= _values(child)
            elif tag == "ObsDimension":
                id_ = child.get("id") or self._dimension_at_observation()
                found[id_] = child.get("value") or ""
            elif tag == "Time":
                found[TIME] = _text(child)
            elif tag == "ObsValue":
                found[VALUE] = child.get("value") or ""
            elif tag == "Comp":
                found[child.get("id") or ""] = self._several(child)
        return {id_: shared(self._known, text) for id_, text in found.items()}

    def _dimension_at_observation(self) -> str:
        structure = self.datasets[-1].said.get("structureRef", "")
        known = list(self._dimensions.values())
        return self._dimensions.get(structure) or (known or [TIME])[0]

    def _several(self, component: _Element) -> str:
        values = []
        for value in component.iterchildren("{*}Value"):
            texts = {
                text.get(_LANGUAGE) or "en": _text(text)
                for text in value.iterchildren("{*}Text")
            }
            first = next(iter(texts.values()), None)
            told = texts.get(self._language or "", first)
            values.append(_text(value) if told is None else told)
        return SEVERAL.join(values)

    def _take_header(self, element: _Element) -> None:
        """Take what a header says of the data; never who is to be contacted."""
        for child in element.iterchildren():
            tag = _local(child)
            if tag in _IN_HEADER:
                self.said.append((tag, "", _text(child)))
            elif tag == "Sender":
                self.said.append((tag, "", child.get("id") or ""))
            elif tag == "Structure":
                id_ = child.get("structureID") or ""
                dimension = child.get("dimensionAtObservation")
                if dimension:
                    self._dimensions[id_] = dimension
                    self.said.append(("dimensionAtObservation", id_, dimension))
                self.said.append((tag, id_, _structure(child)))


def read_message(content: bytes, name: str, language: str | None) -> Message:
    """Return what a data message says.

    Raises:
        SourceError: it is no SDMX-ML, holds no observation, or more than the limits.
    """
    if len(content) > MAX_BYTES:
        raise too_much(name, f"more than {MAX_BYTES:,} bytes")
    message = Message(name, language)
    tags = [f"{{*}}{tag}" for tag in _TAGS]
    for number, element in enumerate(iterate_xml(content, name, WHAT, tags)):
        message.take(element)
        if number >= MAX_ELEMENTS:
            raise too_much(name, f"more than {MAX_ELEMENTS:,} series and observations")
        if len(message.said) > MAX_SAID or message.n_of_groups > MAX_OF_GROUPS:
            raise too_much(name, f"more than {MAX_SAID:,} texts beside its figures")
    if not any(dataset.obs.n for dataset in message.datasets):
        raise SourceError(
            f"{WHAT} holds no observation.",
            where=name,
            hint="Structures, errors and empty answers are SDMX-ML, too; ask for data.",
        )
    return message


def _values(element: _Element) -> dict[str, str]:
    """Return the values under a key or under attributes, by id (2.1) or concept (2.0)."""
    found: dict[str, str] = {}
    for child in element.iterchildren("{*}Value"):
        id_ = child.get("id") or child.get("concept") or ""
        texts = filter(None, (found.get(id_), child.get("value")))
        found[id_] = SEVERAL.join(texts)
    return found


def _structure(element: _Element) -> str:
    for reference in element.iter("{*}Ref"):
        agency, id_, version = map(reference.get, ("agencyID", "id", "version"))
        return f"{agency or ''}:{id_ or ''}({version or ''})"
    return _text(element)


def _footer(element: _Element) -> Iterator[tuple[str, str, str]]:
    for child in element.iterchildren("{*}Message"):
        said = [_text(text) for text in child.iterchildren("{*}Text")]
        told = " ".join(filter(None, (child.get("code"), child.get("severity"))))
        yield "Footer", told, "\n".join(said)


def _text(element: _Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _local_parent(element: _Element) -> str:
    parent = element.getparent()
    return "" if parent is None else _local(parent)
