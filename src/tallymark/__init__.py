"""Tallymark makes national case counts safe to use."""
