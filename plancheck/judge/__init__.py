"""Plan and returns judged: figures, targets, progress, gaps; nothing is formatted here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from plancheck.judge.about import levels_of, not_checkable, periods_of, uncovered
from plancheck.judge.checks import Checked, check_returns
from plancheck.judge.evidence import evidence_of
from plancheck.judge.explained import explained
from plancheck.judge.frame import Frame
from plancheck.judge.last_year import with_last_year
from plancheck.judge.otherwise import rounding_finding
from plancheck.judge.remarks import declared_findings, left_out
from plancheck.judge.spread import spreads
from plancheck.judge.summary import exit_code, readiness, summary
from plancheck.judge.suspects import doubted
from plancheck.judge.verdicts import Judged, district_verdict, group_verdicts, unit_verdicts
from plancheck.judge.waivers import in_force, waiver_findings
from plancheck.language import Said
from plancheck.model import Block, Finding, Indicator, Level, Narrative, Plan, Roster, Spread, Verdict, Waiver

__all__ = [
    "Checked",
    "Judgement",
    "Scope",
    "broken_down",
    "check_returns",
    "doubted",
    "exit_code",
    "explained",
    "judge",
    "levels_of",
    "not_checkable",
    "periods_of",
    "readiness",
    "summary",
    "uncovered",
    "with_last_year",
]


class Scope(Struct, frozen=True):
    """What is to be judged: which indicators, at which levels, for which periods, grouped by which attribute.

    `as_of` is the day of the run, by which waivers are in force or expired.
    """

    indicators: Sequence[Indicator]
    periods: Sequence[int]
    levels: frozenset[Level] = field(default_factory=lambda: frozenset({"district"}))
    by: str | None = None
    waivers: Sequence[Waiver] = ()
    as_of: str = ""


class Judgement(Struct, frozen=True):
    """What judging came to: the verdicts, the faults, and how far groups lie apart."""

    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    spreads: tuple[Spread, ...] = ()


def judge(plan: Plan, blocks: Sequence[Block], roster: Roster | None, scope: Scope) -> Judgement:
    """Judge blocks of readings. Verdicts come in the order of periods, then of the plan, district before groups and units.

    A narrative has no verdict. Groups that have targets of their own stand below the district's verdict they make up.
    """
    evidence = evidence_of(plan, blocks, roster, scope.periods, in_force(scope.waivers, scope.as_of))
    verdicts: list[Verdict] = []
    grouped: list[Verdict] = []
    findings: list[Finding] = []
    asked = [indicator for indicator in scope.indicators if not isinstance(indicator.measure, Narrative)]
    for period in scope.periods:
        frame = evidence.years[period]
        reporting = frozenset(unit.id for block in frame.blocks for unit in block.units)
        for indicator in asked:
            made_of: tuple[Verdict, ...] = ()
            if "district" in scope.levels:
                judged = district_verdict(indicator, evidence, period)
                made_of = judged.groups
                verdicts += (judged.verdict, *made_of)
                findings += _remarks(judged)
            if scope.by is not None:
                same = bool(made_of) and scope.by == (indicator.target_by or plan.units.stage)
                groups = made_of if same else tuple(group_verdicts(indicator, evidence, period, scope.by))
                grouped += groups
                verdicts += () if same else groups
            if "unit" in scope.levels:
                verdicts += unit_verdicts(indicator, evidence, period, reporting)
        if scope.by is not None and scope.by != plan.units.stage:
            _ungrouped(frame, scope.by)
    units = [
        *(roster.units.values() if roster else ()),
        *(unit for year in evidence.years.values() for unit in year.units),
    ]
    known = {name for unit in units for name in (unit.id, unit.code)} if scope.waivers else set()
    wrong = waiver_findings(scope.waivers, scope.as_of, plan, known, verdicts)
    noted = (finding for frame in evidence.frames() for finding in frame.findings)
    apart = spreads(grouped, scope.by) if scope.by is not None else ()
    return Judgement(tuple(verdicts), (*wrong, *noted, *findings), tuple(apart))


def broken_down(plan: Plan, blocks: Sequence[Block], roster: Roster | None, scope: Scope) -> tuple[Verdict, ...]:
    """Judge the groups that the annual report tells apart (`units.breakdown`): the numbered table, in the last year."""
    numbered = [indicator for indicator in scope.indicators if indicator.no is not None]
    scopes = (Scope(numbered, scope.periods[-1:], frozenset(), by) for by in plan.units.breakdown if by != scope.by)
    return tuple(verdict for each in scopes for verdict in judge(plan, blocks, roster, each).verdicts)


def _remarks(judged: Judged) -> Iterator[Finding]:
    """Yield what is to be said of a verdict on the district: whose figures did not enter, what is declared otherwise."""
    if judged.found is not None:
        yield from left_out(judged.question, judged.found)
    if any(other.key == "rounding" for other in judged.verdict.otherwise):
        assert judged.found is not None
        yield rounding_finding(judged.question, judged.found)
    yield from declared_findings(judged.question, judged.verdict)


def _ungrouped(frame: Frame, by: str) -> None:
    without = sum(1 for unit in frame.units if not unit.attributes.get(by))
    if without:
        params: dict[str, Said] = {"count": without, "attribute": frame.plan.elements[by].label}
        frame.note(Finding("PC406", params=params, period=frame.period), by)
