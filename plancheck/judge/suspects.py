"""Suspect figures (数据待核): taken out before anything is judged, and named in the verdicts that would rest on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from plancheck.expression import names
from plancheck.language import Said, Text, all_of
from plancheck.model import Block, Indicator, Plan, ReadColumn, Reason, Unit, Verdict, formulas_of
from plancheck.quantity import Absent

Suspects = Mapping[tuple[str, str, int], tuple[Text, ...]]
"""(element, unit, period) -> the checks that must hold and do not."""


def without_suspects(blocks: Sequence[Block], suspects: Suspects) -> tuple[Block, ...]:
    """Return the blocks with each suspect value marked as such, so that no verdict rests on it."""
    if not suspects:
        return tuple(blocks)
    elements = {(element, period) for element, _, period in suspects}
    return tuple(
        replace(block, columns=tuple(_column(block, column, suspects) for column in block.columns))
        if any((column.element, block.period) in elements for column in block.columns)
        else block
        for block in blocks
    )


def _column(block: Block, column: ReadColumn, suspects: Suspects) -> ReadColumn:
    doubtful = {
        index
        for index, unit in enumerate(block.units)
        if (column.element, unit.id, block.period) in suspects and not isinstance(column.values[index], Absent)
    }
    if not doubtful:
        return column
    values = [Absent.SUSPECT if index in doubtful else value for index, value in enumerate(column.values)]
    return replace(column, values=values)


def doubted(
    verdicts: Iterable[Verdict], suspects: Suspects, blocks: Sequence[Block], plan: Plan
) -> tuple[Verdict, ...]:
    """Return the verdicts, each that suspect figures leave open saying so, and which checks they fail."""
    if not suspects:
        return tuple(verdicts)
    units = {unit.id: unit for block in blocks for unit in block.units}
    return tuple(_doubted(verdict, suspects, units, plan) for verdict in verdicts)


def _doubted(verdict: Verdict, suspects: Suspects, units: Mapping[str, Unit], plan: Plan) -> Verdict:
    if verdict.superseded or (verdict.outcome != "unknown" and not verdict.provisional):
        return verdict
    indicator = plan.indicators[verdict.indicator]
    elements = _elements(indicator)
    years = (verdict.period, _compared_with(verdict))
    concerned = [
        (unit, labels)
        for (element, unit, period), labels in suspects.items()
        if element in elements and period in years and _concerns(verdict, indicator, units[unit])
    ]
    if not concerned:
        return verdict
    checks = sorted({label for _, labels in concerned for label in labels}, key=lambda label: label.zh)
    quoted = all_of(Text(f"“{each.zh}”", f"“{each.en}”") for each in checks)
    if verdict.outcome == "unknown":
        return replace(verdict, reason=Reason("suspect", {"checks": quoted}))
    missing = verdict.coverage.expected - verdict.coverage.reported
    params: dict[str, Said] = {"count": missing, "suspect": len({unit for unit, _ in concerned}), "checks": quoted}
    return replace(verdict, reason=Reason("suspect_returns", params))


def _compared_with(verdict: Verdict) -> int | None:
    """Return the year whose figures a verdict compares with, or would if there were any."""
    why = verdict.reason
    return int(str(why.params["year"])) if why is not None and why.key == "no_year_before" else verdict.base_year


def _elements(indicator: Indicator) -> frozenset[str]:
    nodes = formulas_of(indicator.measure) + ((indicator.where,) if indicator.where is not None else ())
    return frozenset(name.id for node in nodes for name in names(node))


def _concerns(verdict: Verdict, indicator: Indicator, unit: Unit) -> bool:
    """Return whether a unit is one that a verdict is about; the district's own figures concern the district's."""
    if unit.id and indicator.stages and unit.stage not in indicator.stages:
        return False
    if verdict.level == "unit":
        return verdict.unit == unit.id
    return verdict.level == "district" or verdict.unit in (unit.stage, *unit.attributes.values())
