"""What a run was made from and what it comes to, in sentences that several reports share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Final

from plancheck.language import Lang, joined, listed
from plancheck.model import (
    FAIL_ON,
    USUALLY_FAILS,
    Assessment,
    Finding,
    Level,
    Narrative,
    Plan,
    Series,
    Verdict,
    finding_faults,
    verdict_faults,
)
from plancheck.reports.figures import SIGNS
from plancheck.reports.findings import by_grade
from plancheck.reports.symbols import STYLES
from plancheck.wording import say

LEVELS: Final[Mapping[Level, str]] = {
    "district": "summary.indicators",
    "group": "summary.groups",
    "unit": "summary.units",
}


def title(assessment: Assessment, lang: Lang) -> str:
    """Return the plan's name and document."""
    return f"{assessment.plan.title.say(lang)}  {assessment.plan.document}".rstrip()


def sources(assessment: Assessment, lang: Lang) -> tuple[str, ...]:
    """Return the years judged, how many returns, the roster, the plan, and the date."""
    roster = assessment.roster
    return (
        say("head.years", lang, years=listed(map(str, assessment.periods), lang) or "-"),
        say("head.returns", lang, count=len(assessment.files)),
        say("head.no_roster", lang)
        if roster is None
        else say(
            "head.roster",
            lang,
            file=roster.file,
            count=len(roster.expected(assessment.last_period) or roster.units),
        ),
        say("head.plan", lang, file=named(assessment.plan.file)),
        *((say("head.as_of", lang, date=assessment.as_of),) if assessment.as_of else ()),
        *((say("head.public", lang, least=assessment.least_shown),) if assessment.least_shown else ()),
    )


def baseline_heading(assessment: Assessment, lang: Lang) -> str:
    """Return what stands above the baseline: its year, unless that year is judged as well and has a column of its own."""
    start = assessment.plan.baseline_year
    return say("column.baseline", lang) if start in assessment.periods else str(start)


def named(file: str) -> str:
    """Return a path as it was given, of an absolute one the name: the packaged plan looks the same everywhere."""
    path = PurePath(file)
    return path.name if path.is_absolute() else file


def verdict_counts(assessment: Assessment, lang: Lang) -> Iterator[str]:
    """Yield for each level, of the district for each year, how many verdicts there are of each status."""
    for level, key in LEVELS.items():
        verdicts = [verdict for verdict in assessment.verdicts if verdict.level == level]
        if not verdicts:
            continue
        if level != "district" or len(assessment.periods) < 2:
            yield _counts(verdicts, key, lang)
            continue
        for year in assessment.periods:
            of_year = [verdict for verdict in verdicts if verdict.period == year]
            yield say("summary.year", lang, year=str(year)) + _counts(of_year, key, lang)


def _counts(verdicts: Sequence[Verdict], key: str, lang: Lang) -> str:
    counts = Counter(verdict.status for verdict in verdicts)
    parts = [_counted(f"status.{each}", counts[each], lang) for each in STYLES if counts[each]]
    provisional = sum(verdict.provisional for verdict in verdicts)
    text = say(key, lang, count=len(verdicts), parts=_joined(parts, lang))
    return text + (say("summary.provisional", lang, count=provisional) if provisional else "")


def conclusions(assessment: Assessment, lang: Lang) -> Iterator[str]:
    """Yield what the forms cannot answer, what checking found, how many faults were known, and the exit code."""
    if assessment.not_covered:
        yield say("summary.not_covered", lang, count=len(assessment.not_covered))
    if assessment.not_checkable:
        yield not_checked(assessment, lang)
    yield from found(assessment, lang)
    rules = assessment.fail_on, assessment.known
    each = (*verdict_faults(assessment.verdicts, *rules), *finding_faults(assessment.findings, *rules))
    faults = [fault for fault in each if fault is not None]
    if assessment.known:
        yield say("summary.known", lang, count=sum(fault.known for fault in faults))
    failing = [kind for kind in FAIL_ON if any(fault.fails and fault.kind == kind for fault in faults)]
    asked = "" if USUALLY_FAILS.issuperset(failing) else "_asked"
    yield say(f"exit.{assessment.exit_code}{asked}", lang, kinds=", ".join(failing))


def not_checked(assessment: Assessment, lang: Lang, *, why: bool = False) -> str:
    """Return which commitments no figures can check, and perhaps why not."""
    narratives = [assessment.plan.indicators[name] for name in assessment.not_checkable]
    named = [
        say("summary.because", lang, label=each.label, why=each.measure.reason)
        if why and isinstance(each.measure, Narrative)
        else each.label.say(lang)
        for each in narratives
    ]
    return say("summary.not_checkable", lang, count=len(named), which=joined(named, lang))


def found(assessment: Assessment, lang: Lang) -> Iterator[str]:
    """Yield how many checks were made, and how many findings there are."""
    run = [each for each in assessment.checks if each.held or each.failed or each.skipped]
    if run:
        failed, skipped = sum(each.failed for each in run), sum(each.skipped for each in run)
        yield say("summary.checks", lang, count=len({each.check for each in run}), failed=failed, skipped=skipped)
    yield finding_counts(assessment.findings, lang)


def finding_counts(findings: Sequence[Finding], lang: Lang) -> str:
    """Return how many findings there are of each grade."""
    parts = [_counted(f"grade.{each}", len(found), lang) for each, found in by_grade(findings).items()]
    counted = say("summary.findings", lang, count=len(findings), parts=_joined(parts, lang))
    return counted if parts else say("summary.no_findings", lang)


def notes(verdicts: Sequence[Verdict], plan: Plan, lang: Lang) -> Iterator[str]:
    """Yield what the tables' signs mean, of those that occur."""
    stepwise = {
        verdict.target.text: verdict.target.operator
        for verdict in verdicts
        if isinstance(plan.indicators[verdict.indicator].measure, Series)
    }
    for text, operator in stepwise.items():
        yield say("note.series", lang, text=text, sign=SIGNS[operator])
    if any(verdict.target.implied for verdict in verdicts):
        yield say("note.implied", lang)
    advisory = {"advisory" in verdict.marks for verdict in verdicts if verdict.level == "unit"}
    if len(advisory) > 1:  # where all of them are, it is said below their table
        yield say("note.some_advisory", lang)
    if any(verdict.provisional for verdict in verdicts):
        yield say("note.provisional", lang)


def _counted(key: str, count: int, lang: Lang) -> str:
    return say("summary.part", lang, word=say(key, lang), count=count)


def _joined(parts: Sequence[str], lang: Lang) -> str:
    return ("，" if lang == "zh" else ", ").join(parts)
