"""The workbook of questions that goes back to the sender."""
