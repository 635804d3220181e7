"""What Hypothesis draws to compare with Great Expectations: tables and expectations."""

from __future__ import annotations

from hypothesis import strategies as st

from tallymark.check.expectations import GREAT_EXPECTATIONS as TYPES
from tallymark.model.observation import SCHEMA

TEXTS = ("stage", "sex", "age_group")
NUMBERS = ("value_low", "value_high", "obs_value", "unit_mult")
DATES = ("period_start", "period_end")
COLUMNS = (*TEXTS, *NUMBERS, *DATES, "is_total")
ORDER = ("<", "<=", ">", ">=")

some = st.sampled_from
HELD = {
    **dict.fromkeys(
        TEXTS,
        some(
            (
                *(None, None, "", "CHARGED", "CONVICTED", "N A", "NA", "nan", "None"),
                *("9", "é", "É", "漢字", "a%b", "a_b", "x\ny", "1.0", "🙂x"),
            )
        ),
    ),
    **dict.fromkeys(
        NUMBERS, some([None, float("nan"), -1.0, 0.0, 0.5, 1.0, 2.0, 2.5, 100.0])
    ),
    "unit_mult": some([None, -3, 0, 0, 3, 6]),
    **dict.fromkeys(DATES, some([None, "2017-12-31", "2018-01-01", "2019-06-30"])),
    "is_total": some([None, True, False]),
}
ROWS = st.lists(st.fixed_dictionaries(HELD), max_size=8)
GIVEN = {
    **dict.fromkeys(TEXTS, some(["CHARGED", "CONVICTED", "N A", "9", "é", "z"])),
    **dict.fromkeys(NUMBERS, some([-1, 0, 0.5, 1, 1.0, 2, 3, 100])),
    **dict.fromkeys(DATES, some(["2017-12-31", "2018-01-01", "2019-01-01"])),
    "is_total": st.booleans(),
}
PATTERNS = some(
    ["^C", "E", "^[A-Z]+$", "[0-9]", "^N A$|^9$", "é", "^$", "a.b", "(?i)e", "x$", "."]
)


def about(columns, *more):
    """Draw a column, and of each further function the arguments that suit it."""
    return some(columns).flatmap(
        lambda column: joined(st.just({"column": column}), *(f(column) for f in more))
    )


def joined(*parts):
    return st.tuples(*parts).map(
        lambda each: {k: v for p in each for k, v in p.items()}
    )


def optional(**values):
    return st.fixed_dictionaries({}, optional=values)


def ordered(kwargs):
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    return None in (low, high) or low <= high


def bounds(values, *, needs_one=False):
    strict = {"strict_min": st.booleans(), "strict_max": st.booleans()}
    drawn = optional(min_value=values, max_value=values, **strict).filter(ordered)
    return drawn.filter(
        lambda k: not needs_one or {"min_value", "max_value"} & k.keys()
    )


def value_set(column, least=0):
    return st.fixed_dictionaries(
        {"value_set": st.lists(GIVEN[column], min_size=least, max_size=4)}
    )


def pair(families, **more):
    ignored = ["both_values_are_missing", "either_value_is_missing", "neither"]
    return some(families).flatmap(
        lambda family: st.fixed_dictionaries(
            {"column_A": some(family), "column_B": some(family)},
            optional={"ignore_row_if": some(ignored), **more},
        )
    )


def pairs_given(kwargs):
    each = [st.none() | GIVEN[kwargs[name]] for name in ("column_A", "column_B")]
    pairs = st.lists(st.tuples(*each).map(list), max_size=4)
    return pairs.map(lambda value: {**kwargs, "value_pairs_set": value})


def several(families, **more):
    ignored = ["all_values_are_missing", "any_value_is_missing", "never"]
    return some(families).flatmap(
        lambda family: st.fixed_dictionaries(
            {
                "column_list": st.lists(
                    some(family), min_size=2, max_size=min(3, len(family)), unique=True
                ),
                **more,
            },
            optional={"ignore_row_if": some(ignored)},
        )
    )


