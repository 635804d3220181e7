"""Where a series is known not to go on as before: breaks, and changes of the law."""

from __future__ import annotations

BREAKS = (
    "breaks as (with told as (select series_id, ref_area, time_period, "
    'min(period_start) as start, max("series.definition") as definition, '
    'coalesce(bool_or("series.definition_is_break"), false) as is_break, '
    "coalesce(bool_or(is_marked), false) as is_marked, "
    'count("country.law_changed") > 0 as has_new_law '
    "from spans_in_context where period_start is not null group by all), "
    "steps as (select *, lag(definition) over w as was_defined, "
    "lag(is_break) over w as was_break, lag(has_new_law) over w as had_new_law "
    "from told window w as (partition by series_id, ref_area "
    "order by start, time_period)) "
    "select series_id, ref_area, time_period from steps where is_marked "
    "or has_new_law or had_new_law "
    "or (definition <> was_defined and (is_break or was_break)))"
)
"""A common table: the periods of which it is declared, or known of the law, that they
cannot be set beside the period before."""

BREAK_COLUMNS = (
    "series_id", "ref_area", "time_period", "period_start", "period_end", "obs_status",
    "series.definition", "series.definition_is_break", "country.law_changed",
)  # fmt: skip
"""The columns that a type needs for it, besides the relation `spans_in_context`."""
