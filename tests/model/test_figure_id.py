"""Ids: the same for the same figure, whatever its number, its file or its company."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.model.figure import Figure, Judgement
from tallymark.model.figure_id import figure_ids, parse_id
from tallymark.model.step import Step

KEN = {
    "series_id": "s",
    "ref_area": "KEN",
    "time_period": "2018",
    "stage": "CONVICTED",
    "statistic": "COUNT",
    "sex": "_T",
}


def figure(value=1.0, obs_ids=("a",), n_declared=1, **type_):
    return Figure(
        value=value, low=value, high=value, missing_reason=None, obs_status=None,
        conf_status=None, type=KEN | type_, caveats=(), resolved=(),
        judgement=Judgement.OK, n_present=1, n_declared=n_declared, obs_ids=obs_ids,
    )  # fmt: skip


def step(operation, **arguments):
    return Step(operation=operation, arguments=arguments, before=())


def only(one, *steps):
    return figure_ids([one], steps)[0]


def test_an_id_can_be_read_and_a_keyboard_can_write_it():
    name, key = parse_id(only(figure()))
    assert name == "KEN-2018-CONVICTED"
    assert len(key) == 4
    assert parse_id(f"KEN-2018-CONVICTED~{key}") == (name, key)


def test_a_corrected_figure_in_another_file_keeps_its_id():
    assert only(figure(5.0)) == only(figure(None, obs_ids=("other",)))


@pytest.mark.parametrize(
    "other",
    [{"sex": "F"}, {"series_id": "t"}, {"time_period": "2019"}, {"stage": None}],
)
def test_another_dimension_is_another_id(other):
    assert only(figure()) != only(figure(**other))


def test_what_was_chosen_for_a_table_leaves_the_id_as_it_is():
    chosen = step("where", stage="CONVICTED,ARRESTED")
    assert only(figure(), chosen, step("sum", by="ref_area")) == only(figure())


def test_the_parts_of_a_sum_are_in_its_id_where_its_type_does_not_tell_them():
    total = figure(ref_area=None, obs_ids=("a", "b"))
    one, two = step("where", ref_area="KEN,UGA"), step("where", ref_area="KEN,TZA")
    turned = step("where", ref_area="UGA,KEN")
    assert only(total, one) == only(total, turned) != only(total, two)
    assert only(total, one) != only(figure(ref_area=None), one)


def test_a_change_and_the_count_it_is_of_have_their_own_ids():
    assert only(figure()) != only(figure(), step("change"))


@given(st.permutations(range(6)))
def test_order_and_company_change_no_id(order):
    figures = [figure(time_period=str(2013 + n)) for n in range(6)]
    ids = figure_ids(figures)
    assert figure_ids([figures[n] for n in order]) == tuple(ids[n] for n in order)
    assert figure_ids(figures[:1]) == ids[:1]


def test_ids_are_unique_also_among_figures_that_share_all_dimensions():
    several = [figure(obs_ids=(str(n),), sex=str(n % 700)) for n in range(1400)]
    ids = figure_ids(several)
    assert len(set(ids)) == len(several)
    assert figure_ids(list(reversed(several))) == tuple(reversed(ids))
