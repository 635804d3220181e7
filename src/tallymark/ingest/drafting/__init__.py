"""A file that no adapter fits, read with guesses that a person confirms or changes."""

from __future__ import annotations
