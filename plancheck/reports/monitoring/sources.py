"""What the monitoring report rests on: returns received, faults found in them, what is provisional, explained, redefined."""

from __future__ import annotations

from collections.abc import Iterator

from plancheck.language import joined
from plancheck.reports.drawings import Bar, received_of
from plancheck.reports.explained import explained_rows
from plancheck.reports.figures import target_text
from plancheck.reports.findings import by_grade
from plancheck.reports.monitoring.matter import Matter, finding_text
from plancheck.reports.monitoring.pen import Col, Pen
from plancheck.reports.monitoring.pictures import bars_caption, bars_picture
from plancheck.reports.summary import sources

_MOST_FINDINGS = 200


def write_sources(pen: Pen, matter: Matter) -> None:
    """Write what the report rests on, and how good it is."""
    pen.chapter(matter.say("docx.sources"))
    pen.say("　".join(sources(matter.assessment, matter.lang)))
    _received(pen, matter)
    _findings(pen, matter)
    provisional = [matter.label(each) for each in matter.latest if each.provisional]
    if provisional:
        pen.heading(matter.say("docx.provisional"), 2)
        pen.say(joined(provisional, matter.lang))
    redefined = [*_redefined(matter)]
    if redefined:
        pen.heading(matter.say("docx.redefined"), 2)
        pen.items(redefined)
    _explained(pen, matter)


def _received(pen: Pen, matter: Matter) -> None:
    """Write how many of the expected units have reported, by stage and by type of school."""
    last = matter.assessment.last_period
    by_stage, by_type = received_of(matter.assessment, last, matter.lang)
    if not by_stage:
        return
    pen.picture(bars_picture(by_stage), 12, bars_caption(matter.say("page.received"), by_stage))
    for heading, bars in ((matter.say("docx.stage"), by_stage), (matter.say("docx.type"), by_type)):
        if bars:
            columns = [
                Col(heading, 5),
                Col(matter.say("column.expected"), 3, right=True),
                Col(matter.say("column.reported"), 3, right=True),
            ]
            pen.table(columns, map(_counted, bars))


def _counted(bar: Bar) -> tuple[str, str, str]:
    return bar.name, str(bar.whole), str(bar.part)


def _findings(pen: Pen, matter: Matter) -> None:
    for grade, found in by_grade(matter.assessment.findings).items():
        if grade != "note":
            pen.heading(f"{matter.say(f'grade.{grade}')}　{len(found)}", 2)
            pen.items(finding_text(finding, matter.lang) for finding in found[:_MOST_FINDINGS])
            if len(found) > _MOST_FINDINGS:
                pen.say(matter.say("docx.more_findings", count=len(found) - _MOST_FINDINGS), quiet=True)


def _redefined(matter: Matter) -> Iterator[str]:
    """Yield what is judged otherwise from this year on: revised targets, and indicators that cannot be assessed any more."""
    last, lang = matter.assessment.last_period, matter.lang
    for verdict in matter.latest:
        indicator = matter.of(verdict)
        for one in indicator.revised:
            if one.since == last:
                target = target_text(one.target, lang)
                said = matter.say("trace.revision", year=str(last), target=target, document=one.document, why=one.why)
                yield f"{matter.label(verdict)}　{said}"
        gone = indicator.superseded
        if gone is not None and gone.since == last:
            yield f"{matter.label(verdict)}　{gone.why.say(lang)}"


def _explained(pen: Pen, matter: Matter) -> None:
    """Write what schools explained, which waits for somebody to accept it, and what was waived, by whom."""
    rows = [*explained_rows(matter.assessment, matter.lang)]
    if not rows:
        return
    pen.heading(matter.say("book.explanations"), 2)
    columns = [
        Col(matter.say("column.kind"), 1.6),
        Col(matter.say("column.about"), 3.6),
        Col(matter.say("column.unit_id"), 2.6),
        Col(matter.say("column.period"), 1.4),
        Col(matter.say("column.text"), 3.6),
        Col(matter.say("column.document"), 2.2),
        Col(matter.say("column.state"), 1.6),
    ]
    pen.table(
        columns,
        (
            (
                row.kind,
                row.about,
                row.unit_id,
                row.period,
                row.text,
                f"{row.document} {row.approver}".strip(),
                row.state,
            )
            for row in rows
        ),
        size=8,
    )
