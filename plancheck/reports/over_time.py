"""How what is asked of an indicator changes with the years, and under which conditions it is judged, in words."""

from __future__ import annotations

from collections.abc import Iterator

from plancheck.language import Lang, joined, listed
from plancheck.model import Indicator, Plan
from plancheck.reports.figures import exactly, target_text
from plancheck.wording import say


def over_time(indicator: Indicator, plan: Plan, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield labelled lines on the goals of years, revised targets, the years judged, and what replaced it."""
    yield (
        "trace.steps",
        joined((f"{year}: {target_text(step, lang)}" for year, step in indicator.steps.items()), lang),
    )
    yield (
        "trace.revised",
        "\n".join(
            say(
                "trace.revision",
                lang,
                year=str(one.since),
                target=target_text(one.target, lang),
                document=one.document,
                why=one.why,
            )
            for one in indicator.revised
        ),
    )
    years = listed(map(str, indicator.years), lang)
    yield "trace.years", say("trace.only_years", lang, years=years) if years else ""
    yield "trace.superseded", _superseded(indicator, plan, lang)


def conditions(indicator: Indicator, plan: Plan, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield labelled lines on the list that is counted, the coverage asked for, and how values are rounded."""
    yield "trace.of", plan.forms[indicator.of].title.say(lang) if indicator.of in plan.forms else ""
    least = indicator.least_coverage
    yield "trace.least", "" if least is None else say("trace.least_line", lang, share=exactly(least * 100))
    rounding = indicator.rounding
    if rounding is not None:
        key = "trace.rounding_even" if rounding.half == "even" else "trace.rounding_up"
        yield "trace.rounding", say(key, lang, places=rounding.places)


def _superseded(indicator: Indicator, plan: Plan, lang: Lang) -> str:
    gone = indicator.superseded
    if gone is None:
        return ""
    by = plan.indicators[gone.by].label.say(lang) if gone.by is not None else ""
    key = "trace.replaced" if by else "trace.ended"
    return say(key, lang, year=str(gone.since), by=by, why=gone.why)
