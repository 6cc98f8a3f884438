"""What is questionable about a plan file: every fault of loading, and what only shows across its sections."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from plancheck import expression
from plancheck.language import Text
from plancheck.model import EveryGroup, Finding, Indicator, Plan, formulas_of
from plancheck.pattern import Pattern
from plancheck.plan.doubts import check_targets
from plancheck.plan.faults import Faults, Spot, first_of
from plancheck.plan.load import examine
from plancheck.plan.schema import structure_faults
from plancheck.plan.yaml_places import begin
from plancheck.plan.yaml_tree import Node

_A_LIST: Final = Text("台账", "list")
_A_GROUP: Final = Text("分组", "group")
_OF_A_NUMBER: Final = Pattern(r"number_([0-9]+)_")


def lint(path: Path) -> tuple[Finding, ...]:
    """Return every finding about a plan file and those it includes, in their order. Raises nothing."""
    examined = examine(path)
    seen = examined.findings
    if examined.plan is not None and examined.tree is not None:
        _check_plan(examined.plan, examined.tree, examined.faults)
    if examined.tree is not None:
        _check_structure(examined.tree, seen, examined.faults)
    return examined.faults.listed()


def _check_plan(plan: Plan, tree: Node, faults: Faults) -> None:
    _check_elements(plan, tree, faults)
    _check_numbers(plan, faults)
    _check_use(plan, tree, faults)
    check_targets(plan, tree, faults)
    delivered = _delivered(plan)
    for indicator in plan.indicators.values():
        form = plan.forms.get(indicator.of)
        in_list = None if form is None else frozenset(column.element for column in (*form.columns, *form.by))
        _check_forms_of(indicator, delivered if in_list is None else in_list, faults)


def _check_structure(tree: Node, seen: Sequence[Finding], faults: Faults) -> None:
    """Note what the schema refuses in parts of the plan where loading saw nothing wrong."""
    places: dict[str, list[tuple[int, int]]] = {}
    for finding in seen:
        line, _, column = finding.cell.partition(":")
        places.setdefault(finding.file, []).append((int(line), int(column)) if column else (0, 0))
    for fault in structure_faults(tree):
        if not any(_told(places.get(file, ()), *span) for file, span in fault.spans.items()):
            faults.add("PC113", fault.place, why=fault.why)


def _told(places: Sequence[tuple[int, int]], first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Return whether one of the places, which are in order, lies between two others."""
    at = bisect_left(places, first)
    return at < len(places) and places[at] <= last


def _spot(indicator: Indicator) -> Spot:
    mark = indicator.mark
    return Spot(mark.line, mark.column, mark.file) if mark is not None else Spot(0, 0)


def _check_elements(plan: Plan, tree: Node, faults: Faults) -> None:
    """Note each element no form holds. A text may still be found at the foot of any sheet (填表人：…)."""
    held = {column.element for form in plan.forms.values() for column in (*form.columns, *form.by)}
    for element in plan.elements.values():
        if element.id not in held and element.unit != "text":
            faults.add("PC115", begin(tree, ("elements", element.id)), element=element.id)


def _check_use(plan: Plan, tree: Node, faults: Faults) -> None:
    """Note lists and parts of the document that no indicator names, and groups whose members nobody declares."""
    lists = {form.id for form in plan.forms.values() if form.rows == "list"}
    for form in sorted(lists - {indicator.of for indicator in plan.indicators.values()}):
        faults.add("PC130", begin(tree, ("forms", form)), what=_A_LIST, name=form)
    for group in sorted(plan.groups.keys() - {indicator.group for indicator in plan.indicators.values()}):
        faults.add("PC130", begin(tree, ("groups", group)), what=_A_GROUP, name=group)
    for indicator in plan.indicators.values():
        measure = indicator.measure
        if isinstance(measure, EveryGroup) and measure.by not in plan.units.groups:
            faults.add("PC137", begin(tree, ("indicators", indicator.id, "every")), attribute=measure.by)
    on_roster = {column.element for form in plan.forms.values() if form.roster for column in form.columns}
    if plan.units.size is not None and plan.units.size not in on_roster:
        faults.add("PC138", begin(tree, ("units", "size")), element=plan.units.size)


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
            missing = first_of(map(str, gap))
            faults.add("PC117", _spot(plan.indicators[indicator]), before=before, after=after, missing=missing)
