"""Data contracts of the Open Data Contract Standard: read, written, run and compared.

Hides how the standard writes things down.
"""

from tallymark.contract.difference import changes_between
from tallymark.contract.document import contract_problems, read_contract
from tallymark.contract.generation import Origin, Sources, generated, origin, written
from tallymark.contract.measuring import columns_of, measure, plain_of
from tallymark.contract.notes import contract_notes
from tallymark.contract.planning import plan_of

__all__ = [
    "Origin",
    "Sources",
    "changes_between",
    "columns_of",
    "contract_notes",
    "contract_problems",
    "generated",
    "measure",
    "origin",
    "plain_of",
    "plan_of",
    "read_contract",
    "written",
]
