"""Sums over units that have what is summed: ratios of sums, plain amounts, and one amount against another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from plancheck.expression import Node
from plancheck.judge.evidence import Question
from plancheck.judge.figures import Figures, Part, ratio_of, scale_of, total, unread
from plancheck.model import Amount, Compare, Coverage, Ratio, Reason, Value
from plancheck.quantity import Number


class Pairs(Struct, frozen=True):
    """The units that have both of two figures, those that have one only, and those whose part is above its whole."""

    both: Sequence[Part]
    incomplete: Sequence[int]
    exceeding: Sequence[Part] = ()


def pairs(question: Question, first: Node, second: Node, *, part_of_whole: bool = False) -> Pairs:
    """Put two figures of each unit side by side. What they are, numbers and never words, the plan's loader has seen to."""
    above, below = question.frame.values(first), question.frame.values(second)
    every: list[tuple[int, Any, Any]] = [(at, above[at], below[at]) for at in question.population]
    both = [pair for pair in every if pair[1] is not None and pair[2] is not None]
    incomplete: list[int] = []
    if len(both) < len(every):
        incomplete = [at for at, part, whole in every if (part is None) is not (whole is None)]
    exceeding = [pair for pair in both if pair[1] > pair[2]] if part_of_whole else []
    if exceeding:
        both = [pair for pair in both if not pair[1] > pair[2]]
    return Pairs(both, incomplete, exceeding)


def number(value: Value | None) -> Number | None:
    """Return a value as a number, None where it is absent or a word."""
    return None if value is None or isinstance(value, str) else value


def amounts(question: Question, node: Node) -> Sequence[Part]:
    """Return the amount of each unit that has one."""
    values = question.frame.values(node)
    return [(at, found, 1) for at in question.population if (found := number(values[at])) is not None]


# ---------------------------------------------------------------------------------------------- ratios


def ratio(question: Question, measure: Ratio) -> Figures:
    """Work out a ratio of sums, of units or of the district's own figures."""
    if question.frame.of_district(measure.numerator):
        return _district_ratio(question, measure)
    if question.frame.of_district(measure.denominator):
        return _against_district(question, measure)
    scale = scale_of(question.indicator)
    found = pairs(question, measure.numerator, measure.denominator, part_of_whole=scale == 100)
    used = [part[0] for part in found.both]
    numerator = total([part[1] for part in found.both])
    denominator = total([part[2] for part in found.both])
    reason = None
    if not found.both:
        reason = Reason("no_pair") if found.incomplete else unread(question.frame, *_both(measure))
    elif denominator == 0:
        reason = Reason("nothing_counted")
    low, high = None, None
    if reason is None and scale == 100 and len(used) < len(question.population):
        low, high = _bounds(question, measure, found, (numerator, denominator))
    return Figures(
        question.covered(len(used), len(question.population), used),
        None if reason else ratio_of(numerator, denominator, scale),
        numerator,
        denominator,
        used,
        found.both,
        found.incomplete,
        found.exceeding,
        reason,
        low,
        high,
    )


def _both(measure: Ratio) -> tuple[Node, Node]:
    return measure.numerator, measure.denominator


def _bounds(
    question: Question, measure: Ratio, found: Pairs, sums: tuple[Number, Number]
) -> tuple[Number | None, Number | None]:
    """Return a rate of parts of a whole if none, and if all, of the missing units' wholes counted.

    A missing unit's whole is the one it gives without its part, else its size on the roster (which is no less), else
    what it gave in the latest other year. Of a unit of which none is known there is no telling.
    """
    used = {part[0] for part in found.both}
    missing = [at for at in question.population if at not in used]
    wholes = [_whole(question, measure.denominator, at) for at in missing]
    known = [whole for whole in wholes if whole is not None]
    if len(known) < len(missing):
        return None, None
    numerator, denominator = sums
    more = total(known)
    return ratio_of(numerator, denominator + more, 100), ratio_of(numerator + more, denominator + more, 100)


