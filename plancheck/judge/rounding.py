"""Rounding by GB/T 8170 on exact numbers: to the even digit at a half, or up; also of a root known by its square."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import isqrt
from typing import Final

from plancheck.model import Rounding
from plancheck.quantity import Number

ROOT_PLACES: Final = 6
"""To how many decimals a root is shown, unless it takes more to stand on its own side of a bound."""


def rounded(value: Number, rounding: Rounding) -> Number:
    """Return `value` rounded; 四舍五入 rounds a half away from zero, 四舍六入五成双 to the even digit."""
    if rounding.half == "even":
        return plain(round(Fraction(value), rounding.places))
    scale = 10**rounding.places
    whole = int(abs(Fraction(value)) * scale + Fraction(1, 2))
    return plain(Fraction(whole if value >= 0 else -whole, scale))


def rounded_root(square: Fraction, rounding: Rounding) -> Number:
    """Return the root of `square` rounded, without ever taking it for a number it is only near to."""
    scale = 10**rounding.places
    exactly = square * scale * scale
    low = isqrt(exactly.numerator // exactly.denominator)
    half = Fraction(2 * low + 1, 2) ** 2
    up = exactly > half or (exactly == half and (rounding.half == "up" or low % 2 == 1))
    return plain(Fraction(low + up, scale))


def root(square: Fraction, bounds: Iterable[Number] = ()) -> Number:
    """Return the root of `square` as a decimal that stands on the same side of each bound as the root itself."""
    places = ROOT_PLACES
    found = rounded_root(square, Rounding(places))
    for bound in bounds:
        while _side(found * found, Fraction(bound) ** 2) != _side(square, Fraction(bound) ** 2):
            places += 1
            found = rounded_root(square, Rounding(places))
    return found


def _side(value: Number, against: Number) -> int:
    return (value > against) - (value < against)


def plain(value: Fraction) -> Number:
    """Return a whole number as such."""
    return value.numerator if value.denominator == 1 else value
