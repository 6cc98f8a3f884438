"""What the columns do not say of a verdict: why, what the path asks, what missing returns may bring, who could close the gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from plancheck.codes import reason
from plancheck.language import Lang, joined, listed
from plancheck.model import Coverage, Indicator, Otherwise, Plan, Spread, Verdict
from plancheck.quantity import Number
from plancheck.reports.figures import exactly, shown, target_text, value_text, with_unit, year_before
from plancheck.wording import say

MOST_HOLDERS: Final = 5
"""How many of the units that hold a gap are named where not all of them are asked for."""


def remark_text(verdict: Verdict, plan: Plan, lang: Lang) -> str:
    """Return all that is to be remarked on a verdict."""
    indicator = plan.indicators[verdict.indicator]
    remarks = [reason_text(verdict, lang), path_text(verdict, indicator, lang), open_text(verdict, indicator, lang)]
    remarks += [rounded_text(verdict, indicator, lang), waiver_text(verdict, lang)]
    if verdict.last_year is not None:
        remarks.append(last_year_text(verdict, indicator, lang))
    before = year_before(verdict)
    if before is not None and verdict.outcome == "not_met":
        amount = with_unit(shown(before, (verdict.value,)), indicator.unit, lang)
        remarks.append(say("note.year_before", lang, amount=amount))
    return joined(remarks, lang)


def last_year_text(verdict: Verdict, indicator: Indicator, lang: Lang) -> str:
    """Return a unit's own value of the year before, and by how much it has moved since."""
    assert verdict.last_year is not None
    before = with_unit(shown(verdict.last_year, (verdict.value,)), indicator.unit, lang)
    if not verdict.moved:
        return say("note.last_year", lang, amount=before)
    unit = "point" if indicator.unit == "percent" else indicator.unit
    by = with_unit(shown(abs(Fraction(verdict.moved)), (0,)), unit, lang)
    return say("note.last_year_moved", lang, amount=before, by=f"{'+' if verdict.moved > 0 else '-'}{by}")


def reason_text(verdict: Verdict, lang: Lang) -> str:
    """Return why a verdict is what it is; that a provisional one lacks returns is said by its bounds."""
    why = verdict.reason
    return "" if why is None or verdict.provisional else reason(why.key, why.params, lang)


def other_parts_text(by_year: Mapping[int, Verdict], lang: Lang) -> str:
    """Return of which parts of a series the earlier values are, where they are not of the last one's."""
    last = by_year[max(by_year)].of_part
    years: dict[str, list[str]] = {}
    for year, verdict in sorted(by_year.items()):
        if verdict.of_part is not None and verdict.of_part != last:
            years.setdefault(verdict.of_part.say(lang), []).append(str(year))
    said = (say("years.of_part", lang, years=listed(each, lang), part=part) for part, each in years.items())
    return joined(said, lang)


def year_text(verdict: Verdict, by_year: Mapping[int, Verdict], indicator: Indicator, lang: Lang) -> str:
    """Return a value to stand beside those of other years, with the part it is of where these are not all of the same."""
    value = value_text(verdict, indicator, lang)
    if verdict.of_part is None or not other_parts_text(by_year, lang):
        return value
    return say("years.value_of", lang, value=value, part=verdict.of_part)


def path_text(verdict: Verdict, indicator: Indicator, lang: Lang) -> str:
    """Return what the straight path asks of the district this year."""
    if verdict.level != "district" or verdict.progress not in ("on_track", "behind") or verdict.required is None:
        return ""
    return say("note.path", lang, amount=with_unit(shown(verdict.required, (verdict.value,)), indicator.unit, lang))


def open_text(verdict: Verdict, indicator: Indicator, lang: Lang) -> str:
    """Return between which values a provisional verdict still moves."""
    return bounds_text(verdict, indicator, lang) if verdict.provisional else ""


def bounds_text(verdict: Verdict, indicator: Indicator, lang: Lang) -> str:
    """Return the lowest and the highest value that missing returns could bring."""
    if verdict.bounds is None:
        return ""
    low, high = sorted(verdict.bounds)
    first, last = number_of(low, verdict), value_of(high, verdict, indicator, lang)
    return say("note.bounds", lang, low=f"{first}%" if last.endswith("%") else first, high=last)


