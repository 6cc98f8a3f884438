"""Verdicts: each indicator judged for the district, for groups of units, or for each unit, in one period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from plancheck.expression import names
from plancheck.judge.frame import Basis, Frame
from plancheck.judge.measures import Figures, elements_in, figures, scale_of, settled, value_of
from plancheck.judge.series import Steps, steps
from plancheck.judge.target import COMPARE, is_due, lacking, progress, required
from plancheck.language import Said, Text
from plancheck.model import (
    Coverage,
    Finding,
    Gap,
    Indicator,
    Level,
    Plan,
    Ratio,
    Reason,
    Series,
    Share,
    Shortfall,
    Unit,
    Verdict,
    VerdictMark,
    formulas_of,
)
from plancheck.quantity import UNITS

DISTRICT = Text("全区", "District")


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a verdict is about: the district, one group, or one unit; and its units by position."""

    level: Level
    unit: str | None
    name: Text
    population: Sequence[int]


def district_verdict(indicator: Indicator, plan: Plan, frames: Mapping[int, Frame], period: int) -> Verdict:
    """Judge an indicator for the whole district."""
    frame = frames[period]
    if isinstance(indicator.measure, Series):
        return _series_verdict(indicator, plan, frames, period)
    who = Who("district", None, DISTRICT, frame.scope(indicator.stages, indicator.where))
    found = figures(indicator, frame, who.population)
    _report(indicator, frame, found)
    return _verdict(indicator, plan, frame, who, found)


def group_verdicts(indicator: Indicator, plan: Plan, frame: Frame, by: str) -> Iterator[Verdict]:
    """Judge an indicator for each group of units that share an attribute, or a stage."""
    if not _of_units(indicator, frame):
        return
    groups: dict[str, list[int]] = {}
    for at in frame.scope(indicator.stages, indicator.where):
        unit = frame.units[at]
        group = unit.stage if by == plan.units.stage else unit.attributes.get(by, "")
        groups.setdefault(group, []).append(at)
    for group, population in groups.items():
        if group:
            name = plan.units.stages[group].label if by == plan.units.stage else Text(group, group)
            who = Who("group", group, name, population)
            yield _verdict(indicator, plan, frame, who, figures(indicator, frame, population))


def unit_verdicts(
    indicator: Indicator, plan: Plan, frame: Frame, only: frozenset[str] | None = None
) -> Iterator[Verdict]:
    """Judge an indicator for each unit that reports anything (or for the units `only`), by its own figures."""
    if not _of_units(indicator, frame):
        return
    for at in frame.scope(indicator.stages, indicator.where):
        unit = frame.units[at]
        if only is None or unit.id in only:
            who = Who("unit", unit.id, _name(unit, plan), (at,))
            yield _verdict(indicator, plan, frame, who, figures(indicator, frame, (at,)))


def _of_units(indicator: Indicator, frame: Frame) -> bool:
    """Return whether an indicator can be judged for a part of the district."""
    if isinstance(indicator.measure, Ratio):
        return not frame.of_district(indicator.measure.denominator)
    return isinstance(indicator.measure, Share)


def _name(unit: Unit, plan: Plan) -> Text:
    stage = plan.units.stages[unit.stage].label
    return Text(f"{unit.name}（{stage.zh}）", f"{unit.name} ({stage.en})")


def _verdict(indicator: Indicator, plan: Plan, frame: Frame, who: Who, found: Figures) -> Verdict:
    marks: tuple[VerdictMark, ...] = ("advisory",) if indicator.level == "district" and who.level != "district" else ()
    due = is_due(indicator, plan, frame.period)
    readings = _basis(indicator, frame, found)
    if found.reason is not None:
        return Verdict(
            indicator.id, who.level, who.unit, who.name, frame.period, "unknown", due, indicator.target, found.coverage,
            marks=marks, numerator=found.numerator, denominator=found.denominator, reason=found.reason, readings=readings,
        )  # fmt: skip
    assert indicator.target.bound is not None
    value = value_of(found, indicator)
    met = COMPARE[indicator.target.operator](value, indicator.target.bound)
    wanted = required(indicator, plan, frame.period)
    missing = found.coverage.expected - found.coverage.reported
    provisional = not settled(found, indicator.target, scale_of(indicator))
    return Verdict(
        indicator.id, who.level, who.unit, who.name, frame.period, "met" if met else "not_met", due, indicator.target,
        found.coverage,
        progress=None if met or due else progress(indicator, value, wanted),
        provisional=provisional,
        marks=marks,
        value=value,
        numerator=found.numerator,
        denominator=found.denominator,
        required=None if due else wanted,
        gap=None if met else _gap(indicator, plan, found),
        reason=Reason("missing_returns", {"count": missing}) if provisional else None,
        shortfalls=() if met or who.level == "unit" else _shortfalls(indicator, frame, found),
        readings=readings,
    )  # fmt: skip


