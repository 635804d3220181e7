"""Observations and findings to figures that carry their caveats."""

from tallymark.interpret.attach import attach_caveats
from tallymark.interpret.catalogue import load_catalogue
from tallymark.interpret.propagate import total

__all__ = ["attach_caveats", "load_catalogue", "total"]
