"""What a school clerk asks first of the own return: can it go in? Then what to mend, then the school's own figures."""

from __future__ import annotations

from collections.abc import Iterator

from plancheck.model import Explanation, Readiness
from plancheck.reports.page import Line, Piece, Style, hanging
from plancheck.reports.place import place
from plancheck.reports.symbols import Screen
from plancheck.wording import say


def readiness_lines(readiness: Readiness, screen: Screen) -> Iterator[Line]:
    """Yield the answer: it can be submitted, or so many places are to be corrected and so many to be explained."""
    lang = screen.lang
    parts = [
        say(key, lang, count=count)
        for key, count in (("ready.correct", readiness.correct), ("ready.explain", readiness.explain))
        if count
    ]
    text = say("ready.yes", lang) if readiness.ready else ("、" if lang == "zh" else ", ").join(parts)
    if readiness.explained:
        text += say("ready.explained", lang, count=readiness.explained)
    style: Style = "good" if readiness.ready else "bad"
    yield from ((Piece(line, style),) for line in hanging("", text, screen.room, 2))


def explanation_lines(explanations: tuple[Explanation, ...], screen: Screen) -> Iterator[Line]:
    """Yield what schools wrote, for the district to accept, each with its place and whether it still holds."""
    lang = screen.lang
    yield Piece(say("head.explanations", lang), "strong"), Piece(f" {len(explanations)}")
    for one in explanations:
        state = say(f"explanation.{one.state}", lang)
        where = place(one.file, one.sheet, one.cell, screen.signs, lang)
        head = f"{where}  {one.unit}  {one.check}  {state}"
        yield from ((Piece(text, "quiet"),) for text in hanging("  ", head, screen.room, 4))
        yield from ((Piece(text),) for text in hanging("    ", one.text, screen.room, 4))
