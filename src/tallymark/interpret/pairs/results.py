"""What two figures give: their numbers, their caveats, and whether that may be.

Hides in SQL the rules and the uses of `pair_rules`, over the relation `pairs`.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallymark.engine.condition import condition_sql
from tallymark.engine.sql import identifier, literal, literals
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import words_sql
from tallymark.interpret.pairs.facts import IS_PAIR
from tallymark.interpret.pairs.rules import RESOLVABLE, RULES, USES
from tallymark.model.codes import Statistic
from tallymark.model.figure import TYPE_COLUMNS, Judgement, mask_columns


@dataclass(frozen=True, kw_only=True)
class _Operation:
    """What an operation computes: `scale` times above over below, or above less below.

    `taken_from` is the side whose period and stage the result keeps; null where it keeps
    what both agree in.
    """

    statistic: Statistic
    scale: int
    above: str = "a"
    below: str = "b"
    is_relative_to_below: bool = False
    taken_from: str | None = None


_OPERATIONS = {
    "change": _Operation(
        statistic=Statistic.PERCENT_CHANGE,
        scale=100,
        above="b",
        below="a",
        is_relative_to_below=True,
        taken_from="b",
    ),
    "difference": _Operation(statistic=Statistic.DIFFERENCE, scale=0),
    "ratio": _Operation(statistic=Statistic.RATIO, scale=1),
    "share": _Operation(statistic=Statistic.PERCENT, scale=100),
    "rate": _Operation(statistic=Statistic.RATE_100K, scale=100_000, taken_from="a"),
    "compare": _Operation(statistic=Statistic.RATIO, scale=1),
}

_PERIOD = ("time_period", "period_start", "period_end", "calendar")
_NOT_NEGATIVE = ("COUNT", "RATE_100K", "PERCENT", "RATIO")
_SILENT_STATUSES = ("", "A", "H", "L", "M", "O", "Q")
"""What is normal, or only says why a figure has no number."""


def result_sql(operation: str, catalogue: Catalogue) -> str:
    """Return SQL for the figures that an operation gives, one per row of `pairs`."""
    n_words = catalogue.order.n_words
    sticky = mask_columns("sticky", n_words)
    done = _OPERATIONS[operation]
    columns = [
        '"a.row_id" as a_row',
        *(f"{_type(name, done)} as {identifier(name)}" for name in TYPE_COLUMNS),
        f"{_type('definition', done)} as definition",
        *number_columns(operation),
        _two_numbers(done),
        f"{_missing_reason()} as missing_reason",
        f"{_statuses()} as obs_status, {_confidentiality()} as conf_status",
        'coalesce("a.is_total", true) and coalesce("b.is_total", true) as is_total',
        'coalesce("a.n_present", 0) + coalesce("b.n_present", 0) as n_present',
        'coalesce("a.n_declared", 1) + coalesce("b.n_declared", 1) as n_declared',
        "judged::integer as judgement",
        'list_sort(list_distinct(coalesce("a.obs_ids", []) || '
        'coalesce("b.obs_ids", []))) as obs_ids',
        *(f"carried_{i} as {name}" for i, name in enumerate(sticky)),
        # A caveat that the pair carries, or raises anew, is not resolved for it.
        *(
            f"{_either(name)} & ~carried_{i} as {name}"
            for i, name in enumerate(mask_columns("resolved", n_words))
        ),
        *(f"0::bigint as {name}" for name in mask_columns("derived", n_words)),
    ]
    judged = judged_sql(operation, catalogue)
    return f"select {', '.join(columns)} from ({judged})"


def judged_sql(operation: str, catalogue: Catalogue) -> str:
    """Return SQL for the pairs with `judged` and three masks, by words.

    `carried` are all caveats of the result, `refusing` those whose rule refuses it, and
    `limiting` those that refuse or flag it where they limit its use.
    """
    return (
        f"with raised as ({_raised_sql(operation, catalogue)}), "
        f"carried as ({_carried_sql(catalogue.order.n_words)}) "
        f"select *, {_judgement(operation, catalogue)} as judged from carried"
    )


def _raised_sql(operation: str, catalogue: Catalogue) -> str:
    """The pairs with a mask for each way in which a caveat is raised.

    `flagged` and `refused` by a rule, `doubted` by a rule that evidence lifts, `found`
    by a condition of the catalogue.
    """
    holding: dict[str, dict[str, str]] = {"flagged": {}, "refused": {}, "doubted": {}}
    for rule in RULES:
        if operation not in rule.operations:
            continue
        holds = f"({IS_PAIR} and coalesce({rule.holds}, false))"
        if rule.caveat == "part-missing":
            holds = f"(not {IS_PAIR} or {rule.holds})"
        kind = "flagged"
        if rule.judgement is Judgement.REFUSED:
            kind = "doubted" if rule.caveat in RESOLVABLE else "refused"
        before = holding[kind].get(rule.caveat)
        holding[kind][rule.caveat] = f"{before} or {holds}" if before else holds
    holding["found"] = {
        slug: f"({IS_PAIR} and {condition_sql(condition)})"
        for slug, caveat in catalogue.caveats.items()
        if (condition := caveat.condition("pair")) is not None
    }
    words = [
        f"{word} as {kind}_{i}"
        for kind, holds in holding.items()
        for i, word in enumerate(words_sql(holds, catalogue.order))
    ]
    return f"select *, {', '.join(words)} from pairs"


def _carried_sql(n_words: int) -> str:
    """What both carry, the derived caveats too: both numbers are part of the result.

    What evidence has resolved on both figures is not raised again, and what a rule only
    flags does not limit the operation that raises it.
    """
    columns = []
    for i in range(n_words):
        kept = f"({_either(f'sticky_{i}')} | {_either(f'derived_{i}')})"
        proven = f"""~(coalesce("a.resolved_{i}", 0) & coalesce("b.resolved_{i}", 0))"""
        raised = f"refused_{i} | ((flagged_{i} | doubted_{i} | found_{i}) & {proven})"
        columns += [
            f"{kept} | {raised} as carried_{i}",
            f"{kept} | (found_{i} & {proven} & ~flagged_{i}) as limiting_{i}",
            f"refused_{i} | (doubted_{i} & {proven}) as refusing_{i}",
            f"flagged_{i} & {proven} as flagging_{i}",
        ]
    return f"select *, {', '.join(columns)} from raised"


def _judgement(operation: str, catalogue: Catalogue) -> str:
    """The worst of both figures, of the rules, and of the caveats that limit the use."""
    order = catalogue.order
    refusing = [f"refusing_{i} <> 0" for i in range(order.n_words)]
    flagging = [f"flagging_{i} <> 0" for i in range(order.n_words)]
    for use, operations, where in USES:
        if operation not in operations:
            continue
        for is_critical, held in ((True, refusing), (False, flagging)):
            words = order.words(catalogue.limiting(use, critical=is_critical))
            held += [
                f"({where}) and (limiting_{i} & {word}) <> 0"
                for i, word in enumerate(words)
            ]
    return (
        'greatest(coalesce("a.judgement", 0), coalesce("b.judgement", 0), '
        f"case when {' or '.join(refusing)} then {Judgement.REFUSED.value} "
        f"when {' or '.join(flagging)} then {Judgement.FLAG.value} else 0 end)"
    )


def number_columns(operation: str, prefix: str = "") -> list[str]:
    """Return SQL columns: value and bounds, null where refused.

    Wider operands give wider bounds; division by what may be zero leaves them open.
    """
    done = _OPERATIONS[operation]
    above, below = done.above, done.below
    low, high = _bound(above, "low"), _bound(above, "high")
    least, most = _bound(below, "low"), _bound(below, "high")
    if not done.scale:
        value = f'"{above}.value" - "{below}.value"'
        lowest, highest = f"{low} - {most}", f"{high} - {least}"
    else:
        value = _quotient(done, f'"{above}.value"', f'"{below}.value"')
        nothing = "-100" if done.is_relative_to_below else "0"
        # A quotient whose divisor is open above tends to nothing; one whose divisor may
        # be zero or less is open itself. A number below zero turns the ends round.
        lowest = (
            f"case when {least} < 0 then null when {low} >= 0 then "
            f"coalesce({_quotient(done, low, most)}, {nothing}) "
            f"when {least} > 0 then {_quotient(done, low, least)} end"
        )
        highest = (
            f"case when {least} > 0 and {high} >= 0 then {_quotient(done, high, least)} "
            f"when {least} > 0 then coalesce({_quotient(done, high, most)}, {nothing}) "
            "end"
        )
        if operation == "share":
            highest = f"least({highest}, {done.scale})"
    known = f"judged < {Judgement.REFUSED.value} and {IS_PAIR}"
    informed = " and ".join(
        f"""not ("{side}.value" is null and coalesce("{side}.value_low", 0) = 0 """
        f'and "{side}.value_high" is null)'
        for side in "ab"
    )
    return [
        f"case when {known} then {value} end as {prefix}value",
        f"case when {known} and {informed} then {lowest} end as {prefix}value_low",
        f"case when {known} and {informed} then {highest} end as {prefix}value_high",
    ]


def _two_numbers(done: _Operation) -> str:
    """The two numbers of a quotient, which are not hidden where it is refused."""
    if not done.scale:
        return "null::double as numerator, null::double as denominator"
    return f'"{done.above}.value" as numerator, "{done.below}.value" as denominator'


def _bound(side: str, end: str) -> str:
    """A bound of one side; a count that nobody bounded below is at least zero."""
    if end == "high":
        return f'"{side}.value_high"'
    return (
        f"""coalesce("{side}.value_low", case when "{side}.statistic" in """
        f"""{literals(_NOT_NEGATIVE)} then 0 end)"""
    )


def _quotient(done: _Operation, above: str, below: str) -> str:
    if done.is_relative_to_below:
        return f"({above} - {below}) * {done.scale} / nullif({below}, 0)"
    return f"{above} * {done.scale} / nullif({below}, 0)"


def _type(name: str, done: _Operation) -> str:
    """A column of the result's type; what both agree in, or what the operation keeps."""
    if name == "statistic":
        return literal(done.statistic.value)
    if done.taken_from and (done.taken_from == "a" or name in _PERIOD):
        other = "b" if done.taken_from == "a" else "a"
        kept, spare = f'"{done.taken_from}.{name}"', f'"{other}.{name}"'
        return (
            f'case when "{done.taken_from}.row_id" is null then {spare} else {kept} end'
        )
    return _alone_or(name)


def _alone_or(name: str) -> str:
    """What both agree in; of a figure without a partner, its own."""
    return (
        f'case when "b.row_id" is null then "a.{name}" '
        f'when "a.row_id" is null or "a.{name}" = "b.{name}" then "b.{name}" end'
    )


def _missing_reason() -> str:
    """Why there is no number, where one of the two has none or both give one reason."""
    a, b = '"a.missing_reason"', '"b.missing_reason"'
    return (
        f"case when {a} is null or {b} is null or {a} = {b} then coalesce({a}, {b}) end"
    )


def _confidentiality() -> str:
    """The code of the figure that is not free; of two such codes, one."""
    a, b = (f"nullif(\"{side}.conf_status\", 'F')" for side in "ab")
    return f'coalesce(least({a}, {b}), {a}, {b}, "a.conf_status", "b.conf_status")'


def _statuses() -> str:
    """The statuses of both that tell of the number, as of a sum."""
    both = " || ' ' || ".join(f"""coalesce("{s}.obs_status", '')""" for s in "ab")
    return (
        "nullif(array_to_string(list_sort(list_filter(list_distinct("
        f"string_split({both}, ' ')), lambda s: s not in "
        f"{literals(_SILENT_STATUSES)})), ' '), '')"
    )


def _either(name: str) -> str:
    return f'(coalesce("a.{name}", 0) | coalesce("b.{name}", 0))'
