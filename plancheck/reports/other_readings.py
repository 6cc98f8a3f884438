"""What would change under another reading: restated targets, revisions to come, rounding; only what differs is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from plancheck.language import Lang
from plancheck.model import Assessment, Otherwise, Verdict
from plancheck.reports.page import Line, Piece, hanging
from plancheck.reports.symbols import Screen
from plancheck.wording import say

_NAMED: Final[Mapping[str, str]] = {"rounding": "otherwise.rounding", "exact": "otherwise.exact"}


def other_reading_lines(assessment: Assessment, screen: Screen) -> Iterator[Line]:
    """Yield a line for each verdict and each reading that would turn it, or that there is none."""
    lang = screen.lang
    yield (Piece(say("head.otherwise", lang), "strong"),)
    lines = [
        _line(verdict, other, assessment, lang)
        for verdict in assessment.verdicts
        for other in verdict.otherwise
        if other.outcome != verdict.outcome
    ]
    for text in lines or [say("otherwise.none", lang)]:
        yield from ((Piece(each),) for each in hanging("  ", text, screen.room, 4))


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
        reading=reading_text(other, lang),
        other=say(f"status.{other.outcome}", lang),
    )


def reading_text(other: Otherwise, lang: Lang) -> str:
    """Return which reading it is: rounding and the like by name, else the other target and where it is written."""
    if other.key in _NAMED:
        return say(_NAMED[other.key], lang)
    revised, _, year = other.key.partition(":")
    if revised == "revised":
        return say("otherwise.revised", lang, target=other.target.text, year=year)
    return say("otherwise.restated", lang, target=other.target.text, where=other.key)
