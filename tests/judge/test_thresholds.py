"""Every threshold a/b, b up to 400, against one-decimal targets and all operators, held against whole numbers only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import gcd

import pytest
from msgspec.structs import replace

from plancheck.judge.figures import ratio_of, scale_of
from plancheck.judge.target import COMPARE, lacking
from plancheck.model import Indicator, Operator, Plan

LARGEST = 400

ORACLE: dict[Operator, Callable[[int, int, int], bool]] = {
    # a/b against t/10 per cent, cross-multiplied: 1000 a against t b
    ">=": lambda a, b, t: 1000 * a >= t * b,
    ">": lambda a, b, t: 1000 * a > t * b,
    "<=": lambda a, b, t: 1000 * a <= t * b,
    "<": lambda a, b, t: 1000 * a < t * b,
    "==": lambda a, b, t: 1000 * a == t * b,
}


def _fractions(largest: int) -> Iterator[tuple[int, int]]:
    return ((a, b) for b in range(1, largest + 1) for a in range(b + 1) if gcd(a, b) == 1)


def _value(a: int, b: int, indicator: Indicator) -> int | Fraction:
    return ratio_of(a, b, scale_of(indicator))


@pytest.fixture(scope="module")
def rate(huairou: Plan) -> Indicator:
    return huairou.indicators["fitness_pass_rate"]


def test_each_fraction_against_the_targets_around_it(rate: Indicator) -> None:
    """A verdict can only turn at the tenths next to a/b, so each fraction is held against those on both sides."""
    wrong = [
        (a, b, tenths, operator)
        for a, b in _fractions(LARGEST)
        for value in (_value(a, b, rate),)
        for tenths in range(1000 * a // b - 1, 1000 * a // b + 3)
        for operator, oracle in ORACLE.items()
        if COMPARE[operator](value, Fraction(tenths, 10)) != oracle(a, b, tenths)
    ]
    assert wrong == []


def test_every_target_for_small_denominators(rate: Indicator) -> None:
    wrong = [
        (a, b, tenths, operator)
        for a, b in _fractions(24)
        for value in (_value(a, b, rate),)
        for tenths in range(1001)
        for operator, oracle in ORACLE.items()
        if COMPARE[operator](value, Fraction(tenths, 10)) != oracle(a, b, tenths)
    ]
    assert wrong == []


@pytest.mark.parametrize("operator", [">=", ">", "<=", "<"])
def test_the_whole_number_missing_is_the_smallest_that_turns_the_verdict(operator: Operator, rate: Indicator) -> None:
    rising = operator in (">=", ">")
    for b in range(1, 61):
        for a in range(b + 1):
            for tenths in (0, 333, 500, 667, 850, 980, 1000):
                target = replace(rate.target, operator=operator, bound=Fraction(tenths, 10))
                people = lacking(target, a, b)
                oracle = ORACLE[operator]
                if oracle(a, b, tenths):
                    assert people == 0
                    continue
                step = 1 if rising else -1
                assert oracle(a + step * people, b, tenths)
                assert not oracle(a + step * (people - 1), b, tenths)