SHARES = st.lists(some([0, 0.1, 0.25, 0.5, 0.75, 1]), min_size=1, max_size=3)
ENDS = some([None, -1, 0, 0.5, 1, 1.99999, 2, 100])
RANGE = st.tuples(ENDS, ENDS).map(
    lambda ends: list(ends) if None in ends else sorted(ends)
)
QUANTILES = SHARES.flatmap(
    lambda shares: st.fixed_dictionaries(
        {
            "quantiles": st.just(shares),
            "value_ranges": st.lists(RANGE, min_size=len(shares), max_size=len(shares)),
        }
    )
)
METHODS = some([False, "linear", "lower", "higher", "nearest", "midpoint"])
NUMBERED, DATED, FAMILIES = (
    (*NUMBERS, *DATES),
    (TEXTS, NUMBERS, DATES),
    (TEXTS, NUMBERS),
)
# Between these no mean or deviation of the numbers above lies so close to a bound
# that the last digit of a float decides.
CENTRES, WIDTHS = some([-1, 0, 0.5, 1, 1.5, 2, 7]), some([0, 0.3, 0.6, 0.8, 1.3, 3.1])
FAR = some([-1.3, 0, 0.3, 0.77, 1.3, 2.1])
ANY, LENGTHS = about(COLUMNS), st.integers(0, 4)
REGEX_LIST = st.fixed_dictionaries(
    {"regex_list": st.lists(PATTERNS, min_size=1, max_size=3)}
)
NAMES = [name for name in SCHEMA.names if name in ("obs_id", *COLUMNS)]
KWARGS = {
    "expect_column_values_to_not_be_null": ANY,
    "expect_column_values_to_be_null": ANY,
    "expect_column_values_to_be_unique": ANY,
    "expect_column_values_to_be_in_set": about(COLUMNS, value_set),
    "expect_column_values_to_not_be_in_set": about(COLUMNS, value_set),
    "expect_column_distinct_values_to_be_in_set": about(
        COLUMNS, lambda column: value_set(column, 1)
    ),
    "expect_column_distinct_values_to_contain_set": about(COLUMNS, value_set),
    "expect_column_distinct_values_to_equal_set": about(COLUMNS, value_set),
    "expect_column_most_common_value_to_be_in_set": about(
        (*TEXTS, *NUMBERS), value_set, lambda _: optional(ties_okay=st.booleans())
    ),
    "expect_column_values_to_be_between": about(
        NUMBERED, lambda column: bounds(GIVEN[column], needs_one=True)
    ),
    "expect_column_max_to_be_between": about(NUMBERED, lambda c: bounds(GIVEN[c])),
    "expect_column_min_to_be_between": about(NUMBERED, lambda c: bounds(GIVEN[c])),
    "expect_column_mean_to_be_between": about(NUMBERS, lambda _: bounds(CENTRES)),
    "expect_column_median_to_be_between": about(NUMBERS, lambda _: bounds(CENTRES)),
    "expect_column_sum_to_be_between": about(NUMBERS, lambda _: bounds(CENTRES)),
    "expect_column_stdev_to_be_between": about(NUMBERS, lambda _: bounds(WIDTHS)),
    "expect_column_quantile_values_to_be_between": about(
        NUMBERS,
        lambda _: st.fixed_dictionaries(
            {"quantile_ranges": QUANTILES}, optional={"allow_relative_error": METHODS}
        ),
    ),
    "expect_column_unique_value_count_to_be_between": about(
        COLUMNS, lambda _: bounds(LENGTHS)
    ),
    "expect_column_proportion_of_unique_values_to_be_between": about(
        COLUMNS, lambda _: bounds(some([0, 0.25, 0.5, 0.75, 1]))
    ),
    "expect_column_proportion_of_non_null_values_to_be_between": about(
        COLUMNS, lambda _: bounds(some([0, 0.25, 0.5, 0.75, 1]))
    ),
    "expect_column_value_z_scores_to_be_less_than": about(
        NUMBERS,
        lambda _: st.fixed_dictionaries(
            {"threshold": FAR, "double_sided": st.booleans()}
        ),
    ),
    "expect_column_values_to_not_be_outliers": about(
        NUMBERS,
        lambda _: optional(
            method=some(["iqr", "std"]), multiplier=some([0, 0.3, 0.77, 1.3, 3])
        ),
    ),
    "expect_column_values_to_match_regex": about(
        TEXTS, lambda _: st.fixed_dictionaries({"regex": PATTERNS})
    ),
    "expect_column_values_to_not_match_regex": about(
        TEXTS, lambda _: st.fixed_dictionaries({"regex": PATTERNS})
    ),
    "expect_column_values_to_match_regex_list": about(
        TEXTS, lambda _: REGEX_LIST, lambda _: optional(match_on=some(["any", "all"]))
    ),
    "expect_column_values_to_not_match_regex_list": about(TEXTS, lambda _: REGEX_LIST),
    "expect_column_value_lengths_to_be_between": about(
        TEXTS, lambda _: bounds(LENGTHS, needs_one=True)
    ),
    "expect_column_value_lengths_to_equal": about(
        TEXTS, lambda _: st.fixed_dictionaries({"value": some([0, 1, 1.5, 2, 2.0, 7])})
    ),
    "expect_column_pair_values_to_be_equal": pair(DATED),
    "expect_column_pair_values_a_to_be_greater_than_b": pair(
        DATED, or_equal=st.booleans()
    ),
    "expect_column_pair_values_to_be_in_set": pair(
        [(*TEXTS, "value_low", "value_high")]
    ).flatmap(pairs_given),
    "expect_multicolumn_sum_to_equal": several(
        [NUMBERS], sum_total=some([0, 1, 2, 3.5])
    ),
    "expect_multicolumn_values_to_be_equal": several(DATED),
    "expect_select_column_values_to_be_unique_within_record": several(DATED),
    "expect_compound_columns_to_be_unique": several([COLUMNS]),
    "expect_table_row_count_to_be_between": bounds(st.integers(0, 6)),
    "expect_table_row_count_to_equal": st.fixed_dictionaries({"value": LENGTHS}),
    "expect_table_column_count_to_be_between": optional(
        min_value=st.integers(8, 12), max_value=st.integers(8, 12)
    ).filter(ordered),
    "expect_table_column_count_to_equal": st.fixed_dictionaries(
        {"value": st.integers(10, 12)}
    ),
    "expect_table_columns_to_match_set": st.fixed_dictionaries(
        {"column_set": some([["obs_id"], NAMES, ["nope"], [*NAMES, "nope"]])},
        optional={"exact_match": st.booleans()},
    ),
    "expect_table_columns_to_match_ordered_list": st.fixed_dictionaries(
        {"column_list": some([["obs_id"], NAMES, NAMES[::-1], ["nope", *COLUMNS]])}
    ),
    "expect_column_to_exist": st.fixed_dictionaries(
        {"column": some(["obs_id", "sex", "nope"])},
        optional={"column_index": some([1, 2, -1, -11, 10, 99])},
    ),
}
NOT_ON_PANDAS = {name for name in TYPES if "like_pattern" in name}


