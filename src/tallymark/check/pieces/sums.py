"""Totals whose parts are other codes of the same column, at one level or at several.

Which code is part of which is worked out on the distinct codes; the rows are grouped
once. That parts are all there are is seen from the totals that the same parts make.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallymark.check.pieces.explanation import explain_sum
from tallymark.check.pieces.fragments import bounds_within
from tallymark.check.rule import Kwarg, Kwargs, Prepared, QueryRule, Rows
from tallymark.engine.sql import identifiers, literal, literals
from tallymark.model.observation import KEY

COUNTS = "statistic = 'COUNT' and (obs_value is null or obs_value = floor(obs_value))"
SUMS_NEEDS = (
    "series_id", "ref_area", "time_period", "stage", "counting_unit", "scope",
    "offence", "offence_label", "sex", "age_group", "breakdown", "statistic",
    "obs_value", "value_low", "value_high", "missing_reason",
)  # fmt: skip
SUMS_KWARGS = {
    "units": Kwarg(kind="texts"),
    "min_agreeing": Kwarg(kind="number"),
    "min_share": Kwarg(kind="number"),
    "rounded_to": Kwarg(kind="number", is_required=False),
}
"""Units of which one is never counted in two parts. How many totals of a series in a
file, and which share of them, the same parts must make for these to be all there are. The step
to which all figures are known to be rounded."""

_SUBJECT = (*KEY, "offence_label", "unit_mult", "source_file", "vintage")


@dataclass(frozen=True, kw_only=True)
class Hierarchy:
    """One way in which codes of a column are parts of others, as SQL.

    `pairs` is a query for `code`, `said` (the same as messages call it), `whole`,
    `kind` (parts of one kind make one sum), `role` of the code (`part`, `total`, or
    `sibling` of the total), and `n_whole`: how many parts make up the whole, null if
    the codes do not tell.
    """

    column: str
    pairs: str
    name: str = "said"
    """What a row is called in messages."""
    drops: tuple[str, ...] = ()
    """Further columns in which total and parts need not agree."""
    subject: str = COUNTS
    role_if: str = "true"
    """Which rows can have the `role` that their code gives them."""
    is_disjoint: bool = False
    """Whether parts that make one total hold nothing twice, whatever their unit."""
    is_seen: bool = False
    """Whether parts are known to be parts only from the totals that they make."""
    having: str = "true"
    """Which sums are looked at, over their rows."""
    total_if: str = "true"
    """Which rows can be a total, as far as they show it by themselves."""

    @property
    def others(self) -> tuple[str, ...]:
        """The columns in which a total and its parts agree."""
        return tuple(n for n in _SUBJECT if n not in (self.column, *self.drops))


def sums_rule(hierarchy: Hierarchy, kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Return the query for totals that their parts do not make up."""
    pairs = Prepared(sql=hierarchy.pairs)
    low, high = bounds_within(kwargs.get("rounded_to"))
    read = f"{low} as low, {high} as high, "
    sums = Prepared(sql=_sums(hierarchy, rows, pairs, read))
    form = _form(hierarchy, kwargs)
    failing = Prepared(sql=_failing(kwargs, sums, form))
    column, group = hierarchy.column, identifiers(hierarchy.others)
    own = ", ".join(f"whole as {n}" if n == column else n for n in KEY)
    of_total = [f"min({n}) {_TOTAL} as {n}, " for n in hierarchy.drops if n in KEY]
    cell = "file := source_file, cell := source_ref, obs := obs_id"
    in_order = "order by role desc, source_file, obs_id, source_ref"
    return QueryRule(
        subject=f"{hierarchy.subject} and {column} is not null",
        suspicion=f"if(min(length({column})) <> max(length({column})), "
        f"count(*) filter (where {hierarchy.total_if}), 0)",
        prepared=(pairs, sums, failing),
        sql=f"with families as (select {group}, whole, kind, {_STATISTICS}, "
        "min(obs_id) filter (where role <> 'sibling') as obs_id, "
        "min(n_agree) as n_agree, bool_or(is_complete) as is_complete, "
        f"min(name) {_TOTAL} as whole_name, {''.join(of_total)}"
        "list(struct_pack(role := role, name := name, low := low, high := high, "
        f"{cell}) {in_order}) as cells, list(struct_pack({cell}) {in_order}) "
        "filter (where role <> 'sibling') as places "
        f"from ({_members(hierarchy, rows, pairs, failing, read)}) "
        f"group by {group}, whole, kind having n_totals = 1 and n_parts > 0 and "
        "n_parts = count(distinct code) filter (where role = 'part') "
        f"and {hierarchy.having}), "
        f"judged as (select *, {form} as form from families) "
        f"select source_file, obs_id, {own}, whole_name, kind as dimension, "
        "coalesce(n_agree, 0) as n_agree, form, cells, places, "
        "case form when 'short' then high when 'exceed' then low else most end "
        "as parts, if(form = 'short', total_low, total_high) as whole, "
        f"{about('n_exact = n_parts', 'about')}, "
        f"{about('total_low = total_high', 'whole_about', flipped=True)} "
        "from judged where form is not null",
        explain=explain_sum,
    )


