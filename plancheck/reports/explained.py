"""What schools explained and what was waived, as rows that a workbook, a page and a document all show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from plancheck.language import Lang, listed
from plancheck.model import Assessment, Explanation, Plan, Waiver
from plancheck.reports.place import file_text
from plancheck.wording import say


class ExplainedRow(NamedTuple):
    """An explanation or a waiver: of what, of whom, of when, the words, what they rest on, who approved, and the state."""

    kind: str
    about: str
    unit_id: str
    period: str
    text: str
    document: str
    approver: str
    state: str


def explained_rows(assessment: Assessment, lang: Lang) -> Iterator[ExplainedRow]:
    """Yield the explanations, in the order of the returns, then the waivers."""
    for each in assessment.explanations:
        yield _explanation(each, assessment.plan, lang)
    for waiver in assessment.waivers:
        yield _waiver(waiver, assessment.plan, lang)


def _explanation(each: Explanation, plan: Plan, lang: Lang) -> ExplainedRow:
    check = plan.checks.get(each.check)
    return ExplainedRow(
        say("book.explanation", lang),
        each.check if check is None else check.label.say(lang),
        each.unit,
        "" if each.period is None else str(each.period),
        each.text,
        f"{file_text(each.file, lang)} {each.sheet}!{each.cell}",
        "",
        say(f"explanation.{each.state}", lang),
    )


def _waiver(each: Waiver, plan: Plan, lang: Lang) -> ExplainedRow:
    indicator = plan.indicators.get(each.indicator)
    return ExplainedRow(
        say("mark.waived", lang),
        each.indicator if indicator is None else indicator.label.say(lang),
        each.unit or say("level.district", lang),
        listed(map(str, each.periods), lang),
        each.reason,
        each.document,
        each.approver,
        f"{each.since} – {each.until}",
    )
