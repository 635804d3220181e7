"""Verdicts on the claims of a text, as text, Markdown and JSON."""
