"""Schools under numbers: in verdicts, in what names them, and in the order they stand in.

The numbers follow a digest of the returns and the code, so that they say nothing about codes and stay the same when the
run is repeated. The digests themselves are not published then: with them the numbers could be worked out again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from itertools import groupby

from msgspec.structs import replace

from plancheck.language import Text
from plancheck.model import Assessment, Finding, Plan, Roster, Unit, Verdict


def disguised(assessment: Assessment) -> Assessment:
    """Return an assessment in which schools have numbers for names."""
    number = _numbers(assessment)
    plan = assessment.plan

    def named(unit: str) -> str:
        code, _, stage = unit.partition("/")
        return f"S{number[code]}/{stage}" if stage else f"S{number[code]}"

    def verdict(each: Verdict) -> Verdict:
        return _verdict(each, plan, named)

    roster = assessment.roster
    return replace(
        assessment,
        verdicts=_in_order(tuple(map(verdict, assessment.verdicts))),
        matrix=_in_order(tuple(map(verdict, assessment.matrix))),
        findings=tuple(
            sorted((_finding(each, plan, named) for each in assessment.findings), key=lambda each: each.unit)
        ),
        files=dict.fromkeys(assessment.files, ""),
        roster=None if roster is None else _roster(roster, plan, named),
        waivers=tuple(replace(each, unit=named(each.unit) if each.unit else "") for each in assessment.waivers),
        known=frozenset(),
    )


def _numbers(assessment: Assessment) -> Mapping[str, str]:
    """Return for each school's code its number, with as many digits as all of them need."""
    judged = (verdict.unit or "" for verdict in (*assessment.verdicts, *assessment.matrix) if verdict.level == "unit")
    lacking = (lack.unit for verdict in assessment.verdicts for lack in verdict.shortfalls)
    closing = (unit for verdict in assessment.verdicts for unit in verdict.closing)
    expected = () if assessment.roster is None else assessment.roster.units
    missing = (finding.unit for finding in assessment.findings if finding.unit)
    waived = (waiver.unit for waiver in assessment.waivers if waiver.unit)
    codes = {unit.partition("/")[0] for unit in (*judged, *lacking, *closing, *expected, *missing, *waived)}
    salt = "".join(assessment.files.values())
    shuffled = sorted(codes, key=lambda code: sha256(f"{salt}|{code}".encode(errors="replace")).digest())
    digits = len(str(len(shuffled)))
    return {code: f"{at:0{digits}}" for at, code in enumerate(shuffled, 1)}


def _name(unit: str, plan: Plan) -> Text:
    school, _, stage = unit.partition("/")
    label = plan.units.stages[stage].label if stage in plan.units.stages else Text(stage, stage)
    number = school.removeprefix("S")
    if not stage:
        return Text(f"学校 {number}", f"School {number}")
    return Text(f"学校 {number}（{label.zh}）", f"School {number} ({label.en})")


def _verdict(verdict: Verdict, plan: Plan, named: Callable[[str], str]) -> Verdict:
    lacks = tuple(
        replace(lack, unit=named(lack.unit), name=_name(named(lack.unit), plan)) for lack in verdict.shortfalls
    )
    waiver = verdict.waiver
    if waiver is not None and waiver.unit:
        waiver = replace(waiver, unit=named(waiver.unit))
    plain = replace(verdict, shortfalls=lacks, closing=tuple(map(named, verdict.closing)), waiver=waiver)
    if verdict.level != "unit":
        return plain
    unit = named(verdict.unit or "")
    return replace(plain, unit=unit, name=_name(unit, plan))


def _in_order(verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """Return verdicts with the units of each indicator in the order of their numbers: the roster's order names them."""
    runs = groupby(verdicts, key=lambda each: (each.level, each.indicator, each.period))
    return tuple(
        each
        for (level, _, _), run in runs
        for each in (sorted(run, key=lambda one: one.unit or "") if level == "unit" else run)
    )


def _finding(finding: Finding, plan: Plan, named: Callable[[str], str]) -> Finding:
    if not finding.unit:
        return finding
    unit = named(finding.unit)
    name = _name(unit.partition("/")[0], plan)
    return replace(finding, unit=unit, params={**finding.params, "name": name})


def _roster(roster: Roster, plan: Plan, named: Callable[[str], str]) -> Roster:
    """Return the roster with numbers only: where a school lies and what kind it is would often name it."""
    units = sorted(
        (
            Unit(
                named(unit.id),
                named(unit.code),
                _name(named(unit.code), plan).zh,
                unit.stage,
                {},
                unit.opened,
                unit.closed,
            )
            for unit in roster.units.values()
        ),
        key=lambda unit: unit.id,
    )
    return replace(roster, sha256="", units={unit.id: unit for unit in units})
