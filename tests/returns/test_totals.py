"""Rows of totals: what in them is not understood is told, as the rows are then held against nothing."""

from __future__ import annotations

from pathlib import Path

from plancheck.codes import hint, message
from plancheck.model import Plan
from plancheck.pipeline import Request, assess
from tests.conftest import Rows, write_workbook


def test_a_total_that_is_not_understood_is_told_once_a_row(tmp_path: Path, huairou: Plan) -> None:
    rows: Rows = [
        ["怀柔区2023年中小学基本情况汇总表"],
        ["学校标识码", "学校名称", "办学类型", "学段", "在校生数", "招生数", "班级数"],
        ["2111170001", "甲小学", "小学", "小学部", 812, 140, 22],
        ["合  计", None, None, None, "#REF!", "约140", 22],
    ]
    found = assess(huairou, Request((write_workbook(tmp_path / "a.xlsx", {"表1": rows}),)))
    (told,) = [each for each in found.findings if each.code == "PC321"]
    assert (told.sheet, told.cell) == ("表1", "E4")
    assert message("PC321", told.params, "zh") == "“合计”行有 2 个数看不懂，没有拿来核对各行：E4、F4"
    assert message("PC321", told.params, "en") == (
        "2 figures in the row '合计' are not understood, so the rows were not held against them: E4, F4"
    )
    assert hint("PC321", told.params, "zh") == "请改正公式或数字；合计不计入结果。"
    assert hint("PC321", told.params, "en") == "Mend the formula or the number; totals are not counted."
