"""Templates that come back filled in: known by their marks, read by the mapping engine.

Hides that the adapter of such a workbook is made from its mark, and that words may be
spelled in other ways or languages.
"""
