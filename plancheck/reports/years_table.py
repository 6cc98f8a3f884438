"""The monitoring table (主要指标监测表): an indicator a row in the plan's order, its years side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from plancheck.language import Lang, Text
from plancheck.model import Assessment, Indicator, Milestone, Verdict
from plancheck.quantity import UNITS
from plancheck.reports.figures import (
    NOTHING,
    coverage_text,
    exactly,
    gap_text,
    shown,
    target_text,
    value_number,
)
from plancheck.reports.page import HARD_SPACE, Column, Line, Piece, Row, grid, hanging
from plancheck.reports.parts import part_headings
from plancheck.reports.remarks import joined, open_text, path_text, reason_text, rounded_text, waiver_text
from plancheck.reports.summary import baseline_heading
from plancheck.reports.symbols import STYLES, Screen
from plancheck.reports.verdict_tables import heading_text, held, verdict_text
from plancheck.wording import say

_WIDE: Final = 100
_A_YEAR: Final = 10
"""Cells that names and targets beside the figures need: so many, and so many more for each year."""
_INDENT: Final = 2

ByYear = Mapping[int, Verdict]


def years_table(verdicts: Sequence[Verdict], assessment: Assessment, screen: Screen) -> Iterator[Line]:
    """Yield the district's verdicts of several years; where the screen is too narrow, names stand above the figures."""
    plan = assessment.plan
    found: dict[str, dict[int, Verdict]] = {}
    for verdict in verdicts:
        found.setdefault(verdict.indicator, {})[verdict.period] = verdict
    wide = screen.room >= _WIDE + _A_YEAR * len(assessment.periods)
    rows = {
        name: _row(by_year, plan.indicators[name], assessment, screen, wide=wide) for name, by_year in found.items()
    }
    indent = 0 if wide else _INDENT
    table = grid(_columns(assessment, screen, wide=wide), rows.values(), screen.room - indent)
    parts = part_headings(rows, plan, screen.lang)
    yield from _indented(table.heading(screen.signs.rule, parts.pop(verdicts[0].indicator, "")), indent)
    for name, row in rows.items():
        if name in parts:
            yield from _indented(table.rule(screen.signs.rule, parts[name]), indent)
        if not wide:
            yield from _name_lines(found[name], plan.indicators[name], assessment, screen)
        yield from _indented(table.lines(row), indent)


def _indented(lines: Iterable[Line], indent: int) -> Iterator[Line]:
    for line in lines:
        yield (Piece(" " * indent), *line) if indent else line


def _name_lines(by_year: ByYear, indicator: Indicator, assessment: Assessment, screen: Screen) -> Iterator[Line]:
    """Yield the indicator's name and target, to stand above its figures."""
    text = heading_text(by_year[max(by_year)], assessment.plan, screen.lang) + _unit(indicator, screen.lang)
    yield from ((Piece(line, "strong"),) for line in hanging("", text, screen.room, 2))


def _columns(assessment: Assessment, screen: Screen, *, wide: bool) -> tuple[Column, ...]:
    lang = screen.lang
    names = (Column(say("column.no", lang), right=True), Column(say("column.indicator", lang), main=True))
    return (
        *(names if wide else ()),
        Column(baseline_heading(assessment, lang) if wide else say("years.base", lang), right=True),
        *(Column(str(year), right=True, whole=True) for year in assessment.periods),
        *((Column(say("column.target", lang)),) if wide else ()),
        *((Column(say("page.path", lang), right=True),) if wide else ()),
        Column(say("column.gap", lang)),
        *((Column(say("page.fraction", lang), right=True),) if wide else ()),
        Column(say("column.coverage", lang), right=True),
        Column(say("column.verdict", lang)),
    )


def _row(by_year: ByYear, indicator: Indicator, assessment: Assessment, screen: Screen, *, wide: bool) -> Row:
    lang = screen.lang
    last = by_year[max(by_year)]
    on_path = last.progress in ("on_track", "behind") and last.required is not None
    path = shown(last.required, (last.value,)) if on_path and last.required is not None else ""
    names = ("" if indicator.no is None else str(indicator.no), indicator.label.say(lang) + _unit(indicator, lang))
    fraction = NOTHING
    if last.numerator is not None and last.denominator is not None:
        fraction = f"{shown(last.numerator)}/{shown(last.denominator)}"
    remarks = [reason_text(last, lang), open_text(last, indicator, lang), rounded_text(last, indicator, lang)]
    remarks += [waiver_text(last, lang), _other_parts(by_year, last, lang)]
    if not wide:
        remarks.insert(1, path_text(last, indicator, lang))
    return Row(
        (
            *(names if wide else ()),
            NOTHING if indicator.baseline is None else exactly(indicator.baseline),
            *(_year(by_year.get(year), screen) for year in assessment.periods),
            *((target_text(last.target, lang),) if wide else ()),
            *((path,) if wide else ()),
            held(gap_text(last, indicator, assessment.plan, lang)),
            *((fraction,) if wide else ()),
            coverage_text(last),
            verdict_text(last, screen),
        ),
        STYLES[last.status],
        joined(remarks, lang),
    )


def _other_parts(by_year: ByYear, last: Verdict, lang: Lang) -> str:
    """Return of which parts of a series the earlier values are, where they are not of the last one's."""
    years: dict[str, list[str]] = {}
    for year, verdict in sorted(by_year.items()):
        part = verdict.of_part
        if part is not None and part != last.of_part:
            years.setdefault(part.say(lang) if isinstance(part, Text) else str(part), []).append(str(year))
    comma = "、" if lang == "zh" else ", "
    said = (say("years.of_part", lang, years=comma.join(each), part=part) for part, each in years.items())
    return joined([*said], lang)


def _unit(indicator: Indicator, lang: Lang) -> str:
    """Return the unit of measure, said once behind the name instead of in each figure; a milestone has no figures."""
    word = "" if isinstance(indicator.measure, Milestone) else UNITS[indicator.unit].label.say(lang)
    return say("years.unit", lang, unit=word) if word else ""


def _year(verdict: Verdict | None, screen: Screen) -> str:
    if verdict is None:
        return NOTHING
    share = "%" if verdict.tally else ""  # of the units that meet it, whatever the indicator counts
    return f"{screen.signs.status[verdict.status]}{HARD_SPACE}{value_number(verdict) or NOTHING}{share}"
