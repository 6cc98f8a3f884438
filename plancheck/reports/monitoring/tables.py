"""The tables of the monitoring report: the plan's numbered indicators, its other commitments, its projects."""

from __future__ import annotations

from collections.abc import Sequence

from plancheck.model import Milestone, Verdict
from plancheck.reports.drawings import seats_of
from plancheck.reports.figures import (
    baseline_text,
    coverage_text,
    due_text,
    gap_text,
    shown,
    status_text,
    target_text,
    value_text,
    with_unit,
)
from plancheck.reports.monitoring.matter import Matter
from plancheck.reports.monitoring.pen import Col, Pen, Tinted
from plancheck.reports.monitoring.pictures import bars_caption, bars_picture
from plancheck.reports.remarks import remark_text, year_text
from plancheck.reports.summary import baseline_heading, notes
from plancheck.reports.symbols import TINTS, UNICODE

_ROOM = 25.3
"""Centimetres between the margins of a lying page."""
_FIXED = 12.9
"""What all columns of the main table but label, years and remark take."""
_YEAR = 1.45
"""What a year takes: 102.09% in one line."""


def write_main_table(pen: Pen, matter: Matter) -> None:
    """Write the main table on lying pages, in the plan's order and numbering."""
    headline = matter.headline()
    pen.turn(landscape=True)
    pen.chapter(matter.say("docx.table"))
    pen.table(_columns(matter), [_row(each, matter) for each in headline], size=8)
    for note in notes(headline, matter.assessment.plan, matter.lang):
        pen.say(note, quiet=True)
    if len(matter.assessment.periods) > 1:
        _write_heat(pen, matter)
    pen.turn(landscape=False)


def _columns(matter: Matter) -> list[Col]:
    """Return the columns; together they are as wide as the page, however many years there are."""
    years = matter.assessment.periods
    wide = min(_YEAR, (_ROOM - _FIXED - 5) / max(len(years), 1))
    rest = _ROOM - _FIXED - wide * len(years)
    return [
        Col(matter.say("column.no"), 0.9, right=True),
        Col(matter.say("column.indicator"), rest * 0.62),
        Col(baseline_heading(matter.assessment, matter.lang), 1.4, right=True),
        *(Col(str(year), wide, right=True) for year in years),
        Col(matter.say("column.target"), 1.7),
        Col(matter.say("page.path"), 1.4, right=True),
        Col(matter.say("column.gap"), 1.8),
        Col(matter.say("page.fraction"), 2.7, right=True),
        Col(matter.say("column.coverage"), 1.3, right=True),
        Col(matter.say("column.verdict"), 1.7),
        Col(matter.say("column.remark"), rest * 0.38),
    ]


def _row(verdict: Verdict, matter: Matter) -> tuple[str, ...]:
    indicator, plan, lang = matter.of(verdict), matter.assessment.plan, matter.lang
    by_year = matter.years[verdict.indicator]
    fraction = ""
    if verdict.numerator is not None and verdict.denominator is not None:
        fraction = f"{shown(verdict.numerator)}/{shown(verdict.denominator)}"
    return (
        str(indicator.no),
        indicator.label.say(lang),
        baseline_text(indicator, lang),
        *(
            year_text(by_year[year], by_year, indicator, lang) if year in by_year else "-"
            for year in matter.assessment.periods
        ),
        target_text(verdict.target, lang),
        "" if verdict.required is None else with_unit(shown(verdict.required, (verdict.value,)), indicator.unit, lang),
        gap_text(verdict, indicator, plan, lang),
        fraction,
        coverage_text(verdict),
        _status(verdict, matter),
        remark_text(verdict, plan, lang),
    )


def _write_heat(pen: Pen, matter: Matter) -> None:
    """Write indicators down and years across: the sign, the word and the colour of each verdict."""
    pen.new_page()
    years = matter.assessment.periods
    wide = min(3.2, (_ROOM - 6) / len(years))
    columns = [
        Col(matter.say("column.indicator"), _ROOM - wide * len(years)),
        *(Col(str(year), wide) for year in years),
    ]
    pen.heading(matter.say("docx.heat"), 2)
    pen.table(
        columns,
        [
            (matter.label(each), *(_tinted(matter.years[each.indicator].get(year), matter) for year in years))
            for each in matter.headline()
        ],
        size=8,
    )


