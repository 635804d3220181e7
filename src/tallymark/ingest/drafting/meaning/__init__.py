"""What texts of a workbook are taken for: pure functions over texts and cell values."""

from __future__ import annotations

from tallymark.ingest.drafting.meaning.calendars_named import period_rule
from tallymark.ingest.drafting.meaning.columns import column_role
from tallymark.ingest.drafting.meaning.headings import heading_readings
from tallymark.ingest.drafting.meaning.labels import label_readings
from tallymark.ingest.drafting.meaning.numbers_printed import number_rule
from tallymark.ingest.drafting.meaning.rule_words import period_block
from tallymark.ingest.drafting.meaning.tables import table_readings

__all__ = [
    "column_role",
    "heading_readings",
    "label_readings",
    "number_rule",
    "period_block",
    "period_rule",
    "table_readings",
]
