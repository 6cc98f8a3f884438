"""One verdict explained: its formula, its figures, the comparison made, the time, the clause, each cell it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from plancheck.codes import reason
from plancheck.language import Lang, joined, listed
from plancheck.model import Assessment, Indicator, KOfN, Plan, Reading, Roster, Series, Verdict
from plancheck.quantity import Number
from plancheck.reports.figures import (
    SIGNS,
    amount_missing,
    baseline_text,
    due_text,
    exact_value,
    exactly,
    formula_parts,
    gap_text,
    in_words,
    numbered,
    own_text,
    reading_text,
    shown,
    status_text,
    target_text,
    value_number,
    value_text,
    with_unit,
)
from plancheck.reports.measuring import measure_text
from plancheck.reports.over_time import conditions
from plancheck.reports.page import Line, Piece, hanging, pad, width
from plancheck.reports.place import place
from plancheck.reports.remarks import (
    MOST_HOLDERS,
    closing_text,
    covered_text,
    open_or_sure,
    rounded_text,
    said_again,
)
from plancheck.reports.symbols import STYLES, Screen
from plancheck.wording import say

_MOST_READINGS: Final = 8


def render(verdict: Verdict, assessment: Assessment, screen: Screen, *, all_of_them: bool = False) -> Iterator[Line]:
    """Yield the trace of a verdict; long lists of readings are cut to the first unless all are wanted."""
    plan, lang = assessment.plan, screen.lang
    indicator = plan.indicators[verdict.indicator]
    year = say("head.years", lang, years=str(verdict.period))
    for text in hanging("", f"{numbered(indicator, lang)} · {verdict.name.say(lang)} · {year}", screen.room, 2):
        yield (Piece(text, "strong"),)
    sign = screen.signs.status[verdict.status]
    yield from entry(
        "trace.verdict", f"{sign} {status_text(verdict, lang)}", screen, strong=STYLES[verdict.status] != ""
    )
    for key, said in _facts(verdict, indicator, plan, lang):
        if said:
            yield from entry(key, said, screen)
    yield from ruling_lines(indicator, plan, screen)
    yield from _readings(verdict, assessment, screen, all_of_them=all_of_them)


def entry(key: str, said: str, screen: Screen, *, strong: bool = False) -> Iterator[Line]:
    """Yield one labelled line of an explanation."""
    label = pad(say(key, screen.lang), _LABEL) + " "
    for number, text in enumerate(hanging(label, said, screen.room, _LABEL + 1)):
        head = label if number == 0 else ""
        yield Piece(head, "quiet"), Piece(text[len(head) :], "strong" if strong else "")


_LABEL: Final = 12


def _facts(verdict: Verdict, indicator: Indicator, plan: Plan, lang: Lang) -> Iterator[tuple[str, str]]:
    yield from definition(indicator, plan, lang)
    yield "trace.value", _figures(verdict, indicator, lang)
    yield "trace.target", target_text(verdict.target, lang)
    yield from conditions(indicator, plan, lang)
    yield "trace.comparison", _comparison(verdict, indicator, lang)
    yield (
        "trace.due",
        say("trace.is_due" if verdict.due else "trace.not_due", lang, when=due_text(indicator, plan, lang)),
    )
    yield "trace.path", _path(verdict, indicator, plan, lang)
    yield "trace.coverage", covered_text(verdict.coverage, lang)
    yield "trace.bounds", open_or_sure(verdict, indicator, lang)
    yield "trace.gap", gap_text(verdict, indicator, plan, lang)
    yield "trace.holders", "\n".join(_holders(verdict, plan, lang))
    why = verdict.reason
    yield "trace.reason", "" if why is None else reason(why.key, why.params, lang)
    yield "trace.restated", "\n".join(said_again(indicator, lang, verdict.otherwise))


def definition(indicator: Indicator, plan: Plan, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield how an indicator is measured: its formula in words and in ids, its scope."""
    yield "trace.measure", measure_text(indicator, plan, lang)
    parts = formula_parts(indicator)
    labels = indicator.measure.labels if isinstance(indicator.measure, Series) else {}
    named = [(labels[part].say(lang) if part in labels else part, in_words(text, plan, lang)) for part, text in parts]
    yield "trace.formula", "\n".join(f"{part}: {text}" if part else text for part, text in named)
    yield "trace.ids", "\n".join(f"{part}: {text}" if part else text for part, text in parts)
    stages = (plan.units.stages[stage].label.say(lang) for stage in indicator.stages)
    everywhere = "" if isinstance(indicator.measure, Series) else say("trace.all_stages", lang)
    yield "trace.scope", listed(stages, lang) or everywhere
    yield "trace.where", in_words(indicator.formula.get("where", ""), plan, lang)


def _figures(verdict: Verdict, indicator: Indicator, lang: Lang) -> str:
    if verdict.value is None:
        known = [exactly(part) for part in (verdict.numerator, verdict.denominator) if part is not None]
        return " ÷ ".join(known)
    value = value_text(verdict, indicator, lang)
    if _of_several(verdict, indicator):
        return say("trace.k_of", lang, count=value, every=exactly(verdict.denominator or 0))
    if verdict.target.bound is None or verdict.numerator is None or verdict.denominator is None:
        return value
    return say(
        "trace.fraction",
        lang,
        numerator=exactly(verdict.numerator),
        denominator=exactly(verdict.denominator),
        exact=exact_value(verdict, indicator),
        value=value,
    )


def _of_several(verdict: Verdict, indicator: Indicator) -> bool:
    """Return whether it is told how many of several indicators one unit meets."""
    return isinstance(indicator.measure, KOfN) and not verdict.tally


