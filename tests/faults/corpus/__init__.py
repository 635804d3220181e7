"""A clean set of submissions of invented countries, and records of what to do to it."""
