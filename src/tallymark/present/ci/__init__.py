"""A verdict as the reports that builds read; no hidden value goes into one."""