def _counted(indicator: Indicator, plan: Plan) -> bool:
    """Return whether the numerator counts people or schools, so that a gap can be told in whole ones."""
    if not isinstance(indicator.measure, Ratio):
        return isinstance(indicator.measure, Share)
    elements = [plan.elements[name.id] for name in names(indicator.measure.numerator) if name.id in plan.elements]
    return indicator.unit == "percent" and all(UNITS[each.unit].kind in ("count", "yes_no") for each in elements)


def _gap(indicator: Indicator, plan: Plan, found: Figures) -> Gap:
    assert indicator.target.bound is not None and found.numerator is not None and found.denominator is not None
    unit = "point" if indicator.unit == "percent" else indicator.unit
    people = lacking(indicator.target, found.numerator, found.denominator) if _counted(indicator, plan) else None
    return Gap(abs(indicator.target.bound - value_of(found, indicator)), unit, people)


def _shortfalls(indicator: Indicator, frame: Frame, found: Figures) -> tuple[Shortfall, ...]:
    """Return the units (of a share: schools) that miss the target by their own figures, most first."""
    if not _counted(indicator, frame.plan) or found.open_above:
        return ()
    lacks: list[Shortfall] = []
    for at, part, whole in found.counts:
        people = lacking(indicator.target, part, whole) if whole else 0
        if people > 0:
            unit = frame.units[at]
            identity, name = unit.id, _name(unit, frame.plan)
            if found.whole_schools:
                identity, name = unit.code, Text(unit.name, unit.name)
            lacks.append(Shortfall(identity, name, people, Fraction(part) * 100 / whole))
    return tuple(sorted(lacks, key=lambda lack: (-lack.people, lack.unit)))


def _basis(indicator: Indicator, frame: Frame, found: Figures) -> Basis:
    named = (name.id for node in formulas_of(indicator.measure) for name in names(node))
    elements = dict.fromkeys(name for name in named if name in frame.plan.elements)
    of_district = tuple(name for name in elements if frame.plan.elements[name].reporter == "district")
    of_units = tuple(name for name in elements if name not in of_district)
    return Basis(((frame, of_units, found.used), (frame, of_district, None)))


def _series_verdict(indicator: Indicator, plan: Plan, frames: Mapping[int, Frame], period: int) -> Verdict:
    found: Steps = steps(indicator, frames, period)
    due = is_due(indicator, plan, period)
    if found.worst is None:
        return Verdict(
            indicator.id, "district", None, DISTRICT, period, "unknown", due, indicator.target, found.coverage,
            reason=found.reason, readings=found.basis,
        )  # fmt: skip
    met = not found.failing
    worst = found.worst
    return Verdict(
        indicator.id, "district", None, DISTRICT, period, "met" if met else "not_met", due, indicator.target,
        Coverage(found.coverage.reported, found.coverage.expected),
        value=worst.now,
        numerator=worst.now,
        denominator=worst.before,
        gap=None if met else Gap(abs(Fraction(worst.before) - worst.now), indicator.unit),
        reason=found.reason,
        readings=found.basis,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------ findings


def _report(indicator: Indicator, frame: Frame, found: Figures) -> None:
    """Name the units whose figures did not enter the district's: one part missing, or a part above its whole."""
    if not isinstance(indicator.measure, Ratio):
        return
    formulas = indicator.measure.numerator, indicator.measure.denominator
    for at, part, whole in found.exceeding:
        params: dict[str, Said] = {
            "name": _name(frame.units[at], frame.plan),
            "indicator": indicator.label,
            "numerator": str(part),
            "denominator": str(whole),
        }
        readings = (frame.reading(name.id, at) for name in names(formulas[0]))
        place = next((reading for reading in readings if reading is not None), None)
        where = (place.file, place.sheet, place.cell) if place else ("", "", "")
        frame.findings.append(Finding("PC405", *where, frame.units[at].id, params))
    # Of a pair whose other part is suspect nothing is missing.
    incomplete = [at for at in found.incomplete if not frame.suspect(at, formulas)]
    if incomplete:
        named = [_name(frame.units[at], frame.plan) for at in incomplete[:5]]
        more = len(incomplete) > len(named)
        zh = "、".join(name.zh for name in named) + (f"等 {len(incomplete)} 个单位" if more else "")
        en = ", ".join(name.en for name in named) + (f" and {len(incomplete) - len(named)} more" if more else "")
        units, elements = Text(zh, en), elements_in(frame, *formulas)
        frame.findings.append(
            Finding("PC404", params={"indicator": indicator.label, "units": units, "elements": elements})
        )


def declared_findings(indicator: Indicator, frame: Frame, verdict: Verdict) -> Iterator[Finding]:
    """Compare what the district declares with what its figures give; a difference is to be explained."""
    if indicator.declared is None or verdict.outcome not in ("met", "not_met"):
        return
    for reading in frame.readings((indicator.declared,), None):
        if isinstance(reading.value, bool) and reading.value != (verdict.outcome == "met"):
            said, computed = (Text("是", "yes"), Text("否", "no"))[:: 1 if reading.value else -1]
            params: dict[str, Said] = {"declared": said, "computed": computed}
            yield Finding("PC401", reading.file, reading.sheet, reading.cell, "", params, frame.period)