def parts_of(column: str, rows: Rows, where: str) -> str:
    """Return the query for codes of a column, and the total each of them is a part of.

    Of a breakdown by several things, the total lacks one of them: its `kind`.
    """
    codes = (
        f"select distinct {column} as code from {rows} where {where} "
        f"and {column} <> '_T'"
    )
    if column != "breakdown":
        return (
            f"select code, '_T' as whole, '{column}' as kind, code as said "
            f"from ({codes})"
        )
    whole = "trim(replace(';' || code || ';', ';' || said || ';', ';'), ';')"
    return (
        f"select code, coalesce(nullif({whole}, ''), '_T') as whole, "
        "split_part(said, '=', 1) as kind, said from (select code, "
        f"unnest(string_split(code, ';')) as said from ({codes}) where code like '%=%')"
    )


def about(is_exact: str, name: str, *, flipped: bool = False) -> str:
    """Return the words before a bound: none if it is the number itself."""
    short, other = ("least", "most") if flipped else ("most", "least")
    bound = f"if(form = 'short', 'at {short} ', 'at {other} ')"
    return f"if({is_exact}, '', {bound}) as {name}"


_PART, _TOTAL = "filter (where role = 'part')", "filter (where role = 'total')"
_STATISTICS = (
    f"count(*) {_PART} as n_parts, count(*) {_TOTAL} as n_totals, "
    f"sum(coalesce(low, 0)) {_PART} as low, max(low) {_PART} as most, "
    f"if(count(high) {_PART} = n_parts, sum(high) {_PART}, null) as high, "
    "count(*) filter (where role = 'part' and low = high) as n_exact, "
    f"min(low) {_TOTAL} as total_low, min(high) {_TOTAL} as total_high"
)


def _read(hierarchy: Hierarchy, rows: Rows, pairs: Prepared, columns: str) -> str:
    """Return the query for rows that are a total or a part, in each role they have."""
    others = identifiers(hierarchy.others)
    beside = ""
    if hierarchy.total_if != "true":  # few can be a total: drop what is beside none
        beside = (
            f" and hash({others}) in (select hash({others}) from {rows} "
            f"where {hierarchy.subject} and ({hierarchy.total_if}))"
        )
    return (
        f"select {columns}, whole, kind, role, n_whole, code, "
        f"hash({others}, whole, kind) as h "
        f"from {rows} r join {pairs.name} on {hierarchy.column} = code "
        f"where {hierarchy.subject} and ({hierarchy.role_if}) "
        f"and (role <> 'total' or ({hierarchy.total_if})){beside}"
    )


def _sums(hierarchy: Hierarchy, rows: Rows, pairs: Prepared, bounds: str) -> str:
    """Return the query for what each family adds up to, by its hash.

    Families that share a hash have two totals, and are looked at as they really are.
    """
    read = _read(
        hierarchy, rows, pairs, f"{bounds}series_id, source_file, counting_unit"
    )
    return (
        f"select h, {_STATISTICS}, any_value(n_whole) {_PART} = n_parts as is_whole, "
        "min(counting_unit) as counting_unit, "
        "count(*) filter (where role = 'part' and low > 0) as n_positive, "
        "hash(min(series_id), min(source_file), min(kind), n_parts, "
        f"bit_xor(hash(code)) {_PART}) as signature "
        f"from ({read}) where role <> 'sibling' group by h "
        "having n_parts > 0 and n_totals > 0"
    )


def _failing(kwargs: Kwargs, sums: Prepared, form: str) -> str:
    """Return the query for the hashes of families in which the sum may fail."""
    agrees = (
        "n_exact = n_parts and low = total_low and low = total_high "
        "and low > 0 and n_positive > 1"
    )
    differs = "low > total_high or high < total_low"
    agreeing = (
        f"select signature, count(*) filter (where {agrees}) as n_agree "
        f"from {sums.name} group by signature having n_agree >= {literal(kwargs['min_agreeing'])} and "
        f"n_agree >= {literal(kwargs['min_share'])} "
        f"* count(*) filter (where {agrees} or {differs})"
    )
    return (
        "select h, n_agree, is_complete from ("
        "select *, n_agree is not null or coalesce(is_whole, false) as is_complete "
        f"from {sums.name} left join ({agreeing}) using (signature)) "
        f"where {form} is not null or n_totals > 1"
    )


def _form(hierarchy: Hierarchy, kwargs: Kwargs) -> str:
    """Return how a sum fails; null if it does not."""
    units = kwargs.get("units")
    added = f"counting_unit in {literals(units)}" if units else "false"
    if hierarchy.is_disjoint:
        added += " or n_agree is not null"
    form = (
        "case when is_complete and high < total_low then 'short' "
        f"when n_parts > 1 and ({added}) and low > total_high then 'exceed' "
        "when most > total_high then 'part' end"
    )
    return f"if(is_complete, {form}, null)" if hierarchy.is_seen else form


def _members(
    hierarchy: Hierarchy, rows: Rows, pairs: Prepared, failing: Prepared, bounds: str
) -> str:
    columns = (
        f"{identifiers(_SUBJECT)}, obs_id, source_ref, {bounds}{hierarchy.name} as name"
    )
    read = _read(hierarchy, rows, pairs, columns)
    return f"select * from ({read}) join {failing.name} using (h)"
