"""Whole numbers that add up: a total shared out by weights, and a seeded source of plausible weights."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction


class Dice:
    """A seeded source of numbers. Only `Random.random` is used: Python promises the same sequence in every release."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` up to `high`."""
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def weights(self, sizes: Sequence[int], spread: float) -> list[float]:
        """Return the sizes, each moved by at most the share `spread`."""
        return [size * self.between(1 - spread, 1 + spread) for size in sizes]


def apportion(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """Share `total` out by weight in whole numbers, each at least `least` (largest remainder; ties to the first)."""
    rest = total - least * len(weights)
    if rest < 0 or not weights:
        raise ValueError(f"{total} cannot be shared out {len(weights)} times with at least {least} each")
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    quotas = [rest * weight / whole for weight in exact]
    parts = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - quotas[index], index))
    for index in by_remainder[: rest - sum(parts)]:
        parts[index] += 1
    return [part + least for part in parts]
