"""What was understood in a workbook, for people and for programs."""

from __future__ import annotations

import json

from plancheck.model import Return
from plancheck.reports.page import width
from plancheck.reports.understanding import render, render_json
from tests.reports.conftest import screen, texts
from tests.reports.fixture import FINDINGS, PLAN, SHEETS

FOUND = Return("returns.xlsx", "c" * 64, (), SHEETS, FINDINGS)


def test_sheets_columns_rows_and_odd_values() -> None:
    lines = [line.rstrip() for line in texts(render(FOUND, PLAN, screen()))]
    assert lines[:5] == [
        "returns.xlsx",
        "",
        "表3",
        "  报表 体质健康表（fitness）   2023 年   表头第 3—4 行   隐藏：1 行",
        "  读到 9 行 = 采用 4 + 表头 2 + 合计 2 + 未写单位 1",
    ]
    assert [line.split() for line in lines[7:9]] == [
        ["G", "测试人数", "测试人数", "(tested)"],
        ["H", "合格", ">", "人数", "合格人数", "(passed)"],
    ]
    assert lines[9] == "  与字面不同的读法（2）"
    assert [line.split() for line in lines[12:14]] == [["H5", "“９７”", "97"], ["H6", "“—”", "无"]]
    assert lines[15:18] == ["封面", "  不是规划中的报表", "  读到 3 行 = 采用 0 + 其他 3"]


def test_no_line_is_too_wide() -> None:
    for room in (40, 80):
        assert max(map(width, texts(render(FOUND, PLAN, screen(room, "en"), all_of_them=True)))) <= room


def test_an_unreadable_file_says_so() -> None:
    lines = texts(render(Return("x.xlsx", "", findings=(FINDINGS[-1],)), PLAN, screen()))
    assert lines[1] == "没有读到任何工作表"


def test_json() -> None:
    document = json.loads(render_json(FOUND, "zh"))
    assert document["schema"] == "plancheck/inspect/1"
    assert document["sheets"][0]["columns"][1] == {"column": "H", "header": "合格 > 人数", "element": "passed"}
    assert document["sheets"][0]["understood"][0] == {"cell": "H5", "raw": "９７", "value": "97"}
    assert len(document["findings"]) == len(FINDINGS)
