"""What is said beside the figures: what missing returns may bring, who would close a gap, how far groups lie apart."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from plancheck.language import Lang, Text
from plancheck.model import Indicator, Shortfall, Source, Spread, Target, Verdict
from plancheck.reports.remarks import (
    bounds_text,
    closing_text,
    open_or_sure,
    other_parts_text,
    remark_text,
    said_again,
    spread_text,
    year_text,
)
from tests.reports import fixture, rich
from tests.reports.fixture import INDICATORS, PLAN, VERDICTS

FITNESS = replace(VERDICTS[1], bounds=(Fraction(195, 2), Fraction(492, 5)))
BACHELOR = VERDICTS[2]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "序时值 97.60%；缺报补齐后为 97.50% 至 98.40%"),
        ("en", "on the path this year: 97.60%; with all returns between 97.50% and 98.40%"),
    ],
)
def test_a_provisional_verdict_says_what_missing_returns_may_bring(lang: Lang, said: str) -> None:
    assert remark_text(FITNESS, PLAN, lang) == said


def test_where_missing_returns_cannot_turn_it_only_an_explanation_says_so() -> None:
    definite = replace(FITNESS, provisional=False, reason=None)
    assert remark_text(definite, PLAN, "en") == "on the path this year: 97.60%"
    said = "with all returns between 97.50% and 98.40%; the verdict "
    assert open_or_sure(definite, INDICATORS["fitness"], "en") == said + "stands"
    assert open_or_sure(FITNESS, INDICATORS["fitness"], "en") == said + "may change"
    assert open_or_sure(VERDICTS[0], INDICATORS["enrolment"], "en") == ""


def test_bounds_go_from_low_to_high_and_keep_to_their_side_of_the_target() -> None:
    falling = replace(
        FITNESS, target=Target("≤5", "<=", Fraction(5)), required=None, bounds=(Fraction(50004, 10000), 3)
    )
    assert bounds_text(falling, INDICATORS["fitness"], "en") == "with all returns between 3% and 5.0004%"


def test_a_unit_is_said_once_behind_both_bounds() -> None:
    points = replace(INDICATORS["fitness"], unit="point")
    falling = replace(
        FITNESS, target=Target("下降1个百分点", "<=", Fraction(-1)), required=None, bounds=(Fraction(-3, 4), -3)
    )
    assert bounds_text(falling, points, "zh") == "缺报补齐后为 -3 至 -0.75 个百分点"
    assert bounds_text(falling, points, "en") == "with all returns between -3 and -0.75 percentage points"


def test_bounds_of_a_tally_are_shares_of_units_whatever_is_counted() -> None:
    tally = replace(FITNESS, indicator="budget", tally=True, bounds=(Fraction(195, 2), 100))
    assert bounds_text(tally, INDICATORS["budget"], "en") == "with all returns between 97.50% and 100%"


def test_the_value_that_was_rounded_is_named() -> None:
    rounded = replace(VERDICTS[0], rounded=Fraction(988, 10))
    assert remark_text(rounded, PLAN, "zh") == "修约为 98.8% 后比较"
    assert remark_text(rounded, PLAN, "en") == "compared as 98.8%, rounded"


def test_a_waiver_is_named_by_its_document_and_its_last_day() -> None:
    waived = replace(VERDICTS[0], marks=("waived",), waiver=rich.WAIVER)
    assert remark_text(waived, PLAN, "zh") == "豁免依据 试教字〔2023〕5号，至 2024-08-31"
    assert remark_text(waived, PLAN, "en") == "waived by 试教字〔2023〕5号 until 2024-08-31"


def _held(units: int, closing: int, without: Fraction | None = None) -> Verdict:
    lacks = tuple(Shortfall(str(at), Text("x", "x"), 9 - at, 90) for at in range(units))
    return replace(
        BACHELOR, shortfalls=lacks, closing=tuple(each.unit for each in lacks[:closing]), without_largest=without
    )


@pytest.mark.parametrize(
    ("units", "closing", "zh", "en"),
    [
        (4, 1, "第 1 个达到目标即可补足差距", "the first at the target would close the gap"),
        (1, 1, "第 1 个达到目标即可补足差距", "the first at the target would close the gap"),
        (4, 3, "前 3 个达到目标即可补足差距", "the first 3 at the target would close the gap"),
        (4, 4, "4 个全部达到目标才能补足差距", "only all 4 at the target would close the gap"),
        (4, 0, "", ""),
    ],
)
def test_how_many_would_close_the_gap(units: int, closing: int, zh: str, en: str) -> None:
    assert closing_text(_held(units, closing), PLAN, "zh") == zh
    assert closing_text(_held(units, closing), PLAN, "en") == en


def test_the_value_without_the_one_that_lacks_most() -> None:
    held = _held(2, 1, Fraction(969999, 10000))
    assert closing_text(held, PLAN, "zh").endswith("；不计第 1 个则为 96.9999%")  # below 97, and shown to be
    assert closing_text(held, PLAN, "en").endswith("; without the first: 96.9999%")


SPREAD = Spread(
    "fitness", 2023, "township", (Text("山区", "hills"), 95), (Text("平原", "plain"), 99), Fraction(21, 1000)
)


def test_how_far_groups_lie_apart() -> None:
    assert spread_text(SPREAD, PLAN, "zh") == "组间：95%（山区）至 99%（平原）；差异系数 0.021"
    assert spread_text(SPREAD, PLAN, "en") == "spread: 95% (hills) to 99% (plain); coefficient of variation 0.021"
    assert spread_text(replace(SPREAD, variation=None), PLAN, "en") == "spread: 95% (hills) to 99% (plain)"


def test_groups_of_a_tally_lie_apart_in_percent_of_units() -> None:
    tally = replace(SPREAD, indicator="budget", tally=True, variation=None)
    assert spread_text(tally, PLAN, "en") == "spread: 95% (hills) to 99% (plain)"


BEFORE = "二（三）3：“学历人员比例超过96%”"


def _again(indicator: Indicator) -> list[str]:
    return [*said_again(indicator, "zh")]


def test_what_is_said_again_tells_its_words_and_the_outcome_by_it() -> None:
    bachelor = rich.PLAN.indicators["bachelor"]
    verdict = next(each for each in rich.assessment().verdicts if each.indicator == "bachelor")
    assert [*said_again(bachelor, "zh", verdict.otherwise)] == [f"{BEFORE}（按此 超过96%：达标）"]
    assert [*said_again(bachelor, "en", verdict.otherwise)] == [
        "二（三）3: “学历人员比例超过96%” (by it, 超过96%: met)"
    ]
    assert _again(bachelor) == [f"{BEFORE}（如按此：超过96%）"]
    (again,) = bachelor.restated
    same = replace(again, source=Source("二（三）3", "学历人员比例超过96%"), target=None)
    assert _again(replace(bachelor, restated=(same,))) == [BEFORE]
    assert _again(fixture.INDICATORS["bachelor"]) == []


def _of_part(year: int, zh: str, en: str) -> Verdict:
    return replace(BACHELOR, period=year, of_part=Text(zh, en))


def test_values_of_different_parts_are_told_apart_beside_each_other() -> None:
    junior, primary = _of_part(2022, "初中", "junior"), _of_part(2023, "小学", "primary")
    years = {2022: junior, 2023: primary}
    indicator = INDICATORS["bachelor"]
    assert [year_text(each, years, indicator, "zh") for each in (junior, primary)] == [
        "96.30%（初中）",
        "96.30%（小学）",
    ]
    assert year_text(primary, years, indicator, "en") == "96.30% (primary)"
    assert other_parts_text(years, "zh") == "2022 年的数值属于初中"
    alike = {2022: replace(primary, period=2022), 2023: primary}
    assert (year_text(primary, alike, indicator, "zh"), other_parts_text(alike, "zh")) == ("96.30%", "")
