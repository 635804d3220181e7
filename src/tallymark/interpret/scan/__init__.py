"""Numbers in the text of a report, held to figures; none is guessed."""
