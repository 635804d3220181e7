"""What differs between two verdicts, as text and JSON."""
