"""Pupils and classes by grade, as heads and labels ask for them: read by the shipped plan, and held against their totals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plancheck.model import Plan
from tests.returns.test_stated_figures import Rows, assessed, told

GRADES = ["一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级"]
HEAD: Rows = [
    ["怀柔区2023—2024学年度中小学基本情况汇总表"],
    ["学校标识码", "学校名称", "办学类型", "学段", "招生数", "在校学生数", *[""] * 9, "班级数", *[""] * 10],
    ["", "", "", "", "", "合计", *GRADES, "合计", *GRADES, "复式班"],
]
MERGES = {"表1": ["A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:O2", "P2:Z2"]}
BLANK = [None] * 3


def row(code: str, stage: str, entrants: int, pupils: list[Any], classes: list[Any]) -> list[Any]:
    """Return a school's row: of pupils the total and nine grades, of classes also 复式班."""
    kind = {"小学部": "小学", "初中部": "初中"}[stage]
    return [code, f"{code[-1]}校", kind, stage, entrants, *pupils, *classes]


PRIMARY = row("2111012341", "小学部", 50, [290, 50, 48, 47, 46, 49, 50, *BLANK], [12, 2, 2, 2, 2, 2, 2, *BLANK, None])
VILLAGE = row(
    "2111012342", "小学部", 6, [20, 6, None, 5, None, 4, 5, *BLANK], [4, 1, None, 1, None, None, 1, *BLANK, 1]
)
JUNIOR = row("3111012343", "初中部", 90, [270, *[None] * 6, 90, 91, 89], [7, *[None] * 6, 2, 3, 2, None])
FIVE_AND_FOUR = row("3111012344", "初中部", 60, [240, *[None] * 5, 60, 61, 59, 60], [8, *[None] * 5, 2, 2, 2, 2, None])


def test_a_sheet_of_all_grades(tmp_path: Path, huairou: Plan) -> None:
    """Grades of another stage are blank; a village school teaches two grades in one class; one stage may begin with grade 6."""
    sheet = [*HEAD, PRIMARY, VILLAGE, JUNIOR, FIVE_AND_FOUR]
    found = assessed(tmp_path, huairou, {"表1": sheet}, MERGES)
    assert told(found) == []
    held = {each.check: each.held for each in found.checks}
    assert (held["pupils_by_grade"], held["classes_by_grade"], held["entrants_of_first_grade"]) == (4, 4, 3)


@pytest.mark.parametrize(
    ("school", "column", "value", "fails"),
    [
        (PRIMARY, 5, 291, ["pupils_by_grade"]),
        (PRIMARY, 15, 13, ["classes_by_grade"]),
        (VILLAGE, 25, None, ["classes_by_grade"]),
        (PRIMARY, 4, 49, ["entrants_of_first_grade"]),
        (JUNIOR, 4, 89, ["entrants_of_first_grade"]),
        (JUNIOR, 22, 4, ["classes_by_grade"]),
        (FIVE_AND_FOUR, 21, 3, ["classes_by_grade"]),
        (PRIMARY, 5, None, []),  # no total to hold them against
        (PRIMARY, 6, "未统计", []),  # not known is not 0
    ],
)
def test_what_does_not_add_up(
    school: list[Any], column: int, value: Any, fails: list[str], tmp_path: Path, huairou: Plan
) -> None:
    changed = [*school]
    changed[column] = value
    found = assessed(tmp_path, huairou, {"表1": [*HEAD, changed]}, MERGES)
    assert [check for code, check, _ in told(found) if code == "PC501"] == fails


def test_a_school_that_leaves_all_grades_blank_is_not_told_that_they_add_up_to_0(tmp_path: Path, huairou: Plan) -> None:
    blank = [*PRIMARY[:6], *[None] * 9, 12, *[None] * 10]
    found = assessed(
        tmp_path, huairou, {"表1": [*HEAD, PRIMARY, blank[:1] and ["2111012349", "9校", *blank[2:]]]}, MERGES
    )
    assert told(found) == []


def test_a_form_of_one_grade_alone_is_no_form_by_grade(tmp_path: Path, huairou: Plan) -> None:
    rows: Rows = [
        ["怀柔区2023—2024学年度中小学基本情况汇总表"],
        ["学校标识码", "学校名称", "学段", "在校学生数", "一年级学生数", "班级数", "一年级班数", "招生数"],
        ["2111012341", "甲校", "小学部", 290, 50, 12, 2, 50],
        ["2111012342", "乙校", "小学部", 290, 50, 12, 2, 51],
    ]
    assert told(assessed(tmp_path, huairou, {"表1": rows}, {})) == [("PC501", "entrants_of_first_grade", "H4")]


def test_the_national_words_for_the_years_of_a_stage(tmp_path: Path, huairou: Plan) -> None:
    """The national forms count each stage from 一年级, and a district may write 初一 and 高一."""
    rows: Rows = [
        ["怀柔区2023—2024学年度中学基本情况汇总表"],
        ["学校标识码", "学校名称", "学段", "招生数", "在校学生数", "一年级学生数", "二年级学生数", "三年级学生数", "班级数",
         "一年级班数", "二年级班数", "三年级班数"],
        ["3111012341", "甲校", "初中部", 90, 270, 90, 90, 90, 6, 2, 2, 2],
        ["3611012342", "乙校", "中职", 90, 271, 90, 90, 90, 6, 2, 2, 2],
    ]  # fmt: skip
    assert told(assessed(tmp_path, huairou, {"表1": rows}, {})) == [("PC501", "pupils_by_grade", "F4")]
    for number in range(5, 8):
        rows[1][number] = f"高{'一二三'[number - 5]}学生数"
        rows[1][number + 4] = f"高{'一二三'[number - 5]}班数"
    rows[2][2], rows[2][0], rows[3][4], rows[3][8] = "高中部", "3411012341", 270, 7
    assert told(assessed(tmp_path, huairou, {"表1": rows}, {})) == [("PC501", "classes_by_grade", "J4")]


def test_a_school_tells_its_grades_in_its_own_form(tmp_path: Path, huairou: Plan) -> None:
    rows: Rows = [
        ["甲小学2023年自查填报表"],
        ["学校标识码：", "2111012345"],
        ["学校名称：", "甲小学"],
        ["学段：", "小学"],
        ["填报项目", "单位", "2023年"],
        ["在校学生数", "人", 117],
        *[[f"　其中：{grade}", "人", 20] for grade in GRADES[:5]],
        ["　其中：六年级", "人", 17],
        ["招生数", "人", 20],
        ["班级数", "个", 6],
        *[[f"　其中：{grade}", "个", 1] for grade in GRADES[:6]],
    ]
    assert told(assessed(tmp_path, huairou, {"表5": rows}, {})) == []
    rows[5][2], rows[14][2] = 118, None
    assert [check for _, check, _ in told(assessed(tmp_path, huairou, {"表5": rows}, {}))] == [
        "pupils_by_grade",
        "classes_by_grade",
    ]
