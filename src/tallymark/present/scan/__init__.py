"""A scan of a report as text, Markdown and JSON."""
