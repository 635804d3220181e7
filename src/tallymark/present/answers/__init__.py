"""Answers of a sender as text, CSV and JSON."""
