"""What would change under another reading: restated targets, revisions to come, rounding; only what differs is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from plancheck.language import Lang
from plancheck.model import Assessment, Indicator, Otherwise, Verdict
from plancheck.reports.page import Line, Piece, hanging
from plancheck.reports.symbols import Screen
from plancheck.wording import say

_NAMED: Final[Mapping[str, str]] = {"rounding": "otherwise.rounding", "exact": "otherwise.exact"}


def other_reading_lines(assessment: Assessment, screen: Screen) -> Iterator[Line]:
    """Yield a line for each verdict and each reading that would turn it, or that there is none."""
    lang = screen.lang
    yield (Piece(say("head.otherwise", lang), "strong"),)
    for text in other_reading_texts(assessment, lang) or [say("otherwise.none", lang)]:
        yield from ((Piece(each),) for each in hanging("  ", text, screen.room, 4))


def other_reading_texts(assessment: Assessment, lang: Lang) -> list[str]:
    """Return a sentence for each verdict and each reading that would turn it."""
    return [
        _line(verdict, other, assessment, lang)
        for verdict in assessment.verdicts
        for other in verdict.otherwise
        if other.outcome != verdict.outcome
    ]


def _line(verdict: Verdict, other: Otherwise, assessment: Assessment, lang: Lang) -> str:
    indicator = assessment.plan.indicators[verdict.indicator]
    return say(
        "otherwise.line",
        lang,
        no="" if indicator.no is None else f"{indicator.no} ",
        label=indicator.label,
        name="" if verdict.level == "district" else f" {verdict.name.say(lang)}",
        year=verdict.period,
        outcome=say(f"status.{verdict.outcome}", lang),
        reading=reading_text(other, indicator, lang),
        other=say(f"status.{other.outcome}", lang),
    )


def reading_text(other: Otherwise, indicator: Indicator, lang: Lang) -> str:
    """Return which reading it is: rounding and the like by name, else the other target and where it is written."""
    if other.key in _NAMED:
        return say(_NAMED[other.key], lang)
    revised, _, year = other.key.partition(":")
    if revised == "revised":
        return say("otherwise.revised", lang, target=other.target.text, year=year)
    where = next((each.source.clause for each in indicator.restated if each.id == other.key), other.key)
    return say("otherwise.restated", lang, target=other.target.text, where=where)


def other_readings(verdict: Verdict, indicator: Indicator, lang: Lang) -> Iterator[str]:
    """Yield what a verdict would be rounded or by a revised target, where that differs; restatements are told elsewhere."""
    restated = {again.id for again in indicator.restated}
    for other in verdict.otherwise:
        if other.key not in restated and other.outcome != verdict.outcome:
            status = say(f"status.{other.outcome}", lang)
            yield say("note.otherwise", lang, reading=reading_text(other, indicator, lang), status=status)