def _comparison(verdict: Verdict, indicator: Indicator, lang: Lang) -> str:
    if verdict.value is None or _of_several(verdict, indicator):  # how near the others come decides as well
        return ""
    sign = SIGNS[verdict.target.operator]
    met = say("answer.yes" if verdict.outcome == "met" else "answer.no", lang)
    if verdict.tally and verdict.numerator is not None and verdict.denominator is not None:
        counts = {"count": exactly(verdict.numerator), "every": exactly(verdict.denominator)}
        return say("trace.tally", lang, **counts, answer=met)
    if verdict.target.bound is None:
        if verdict.denominator is None:
            return ""
        now = with_unit(shown(verdict.value, (verdict.denominator,)), indicator.unit, lang)
        before = with_unit(shown(verdict.denominator, (verdict.value,)), indicator.unit, lang)
        return say("trace.step", lang, now=now, sign=sign, before=before, answer=met)
    value = value_number(verdict) if verdict.rounded is None else exactly(verdict.rounded)
    question = say("trace.question", lang, value=value, sign=sign, bound=exactly(verdict.target.bound), answer=met)
    return joined((question, rounded_text(verdict, indicator, lang)), lang)


def _holders(verdict: Verdict, plan: Plan, lang: Lang) -> Iterator[str]:
    """Yield who holds the gap, the greatest first, and what would close it."""
    indicator = plan.indicators[verdict.indicator]
    for lack in verdict.shortfalls[:MOST_HOLDERS]:
        amount = amount_missing(lack.people, verdict, indicator, plan, lang)
        yield f"{lack.name.say(lang)}  {amount}  {own_text(lack, verdict, indicator, lang)}".rstrip()
    more = len(verdict.shortfalls) - MOST_HOLDERS
    if more > 0:
        yield say("shortfall.more", lang, count=more)
    if closing := closing_text(verdict, plan, lang):
        yield closing


def _path(verdict: Verdict, indicator: Indicator, plan: Plan, lang: Lang) -> str:
    if verdict.required is None or verdict.target.bound is None or verdict.value is None:
        return ""
    sign = "≥" if verdict.target.operator in (">", ">=", "==") else "≤"
    reached = say("answer.no" if verdict.progress == "behind" else "answer.yes", lang)
    needed = shown(verdict.required, (verdict.value,))
    question = say("trace.question", lang, value=value_number(verdict), sign=sign, bound=needed, answer=reached)
    return say(
        "trace.path_line",
        lang,
        start=str(plan.baseline_year),
        baseline=baseline_text(indicator, lang),
        end=str(indicator.due if isinstance(indicator.due, int) else plan.target_year),
        bound=_amount(verdict.target.bound, indicator, lang),
        year=str(verdict.period),
        required=with_unit(needed, indicator.unit, lang),
        question=question,
    )


def _amount(value: Number, indicator: Indicator, lang: Lang) -> str:
    return with_unit(exactly(value), indicator.unit, lang)


def ruling_lines(indicator: Indicator, plan: Plan, screen: Screen) -> Iterator[Line]:
    """Yield the clause an indicator stands in and the rulings that concern it."""
    lang, source = screen.lang, indicator.source
    yield from entry("trace.source", say("trace.quote", lang, clause=source.clause, quote=source.quote), screen)
    for ruling in plan.rulings_on(indicator.id):
        yield from entry("trace.rulings", f"{ruling.reading.say(lang)} ({ruling.id})", screen)
        texts = [say("trace.quote", lang, clause=each.clause, quote=each.quote) for each in ruling.conflict]
        said = (say("trace.conflict", lang, texts=joined(texts, lang)), ruling.why.say(lang))
        for text in said:
            yield from ((Piece(line, "quiet"),) for line in hanging(" " * (_LABEL + 1), text, screen.room, _LABEL + 1))


def _readings(verdict: Verdict, assessment: Assessment, screen: Screen, *, all_of_them: bool) -> Iterator[Line]:
    """Yield the readings under their element, year and sheet; of long lists the first, unless all are wanted."""
    lang = screen.lang
    sheets: dict[tuple[str, int, str, str], list[Reading]] = {}
    for reading in verdict.readings:
        sheets.setdefault((reading.element, reading.period, reading.file, reading.sheet), []).append(reading)
    yield from entry("trace.readings", "" if sheets else say("trace.no_readings", lang), screen)
    for (name, period, file, sheet), readings in sheets.items():
        label = assessment.plan.elements[name].label.say(lang)
        where = place(file, sheet, "", screen.signs, lang)
        head = f"{label} ({name})  {say('head.years', lang, years=str(period))}  {where}"
        yield from ((Piece(text),) for text in hanging("  ", head, screen.room, 4))
        most = len(readings) if all_of_them else _MOST_READINGS
        for reading in readings[:most]:
            yield from _reading(reading, assessment.roster, screen)
        if len(readings) > most:
            yield (Piece(f"    {say('trace.more', lang, count=len(readings) - most)}", "quiet"),)


def _reading(reading: Reading, roster: Roster | None, screen: Screen) -> Iterator[Line]:
    value = reading_text(reading.value) or "-"
    read = value if reading.raw in ("", value) else f"“{reading.raw}” {screen.signs.arrow} {value}"
    known = roster.units.get(reading.unit) if roster is not None else None
    name = f"{known.name} {reading.unit}" if known is not None else reading.unit
    head = f"    {pad(reading.cell, 6)} "
    yield from ((Piece(text, "quiet"),) for text in hanging(head, f"{read}  {name}".rstrip(), screen.room, width(head)))
