"""What is questionable about a plan file: every fault of loading, and what only shows across its sections."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from plancheck import expression
from plancheck.model import Finding, Indicator, Plan, formulas_of
from plancheck.plan.faults import Faults, Spot
from plancheck.plan.load import Examined, examine
from plancheck.plan.schema import structure_faults
from plancheck.plan.yaml_places import begin
from plancheck.plan.yaml_tree import Node
from plancheck.quantity import show

_MOST_LISTED: Final = 10
_OF_A_NUMBER: Final = re.compile(r"number_([0-9]+)_")


def lint(path: Path) -> tuple[Finding, ...]:
    """Return every finding about a plan file in the file's order. Raises nothing."""
    examined = examine(path)
    if examined.plan is None or examined.tree is None:
        return tuple(sorted((*examined.findings, *_of_structure(str(path), examined)), key=_place))
    faults = Faults(str(path))
    _check_elements(examined.plan, examined.tree, faults)
    _check_numbers(examined.plan, faults)
    delivered = _delivered(examined.plan)
    ruled = frozenset(indicator for ruling in examined.plan.rulings for indicator in ruling.on)
    for indicator in examined.plan.indicators.values():
        form = examined.plan.forms.get(indicator.of)
        in_list = None if form is None else frozenset(column.element for column in form.columns)
        _check_forms_of(indicator, delivered if in_list is None else in_list, faults)
        _check_target(indicator, ruled, faults)
    return tuple(sorted((*faults.listed(), *_of_structure(str(path), examined)), key=_place))


def _of_structure(file: str, examined: Examined) -> Iterator[Finding]:
    """Return the schema's faults in whose part of the file loading saw nothing wrong."""
    if examined.tree is None:
        return
    seen = [_place(finding) for finding in examined.findings]  # in the file's order
    for fault in structure_faults(examined.tree, file):
        first = bisect_left(seen, fault.begin)
        if first == len(seen) or seen[first] > fault.end:
            yield fault.finding


def _place(finding: Finding) -> tuple[int, int]:
    line, _, column = finding.cell.partition(":")
    return (int(line), int(column)) if column else (0, 0)


def _spot(indicator: Indicator) -> Spot:
    mark = indicator.mark
    return Spot(mark.line, mark.column) if mark is not None else Spot(0, 0)


def _check_elements(plan: Plan, tree: Node, faults: Faults) -> None:
    """Note each element no form holds. A text may still be found at the foot of any sheet (填表人：…)."""
    held = {column.element for form in plan.forms.values() for column in (*form.columns, *form.by)}
    for element in plan.elements.values():
        if element.id not in held and element.unit != "text":
            faults.add("PC115", Spot(*begin(tree, ("elements", element.id))), element=element.id)


def _delivered(plan: Plan) -> frozenset[str]:
    """Return the elements that stand in a form which their reporter fills in, or in the roster."""
    return frozenset(
        column.element
        for form in plan.forms.values()
        for column in (*form.columns, *form.by)
        if form.rows != "list" and (form.roster or form.reporter == plan.elements[column.element].reporter)
    )


def _check_forms_of(indicator: Indicator, delivered: frozenset[str], faults: Faults) -> None:
    """Note it when an element of the indicator cannot be delivered."""
    missing = [name for name in _elements_of(indicator) if name not in delivered and name != expression.PERIOD]
    if missing:
        faults.add("PC116", _spot(indicator), indicator=indicator.id, elements=", ".join(missing))


def _elements_of(indicator: Indicator) -> tuple[str, ...]:
    nodes = list(formulas_of(indicator.measure))
    if indicator.where is not None:
        nodes.append(indicator.where)
    named = [name.id for node in nodes for name in expression.names(node)]
    return tuple(dict.fromkeys((*named, *((indicator.declared,) if indicator.declared else ()))))


def _check_numbers(plan: Plan, faults: Faults) -> None:
    """Note each gap in the numbering that no ruling speaks of."""
    spoken_of = (_OF_A_NUMBER.match(ruling.id) for ruling in plan.rulings if not ruling.on)
    accepted = {match[1] for match in spoken_of if match is not None}
    numbered = sorted((one.no, one.id) for one in plan.indicators.values() if one.no is not None)
    for (before, _), (after, indicator) in pairwise(numbered):
        gap = [no for no in range(before + 1, after) if str(no) not in accepted]
        if gap:
            listed = ", ".join(map(str, gap[:_MOST_LISTED])) + (" …" if len(gap) > _MOST_LISTED else "")
            faults.add("PC117", _spot(plan.indicators[indicator]), before=before, after=after, missing=listed)


def _check_target(indicator: Indicator, ruled: frozenset[str], faults: Faults) -> None:
    """Note a target easier than what was there at the start, and one that a rate cannot reach."""
    target, baseline = indicator.target, indicator.baseline
    if target.bound is None:
        return
    if baseline is not None and indicator.id not in ruled:
        easier = target.bound < baseline if target.operator in (">", ">=") else target.bound > baseline
        if easier and target.operator != "==":
            faults.add("PC119", _spot(indicator), target=target.text, baseline=show(baseline))
    beyond = target.bound > 100 or (target.bound == 100 and target.operator == ">")
    if indicator.unit == "percent" and beyond and target.operator in (">", ">=") and indicator.note is None:
        faults.add("PC120", _spot(indicator), target=target.text)
