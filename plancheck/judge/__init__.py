"""Plan and returns judged: figures, targets, progress, gaps; nothing is formatted here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from plancheck.judge.checks import Checked, check_returns
from plancheck.judge.explained import explained
from plancheck.judge.frame import Frame, frame_of
from plancheck.judge.last_year import with_last_year
from plancheck.judge.summary import exit_code, readiness, summary
from plancheck.judge.suspects import doubted
from plancheck.judge.verdicts import declared_findings, district_verdict, group_verdicts, unit_verdicts
from plancheck.model import Block, Finding, Indicator, Level, Plan, Roster, Series, Verdict

__all__ = [
    "Checked",
    "Scope",
    "check_returns",
    "doubted",
    "exit_code",
    "explained",
    "judge",
    "readiness",
    "summary",
    "with_last_year",
]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be judged: which indicators, at which levels, for which periods, grouped by which attribute."""

    indicators: Sequence[Indicator]
    periods: Sequence[int]
    levels: frozenset[Level] = field(default_factory=lambda: frozenset({"district"}))
    by: str | None = None


def judge(
    plan: Plan, blocks: Sequence[Block], roster: Roster | None, scope: Scope
) -> tuple[tuple[Verdict, ...], tuple[Finding, ...]]:
    """Judge blocks of readings. Verdicts come in the order of periods, then of the plan, district before groups and units."""
    years = {block.period for block in blocks} | set(scope.periods)
    frames = {year: frame_of(plan, year, blocks, roster) for year in sorted(years)}
    verdicts: list[Verdict] = []
    findings: list[Finding] = []
    for period in scope.periods:
        frame = frames[period]
        reporting = frozenset(unit.id for block in frame.blocks for unit in block.units)
        for indicator in scope.indicators:
            if "district" in scope.levels:
                verdict = district_verdict(indicator, plan, frames, period)
                verdicts.append(verdict)
                findings += declared_findings(indicator, frame, verdict)
            if not isinstance(indicator.measure, Series):
                verdicts += _parts(indicator, plan, frame, scope, reporting)
        if scope.by is not None and scope.by != plan.units.stage:
            findings += _ungrouped(frame, scope.by)
    return tuple(verdicts), (*(found for frame in frames.values() for found in frame.findings), *findings)


def _parts(indicator: Indicator, plan: Plan, frame: Frame, scope: Scope, reporting: frozenset[str]) -> list[Verdict]:
    verdicts: list[Verdict] = []
    if scope.by is not None:
        verdicts += group_verdicts(indicator, plan, frame, scope.by)
    if "unit" in scope.levels:
        verdicts += unit_verdicts(indicator, plan, frame, reporting)
    return verdicts


def _ungrouped(frame: Frame, by: str) -> list[Finding]:
    without = sum(1 for unit in frame.units if not unit.attributes.get(by))
    label = frame.plan.elements[by].label
    return [Finding("PC406", params={"count": without, "attribute": label})] if without else []
