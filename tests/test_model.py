"""The nouns that do something: the formulas of a measure."""

from __future__ import annotations

from fractions import Fraction

import pytest

from plancheck.expression import parse
from plancheck.language import Text
from plancheck.model import (
    Amount,
    Change,
    Compare,
    Count,
    Dispersion,
    EveryGroup,
    KOfN,
    Measure,
    Members,
    Milestone,
    Narrative,
    Ratio,
    Series,
    Share,
    formulas_of,
)

A, B = parse("a"), parse("b")


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Ratio(A, B), (A, B)),
        (Compare(A, B), (A, B)),
        (Dispersion(A, B), (A, B)),
        (Amount(A), (A,)),
        (Share(A), (A,)),
        (Count(A), (A,)),
        (EveryGroup("township", A), (A,)),
        (Members({"x": ("甲",)}), ()),
        (Members({"x": ("甲",)}, A), (A,)),
        (Series({"": A, "b": B}), (A, B)),
        (Change(Ratio(A, B), "prior_year"), (A, B)),
        (Milestone(("甲",), A), (A,)),
        (KOfN(("x",), 1, Fraction(1)), ()),
        (Narrative(Text("无", "none")), ()),
    ],
)
def test_every_formula_of_a_measure_is_found(measure: Measure, expected: tuple[object, ...]) -> None:
    assert formulas_of(measure) == expected