def _whole(question: Question, denominator: Node, at: int) -> Number | None:
    unit = question.frame.units[at]
    given = number(question.frame.values(denominator)[at])
    if given is not None or unit.size is not None:
        return unit.size if given is None else given
    for year in sorted(question.evidence.years, reverse=True):
        frame = question.evidence.years[year]
        there = frame.position(unit.id)
        value = None if there is None or year == question.period else number(frame.values(denominator)[there])
        if value is not None:
            return value
    return None


def _against_district(question: Question, measure: Ratio) -> Figures:
    """A sum over the units held against the district's own figure, such as children against population."""
    frame = question.frame
    found = amounts(question, measure.numerator)
    below = number(frame.district_value(measure.denominator))
    used = [part[0] for part in found]
    coverage = question.covered(len(used), len(question.population), used)
    if not found or below is None:
        return Figures(
            coverage, used=used, reason=unread(frame, measure.numerator if not found else measure.denominator)
        )
    above = total([part[1] for part in found])
    if below == 0:
        return Figures(coverage, None, above, below, used, reason=Reason("nothing_counted"))
    value = ratio_of(above, below, scale_of(question.indicator))
    # What is missing can only add to the numerator.
    return Figures(coverage, value, above, below, used, low=value)


def _district_ratio(question: Question, measure: Ratio) -> Figures:
    frame = question.frame
    above, below = (number(frame.district_value(node)) for node in _both(measure))
    if above is None or below is None:
        missing = [node for node, value in zip(_both(measure), (above, below), strict=True) if value is None]
        return Figures(Coverage(0, 1), reason=unread(frame, *missing))
    if below == 0:
        return Figures(Coverage(1, 1), None, above, below, reason=Reason("nothing_counted"))
    return Figures(Coverage(1, 1), ratio_of(above, below, scale_of(question.indicator)), above, below)


# --------------------------------------------------------------------------------------------- amounts


def amount(question: Question, measure: Amount) -> Figures:
    """Work out an amount: the district's own, else the sum over the units; those missing can only add to it."""
    frame, node = question.frame, measure.amount
    if frame.of_district(node):
        own = number(frame.district_value(node))
        if own is None:
            return Figures(Coverage(0, 1), reason=unread(frame, node))
        return Figures(Coverage(1, 1), own, own)
    found = amounts(question, node)
    used = [part[0] for part in found]
    coverage = question.covered(len(used), len(question.population), used)
    if not found:
        return Figures(coverage, reason=unread(frame, node))
    value = total([part[1] for part in found])
    return Figures(coverage, value, value, used=used, parts=found, low=value)


def compare(question: Question, measure: Compare) -> Figures:
    """Hold one amount against another: the district's own ones, or the sums over the units that have both."""
    frame, nodes = question.frame, (measure.amount, measure.against)
    if any(map(frame.of_district, nodes)):
        return _against_the_districts(question, nodes)
    found = pairs(question, *nodes)
    used = [part[0] for part in found.both]
    coverage = question.covered(len(used), len(question.population), used)
    if not found.both:
        reason = Reason("no_pair") if found.incomplete else unread(frame, *nodes)
        return Figures(coverage, incomplete=found.incomplete, reason=reason)
    here, there = total([part[1] for part in found.both]), total([part[2] for part in found.both])
    return Figures(coverage, here, here, there, used, found.both, found.incomplete, held=((here, there),))


def _against_the_districts(question: Question, nodes: tuple[Node, Node]) -> Figures:
    sides = [amount(question, Amount(node)) for node in nodes]
    first, second = (side.value for side in sides)
    coverage = max((side.coverage for side in sides), key=lambda each: (each.expected - each.reported, each.expected))
    used = [at for side in sides for at in side.used]
    if first is None or second is None:
        return Figures(coverage, used=used, reason=next(side.reason for side in sides if side.reason is not None))
    return Figures(coverage, first, first, second, used, held=((first, second),))
