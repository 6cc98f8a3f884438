"""Amounts held against the year before, part by part, and changes of a rate or amount from a named base."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from plancheck.expression import Node
from plancheck.judge.evidence import Question
from plancheck.judge.figures import Figures, elements_in, total
from plancheck.judge.rounding import plain
from plancheck.judge.sums import amounts, number
from plancheck.judge.target import COMPARE, rising
from plancheck.language import Text, all_of
from plancheck.model import Change, Coverage, Ratio, Reason, Series, Target
from plancheck.quantity import Number

# ---------------------------------------------------------------------------------------------- series


class Step(Struct, frozen=True):
    """One part's amount this year and the year before, and how many units gave it, of how many."""

    part: str
    now: Number
    before: Number


class Sum(Struct, frozen=True):
    """A formula's amount in one year: the district's own, or the sum over the units `used` of `expected`."""

    amount: Number | None
    used: Sequence[int]
    expected: int


def series(question: Question, measure: Series) -> Figures:
    """Compare each part with the year before. A part without both years makes it unknown: a gap never hides a fall."""
    years = question, question.at(question.period - 1)
    sums = {part: [_sum(each, node) for each in years] for part, node in measure.parts.items()}
    found = [
        Step(part, now.amount, before.amount)
        for part, (now, before) in sums.items()
        if now.amount is not None and before.amount is not None
    ]
    coverage = _coverage(years, measure, sums, len(found))
    used = [sorted({at for both in sums.values() for at in both[number].used}) for number in range(2)]
    frames = ((years[1].frame, used[1]),)
    for each, key, at in ((years[0], "no_this_year", 0), (years[1], "no_year_before", 1)):
        missing = [part for part, both in sums.items() if both[at].amount is None]
        if missing:
            reason = Reason(key, {"year": str(each.period), "parts": _parts(question, measure, missing)})
            return Figures(coverage, used=used[0], reason=reason, frames=frames)
    target = question.target
    failing = [step.part for step in found if not COMPARE[target.operator](step.now, step.before)]
    worst = _worst(target, found)
    why = part = None
    if len(found) > 1:
        key = "parts_failing" if len(failing) > 1 else "part_failing" if failing else "parts_held"
        part = _parts(question, measure, [worst.part])
        why = Reason(key, {"parts": _parts(question, measure, failing), "part": part})
    return Figures(
        coverage,
        worst.now,
        worst.now,
        worst.before,
        used[0],
        reason=why,
        held=[(step.now, step.before) for step in found],
        base_year=years[1].period,
        frames=frames,
        part=part,
    )


def _sum(question: Question, node: Node) -> Sum:
    if question.frame.of_district(node):
        return Sum(number(question.frame.district_value(node)), (), 0)
    found = amounts(question, node)
    amount = total([part[1] for part in found]) if found else None
    return Sum(amount, [part[0] for part in found], len(question.population))


def _coverage(years: tuple[Question, Question], measure: Series, sums: dict[str, list[Sum]], steps: int) -> Coverage:
    """Return how many units gave their amounts in the year that lacks most; of the district's own, how many parts."""
    of_units = [both for both in sums.values() if any(each.expected for each in both)]
    if not of_units:
        return Coverage(steps, len(measure.parts))
    # Without a roster a unit that appears in one year only is missing from the other.
    known = all(year.frame.complete for year in years)
    each = [
        (len(one.used), one.expected if known else max(one.expected for one in both))
        for both in of_units
        for one in both
    ]
    return Coverage(*max(each, key=lambda counts: counts[1] - counts[0]))


def _worst(target: Target, found: Sequence[Step]) -> Step:
    """Return the part that does worst by its relative change; an amount up from nothing does best."""
    upwards = rising(target)

    def change(step: Step) -> tuple[bool, Fraction]:
        if step.before == 0:
            return upwards, Fraction(step.now)
        ratio = Fraction(step.now) / step.before
        return False, ratio if upwards else -ratio

    return min(found, key=change)


def _parts(question: Question, measure: Series, parts: Sequence[str]) -> Text:
    label = question.indicator.label
    labels = [measure.labels.get(part) or (label if part == "" else Text(part, part)) for part in parts]
    return all_of(labels)


# --------------------------------------------------------------------------------------------- changes


def change(question: Question, measure: Change, now: Figures, base: Figures, base_year: int) -> Figures:
    """Work out how far a rate or amount has moved from that of the base year, in its own unit or in percent of it."""
    now, base = _of_both_years(question, now, base, base_year)
    coverage = max(now.coverage, base.coverage, key=lambda each: each.expected - each.reported)
    frames = (*now.frames, (question.at(base_year).frame, base.used), *base.frames)
    if now.value is None or base.value is None:
        why = now.reason if now.value is None else _no_base(question, measure, base_year)
        coverage = now.coverage if now.value is None else Coverage(0, now.coverage.expected)
        return Figures(coverage, used=now.used, reason=why, base_year=base_year, frames=frames)
    if measure.relative and base.value == 0:
        why = Reason("from_zero", {"year": str(base_year)})
        return Figures(coverage, None, now.value, base.value, now.used, reason=why, base_year=base_year, frames=frames)

    def moved(here: Number | None, there: Number | None) -> Number | None:
        if here is None or there is None:
            return None
        by = Fraction(here) - there
        by = by * 100 / there if measure.relative else by
        return plain(by / (question.period - base_year) if measure.base == "average_per_year" else by)

    ends: tuple[Number | None, Number | None] = (None, None)
    if not measure.relative:
        ends = moved(_end(now.low, now), _end(base.high, base)), moved(_end(now.high, now), _end(base.low, base))
    return Figures(
        coverage,
        moved(now.value, base.value),
        now.value,
        base.value,
        now.used,
        incomplete=now.incomplete,
        exceeding=now.exceeding,
        low=ends[0],
        high=ends[1],
        base_year=base_year,
        frames=frames,
    )


def _of_both_years(question: Question, now: Figures, base: Figures, base_year: int) -> tuple[Figures, Figures]:
    """Return the figures of two years as of the units of either: without a roster, one that reports in one year only is missing
    from the other, and there is no telling what it would have said.
    """
    before = question.at(base_year)
    if question.frame.complete or not (now.used or base.used):
        return now, base
    told = [{each.frame.units[at].id for at in each.population} for each in (question, before)]
    every = len(told[0] | told[1])
    if every == len(told[0]) == len(told[1]):
        return now, base
    return _among(now, every), _among(base, every)


def _among(found: Figures, every: int) -> Figures:
    return replace(found, coverage=replace(found.coverage, expected=every), low=None, high=None)


def _end(end: Number | None, found: Figures) -> Number | None:
    """Return the least or the most a value could be: the value itself where nothing is missing."""
    return end if found.missing else found.value


def _no_base(question: Question, measure: Change, base_year: int) -> Reason:
    of = measure.of
    nodes = (of.numerator, of.denominator) if isinstance(of, Ratio) else (of.amount,)
    parts = elements_in(question.frame, *nodes)
    return Reason("no_year_before", {"year": str(base_year), "parts": parts})
