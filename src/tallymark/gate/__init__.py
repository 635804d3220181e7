"""Findings held against what a project knows and waived: may this pass?

Hides the files of waivers, baseline and settings, and how a finding is known again.
Nothing here asks a clock, the environment or the working folder.
"""

from tallymark.gate.baseline import baseline_bytes, read_baseline
from tallymark.gate.judging import accepted, judge, known_of, shrunk
from tallymark.gate.looked import Looked, looked
from tallymark.gate.settings import read_configuration
from tallymark.gate.settings_text import with_settings
from tallymark.gate.waivers import read_waivers

__all__ = [
    "Looked",
    "accepted",
    "baseline_bytes",
    "judge",
    "known_of",
    "looked",
    "read_baseline",
    "read_configuration",
    "read_waivers",
    "shrunk",
    "with_settings",
]
