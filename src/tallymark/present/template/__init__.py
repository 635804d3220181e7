"""The workbook that a country fills in."""
