"""Data contracts of the Open Data Contract Standard: read, written, run and compared.

Hides how the standard writes things down.
"""

from tallymark.contract.difference import changes_between
from tallymark.contract.document import contract_problems, read_contract
from tallymark.contract.generation import Sources, generated, origin, written
from tallymark.contract.measuring import columns_of, measure
from tallymark.contract.planning import plan_of

__all__ = [
    "Sources",
    "changes_between",
    "columns_of",
    "contract_problems",
    "generated",
    "measure",
    "origin",
    "plan_of",
    "read_contract",
    "written",
]
