"""A series of several parts: the part that does worst gives the value, and the verdict says which it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from plancheck.codes import reason
from plancheck.judge import Scope, judge
from plancheck.model import Block, ReadColumn, Unit
from tests.conftest import small_plan

PARTS = """
  rises: {label: {zh: 增, en: Rises}, unit: person, series: {primary: tested, junior: passed}, target: 只增不减, due: each_step, source: {clause: 一, quote: 只增不减}}
"""
SCHOOL = Unit("1001/primary", "1001", "甲", "primary")


def block(period: int, tested: int, passed: int) -> Block:
    columns = (ReadColumn("tested", "A", (1,), (tested,)), ReadColumn("passed", "B", (1,), (passed,)))
    return Block("schools", "a.xlsx", "表", period, [SCHOOL], columns)


@pytest.mark.parametrize(
    ("tested", "passed", "value", "zh", "en"),
    [
        # from 200 and 100: up by 5 % and 10 %, the first has less to spare
        (210, 110, 210, "所列为小学的数值，各部分中余量最小", "the value is that of primary, the part with the least to spare"),
        (220, 105, 105, "所列为初中的数值，各部分中余量最小", "the value is that of junior, the part with the least to spare"),
        (199, 150, 199, "未达要求：小学", "Not as required: primary"),
        # down by 5 % and 10 %
        (190, 90, 90, "未达要求：小学、初中；所列为初中的数值", "Not as required: primary, junior; the value is that of junior"),
    ],
)  # fmt: skip
def test_the_verdict_says_whose_value_it_shows(
    tested: int, passed: int, value: int, zh: str, en: str, tmp_path: Path
) -> None:
    plan = small_plan(tmp_path, PARTS)
    blocks = [block(2022, 200, 100), block(2023, tested, passed)]
    (verdict,) = judge(plan, blocks, None, Scope([plan.indicators["rises"]], (2023,))).verdicts
    assert verdict.reason is not None
    said = [reason(verdict.reason.key, verdict.reason.params, lang) for lang in ("zh", "en")]
    assert (verdict.value, said) == (value, [zh, en])
    part = {210: "小学", 199: "小学"}.get(value, "初中")
    assert verdict.of_part is not None
    assert verdict.of_part.zh == part


def test_a_series_of_one_part_needs_no_such_remark(tmp_path: Path) -> None:
    plan = small_plan(tmp_path, PARTS.replace("{primary: tested, junior: passed}", "tested"))
    blocks = [block(2022, 200, 100), block(2023, 210, 90)]
    (verdict,) = judge(plan, blocks, None, Scope([plan.indicators["rises"]], (2023,))).verdicts
    assert (verdict.outcome, verdict.reason, verdict.of_part) == ("met", None, None)
