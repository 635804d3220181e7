"""Whether a printed output is still what was printed, and how that is told."""
