"""The indicators one by one, what is to be remarked on them, and the problems that remain."""

from __future__ import annotations

from collections.abc import Sequence

from plancheck.language import listed
from plancheck.model import Verdict
from plancheck.reports.drawings import dots_of, trend_of
from plancheck.reports.figures import (
    amount_missing,
    coverage_text,
    gap_text,
    own_text,
    status_text,
    value_text,
)
from plancheck.reports.findings import by_grade
from plancheck.reports.monitoring.matter import Matter, finding_text, in_short
from plancheck.reports.monitoring.pen import Col, Pen
from plancheck.reports.monitoring.pictures import dots_picture, trend_picture
from plancheck.reports.other_readings import reading_text
from plancheck.reports.remarks import closing_text, spread_text
from plancheck.reports.symbols import UNICODE

_MOST_HOLDERS = 10
_LONGEST_LIST = 40
"""Characters of names that stand in one cell."""


def write_one_by_one(pen: Pen, matter: Matter) -> None:
    """Write on each numbered indicator: the sentence, the way to its target, its units, who holds the gap."""
    pen.chapter(matter.say("docx.one_by_one"))
    for verdict in matter.headline():
        pen.heading(matter.label(verdict), 2)
        pen.say(in_short(verdict, matter))
        _pictures(pen, verdict, matter)
        _groups(pen, verdict, matter)
        _holders(pen, verdict, matter)


def _pictures(pen: Pen, verdict: Verdict, matter: Matter) -> None:
    indicator = matter.of(verdict)
    drawn = trend_of(matter.years[verdict.indicator], indicator, matter.assessment, matter.lang)
    if drawn is not None and len(drawn.points) > 1:
        pen.picture(trend_picture(drawn), 13, f"{drawn.title}　{matter.say('page.trend')}")
    units = [each for each in _of_level("unit", verdict, matter) if each.value is not None]
    field = dots_of(units, verdict, indicator, matter.lang)
    if field is not None:
        pen.picture(dots_picture(field), 13, f"{field.title}　{matter.say('page.dots')}")


def _of_level(level: str, verdict: Verdict, matter: Matter) -> list[Verdict]:
    return [
        each
        for each in (*matter.assessment.verdicts, *matter.assessment.matrix)
        if each.level == level and each.indicator == verdict.indicator and each.period == verdict.period
    ]


def _groups(pen: Pen, verdict: Verdict, matter: Matter) -> None:
    """Write the groups (stages, types of school, zones), a table for each attribute, and how far they lie apart."""
    tables: dict[str, dict[str, Verdict]] = {}
    for group in _of_level("group", verdict, matter):
        tables.setdefault(group.by, {})[group.unit or ""] = group
    for by, groups in tables.items():
        if len(groups) > 1:  # a single group is the whole again
            _group_table(pen, by, list(groups.values()), matter)
    for spread in matter.assessment.spreads:
        if (spread.indicator, spread.period) == (verdict.indicator, verdict.period):
            pen.say(spread_text(spread, matter.assessment.plan, matter.lang), quiet=True)


def _group_table(pen: Pen, by: str, groups: Sequence[Verdict], matter: Matter) -> None:
    plan, lang = matter.assessment.plan, matter.lang
    known = plan.elements.get(by)
    indicator = matter.of(groups[0])
    columns = [
        Col(matter.say("column.group") if known is None else known.label.say(lang), 5),
        Col(matter.say("column.value"), 2.8, right=True),
        Col(matter.say("column.gap"), 2.8, right=True),
        Col(matter.say("column.coverage"), 2, right=True),
        Col(matter.say("column.verdict"), 3.4),
    ]
    rows = [
        (
            each.name.say(lang),
            value_text(each, indicator, lang),
            gap_text(each, indicator, plan, lang),
            coverage_text(each),
            f"{UNICODE.status[each.status]} {status_text(each, lang, 'advisory')}",
        )
        for each in groups
    ]
    pen.table(columns, rows, size=8)


