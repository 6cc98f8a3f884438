"""The nouns that do something: the formulas of a measure, a unit in its time, whether a return can go."""

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
    Coverage,
    Dispersion,
    EveryGroup,
    Gap,
    KOfN,
    Measure,
    Members,
    Milestone,
    Narrative,
    Ratio,
    Readiness,
    Series,
    Share,
    Target,
    Unit,
    Verdict,
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


@pytest.mark.parametrize(
    ("opened", "closed", "there"),
    [
        ("", "", True),
        ("2023-09-01", "", True),
        ("2023-09-02", "", False),
        ("", "2023-09-02", True),
        ("", "2023-09-01", False),
        ("", "-", False),
    ],
)
def test_a_unit_is_in_being_on_the_first_of_september(opened: str, closed: str, there: bool) -> None:
    assert Unit("1/p", "1", "甲", "p", opened=opened, closed=closed).in_being(2023) is there


def test_a_return_can_go_when_nothing_is_to_be_mended_or_explained() -> None:
    assert Readiness(0, 0, 3).ready
    assert not Readiness(1, 0).ready
    assert not Readiness(0, 1).ready


@pytest.mark.parametrize(
    ("gap", "bound", "denominator", "share"),
    [
        (Gap(5, "point"), Fraction(30), None, Fraction(1, 6)),
        (Gap(1, "point"), Fraction(-2), None, Fraction(1, 2)),
        (Gap(Fraction(1, 2), "yuan"), None, 40, Fraction(1, 80)),  # a series: what the year before had
        (Gap(5, "person"), Fraction(0), None, 0),
        (Gap(5, "person"), None, None, 0),
        (None, Fraction(30), None, 0),
    ],
)
def test_what_is_lacking_as_a_share_of_what_is_asked(
    gap: Gap | None, bound: Fraction | None, denominator: int | None, share: Fraction | int
) -> None:
    target = Target("", ">=", bound)
    verdict = Verdict(
        "x",
        "district",
        None,
        Text("", ""),
        2023,
        "not_met",
        True,
        target,
        Coverage(1, 1),
        gap=gap,
        denominator=denominator,
    )
    assert verdict.lack == share
