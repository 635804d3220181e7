"""What stands in one cell of an OpenDocument spreadsheet."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tallymark.model.grid import Value
from tallymark.readers.ods.names import (
    CALC_EXTENSION,
    OFFICE,
    TABLE,
    TEXT,
    XLINK,
    count,
)
from tallymark.readers.printed_text import raised

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BLANKS = 100
"""Blanks that one element stands for at most; more of them mean nothing else."""

_TYPE, _VALUE = f"{OFFICE}value-type", f"{OFFICE}value"
_KIND = f"{CALC_EXTENSION}value-type"
_FORMULA = f"{TABLE}formula"
_NOTE, _PARAGRAPH, _LINK = f"{OFFICE}annotation", f"{TEXT}p", f"{TEXT}a"
_SPAN = f"{TEXT}span"
_BLANKS, _TAB, _BREAK = f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"
_NUMERIC = ("float", "percentage", "currency")
_SPACE = re.compile(r"[ \t\r\n]+")
_UNEVEN = re.compile(r"[\t\r\n]|  |\A | \Z")
_ERROR = re.compile(r"#[A-Z0-9/?!]+[!?A]|Err:\d+")
_DURATION = re.compile(r"PT(\d{1,9})H(\d{1,9})M(\d{1,9}(?:[.,]\d+)?)S")
_LANGUAGE = re.compile(r"\A[a-z]+:(?==)")


class Found(NamedTuple):
    """A cell's value, "" if it is empty, and what else it carries."""

    value: Value
    formula: str | None
    comment: str | None
    hyperlink: str | None


def raise_figures(cell: _Element, formats: Collection[str]) -> None:
    """Turn figures that are printed above the line into raised characters.

    So `15` with a raised `1` is no 151, but a number with a footnote mark.
    """
    for span in cell.iter(_SPAN):
        if span.get(f"{TEXT}style-name") in formats:
            for part in span.iter():
                part.text = raised(part.text or "")


def read_cell(cell: _Element, *, is_value_enough: bool) -> Found:
    """Return what stands in a cell; of a comment, its text alone."""
    formula = cell.get(_FORMULA)
    if is_value_enough and formula is None and cell.get(_TYPE) == "float":
        value = _number(cell.get(_VALUE), "")
        if value != "":
            return Found(value, None, None, None)
    comment = hyperlink = None
    paragraphs: list[str] = []
    for child in cell:
        if child.tag == _PARAGRAPH:
            paragraphs.append(_paragraph(child))
            link = child.find(f".//{_LINK}") if len(child) else None
            if link is not None and hyperlink is None:
                hyperlink = link.get(f"{XLINK}href")
        elif child.tag == _NOTE:
            comment = "\n".join(map(_paragraph, child.iter(_PARAGRAPH))) or None
    return Found(
        _value(cell, "\n".join(paragraphs), has_formula=formula is not None),
        None if formula is None else _LANGUAGE.sub("", formula),
        comment,
        hyperlink,
    )


def _value(cell: _Element, text: str, *, has_formula: bool) -> Value:
    kind = cell.get(_TYPE)
    if cell.get(_KIND) == "error" or (has_formula and _ERROR.fullmatch(text)):
        return text
    if kind in _NUMERIC:
        return _number(cell.get(_VALUE), text)
    if kind == "string":
        return cell.get(f"{OFFICE}string-value") or text
    if kind == "boolean":
        said = cell.get(f"{OFFICE}boolean-value")
        return said == "true" if said in ("true", "false") else text
    if kind == "date":
        return _date(cell.get(f"{OFFICE}date-value"), text)
    if kind == "time":
        return _duration(cell.get(f"{OFFICE}time-value"), text)
    return text


def _number(stored: str | None, text: str) -> Value:
    try:
        number = float(stored) if stored else math.nan
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _date(stored: str | None, text: str) -> Value:
    try:
        if stored and "T" in stored:
            return datetime.fromisoformat(stored)
        return date.fromisoformat(stored) if stored else text
    except ValueError:
        return text


def _duration(stored: str | None, text: str) -> Value:
    parts = _DURATION.fullmatch(stored or "")
    if parts is None:
        return text
    seconds = float(parts[3].replace(",", "."))
    try:
        return timedelta(hours=int(parts[1]), minutes=int(parts[2]), seconds=seconds)
    except OverflowError:
        return text


def _paragraph(element: _Element) -> str:
    if not len(element):
        return _even(element.text or "")
    return "".join(_pieces(element))


def _pieces(element: _Element) -> list[str]:
    """Return the texts of a paragraph in their order, blanks written out."""
    pieces = [_even(element.text or "")]
    for child in element:
        if child.tag == _BLANKS:
            pieces.append(" " * min(count(child.get(f"{TEXT}c")), MAX_BLANKS))
        elif child.tag in (_TAB, _BREAK):
            pieces.append("\t" if child.tag == _TAB else "\n")
        elif child.tag != _NOTE:
            pieces += _pieces(child)
        pieces.append(_even(child.tail or ""))
    return pieces


def _even(text: str) -> str:
    """Return a text with its runs of blanks as one, which is how they are meant."""
    return _SPACE.sub(" ", text) if _UNEVEN.search(text) else text
