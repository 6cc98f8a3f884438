"""What a school clerk asks first of the own return: can it go in? Then what to mend, then the school's own figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from plancheck.language import Lang, joined, listed
from plancheck.model import Assessment, Change, Finding, Ratio, Readiness, SheetAccount, Verdict
from plancheck.pattern import Pattern
from plancheck.reports.clean import clean_text
from plancheck.reports.figures import exactly, shown, with_unit
from plancheck.reports.findings import Place, place_text
from plancheck.reports.page import Line, Piece, Style, hanging
from plancheck.reports.place import place
from plancheck.reports.remarks import remark_text
from plancheck.reports.symbols import Screen
from plancheck.reports.verdict_tables import Remark
from plancheck.wording import say

_CELL: Final = Pattern(r"([A-Z]+)([0-9]+)")


def readiness_text(readiness: Readiness, lang: Lang) -> str:
    """Return the answer: it can be submitted, or so many places are to be corrected and so many to be explained."""
    parts = [
        say(key, lang, count=count)
        for key, count in (("ready.correct", readiness.correct), ("ready.explain", readiness.explain))
        if count
    ]
    if readiness.empty:
        return joined([say("ready.nothing", lang), *parts], lang)
    text = say("ready.yes", lang) if readiness.ready else listed(parts, lang)
    return text + (say("ready.explained", lang, count=readiness.explained) if readiness.explained else "")


def readiness_lines(readiness: Readiness, screen: Screen, *, next_step: bool) -> Iterator[Line]:
    """Yield the answer, the first line of all, and how to go on: a receipt to send, or a copy to correct and explain in."""
    style: Style = "good" if readiness.ready else "bad"
    text = readiness_text(readiness, screen.lang)
    yield from ((Piece(line, style),) for line in hanging("", text, screen.room, 2))
    if next_step and not readiness.empty:
        text = say("ready.send" if readiness.ready else "ready.mark", screen.lang)
        yield from ((Piece(line, "quiet"),) for line in hanging("", text, screen.room, 2))


def explanation_lines(assessment: Assessment, screen: Screen) -> Iterator[Line]:
    """Yield what schools wrote, for the district to accept, each with its place and whether it still holds."""
    lang, checks = screen.lang, assessment.plan.checks
    yield Piece(say("head.explanations", lang), "strong"), Piece(f" {len(assessment.explanations)}")
    for one in assessment.explanations:
        check = checks[one.check].label.say(lang) if one.check in checks else one.check
        state = say(f"explanation.{one.state}", lang)
        where = place(one.file, one.sheet, one.cell, screen.signs, lang)
        head = f"{where}  {one.unit}  {check}  {state}"
        yield from ((Piece(text, "quiet"),) for text in hanging("  ", head, screen.room, 4))
        yield from ((Piece(text),) for text in hanging("    ", one.text, screen.room, 4))


# ------------------------------------------------------------------------------------------ where it stands


def places(assessment: Assessment, screen: Screen) -> Place:
    """Return what says where a finding stands: with the words over its cell, and without its file where there is but one."""
    path_of = _header_paths(assessment.sheets)

    def where_stands(finding: Finding) -> str:
        alone = finding.sheet and [*assessment.files] == [finding.file]
        at = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
        where, path = clean_text(at) if alone else place_text(finding, screen.signs, screen.lang), path_of(finding)
        return say("finding.under", screen.lang, place=where, path=clean_text(path)) if path else where

    return where_stands


def _header_paths(sheets: Iterable[SheetAccount]) -> Callable[[Finding], str]:
    """Return what finds the words over a finding's cell, or before it in a form with an item a row."""
    over: dict[tuple[str, str, str], list[tuple[int, str]]] = {}
    before: dict[tuple[str, str, int], str] = {}
    for sheet in sheets:
        for at, path, _ in sheet.columns:
            cell = _CELL.fullmatch(at)
            if cell is not None:
                before[sheet.file, sheet.sheet, int(cell[2])] = path
            elif sheet.header is not None:
                over.setdefault((sheet.file, sheet.sheet, at), []).append((sheet.header[1], path))
        for later in sheet.later:
            for letter, path, _ in later.columns:
                over.setdefault((sheet.file, sheet.sheet, letter), []).append((later.header[1], path))

    def path_of(finding: Finding) -> str:
        cell = _CELL.fullmatch(finding.cell)
        if cell is None:
            return ""
        row = int(cell[2])
        heads = [path for last, path in over.get((finding.file, finding.sheet, cell[1]), ()) if last < row]
        return heads[-1] if heads else before.get((finding.file, finding.sheet, row), "")

    return path_of


# ------------------------------------------------------------------------------------------ own figures


def own_remarks(assessment: Assessment, lang: Lang) -> Remark:
    """Return what words the remark under each of a school's own figures: the usual one, the counts, and the cells."""
    named = len({(sheet.file, sheet.sheet) for sheet in assessment.sheets if sheet.form is not None}) > 1

    def remark(verdict: Verdict) -> str:
        usual = remark_text(verdict, assessment.plan, lang)
        return joined((_counts(verdict, assessment, lang), usual, _cells(verdict, lang, named=named)), lang)

    return remark


def _counts(verdict: Verdict, assessment: Assessment, lang: Lang) -> str:
    """Return the two numbers a rate is made of, or the amount of the earlier year that a change is counted from."""
    indicator = assessment.plan.indicators[verdict.indicator]
    numerator, denominator = verdict.numerator, verdict.denominator
    if verdict.value is None or numerator is None or denominator is None:
        return ""
    if verdict.base_year is not None:
        of = indicator.measure.of if isinstance(indicator.measure, Change) else None
        unit = "percent" if isinstance(of, Ratio) else indicator.unit
        before = with_unit(shown(denominator, (numerator,)), unit, lang)
        now = with_unit(shown(numerator, (denominator,)), unit, lang)
        return say("note.from_to", lang, year=str(verdict.base_year), before=before, now=now)
    return f"{exactly(numerator)}/{exactly(denominator)}" if isinstance(indicator.measure, Ratio) else ""


def _cells(verdict: Verdict, lang: Lang, *, named: bool) -> str:
    """Return the cells that a figure comes from, by sheet where there are several."""
    found: dict[str, list[str]] = {}
    for reading in verdict.readings:
        here = found.setdefault(f"{reading.sheet}!" if named else "", [])
        if reading.cell not in here:
            here.append(reading.cell)
    cells = listed((f"{sheet}{listed(each, lang)}" for sheet, each in found.items()), lang)
    return say("note.cells", lang, cells=cells) if cells else ""
