"""Figures in pandas: the dtype `tally`, frames of it, and files that keep its caveats."""
