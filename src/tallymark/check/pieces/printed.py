"""Printed texts beside the figures they are about, as rules that set one by the other.

Hides addresses, and which of several texts is the nearest to a figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallymark.check.rule import Kwarg, Prepared, QueryRule, Rows
from tallymark.engine.sql import identifier, literal, literals
from tallymark.model.context import CONTEXT_COLUMNS

LABEL = Kwarg(kind="text", choices=("offence_label", "notes"))
"""The argument that names the column in which a label stands."""

_SHEET = (
    "regexp_replace(o.source_ref, "
    r"'([A-Z]+[0-9]+|R[0-9]+C[0-9]+|r[0-9]+\.c[0-9]+)$', '')"
)
_ROW = (
    r"cast(nullif(regexp_extract(o.source_ref, '([0-9]+)((C|\.c)[0-9]+)?$', 1), '') "
    "as bigint)"
)
_COLUMN = (
    "regexp_extract(o.source_ref, '!([A-Z]+)[0-9]+$', 1) || "
    r"regexp_extract(o.source_ref, '[0-9]\.?[Cc]([0-9]+)$', 1)"
)
"""Sheet, row and column of a figure's address: `Sheet!B12`, `R12C2`, `p3.t1.r12.c2`."""

_READ = (
    "obs_id", "source_file", "source_ref", "series_id", "area_level", "time_period",
    "period_start", "period_end", "stage", "counting_unit", "scope", "age_group",
)  # fmt: skip
_RANK = "case c.role when 'title' then 2 when 'sheet' then 3 else 1 end"
_SHOWN = 20
_HEADED = (
    "[struct_pack(file := source_file, cell := heading, obs := null::varchar)] || "
    "(list(struct_pack(file := source_file, cell := source_ref, obs := obs_id) "
    f"order by obs_id, source_ref))[1:{_SHOWN}] as places, [null::varchar] as first"
)
"""The heading, which is named first, and the first of the figures it is about."""


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """What texts say (`c`: aspect, code), and what is declared of a figure (`o`)."""

    aspects: tuple[str, ...]
    declared: str
    """SQL for what is declared; null where the text may say anything."""
    holds: str
    """SQL for whether the text says something else."""
    key: str = ""
    """The column of the observation key that is declared, if it is one."""

    @property
    def wanted(self) -> str:
        """The condition that a claim is about one of the aspects."""
        return f"aspect in {literals(self.aspects)}"


def headed_rule(rows: Rows, against: Contradiction) -> QueryRule:
    """Return the rule that no figure is contradicted by all headings nearest to it.

    A heading counts if it names exactly one code. Headings of columns and rows are
    nearer than titles, and titles than the name of the sheet.
    """
    dotted = [n for n in CONTEXT_COLUMNS if f'"{n}"' in against.declared]
    listed = ", ".join(f"o.{identifier(n)}" for n in (*_READ, *dotted))
    placed = Prepared(
        sql=f"select {listed}, {_SHEET} as place_sheet, {_ROW} as place_row, "
        f"{_COLUMN} as place_column from {rows} o semi join heading_claims c "
        "on o.source_file is not distinct from c.source_file"
    )
    under = (
        "select o.*, c.source_ref as heading, c.text, c.aspect, c.code, c.n_codes, "
        f"{_RANK} as rank, {against.declared} as declared, "
        f"coalesce({against.holds}, false) as is_other from {placed.name} o "
        f"join (select * from heading_claims where {against.wanted}) c "
        "on o.place_sheet = c.sheet "
        "and o.source_file is not distinct from c.source_file "
        "and o.place_row between c.first_row and c.last_row "
        "and (c.column is null or c.column = o.place_column) "
        f"where {against.declared} is not null"
    )
    # Few figures have a heading that says something else: only for those is it looked
    # which heading is the nearest.
    suspect = Prepared(
        sql="select distinct source_file, source_ref, obs_id, aspect "
        f"from ({under}) where is_other and n_codes = 1"
    )
    told = (
        "u.source_file, u.source_ref, u.obs_id, series_id, heading, text, u.aspect, "
        "code, declared"
    )
    figure = "partition by u.source_file, u.source_ref, u.obs_id, u.aspect"
    doubted = Prepared(
        sql=f"select {told} from (select {told}, rank, n_codes, "
        f"bool_and(is_other) over ({figure}, rank) as is_alone, "
        f"min(rank) over ({figure}) as nearest from ({under}) u semi join "
        f"{suspect.name} s on u.source_ref = s.source_ref "
        "and u.source_file is not distinct from s.source_file "
        "and u.obs_id is not distinct from s.obs_id and u.aspect = s.aspect) "
        "u where is_alone and rank = nearest and n_codes = 1"
    )
    return QueryRule(
        counted=f"count(*) filter (where {against.wanted})",
        suspicion=f"count(*) filter (where {against.wanted})",
        counted_in="heading_claims",
        prepared=(placed, suspect, doubted),
        sql=_told(doubted.name, against.key, "heading", _HEADED),
        flags=f"select obs_id from {doubted.name}",
    )


def labelled_rule(rows: Rows, against: Contradiction, label: str) -> QueryRule:
    """Return the rule that no figure is contradicted by its own label or note."""
    wanted = f"{against.wanted} and origin = {literal(label)}"
    doubted = Prepared(
        sql="select o.source_file, o.source_ref, o.obs_id, o.series_id, "
        f"c.text, c.aspect, c.code, {against.declared} as declared from {rows} o join "
        f"(select * from label_claims where {wanted} and n_codes = 1) c "
        f"on o.{identifier(label)} = c.text where {against.holds}"
    )
    return QueryRule(
        counted=f"count(*) filter (where {wanted})",
        suspicion=f"count(*) filter (where {wanted})",
        counted_in="label_claims",
        prepared=(doubted,),
        sql=_told(doubted.name, against.key, "source_ref", "source_ref"),
        flags=f"select obs_id from {doubted.name}",
    )


def _told(doubted: str, key: str, place: str, places: str) -> str:
    """Return one row for each text, what it says, and what is declared instead."""
    named = f"declared as {key}, " if key else ""
    return (
        f"select source_file, min(obs_id) as obs_id, series_id, {named}{places}, text, "
        f"aspect as form, code as said, declared from {doubted} group by "
        f"source_file, series_id, text, aspect, code, declared, {place}"
    )
