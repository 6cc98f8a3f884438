"""An assessment as CSV: one row a verdict, in UTF-8 with a byte order mark so that Excel and WPS open it rightly."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from plancheck.codes import reason
from plancheck.language import Lang, joined
from plancheck.model import Assessment, Indicator, Plan, Spread, Verdict
from plancheck.quantity import UNITS
from plancheck.reports.clean import clean_text
from plancheck.reports.figures import SIGNS, exactly, formula_text, shown, value_number
from plancheck.reports.remarks import number_of, said_again
from plancheck.wording import say

_HEADINGS: Final = (
    "period", "no", "indicator_id", "indicator", "level", "unit_id", "name", "verdict", "outcome", "progress",
    "provisional", "marks", "value", "unit", "numerator", "denominator", "target", "operator", "bound", "baseline",
    "required", "reported", "expected", "gap_amount", "gap_unit", "gap_people", "reason", "clause", "formula", "part",
    "worst", "best", "rounded", "pupils_reported", "pupils_expected", "holders", "closing", "without_largest",
    "said_again", "lowest", "highest", "variation",
)  # fmt: skip
# What a spreadsheet takes for the beginning of a formula, also in full width.
_FORMULA_BEGINS: Final = tuple("=+-@\t\r＝＋－＠")
_LONGEST: Final = 32_767
"""The most characters of a cell in Excel; other readers of CSV give up at four times as many."""
_ROOM: Final = 20

Cell = str | int


def render(assessment: Assessment, lang: Lang) -> str:
    """Return the rows under a header in `lang`; text that looks like a formula stands behind an apostrophe.

    How far groups lie apart stands in the row of the district.
    """
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(say(f"column.{heading}", lang) for heading in _HEADINGS)
    spreads = {(spread.indicator, spread.period): spread for spread in assessment.spreads}
    for verdict in assessment.verdicts:
        indicator = assessment.plan.indicators[verdict.indicator]
        spread = spreads.get((verdict.indicator, verdict.period)) if verdict.level == "district" else None
        writer.writerow(
            (
                *_row(verdict, indicator, lang),
                _part(indicator, assessment.plan, lang),
                *_missing(verdict),
                *_gap(verdict),
                text_cell(joined([*said_again(indicator, lang, verdict.otherwise)], lang)),
                *_spread(spread, lang),
            )
        )
    return out.getvalue()


def text_cell(text: str) -> str:
    """Return `text` as a cell that no spreadsheet takes for a formula."""
    # before cleaning too: a carriage return is dropped there, and what stood behind it would be bare
    clean = clean_text(text)
    return f"'{clean}" if text.startswith(_FORMULA_BEGINS) or clean.startswith(_FORMULA_BEGINS) else clean


def _row(verdict: Verdict, indicator: Indicator, lang: Lang) -> list[Cell]:
    target, gap, why = verdict.target, verdict.gap, verdict.reason
    return [
        verdict.period,
        "" if indicator.no is None else indicator.no,
        text_cell(indicator.id),
        text_cell(indicator.label.say(lang)),
        say(f"level.{verdict.level}", lang),
        text_cell(verdict.unit or ""),
        text_cell(verdict.name.say(lang)),
        say(f"status.{verdict.status}", lang),
        say(f"status.{verdict.outcome}", lang),
        say(f"status.{verdict.progress}", lang) if verdict.progress else "",
        say("answer.yes" if verdict.provisional else "answer.no", lang),
        " ".join(say(f"mark.{mark}", lang) for mark in verdict.marks),
        value_number(verdict),
        UNITS[indicator.unit].label.say(lang),
        "" if verdict.numerator is None else exactly(verdict.numerator),
        "" if verdict.denominator is None else exactly(verdict.denominator),
        text_cell(target.text),
        text_cell(SIGNS[target.operator]),
        "" if target.bound is None else exactly(target.bound),
        "" if indicator.baseline is None else exactly(indicator.baseline),
        "" if verdict.required is None else exactly(verdict.required),
        verdict.coverage.reported,
        verdict.coverage.expected,
        "" if gap is None else shown(gap.amount, (0,)),
        "" if gap is None else UNITS[gap.unit].label.say(lang),
        "" if gap is None or gap.people is None else gap.people,
        "" if why is None else text_cell(reason(why.key, why.params, lang)),
        text_cell(indicator.source.clause),
        text_cell(formula_text(indicator)),
    ]


def _part(indicator: Indicator, plan: Plan, lang: Lang) -> Cell:
    return text_cell(plan.groups[indicator.group].label.say(lang)) if indicator.group in plan.groups else ""


def _missing(verdict: Verdict) -> tuple[Cell, ...]:
    """Return what missing returns could bring, the value as it was rounded, and how many pupils the returns speak of."""
    bounds = ("", "") if verdict.bounds is None else tuple(number_of(end, verdict) for end in verdict.bounds)
    rounded = "" if verdict.rounded is None else exactly(verdict.rounded)
    pupils = verdict.coverage.pupils_reported, verdict.coverage.pupils_expected
    return (*bounds, rounded, *("" if count is None else count for count in pupils))


def _gap(verdict: Verdict) -> tuple[Cell, ...]:
    """Return how many units hold the gap, which of them would close it, and the value without the greatest."""
    without = "" if verdict.without_largest is None else number_of(verdict.without_largest, verdict)
    return len(verdict.shortfalls) or "", text_cell(_listed(verdict.closing)), without


def _listed(units: Sequence[str]) -> str:
    """Return ids in one cell; of more than a cell of Excel can hold the first, and how many there are besides."""
    text = " ".join(units)
    if len(text) <= _LONGEST:
        return text
    kept = text[: text.rindex(" ", 0, _LONGEST - _ROOM)]
    return f"{kept} … +{len(units) - kept.count(' ') - 1}"


def _spread(spread: Spread | None, lang: Lang) -> tuple[Cell, ...]:
    if spread is None:
        return "", "", ""
    ends = (text_cell(f"{name.say(lang)} {shown(value)}") for name, value in (spread.lowest, spread.highest))
    return *ends, "" if spread.variation is None else exactly(spread.variation)
