"""The name `tally`, by which pandas knows a column of figures.

It alone is loaded with the package where pandas is, so that `pandas.read_parquet` knows
the name; the column itself loads on first use.
"""

from __future__ import annotations

import builtins
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from pandas.api.extensions import (
    ExtensionArray,
    ExtensionDtype,
    register_extension_dtype,
)

from tallymark.model.figure import Figure

if TYPE_CHECKING:
    from tallymark.interpret.catalogue import Catalogue

_ARRAY = "tallymark.interpret.tally.array"
"""Loaded on first use: the column knows its dtype, and is heavy."""


@register_extension_dtype  # pandas' own door; without it no file names the dtype
class TallyDtype(ExtensionDtype):
    """Figures with value, bounds, caveats and status; two of these are always equal."""

    name = "tally"
    type = Figure
    kind = "O"
    na_value = None
    _is_immutable = True
    _metadata: ClassVar[tuple[str, ...]] = ()

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue
        """The caveats of the column that has this dtype; None: those shipped."""

    @classmethod
    def construct_array_type(cls) -> builtins.type[ExtensionArray]:
        """Return the array type that holds this dtype."""
        array: builtins.type[ExtensionArray] = import_module(_ARRAY).TallyArray
        return array

    def __from_arrow__(self, array: Any) -> ExtensionArray:
        """Return a column from what it gave to Arrow, as Parquet files hold it."""
        column: ExtensionArray = import_module(_ARRAY).TallyArray.from_arrow(
            array, self.catalogue
        )
        return column
