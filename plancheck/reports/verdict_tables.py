"""The tables of verdicts: the district's in the plan's order; groups by indicator; indicators by unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from plancheck.language import Lang
from plancheck.model import Assessment, Plan, Spread, Verdict
from plancheck.reports.figures import (
    NOTHING,
    amount_missing,
    baseline_text,
    coverage_text,
    gap_text,
    number_text,
    numbered,
    own_text,
    status_text,
    target_text,
    value_text,
)
from plancheck.reports.page import HARD_SPACE, Column, Line, Piece, Row, grid, hanging, width, wrap
from plancheck.reports.parts import part_headings
from plancheck.reports.remarks import MOST_HOLDERS, closing_text, remark_text, spread_text
from plancheck.reports.symbols import STYLES, Screen
from plancheck.wording import say

_INDENT = 2
_HELD = 9
_NARROW = 72
_FIGURES = ("column.baseline", "column.value", "column.coverage")
_NAMES = ("column.group", "column.indicator")


def district_table(verdicts: Sequence[Verdict], plan: Plan, screen: Screen) -> Iterator[Line]:
    """Yield the table of the district's verdicts of one period; on a narrow screen names stand above the figures."""
    lang = screen.lang
    if screen.room < _NARROW:
        sections = {heading_text(verdict, plan, lang): [verdict] for verdict in verdicts}
        headings = ("column.baseline", "column.value", "column.gap", "column.coverage")
        yield from _sections(sections, headings, plan, screen, {})
        return
    parts = part_headings((verdict.indicator for verdict in verdicts), plan, lang)
    columns = (
        Column(say("column.no", lang), right=True),
        Column(say("column.indicator", lang), main=True),
        Column(str(plan.baseline_year), right=True),
        Column(say("column.value", lang), right=True),
        Column(say("column.target", lang)),
        Column(say("column.gap", lang)),
        Column(say("column.coverage", lang), right=True),
        Column(say("column.verdict", lang)),
    )
    rows = [_district_row(verdict, plan, screen) for verdict in verdicts]
    table = grid(columns, rows, screen.room)
    yield from table.heading(screen.signs.rule, parts.pop(verdicts[0].indicator, ""))
    for verdict, row in zip(verdicts, rows, strict=True):
        if verdict.indicator in parts:
            yield from table.rule(screen.signs.rule, parts[verdict.indicator])
        yield from table.lines(row)


def _district_row(verdict: Verdict, plan: Plan, screen: Screen) -> Row:
    indicator, lang = plan.indicators[verdict.indicator], screen.lang
    cells = (
        number_text(indicator),
        indicator.label.say(lang),
        baseline_text(indicator, lang),
        value_text(verdict, indicator, lang),
        target_text(verdict.target, lang),
        held(gap_text(verdict, indicator, plan, lang)),
        coverage_text(verdict),
        verdict_text(verdict, screen),
    )
    return Row(cells, STYLES[verdict.status], remark_text(verdict, plan, lang))


def verdict_text(verdict: Verdict, screen: Screen, hide: str = "") -> str:
    """Return a verdict's sign and words."""
    return f"{screen.signs.status[verdict.status]}{HARD_SPACE}{status_text(verdict, screen.lang, hide)}"


def held(text: str) -> str:
    """Return a gap so that no line breaks in 差 12 人, and only before the unit in 差 547.92 元 and 1.10 percentage points."""
    before_the_amount = 0 if text[:1].isdigit() else 1
    return text.replace(" ", HARD_SPACE, -1 if width(text) <= _HELD else before_the_amount)


def group_tables(
    verdicts: Sequence[Verdict], plan: Plan, screen: Screen, spreads: Sequence[Spread] = ()
) -> Iterator[Line]:
    """Yield for each indicator its groups, all in the same columns, and below them how far they lie apart."""
    sections: dict[str, list[Verdict]] = {}
    below: dict[str, str] = {}
    apart = {(spread.indicator, spread.period): spread_text(spread, plan, screen.lang) for spread in spreads}
    for verdict in verdicts:
        section = heading_text(verdict, plan, screen.lang)
        sections.setdefault(section, []).append(verdict)
        if (verdict.indicator, verdict.period) in apart:
            below[section] = apart[verdict.indicator, verdict.period]
    headings = ("column.group", "column.value", "column.gap", "column.coverage")
    yield from _sections(sections, headings, plan, screen, below)
    if any(spread.variation is not None for spread in spreads):
        yield from ((Piece(text, "quiet"),) for text in wrap(say("note.variation", screen.lang), screen.room))


Remark = Callable[[Verdict], str]
"""What is said below a verdict's row."""


