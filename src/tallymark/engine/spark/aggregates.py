"""DuckDB's aggregates as Spark's: what is collected, in which order, how nulls are taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlglot import exp

from tallymark.engine.spark.trees import Translation, call, spark, text

Aggregate = Callable[[exp.Expr], tuple[exp.Expr, Translation]]
"""A translated aggregate, and what stands around it with its `filter` and `over`."""


def aggregate(node: exp.Expr) -> exp.Expr:
    """Translate an aggregate together with its `filter` and `over`.

    Spark takes no `filter` in windows: there, other rows count as null.
    """
    if _is_within(node):
        return node  # translated with what is around it
    core = node
    within = None
    while isinstance(core, exp.Window | exp.Filter):
        within = core if isinstance(core, exp.Filter) else within
        core = core.this
    translate = AGGREGATES.get(type(core))
    is_window = isinstance(node, exp.Window) and within is not None
    if translate is None and not is_window:
        return node
    around: Translation = lambda inner: inner  # noqa: E731 - what most need
    if translate:
        new, around = translate(core)
        if core is node:
            return around(new)
        core.replace(new)
        core = new
    if is_window and within is not None:
        condition = within.expression.this
        _only_where(core, condition)
        within.replace(core)
    return around(node)


def _is_within(node: exp.Expr) -> bool:
    around = node.parent
    return isinstance(around, exp.Window | exp.Filter) and around.this is node


def _only_where(aggregate: exp.Expr, condition: exp.Expr) -> None:
    """Make an aggregate take only rows that meet a condition."""
    place = aggregate.expressions[-1] if aggregate.expressions else aggregate.this
    value = exp.Literal.number(1) if isinstance(place, exp.Star) else place.copy()
    place.replace(spark("if({if}, {value}, null)", **{"if": condition, "value": value}))


def _list(node: exp.Expr) -> tuple[exp.Expr, Translation]:
    """Collect structs of the keys and the value, sort these, take the value.

    A list of DuckDB keeps nulls, is null if it has no rows, and has null keys last.
    """
    value, ordered = node.this, []
    if isinstance(value, exp.Order):
        value, ordered = value.this, value.expressions
    function = "collect_list"
    if isinstance(value, exp.Distinct):
        (value,) = value.expressions
        function = "collect_set"
    keys = [
        part.copy()
        for key in ordered
        for part in (exp.Is(this=key.this, expression=exp.null()), key.this)
    ]
    fields = [
        part
        for i, key in enumerate([*keys, value])
        for part in (text(f"k{i}"), key.copy())
    ]
    is_down = [bool(down) for key in ordered for down in (False, key.args.get("desc"))]
    is_down.append(False)
    sort = "array_sort({rows})" if ordered else "{rows}"
    if any(is_down):
        sort = f"array_sort({{rows}}, {_comparison(is_down)})"
    template = f"transform({sort}, s -> s.k{len(keys)})"

    def around(rows: exp.Expr) -> exp.Expr:
        filled = spark("if(size({rows}) = 0, null, {rows})", rows=rows)
        return spark(template, rows=filled)

    return call(function, call("named_struct", *fields)), around


def _comparison(is_down: list[bool]) -> str:
    """Return the comparison of two structs by keys, of which some are in descent."""
    cases = " ".join(
        f"when a.k{i} < b.k{i} then {1 if down else -1} "
        f"when a.k{i} > b.k{i} then {-1 if down else 1}"
        for i, down in enumerate(is_down)
    )
    return f"(a, b) -> case {cases} else 0 end"


def _first(node: exp.Expr) -> tuple[exp.Expr, Translation]:
    """Take the first of an ordered list."""
    new, around = _list(node)
    return new, lambda rows: spark("get({list}, 0)", list=around(rows))


def _texts(node: exp.Expr) -> tuple[exp.Expr, Translation]:
    """Join the texts of a list: Spark's own fails where it filters distinct ones."""
    separator = node.args["separator"]
    new, around = _list(node)
    (struct,) = new.expressions
    # What is null is no text, and no text at all is null.
    struct.replace(
        spark("if({x} is null, null, {s})", x=struct.expressions[-1], s=struct)
    )
    return new, lambda rows: call("array_join", around(rows), separator.copy())


def _at_extreme(name: str) -> Aggregate:
    """Take a value at an extreme of another: where it is null, DuckDB looks on."""

    def translate(node: exp.Expr) -> tuple[exp.Expr, Translation]:
        value, by = node.this, node.expression
        known = spark("if({a} is null, null, {b})", a=value, b=by)
        return call(name, value.copy(), known), lambda inner: inner

    return translate


def any_value(node: exp.Expr) -> exp.Expr:
    """Say that nulls are passed over as an argument, which can stand before `filter`."""
    if isinstance(node.this, exp.AnyValue):
        return call("any_value", node.this.this, exp.true())
    return node


def _percentile(node: exp.Expr) -> tuple[exp.Expr, Translation]:
    """Write `quantile_cont(x, share)` as what has the share outside of the rows."""
    new = exp.Anonymous(this="percentile", expressions=[node.this, node.expression])
    return new, lambda inner: inner


AGGREGATES: Mapping[type[exp.Expr], Aggregate] = {
    exp.ArrayAgg: _list,
    exp.First: _first,
    exp.GroupConcat: _texts,
    exp.ArgMin: _at_extreme("min_by"),
    exp.ArgMax: _at_extreme("max_by"),
    exp.PercentileCont: _percentile,
}
