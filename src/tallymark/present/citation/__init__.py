"""A citation as text, BibTeX and CSL-JSON."""
