"""A value held against a target: the comparison, the path towards it, the gap and the whole number still missing."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from operator import eq, ge, gt, le, lt
from typing import Any, Final, assert_never

from plancheck.model import Indicator, Operator, Plan, Progress, Target
from plancheck.quantity import Number

COMPARE: Final[dict[Operator, Callable[[Any, Any], bool]]] = {">=": ge, ">": gt, "<=": le, "<": lt, "==": eq}


def is_due(indicator: Indicator, plan: Plan, period: int) -> bool:
    """Return whether a target must be met in a period, rather than be on the way."""
    if isinstance(indicator.due, int):
        return period >= indicator.due
    return indicator.due != "by_end" or period >= plan.target_year


def required(indicator: Indicator, plan: Plan, period: int) -> Number | None:
    """Return what the straight path from baseline to target asks of a period, in the indicator's unit.

    None without a baseline. Where the baseline meets the target already there is nothing to climb: the target itself.
    """
    bound, baseline = indicator.target.bound, indicator.baseline
    end = indicator.due if isinstance(indicator.due, int) else plan.target_year
    if bound is None or baseline is None or end <= plan.baseline_year:
        return None
    if COMPARE[indicator.target.operator](baseline, bound) or period >= end:
        return bound
    return baseline + (bound - baseline) * Fraction(max(period - plan.baseline_year, 0), end - plan.baseline_year)


def progress(indicator: Indicator, value: Number, wanted: Number | None) -> Progress:
    """Return whether a value short of its target is as far on the straight path as the period asks."""
    if wanted is None:
        return "not_due"
    rising = indicator.target.operator in (">=", ">", "==")
    if wanted == indicator.target.bound:
        return "behind"
    return "on_track" if (value >= wanted if rising else value <= wanted) else "behind"


def lacking(target: Target, numerator: Number, denominator: Number) -> int:
    """Return by how many whole people or schools a share in percent misses its target; 0 where it is met.

    For ≥ and > it is how many more the numerator needs, for ≤ and < how many it has too many; the denominator stays.
    """
    assert target.bound is not None
    # Whole numbers as long as they go: a district may have a hundred thousand units.
    step = 100 * target.bound.denominator
    have, wanted = step * numerator, target.bound.numerator * denominator
    if COMPARE[target.operator](have, wanted):
        return 0
    match target.operator:
        case ">=":
            return int(-((have - wanted) // step))
        case ">":
            return int((wanted - have) // step) + 1
        case "<=":
            return int(-((wanted - have) // step))
        case "<":
            return int((have - wanted) // step) + 1
        case "==":
            return int(-(-(wanted - have if wanted > have else have - wanted) // step))
        case _:
            assert_never(target.operator)