def unit_tables(
    verdicts: Sequence[Verdict], plan: Plan, screen: Screen, remark: Remark | None = None
) -> Iterator[Line]:
    """Yield for each unit its indicators, all in the same columns; `remark` in the place of the usual remarks."""
    sections: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        sections.setdefault(f"{verdict.name.say(screen.lang)}  {verdict.unit or ''}", []).append(verdict)
    headings = ("column.indicator", "column.value", "column.target", "column.gap")
    yield from _sections(sections, headings, plan, screen, remark=remark)


def heading_text(verdict: Verdict, plan: Plan, lang: Lang) -> str:
    """Return the number, name and target that stand above figures."""
    return f"{numbered(plan.indicators[verdict.indicator], lang)}  {target_text(verdict.target, lang)}"


def _sections(
    sections: Mapping[str, Sequence[Verdict]],
    headings: Sequence[str],
    plan: Plan,
    screen: Screen,
    below: Mapping[str, str] | None = None,
    remark: Remark | None = None,
) -> Iterator[Line]:
    """Yield verdicts under the heading of their section, and `below` it what is to be said of all of them.

    What is advisory throughout is said once.
    """
    everywhere = all("advisory" in verdict.marks for found in sections.values() for verdict in found)
    hide = "advisory" if everywhere else ""
    rows = {
        section: [
            replace(row, remark=remark(verdict)) if remark is not None else row
            for verdict in found
            for row in (_part_row(verdict, headings, plan, screen, hide),)
        ]
        for section, found in sections.items()
    }
    columns = [
        Column(say(key, screen.lang), right=key in _FIGURES, main=key in _NAMES)
        for key in (*headings, "column.verdict")
    ]
    table = grid(columns, [row for section in rows.values() for row in section], screen.room - _INDENT)
    for line in table.heading(screen.signs.rule):
        yield Piece(" " * _INDENT), *line
    for section, found in rows.items():
        yield from ((Piece(text, "strong"),) for text in hanging("", section, screen.room, _INDENT))
        for row in found:
            for line in table.lines(row):
                yield Piece(" " * _INDENT), *line
        if below is not None and section in below:
            texts = hanging(" " * _INDENT, below[section], screen.room, 2 * _INDENT)
            yield from ((Piece(text, "quiet"),) for text in texts)
    if everywhere:
        yield from ((Piece(text, "quiet"),) for text in wrap(say("note.advisory", screen.lang), screen.room))


def _part_row(verdict: Verdict, headings: Sequence[str], plan: Plan, screen: Screen, hide: str) -> Row:
    indicator, lang = plan.indicators[verdict.indicator], screen.lang
    cells = {
        "column.group": verdict.name.say(lang),
        "column.indicator": numbered(indicator, lang),
        "column.baseline": baseline_text(indicator, lang),
        "column.value": value_text(verdict, indicator, lang),
        "column.target": target_text(verdict.target, lang),
        "column.gap": held(gap_text(verdict, indicator, plan, lang)),
        "column.coverage": coverage_text(verdict),
    }
    remark = remark_text(verdict, plan, lang)
    row = (*(cells[key] for key in headings), verdict_text(verdict, screen, hide))
    return Row(row, STYLES[verdict.status], remark)


def shortfall_lines(verdict: Verdict, assessment: Assessment, screen: Screen, *, all_of_them: bool) -> Iterator[Line]:
    """Yield which units hold the gap of a verdict of the district, the greatest first."""
    plan, lang = assessment.plan, screen.lang
    indicator = plan.indicators[verdict.indicator]
    head = say(
        "shortfall.of",
        lang,
        label=numbered(indicator, lang),
        status=say(f"status.{verdict.status}", lang),
        gap=gap_text(verdict, indicator, plan, lang) or NOTHING,
    )
    yield from ((Piece(text),) for text in hanging("  ", head, screen.room, 4))
    most = len(verdict.shortfalls) if all_of_them else MOST_HOLDERS
    rows = [
        Row(
            (
                lack.name.say(lang),
                amount_missing(lack.people, verdict, indicator, plan, lang),
                own_text(lack, verdict, indicator, lang),
            )
        )
        for lack in verdict.shortfalls[:most]
    ]
    table = grid((Column("", main=True), Column("", right=True), Column("", right=True)), rows, screen.room - 4)
    for row in rows:
        for line in table.lines(row):
            yield Piece("    "), *line
    if len(verdict.shortfalls) > most:
        more = say("shortfall.more", lang, count=len(verdict.shortfalls) - most)
        yield (Piece(f"    {more}", "quiet"),)
    closing = closing_text(verdict, plan, lang)
    if closing:
        yield from ((Piece(text, "quiet"),) for text in hanging("    ", closing, screen.room, 6))