def _tinted(verdict: Verdict | None, matter: Matter) -> str | Tinted:
    return "-" if verdict is None else Tinted(_status(verdict, matter), TINTS[verdict.status])


def _status(verdict: Verdict, matter: Matter) -> str:
    return f"{UNICODE.status[verdict.status]} {status_text(verdict, matter.lang)}"


def write_commitments(pen: Pen, matter: Matter) -> None:
    """Write the commitments of the plan's text, under the parts of the document."""
    others = matter.others()
    if not others:
        return
    pen.chapter(matter.say("docx.commitments"))
    groups: dict[str, list[Verdict]] = {}
    for verdict in others:
        groups.setdefault(matter.of(verdict).group, []).append(verdict)
    for group, verdicts in groups.items():
        known = matter.assessment.plan.groups.get(group)
        if known is not None:
            pen.heading(known.label.say(matter.lang), 2)
        pen.table(_short_columns(matter), [_short_row(each, matter) for each in verdicts])


def _short_columns(matter: Matter) -> list[Col]:
    return [
        Col(matter.say("column.indicator"), 5.6),
        Col(matter.say("column.target"), 2.6),
        Col(matter.say("column.value"), 2.4, right=True),
        Col(matter.say("column.verdict"), 2.2),
        Col(matter.say("column.remark"), 3.8),
    ]


def _short_row(verdict: Verdict, matter: Matter) -> tuple[str, ...]:
    indicator, lang = matter.of(verdict), matter.lang
    return (
        indicator.label.say(lang),
        target_text(verdict.target, lang),
        value_text(verdict, indicator, lang),
        _status(verdict, matter),
        remark_text(verdict, matter.assessment.plan, lang),
    )


def write_projects(pen: Pen, matter: Matter) -> None:
    """Write the facility projects with their seats, then the deliverables and key projects."""
    projects: list[Verdict] = []
    deliverables: list[Verdict] = []
    for verdict in matter.milestones():
        measure = matter.of(verdict).measure
        planned = isinstance(measure, Milestone) and measure.planned is not None
        (projects if planned else deliverables).append(verdict)
    if projects:
        pen.chapter(matter.say("docx.projects"))
        bars = seats_of(matter.assessment, projects, matter.lang)
        pen.picture(bars_picture(bars), 14, bars_caption(matter.say("page.seats"), bars))
        _milestones(pen, matter, projects, seats=True)
    if deliverables:
        pen.chapter(matter.say("docx.deliverables"))
        _milestones(pen, matter, deliverables, seats=False)


def _milestones(pen: Pen, matter: Matter, verdicts: Sequence[Verdict], *, seats: bool) -> None:
    columns = [
        Col(matter.say("column.label"), 6.4 if seats else 8.4),
        Col(matter.say("column.due"), 2.6),
        *([Col(matter.say("docx.seats"), 2.2, right=True)] if seats else []),
        Col(matter.say("column.verdict"), 2.2),
        Col(matter.say("column.remark"), 3.2),
    ]
    pen.table(columns, [_milestone(each, matter, seats=seats) for each in verdicts])


def _milestone(verdict: Verdict, matter: Matter, *, seats: bool) -> tuple[str, ...]:
    indicator, plan, lang = matter.of(verdict), matter.assessment.plan, matter.lang
    amounts = ("", "")
    if verdict.numerator is not None and verdict.denominator is not None:
        amounts = shown(verdict.numerator), shown(verdict.denominator)
    return (
        indicator.label.say(lang),
        due_text(indicator, plan, lang),
        *(("/".join(amounts) if amounts[1] else "-",) if seats else ()),
        _status(verdict, matter),
        remark_text(verdict, plan, lang),
    )
