"""Figures never look better than they are, and say what they count."""

from fractions import Fraction

import pytest
from msgspec.structs import replace

from plancheck.expression import parse
from plancheck.language import Lang, Text
from plancheck.model import EveryGroup, Measure, Members, Share, Shortfall, Verdict
from plancheck.reports import figures
from tests.reports.fixture import INDICATORS, PLAN, VERDICTS, assessment

BY_INDICATOR = {verdict.indicator: verdict for verdict in VERDICTS if verdict.level == "district"}


@pytest.mark.parametrize(
    ("value", "against", "text"),
    [
        (Fraction(9796, 100), (98,), "97.96"),
        (Fraction(97996, 1000), (98,), "97.996"),
        (Fraction(98), (98,), "98"),
        (Fraction(1, 3), (), "0.33"),
        (Fraction(975996, 10000), (98, Fraction(976, 10)), "97.5996"),
        (Fraction(1, 300000), (0,), "0.000003"),
    ],
)
def test_shown_stands_on_its_own_side(value: Fraction, against: tuple[Fraction | int, ...], text: str) -> None:
    assert figures.shown(value, against) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(98), "98"), (Fraction(488, 5), "97.6"), (Fraction(-1, 4), "-0.25"), (Fraction(1, 3), "1/3")],
)
def test_exactly(value: Fraction, text: str) -> None:
    assert figures.exactly(value) == text


@pytest.mark.parametrize(
    ("indicator", "zh", "en"),
    [
        ("fitness", "差 1 人", "1 person"),
        ("bachelor", "差 8 人", "8 people"),
        ("smart_rate", "差 1 所", "1 school"),
        ("budget", "差 93 万元", "93 × 10,000 yuan"),
        ("enrolment", "", ""),
    ],
)
def test_gap(indicator: str, zh: str, en: str) -> None:
    verdict = BY_INDICATOR[indicator]
    assert figures.gap_text(verdict, INDICATORS[indicator], PLAN, "zh") == zh
    assert figures.gap_text(verdict, INDICATORS[indicator], PLAN, "en") == en


@pytest.mark.parametrize(
    ("measure", "of", "zh", "en"),
    [
        (Members({"one": ("一所",)}), "ledger", "差 1 个", "1"),
        (EveryGroup("township", parse("smart")), "", "差 1 个", "1"),
        (Share(parse("smart")), "ledger", "差 1 个", "1"),
        (Share(parse("smart")), "", "差 1 所", "1 school"),
    ],
)
def test_a_gap_counts_what_is_missing_not_percent(measure: Measure, of: str, zh: str, en: str) -> None:
    indicator = replace(INDICATORS["smart_rate"], measure=measure, of=of)
    assert figures.gap_text(BY_INDICATOR["smart_rate"], indicator, PLAN, "zh") == zh
    assert figures.gap_text(BY_INDICATOR["smart_rate"], indicator, PLAN, "en") == en


def test_a_school_that_lacks_a_condition_has_no_value_of_its_own_to_show() -> None:
    lack = Shortfall("2101", Text("甲小学", "One"), 1, 0)
    assert figures.own_text(lack, BY_INDICATOR["smart_rate"], INDICATORS["smart_rate"], "en") == ""
    close = replace(lack, value=Fraction(969999, 10000))
    assert figures.own_text(close, BY_INDICATOR["bachelor"], INDICATORS["bachelor"], "en") == "96.9999%"


def test_exact_value_of_a_rate_is_the_plain_ratio() -> None:
    assert figures.exact_value(BY_INDICATOR["fitness"], INDICATORS["fitness"]) == "2449/2500"
    assert figures.exact_value(BY_INDICATOR["budget"], INDICATORS["budget"]) == "188000"


@pytest.mark.parametrize(("lang", "text"), [("zh", "100（≥）"), ("en", "100 (≥)")])
def test_a_target_without_a_sign_says_how_it_is_read(lang: Lang, text: str) -> None:
    assert figures.target_text(INDICATORS["disabled"].target, lang) == text


def test_status_names_marks() -> None:
    unit: Verdict = VERDICTS[-1]
    assert figures.status_text(unit, "zh") == "滞后 仅供参考"
    assert figures.status_text(BY_INDICATOR["fitness"], "en") == "on track provisional"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ({"numerator": "a + b", "denominator": "c"}, "(a + b) ÷ c"),
        ({"numerator": "if(a, b, 0)", "denominator": "(a) + (b)"}, "if(a, b, 0) ÷ ((a) + (b))"),
        ({"share": "a and b", "where": "c"}, "a and b"),
        ({"series.primary": "a", "series.junior": "b"}, "primary: a; junior: b"),
    ],
)
def test_formula(written: dict[str, str], text: str) -> None:
    assert figures.formula_text(replace(INDICATORS["fitness"], formula=written)) == text


def test_formula_in_words() -> None:
    assert figures.in_words("(passed + other) ÷ tested", PLAN, "zh") == "(合格人数 + other) ÷ 测试人数"


def test_an_indicator_is_named_with_its_number_where_it_has_one() -> None:
    fitness = INDICATORS["fitness"]
    assert figures.number_text(fitness) == "2"
    assert figures.numbered(fitness, "zh") == "2 中小学生体质健康测试达标率"
    assert figures.numbered(fitness, "en") == "2 Fitness-test pass rate"
    unnumbered = replace(fitness, no=None)
    assert figures.number_text(unnumbered) == ""
    assert figures.numbered(unnumbered, "en") == "Fitness-test pass rate"


def test_the_last_year_judged_need_not_be_named_last() -> None:
    assert replace(assessment(), periods=(2025, 2023)).last_period == 2025
    assert replace(assessment(), periods=()).last_period == 0
