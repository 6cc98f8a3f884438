"""The readings a verdict rests on: enough of them to come to it again."""

from __future__ import annotations

from pathlib import Path

from plancheck.pipeline import Request, assess
from tests.conftest import MakeWorkbook, small_plan

NAMED = """
  named:
    label: {zh: 两所学校, en: Two schools}
    unit: percent
    of: ledger
    members: {one: [第三小学, 三小], two: [第一中学]}
    target: "100"
    due: every_year
    source: {clause: 一, quote: 两所}
  first:
    label: {zh: 第一中学, en: The first}
    unit: thing
    of: ledger
    milestone: [第一中学]
    done: done
    done_year: done_year
    target: 完成
    due: 2023
    source: {clause: 一, quote: 完成}
  safe_rate:
    label: {zh: 平安学校合格率, en: Pass rate of safe schools}
    unit: percent
    numerator: passed
    denominator: tested
    where: safe and township == "城关"
    target: "≥98"
    due: every_year
    source: {clause: 一, quote: ≥98}
"""


def test_the_name_in_a_list_and_what_keeps_units_out_are_among_them(
    tmp_path: Path, make_workbook: MakeWorkbook
) -> None:
    file = make_workbook({
        "台账": [["2023年 台账"], ["名称", "是否完成", "完成年份"], ["三 小", "是", 2023], ["第一中学", "是", 2022]],
        "表": [["2023年"], ["标识码", "学校名称", "学段", "镇乡", "测试人数", "合格人数", "平安校园"],
               ["1001", "甲校", "小学", "城关", 100, 99, "是"], ["1002", "乙校", "小学", "城关", 100, 10, "否"]],
    })  # fmt: skip
    found = assess(small_plan(tmp_path, NAMED), Request((file,), levels=frozenset({"district"})))
    verdicts = {each.indicator: each for each in found.verdicts}
    rests_on = {
        name: [(each.element, each.cell, each.value) for each in verdict.readings] for name, verdict in verdicts.items()
    }
    assert [verdicts[name].outcome for name in ("named", "first", "safe_rate")] == ["met", "met", "met"]
    assert rests_on["named"] == [("thing", "A3", "三 小"), ("thing", "A4", "第一中学")]
    assert rests_on["first"] == [("thing", "A4", "第一中学"), ("done_year", "C4", 2022), ("done", "B4", True)]
    assert rests_on["safe_rate"] == [
        ("passed", "F3", 99), ("tested", "E3", 100), ("safe", "G3", True), ("safe", "G4", False)
    ]  # fmt: skip
