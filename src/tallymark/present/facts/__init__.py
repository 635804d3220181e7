"""Facts of a country as text, CSV and JSON."""
