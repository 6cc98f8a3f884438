"""Amounts held against the year before, part by part: spending that never falls, in total and for each stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from plancheck.expression import Node, names
from plancheck.judge.frame import Basis, Frame
from plancheck.judge.target import COMPARE
from plancheck.language import Text
from plancheck.model import Coverage, Indicator, Reason, Series, Value
from plancheck.quantity import Number


@dataclass(frozen=True, slots=True)
class Step:
    """One part's amount this year and the year before."""

    part: str
    now: Number
    before: Number


@dataclass(frozen=True, slots=True)
class Steps:
    """The parts of a series over one step. `worst` decides; `failing` are the parts that miss the target."""

    worst: Step | None
    failing: tuple[str, ...]
    coverage: Coverage
    reason: Reason | None
    basis: Basis


def steps(indicator: Indicator, frames: Mapping[int, Frame], period: int) -> Steps:
    """Compare each part of a series with the year before. A part without both years makes it unknown."""
    assert isinstance(indicator.measure, Series)
    found: list[Step] = []
    missing: dict[int, list[str]] = {period: [], period - 1: []}
    for part, node in indicator.measure.parts.items():
        amounts = {year: amount(node, frames.get(year)) for year in missing}
        now, before = amounts[period], amounts[period - 1]
        if now is not None and before is not None:
            found.append(Step(part, now, before))
        for year, value in amounts.items():
            if value is None:
                missing[year].append(part)
    coverage = Coverage(len(found), len(indicator.measure.parts))
    basis = _basis(indicator.measure, frames, period, [step.part for step in found])
    absent = next((year for year in (period, period - 1) if missing[year]), None)
    if absent is not None:
        key = "no_this_year" if absent == period else "no_year_before"
        parts = _parts(indicator, missing[absent])
        return Steps(None, (), coverage, Reason(key, {"year": str(absent), "parts": parts}), basis)
    compare = COMPARE[indicator.target.operator]
    failing = tuple(step.part for step in found if not compare(step.now, step.before))
    reason = Reason("parts_failing", {"parts": _parts(indicator, failing)}) if failing and len(found) > 1 else None
    return Steps(_worst(indicator, found), failing, coverage, reason, basis)


def amount(node: Node, frame: Frame | None) -> Number | None:
    """Return a formula's amount in one year: the district's own, or the sum over the units that report."""
    if frame is None:
        return None
    if frame.of_district(node):
        return _number(frame.district_value(node))
    values = [number for value in frame.values(node) if (number := _number(value)) is not None]
    return sum(values) if values else None


def _number(value: Value | None) -> Number | None:
    return None if value is None or isinstance(value, str) else value


def _worst(indicator: Indicator, found: Sequence[Step]) -> Step:
    """Return the part that does worst by its relative change; an amount up from nothing does best."""
    upwards = indicator.target.operator in (">=", ">", "==")

    def change(step: Step) -> tuple[bool, Fraction]:
        if step.before == 0:
            return upwards, Fraction(step.now)
        ratio = Fraction(step.now) / step.before
        return False, ratio if upwards else -ratio

    return min(found, key=change)


def _parts(indicator: Indicator, parts: Sequence[str]) -> Text:
    measure = indicator.measure
    assert isinstance(measure, Series)
    labels = [measure.labels.get(part) or (indicator.label if part == "" else Text(part, part)) for part in parts]
    return Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


def _basis(measure: Series, frames: Mapping[int, Frame], period: int, parts: Sequence[str]) -> Basis:
    elements = dict.fromkeys(name.id for part in parts for name in names(measure.parts[part]))
    own, district = [], []
    for year in (period, period - 1):
        if (frame := frames.get(year)) is None:
            continue
        of_district = tuple(name for name in elements if frame.plan.elements[name].reporter == "district")
        of_units = tuple(name for name in elements if name not in of_district)
        district.append((frame, of_district, None))
        own.append((frame, of_units, range(len(frame.units))))
    return Basis((*district, *own))
