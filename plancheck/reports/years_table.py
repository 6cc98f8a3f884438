"""The monitoring table (主要指标监测表): an indicator a row in the plan's order, its years side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from plancheck.language import Lang, joined
from plancheck.model import Assessment, Indicator, Milestone, Verdict
from plancheck.quantity import UNITS
from plancheck.reports.figures import (
    NOTHING,
    coverage_text,
    exactly,
    gap_text,
    number_text,
    shown,
    target_text,
    value_number,
)
from plancheck.reports.page import HARD_SPACE, Column, Line, Piece, Row, grid, hanging
from plancheck.reports.parts import part_headings
from plancheck.reports.remarks import (
    open_text,
    other_parts_text,
    path_text,
    reason_text,
    rounded_text,
    waiver_text,
)
from plancheck.reports.summary import baseline_heading
from plancheck.reports.symbols import STYLES, Screen
from plancheck.reports.verdict_tables import heading_text, held, verdict_text
from plancheck.wording import say

_WIDE: Final = 100
_A_YEAR: Final = 10
"""Cells that names and targets beside the figures need: so many, and so many more for each year."""
_INDENT: Final = 2
_BESIDE: Final = 4
"""Years that leave room on a narrow screen for baseline, gap and coverage beside them."""

_ON_A_WIDE_SCREEN: Final = (
    "no", "indicator", "baseline", "years", "target", "path", "gap", "fraction", "coverage", "verdict",
)  # fmt: skip
_ON_A_NARROW_ONE: Final = ("baseline", "years", "gap", "coverage", "verdict")
_OF_MANY_YEARS: Final = ("years", "verdict")
"""The columns; on a narrow screen the name stands above the figures, and what has no column below them."""

Layout = tuple[str, ...]
ByYear = Mapping[int, Verdict]


def years_table(verdicts: Sequence[Verdict], assessment: Assessment, screen: Screen) -> Iterator[Line]:
    """Yield the district's verdicts of several years; where the screen is too narrow, names stand above the figures."""
    plan = assessment.plan
    found: dict[str, dict[int, Verdict]] = {}
    for verdict in verdicts:
        found.setdefault(verdict.indicator, {})[verdict.period] = verdict
    layout = _layout(assessment, screen)
    rows = {name: _row(by_year, assessment, screen, layout) for name, by_year in found.items()}
    indent = 0 if layout == _ON_A_WIDE_SCREEN else _INDENT
    table = grid(_columns(assessment, screen, layout), rows.values(), screen.room - indent)
    parts = part_headings(rows, plan, screen.lang)
    yield from _indented(table.heading(screen.signs.rule, parts.pop(verdicts[0].indicator, "")), indent)
    for name, row in rows.items():
        if name in parts:
            yield from _indented(table.rule(screen.signs.rule, parts[name]), indent)
        if "indicator" not in layout:
            yield from _name_lines(found[name], plan.indicators[name], assessment, screen)
        yield from _indented(table.lines(row), indent)


def _layout(assessment: Assessment, screen: Screen) -> Layout:
    years = len(assessment.periods)
    if screen.room >= _WIDE + _A_YEAR * years:
        return _ON_A_WIDE_SCREEN
    return _ON_A_NARROW_ONE if years <= _BESIDE else _OF_MANY_YEARS


def _indented(lines: Iterable[Line], indent: int) -> Iterator[Line]:
    for line in lines:
        yield (Piece(" " * indent), *line) if indent else line


def _name_lines(by_year: ByYear, indicator: Indicator, assessment: Assessment, screen: Screen) -> Iterator[Line]:
    """Yield the indicator's name and target, to stand above its figures."""
    text = heading_text(by_year[max(by_year)], assessment.plan, screen.lang) + _unit(indicator, screen.lang)
    yield from ((Piece(line, "strong"),) for line in hanging("", text, screen.room, 2))


def _columns(assessment: Assessment, screen: Screen, layout: Layout) -> tuple[Column, ...]:
    lang = screen.lang
    start = baseline_heading(assessment, lang) if "no" in layout else say("years.base", lang)
    columns = {
        "no": (Column(say("column.no", lang), right=True),),
        "indicator": (Column(say("column.indicator", lang), main=True),),
        "baseline": (Column(start, right=True),),
        "years": tuple(Column(str(year), right=True, whole=True) for year in assessment.periods),
        "target": (Column(say("column.target", lang)),),
        "path": (Column(say("page.path", lang), right=True),),
        "gap": (Column(say("column.gap", lang)),),
        "fraction": (Column(say("page.fraction", lang), right=True),),
        "coverage": (Column(say("column.coverage", lang), right=True),),
        "verdict": (Column(say("column.verdict", lang)),),
    }
    return tuple(column for key in layout for column in columns[key])


def _row(by_year: ByYear, assessment: Assessment, screen: Screen, layout: Layout) -> Row:
    lang = screen.lang
    last = by_year[max(by_year)]
    indicator = assessment.plan.indicators[last.indicator]
    on_path = last.progress in ("on_track", "behind") and last.required is not None
    known = last.numerator is not None and last.denominator is not None
    cells = {
        "no": (number_text(indicator),),
        "indicator": (indicator.label.say(lang) + _unit(indicator, lang),),
        "baseline": (NOTHING if indicator.baseline is None else exactly(indicator.baseline),),
        "years": tuple(_year(by_year.get(year), screen) for year in assessment.periods),
        "target": (target_text(last.target, lang),),
        "path": (shown(last.required or 0, (last.value,)) if on_path else "",),
        "gap": (held(gap_text(last, indicator, assessment.plan, lang)),),
        "fraction": (f"{shown(last.numerator or 0)}/{shown(last.denominator or 0)}" if known else NOTHING,),
        "coverage": (coverage_text(last),),
        "verdict": (verdict_text(last, screen),),
    }
    remarks = (
        *("" if key in layout else _said(key, cells[key][0], lang) for key in ("baseline", "gap", "coverage")),
        reason_text(last, lang),
        "" if "path" in layout else path_text(last, indicator, lang),
        open_text(last, indicator, lang),
        rounded_text(last, indicator, lang),
        waiver_text(last, lang),
        other_parts_text(by_year, lang),
    )
    return Row(tuple(cell for key in layout for cell in cells[key]), STYLES[last.status], joined(remarks, lang))


def _said(key: str, cell: str, lang: Lang) -> str:
    """Return what has no column on this screen, in words."""
    return "" if cell in ("", NOTHING) else say(f"beside.{key}", lang, said=cell)


def _unit(indicator: Indicator, lang: Lang) -> str:
    """Return the unit of measure, said once behind the name instead of in each figure; a milestone has no figures."""
    word = "" if isinstance(indicator.measure, Milestone) else UNITS[indicator.unit].label.say(lang)
    return say("years.unit", lang, unit=word) if word else ""


def _year(verdict: Verdict | None, screen: Screen) -> str:
    if verdict is None:
        return NOTHING
    share = "%" if verdict.tally else ""  # of the units that meet it, whatever the indicator counts
    return f"{screen.signs.status[verdict.status]}{HARD_SPACE}{value_number(verdict) or NOTHING}{share}"
