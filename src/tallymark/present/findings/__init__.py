"""Findings as a page, as text, as JSON and as Great Expectations' result."""
