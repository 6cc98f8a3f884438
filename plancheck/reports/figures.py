"""How the figures of a verdict are worded: values, targets, gaps, coverage. Nothing here decides anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

from plancheck.expression import names
from plancheck.language import Lang, joined
from plancheck.model import (
    EveryGroup,
    Indicator,
    Members,
    Operator,
    Plan,
    Ratio,
    Share,
    Shortfall,
    Target,
    Value,
    Verdict,
    plain,
)
from plancheck.pattern import Pattern
from plancheck.quantity import UNITS, Absent, Number, UnitOfMeasure, show
from plancheck.wording import say

SIGNS: Final[Mapping[Operator, str]] = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "==": "="}
NOTHING: Final = "-"
_SINGULAR: Final[Mapping[str, str]] = {
    "people": "person",
    "schools": "school",
    "times": "time",
    "lessons": "lesson",
    "minutes": "minute",
    "years": "year",
    "percentage points": "percentage point",
}
_MOST_PLACES: Final = 12
_WORD: Final = Pattern(r"[^\W\d]\w*")


def shown(value: Number, against: Iterable[Number | None] = ()) -> str:
    """Return `value` in decimal, with as many places as it takes to stand on its own side of each bound."""
    bounds = [bound for bound in against if bound is not None]
    for places in range(2, _MOST_PLACES + 1):
        texts = {show(value, places, bound) for bound in bounds} or {show(value, places)}
        if len(texts) == 1:
            break
    return max(texts, key=len)


def exactly(value: Number) -> str:
    """Return `value` in full: as the shortest decimal that is exact, else as a fraction."""
    fraction = Fraction(value)
    for places in range(_MOST_PLACES + 1):
        if (fraction * 10**places).denominator == 1:
            return show(fraction, places)
    return str(fraction)


def with_unit(amount: str, unit: str, lang: Lang) -> str:
    """Return an amount with the word for its unit; % stands close, and 5 × 10,000 yuan does not run together."""
    word = UNITS[unit].label.say(lang)
    if unit == "percent" or not word:
        return amount + word
    if amount == "1":
        word = _SINGULAR.get(word, word)
    return f"{amount} × {word}" if word[0].isdigit() else f"{amount} {word}"


def value_number(verdict: Verdict) -> str:
    """Return a verdict's value without its unit, empty where there is none."""
    if verdict.value is None:
        return ""
    if verdict.tally:
        return shown(verdict.value, (100,))
    base = verdict.denominator if verdict.target.bound is None else None
    return shown(verdict.value, (verdict.target.bound, verdict.required, base))


def value_text(verdict: Verdict, indicator: Indicator, lang: Lang) -> str:
    """Return a verdict's value with its unit; a tally is a share of units, whatever the indicator counts."""
    unit = "percent" if verdict.tally else indicator.unit
    return with_unit(value_number(verdict), unit, lang) if verdict.value is not None else NOTHING


def year_before(verdict: Verdict) -> Number | None:
    """Return the amount of the year before, for a verdict on a series."""
    stepwise = verdict.target.bound is None and not verdict.tally
    return verdict.denominator if stepwise and verdict.value is not None else None


def exact_value(verdict: Verdict, indicator: Indicator) -> str:
    """Return a verdict's value without rounding: of a rate the plain ratio as a fraction, else the amount."""
    assert verdict.value is not None
    share = verdict.tally or indicator.unit == "percent"
    return str(Fraction(verdict.value) / 100) if share else exactly(verdict.value)


def baseline_text(indicator: Indicator, lang: Lang) -> str:
    """Return an indicator's baseline with its unit."""
    return NOTHING if indicator.baseline is None else with_unit(exactly(indicator.baseline), indicator.unit, lang)


def number_text(indicator: Indicator) -> str:
    """Return the number of an indicator in the plan's table; empty where it has none."""
    return "" if indicator.no is None else str(indicator.no)


def numbered(indicator: Indicator, lang: Lang) -> str:
    """Return the name of an indicator, with its number in the plan's table before it where it has one."""
    label = indicator.label.say(lang)
    return label if indicator.no is None else f"{indicator.no} {label}"


def target_text(target: Target, lang: Lang) -> str:
    """Return a target as the plan writes it, with the operator where that is a reading of it."""
    return say("target.implied", lang, text=target.text, sign=SIGNS[target.operator]) if target.implied else target.text


def asked_text(indicator: Indicator, plan: Plan, lang: Lang) -> str:
    """Return what an indicator asks for: its target, or those of stages or groups one by one."""
    if not indicator.targets:
        return target_text(indicator.target, lang)
    stages = plan.units.stages
    labels = {name: stages[name].label.say(lang) if name in stages else name for name in indicator.targets}
    return joined((f"{labels[name]} {target_text(target, lang)}" for name, target in indicator.targets.items()), lang)


