"""What a measure comes to, and whether that is what a target asks, with all returns and with those still missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

from plancheck.expression import Node, names
from plancheck.judge.frame import Frame
from plancheck.judge.rounding import plain, rounded, rounded_root
from plancheck.judge.target import COMPARE, rising
from plancheck.language import Text, all_of
from plancheck.model import Coverage, Gap, Indicator, Reason, Rounding, Shortfall, Target
from plancheck.quantity import Number

Part = tuple[int, Number, Number]
"""A unit's position (of a school: its first unit's), its numerator, and its denominator."""


class Figures(Struct, frozen=True):
    """What a measure comes to over a population.

    `value` is in the indicator's unit. What takes the place of a comparison of the value with the target's bound is
    one of: `held`, amounts each held against a second one; `square`, of which the value is only the decimal root;
    `decided`, an outcome that is no matter of one number. `reason` says why there is neither value nor outcome, else
    it is a remark. `low` and `high` are the least and the most that missing units could make of the value, None where
    there is no telling.

    `used` and `incomplete` are unit positions: those that entered, and those that have one part only. `parts` are the
    used units' own figures, `exceeding` those left out because the part is above its whole. `whole_schools`: parts
    are those of schools. `shortfalls` and `gap` stand where they do not follow from parts and bound. `base_year` is
    the year with which it is compared, `frames` further readings it rests on, `waived` that all who fail are released,
    `part` the one of several parts whose amount is the value.
    """

    coverage: Coverage
    value: Number | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    used: Sequence[int] = ()
    parts: Sequence[Part] = ()
    incomplete: Sequence[int] = ()
    exceeding: Sequence[Part] = ()
    reason: Reason | None = None
    low: Number | None = None
    high: Number | None = None
    held: Sequence[tuple[Number, Number]] = ()
    square: Fraction | None = None
    decided: bool | None = None
    whole_schools: bool = False
    shortfalls: Sequence[Shortfall] | None = None
    gap: Gap | None = None
    base_year: int | None = None
    frames: tuple[tuple[Frame, Sequence[int]], ...] = ()
    waived: bool = False
    part: Text | None = None

    @property
    def known(self) -> bool:
        """Whether there is anything to judge."""
        return self.value is not None or self.decided is not None

    @property
    def missing(self) -> int:
        """How many of those expected did not report."""
        return max(self.coverage.expected - self.coverage.reported, 0)


def meets(found: Figures, target: Target, rounding: Rounding | None = None) -> bool:
    """Return whether figures are what a target asks."""
    if found.decided is not None:
        return found.decided
    if found.held:
        return all(COMPARE[target.operator](amount, against) for amount, against in found.held)
    if found.square is not None and rounding is None:
        assert target.bound is not None
        return COMPARE[target.operator](found.square, target.bound**2)
    assert found.value is not None
    value = compared(found, rounding)
    return holds(found.value if value is None else value, target)


def compared(found: Figures, rounding: Rounding | None) -> Number | None:
    """Return the value as it is rounded before it is compared, None where it is compared as it is."""
    if rounding is None or found.value is None:
        return None
    return rounded(found.value, rounding) if found.square is None else rounded_root(found.square, rounding)


def holds(value: Number, target: Target) -> bool:
    """Return whether a value stands where a target wants it."""
    assert target.bound is not None
    return COMPARE[target.operator](value, target.bound)


def fitting(parts: Iterable[Part], target: Target, scale: int) -> list[bool]:
    """Return of each unit's own figures whether their ratio, times a scale, stands where a target wants it.

    Held crosswise, in whole numbers as long as they go: a district may have a hundred thousand units.
    """
    assert target.bound is not None
    compare, step, wanted = COMPARE[target.operator], scale * target.bound.denominator, target.bound.numerator
    return [compare(part[1] * step, wanted * part[2]) for part in parts]


def settled(found: Figures, target: Target, rounding: Rounding | None = None) -> bool:
    """Return whether the missing units could not change the outcome, however they reported (worst and best case)."""
    if not found.missing:
        return True
    if found.decided is not None:
        return not found.decided and not found.waived  # one that is missing may be released by nobody
    if target.bound is None:
        return False
    low, high = (None if end is None or rounding is None else rounded(end, rounding) for end in (found.low, found.high))
    low, high = (found.low if low is None else low), (found.high if high is None else high)
    if target.operator == "==":
        out_of_reach = (low is not None and target.bound < low) or (high is not None and target.bound > high)
        return out_of_reach or (low is not None and low == high)
    worst, best = (low, high) if rising(target) else (high, low)
    return (worst is not None and holds(worst, target)) or (best is not None and not holds(best, target))


def scale_of(indicator: Indicator) -> int:
    """Return by what a bare ratio is multiplied to be in the indicator's unit."""
    return 100 if indicator.unit in ("percent", "point") else 1


def ratio_of(numerator: Number, denominator: Number, scale: int) -> Number:
    """Return the exact ratio of two numbers times a scale, whole where it is whole."""
    if isinstance(numerator, int) and isinstance(denominator, int):
        return plain(Fraction(numerator * scale, denominator))
    return plain(Fraction(numerator) / denominator * scale)


def total(values: Sequence[Number]) -> Number:
    """Return a sum, whole where it is whole."""
    added = sum(values)
    return plain(added) if isinstance(added, Fraction) else added


def elements_in(frame: Frame, *nodes: Node) -> Text:
    """Return the labels of the elements that formulas speak of, for a message."""
    found = (frame.plan.elements.get(name.id) for node in nodes for name in names(node))
    labels = list(dict.fromkeys(element.label for element in found if element is not None))
    return all_of(labels)


def unread(frame: Frame, *nodes: Node) -> Reason:
    """Return the reason that nothing was read of what formulas speak of."""
    return Reason("no_reading", {"elements": elements_in(frame, *nodes)})
