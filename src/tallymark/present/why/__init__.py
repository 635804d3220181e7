"""Why a figure is what it is, as text and as JSON."""
