"""Flaws of suites as text and JSON."""
