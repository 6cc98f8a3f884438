"""A school that fills in all parts of its return but one is asked about it, and nobody who rightly leaves one blank."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plancheck.model import Plan
from plancheck.pipeline import Request, assess
from tests.conftest import write_workbook
from tests.returns.test_stated_figures import Rows, assessed, told

HEAD: Rows = [
    ["怀柔区2023—2024学年度中小学基本情况汇总表"],
    ["学校标识码", "学校名称", "办学类型", "学段", "在校学生数", "班级数", "专任教师数", "区级骨干教师", "智慧校园",
     "每周体育课节数", "教学及辅助用房面积", "备注"],
]  # fmt: skip


def row(code: str, kind: str, stage: str, *figures: Any) -> list[Any]:
    """Return a school's row; figures are pupils, classes, teachers, backbone teachers, smart campus, lessons, rooms."""
    return [code, f"{code[-1]}校", kind, stage, *figures]


WHOLE = row("2111012341", "小学", "小学部", 300, 8, 20, None, None, 5, 2400)  # no backbone teachers: left blank


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([WHOLE], []),
        ([row("2111012342", "小学", "小学部", 300, 8, None, 1, "是", 5, 2400)], [("part_left_out", "E3")]),
        ([row("2111012342", "小学", "小学部", 300, 8, 20, 1, "是", 5, None)], [("part_left_out", "E3")]),
        (
            [row("2111012342", "小学", "小学部", None, 8, 20, 1, "是", 5, 2400)],
            [],
        ),  # pupils without classes: no part is blank
        ([row("2111012342", "小学", "小学部", 300, 8, None, 1, "是", None, 2400)], []),  # two parts: it shows by itself
        ([row("2111012342", "小学", "小学部", 300, 8, "无", 1, "是", 5, 2400)], []),  # an answer
        (  # what two sections share stands in the row of one
            [
                row("3411012343", "完全中学", "初中部", 300, 8, 30, 1, "是", 4, 5400),
                row("3411012343", "完全中学", "高中部", 300, 8, 30, 1, "是", 3, None),
            ],
            [],
        ),
        (
            [
                row("3111012344", "九年一贯制学校", "小学部", 300, 8, None, 1, "是", 5, 5400),
                row("3111012344", "九年一贯制学校", "初中部", 300, 8, 30, 1, "是", 4, None),
            ],
            [("part_left_out_shared", "E3")],
        ),
        ([row("2111012345", "", "小学部", 300, 8, 20, 1, "是", 5, None)], []),  # whose rooms may stand elsewhere
    ],
)
def test_a_part_left_out(rows: Rows, found: list[tuple[str, str]], tmp_path: Path, huairou: Plan) -> None:
    cells = told(assessed(tmp_path, huairou, {"表1": [*HEAD, *rows]}, {}))
    assert [(check, cell) for _, check, cell in cells if check.startswith("part_")] == found


def test_a_kindergarten(tmp_path: Path, huairou: Plan) -> None:
    rows: Rows = [
        ["怀柔区2023年幼儿园基本情况表"],
        ["标识码", "园名", "在园幼儿数", "班级数", "专任教师数", "建筑面积"],
        ["1111012345", "丙园", 90, 3, 8, 900],
        ["1111012346", "丁园", 90, 3, None, 900],
    ]
    cells = told(assessed(tmp_path, huairou, {"表2": rows}, {}))
    assert [(check, cell) for _, check, cell in cells] == [("kg_part_left_out", "C4")]


def test_campuses_and_who_has_not_reported(tmp_path: Path, huairou: Plan) -> None:
    """What one campus reports for all is not left out by the other, and a form that a school is not in asks it nothing."""
    roster = write_workbook(
        tmp_path / "roster.xlsx",
        {
            "学校名录": [
                ["学校标识码", "学校名称", "办学类型", "学段", "校区"],
                ["2111012341", "甲小学", "小学", "小学", "本部、东校区"],
                ["2111012342", "乙小学", "小学", "小学", ""],
                ["2111012343", "丙小学", "小学", "小学", ""],
            ]
        },
    )
    schools: Rows = [
        *HEAD,
        ["2111012341", "甲小学本部", "小学", "小学部", 200, 6, 14, 1, "是", 5, 2400],
        ["2111012341", "甲小学东校区", "小学", "小学部", 100, 3, 6, None, None, None, None],
        ["2111012342", "乙小学", "小学", "小学部", 100, 3, 6, None, None, 5, 900],
    ]
    fitness: Rows = [
        ["怀柔区2023年学生体质健康测试情况表"],
        ["学校标识码", "学校名称", "学段", "参加测试人数", "优秀人数", "良好人数", "及格人数", "不及格人数"],
        ["2111012341", "甲小学", "小学", 290, 90, 100, 95, 5],
    ]
    book = write_workbook(tmp_path / "return.xlsx", {"表1": schools, "表3": fitness})
    found = assess(huairou, Request((book,), year=2023, roster=roster))
    assert [each.check for each in found.findings if "part_left_out" in each.check] == []
    held = {each.check: each.held for each in found.checks}
    assert (held["part_left_out"], held["part_left_out_shared"]) == (2, 0)
