"""The indicators of the page: the line of each in the table, and what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from plancheck.codes import reason
from plancheck.language import Lang, joined
from plancheck.model import Assessment, Indicator, Status, Verdict
from plancheck.quantity import Number
from plancheck.reports.charts import dots, trend
from plancheck.reports.clean import clean_text
from plancheck.reports.drawings import dots_of, trend_of
from plancheck.reports.figures import (
    NOTHING,
    amount_missing,
    baseline_text,
    coverage_text,
    due_text,
    formula_text,
    gap_text,
    in_words,
    number_text,
    own_text,
    shown,
    status_text,
    target_text,
    value_text,
    with_unit,
)
from plancheck.reports.measuring import measure_text
from plancheck.reports.other_readings import other_readings
from plancheck.reports.over_time import conditions
from plancheck.reports.remarks import (
    closing_text,
    covered_text,
    open_or_sure,
    said_again,
    spread_text,
    waiver_text,
    year_text,
)
from plancheck.reports.symbols import STYLES, UNICODE
from plancheck.wording import say


class Cell(Struct, frozen=True):
    """An indicator's value in one year, and what it is sorted by."""

    text: str
    sort: str
    status: Status | str = ""
    sign: str = ""
    word: str = ""


class GroupView(Struct, frozen=True):
    """How a group stands with one indicator."""

    name: str
    value: str
    gap: str
    coverage: str
    status: Status
    said: str


class RowView(Struct, frozen=True):
    """One indicator: its line in the table and what stands behind it."""

    id: str
    no: str
    order: int
    label: str
    baseline: str
    baseline_sort: str
    years: tuple[Cell, ...]
    target: str
    required: str
    gap: str
    fraction: str
    coverage: str
    status: Status
    rank: int
    sign: str
    word: str
    extra: str
    facts: tuple[tuple[str, str], ...]
    trend: Markup
    dots: Markup
    holders: tuple[tuple[str, str, str], ...]
    rulings: tuple[tuple[str, str], ...]
    groups: tuple[GroupView, ...]
    apart: str


def rows_of(assessment: Assessment, district: Sequence[Verdict], last: int, lang: Lang) -> tuple[RowView, ...]:
    """Return the indicators in the order in which they were judged, each by its last year."""
    by_indicator: dict[str, dict[int, Verdict]] = {}
    for verdict in district:
        by_indicator.setdefault(verdict.indicator, {})[verdict.period] = verdict
    below: dict[str, list[Verdict]] = {}
    for verdict in (*assessment.verdicts, *assessment.matrix):
        if verdict.level != "district" and verdict.period == last:
            below.setdefault(verdict.indicator, []).append(verdict)
    return tuple(
        _row(number, by_year, below.get(indicator, ()), assessment, lang)
        for number, (indicator, by_year) in enumerate(by_indicator.items())
    )


def _row(
    number: int, by_year: Mapping[int, Verdict], below: Sequence[Verdict], assessment: Assessment, lang: Lang
) -> RowView:
    plan = assessment.plan
    verdict = by_year[max(by_year)]
    indicator = plan.indicators[verdict.indicator]
    word = say(f"status.{verdict.status}", lang)
    baseline = indicator.baseline
    path = trend_of(by_year, indicator, assessment, lang)
    units = [each for each in below if each.level == "unit" and each.value is not None]
    field = dots_of(units, verdict, indicator, lang)
    return RowView(
        indicator.id,
        number_text(indicator),
        number,
        clean_text(indicator.label.say(lang)),
        baseline_text(indicator, lang),
        "" if baseline is None else f"{float(baseline):.6f}",
        tuple(_cell(by_year.get(year), by_year, indicator, lang) for year in assessment.periods),
        clean_text(target_text(verdict.target, lang)),
        "" if verdict.required is None else _amount(verdict.required, indicator, verdict, lang),
        gap_text(verdict, indicator, plan, lang),
        _fraction(verdict),
        coverage_text(verdict),
        verdict.status,
        list(STYLES).index(verdict.status),
        UNICODE.status[verdict.status],
        word,
        clean_text(status_text(verdict, lang).removeprefix(word).strip()),
        _facts_of(verdict, assessment, lang),
        Markup(trend(path) if path else ""),  # noqa: S704 - charts escape what they are given
        Markup(dots(field) if field else ""),  # noqa: S704 - likewise
        _holders(verdict, assessment, lang),
        tuple(
            (clean_text(ruling.reading.say(lang)), clean_text(ruling.why.say(lang)))
            for ruling in plan.rulings_on(indicator.id)
        ),
        tuple(_group(each, assessment, lang) for each in below if each.level == "group"),
        clean_text(
            joined(
                [
                    spread_text(spread, plan, lang)
                    for spread in assessment.spreads
                    if (spread.indicator, spread.period) == (verdict.indicator, verdict.period)
                ],
                lang,
            )
        ),
    )


