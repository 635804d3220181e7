"""A wording that would hold: the figures of a claim, in a sentence of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.chance.words import area_names, words
from tallymark.interpret.claims.computed import Computed, say
from tallymark.interpret.claims.operands import Operand
from tallymark.interpret.claims.span import Span
from tallymark.interpret.claims.value import Form
from tallymark.model.claim import Claim, ClaimKind
from tallymark.model.period import period_label
from tallymark.model.words import code_words

_MOST_LISTED = 6
_SEXES = {"F": "female", "M": "male"}
_WITH_THE = ("United ", "Philippines", "Netherlands", "Gambia", "Bahamas")
"""How names begin that stand with `the` in a sentence."""


def wording(
    claim: Claim | None,
    computed: Computed,
    caveats: tuple[str, ...],
    catalogue: Catalogue,
) -> str | None:
    """Return a sentence that the figures bear out; null if there is no figure.

    Without a claim, since it is refused, each figure is given by itself.

    It names number, unit, conduct, area, period and provider, and the first caveat.
    """
    known = [o for o in computed.used if o.span is not None]
    if not known:
        return None
    say_it = _listed if claim is None else _KINDS.get(claim.kind, _listed)
    sentence = say_it(tuple(known), computed)
    by = " and ".join(dict.fromkeys(o.provider for o in known if o.provider))
    source = f" Source: {by}." if by else ""
    caveat = f" {catalogue.caveats[caveats[0]].sentence()}" if caveats else ""
    return f"{sentence[:1].upper()}{sentence[1:]}{source}{caveat}"


def _listed(used: tuple[Operand, ...], computed: Computed) -> str:
    said = "; ".join(_counted(o) for o in used[:_MOST_LISTED])
    more = len(used) - _MOST_LISTED
    return said + (f"; and {more} more." if more > 0 else ".")


def _total(used: tuple[Operand, ...], computed: Computed) -> str:
    if len(used) == 1 or computed.span is None:
        return _listed(used, computed)
    kinds = {(o.unit, o.stage, o.scopes) for o in used}
    if len(kinds) > 1 or any(o.form is Form.PERCENT for o in used):
        return _listed(used, computed)
    areas = dict.fromkeys(_area(o) for o in used)
    periods = list(dict.fromkeys(_period(o) for o in used))
    there, when = (_and([t for t in texts if t]) for texts in (areas, periods))
    return (
        f"{say(computed.span)} {_things(used[0])}{f' for {there}' if there else ''}"
        f"{f' in {when} together' if when else ' together'}."
    )


def _and(texts: list[str]) -> str:
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def _change(used: tuple[Operand, ...], computed: Computed) -> str:
    if len(used) != 2:
        return _listed(used, computed)
    a, b = used
    for_area = f" for {_area(b)}" if _area(b) else ""
    ends = f"{_number(a)}{_in(a)} to {_number(b)}{_in(b)}"
    if a.unit != b.unit or a.stage != b.stage or computed.sign is None:
        return f"{_counted(a)}; {_counted(b)}."
    if computed.sign == 0:
        return f"{_things(b)}{for_area}: {_number(a)} in both periods."
    way = "rose" if computed.sign > 0 else "fell"
    return f"the number of {_things(b)}{for_area} {way} from {ends}{_percent(a, b)}."


def _percent(a: Operand, b: Operand) -> str:
    """The change in percent, where the base is large enough to give one."""
    if Form.PERCENT in (a.form, b.form) or a.span is None or b.span is None:
        return ""
    if not (a.span.is_point and b.span.is_point) or (a.span.low or 0) < 20:
        return ""
    relative = (b.span.over(a.span) or Span.exactly(Fraction(1))) - Span.exactly(
        Fraction(1)
    )
    moved = float((relative.low or Fraction(0)) * 100)
    return f" ({moved:+.1f} %)"


def _share(used: tuple[Operand, ...], computed: Computed) -> str:
    if len(used) != 2 or computed.span is None:
        return _listed(used, computed)
    a, b = used
    if Form.PERCENT in (a.form, b.form):
        return _listed(used, computed)
    per_cent = f"({say(computed.span)} %)"
    things = (_things(a), _in(a)) == (_things(b), _in(b))
    if not things or (a.area != b.area and _cut(a, b)):
        return f"{_counted(a)}, of {_counted(b)} {per_cent}."
    if a.area != b.area:
        return f"{_counted(a)}, of {_number(b)} for {_area(b)} {per_cent}."
    return f"{_number(a)}{_cut(a, b)} of {_counted(b)} {per_cent}."


def _cut(part: Operand, whole: Operand) -> str:
    """What tells a part from its whole: ` (clearance: cleared)`."""
    said = [cut for cut in _cuts(part) if cut not in _cuts(whole)]
    return f" ({'; '.join(said)})" if said else ""


def _rate(used: tuple[Operand, ...], computed: Computed) -> str:
    if len(used) != 2 or computed.span is None:
        return _listed(used, computed)
    per = f"{say(computed.span)} per 100,000 of {_number(used[1])}"
    return f"{_counted(used[0])}: {per}."


_KINDS: Mapping[ClaimKind, Callable[[tuple[Operand, ...], Computed], str]] = {
    ClaimKind.CHANGE: _change,
    ClaimKind.SUM: _total,
    ClaimKind.CUMULATIVE: _total,
    ClaimKind.SHARE: _share,
    ClaimKind.RATE: _rate,
}


def _counted(operand: Operand) -> str:
    """Number, unit, area and period of one figure."""
    area = _area(operand)
    things = _things(operand)
    for_area = f" for {area}" if area else ""
    if operand.figure.type["statistic"] == "RATE_100K":
        things = f"{things} per 100,000".strip()
    return f"{_number(operand)}{things and ' ' + things}{for_area}{_in(operand)}"


def _number(operand: Operand) -> str:
    has_sign = "%" in operand.printed or "cent" in operand.printed
    percent = operand.form is Form.PERCENT and not has_sign
    return f"{operand.printed} %" if percent else operand.printed


def _things(operand: Operand) -> str:
    """What is counted: `CyberTipline reports`, `recorded cases (…)`."""
    label = operand.premise.label if operand.premise else None
    scope = operand.figure.type["scope"]
    if scope == "CYBERTIP" and operand.unit == "REPORT" and not label:
        return "CyberTipline reports"
    covered = label or (code_words(str(scope)) if scope not in (None, "OTHER") else "")
    if operand.unit is None or operand.form is Form.PERCENT:
        said = [covered, *_cuts(operand)] if operand.form is Form.PERCENT else [covered]
        return f"({'; '.join(filter(None, said))})" if any(said) else ""
    counted = words().counted(operand.figure)
    sex = _SEXES.get(str(operand.figure.type["sex"]), "")
    told = "; ".join(text for text in (covered, sex) if text not in ("", counted))
    return f"{counted} ({told})" if told else counted


def _cuts(operand: Operand) -> list[str]:
    """Return what a figure is cut out by: `clearance: cleared`."""
    cuts = str(operand.figure.type["breakdown"] or "_T").split(";")
    return [cut.replace("=", ": ") for cut in cuts if cut != "_T"]


def _area(operand: Operand) -> str:
    area = operand.area
    if area is None:
        return ""
    if area == "WORLD":
        return "the world"
    name = area_names().get(area, area)
    return f"the {name}" if name.startswith(_WITH_THE) else name


def _period(operand: Operand) -> str:
    period = operand.figure.type["time_period"]
    return "" if period is None else period_label(str(period))


def _in(operand: Operand) -> str:
    period = _period(operand)
    return f" in {period}" if period else ""
