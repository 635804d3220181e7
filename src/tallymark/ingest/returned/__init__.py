"""Workbooks of ours that came back filled in: answers, decisions and definitions."""
