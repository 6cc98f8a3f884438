"""The parts of the plan's document, as headings above the first of the indicators that stand in each."""

from __future__ import annotations

from collections.abc import Iterable

from plancheck.language import Lang
from plancheck.model import Plan
from plancheck.wording import say


def part_headings(indicators: Iterable[str], plan: Plan, lang: Lang) -> dict[str, str]:
    """Return the part's name by the first indicator in it; nothing where all stand in one part.

    Indicators are given in the plan's order, which is that of its parts; an indicator may be named more than once.
    """
    headings: dict[str, str] = {}
    last = None
    for name in indicators:
        part = plan.indicators[name].group
        if part != last:
            headings[name] = plan.groups[part].label.say(lang) if part in plan.groups else say("list.no_part", lang)
            last = part
    return headings if len(headings) > 1 else {}
