"""Printed numbers: digits, marks, ranges and footnotes to values; nothing is guessed."""
