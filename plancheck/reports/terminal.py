"""An assessment as a statistician would print it: the table in the plan's order, a line of summary, the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from plancheck.language import Lang
from plancheck.model import Assessment, Verdict
from plancheck.reports.clerk import explanation_lines, own_remarks, places, readiness_lines
from plancheck.reports.findings import finding_lines
from plancheck.reports.other_readings import other_reading_lines
from plancheck.reports.page import Line, Piece, hanging, packed, plain_text, wrap
from plancheck.reports.rows import account_lines
from plancheck.reports.summary import LEVELS, conclusions, notes, sources, title, verdict_counts
from plancheck.reports.symbols import UNICODE, Screen
from plancheck.reports.verdict_tables import district_table, group_tables, shortfall_lines, unit_tables
from plancheck.reports.years_table import years_table
from plancheck.wording import say

EMPTY: Line = (Piece(""),)
_FILE_ROOM: Final = 100


def render(assessment: Assessment, screen: Screen, verbosity: int = 0, *, rulings: bool = False) -> Iterator[Line]:
    """Yield the lines of the report. Verbosity below 0 stops after the summary, above 0 folds nothing.

    `rulings` adds what another reading of the plan would change.
    """
    if assessment.readiness is not None:
        yield from readiness_lines(assessment.readiness, screen, next_step=verbosity >= 0)
        yield EMPTY
    yield from _header(assessment, screen)
    if assessment.readiness is not None:
        yield from _findings(assessment, screen, verbosity)
        yield from _of_clerk(assessment, screen) if verbosity >= 0 else ()
    if len(assessment.periods) > 1:
        yield from _monitoring(assessment, screen)
    for period in assessment.periods:
        yield from _tables(_of_period(assessment, period), assessment, screen)
    if verbosity >= 0:
        yield from _shortfalls(assessment, screen, all_of_them=verbosity > 0)
    if rulings:
        yield EMPTY
        yield from other_reading_lines(assessment, screen)
    yield EMPTY
    yield from _summary(assessment, screen)
    if verbosity < 0:
        return
    if assessment.readiness is None:
        yield from _findings(assessment, screen, verbosity)
    if verbosity > 0 and assessment.sheets and assessment.readiness is None:
        yield EMPTY
        yield (Piece(say("head.rows", screen.lang), "strong"),)
        yield from account_lines(assessment.sheets, screen)


def _findings(assessment: Assessment, screen: Screen, verbosity: int) -> Iterator[Line]:
    """Yield what was found and what schools say to it, unless only verdicts are asked for."""
    if verbosity >= 0 and assessment.findings:
        yield EMPTY
        mine = assessment.readiness
        place = places(assessment, screen) if mine is not None else None
        every = verbosity > 0 or (mine is not None and mine.empty)
        yield from finding_lines(assessment.findings, screen, all_of_them=every, place=place)
    if verbosity >= 0 and assessment.explanations:
        yield EMPTY
        yield from explanation_lines(assessment, screen)


def _of_clerk(assessment: Assessment, screen: Screen) -> Iterator[Line]:
    """Yield what became of the rows, which a clerk is told whether asked for or not."""
    if not assessment.sheets:
        return
    yield EMPTY
    yield (Piece(say("head.rows", screen.lang), "strong"),)
    yield from account_lines(assessment.sheets, screen)


def plain(assessment: Assessment, lang: Lang) -> Iterator[str]:
    """Yield the whole report as text for a file: nothing folded, as wide and with the same signs on every machine."""
    for line in render(assessment, Screen(_FILE_ROOM, UNICODE, lang), 1):
        yield plain_text(line) + "\n"


def _header(assessment: Assessment, screen: Screen) -> Iterator[Line]:
    for text in hanging("", title(assessment, screen.lang), screen.room, 2):
        yield (Piece(text, "strong"),)
    yield from ((Piece(text, "quiet"),) for text in packed(sources(assessment, screen.lang), screen.room))


def _monitoring(assessment: Assessment, screen: Screen) -> Iterator[Line]:
    """Yield the district's verdicts of all years in one table."""
    district = [verdict for verdict in assessment.verdicts if verdict.level == "district"]
    if district:
        yield EMPTY
        yield from years_table(district, assessment, screen)
        for note in notes(district, assessment.plan, screen.lang):
            yield from ((Piece(text, "quiet"),) for text in wrap(note, screen.room))


def _of_period(assessment: Assessment, period: int) -> list[Verdict]:
    """Return the verdicts of a year; of several years the district's stand in a table of their own."""
    several = len(assessment.periods) > 1
    return [
        verdict
        for verdict in assessment.verdicts
        if verdict.period == period and not (several and verdict.level == "district")
    ]


def _tables(verdicts: Sequence[Verdict], assessment: Assessment, screen: Screen) -> Iterator[Line]:
    spreads = [spread for spread in assessment.spreads if any(spread.period == each.period for each in verdicts[:1])]
    of = {level: [verdict for verdict in verdicts if verdict.level == level] for level in LEVELS}
    if verdicts and len(assessment.periods) > 1:
        yield EMPTY
        yield (Piece(say("head.years", screen.lang, years=str(verdicts[0].period)), "strong"),)
    if of["district"]:
        yield EMPTY
        yield from district_table(of["district"], assessment.plan, screen)
    if of["group"]:
        yield EMPTY
        yield (Piece(say("head.groups", screen.lang), "strong"),)
        yield from group_tables(of["group"], assessment.plan, screen, spreads)
    if of["unit"]:
        yield EMPTY
        yield (Piece(say("head.units", screen.lang), "strong"),)
        own = own_remarks(assessment, screen.lang) if assessment.readiness is not None else None
        yield from unit_tables(of["unit"], assessment.plan, screen, own)
    for note in notes(verdicts, assessment.plan, screen.lang):
        yield from ((Piece(text, "quiet"),) for text in wrap(note, screen.room))


def _shortfalls(assessment: Assessment, screen: Screen, *, all_of_them: bool) -> Iterator[Line]:
    last = assessment.last_period
    missed = [
        verdict
        for verdict in assessment.verdicts
        if verdict.level == "district"
        and verdict.shortfalls
        and (all_of_them or verdict.period == last)
        and (all_of_them or verdict.status in ("not_met", "behind"))
    ]
    if missed:
        yield EMPTY
        yield (Piece(say("head.shortfalls", screen.lang), "strong"),)
    for verdict in missed:
        yield from shortfall_lines(verdict, assessment, screen, all_of_them=all_of_them)


def _summary(assessment: Assessment, screen: Screen) -> Iterator[Line]:
    for text in verdict_counts(assessment, screen.lang):
        yield from ((Piece(line, "strong"),) for line in hanging("", text, screen.room, 2))
    for text in conclusions(assessment, screen.lang):
        yield from ((Piece(line),) for line in hanging("", text, screen.room, 2))
