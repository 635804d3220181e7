"""A country's offences and their ICCS codes as text, CSV and a workbook."""