def _amount(value: Number, indicator: Indicator, verdict: Verdict, lang: Lang) -> str:
    return with_unit(shown(value, (verdict.value,)), indicator.unit, lang)


def _fraction(verdict: Verdict) -> str:
    if verdict.numerator is None or verdict.denominator is None:
        return ""
    return f"{shown(verdict.numerator)} / {shown(verdict.denominator)}"


def _cell(verdict: Verdict | None, by_year: Mapping[int, Verdict], indicator: Indicator, lang: Lang) -> Cell:
    if verdict is None:
        return Cell(NOTHING, "")
    sort = "" if verdict.value is None else f"{float(verdict.value):.6f}"
    text = clean_text(year_text(verdict, by_year, indicator, lang))
    return Cell(text, sort, verdict.status, UNICODE.status[verdict.status], say(f"status.{verdict.status}", lang))


def _facts_of(verdict: Verdict, assessment: Assessment, lang: Lang) -> tuple[tuple[str, str], ...]:
    plan = assessment.plan
    indicator = plan.indicators[verdict.indicator]
    facts = [
        (say("trace.measure", lang), measure_text(indicator, plan, lang)),
        (say("trace.formula", lang), in_words(formula_text(indicator), plan, lang)),
        (say("trace.target", lang), target_text(verdict.target, lang)),
        *((say(key, lang), text) for key, text in conditions(indicator, plan, lang)),
        (say("trace.due", lang), due_text(indicator, plan, lang)),
        (
            say("trace.source", lang),
            say("trace.quote", lang, clause=indicator.source.clause, quote=indicator.source.quote),
        ),
    ]
    facts += [(say("trace.restated", lang), text) for text in said_again(indicator, lang, verdict.otherwise)]
    facts += [(say("page.otherwise", lang), text) for text in other_readings(verdict, indicator, lang)]
    if verdict.reason is not None:
        facts.append((say("trace.reason", lang), reason(verdict.reason.key, verdict.reason.params, lang)))
    facts += [
        (say("trace.coverage", lang), covered_text(verdict.coverage, lang)),
        (say("trace.bounds", lang), open_or_sure(verdict, indicator, lang)),
        (say("trace.closing", lang), closing_text(verdict, plan, lang)),
        (say("mark.waived", lang), waiver_text(verdict, lang)),
        (say("trace.note", lang), "" if indicator.note is None else indicator.note.say(lang)),
    ]
    return tuple((word, clean_text(text)) for word, text in facts if text)


def _holders(verdict: Verdict, assessment: Assessment, lang: Lang) -> tuple[tuple[str, str, str], ...]:
    plan = assessment.plan
    indicator = plan.indicators[verdict.indicator]
    return tuple(
        (
            clean_text(lack.name.say(lang)),
            amount_missing(lack.people, verdict, indicator, plan, lang),
            own_text(lack, verdict, indicator, lang),
        )
        for lack in verdict.shortfalls
    )


def _group(group: Verdict, assessment: Assessment, lang: Lang) -> GroupView:
    indicator = assessment.plan.indicators[group.indicator]
    return GroupView(
        clean_text(group.name.say(lang)),
        value_text(group, indicator, lang),
        gap_text(group, indicator, assessment.plan, lang),
        coverage_text(group),
        group.status,
        clean_text(f"{UNICODE.status[group.status]} {status_text(group, lang)}"),
    )
