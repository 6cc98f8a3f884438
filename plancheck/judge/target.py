"""What is asked of a year: which target holds, whether it is due, the path towards it, the whole number still missing."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from operator import eq, ge, gt, le, lt
from typing import Any, Final, assert_never

from plancheck.judge.rounding import plain
from plancheck.model import Indicator, Operator, Plan, Progress, Target
from plancheck.quantity import Number

COMPARE: Final[dict[Operator, Callable[[Any, Any], bool]]] = {">=": ge, ">": gt, "<=": le, "<": lt, "==": eq}


def rising(target: Target) -> bool:
    """Return whether more is better for a target."""
    return target.operator in (">=", ">", "==")


def goal(indicator: Indicator, period: int, key: str = "") -> Target | None:
    """Return the target that holds in a year: that year's own step, else the latest revision, else the plan's.

    `key` is the stage, or the word of the attribute, by which targets differ; None where there is no target for it.
    """
    if period in indicator.steps:
        return indicator.steps[period]
    revised = [revision for revision in indicator.revised if revision.since <= period]
    if revised:
        return max(revised, key=lambda revision: revision.since).target
    return indicator.targets.get(key) if indicator.targets else indicator.target


def is_due(indicator: Indicator, plan: Plan, period: int) -> bool:
    """Return whether a target must be met in a period, rather than be on the way. A goal on the way is due in its year.

    The baseline year lies before the plan: what each year must meet, it need not have met.
    """
    if period in indicator.steps:
        return True
    if indicator.due == "none" or period <= plan.baseline_year:
        return False
    return indicator.due in ("every_year", "each_step") or period >= last_year(indicator, plan)


def last_year(indicator: Indicator, plan: Plan) -> int:
    """Return the year by which a target is to be reached."""
    return indicator.due if isinstance(indicator.due, int) else plan.target_year


def required(indicator: Indicator, plan: Plan, period: int, target: Target) -> Number | None:
    """Return what the straight path asks of a period, in the indicator's unit: from the baseline over goals on the way.

    None without a baseline, or without an end. Where the start meets the target already there is nothing to climb:
    the target itself.
    """
    end, bound = last_year(indicator, plan), target.bound
    if bound is None or indicator.due == "none" or end <= plan.baseline_year:
        return None
    points: dict[int, Number] = {} if indicator.baseline is None else {plan.baseline_year: indicator.baseline}
    points |= {year: step.bound for year, step in indicator.steps.items() if step.bound is not None and year < end}
    start = max((year for year in points if year <= period), default=min(points, default=None))
    if start is None or (start > period and start != plan.baseline_year):
        return None
    if COMPARE[target.operator](points[start], bound) or period >= end:
        return bound
    after = min((year for year in points if year > start), default=end)
    goal_after = points.get(after, bound)
    return plain(points[start] + (goal_after - points[start]) * Fraction(max(period - start, 0), after - start))


def progress(target: Target, value: Number, wanted: Number | None) -> Progress:
    """Return whether a value short of its target is as far on the straight path as the period asks."""
    if wanted is None:
        return "not_due"
    if wanted == target.bound:
        return "behind"
    return "on_track" if (value >= wanted if rising(target) else value <= wanted) else "behind"


def lacking(target: Target, numerator: Number, denominator: Number, scale: int = 100) -> int:
    """Return by how many whole people or schools a share misses its target; 0 where it is met.

    For ≥ and > it is how many more the numerator needs, for ≤ and < how many it has too many; the denominator stays.
    The share is `scale` times the ratio.
    """
    assert target.bound is not None
    # Whole numbers as long as they go: a district may have a hundred thousand units.
    step = scale * target.bound.denominator
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
