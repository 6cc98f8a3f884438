"""Which indicators a run judges when none are named: those the returns speak of, and the plan's table."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace

from plancheck.expression import parse
from plancheck.judge import uncovered
from plancheck.language import Text
from plancheck.model import (
    Block,
    Count,
    EveryGroup,
    Indicator,
    KOfN,
    Measure,
    Narrative,
    Plan,
    Ratio,
    ReadColumn,
    Series,
    Share,
    Unit,
)
from plancheck.pipeline import Request, assess
from tests.conftest import PASS_RATE, small_plan, write_workbook

RATIO = Ratio(parse("passed"), parse("tested"))


def block(form: str, *elements: str) -> Block:
    """Return a block of one unit whose columns hold the elements."""
    columns = tuple(ReadColumn(element, "C", [4], [1]) for element in elements)
    return Block(form, "a.xlsx", "表1", 2023, [Unit("1001/primary", "1001", "一小", "primary")], columns)


def holding(plan: Plan, measure: Measure, of: str = "") -> tuple[Plan, Indicator]:
    """Return the plan with one more indicator, unnumbered, and that indicator."""
    one = replace(plan.indicators["pass_rate"], id="one", no=None, measure=measure, of=of)
    return replace(plan, indicators={**plan.indicators, "one": one}), one


@pytest.mark.parametrize(
    ("measure", "read", "covered"),
    [
        pytest.param(RATIO, ("tested", "passed"), True, id="both parts"),
        pytest.param(RATIO, ("tested",), False, id="the denominator alone, which many indicators share"),
        pytest.param(RATIO, (), False, id="nothing"),
        pytest.param(Ratio(parse("passed"), parse("16")), ("passed",), True, id="a number needs no return"),
        pytest.param(Share(parse("safe and grade == 'good'")), ("grade",), True, id="one of the conditions"),
        pytest.param(Share(parse("township == '甲镇' and safe")), ("tested",), False, id="an attribute is no return"),
        pytest.param(EveryGroup("township", parse("safe")), ("safe",), True, id="every group"),
        pytest.param(Series({"a": parse("tested"), "b": parse("area")}), ("area",), True, id="one part of a series"),
        pytest.param(Series({"a": parse("tested"), "b": parse("area")}), ("safe",), False, id="no part of a series"),
        pytest.param(Narrative(Text("无", "none")), ("tested",), True, id="a narrative is told for itself"),
    ],
)
def test_what_the_returns_speak_of(measure: Measure, read: tuple[str, ...], covered: bool, tmp_path: Path) -> None:
    plan, _ = holding(small_plan(tmp_path), measure)
    assert uncovered(plan, [block("schools", *read)]) == (() if covered else ("one",))


def test_a_list_is_spoken_of_when_it_was_read(tmp_path: Path) -> None:
    plan, _ = holding(small_plan(tmp_path), Count(parse("safe")), of="grades")
    assert uncovered(plan, [block("schools", "safe")]) == ("one",)
    assert uncovered(plan, [block("grades", "tested")]) == ()


def test_k_of_n_is_spoken_of_with_any_of_its_indicators(tmp_path: Path) -> None:
    plan, one = holding(small_plan(tmp_path), RATIO)
    several = replace(one, id="several", measure=KOfN(("one",), 1, Fraction(17, 20)))
    plan = replace(plan, indicators={**plan.indicators, "several": several})
    assert uncovered(plan, [block("schools", "tested")]) == ("one", "several")
    assert uncovered(plan, [block("schools", "tested", "passed")]) == ()


SAFE = """
  safe_rate:
    label: {zh: 平安校园, en: Safe}
    unit: percent
    share: safe
    target: "100"
    due: every_year
    source: {clause: 二, quote: 全部}
"""


NARRATIVE = """
  rank:
    label: {zh: 位次, en: Rank}
    narrative: {zh: 没有数据, en: no data}
    source: {clause: 三, quote: 中等位置}
"""


def test_what_no_figures_can_check_is_told_for_itself(tmp_path: Path) -> None:
    plan = small_plan(tmp_path, PASS_RATE + NARRATIVE)
    rows: list[list[str | int]] = [["标识码", "学校名称", "学段", "测试人数"], ["1001", "一小", "小学", 100]]
    request = Request((write_workbook(tmp_path / "a.xlsx", {"表": rows}),), 2023, levels=frozenset({"district"}))
    for asked in (request, replace(request, covered_only=True), replace(request, only=("rank",))):
        found = assess(plan, asked)
        assert (found.not_checkable, found.not_covered) == (("rank",), ())
        assert "rank" not in {verdict.indicator for verdict in found.verdicts}
    assert assess(plan, replace(request, only=("pass_rate",))).not_checkable == ()
    assert assess(plan, replace(request, levels=frozenset({"unit"}))).not_checkable == ()


def test_a_run_leaves_out_what_the_returns_do_not_speak_of_but_never_the_table(tmp_path: Path) -> None:
    plan = small_plan(tmp_path, PASS_RATE + SAFE)
    rows: list[list[str | int]] = [["标识码", "学校名称", "学段", "测试人数"], ["1001", "一小", "小学", 100]]
    request = Request((write_workbook(tmp_path / "a.xlsx", {"表": rows}),), 2023)
    found = assess(plan, replace(request, covered_only=True))
    assert [(verdict.indicator, verdict.outcome) for verdict in found.verdicts] == [("pass_rate", "unknown")]
    assert found.not_covered == ("safe_rate",)
    everything = assess(plan, request)
    assert [verdict.indicator for verdict in everything.verdicts] == ["pass_rate", "safe_rate"]
    assert everything.not_covered == ()
    named = assess(plan, replace(request, covered_only=True, only=("safe_rate",)))
    assert [verdict.indicator for verdict in named.verdicts] == ["safe_rate"]
    assert named.not_covered == ()
