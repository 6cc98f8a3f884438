"""Due years, the straight path from baseline to target, progress."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from plancheck.judge.target import is_due, progress, required
from plancheck.model import Plan


@pytest.mark.parametrize(
    ("due", "period", "expected"),
    [("by_end", 2024, False), ("by_end", 2025, True), ("every_year", 2021, True), ("every_year", 2020, False), ("each_step", 2020, False), ("each_step", 2021, True),
     (2023, 2022, False), (2023, 2023, True), ("none", 2030, False)],
)  # fmt: skip
def test_when_a_target_is_due(due: str | int, period: int, expected: bool, huairou: Plan) -> None:
    indicator = replace(huairou.indicators["fitness_pass_rate"], due=due)
    assert is_due(indicator, huairou, period) is expected


@pytest.mark.parametrize(
    ("indicator", "period", "expected"),
    [
        ("fitness_pass_rate", 2023, Fraction(976, 10)),  # 97 -> 98 in five years: 97 + 3/5
        ("compulsory_teacher_bachelor_rate", 2021, Fraction(962, 10)),
        ("senior_teacher_postgrad_rate", 2023, Fraction(2596, 100)),  # 19.9 + 10.1 × 3/5
        ("senior_teacher_postgrad_rate", 2025, Fraction(30)),
        ("compulsory_nearby_enrollment_rate", 2022, Fraction(99)),  # the baseline meets the target: keep it
        ("smart_campus_coverage_rate", 2023, None),  # the baseline is “-”: unknown, never 0
        ("public_budget_edu_nondecreasing", 2023, None),
    ],
)
def test_what_the_straight_path_asks(indicator: str, period: int, expected: Fraction | None, huairou: Plan) -> None:
    asked = huairou.indicators[indicator]
    assert required(asked, huairou, period, asked.target) == expected


@pytest.mark.parametrize(
    ("value", "wanted", "expected"),
    [(Fraction(976, 10), Fraction(976, 10), "on_track"), (Fraction(9759, 100), Fraction(976, 10), "behind"),
     (Fraction(50), None, "not_due"), (Fraction(97), Fraction(98), "behind")],
)  # fmt: skip
def test_progress(value: Fraction, wanted: Fraction | None, expected: str, huairou: Plan) -> None:
    assert progress(huairou.indicators["fitness_pass_rate"].target, value, wanted) == expected


def test_progress_downwards(huairou: Plan) -> None:
    falling = huairou.indicators["fitness_pass_rate"]
    falling = replace(falling, target=replace(falling.target, operator="<=", bound=Fraction(20)))
    assert progress(falling.target, Fraction(30), Fraction(31)) == "on_track"
    assert progress(falling.target, Fraction(32), Fraction(31)) == "behind"
