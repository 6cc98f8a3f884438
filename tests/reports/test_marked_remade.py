"""Copies of returns that are no .xlsx: made anew of what was read, they are read as the returns are."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from plancheck.model import Assessment, Plan
from plancheck.pipeline import Request, assess, original
from plancheck.reports.marked import marked

HEAD = """\
怀柔区2023年学校情况表,,,,,,,,
填报单位：怀柔区教委,,,,,,,,
序号,学校标识码,学校名称,学段,专任教师,,,骨干教师,
,,,,合计,研究生,本科,市级及以上,区级
"""
ROWS = """\
1,2111170001,甲小学,小学部,52,2,50,1,6
2,2111170002,乙小学,小学部,31,1,30,0,3
"""
ONE = """\
怀柔区2023年单校自查填报表,,,
学校名称：甲小学,,学校标识码：2111170001,学段：小学部
类别,填报项目,单位,填报值
教师,专任教师数,人,52
,市级骨干教师,人,1
,特级教师,人,
,区级骨干教师,人,6
"""


def judged(plan: Plan, file: Path) -> Assessment:
    return assess(plan, Request((file,), year=2023))


def copied(plan: Plan, file: Path) -> Path:
    opened = original(str(file))
    assert not hasattr(opened, "code")
    copy = file.with_name("copy.xlsx")
    copy.write_bytes(marked(opened.book, opened.values, judged(plan, file), str(file), "zh", remade=opened.remade))
    return copy


@pytest.mark.parametrize("text", [HEAD + ROWS, ONE])
def test_a_copy_of_a_text_file_says_what_the_text_file_does(text: str, huairou: Plan, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(text, encoding="utf-8")
    copy = copied(huairou, file)
    first, again = judged(huairou, file), judged(huairou, copy)
    share = next(each for each in first.verdicts if each.indicator == "district_backbone_teacher_share")
    assert share.denominator == (83 if text.startswith(HEAD) else 52)
    assert [(each.indicator, each.outcome, each.value) for each in again.verdicts] == [
        (each.indicator, each.outcome, each.value) for each in first.verdicts
    ]
    assert {each.code for each in again.findings} == {each.code for each in first.findings}


def test_only_the_head_of_a_text_file_is_merged_not_what_a_school_left_blank(huairou: Plan, tmp_path: Path) -> None:
    for text, merged in ((HEAD + ROWS, {"E3:G3", "H3:I3"}), (ONE, {"A2:B2"})):
        file = tmp_path / "mine.csv"
        file.write_text(text, encoding="utf-8")
        sheet = openpyxl.load_workbook(copied(huairou, file)).worksheets[1]
        assert {str(each) for each in sheet.merged_cells.ranges} == merged
