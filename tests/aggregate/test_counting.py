"""Counts of extracts are what a plain loop over the rows gives."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallymark.model.series import DefinitionChanges, DefinitionVersion, Source

AREAS = {"N": "XAA_N", "S": "XAA_S"}
OFFENCES = {
    "A": {"iccs": "030221", "rank": 2},
    "B": {"iccs": "030223", "rank": 1},
    "X": {"rank": 3},
}
SEXES = {"f": "F", "m": "M"}
KEYS = {
    "area": {"column": "district", "codes": AREAS, "total": "XAA"},
    "offence": {"column": "law", "codes": OFFENCES},
    "sex": {"column": "sex", "codes": SEXES},
    "age": {"column": "age"},
    "attempts": {"column": "tried", "marked": ["true"], "unmarked": ["false"]},
    "unit": {"columns": ["person"], "event": ["act"]},
}
DAYS = st.integers(-40, 800).map(lambda n: date(2018, 1, 1) + timedelta(days=n))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "person": st.sampled_from(["p1", "p2", "p3", "p4", "", None]),
            "act": st.sampled_from(["a1", "a2"]),
            "charged_on": st.one_of(st.none(), DAYS),
            "district": st.sampled_from(["N", "S", " S ", "?", None]),
            "law": st.sampled_from(["A", "B", "X", "?", None]),
            "sex": st.sampled_from(["f", "m", "?", None]),
            "age": st.sampled_from([-1, 0, 17, 18, 60, None]),
            "tried": st.sampled_from([True, False, None]),
        }
    ),
    min_size=1,
    max_size=25,
)


def counted_by_hand(rows, *, principal, attempts, each):
    """Count as the definition says it, row by row and in plain words."""
    of_unit = defaultdict(list)
    for row in rows:
        day, area = row["charged_on"], (row["district"] or "").strip()
        if not row["person"] or day is None or day.year not in (2018, 2019):
            continue
        if area not in AREAS or row["law"] not in OFFENCES:
            continue
        if attempts == "excluded" and row["tried"] is not False:
            continue
        iccs = OFFENCES[row["law"]].get("iccs")
        if not principal and iccs is None:
            continue
        person = (row["person"], row["act"]) if each else row["person"]
        of_unit[(day.year, person, None if principal else iccs)].append(row)
    counts = Counter()
    for (year, _, _), held in of_unit.items():
        first = min(held, key=lambda row: _order(row, principal=principal))
        iccs = OFFENCES[first["law"]].get("iccs")
        if iccs is None:
            continue
        known = {row["sex"] for row in held} & SEXES.keys()
        sex = SEXES.get(first["sex"], "_U") if len(known) < 2 else "_U"
        codes = [AREAS[first["district"].strip()], iccs, sex, _age(first["age"])]
        if attempts == "separate":
            tried = {row["tried"] for row in held} - {None}
            codes.append(_tried(first["tried"]) if len(tried) < 2 else "_U")
        counts[(year, *codes)] += 1
    return counts


def _tried(value):
    return {True: "yes", False: "no", None: "_U"}[value]


def _age(age):
    if age is None or age < 0:
        return "_U"
    return "Y0T17" if age < 18 else "Y_GE18"


def _order(row, *, principal):
    """The most serious offence, the first day, then the first codes as they are listed."""
    offences = ["030221", "030223"]
    iccs = OFFENCES[row["law"]].get("iccs")
    return (
        OFFENCES[row["law"]]["rank"] if principal else 0,
        row["charged_on"],
        (row["district"] or "").strip(),
        offences.index(iccs) if iccs else 9,
        ["F", "M", "_U"].index(SEXES.get(row["sex"], "_U")),
        ["Y0T17", "Y_GE18", "_U"].index(_age(row["age"])),
        ["yes", "no", "_U"].index(_tried(row["tried"])),
    )


@given(
    rows=ROWS,
    principal=st.booleans(),
    attempts=st.sampled_from(["included", "excluded", "separate"]),
    each=st.booleans(),
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_counts_are_those_of_a_plain_loop(
    count, mapped, series, rows, principal, attempts, each
) -> None:
    definition = series(
        principal_offence="yes" if principal else "no",
        attempts=attempts,
        multiple="counted_each" if each else "counted_once",
    )
    counted = count(rows, mapped(**KEYS, answers=None), definition)
    expected = counted_by_hand(rows, principal=principal, attempts=attempts, each=each)
    found = Counter(
        {
            (2018 + place, *codes): n
            for (_, place), counts in counted.counts.items()
            for codes, n in counts.items()
        }
    )
    assert found == expected


def test_units_of_an_offence_that_is_not_counted_are_told(count, mapped, series):
    rows = [
        {"person": "p", "charged_on": date(2018, 5, 1), "law": "X"},
        {"person": "q", "charged_on": date(2018, 5, 1), "law": "A"},
        {"person": "q", "charged_on": date(2018, 5, 2), "law": "X"},
    ]
    mapping = mapped(offence=KEYS["offence"])
    counted = count(rows, mapping, series())
    assert dict(counted.counts) == {("CHARGED", 0): {("030221",): 1}}
    assert list(counted.left_out.values()) == [1]


def test_texts_are_days_only_as_iso_writes_them(count, mapped, series):
    days = ["2018-05-01", " 2018-05-01T10:00 ", "01/05/2018", "2018", "2018-13-01", ""]
    rows = [{"person": f"p{i}", "charged_on": day} for i, day in enumerate(days)]
    counted = count(rows, mapped(), series())
    assert counted.counts["CHARGED", 0] == {(): 2}
    assert counted.left_out == {
        "a day that cannot be read": 3,
        "no day at this stage": 1,
    }


def test_the_stage_of_counting_chooses_the_day(count, mapped, series):
    rows = [{"person": "p", "reported": date(2018, 12, 30), "closed": date(2019, 1, 2)}]
    stages = {"RECORDED": {"input": "reported", "output": "closed"}}
    at = {"input": 0, "output": 1}
    for stage_of_counting, place in at.items():
        definition = series(stage_of_counting=stage_of_counting)
        counted = count(rows, mapped(stages=stages), definition)
        assert list(counted.counts) == [("RECORDED", place)]


def test_a_row_per_event_gives_each_stage(count, mapped, series):
    rows = [
        {"person": "p", "event": "c", "day": date(2018, 2, 1)},
        {"person": "p", "event": "v", "day": date(2019, 2, 1)},
        {"person": "q", "event": "c", "day": date(2019, 2, 1)},
        {"person": "q", "event": "?", "day": date(2019, 3, 1)},
    ]
    column = {
        "column": "event",
        "codes": {"c": "CHARGED", "v": "CONVICTED"},
        "date": "day",
    }
    counted = count(rows, mapped(stages=None, stage_column=column), series())
    assert {key: counts[()] for key, counts in counted.counts.items()} == {
        ("CHARGED", 0): 1,
        ("CHARGED", 1): 1,
        ("CONVICTED", 1): 1,
    }
    assert counted.left_out == {"a stage that the mapping does not name": 1}


def test_rows_that_are_not_online_are_left_out(count, mapped, series):
    rows = [
        {"person": f"p{i}", "charged_on": date(2018, 2, 1), "net": net}
        for i, net in enumerate(["1", "0", None, "1"])
    ]
    online = {"column": "net", "marked": ["1"], "unmarked": ["0"]}
    counted = count(rows, mapped(online=online), series())
    assert counted.counts["CHARGED", 0] == {(): 2}
    assert counted.left_out == {"not online": 1, "online or not is not known": 1}


def test_each_period_is_counted_by_the_rule_of_its_time(count, mapped, series):
    rule = series(attempts="excluded", multiple="counted_once").counting_rule
    version = DefinitionVersion(
        id="without-attempts",
        start=date(2019, 1, 1),
        is_break=True,
        reason="Attempts are no longer counted.",
        changes=DefinitionChanges(counting_rule=rule),
        source=Source(title="Invented"),
    )
    definition = series(
        attempts="included", multiple="counted_once", definitions=(version,)
    )
    rows = [
        {"person": f"p{i}", "charged_on": date(2018 + i % 2, 2, 1), "tried": i < 4}
        for i in range(8)
    ]
    counted = count(rows, mapped(attempts=KEYS["attempts"], answers=None), definition)
    assert {place: counts[()] for (_, place), counts in counted.counts.items()} == {
        0: 4,
        1: 2,
    }
    assert counted.left_out == {"an attempt": 2}
