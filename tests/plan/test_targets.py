"""Each wording of a target and the comparison it means (the operator convention of the plan, and 民法典 art. 1259)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from plancheck.model import Operator, Target
from plancheck.plan.targets import PREFIXES, SERIES, SUFFIXES, Better, Unclear, read_target

BOUNDED: tuple[tuple[str, Operator, str], ...] = (
    (">98", ">", "98"),
    ("＞98", ">", "98"),
    ("> 98", ">", "98"),
    (">98%", ">", "98"),
    ("超过70", ">", "70"),
    ("超过96%", ">", "96"),
    ("大于98", ">", "98"),
    ("高于98", ">", "98"),
    ("多于98", ">", "98"),
    ("≥98", ">=", "98"),
    ("≧98", ">=", "98"),
    (">=98", ">=", "98"),
    ("＞＝98", ">=", "98"),
    ("不低于98", ">=", "98"),
    ("不少于98", ">=", "98"),
    ("不小于98", ">=", "98"),
    ("至少98", ">=", "98"),
    ("达到100%", ">=", "100"),
    ("占到3%", ">=", "3"),
    ("达16%", ">=", "16"),
    ("98以上", ">=", "98"),
    ("98%以上", ">=", "98"),
    ("98％以上", ">=", "98"),
    ("达到98%以上", ">=", "98"),
    ("达98%以上", ">=", "98"),
    ("≤5", "<=", "5"),
    ("≦5", "<=", "5"),
    ("<=5", "<=", "5"),
    ("不超过5", "<=", "5"),
    ("不高于5", "<=", "5"),
    ("不大于5", "<=", "5"),
    ("不多于5", "<=", "5"),
    ("至多5", "<=", "5"),
    ("5以下", "<=", "5"),
    ("5%以内", "<=", "5"),
    ("不超过5%以下", "<=", "5"),
    ("<5", "<", "5"),
    ("＜5", "<", "5"),
    ("低于5", "<", "5"),
    ("小于5", "<", "5"),
    ("少于5", "<", "5"),
    ("不满5", "<", "5"),
    ("=100", "==", "100"),
    ("==100", "==", "100"),
    ("＝100", "==", "100"),
    ("≥９８．５", ">=", "98.5"),
    ("≥98.05", ">=", "98.05"),
    ("≥1,200", ">=", "1200"),
)


@pytest.mark.parametrize(("text", "operator", "bound"), BOUNDED)
def test_a_wording_says_its_operator(text: str, operator: Operator, bound: str) -> None:
    assert read_target(text, "percent") == Target(text, operator, Fraction(bound))


def test_every_word_of_the_table_is_tried() -> None:
    texts = [text for text, _, _ in BOUNDED]
    assert all(any(text.startswith(word) for text in texts) for word in PREFIXES)
    assert all(any(text.endswith(word) for text in texts) for word in SUFFIXES)


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("只增不减", ">="),
        ("不减少", ">="),
        ("逐年增加", ">"),
        ("逐年增长", ">"),
        ("逐年减少", "<"),
        ("逐年下降", "<"),
        ("逐年压缩", "<"),
        ("只减不增", "<="),
        ("不增加", "<="),
    ],
)
def test_a_series_wording_has_no_bound(text: str, operator: Operator) -> None:
    assert text in SERIES
    assert read_target(text, "10k_yuan") == Target(text, operator, None)


@pytest.mark.parametrize(("better", "operator"), [("more", ">="), ("less", "<=")])
def test_a_bare_number_is_a_limit_and_says_that_it_is_implied(better: Better, operator: Operator) -> None:
    assert read_target("15", "percent", better) == Target("15", operator, Fraction(15), implied=True)
    assert read_target("20%", "percent", better) == Target("20%", operator, Fraction(20), implied=True)


@pytest.mark.parametrize(
    ("text", "unit", "bound"),
    [
        ("4所以上", "school", 4),
        ("不少于16学时", "lesson", 16),
        ("≥1.5万元", "10k_yuan", Fraction(3, 2)),
        ("≥1.5万元", "yuan", 15000),
    ],
)
def test_a_unit_word_behind_the_number_is_converted(text: str, unit: str, bound: Fraction) -> None:
    assert read_target(text, unit) == Target(text, ">=", Fraction(bound))


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("是", "percent", "是 does not say what is compared; write 只增不减 for 'never falls'"),
        ("超过98%以上", "percent", "the words before and behind the number contradict each other"),
        ("≥98以下", "percent", "the words before and behind the number contradict each other"),
        ("≥98%", "person", "the indicator's unit is not percent, but the number has a % sign"),
        ("≥1%", "point", "the indicator's unit is not percent, but the number has a % sign"),
        ("≥98人", "percent", "the unit behind the number is not the indicator's"),
        ("≥98%人", "percent", "the unit behind the number is not the indicator's"),
        ("全覆盖", "percent", "no number is seen"),
        ("≥", "percent", "no number is seen"),
        (">>98", "percent", "no number is seen"),
        ("以上", "percent", "no number is seen"),
        ("力争98", "percent", "no number is seen"),
        ("5—10", "percent", "no number is seen"),
        ("", "percent", "no number is seen"),
    ],
)
def test_an_unclear_wording_is_refused_with_its_reason(text: str, unit: str, why: str) -> None:
    unclear = read_target(text, unit)
    assert isinstance(unclear, Unclear)
    assert unclear.why.en == why
    assert unclear.why.zh != why
