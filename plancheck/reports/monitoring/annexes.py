"""The annexes of the monitoring report: formulas and clauses, checks, terms, the units, and what it was made from."""

from __future__ import annotations

from plancheck import __version__
from plancheck.reports.figures import due_text, formula_text, in_words, target_text
from plancheck.reports.monitoring.matter import Matter
from plancheck.reports.monitoring.pen import Col, Pen
from plancheck.reports.place import file_text
from plancheck.reports.remarks import said_again
from plancheck.reports.summary import named
from plancheck.reports.symbols import STYLES, UNICODE

_MARKS = ("provisional", "aspiration", "waived")


def write_annexes(pen: Pen, matter: Matter) -> None:
    """Write the annexes."""
    pen.new_page()
    pen.heading(matter.say("docx.annexes"))
    _formulas(pen, matter)
    _checks(pen, matter)
    _terms(pen, matter)
    _units(pen, matter)
    _stamp(pen, matter)


def _formulas(pen: Pen, matter: Matter) -> None:
    plan, lang = matter.assessment.plan, matter.lang
    pen.heading(matter.say("docx.formulas"), 2)
    columns = [
        Col(matter.say("column.indicator"), 4.2),
        Col(matter.say("column.formula"), 5),
        Col(matter.say("column.target"), 2.2),
        Col(matter.say("column.due"), 1.9),
        Col(matter.say("column.clause"), 3.3),
    ]
    rows = []
    for verdict in matter.latest:
        indicator = matter.of(verdict)
        rows.append(
            (
                matter.label(verdict),
                in_words(formula_text(indicator), plan, lang),
                target_text(verdict.target, lang),
                due_text(indicator, plan, lang),
                "\n".join(
                    (
                        matter.say("trace.quote", clause=indicator.source.clause, quote=indicator.source.quote),
                        *said_again(indicator, lang, verdict.otherwise),
                    )
                ),
            )
        )
    pen.table(columns, rows, size=8)


def _checks(pen: Pen, matter: Matter) -> None:
    """Write the checks that returns were held to, and how often each held in the last year."""
    plan, lang = matter.assessment.plan, matter.lang
    if not plan.checks:
        return
    last = matter.assessment.last_period
    counts = {each.check: each for each in matter.assessment.checks if each.period == last}
    pen.heading(matter.say("docx.checks"), 2)
    columns = [
        Col(matter.say("column.label"), 5.6),
        Col(matter.say("column.severity"), 2.2),
        Col(matter.say("column.formula"), 6.2),
        Col(matter.say("docx.outcomes"), 2.6, right=True),
    ]
    rows = []
    for check in plan.checks.values():
        count = counts.get(check.id)
        said = "-" if count is None else f"{count.held}/{count.failed}/{count.skipped}"
        rows.append(
            (check.label.say(lang), matter.say(f"kind.{check.grade}"), in_words(check.formula, plan, lang), said)
        )
    pen.table(columns, rows, size=8)


def _terms(pen: Pen, matter: Matter) -> None:
    """Write what the words of the verdicts mean."""
    pen.heading(matter.say("docx.terms"), 2)
    columns = [Col(matter.say("docx.term"), 3.2), Col(matter.say("docx.meaning"), 13.4)]
    rows = [
        (f"{UNICODE.status[status]} {matter.say(f'status.{status}')}", matter.say(f"term.{status}"))
        for status in STYLES
    ]
    rows += [(matter.say(f"mark.{mark}"), matter.say(f"term.{mark}")) for mark in _MARKS]
    rows.append((matter.say("column.coverage"), matter.say("term.coverage")))
    pen.table(columns, rows, size=8)


def _units(pen: Pen, matter: Matter) -> None:
    """Write the roster: codes and names of schools, no persons."""
    roster, lang = matter.assessment.roster, matter.lang
    if roster is None:
        return
    stages = matter.assessment.plan.units.stages
    pen.heading(matter.say("docx.units"), 2)
    columns = [
        Col(matter.say("trace.unit_code"), 4),
        Col(matter.say("column.name"), 8),
        Col(matter.say("docx.stage"), 4),
    ]
    expected = roster.expected(matter.assessment.last_period)
    rows = [
        (unit.code, unit.name, stages[unit.stage].label.say(lang) if unit.stage in stages else "") for unit in expected
    ]
    pen.table(columns, rows, size=8)


def _stamp(pen: Pen, matter: Matter) -> None:
    assessment = matter.assessment
    pen.heading(matter.say("docx.stamp"), 2)
    rows = [(named(assessment.plan.file), assessment.plan.sha256)]
    if assessment.roster is not None:
        rows.append((named(assessment.roster.file), assessment.roster.sha256))
    rows += [(file_text(named(file), matter.lang), digest) for file, digest in assessment.files.items()]
    pen.table([Col(matter.say("docx.file"), 6), Col("SHA-256", 10.6)], rows, size=7.5)
    pen.say(f"plancheck {__version__}", quiet=True)
