"""Why a sum fails: the cell is named that alone explains it, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.check.pieces.explanation import Cell, cause_of


def _sum(total, parts, siblings=()):
    return [
        Cell("total", "Total", float(total), "t"),
        *(Cell("part", n, float(v), n) for n, v in parts.items()),
        *(Cell("sibling", n, float(v), n) for n, v in dict(siblings).items()),
    ]


SOUTH_AFRICA = {"Rape": 40035, "Sexual assault": 6786, "Other acts": 2066}


@pytest.mark.parametrize(
    ("cells", "kind", "named"),
    [
        (
            _sum(50108, SOUTH_AFRICA, {"Sexual exploitation": 1221, "Fear": 9}),
            "sibling",
            ["Sexual exploitation"],
        ),
        (_sum(46821, SOUTH_AFRICA), "omitted", ["Other acts"]),
        (_sum(50953, SOUTH_AFRICA), "twice", ["Other acts"]),
        (_sum(97774, SOUTH_AFRICA), "doubled", ["Total"]),
        (_sum(60, {"A": 40, "B": 20, "All": 60}), "subtotal", ["All"]),
        (_sum(160, {"A": 21, "B": 57, "C": 100}), "none", []),
        (_sum(169, {"A": 21, "B": 57, "C": 100}), "exchanged", ["A"]),
        (_sum(1334, {"A": 1221, "B": 14}), "none", []),
        (_sum(1253, {"A": 1203, "B": 41}), "none", []),
        (_sum(1263, {"A": 1230, "B": 60}), "exchanged", ["A"]),
        (_sum(1244, {"A": 1230, "B": 41}), "either", ["A", "B"]),
        (_sum(1269, {"A": 1320, "B": 57, "C": 21, "D": 43}), "none", []),
        (_sum(12251, {"A": 1221, "B": 41}), "digit", ["A"]),
        (_sum(1262, {"A": 12210, "B": 41}), "digit", ["A"]),
        (_sum(126, {"A": 1221, "B": 41}), "digit", ["Total"]),
        (_sum(1000, {"A": 350, "B": 350, "C": 250, "D": 250, "E": 400}), "none", []),
        (
            _sum(1000, {"A": 500, "B": 310, "C": 500, "D": 290}),
            "omitted",
            ["B", "D"],
        ),
    ],
)
def test_the_cells_are_named_that_explain_a_sum(cells, kind, named):
    cause = cause_of(cells)
    assert cause.kind == kind
    assert [cell.name for cell in cause.cells] == named


numbers = st.integers(0, 99_999)
sums = st.lists(numbers, min_size=2, max_size=6).map(
    lambda values: {f"part {i}": v for i, v in enumerate(values)}
)


@given(parts=sums, data=st.data())
def test_what_is_named_does_make_the_sum_right(parts, data):
    total = data.draw(numbers.filter(lambda n: n != sum(parts.values())))
    cells = _sum(total, parts, {"beside": data.draw(numbers)})
    kind, named, other = cause_of(cells)
    value = sum(cell.value for cell in named)
    added = sum(parts.values())
    assert {
        "none": True,
        "either": len(named) == 2,
        "doubled": total == 2 * added,
        "omitted": total == added - value,
        "subtotal": total == added - value == value,
        "twice": total == added + value,
        "sibling": total == added + value,
        "exchanged": other is not None
        and sorted(f"{value:.0f}") == sorted(f"{other:.0f}"),
        "digit": other is not None
        and abs(len(f"{value:.0f}") - len(f"{other:.0f}")) == 1,
    }[kind]
    if other is not None:
        roles = {cell.role for cell in named}
        assert (other if roles == {"total"} else total) == (
            added if roles == {"total"} else added - value + other
        )


@given(parts=sums, data=st.data())
def test_the_order_of_the_cells_does_not_matter(parts, data):
    total = data.draw(numbers)
    cells = _sum(total, parts, {"beside": 7})
    shuffled = data.draw(st.permutations(cells))
    one, other = cause_of(cells), cause_of(shuffled)
    assert one.kind == other.kind
    assert set(one.cells) == set(other.cells)


OFFENCES = {
    "0301": "Sexual violence",
    "03011": "Rape",
    "03012": "Sexual assault",
    "03019": "Other acts",
    "0302": "Sexual exploitation",
}


def _year(area, *values):
    return [
        {
            "obs_id": f"{area}-{offence}",
            "series_id": "unodc_cts_violent_offences",
            "ref_area": area,
            "time_period": "2017",
            "stage": "RECORDED",
            "counting_unit": "OFFENCE",
            "offence": offence,
            "offence_label": label,
            "statistic": "COUNT",
            "obs_value": float(value),
            "source_ref": f"{area}-{offence}",
        }
        for (offence, label), value in zip(OFFENCES.items(), values, strict=True)
    ]


def test_a_total_that_holds_what_stands_beside_it(observations, expectation, found):
    kwargs = {"units": ["OFFENCE"], "min_agreeing": 2, "min_share": 0.6}
    source = observations(
        [
            *_year("ZAF", 50108, 40035, 6786, 2066, 1221),
            *_year("XAA", 60, 30, 20, 10, 7),
            *_year("XAB", 66, 33, 22, 11, 4),
        ]
    )
    one = expectation("expect_offences_to_add_up", **kwargs)
    (finding,) = found(source, one)
    assert finding.found == (
        "The offences within “Sexual violence” add up to 48,887, less than its own "
        "figure of 50,108 for ZAF 2017 (recorded). Elsewhere in this series the same "
        "parts make the total exactly (2 times). The total equals the parts together "
        "with “Sexual exploitation” (1,221)."
    )
    assert finding.location.cells[0] == "ZAF-0302"
    assert len(finding.location.cells) == 5
