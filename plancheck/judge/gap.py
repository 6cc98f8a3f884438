"""How far from a target, in the indicator's unit and in whole people or schools, and who holds the gap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction

from plancheck.expression import names
from plancheck.judge.evidence import Question
from plancheck.judge.figures import Figures, compared, fitting, holds, ratio_of, scale_of
from plancheck.judge.rounding import rounded
from plancheck.judge.target import lacking, rising
from plancheck.language import Text
from plancheck.model import (
    Amount,
    Compare,
    Count,
    EveryGroup,
    Gap,
    Members,
    Ratio,
    Share,
    Shortfall,
    Target,
)
from plancheck.quantity import UNITS, Number


def gap_of(question: Question, found: Figures) -> Gap | None:
    """Return how far figures that miss a target are from it, None where that is no matter of a number."""
    target, unit = question.target, question.indicator.unit
    unit = "point" if unit == "percent" else unit
    if found.gap is not None or found.value is None:
        return found.gap
    if found.held:
        assert found.denominator is not None and found.numerator is not None
        bound = Target(target.text, target.operator, Fraction(found.denominator))
        return Gap(abs(Fraction(found.denominator) - found.numerator), unit, _whole(question, bound, found))
    value = compared(found, question.indicator.rounding)
    if target.bound is None or holds(found.value if value is None else value, target):
        return None
    return Gap(abs(target.bound - found.value), unit, _whole(question, target, found))


def gap_of_units(found: Figures) -> Gap:
    """Return how many units do not meet what binds each of them, in percent of those judged and as such."""
    assert found.value is not None and found.numerator is not None and found.denominator is not None
    return Gap(100 - Fraction(found.value), "point", int(found.denominator - found.numerator))


def _whole(question: Question, target: Target, found: Figures) -> int | None:
    """Return the smallest whole number of people, schools or things that would meet the target, where it counts such."""
    if not _counted(question):
        return None
    assert found.numerator is not None
    measure, scale = question.measure, scale_of(question.indicator)
    if isinstance(measure, Ratio | Share | EveryGroup | Members):
        assert found.denominator is not None
        return _short(question, target, found.numerator, found.denominator, scale)
    return _short(question, target, found.numerator, 1, 1)


def _short(question: Question, target: Target, numerator: Number, denominator: Number, scale: int) -> int:
    """Return how many are lacking; where values are rounded before they are compared, fewer may be enough."""
    exactly = lacking(target, numerator, denominator, scale)
    rounding = question.indicator.rounding
    if rounding is None or exactly == 0:
        return exactly
    step = 1 if rising(target) else -1
    return bisect_left(
        range(exactly),
        x=True,
        key=lambda more: holds(rounded(ratio_of(numerator + step * more, denominator, scale), rounding), target),
    )


def _counted(question: Question) -> bool:
    """Return whether the numerator counts people, schools or things, so that a gap can be told in whole ones."""
    match question.measure:
        case Share() | Count() | EveryGroup() | Members():
            return True
        case Ratio(node, _):
            kinds, fits = frozenset({"count", "yes_no"}), question.indicator.unit == "percent"
        case Amount(node) | Compare(node, _):
            kinds, fits = frozenset({"count"}), UNITS[question.indicator.unit].kind == "count"
        case _:
            return False
    elements = question.plan.elements
    return fits and all(UNITS[elements[name.id].unit].kind in kinds for name in names(node) if name.id in elements)


# ----------------------------------------------------------------------------------------- who holds it


def shortfalls(question: Question, found: Figures) -> tuple[Shortfall, ...]:
    """Return the units (of a share: schools) that miss the target by their own figures, most first."""
    if found.shortfalls is not None:
        return tuple(found.shortfalls)
    if not isinstance(question.measure, Ratio | Share) or not _counted(question):
        return ()
    target, scale = question.target, scale_of(question.indicator)
    exactly = question.indicator.rounding is None
    lacks: list[Shortfall] = []
    parts = [part for part in found.parts if part[2]]
    for (at, numerator, denominator), fits in zip(parts, fitting(parts, target, scale), strict=True):
        if fits:
            continue
        if exactly:
            people = lacking(target, numerator, denominator, scale)
        else:
            people = _short(question, target, numerator, denominator, scale)
        if people > 0:
            unit = question.frame.units[at]
            name = Text(unit.name, unit.name) if found.whole_schools else question.frame.called(at)
            lacks.append(Shortfall(_whose(question, found, at), name, people, ratio_of(numerator, denominator, scale)))
    return tuple(sorted(lacks, key=lambda lack: (-lack.people, lack.unit)))


def _whose(question: Question, found: Figures, at: int) -> str:
    unit = question.frame.units[at]
    return unit.code if found.whole_schools else unit.id


def closing(gap: Gap | None, lacks: Sequence[Shortfall]) -> tuple[str, ...]:
    """Return the smallest set of units whose reaching the target would close the gap: the greatest until it is closed."""
    if gap is None or gap.people is None:
        return ()
    chosen: list[str] = []
    closed = 0
    for lack in lacks:
        if closed >= gap.people:
            break
        chosen.append(lack.unit)
        closed += lack.people
    return tuple(chosen) if closed >= gap.people else ()


def without_largest(question: Question, found: Figures, lacks: Sequence[Shortfall]) -> Number | None:
    """Return the value without the unit that lacks most."""
    if not lacks or found.shortfalls is not None or found.numerator is None or found.denominator is None:
        return None
    part = next(part for part in found.parts if _whose(question, found, part[0]) == lacks[0].unit)
    numerator, denominator = found.numerator - part[1], found.denominator - part[2]
    return ratio_of(numerator, denominator, scale_of(question.indicator)) if denominator else None