def _holders(pen: Pen, verdict: Verdict, matter: Matter) -> None:
    if not verdict.shortfalls:
        return
    indicator, plan, lang = matter.of(verdict), matter.assessment.plan, matter.lang
    columns = [
        Col(matter.say("head.shortfalls"), 8),
        Col(matter.say("column.gap"), 3.5, right=True),
        Col(matter.say("column.value"), 3.5, right=True),
    ]
    rows = [
        (
            lack.name.say(lang),
            amount_missing(lack.people, verdict, indicator, plan, lang),
            own_text(lack, verdict, indicator, lang),
        )
        for lack in verdict.shortfalls[:_MOST_HOLDERS]
    ]
    pen.table(columns, rows)
    if len(verdict.shortfalls) > _MOST_HOLDERS:
        pen.say(matter.say("shortfall.more", count=len(verdict.shortfalls) - _MOST_HOLDERS), quiet=True)
    if closing := closing_text(verdict, plan, lang):
        pen.say(closing, quiet=True)


def remarks(pen: Pen, matter: Matter) -> None:
    """Write what another reading or rounding would have changed, and how the plan's contradictions were decided."""
    pen.chapter(matter.say("docx.remarks"))
    other = [(each, reading) for each in matter.latest for reading in each.otherwise if reading.outcome != each.outcome]
    if other:
        pen.heading(matter.say("docx.otherwise"), 2)
        pen.items(
            matter.say(
                "docx.other_reading",
                label=matter.label(verdict),
                value=value_text(verdict, matter.of(verdict), matter.lang),
                outcome=matter.say(f"status.{verdict.outcome}"),
                reading=reading_text(reading, matter.of(verdict), matter.lang),
                other=matter.say(f"status.{reading.outcome}"),
            )
            for verdict, reading in other
        )
    if matter.assessment.plan.rulings:
        _rulings(pen, matter)


def _rulings(pen: Pen, matter: Matter) -> None:
    plan, lang = matter.assessment.plan, matter.lang
    pen.heading(matter.say("trace.rulings"), 2)
    columns = [
        Col(matter.say("column.on"), 3.0),
        Col(matter.say("column.quote"), 4.8),
        Col(matter.say("column.ruling"), 4.4),
        Col(matter.say("column.why"), 4.4),
    ]
    names = {each.id: each.label.say(lang) if each.no is None else str(each.no) for each in plan.indicators.values()}
    rows = []
    for ruling in plan.rulings:
        on = [names[each] for each in ruling.on]
        every = listed(on, lang)
        many = len(every) > _LONGEST_LIST
        rows.append(
            (
                matter.say("docx.and_more", first=on[0], count=len(on)) if many and len(on) > 1 else every,
                "；".join(f"{source.clause}：{source.quote}" for source in ruling.conflict),
                ruling.reading.say(lang),
                ruling.why.say(lang),
            )
        )
    pen.table(columns, rows, size=8)


def problems(pen: Pen, matter: Matter) -> None:
    """Write what is not met, what must be corrected, and where the office writes what it will do."""
    pen.chapter(matter.say("docx.problems"))
    open_ones = [each for each in matter.latest if each.status in ("not_met", "behind", "unknown")]
    pen.items(in_short(each, matter) for each in open_ones)
    graded = by_grade(matter.assessment.findings)
    pen.items(finding_text(finding, matter.lang) for grade in ("error", "must") for finding in graded.get(grade, ()))
    pen.heading(matter.say("docx.next"), 2)
    columns = [
        Col(matter.say("docx.problem"), 6),
        Col(matter.say("docx.measure"), 6),
        Col(matter.say("docx.office"), 2.3),
        Col(matter.say("docx.until"), 2.3),
    ]
    pen.table(columns, [(matter.label(each), "", "", "") for each in open_ones] or [("", "", "", "")])
