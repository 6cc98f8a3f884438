"""What the page shows, in the order in which it is read: words and figures settled, nothing decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from markupsafe import Markup
from msgspec import Struct

from plancheck import __version__
from plancheck.codes import CODES, hint, message
from plancheck.language import Lang
from plancheck.model import Assessment, Finding, Status
from plancheck.reports.charts import bars
from plancheck.reports.clean import clean_text
from plancheck.reports.drawings import received_of, seats_of
from plancheck.reports.explained import ExplainedRow, explained_rows
from plancheck.reports.figures import NOTHING
from plancheck.reports.findings import by_grade, place_text
from plancheck.reports.html_indicators import RowView, rows_of
from plancheck.reports.parts import part_headings
from plancheck.reports.place import file_text
from plancheck.reports.summary import baseline_heading, conclusions, named, notes, sources, verdict_counts
from plancheck.reports.symbols import STYLES, UNICODE
from plancheck.wording import say


class Card(Struct, frozen=True):
    """How many verdicts have one status."""

    status: Status
    sign: str
    word: str
    count: int


class FindingView(Struct, frozen=True):
    """One finding."""

    grade: str
    word: str
    code: str
    place: str
    message: str
    hint: str


class Page(Struct, frozen=True):
    """The whole page."""

    lang: str
    title: str
    years: str
    facts: tuple[str, ...]
    cards: tuple[Card, ...]
    conclusions: tuple[str, ...]
    baseline: str
    periods: tuple[int, ...]
    rows: tuple[RowView, ...]
    parts: Mapping[str, str]
    notes: tuple[str, ...]
    received: Markup
    seats: Markup
    grades: tuple[tuple[str, str], ...]
    findings: tuple[FindingView, ...]
    explained: tuple[ExplainedRow, ...]
    stamp: tuple[str, ...]


def page_of(assessment: Assessment, lang: Lang) -> Page:
    """Settle everything the page says."""
    plan, last = assessment.plan, assessment.last_period
    district = [verdict for verdict in assessment.verdicts if verdict.level == "district"]
    latest = [verdict for verdict in district if verdict.period == last]
    counts = Counter(verdict.status for verdict in latest)
    grades = by_grade(assessment.findings)
    cards = tuple(
        Card(status, UNICODE.status[status], say(f"status.{status}", lang), counts[status])
        for status in STYLES
        if counts[status]
    )
    return Page(
        "zh-CN" if lang == "zh" else "en",
        clean_text(plan.title.say(lang)),
        "—".join(map(str, sorted({*assessment.periods[:1], *assessment.periods[-1:]}))),
        tuple(map(clean_text, (plan.document, *sources(assessment, lang)))),
        cards,
        tuple(map(clean_text, (*verdict_counts(assessment, lang), *conclusions(assessment, lang)))),
        baseline_heading(assessment, lang),
        assessment.periods,
        rows_of(assessment, district, last, lang),
        {
            name: clean_text(part)
            for name, part in part_headings((each.indicator for each in latest), plan, lang).items()
        },
        tuple(map(clean_text, notes(latest, plan, lang))),
        Markup(bars(received_of(assessment, last, lang)[0], say("page.received", lang))),  # noqa: S704 - charts escape what they are given
        Markup(bars(seats_of(assessment, latest, lang), say("page.seats", lang))),  # noqa: S704 - likewise
        tuple((each, say(f"grade.{each}", lang)) for each in grades),
        tuple(_finding(finding, each, lang) for each, listed in grades.items() for finding in listed),
        tuple(ExplainedRow(*map(clean_text, row)) for row in explained_rows(assessment, lang)),
        _stamp(assessment, lang),
    )


def _stamp(assessment: Assessment, lang: Lang) -> tuple[str, ...]:
    plan = assessment.plan
    lines = [f"plancheck {__version__}", say("page.plan_hash", lang, file=named(plan.file), sha256=plan.sha256)]
    if assessment.roster is not None:
        roster = assessment.roster
        lines.append(say("page.roster_hash", lang, file=named(roster.file), sha256=roster.sha256))
    lines += [f"{file_text(named(file), lang)}  {digest or NOTHING}" for file, digest in assessment.files.items()]
    return tuple(map(clean_text, lines))


def _finding(finding: Finding, grade: str, lang: Lang) -> FindingView:
    code = CODES[finding.code]
    return FindingView(
        grade,
        say(f"grade.{grade}", lang),
        f"{code.id} {code.name}",
        place_text(finding, UNICODE, lang),
        clean_text(message(finding.code, finding.params, lang)),
        clean_text(hint(finding.code, finding.params, lang)),
    )
