"""Each wording of a target and the comparison it means (the operator convention of the plan, and 民法典 art. 1259)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from plancheck.model import Operator, Target
from plancheck.plan.targets import ALL, DONE, PREFIXES, SERIES, SUFFIXES, Better, Sort, Unclear, read_target, sort_of

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


@pytest.mark.parametrize(
    ("text", "unit", "lower", "upper"),
    [
        ("5—10", "person", 5, 10),
        ("5—10名", "person", 5, 10),
        ("5名—10名", "person", 5, 10),
        ("1-2", "school", 1, 2),
        ("1－2所", "school", 1, 2),
        ("1–2", "school", 1, 2),
        ("1~2", "school", 1, 2),
        ("1～2", "school", 1, 2),
        ("1——2", "school", 1, 2),
        ("１至２", "school", 1, 2),
        ("1 至 2", "school", 1, 2),
        ("1到2所", "school", 1, 2),
        ("达到5—10名", "person", 5, 10),
        ("1—2万元", "yuan", 10000, 20000),
        ("5%—10%", "percent", 5, 10),
        ("0.5—1.5%", "percent", Fraction(1, 2), Fraction(3, 2)),
    ],
)
def test_a_range_is_at_least_its_begin_and_remembers_its_end(
    text: str, unit: str, lower: int | Fraction, upper: int | Fraction
) -> None:
    assert read_target(text, unit) == Target(text, ">=", Fraction(lower), upper=Fraction(upper))


@pytest.mark.parametrize("text", ["全部", "全覆盖", "每个", "每位", "全员"])
def test_words_for_all_mean_a_hundred_percent(text: str) -> None:
    assert text in ALL
    assert read_target(text, "percent") == Target(text, ">=", Fraction(100))


@pytest.mark.parametrize(
    ("text", "unit", "operator", "bound"),
    [
        ("下降1个百分点", "point", "<=", -1),
        ("每年下降一个百分点", "point", "<=", -1),
        ("在比上年下降一个百分点", "point", None, 0),
        ("比上年降低两个百分点", "point", "<=", -2),
        ("减少十个百分点", "point", "<=", -10),
        ("下降不少于0.5个百分点", "point", "<=", Fraction(-1, 2)),
        ("下降超过1个百分点", "point", "<", -1),
        ("下降1个百分点以上", "point", "<=", -1),
        ("下降不超过1个百分点", "point", ">=", -1),
        ("下降1个百分点以内", "point", ">=", -1),
        ("上升2个百分点", "point", ">=", 2),
        ("提高2个百分点", "point", ">=", 2),
        ("年均增长不低于5%", "percent", ">=", 5),
        ("每年增加20人", "person", ">=", 20),
        ("≤-1", "point", "<=", -1),
    ],
)
def test_a_change_goes_up_or_down(text: str, unit: str, operator: Operator | None, bound: int | Fraction) -> None:
    expected = Target(text, operator, Fraction(bound)) if operator is not None else None
    found = read_target(text, unit)
    assert (found if isinstance(found, Target) else None) == expected


@pytest.mark.parametrize(
    ("text", "sort", "operator"),
    [
        ("不低于", "amount", ">="),
        ("高于", "amount", ">"),
        ("不高于", "amount", "<="),
        ("低于", "amount", "<"),
        ("＞＝", "amount", ">="),
        ("完成", "done", ">="),
        ("建成", "done", ">="),
        ("成立", "done", ">="),
        ("出台", "done", ">="),
        ("发布", "done", ">="),
        ("只增不减", "series", ">="),
    ],
)
def test_a_wording_without_a_number_says_what_it_compares_with(text: str, sort: Sort, operator: Operator) -> None:
    assert sort_of(text) == sort
    assert read_target(text, "person") == Target(text, operator, None)
    assert not DONE - {"完成", "建成", "成立", "出台", "发布"}


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
        ("全覆盖", "school", "words such as 全部 mean 100 %; the unit must be percent"),
        (">>98", "percent", "no number is seen"),
        ("以上", "percent", "no number is seen"),
        ("力争98", "percent", "no number is seen"),
        ("10—5", "percent", "a range must begin below its end, and no word may stand against it"),
        ("5—5", "percent", "a range must begin below its end, and no word may stand against it"),
        ("5—10以下", "percent", "a range must begin below its end, and no word may stand against it"),
        ("超过5—10", "percent", "a range must begin below its end, and no word may stand against it"),
        ("5—10人", "percent", "the unit behind the number is not the indicator's"),
        ("5所—10人", "person", "the unit behind the number is not the indicator's"),
        ("5—很多", "percent", "no number is seen"),
        ("下降1%", "point", "the indicator's unit is not percent, but the number has a % sign"),
        ("下降一些", "point", "no number is seen"),
        ("下降超过1个百分点以上", "point", "the words before and behind the number contradict each other"),
        ("", "percent", "no number is seen"),
    ],
)
def test_an_unclear_wording_is_refused_with_its_reason(text: str, unit: str, why: str) -> None:
    unclear = read_target(text, unit)
    assert isinstance(unclear, Unclear)
    assert unclear.why.en == why
    assert unclear.why.zh != why
