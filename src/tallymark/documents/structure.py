"""Plain content to frozen records, quickly; content in any doubt is left to pydantic.

Building pydantic's validators takes longer than the check of a small workbook. What is
accepted here, pydantic would accept and turn into the same record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Structure = Callable[[Any], Any]


class DoubtError(Exception):
    """The content does not plainly fit; whether it is wrong is not said."""


@cache
def structure_of(annotation: Any) -> Structure:
    """Return the function that turns plain content into a value of an annotated type.

    It raises DoubtError for what does not plainly fit.

    >>> structure_of(tuple[int, ...])([1, 2])
    (1, 2)
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation is Any:
        return lambda content: content
    if origin is Literal:
        return _literal(arguments)
    if origin in (Union, UnionType):
        return _one_of([structure_of(argument) for argument in arguments])
    if origin is tuple:
        return _items(structure_of(arguments[0]))
    if origin in (dict, Mapping):
        return _mapping(*map(structure_of, arguments))
    if origin is re.Pattern:
        return _pattern
    if is_dataclass(annotation):
        return _record(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _literal(tuple(annotation), annotation)
    return _exactly(annotation)


def _exactly(kind: Any) -> Structure:
    if kind not in (str, int, float, bool, date, NoneType):
        raise TypeError(f"documents hold no {kind!r}")

    def structure(content: Any) -> Any:
        if type(content) is kind:
            return content
        if kind is float and type(content) is int:
            return float(content)
        raise DoubtError

    return structure


def _literal(allowed: tuple[Any, ...], kind: Any = None) -> Structure:
    def structure(content: Any) -> Any:
        if type(content) is str and content in allowed:
            return kind(content) if kind else content
        raise DoubtError

    return structure


def _one_of(choices: list[Structure]) -> Structure:
    def structure(content: Any) -> Any:
        found = []
        for choice in choices:
            try:
                found.append(choice(content))
            except DoubtError:
                continue
        unchanged = [value for value in found if type(value) is type(content)]
        if not unchanged and len(found) != 1:
            raise DoubtError
        return (unchanged or found)[0]

    return structure


def _items(item: Structure) -> Structure:
    def structure(content: Any) -> Any:
        if type(content) is not list:
            raise DoubtError
        return tuple([item(part) for part in content])

    return structure


def _mapping(key: Structure, value: Structure) -> Structure:
    def structure(content: Any) -> Any:
        if type(content) is not dict:
            raise DoubtError
        return {key(k): value(v) for k, v in content.items()}

    return structure


def _pattern(content: Any) -> re.Pattern[str]:
    if type(content) is not str:
        raise DoubtError
    try:
        return re.compile(content)
    except re.error as error:
        raise DoubtError from error


def _record(kind: Any) -> Structure:
    hints = get_type_hints(kind)
    known = {f.name: structure_of(hints[f.name]) for f in fields(kind)}
    needed = {
        f.name
        for f in fields(kind)
        if f.default is MISSING and f.default_factory is MISSING
    }

    def structure(content: Any) -> Any:
        if type(content) is not dict or not needed <= content.keys() <= known.keys():
            raise DoubtError
        given = {name: known[name](part) for name, part in content.items()}
        try:
            return kind(**given)
        except ValueError as error:
            raise DoubtError from error

    return structure
