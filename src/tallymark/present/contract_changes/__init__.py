"""What differs between two contracts, as text and JSON."""
