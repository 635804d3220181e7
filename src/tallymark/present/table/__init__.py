"""A table of figures as a page, as text, Markdown and CSV."""