def open_or_sure(verdict: Verdict, indicator: Indicator, lang: Lang) -> str:
    """Return what missing returns could bring, and whether that could turn the verdict."""
    text = bounds_text(verdict, indicator, lang)
    return text and joined((text, say("bounds.open" if verdict.provisional else "bounds.sure", lang)), lang)


def covered_text(coverage: Coverage, lang: Lang) -> str:
    """Return how many units reported and, where the roster knows, how many pupils they have."""
    line = say("trace.coverage_line", lang, expected=coverage.expected, reported=coverage.reported)
    if coverage.pupils_expected is None or coverage.pupils_reported is None:
        return line
    pupils = say("trace.pupils", lang, expected=coverage.pupils_expected, reported=coverage.pupils_reported)
    return line + pupils


def rounded_text(verdict: Verdict, indicator: Indicator, lang: Lang) -> str:
    """Return the value that was compared, where the plan has it rounded."""
    if verdict.rounded is None:
        return ""
    return say("note.rounded", lang, value=with_unit(exactly(verdict.rounded), indicator.unit, lang))


def waiver_text(verdict: Verdict, lang: Lang) -> str:
    """Return by which document a verdict is waived, and how long."""
    waiver = verdict.waiver
    return "" if waiver is None else say("note.waiver", lang, document=waiver.document, until=waiver.until)


def value_of(value: Number, verdict: Verdict, indicator: Indicator, lang: Lang) -> str:
    """Return a value with its unit, as that of a verdict is shown; a tally's is a share of units."""
    return with_unit(number_of(value, verdict), "percent" if verdict.tally else indicator.unit, lang)


def number_of(value: Number, verdict: Verdict) -> str:
    """Return a value without its unit, on its own side of what a verdict is held against."""
    return shown(value, (100,) if verdict.tally else (verdict.target.bound, verdict.required))


def closing_text(verdict: Verdict, plan: Plan, lang: Lang) -> str:
    """Return how many of those who hold the gap would close it, from the first of them on, and the value without the first."""
    count, every = len(verdict.closing), len(verdict.shortfalls)
    texts = []
    if count:
        key = "closing.first" if count == 1 else "closing.all" if count == every else "closing.some"
        texts.append(say(key, lang, count=count))
    if verdict.without_largest is not None:
        indicator = plan.indicators[verdict.indicator]
        texts.append(say("closing.without", lang, value=value_of(verdict.without_largest, verdict, indicator, lang)))
    return joined(texts, lang)


def spread_text(spread: Spread, plan: Plan, lang: Lang) -> str:
    """Return how far groups lie apart: the extremes and, where it is known, the coefficient of variation."""
    unit = "percent" if spread.tally else plan.indicators[spread.indicator].unit
    (low_name, low), (high_name, high) = spread.lowest, spread.highest
    ends = say(
        "spread.ends",
        lang,
        low=with_unit(shown(low, (high,)), unit, lang),
        low_name=low_name,
        high=with_unit(shown(high, (low,)), unit, lang),
        high_name=high_name,
    )
    varies = spread.variation
    return joined((ends, "" if varies is None else say("spread.variation", lang, value=exactly(varies))), lang)


def said_again(indicator: Indicator, lang: Lang, otherwise: Iterable[Otherwise] = ()) -> Iterator[str]:
    """Yield where the plan says the same again, its words, what they ask for and, of a verdict, what it would be by them."""
    outcomes = {other.key: other for other in otherwise}
    for again in indicator.restated:
        text = say("trace.quote", lang, clause=again.source.clause, quote=again.source.quote)
        other = outcomes.get(again.id)
        if other is not None:
            target = target_text(other.target, lang)
            text += say("again.outcome", lang, target=target, outcome=say(f"status.{other.outcome}", lang))
        elif again.target is not None:
            text += say("trace.would_ask", lang, target=target_text(again.target, lang))
        yield text
