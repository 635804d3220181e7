"""The gate against lists of persons: what looks like one stops its file."""
