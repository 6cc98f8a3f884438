"""What is doubtful about the targets of an indicator, as long as no ruling speaks of the indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from plancheck.language import Said, Text
from plancheck.model import Indicator, Plan, Target
from plancheck.plan.faults import Faults, Spot
from plancheck.plan.yaml_places import begin, node_at
from plancheck.plan.yaml_tree import MapNode, Node
from plancheck.quantity import Number, show

_SIDES: Final[Mapping[str, int]] = {">=": 1, ">": 1, "==": 0, "<=": -1, "<": -1}
"""On which side of its bound a target is met."""


def check_targets(plan: Plan, tree: Node, faults: Faults) -> None:
    """Note what is doubtful about each indicator; a ruling on it means that it has been thought of."""
    ruled = frozenset(indicator for ruling in plan.rulings for indicator in ruling.on)
    for indicator in plan.indicators.values():
        if indicator.id in ruled:
            continue
        mark = indicator.mark
        place = Spot(mark.line, mark.column, mark.file) if mark is not None else Spot(0, 0)
        for code, params in (*_baseline(indicator), *_over_100(indicator)):
            faults.add(code, place, **params)
        _check_path(indicator, tree, faults)
        _check_restated(indicator, tree, faults)
        _check_steps(indicator, plan, tree, faults)


def _baseline(indicator: Indicator) -> Iterator[tuple[str, dict[str, Said]]]:
    """Yield a target that the start is better than already, or meets already though it is to be reached later."""
    target, baseline = indicator.target, indicator.baseline
    if target.bound is None or baseline is None:
        return
    params: dict[str, Said] = {"target": target.text, "baseline": show(baseline)}
    if (baseline - target.bound) * _SIDES[target.operator] > 0:
        yield "PC119", params
    elif _meets(baseline, target) and _by_a_year(indicator):
        yield "PC127", params


def _meets(value: Number, target: Target) -> bool:
    return value == target.bound and target.operator not in (">", "<")


def _by_a_year(indicator: Indicator) -> bool:
    """Return whether a target is to be reached by a year, with a path that leads there."""
    return indicator.due == "by_end" or isinstance(indicator.due, int)


def _over_100(indicator: Indicator) -> Iterator[tuple[str, dict[str, Said]]]:
    """Yield a target that a share cannot reach; a note may say why it can."""
    target = indicator.target
    if target.bound is None or indicator.unit != "percent" or indicator.note is not None:
        return
    if target.operator in (">", ">=") and (target.bound > 100 or (target.bound == 100 and target.operator == ">")):
        yield "PC120", {"target": target.text}


def _check_path(indicator: Indicator, tree: Node, faults: Faults) -> None:
    """Note a path that begins at a dash: the plan knows of a baseline and does not tell it, and no year has a goal.

    Where the plan speaks of no baseline at all, as most commitments in running text, there is nothing to doubt.
    """
    path = ("indicators", indicator.id, "baseline")
    holder = node_at(tree, path[:2])
    written = isinstance(holder, MapNode) and path[2] in holder.entries
    given = indicator.baseline is not None or indicator.steps or indicator.target.bound is None
    if indicator.due == "by_end" and written and not given:
        faults.add("PC129", begin(tree, path), target=indicator.target.text)


def _check_restated(indicator: Indicator, tree: Node, faults: Faults) -> None:
    """Note each target said elsewhere that is another than the one judged."""
    judged = {_compared(target) for target in (indicator.target, *indicator.targets.values())}
    for number, restated in enumerate(indicator.restated):
        if restated.target is not None and _compared(restated.target) not in judged:
            place = begin(tree, ("indicators", indicator.id, "restated", number))
            target, other = _worded(indicator.target), _worded(restated.target)
            faults.add(
                "PC126", place, indicator=indicator.id, target=target, other=other, clause=restated.source.clause
            )


def _compared(target: Target) -> tuple[object, ...]:
    return target.operator, target.bound, target.upper


def _worded(target: Target) -> Text:
    """Return a target as the plan writes it, with the operator where that is a reading of it."""
    sign = {">=": "≥", "<=": "≤"}.get(target.operator, target.operator) if target.implied else ""
    return Text(f"{target.text}（{sign}）", f"{target.text} ({sign})") if sign else Text(target.text, target.text)


def _check_steps(indicator: Indicator, plan: Plan, tree: Node, faults: Faults) -> None:
    """Note the first goal on the way that leads away from the next one or does not reach the target in its year."""
    target = indicator.target
    end = indicator.due if isinstance(indicator.due, int) else plan.target_year
    if target.bound is None or not indicator.steps:
        return
    side = _SIDES[target.operator] or 1
    goals = [(year, step.bound, step.text) for year, step in indicator.steps.items() if step.bound is not None]
    for (year, bound, text), (later, wanted, other) in pairwise((*goals, (end, target.bound, target.text))):
        # In the last year the step is the target; before, it may not lie beyond what is asked later.
        amiss = bound != wanted if year == later else year > later or (wanted - bound) * side < 0
        if amiss:
            place = begin(tree, ("indicators", indicator.id, "steps", str(year)))
            faults.add("PC128", place, year=year, step=text, later=later, target=other)
            return
