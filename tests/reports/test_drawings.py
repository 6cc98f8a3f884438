"""What is drawn: the way begins at the baseline, and a scale shows no amounts below nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from plancheck.language import Text
from plancheck.quantity import Number
from plancheck.reports.drawings import span_of, tick, trend_of
from tests.reports import rich
from tests.reports.fixture import INDICATORS, VERDICTS

RUN = rich.assessment()
BACHELOR = next(each for each in RUN.verdicts if each.indicator == "bachelor" and each.level == "district")


def test_one_year_is_drawn_on_its_way_from_the_baseline() -> None:
    drawn = trend_of({2023: BACHELOR}, INDICATORS["bachelor"], RUN, "zh")
    assert drawn is not None
    assert [(point.at, point.value, point.said) for point in drawn.points] == [
        (2020, 96, "2020  基期 96%"),
        (2023, Fraction(963, 10), "2023  96.30%"),
    ]
    assert drawn.title == "义务教育专任教师中本科及以上学历比例 2020—2023"
    assert (drawn.first, drawn.last) == (2020, 2025)


def test_no_line_is_drawn_through_the_values_of_different_parts() -> None:
    primary, junior = (
        replace(BACHELOR, period=year, of_part=Text(part, part)) for year, part in ((2022, "primary"), (2023, "junior"))
    )
    assert trend_of({2022: primary, 2023: junior}, INDICATORS["bachelor"], RUN, "zh") is None
    same = trend_of({2022: primary, 2023: replace(primary, period=2023)}, INDICATORS["bachelor"], RUN, "zh")
    assert same is not None
    assert [point.at for point in same.points] == [2020, 2022, 2023]


def test_a_judged_baseline_year_is_drawn_by_its_value_and_no_baseline_draws_nothing() -> None:
    judged = replace(BACHELOR, period=2020, value=Fraction(961, 10))
    drawn = trend_of({2020: judged, 2023: BACHELOR}, INDICATORS["bachelor"], RUN, "en")
    assert drawn is not None
    assert [point.said for point in drawn.points] == ["2020  96.10%", "2023  96.30%"]
    bare = replace(INDICATORS["bachelor"], baseline=None)
    drawn = trend_of({2023: BACHELOR}, bare, RUN, "en")
    assert drawn is not None
    assert len(drawn.points) == 1
    assert drawn.title.endswith(" 2023")


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([0, 100], 0, 112),
        ([50, 100], 44, 106),
        ([-10, 10], -12.4, 12.4),
        ([0], 0, 1),
        ([98], 93.1, 102.9),
    ],
)
def test_a_scale_has_air_and_does_not_go_below_nothing(values: list[Number], low: float, high: float) -> None:
    assert span_of(values) == pytest.approx((low, high))
    assert span_of(values, None) == span_of(values)


@pytest.mark.parametrize(("value", "text"), [(98.0, "98"), (97.654321, "97.65"), (188093.4, "188093"), (-0.5, "-0.5")])
def test_a_tick_has_four_digits_and_no_power_of_ten(value: float, text: str) -> None:
    assert tick(value) == text


def test_a_rate_is_held_against_its_target() -> None:
    drawn = trend_of({2023: VERDICTS[1]}, INDICATORS["fitness"], RUN, "zh")
    assert drawn is not None
    assert (drawn.bound, drawn.bound_said) == (98, "≥98")


def test_the_share_of_units_that_meet_a_target_is_held_against_all_of_them_not_against_the_target() -> None:
    tally = replace(VERDICTS[6], tally=True, value=Fraction(200, 3), numerator=2, denominator=3)
    unknown = replace(tally, period=2024, tally=False, value=None, outcome="unknown")
    drawn = trend_of({2023: tally, 2024: unknown}, INDICATORS["budget"], RUN, "zh")
    assert drawn is not None
    assert (drawn.bound, drawn.bound_said) == (100, "100%")
    assert [point.said for point in drawn.points] == ["2023  66.67%"]
