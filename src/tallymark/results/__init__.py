"""What the verbs give back: figures and tables, which know what may be done with them.

Hides masks, catalogue and formats behind plain methods; each loads the stage it needs.
"""

from tallymark.results.figures import Figures, listed
from tallymark.results.printed import Cited, CountryPage, Lineage
from tallymark.results.table import Table

__all__ = ["Cited", "CountryPage", "Figures", "Lineage", "Table", "listed"]