@st.composite
def leaves(draw):
    name = draw(some(COLUMNS))
    column = {"name": name}
    if draw(st.integers(0, 3)) == 0:
        return {"type": "nullity", "column": column, "is_null": draw(st.booleans())}
    more = () if name == "is_total" else (*ORDER, "IN", "NOT_IN")
    sign = draw(some(["==", "!=", *more]))
    values = GIVEN[name]
    if sign in ("IN", "NOT_IN"):
        values = st.lists(values, min_size=1, max_size=3)
    return {
        "type": "comparison", "column": column, "operator": sign,
        "parameter": draw(values),
    }  # fmt: skip


def joint(kind, parts):
    return st.fixed_dictionaries(
        {"type": st.just(kind), "conditions": st.lists(parts, min_size=1, max_size=3)}
    )


ANDS = joint("and", leaves())
CONDITIONS = st.one_of(
    st.none(), leaves(), joint("and", leaves() | ANDS), joint("or", leaves() | ANDS)
)


@st.composite
def asked(draw, names):
    name = draw(some(sorted(names)))
    kwargs = draw(KWARGS[name])
    if TYPES[name].takes_mostly:
        kwargs |= draw(optional(mostly=some([0, 0.3, 0.5, 0.75, 1])))
    return name, kwargs, draw(CONDITIONS) if TYPES[name].takes_condition else None
