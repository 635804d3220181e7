"""Printed outputs read back from HTML, Markdown and Word."""
