"""What was guessed about a file: a workbook to decide in, and an adapter as YAML."""
