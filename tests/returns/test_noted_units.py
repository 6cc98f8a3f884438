"""Units that notes name: what is taken for one, of what it is said, and what a finding says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plancheck.codes import message
from plancheck.pipeline import Request, assess
from plancheck.returns.noted_unit import noted
from tests.conftest import MakeWorkbook, small_plan

SAID = {
    "注：金额单位为元": [("元", "")],
    "注：1.本表金额单位：万元。2.比例保留一位小数。": [("万元", "本表")],
    "（单位：千元）": [("千元", "")],
    "单位：人、平方米、万元": [("人", ""), ("平方米", ""), ("万元", "")],
    "单位 元": [("元", "")],
    "计量单位（人民币：万元）": [],
    "金额单位：人民币元": [("元", "")],
    "说明：经费以人民币万元为单位填报，保留两位小数": [("万元", "经费")],
    "设备值按元填写；面积均为亩": [("元", "设备值"), ("亩", "面积")],
    "单位：元（生均）": [("元", "生均")],
    "生均公用经费（单位：元）": [("元", "生均公用经费")],
    "单位统一为万元": [("万元", "")],
    "填报单位：元墩小学": [],
    "填报单位（盖章）：万元镇中心校": [],
    "单位名（盖章）：甲校": [("名", "盖章")],  # as people are counted: it never differs
    "单位负责人：        审核人：": [],
    "单价1000元以上的设备计入": [],
    "公用经费标准为每生800元": [],
    "其中为学校捐款30万元": [],
    "单位：元/生": [],
}


@pytest.mark.parametrize("text", SAID)
def test_what_a_note_names(text: str) -> None:
    assert [(each.word, each.of) for each in noted("A1", text)] == SAID[text]


def test_the_finding_says_where_the_unit_stands(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    rows = [
        ["标识码", "学校名称", "学段", "测试人数", "设备值"],
        ["1001", "甲校", "小学", 100, "3000000"],
        ["注：以上设备值单位均为元，填表人张三"],
    ]
    found = assess(small_plan(tmp_path), Request((make_workbook({"表": rows}),), year=2023))
    (finding,) = (each for each in found.findings if each.code == "PC307")
    assert (finding.sheet, finding.cell) == ("表", "E2")
    assert (
        message(finding.code, finding.params, "zh") == "“设备值”应以“万元”计，现为“3000000（A3：以上设备值单位均为元）”"
    )
    assert (
        message(finding.code, finding.params, "en")
        == "'Equipment' is counted in 10,000 yuan, found '3000000（A3：以上设备值单位均为元）'"
    )
