"""What would change under another reading: restated targets, revisions to come, rounding; only what differs is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from plancheck.language import Lang
from plancheck.model import Assessment, Indicator, Otherwise, Verdict
from plancheck.reports.figures import numbered, shown, with_unit
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
        if differs(other, verdict)
    ]


def differs(other: Otherwise, verdict: Verdict) -> bool:
    """Return whether another reading changes a verdict, or the value it rests on."""
    return other.outcome != verdict.outcome or (other.value is not None and other.value != verdict.value)


def _line(verdict: Verdict, other: Otherwise, assessment: Assessment, lang: Lang) -> str:
    indicator = assessment.plan.indicators[verdict.indicator]
    return say(
        "otherwise.line",
        lang,
        label=numbered(indicator, lang),
        name="" if verdict.level == "district" else f" {verdict.name.say(lang)}",
        year=verdict.period,
        outcome=say(f"status.{verdict.outcome}", lang),
        reading=reading_text(other, indicator, lang),
        other=_outcome_text(other, indicator, lang),
    )


def _outcome_text(other: Otherwise, indicator: Indicator, lang: Lang) -> str:
    outcome = say(f"status.{other.outcome}", lang)
    if other.value is None:
        return outcome
    amount = with_unit(shown(other.value, (other.target.bound,)), indicator.unit, lang)
    return say("otherwise.comes_to", lang, outcome=outcome, amount=amount)


def reading_text(other: Otherwise, indicator: Indicator, lang: Lang) -> str:
    """Return which reading it is: rounding and the like by name, else the other target and where it is written."""
    if other.key in _NAMED:
        return say(_NAMED[other.key], lang)
    revised, _, year = other.key.partition(":")
    if revised == "revised":
        return say("otherwise.revised", lang, target=other.target.text, year=year)
    named = next((each.label for each in indicator.otherwise if each.id == other.key), None)
    if named is not None:
        return say("otherwise.other", lang, reading=named)
    where = next((each.source.clause for each in indicator.restated if each.id == other.key), other.key)
    return say("otherwise.restated", lang, target=other.target.text, where=where)


def other_readings(verdict: Verdict, indicator: Indicator, lang: Lang) -> Iterator[str]:
    """Yield what a verdict would be rounded, by a revised target or another formula; restatements are told elsewhere."""
    restated = {again.id for again in indicator.restated}
    for other in verdict.otherwise:
        if other.key not in restated and differs(other, verdict):
            status = _outcome_text(other, indicator, lang)
            yield say("note.otherwise", lang, reading=reading_text(other, indicator, lang), status=status)
