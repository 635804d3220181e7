"""What stands around the cells of a table: title, warnings, notes' shares, key, sources."""

from __future__ import annotations

from collections import Counter

from tallymark.model.codes import Use, Weight
from tallymark.model.figure import Figure
from tallymark.model.table import Label, Note, Table, TableSource
from tallymark.model.words import code_words
from tallymark.present import wording
from tallymark.present.cells import is_rounded, missing_letter, printed, reason_text

WARNING = "These figures must not be read without:"
ALSO = "Also:"
"""Over the notes of less weight, which stand closer together."""

EVERY = "every figure"

_WEIGHTY = (Weight.CRITICAL, Weight.HIGH)
_COUNTED = {
    "statistic": "Statistic",
    "counting_unit": "Counting unit",
    "stage": "Stage",
    "scope": "Scope",
}


def title(table: Table) -> str:
    """Return the caption, which says so where figures are invented."""
    caption = wording.one_line(table.caption).rstrip(".")
    if not table.invented:
        return caption
    is_all = table.n_invented == sum(1 for _ in table.figures())
    what = "Invented figures" if is_all else "Some figures are invented, those"
    return f"{caption}. {what} of an invented country"


def counted_line(table: Table) -> str:
    """Return what is counted: statistic, unit, stage and scope, as far as not a header.

    Several values are all named, since figures of different kinds stand side by side.
    """
    shown = {d.code for d in (*table.row_dimensions, *table.column_dimensions)}
    parts = []
    for column, name in _COUNTED.items():
        codes = {str(f.type.get(column) or "") for f in table.figures()}
        words = [code_words(code) for code in sorted(codes - {""})]
        words += ["mixed or not known"] * ("" in codes)
        if words and column not in shown:
            parts.append(f"{name}: {wording.listed(words)}")
    return "; ".join(parts)


def column_header(labels: tuple[Label, ...]) -> str:
    """Return the header of a column: its labels from outside in."""
    return " · ".join(wording.one_line(label.text) for label in labels) or "Figure"


def critical_notes(table: Table) -> list[Note]:
    """Return the notes that must be read first."""
    return [note for note in table.notes if note.weight is Weight.CRITICAL]


def weighty_notes(table: Table) -> list[Note]:
    """Return the critical and the high notes."""
    return [note for note in table.notes if note.weight in _WEIGHTY]


def lesser_notes(table: Table) -> list[Note]:
    """Return the other notes, which stand under `ALSO`."""
    return [note for note in table.notes if note.weight not in _WEIGHTY]


def carried_by(note: Note) -> str:
    """Return how many of the printed figures carry a caveat, and on how much of them."""
    said = EVERY
    if not note.is_on_every_figure:
        said = f"{note.n_figures:,} of {wording.counted(note.n_printed, 'figure')}"
    least, most = note.of_totals
    if least == 1:
        return said
    ends = dict.fromkeys([_percent(least), _percent(most)])
    return f"{said}; it concerns {' to '.join(ends)} of each"


def _percent(share: float) -> str:
    """Return a share in whole per cent; what is not all of it never prints as all.

    >>> _percent(0.124), _percent(0.001), _percent(0.999), _percent(1.0)
    ('12%', 'under 1%', 'over 99%', 'all')
    """
    if share in (0, 1):
        return "all" if share else "none"
    if not 0.005 <= share < 0.995:
        return "under 1%" if share < 0.5 else "over 99%"
    return f"{share:.0%}"


def refused_uses(table: Table) -> list[str]:
    """Return the sentences that say what the figures must not be used for.

    First what none of them may be used for, then what the marked ones may not.
    """
    deciding: dict[tuple[int, ...], list[Use]] = {}
    for use in table.use_limits:
        notes = [note for note in critical_notes(table) if use in note.limits]
        everywhere = [note for note in notes if note.is_on_every_figure]
        numbers = tuple(note.number for note in notes) if not everywhere else ()
        deciding.setdefault(numbers, []).append(use)
    sentences = []
    for numbers, uses in sorted(deciding.items()):
        which = wording.listed([f"[{number}]" for number in numbers], "or")
        figures = f"figures marked {which}" if numbers else "these figures"
        words = wording.listed([wording.USES[use] for use in uses], "or")
        sentences.append(f"Do not use {figures} for {words}.")
    return sentences


def key(table: Table) -> list[tuple[str, str]]:
    """Return the symbols that the cells use, each with its meaning, letters first."""
    shown = [(c, printed(c, table.use)) for row in table.cells for c in row]
    carriers: dict[str, list[Figure]] = {}
    for figure, cell in shown:
        for letter in cell.letters:
            carriers.setdefault(letter, []).extend([figure] if figure else [])
    letters = sorted(carriers, key=lambda letter: (letter.isupper(), letter))
    entries = [(letter, _meaning(letter, carriers[letter])) for letter in letters]
    cells = [cell for _, cell in shown]
    if any("≥" in cell.text for cell in cells):
        entries.append(("≥", "at least; the number itself is not known"))
    if any(cell.state == "bounds" and "–" in cell.text for cell in cells):
        entries.append(("1–4", "the number lies between these two, both included"))
    if any(cell.completeness for cell in cells):
        entries.append(("(7 of 12)", "so many of its parts are in the number"))
    if any(cell.state == "not_calculated" for cell in cells):
        said = wording.refused(table.use)
        entries.append((said, "the parts do not allow it; the notes say why"))
    if any(cell.state == "no_entry" for cell in cells):
        entries.append((wording.NO_ENTRY, "nothing was read for this cell"))
    if any(map(is_rounded, table.figures())):
        entries.append(("4.18", "rounded for print; the CSV file holds all decimals"))
    return entries


def source_line(source: TableSource) -> str:
    """Return a source in one line, with its file."""
    what = source.source
    said = [what.publisher, what.title, what.where, what.url]
    if what.licence:
        said.append(f"licence: {what.licence}")
    said.append(f"file {source.file} (SHA-256 {source.sha256[:12]}…)")
    if source.n_lost:
        said.append(f"{source.n_lost:,} of its cells were not read as they should")
    return wording.one_line(", ".join(part for part in said if part))


def _meaning(letter: str, figures: list[Figure]) -> str:
    """Return what a letter means here; for a missing number, with the reasons met."""
    missing = [figure for figure in figures if missing_letter(figure) == letter]
    meaning = wording.status_text(letter)
    reasons = Counter(map(reason_text, missing)).most_common()
    if not reasons:
        return meaning
    if len(reasons) == 1:
        return f"{meaning}: {reasons[0][0]}"
    counted = sorted(reasons, key=lambda reason: (-reason[1], reason[0]))
    return f"{meaning}: {', '.join(f'{text} ({n:,})' for text, n in counted)}"
