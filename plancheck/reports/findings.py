"""Findings as lines on a screen: worst first, by file and sheet, each with its place, its words and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from plancheck.codes import CODES, hint, message
from plancheck.language import Lang
from plancheck.model import Finding
from plancheck.pattern import Pattern
from plancheck.reports.clean import clean_text
from plancheck.reports.page import Line, Piece, Style, hanging
from plancheck.reports.place import place
from plancheck.reports.symbols import Screen, Symbols
from plancheck.wording import say

GRADES: Final = ("error", "must", "explain", "warning", "note")
"""From the worst: what could not be read, what must be corrected, what is to be explained, warnings, notes."""

_STYLES: Final[dict[str, Style]] = {
    "error": "bad",
    "must": "bad",
    "explain": "poor",
    "warning": "poor",
    "note": "quiet",
}
Place = Callable[[Finding], str]
"""Says where a finding stands."""
_MOST_OF_A_CODE: Final = 10
_DIGITS: Final = Pattern(r"(\d+)")
_CELL: Final = Pattern(r"([A-Z]*)([0-9]*)")


def grade(finding: Finding) -> str:
    """Return how grave a finding is, one of `GRADES`."""
    code = CODES[finding.code]
    return code.severity if code.kind == "note" else code.kind


def by_grade(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return findings by grade, worst first, each list in the order of files, sheets and cells."""
    sorted_out: dict[str, list[Finding]] = {each: [] for each in GRADES}
    for finding in findings:
        sorted_out[grade(finding)].append(finding)
    return {each: sorted(found, key=_place) for each, found in sorted_out.items() if found}


def _place(finding: Finding) -> tuple[object, ...]:
    """Return a key that puts 表2 before 表10 and B9 before B10."""
    names = (finding.file, finding.sheet)
    numbered = [
        tuple((part.isdigit(), int(part) if part.isdecimal() else 0, part) for part in _DIGITS.split(name))
        for name in names
    ]
    match = _CELL.fullmatch(finding.cell)
    letters, row = (match[1], int(match[2] or 0)) if match else (finding.cell, 0)
    return (*numbered, row, len(letters), letters, finding.code)


def finding_lines(
    findings: Iterable[Finding], screen: Screen, *, all_of_them: bool, place: Place | None = None
) -> Iterator[Line]:
    """Yield findings under a heading for each grade; without `all_of_them`, notes and floods of one code are folded.

    `place` says where each stands, in the place of the usual words.
    """
    lang = screen.lang
    for each, found in by_grade(findings).items():
        if each == "note" and not all_of_them:
            yield (Piece(say("finding.notes", lang, count=len(found)), "quiet"),)
            continue
        yield Piece(say(f"grade.{each}", lang), "strong"), Piece(f" {len(found)}", _STYLES[each])
        listed, more = (found, {}) if all_of_them else folded(found)
        for finding in listed:
            where = place(finding) if place is not None else place_text(finding, screen.signs, lang)
            yield from _one(finding, screen, _STYLES[each], where)
        for code, count in more.items():
            text = say("finding.folded", lang, count=count, code=code, name=CODES[code].name)
            yield (Piece(f"  {text}", "quiet"),)


def folded(found: Sequence[Finding]) -> tuple[Sequence[Finding], dict[str, int]]:
    """Return the first ten findings of each code, and how many more there are of the codes with more."""
    listed: Counter[str] = Counter()
    first = []
    for finding in found:
        listed[finding.code] += 1
        if listed[finding.code] <= _MOST_OF_A_CODE:
            first.append(finding)
    return first, {code: count - _MOST_OF_A_CODE for code, count in listed.items() if count > _MOST_OF_A_CODE}


def _one(finding: Finding, screen: Screen, style: Style, place: str) -> Iterator[Line]:
    room, signs, lang = screen.room, screen.signs, screen.lang
    code = CODES[finding.code]
    head = f"{place}  {code.id} {code.name}" if place else f"{code.id} {code.name}"
    for number, text in enumerate(hanging("  ", head, room, 4)):
        before, mark, after = text.partition(code.id) if number == 0 else (text, "", "")
        yield Piece(before, "quiet"), Piece(mark, style), Piece(after, "quiet")
    yield from ((Piece(text),) for text in hanging("    ", message(finding.code, finding.params, lang), room, 4))
    advice = hint(finding.code, finding.params, lang)
    yield from ((Piece(text, "quiet"),) for text in hanging(f"    {signs.arrow} ", advice, room, 6))


def place_text(finding: Finding, signs: Symbols, lang: Lang) -> str:
    """Return where a finding stands."""
    return clean_text(place(finding.file, finding.sheet, finding.cell, signs, lang))


def plan_lines(findings: Iterable[Finding], lang: Lang) -> Iterator[str]:
    """Yield findings about a plan file as compilers do, `file:line:column: CODE name: message`, each with its cure."""
    for finding in findings:
        place = f"{finding.file}:{finding.cell}" if finding.cell else finding.file
        said = message(finding.code, finding.params, lang)
        yield clean_text(f"{place}: {finding.code} {CODES[finding.code].name}: {said}")
        yield clean_text(f"    {hint(finding.code, finding.params, lang)}")
