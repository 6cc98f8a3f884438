"""Milestones: one thing on a list that is to be done by a year, and what it is to deliver."""

from __future__ import annotations

from plancheck.judge.counts import rows_named
from plancheck.judge.evidence import Question
from plancheck.judge.figures import Figures, unread
from plancheck.judge.sums import number
from plancheck.judge.target import last_year
from plancheck.language import all_of
from plancheck.model import Coverage, Finding, Gap, Milestone, Reason
from plancheck.quantity import Number


def milestone(question: Question, measure: Milestone) -> Figures:
    """Find out whether a thing is done, in time, and with all that it is to deliver.

    Without a due year (待定) nothing is ever late. A thing that is not on the list is unknown: a row may be missing.
    """
    frame = question.frame
    rows = rows_named(question, measure.names)
    said = {frame.values(measure.done)[at] for at in rows}
    if not rows:
        return Figures(Coverage(0, 1), reason=Reason("no_row", {"name": measure.names[0]}))
    if len(said) > 1:
        names = all_of(frame.units[at].name for at in rows)
        finding = Finding("PC417", params={"indicator": question.indicator.label, "names": names}, period=frame.period)
        frame.note(finding, question.indicator.id)
        return Figures(Coverage(0, 1), used=rows, reason=Reason("rows_disagree", {"names": names}))
    done = said.pop()
    if done is None:
        return Figures(Coverage(0, 1), used=rows, reason=unread(frame, measure.done))
    if not done:
        return Figures(Coverage(1, 1), used=rows, decided=False)
    return _done(question, measure, rows[0])


def _done(question: Question, measure: Milestone, at: int) -> Figures:
    """Judge a thing that is done: a year after the due one is late, fewer seats than planned are too few."""
    due = None if question.indicator.due == "none" else last_year(question.indicator, question.plan)
    year = None if measure.year is None else number(question.frame.column(measure.year)[at])
    used = (at,)
    if year is not None and year > question.period:
        return Figures(Coverage(0, 1), used=used, reason=Reason("done_in_future", {"year": str(year)}))
    if due is not None and question.period > due:
        if year is None and measure.year is not None:
            return Figures(Coverage(0, 1), used=used, reason=Reason("no_done_year", {"due": str(due)}))
        if year is not None and year > due:
            late = Reason("done_late", {"year": str(year), "due": str(due)})
            return Figures(Coverage(1, 1), used=used, decided=False, reason=late)
    return _delivered(question, measure, at)


def _delivered(question: Question, measure: Milestone, at: int) -> Figures:
    if measure.delivered is None or measure.planned is None:
        return Figures(Coverage(1, 1), used=(at,), decided=True)
    delivered: Number | None = number(question.frame.column(measure.delivered)[at])
    element = question.plan.elements[measure.delivered]
    if delivered is None:
        return Figures(Coverage(0, 1), used=(at,), reason=Reason("no_reading", {"elements": element.label}))
    gap = measure.planned - delivered
    if gap <= 0:
        return Figures(Coverage(1, 1), None, delivered, measure.planned, (at,), decided=True)
    short = Reason(
        "delivered_short", {"element": element.label, "delivered": str(delivered), "planned": measure.planned}
    )
    return Figures(
        Coverage(1, 1), None, delivered, measure.planned, (at,), decided=False, reason=short, gap=Gap(gap, element.unit)
    )