def gap_text(verdict: Verdict, indicator: Indicator, plan: Plan, lang: Lang) -> str:
    """Return how far a verdict is from its target: in people or schools where they can be counted."""
    gap = verdict.gap
    if gap is None:
        return ""
    if gap.people is not None:
        return amount_missing(gap.people, verdict, indicator, plan, lang)
    return _lacking(with_unit(shown(gap.amount, (0,)), gap.unit, lang), verdict, lang)


def amount_missing(people: int, verdict: Verdict, indicator: Indicator, plan: Plan, lang: Lang) -> str:
    """Return how many people or schools a target lacks, or has too many."""
    unit = "school" if verdict.tally and not indicator.of else counted_in(indicator, plan).id
    return _lacking(with_unit(str(people), unit, lang), verdict, lang)


def own_text(lack: Shortfall, verdict: Verdict, indicator: Indicator, lang: Lang) -> str:
    """Return the value of one that holds a gap; a school, group or row that lacks the condition has none to show."""
    if isinstance(indicator.measure, Share | EveryGroup | Members):
        return ""
    return with_unit(shown(lack.value, (verdict.target.bound,)), indicator.unit, lang)


def _lacking(amount: str, verdict: Verdict, lang: Lang) -> str:
    return say("gap.over" if verdict.target.operator in ("<", "<=") else "gap.short", lang, amount=amount)


def counted_in(indicator: Indicator, plan: Plan) -> UnitOfMeasure:
    """Return what the numerator of an indicator counts: schools of a share, rows of a list, groups, else its first count."""
    if isinstance(indicator.measure, Ratio):
        found = (plan.elements[name.id].unit for name in names(indicator.measure.numerator) if name.id in plan.elements)
        return next((UNITS[unit] for unit in found if UNITS[unit].kind == "count"), UNITS["number"])
    if isinstance(indicator.measure, Members | EveryGroup) or (indicator.of and isinstance(indicator.measure, Share)):
        return UNITS["thing"]
    return UNITS["school"] if isinstance(indicator.measure, Share) else UNITS[indicator.unit]


def coverage_text(verdict: Verdict) -> str:
    """Return how many of the expected units reported."""
    return f"{verdict.coverage.reported}/{verdict.coverage.expected}"


def status_text(verdict: Verdict, lang: Lang, hide: str = "") -> str:
    """Return the status in words, with provisional and the marks but for the one to `hide`."""
    extra = ["mark.provisional"] if verdict.provisional else []
    extra += [f"mark.{mark}" for mark in verdict.marks if mark != hide]
    return " ".join((say(f"status.{verdict.status}", lang), *(say(key, lang) for key in extra)))


def due_text(indicator: Indicator, plan: Plan, lang: Lang) -> str:
    """Return when a target must be met: a condition in the plan's words, where it hangs on one."""
    if indicator.condition:
        return indicator.condition
    if isinstance(indicator.due, int):
        return say("due.year", lang, year=indicator.due)
    return say(f"due.{indicator.due}", lang, year=plan.target_year)


def formula_text(indicator: Indicator) -> str:
    """Return the formula as the plan writes it: numerator ÷ denominator, a condition, or the parts of a series."""
    return "; ".join(f"{part}: {text}" if part else text for part, text in formula_parts(indicator))


def formula_parts(indicator: Indicator) -> list[tuple[str, str]]:
    """Return the formula of each part of an indicator; all but a series have one part, without a name."""
    written = indicator.formula
    signs = {("numerator", "denominator"): "÷", ("dispersion", "weight"): "÷"}
    signs["compare", "against"] = SIGNS[indicator.target.operator]
    for (first, second), sign in signs.items():
        if first in written and second in written:
            return [("", f"{_bracketed(written[first])} {sign} {_bracketed(written[second])}")]
    return [(key.partition(".")[2], text) for key, text in written.items() if key != "where"]


def _bracketed(formula: str) -> str:
    depth = 0
    for character in formula:
        depth += (character == "(") - (character == ")")
        if depth == 0 and character in "+-−*×/÷<>=≥≤":
            return f"({formula})"
    return formula


def in_words(formula: str, plan: Plan, lang: Lang) -> str:
    """Return a formula with the labels of elements in the place of their ids."""

    def label(match: re.Match[str]) -> str:
        element = plan.elements.get(match.group())
        return element.label.say(lang) if element is not None else match.group()

    return _WORD.sub(label, formula)


def reading_text(value: Value | Absent) -> str | None:
    """Return a reading's value as text without loss; None where nothing was reported."""
    if isinstance(value, Absent):
        return None
    if isinstance(value, bool | str):
        return plain(value)
    return exactly(value)
