"""An assessment as a statistician would print it: the table in the plan's order, a line of summary, the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from plancheck.language import Lang
from plancheck.model import Assessment, Level, Verdict
from plancheck.reports.figures import SIGNS
from plancheck.reports.findings import by_grade, finding_lines
from plancheck.reports.page import Line, Piece, hanging, packed, wrap
from plancheck.reports.rows import account_lines
from plancheck.reports.symbols import STYLES, Screen
from plancheck.reports.verdict_tables import district_table, group_tables, shortfall_lines, unit_tables
from plancheck.wording import say

EMPTY: Line = (Piece(""),)


def render(assessment: Assessment, screen: Screen, verbosity: int = 0) -> Iterator[Line]:
    """Yield the lines of the report. Verbosity below 0 stops after the summary, above 0 folds nothing."""
    yield from _header(assessment, screen)
    for period in assessment.periods:
        if len(assessment.periods) > 1:
            yield EMPTY
            yield (Piece(say("head.years", screen.lang, years=str(period)), "strong"),)
        yield from _tables([verdict for verdict in assessment.verdicts if verdict.period == period], assessment, screen)
    if verbosity >= 0:
        yield from _shortfalls(assessment, screen, all_of_them=verbosity > 0)
    yield EMPTY
    yield from _summary(assessment, screen)
    if verbosity < 0:
        return
    if assessment.findings:
        yield EMPTY
        yield from finding_lines(assessment.findings, screen, all_of_them=verbosity > 0)
    if verbosity > 0:
        yield EMPTY
        yield (Piece(say("head.rows", screen.lang), "strong"),)
        yield from account_lines(assessment.sheets, screen)


def _header(assessment: Assessment, screen: Screen) -> Iterator[Line]:
    plan, lang, roster = assessment.plan, screen.lang, assessment.roster
    for text in hanging("", f"{plan.title.say(lang)}  {plan.document}", screen.room, 2):
        yield (Piece(text, "strong"),)
    known = (
        say("head.years", lang, years=("、" if lang == "zh" else ", ").join(map(str, assessment.periods)) or "-"),
        say("head.returns", lang, count=len(assessment.files)),
        say("head.no_roster", lang)
        if roster is None
        else say("head.roster", lang, file=roster.file, count=len(roster.units)),
        say("head.plan", lang, file=_named(plan.file)),
        *((say("head.as_of", lang, date=assessment.as_of),) if assessment.as_of else ()),
    )
    yield from ((Piece(text, "quiet"),) for text in packed(known, screen.room))


def _named(file: str) -> str:
    """Return a path as it was given, of an absolute one the name: the packaged plan looks the same everywhere."""
    path = PurePath(file)
    return path.name if path.is_absolute() else file


def _tables(verdicts: Sequence[Verdict], assessment: Assessment, screen: Screen) -> Iterator[Line]:
    of = {level: [verdict for verdict in verdicts if verdict.level == level] for level in _LEVELS}
    if of["district"]:
        yield EMPTY
        yield from district_table(of["district"], assessment.plan, screen)
    if of["group"]:
        yield EMPTY
        yield (Piece(say("head.groups", screen.lang), "strong"),)
        yield from group_tables(of["group"], assessment.plan, screen)
    if of["unit"]:
        yield EMPTY
        yield (Piece(say("head.units", screen.lang), "strong"),)
        yield from unit_tables(of["unit"], assessment.plan, screen)
    for note in _notes(verdicts, screen.lang):
        yield from ((Piece(text, "quiet"),) for text in wrap(note, screen.room))


def _notes(verdicts: Sequence[Verdict], lang: Lang) -> Iterator[str]:
    """Yield what the tables' signs mean, of those that occur."""
    stepwise = {verdict.target.text: verdict.target.operator for verdict in verdicts if verdict.target.bound is None}
    for text, operator in stepwise.items():
        yield say("note.series", lang, text=text, sign=SIGNS[operator])
    if any(verdict.target.implied for verdict in verdicts):
        yield say("note.implied", lang)
    if any(verdict.provisional for verdict in verdicts):
        yield say("note.provisional", lang)


_LEVELS: tuple[Level, ...] = ("district", "group", "unit")


def _shortfalls(assessment: Assessment, screen: Screen, *, all_of_them: bool) -> Iterator[Line]:
    missed = [
        verdict
        for verdict in assessment.verdicts
        if verdict.level == "district"
        and verdict.shortfalls
        and (all_of_them or verdict.status in ("not_met", "behind"))
    ]
    if missed:
        yield EMPTY
        yield (Piece(say("head.shortfalls", screen.lang), "strong"),)
    for verdict in missed:
        yield from shortfall_lines(verdict, assessment, screen, all_of_them=all_of_them)


def _summary(assessment: Assessment, screen: Screen) -> Iterator[Line]:
    lang = screen.lang
    for level, key in zip(_LEVELS, ("summary.indicators", "summary.groups", "summary.units"), strict=True):
        verdicts = [verdict for verdict in assessment.verdicts if verdict.level == level]
        if verdicts:
            yield from _counted(verdicts, key, screen)
    grades = by_grade(assessment.findings)
    parts = [
        say("summary.part", lang, word=say(f"grade.{each}", lang), count=len(found)) for each, found in grades.items()
    ]
    counted = say("summary.findings", lang, count=len(assessment.findings), parts=_joined(parts, screen))
    yield from _plain(counted if parts else say("summary.no_findings", lang), screen)
    yield from _plain(say(f"exit.{assessment.exit_code}", lang), screen)


def _counted(verdicts: Sequence[Verdict], key: str, screen: Screen) -> Iterator[Line]:
    lang = screen.lang
    counts = Counter(verdict.status for verdict in verdicts)
    parts = [
        say("summary.part", lang, word=say(f"status.{each}", lang), count=counts[each])
        for each in STYLES
        if counts[each]
    ]
    provisional = sum(verdict.provisional for verdict in verdicts)
    text = say(key, lang, count=len(verdicts), parts=_joined(parts, screen))
    text += say("summary.provisional", lang, count=provisional) if provisional else ""
    yield from ((Piece(line, "strong"),) for line in hanging("", text, screen.room, 2))


def _joined(parts: Sequence[str], screen: Screen) -> str:
    return ("，" if screen.lang == "zh" else ", ").join(parts)


def _plain(text: str, screen: Screen) -> Iterator[Line]:
    yield from ((Piece(line),) for line in hanging("", text, screen.room, 2))
