"""Run rows of a reference file on `tallymark.stats`: `python tests/stats/reference.py FILE`.

Columns: id, method, inputs (JSON), expected (JSON), tolerance (JSON). A method without
a function is counted and named, never passed over.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tallymark.stats import (
    detectable,
    percent_consistency,
    poisson,
    proportion,
    rate_ratio,
    recording,
    totals,
    two_sided,
)

Inputs = Mapping[str, Any]
Found = dict[str, Any]


class Row(NamedTuple):
    """One row, and what came of it. `error`: the largest relative one of its numbers."""

    id: str
    method: str
    passed: bool | None
    """None: no function for this method."""
    found: Found
    expected: Found
    error: float


def limits(method: Callable[..., Any]) -> Callable[[Inputs], Found]:
    def run(i: Inputs) -> Found:
        low, high = method(i["count"], i["exposure"], i["conf"])
        return {"lower": low, "upper": high}

    return run


def share(method: Callable[..., Any]) -> Callable[[Inputs], Found]:
    def run(i: Inputs) -> Found:
        low, high = method(i["count"], i["nobs"], i["conf"])
        return {"lower": low, "upper": high}

    return run


def public_health(method: Callable[..., Any]) -> Callable[[Inputs], Found]:
    def run(i: Inputs) -> Found:
        found = method(i["count"], i["denominator"], i["multiplier"], i["conf"])
        return dict(zip(("value", "lower", "upper"), found, strict=True))

    return run


def two(i: Inputs) -> tuple[Any, ...]:
    return i["count1"], i["count2"], i.get("exposure1", 1), i.get("exposure2", 1)


def ratio(method: Callable[..., Any]) -> Callable[[Inputs], Found]:
    def run(i: Inputs) -> Found:
        found = method(*two(i), i["conf"])
        names = ("ratio", "lower", "upper", "p")
        return dict(zip(names, found, strict=True))

    return run


def score_test(i: Inputs) -> Found:
    return {"z": rate_ratio.score_z(*two(i)), "p": rate_ratio.score(*two(i)).p}


def quasi_wald(i: Inputs) -> Found:  # these rows give later over earlier
    found = rate_ratio.quasi_poisson(i["count2"], i["count1"], i["phi"], i["conf"])
    return {"ratio": found.ratio, "lower": found.low, "upper": found.high}


def tipping(i: Inputs) -> Found:
    found = recording.tipping_ratio(i["count1"], i["count2"], i["conf"])
    return {
        "ratio": found.ratio,
        "recording_ratio_explaining_all": found.explains_all,
        "recording_ratio_reaching_ci": found.reaches_interval,
    }


def latent(i: Inputs) -> Found:
    found = recording.latent_ratio(
        (i["count1"], i["count2"]),
        (i["p1_low"], i["p1_high"]),
        (i["p2_low"], i["p2_high"]),
        i["conf"],
    )
    names = ("lower", "upper", "lower_with_sampling", "upper_with_sampling")
    return dict(zip(names, found, strict=True))


def compatible(i: Inputs) -> Found:
    found = percent_consistency.compatible_n(
        i["percentages"],
        i["decimals"],
        i["n_max"],
        parts_of_whole=i["parts_of_whole"],
        rounding=i.get("rounding", "half either way"),
    )
    return {
        "n": found.n.tolist(),
        "count": found.how_many,
        "smallest": found.smallest,
    }


def smallest(i: Inputs) -> Found:
    found = detectable.smallest_ratio(
        i["expected1"], i["exposure_ratio"], i["alpha"], i["power"]
    )
    return {"mdrr_up": found.up, "mdrr_down": found.down}


def parts(i: Inputs) -> Found:
    return totals.parts_against_total(i["parts"], i["total"])._asdict()


def rounded(i: Inputs) -> Found:
    names = (i["rounding"], f"nearest, {i['rounding']}")
    rounding = next((name for name in names if name in totals.ROUNDINGS), None)
    if rounding is None:  # "nearest" says nothing of a half, which only even bases have
        rounding = "nearest, half either way"
    return totals.rounded_parts_against_total(
        i["parts"], i["total"], i["base"], rounding
    )._asdict()


def p_of(method: Callable[..., Any], **more: Any) -> Callable[[Inputs], Found]:
    return lambda i: {"p": method(i["count"], i["null"] * i["exposure"], **more)}


METHODS: dict[str, Callable[[Inputs], Found]] = {
    "graphpad_garwood": limits(poisson.garwood),
    "poisson_ci_garwood": limits(poisson.garwood),
    "poisson_ci_midp": limits(poisson.mid_p),
    "poisson_ci_byar": limits(poisson.byar),
    "poisson_ci_byar_epitools_variant": limits(poisson.byar_one_formula),
    "poisson_ci_blaker": limits(two_sided.blaker),
    "poisson_ci_minlike": limits(two_sided.minlike),
    "poisson_test_central": p_of(poisson.central_p),
    "poisson_test_midp": p_of(poisson.central_p, midp=True),
    "poisson_test_minlike": p_of(two_sided.minlike_p),
    "phe_rate": public_health(poisson.phe_rate),
    "phe_proportion": public_health(proportion.phe_proportion),
    "proportion_ci_wilson": share(proportion.wilson),
    "proportion_ci_clopper_pearson": share(proportion.clopper_pearson),
    "proportion_ci_midp": share(proportion.mid_p),
    "rate_ratio_exact_cond_central": ratio(rate_ratio.exact_conditional),
    "rate_ratio_midp_central": ratio(rate_ratio.mid_p),
    "rate_ratio_score_ci": ratio(rate_ratio.score),
    "rate_ratio_score_test": score_test,
    "rate_ratio_exact_cond_minlike_p": lambda i: {
        "p": two_sided.minlike_ratio_p(*two(i))
    },
    "rate_ratio_quasi_wald": quasi_wald,
    "fewest_events_all_one_side": lambda i: {
        "total": detectable.fewest_events(i["alpha"], i.get("exposure_ratio", 1))
    },
    "mdrr_exact_central": smallest,
    "power_rate_ratio_exact_central": lambda i: {
        "power": detectable.power(
            i["expected1"], i["rate_ratio"], i["exposure_ratio"], i["alpha"]
        )
    },
    "recording_tipping_point": tipping,
    "latent_ratio_bounds": latent,
    "compatible_n": compatible,
    "grim_mean": lambda i: {
        "consistent": percent_consistency.mean_is_consistent(
            i["mean"], i["n"], i.get("items", 1)
        )
    },
    "grim_percent": lambda i: {
        "consistent": percent_consistency.percent_is_consistent(i["percent"], i["n"])
    },
    "percent_change_consistent": lambda i: {
        "consistent": percent_consistency.change_is_consistent(
            i["count1"], i["count2"], i["change"], i["decimals"]
        )
    },
    "parts_vs_total": parts,
    "rounded_parts_total_consistent": rounded,
}


def rows_of(path: Path) -> list[Row]:
    """Return every row of a file with what came of it."""
    with path.open(newline="") as file:
        return [_row(line) for line in csv.DictReader(file)]


def _row(line: Mapping[str, str]) -> Row:
    inputs, expected, tolerance = (
        json.loads(line[name]) for name in ("inputs", "expected", "tolerance")
    )
    run = METHODS.get(line["method"])
    if run is None:
        return Row(line["id"], line["method"], None, {}, expected, math.nan)
    try:
        found = run(inputs)
    except ValueError:  # what cannot be asked is not available
        found = dict.fromkeys(expected)
    told = {name: found[name] for name in expected}
    errors = [_error(told[name], expected[name]) for name in expected]
    passed = all(
        _agrees(told[name], expected[name], _tolerance(tolerance, name))
        for name in expected
    )
    return Row(line["id"], line["method"], passed, told, expected, max(errors))


def _tolerance(tolerance: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return {"abs": tolerance[name]} if name in tolerance else tolerance


def _agrees(found: Any, expected: Any, tolerance: Mapping[str, Any]) -> bool:
    if expected is None:  # to be reported as not available; a limit below zero is none
        return found is None or (isinstance(found, float) and not found >= 0)
    if isinstance(expected, bool | str | list) and expected != "Inf":
        return bool(found == expected)
    if found is None or math.isnan(found):
        return False
    wanted = float(expected)
    if tolerance.get("exact") or math.isinf(wanted):
        return bool(found == wanted)
    allowed = tolerance.get("rel", 0) * abs(wanted)
    return bool(abs(found - wanted) <= max(allowed, tolerance.get("abs", 1e-9)))


def _error(found: Any, expected: Any) -> float:
    numbers = [x for x in (found, expected) if isinstance(x, int | float)]
    if len(numbers) < 2 or isinstance(expected, bool) or not expected:
        return 0.0
    return abs(found - expected) / abs(expected)


def main(paths: list[str]) -> int:
    """Print passed and failed for each file; 1 if anything failed or has no function."""
    bad = 0
    for path in paths:
        rows = rows_of(Path(path))
        counts = Counter(row.passed for row in rows)
        error = max((row.error for row in rows if row.passed), default=0)
        told = [
            f"{Path(path).name}: {counts[True]} passed, {counts[False]} failed, "
            f"{counts[None]} without a function; largest relative error {error:.1e}"
        ]
        told += [
            f"  FAILED {row.id}: {row.found}, expected {row.expected}"
            for row in rows
            if row.passed is False
        ]
        missing = Counter(row.method for row in rows if row.passed is None)
        told += [f"  no function for {method} ({n})" for method, n in missing.items()]
        sys.stdout.write("\n".join([*told, ""]))
        bad += counts[False] + counts[None]
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
