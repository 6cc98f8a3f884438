"""How an indicator measures, in words: what its formula alone does not say."""

from __future__ import annotations

from typing import assert_never

from plancheck.language import Lang, listed
from plancheck.model import (
    Amount,
    Change,
    Compare,
    Count,
    Dispersion,
    EveryGroup,
    Indicator,
    KOfN,
    Members,
    Milestone,
    Narrative,
    Plan,
    Ratio,
    Series,
    Share,
)
from plancheck.quantity import UNITS
from plancheck.reports.figures import exactly, in_words
from plancheck.wording import say


def measure_text(indicator: Indicator, plan: Plan, lang: Lang) -> str:
    """Return what is made of the formula: a rate, a count, a change against a named year; of a narrative nothing."""
    measure, of_list = indicator.measure, "_of" if indicator.of else ""
    match measure:
        case Ratio():
            return say("measure.ratio", lang)
        case Amount():
            return say("measure.amount", lang)
        case Share():
            return say(f"measure.share{of_list}", lang)
        case Count():
            return say(f"measure.count{of_list}", lang)
        case EveryGroup(by, _, least):
            group = plan.elements[by].label.say(lang) if by in plan.elements else by
            return say("measure.every", lang, by=group, least=least)
        case Members(members, condition):
            named = listed([names[0] for names in members.values()], lang)
            key = "measure.members" if condition is not None else "measure.members_bare"
            return say(key, lang, count=len(members), names=named)
        case Series():
            return say("measure.series", lang)
        case Change(_, base, relative):
            unit = UNITS["percent" if relative else indicator.unit].label
            return say("measure.change", lang, base=say(f"base.{base}", lang), unit=unit)
        case Compare():
            return say("measure.compare", lang)
        case Dispersion():
            return say("measure.dispersion", lang, weight=in_words(indicator.formula.get("weight", ""), plan, lang))
        case KOfN(indicators, least, floor):
            which = listed([plan.indicators[name].label.say(lang) for name in indicators], lang)
            share = exactly(floor * 100)
            return say("measure.k_of", lang, least=least, every=len(indicators), floor=share, which=which)
        case Milestone(names):
            planned = "" if measure.planned is None else say("measure.planned", lang, count=measure.planned)
            return say("measure.milestone", lang, name=names[0]) + planned
        case Narrative():
            return ""
        case _:
            assert_never(measure)
