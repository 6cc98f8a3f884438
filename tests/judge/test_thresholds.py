"""Every threshold a/b, b up to 400, against one-decimal targets and all operators, held against whole numbers only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import gcd

import pytest
from msgspec.structs import replace

from plancheck.judge.figures import holds, ratio_of, scale_of
from plancheck.judge.target import lacking
from plancheck.model import Indicator, Operator, Plan, Target
from plancheck.quantity import Number

LARGEST = 400

ORACLE: dict[Operator, Callable[[int, int, int], bool]] = {
    # a/b against t/10 per cent, cross-multiplied: 1000 a against t b
    ">=": lambda a, b, t: 1000 * a >= t * b,
    ">": lambda a, b, t: 1000 * a > t * b,
    "<=": lambda a, b, t: 1000 * a <= t * b,
    "<": lambda a, b, t: 1000 * a < t * b,
    "==": lambda a, b, t: 1000 * a == t * b,
}


def _reduced(largest: int) -> Iterator[tuple[int, int]]:
    return ((a, b) for b in range(1, largest + 1) for a in range(b + 1) if gcd(a, b) == 1)


def _value(a: int, b: int, indicator: Indicator) -> Number:
    return ratio_of(a, b, scale_of(indicator))


@pytest.fixture(scope="module")
def rate(huairou: Plan) -> Indicator:
    return huairou.indicators["fitness_pass_rate"]


@pytest.fixture(scope="module")
def targets(rate: Indicator) -> dict[Operator, list[Target]]:
    """Every one-decimal target from 0 to 100.2, by operator."""
    return {
        operator: [replace(rate.target, operator=operator, bound=Fraction(tenths, 10)) for tenths in range(1003)]
        for operator in ORACLE
    }


def test_each_fraction_against_the_targets_around_it(rate: Indicator, targets: dict[Operator, list[Target]]) -> None:
    """A verdict can only turn at the tenths next to a/b, so each a/b, reduced or not, is held against those around it."""
    wrong = [
        (a, b, tenths, operator)
        for b in range(1, LARGEST + 1)
        for a in range(b + 1)
        for value in (_value(a, b, rate),)
        for tenths in range(max(1000 * a // b - 1, 0), 1000 * a // b + 3)
        for operator, oracle in ORACLE.items()
        if holds(value, targets[operator][tenths]) != oracle(a, b, tenths)
    ]
    assert wrong == []


def _against_every_target(
    largest: int, rate: Indicator, targets: dict[Operator, list[Target]]
) -> list[tuple[int, int, int, Operator]]:
    return [
        (a, b, tenths, operator)
        for a, b in _reduced(largest)
        for value in (_value(a, b, rate),)
        for operator, oracle in ORACLE.items()
        for tenths, target in enumerate(targets[operator])
        if holds(value, target) != oracle(a, b, tenths)
    ]


def test_every_target_for_small_denominators(rate: Indicator, targets: dict[Operator, list[Target]]) -> None:
    assert _against_every_target(24, rate, targets) == []


@pytest.mark.slow
def test_every_target_for_every_fraction(rate: Indicator, targets: dict[Operator, list[Target]]) -> None:
    """A quarter of a milliard comparisons; no reasoning about where a verdict can turn."""
    assert _against_every_target(LARGEST, rate, targets) == []


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
