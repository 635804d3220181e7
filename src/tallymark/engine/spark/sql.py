"""DuckDB's SQL to Spark's, for ANSI mode: where the two differ, in one table.

Statements are written once, as DuckDB reads them. sqlglot parses them and writes what
both know under other names; what it does not know or takes for the same stands below.
No rule knows a statement, a column or an expectation.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import ClassVar

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.generators.spark import SparkGenerator

from tallymark.engine import EngineError
from tallymark.engine.spark.aggregates import AGGREGATES, aggregate, any_value
from tallymark.engine.spark.patterns import java_all, java_first, java_pattern
from tallymark.engine.spark.trees import Translation, call, named, spark, text, written


class _Writer(SparkGenerator):
    """Leaves `with` where it stands, and `qualify`: older Spark knew neither there."""

    EXPRESSIONS_WITHOUT_NESTED_CTES: ClassVar[set[type[exp.Expr]]] = set()
    TRANSFORMS: ClassVar = {
        k: v for k, v in SparkGenerator.TRANSFORMS.items() if k != exp.Select
    }


@lru_cache(maxsize=4096)
def spark_sql(sql: str) -> str:
    """Return a statement in the SQL of Spark, for ANSI mode.

    Raises:
        EngineError: the statement cannot be translated.
    """
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
        return _Writer(dialect="spark").generate(_translated(tree), copy=False)
    except SqlglotError as error:
        said = str(error).partition("\n")[0]
        raise EngineError(f"no Spark SQL for {sql[:200]}: {said}") from error


def _translated(tree: exp.Expr) -> exp.Expr:
    """Translate what is inside before what is around it."""
    for node in reversed(list(tree.walk(bfs=False))):
        if isinstance(node, exp.Anonymous):
            translate = _FUNCTIONS.get(node.name.lower())
        else:
            translate = _NODES.get(type(node))
        if translate and (new := translate(node)) is not node:
            tree = new if node is tree else tree
            node.replace(new)
    return tree


# --- arithmetic


def _divide(node: exp.Expr) -> exp.Expr:
    """Divide as doubles: by zero, DuckDB gives infinity, where ANSI mode raises."""
    over = node.expression
    if isinstance(over, exp.Nullif) or _is_number(over):
        template = "cast({a} as double) / cast({b} as double)"
    else:
        template = (
            "coalesce(try_divide(cast({a} as double), cast({b} as double)), "
            "{a} * power({b}, -1))"
        )
    return exp.paren(spark(template, a=node.this, b=over))


def _is_number(node: exp.Expr) -> bool:
    """Say whether this is a number written out, and not 0."""
    return isinstance(node, exp.Literal) and float(node.name) != 0


def _remainder(node: exp.Expr) -> exp.Expr:
    """Give no number for what is left after division by zero, where ANSI raises."""
    over = node.expression
    if isinstance(over, exp.Nullif) or _is_number(over):
        return node
    template = "if({b} = 0, {a} * double('nan'), {a} % {b})"
    return spark(template, a=node.this, b=over)


def _whole(name: str) -> Translation:
    """Keep a double a double, where Spark makes it a whole number (of up to 2^63)."""
    return lambda node: exp.cast(call(name, node.this), "double")


def _round(node: exp.Expr) -> exp.Expr:
    """Round to digits as DuckDB does: the number itself, not how it is written."""
    digits = node.args.get("decimals")
    if digits is None or digits.name == "0":
        return node
    template = f"round(cast({{a}} as double) * 1e{digits.name}) / 1e{digits.name}"
    return exp.paren(spark(template, a=node.this))


def _logarithm(node: exp.Expr) -> exp.Expr:
    """Give the logarithms of 0 and of less that C gives, where Spark gives null."""
    name, value = "ln", node.this
    if isinstance(node, exp.Log):
        name, value = "log10", node.expression or node.this
        if node.expression and node.this.name != "10":
            return node
    template = (
        "case when {a} > 0 then {log} when {a} = 0 then double('-infinity') "
        "when {a} < 0 then double('nan') end"
    )
    return spark(template, a=value, log=call(name, value.copy()))


# --- text


def _cast(node: exp.Expr) -> exp.Expr:
    kind = node.args["to"].this
    if kind in (exp.DType.INT128, exp.DType.UINT128):
        node.set("to", exp.DataType.build("decimal(38, 0)"))
    elif kind in exp.DataType.TEXT_TYPES and not _is_text(node.this):
        return spark(_DOUBLE_AS_TEXT, x=node.this)
    elif isinstance(node, exp.TryCast) and kind == exp.DType.DOUBLE:
        return spark(_TEXT_AS_DOUBLE, x=node.this)
    return node


def _is_text(node: exp.Expr) -> bool:
    return isinstance(node, exp.Null) or (
        isinstance(node, exp.Literal) and bool(node.is_string)
    )


_TEXT_AS_DOUBLE = (
    "try_cast(if(cast({x} as string) rlike '[0-9.][dDfF]\\\\s*$|[xX]', null, {x}) "
    "as double)"
)
"""Java reads `5d` and `0x1p3` as numbers, DuckDB does not."""

_TEXT = "cast({x} as string)"
_MANTISSA = f"regexp_replace(split_part({_TEXT}, 'E', 1), '[.]0$', '')"
_POWER = f"cast(split_part({_TEXT}, 'E', 2) as int)"
_LONG = f"cast(cast({_TEXT} as decimal(38, 21)) as string)"
_DOUBLE_AS_TEXT = (
    f"case when typeof({{x}}) <> 'double' or not contains({_TEXT}, 'E') then {_TEXT} "
    f"when {_POWER} between -4 and 15 then "
    f"regexp_replace(regexp_replace({_LONG}, '0+$', ''), '[.]$', '.0') "
    f"else concat({_MANTISSA}, if({_POWER} < 0, 'e-', 'e+'), "
    f"if(abs({_POWER}) < 10, '0', ''), cast(abs({_POWER}) as string)) end"
)
"""DuckDB writes 12345678.0 and 1e+16 where Java writes 1.2345678E7 and 1.0E16."""

_SPACES = "".join(
    map(chr, (32, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))
)


def _trim(node: exp.Expr) -> exp.Expr:
    """Take off all that Unicode calls a space, where Spark knows the one of ASCII."""
    if node.expression is None:
        node.set("expression", text(_SPACES))
        node.set("position", "BOTH")
    return node


def _matches(node: exp.Expr) -> exp.Expr:
    if isinstance(node.expression, exp.Literal):
        node.set("expression", text(java_pattern(node.expression.name)))
    return node


def _extract(node: exp.Expr) -> exp.Expr:
    """Name the group: Spark takes the first if none is named, DuckDB all of it."""
    group = node.args.get("group") or exp.Literal.number(0)
    return call("regexp_extract", node.this, _matches(node).expression, group)


def _replaced(node: exp.Expr) -> exp.Expr:
    """Replace the first match only, as DuckDB does without `g`, and Spark never."""
    pattern, new = node.expression, node.args["replacement"]
    flags = node.args.get("modifiers")
    write = java_all if flags is not None and "g" in flags.name else java_first
    texts = map(text, write(pattern.name, new.name))
    return call("regexp_replace", node.this, *texts)


def _like(node: exp.Expr) -> exp.Expr:
    """Take a backslash for itself, unless it is said to hide the sign after it."""
    pattern = node.expression
    if isinstance(pattern, exp.Literal) and not isinstance(node.parent, exp.Escape):
        pattern.replace(text(pattern.name.replace("\\", "\\\\")))
    return node


# --- lists


def _slice(node: exp.Expr) -> exp.Expr:
    """Write `list[from:to]` and `list[n]`, which is null where the list is shorter."""
    (place,) = node.expressions
    if isinstance(place, exp.Slice):
        length = exp.Literal.number(
            int(place.expression.name) - int(place.this.name) + 1
        )
        return call("slice", node.this, place.this, length)
    if isinstance(place, exp.Literal) and place.is_string:
        return node
    return call("get", node.this, place)


def _list_slice(node: exp.Expr) -> exp.Expr:
    list_, first, last = node.expressions
    length = exp.Literal.number(int(last.name) - int(first.name) + 1)
    return call("slice", list_, first, length)


def _joined(node: exp.Expr) -> exp.Expr:
    """Join lists, of which those that are null have nothing."""
    parts = [node.this, *node.expressions]
    return call("concat", *(spark("coalesce({a}, array())", a=p) for p in parts))


def _days(node: exp.Expr) -> exp.Expr:
    """Count days between dates as a number, not as an interval."""
    if node.text("unit").upper() in ("", "DAY"):
        return call("datediff", node.this, node.expression)
    return node


def _inlined(node: exp.Expr) -> exp.Expr:
    """Leave out `materialized`, which Spark does not know."""
    node.set("materialized", None)
    return node


_FUNCTIONS: Mapping[str, Translation] = {
    "hash": named("xxhash64"),
    "isfinite": written("not isnan({a}) and abs({a}) < double('infinity')"),
    "list_slice": _list_slice,
    "round_even": written("rint({a})"),
}
_NODES: Mapping[type[exp.Expr], Translation] = {
    exp.CTE: _inlined,
    exp.IgnoreNulls: any_value,
    exp.Div: _divide,
    exp.Mod: _remainder,
    exp.Floor: _whole("floor"),
    exp.Ceil: _whole("ceil"),
    exp.Round: _round,
    exp.Ln: _logarithm,
    exp.Log: _logarithm,
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Trim: _trim,
    exp.RegexpLike: _matches,
    exp.RegexpExtract: _extract,
    exp.RegexpReplace: _replaced,
    exp.Like: _like,
    exp.DateDiff: _days,
    exp.Bracket: _slice,
    exp.ArrayConcat: _joined,
    # A list that is null, and a null in a list, say nothing of another value.
    exp.ArrayContains: written(
        "if({a} is null or {b} is null, null, coalesce(array_contains({a}, {b}), false))"
    ),
    exp.Flatten: written("flatten(array_compact({a}))"),
    **dict.fromkeys((exp.Window, exp.Filter, *AGGREGATES), aggregate),
}
