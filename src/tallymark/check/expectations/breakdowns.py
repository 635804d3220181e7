"""Types about rows that stand in one period and not in the next: parts, totals, labels.

What is absent is told of beside the period next to it, so that a breakdown which
begins or ends is told of once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tallymark.check.pieces.breaks import BREAK_COLUMNS, BREAKS
from tallymark.check.pieces.fragments import PLACES, same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literal

_ABOUT = ("source_file", "series_id", "ref_area", "stage")
_SAME_FIGURE = (
    "counting_unit", "scope", "offence", "offence_label", "statistic", "freq",
)  # fmt: skip
_DIMENSIONS = ("sex", "age_group", "breakdown")
_MOST_NAMED = 5
_IN_TIME = "time_period is not null and period_start is not null"


@dataclass(frozen=True, kw_only=True)
class _Cut:
    """How figures are cut into parts: in SQL, which part a row is, and of what kind.

    `family` are the columns that parts and total share. Where parts may come and go
    (`is_open`), one is missed only if both neighbours in time have it.
    """

    family: tuple[str, ...]
    kind: str
    code: str
    is_part: str
    is_total: str
    is_open: bool


def _cut_by(dimension: str) -> _Cut:
    code = f"coalesce({dimension}, '_T')"
    is_open = dimension == "breakdown"
    kind = f"regexp_replace({code}, '=[^;]*', '', 'g')"
    others = [name for name in _DIMENSIONS if name != dimension]
    return _Cut(
        family=(*_ABOUT, *_SAME_FIGURE, *others),
        kind=kind if is_open else literal(dimension),
        code=code,
        # Of what is not known or other there may be none.
        is_part=f"{code} like '%=%'"
        if is_open
        else f"{code} not like '\\_%' escape '\\'",
        is_total=f"{code} = '_T'",
        is_open=is_open,
    )


_BY_LABEL = _Cut(
    family=(*_ABOUT, "statistic", "freq"),
    kind="'label'",
    code="coalesce(offence_label, offence)",
    is_part=" and ".join(
        [
            "coalesce(offence_label, offence) is not null",
            *(f"coalesce({name}, '_T') = '_T'" for name in _DIMENSIONS),
        ]
    ),
    is_total="false",
    is_open=False,
)


def _breakdowns_complete(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return tuple(_complete(_cut_by(name), kwargs, rows) for name in _DIMENSIONS)


def _labels_complete(kwargs: Kwargs, rows: Rows) -> QueryRule:
    return _complete(_BY_LABEL, kwargs, rows)


def _complete(cut: _Cut, kwargs: Kwargs, rows: Rows) -> QueryRule:
    uneven, members = _members(cut, rows)
    codes, pairs = _steps(members)
    # A label of which only parts are given has a row; its total is another matter.
    given_otherwise = (
        f"and not exists (select 1 from {rows.plain} o where {same('o', 'm', _ABOUT)} "
        f"and o.time_period = a.time_period and {cut.code} = a.code) "
        if cut is _BY_LABEL
        else ""
    )
    return QueryRule(
        subject=f"{_IN_TIME} and ({cut.is_part})",
        suspicion="(min(time_period) <> max(time_period))::int",
        prepared=(uneven, members, codes, pairs),
        sql=f"with {_absent(cut, kwargs, codes, pairs)}, "
        f"found as (select {identifiers(_ABOUT)}, a.time_period, a.kind, form, "
        "list(distinct a.code order by a.code) as named, "
        "count(distinct a.code) as n_absent, min(beside) as beside, "
        f"{PLACES} as places, min(obs_id) as obs_id "
        f"from absent a join {members.name} m using (family, time_period) "
        f"where (m.is_total or m.kind = a.kind) {given_otherwise}"
        f"group by all), {_told(kwargs)}",
    )


def _members(cut: _Cut, rows: Rows) -> tuple[Prepared, Prepared]:
    """Return the hashes of families that are not alike in all periods, and their rows.

    Where zeros are given, a row that is not there is no zero.
    """
    family = identifiers(cut.family)
    looked_at = f"{_IN_TIME} and (({cut.is_part}) or ({cut.is_total}))"
    uneven = Prepared(
        sql="with seen as (select distinct "
        f"hash({family}) as h, {cut.code} as code, time_period "
        f"from {rows.plain} where {looked_at}), "
        "codes as (select h, code, count(*) as n, bit_xor(hash(time_period)) as x "
        "from seen group by all) select h from codes group by h "
        "having min(n) <> max(n) or min(x) <> max(x)"
    )
    return uneven, Prepared(
        sql=f"select dense_rank() over (order by {family}) as family, "
        f"{identifiers(_ABOUT)}, time_period, period_start as start, obs_id, "
        f"source_ref, {cut.kind} as kind, {cut.code} as code, "
        f"{cut.is_total} as is_total, coalesce(obs_value, value_high) as value, "
        "coalesce(min(obs_value) over (partition by source_file, series_id) = 0, "
        f"false) as has_zeros from {rows.plain} where {looked_at} "
        f"and hash({family}) in (select h from {uneven.name})"
    )


def _told(kwargs: Kwargs) -> str:
    """Return the query that tells each absence, or of many in a series only how many."""
    columns = (
        "source_file, obs_id, series_id, ref_area, time_period, stage, places, form, "
        "kind, named, n_absent, beside"
    )
    return (
        "counted as (select *, count(*) over (partition by source_file, series_id, "
        f"kind, form) > {literal(kwargs['most_told'])} as is_often from found), "
        f"told as (select {columns}, null as an_area, null as a_period, 1 as n_alike "
        "from counted where not is_often union all "
        "select source_file, min(obs_id), series_id, null, null, null, "
        "flatten(list(list_slice(places, 1, 1) order by time_period, ref_area, stage)), "
        "form || '_often', kind, null, 0, null, min_by(ref_area, (time_period, "
        "ref_area, stage)), min(time_period), count(*) from counted where is_often "
        "group by source_file, series_id, kind, form) "
        "select source_file, obs_id, series_id, ref_area, time_period, stage, places, "
        "form, kind, beside, an_area, a_period, n_alike, "
        f"list_slice(named, 1, {_MOST_NAMED}) as named, if(n_absent > {_MOST_NAMED}, "
        f"' and ' || (n_absent - {_MOST_NAMED}) || ' more', '') as more from told"
    )


def _steps(members: Prepared) -> tuple[Prepared, Prepared]:
    """Return the parts of each family by period, and its periods beside each other."""
    window = "window w as (partition by family, kind order by start, time_period)"
    beside = ", ".join(
        f"{step}({name}) over w as {side}_{name}"
        for step, side in (("lag", "earlier"), ("lead", "later"))
        for name in ("time_period", "n", "has_total")
    )
    codes = Prepared(
        sql="select family, kind, time_period, code, max(value) as value, "
        f"bool_or(has_zeros) as has_zeros from {members.name} where not is_total "
        "group by all"
    )
    return codes, Prepared(
        sql=f"with {BREAKS}, "
        "base as (select family, time_period, min(series_id) as series_id, "
        "min(ref_area) as ref_area, min(start) as start, bool_or(is_total) "
        f"as has_total from {members.name} group by family, time_period), "
        f"kinds as (select distinct family, kind from {codes.name}), "
        "parts as (select family, kind, time_period, count(*) as n "
        f"from {codes.name} group by all), "
        "numbered as (select b.*, k.kind, coalesce(n, 0) as n "
        "from base b join kinds k using (family) "
        "left join parts using (family, kind, time_period)), "
        f"lined as (select *, {beside} from numbered {window}), "
        # A break is marked in the later of two periods.
        "steps as (select l.*, o.time_period is not null as is_own_break, "
        "n.time_period is not null as is_next_break from lined l "
        "left join breaks o on l.series_id = o.series_id "
        "and l.ref_area is not distinct from o.ref_area "
        "and l.time_period = o.time_period "
        "left join breaks n on l.series_id = n.series_id "
        "and l.ref_area is not distinct from n.ref_area "
        "and l.later_time_period = n.time_period) "
        "select family, kind, time_period, n, has_total, "
        "earlier_time_period as beside, earlier_n as n_beside, "
        "earlier_has_total as total_beside "
        "from steps where earlier_time_period is not null and not is_own_break "
        "union all select family, kind, time_period, n, has_total, "
        "later_time_period, later_n, later_has_total "
        "from steps where later_time_period is not null and not is_next_break"
    )


def _absent(cut: _Cut, kwargs: Kwargs, codes: Prepared, pairs: Prepared) -> str:
    """Return a common table of what each period lacks that a neighbour has."""
    # A list of parts that is shorter, and otherwise the same: not another list.
    wanted, least = 2 if cut.is_open else 1, literal(kwargs["min_value"])
    return (
        "shared as (select p.family, p.kind, p.time_period, p.beside, "
        f"count(*) as n_shared from {pairs.name} p join {codes.name} c "
        f"using (family, kind, time_period) join {codes.name} d on d.family = p.family and d.kind = p.kind "
        "and d.time_period = p.beside and d.code = c.code group by all), "
        "gone as (select p.family, p.kind, p.time_period, d.code, "
        f"min(p.beside) as beside from {pairs.name} p "
        "join shared s using (family, kind, time_period, beside) "
        f"join {codes.name} d on d.family = p.family and d.kind = p.kind "
        "and d.time_period = p.beside "
        f"anti join {codes.name} c on c.family = p.family and c.kind = p.kind "
        "and c.time_period = p.time_period and c.code = d.code "
        "where p.n < p.n_beside and s.n_shared = p.n "
        f"and d.value >= if(d.has_zeros, 1, {least}) "
        f"group by all having count(*) >= {wanted}), "
        "absent as (select family, kind, time_period, code, beside, "
        "'category' as form from gone union all "
        "select family, kind, time_period, null, min(beside), 'parts' "
        f"from {pairs.name} "
        "where n = 0 and n_beside > 0 and has_total and total_beside group by all "
        "union all select family, kind, time_period, null, min(beside), 'total' "
        f"from {pairs.name} where n > 0 and n_beside > 0 and not has_total and total_beside "
        "group by all)"
    )


def _row(obs_id: str, time_period: str, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "freq": "A",
        "time_period": time_period,
        "period_start": f"{time_period}-01-01",
        "period_end": f"{time_period}-12-31",
        "stage": "RECORDED",
        "statistic": "COUNT",
        "sex": "_T",
        "obs_value": 9.0,
    } | values


def _years(**values: Any) -> tuple[dict[str, Any], ...]:
    """Return a total, female and male of three years: a to c, d to f, g to i."""
    cells = [(year, sex) for year in ("2017", "2018", "2019") for sex in ("_T", *"FM")]
    return tuple(
        _row(obs_id, year, sex=sex, **values)
        for obs_id, (year, sex) in zip("abcdefghi", cells, strict=True)
    )


def _without(obs_ids: str, rows: tuple[dict[str, Any], ...]) -> Any:
    return tuple(row for row in rows if row["obs_id"] not in obs_ids)


def _labelled(obs_id: str, time_period: str, label: str, **values: Any) -> Any:
    return _row(obs_id, time_period, offence_label=label, **values)


def _known(law: str | None) -> dict[str, Any]:
    return {
        "series.definition": "base",
        "series.definition_is_break": False,
        "country.law_changed": law,
    }


_MANY = {"min_value": 5, "most_told": 3}
_LABELS = (
    _labelled("a", "2017", "Grooming"),
    _labelled("b", "2017", "Material"),
    _labelled("c", "2018", "Material"),
    _labelled("d", "2019", "Grooming"),
    _labelled("e", "2019", "Material"),
)

_OFTEN = "In {n_alike} places of “{series_id}”,"
_FOR_ONE = "One of them is {an_area} {a_period:period}."
_NEEDS = (*BREAK_COLUMNS, *_ABOUT[1:], *_SAME_FIGURE, *_DIMENSIONS, "obs_value")
_KWARGS = {"min_value": Kwarg(kind="number"), "most_told": Kwarg(kind="number")}

TYPES = {
    "expect_breakdowns_to_be_complete": ExpectationType(
        name="expect_breakdowns_to_be_complete",
        promise="A breakdown has the same parts, and a total, in periods that follow "
        "each other.",
        shape="table",
        kwargs=_KWARGS,
        needs=_NEEDS,
        relations=("spans_in_context",),
        takes_condition=False,
        rule=_breakdowns_complete,
        found={
            "category": "For {ref_area} {time_period:period} ({stage:words}) there is "
            "no figure for “{named:words}”{more}; for {beside:period} there is.",
            "parts": "For {ref_area} {time_period:period} ({stage:words}) there is only "
            "the total; for {beside:period} there are parts by {kind:words} too.",
            "total": "For {ref_area} {time_period:period} ({stage:words}) there are "
            "parts by {kind:words} and no total; for {beside:period} there is one.",
            "category_often": f"{_OFTEN} a part by {{kind:words}} is left out that "
            f"the period next to it has. {_FOR_ONE}",
            "parts_often": f"{_OFTEN} there is a total and no parts by {{kind:words}}, "
            f"which the period next to it has. {_FOR_ONE}",
            "total_often": f"{_OFTEN} there are parts by {{kind:words}} and no total, "
            f"which the period next to it has. {_FOR_ONE}",
        },
        expected="The same parts and a total for each period, or the reason why not.",
        examples=(
            Example(kwargs=_MANY, rows=_years()),
            Example(kwargs=_MANY, rows=_without("abc", _years())),
            Example(kwargs=_MANY, rows=_without("f", _years(obs_value=4.0))),
            Example(
                kwargs=_MANY,
                rows=(
                    *_without("f", _years(obs_value=4.0)),
                    _row("z", "2017", obs_value=0.0, stage="CHARGED"),
                    _row("y", "2018", obs_value=0.0, stage="CHARGED", sex="F"),
                ),
                fails=("d", "e"),
            ),
            Example(
                kwargs=_MANY | {"most_told": 0},
                rows=_without("f", _years()),
                fails=("d",),
            ),
            Example(
                kwargs=_MANY,
                rows=(*_without("f", _years()), _row("f", "2018", sex="_U")),
                fails=("d", "e"),
            ),
            Example(kwargs=_MANY, rows=_without("ef", _years()), fails=("d",)),
            Example(kwargs=_MANY, rows=_without("d", _years()), fails=("e", "f")),
            Example(
                kwargs=_MANY,
                rows=(*_years()[:6], _row("g", "2019", obs_status="B")),
            ),
            Example(
                kwargs=_MANY,
                rows=(
                    _row("a", "2017", breakdown="form=labour"),
                    _row("b", "2017", breakdown="form=other"),
                    _row("c", "2018", breakdown="form=labour"),
                    _row("d", "2019", breakdown="form=labour"),
                    _row("e", "2019", breakdown="form=other"),
                    _row("f", "2017", breakdown="place=home"),
                    _row("g", "2017", breakdown="place=school"),
                    _row("h", "2018", breakdown="place=home"),
                    _row("i", "2019", breakdown="place=home"),
                ),
                fails=("c",),
            ),
        ),
    ),
    "expect_labels_in_every_period": ExpectationType(
        name="expect_labels_in_every_period",
        promise="What is counted in one period has a row in the periods beside it.",
        shape="table",
        kwargs=_KWARGS,
        needs=_NEEDS,
        relations=("spans_in_context",),
        takes_condition=False,
        rule=_labels_complete,
        found={
            "category": "For {ref_area} {time_period:period} ({stage:words}) there is "
            "no row “{named}”{more}; for {beside:period} there is.",
            "category_often": f"{_OFTEN} a row is left out that the period next to it has. "
            f"{_FOR_ONE}",
        },
        expected="A row with the figure, or with the reason why there is none.",
        examples=(
            Example(kwargs=_MANY, rows=_LABELS, fails=("c",)),
            Example(
                kwargs=_MANY,
                rows=(
                    *_LABELS[:2],
                    _labelled("c", "2018", "Material, from the new law on"),
                    *_LABELS[3:],
                ),
            ),
            Example(
                kwargs=_MANY,
                rows=(
                    _labelled("a", "2017", "Material", **_known(None)),
                    _labelled("b", "2018", "Material", **_known("Act 1")),
                    _labelled("c", "2018", "Grooming", **_known("Act 1")),
                ),
            ),
        ),
    ),
}  # fmt: skip
