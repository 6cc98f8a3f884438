"""What was understood in a workbook, for people and for programs."""

from __future__ import annotations

import json
from fractions import Fraction

import jsonschema
from msgspec.structs import replace

from plancheck.model import LaterTable, Recognised, Return, SheetTotal
from plancheck.reports.page import width
from plancheck.reports.understanding import inspect_schema, render, render_json
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
    assert lines[14] == "  存疑 2 处：H10 PC301、H9 PC301"
    assert lines[16:19] == ["封面", "  不是规划中的报表", "  读到 3 行 = 采用 0 + 其他 3"]


def test_why_a_sheet_is_a_form_its_totals_and_what_is_in_doubt() -> None:
    why = Recognised(5, 7, complete=True, named=False, next="grades", next_found=2)
    totals = (SheetTotal(9, "合计", "tested", 1100, 1100), SheetTotal(9, "合计", "passed", 1070, Fraction(1069)))
    account = replace(SHEETS[0], why=why, totals=totals, unused=(1, 2, 3, 9, 11))
    lines = [line.rstrip() for line in texts(render(replace(FOUND, sheets=(account,)), PLAN, screen()))]
    assert lines[4] == "  认出依据：7 项中找到 5 项；必需的都在；其次是 grades（2 项）"
    assert lines[6] == "  有内容而未采用的行：1—3、9、11"
    assert "  合计行：2 个数，1 个与各行之和一致" in lines
    assert [line.split() for line in lines if line.split()[1:2] == ["合计"]] == [
        ["9", "合计", "合格人数", "1070", "1069"]
    ]
    english = [line.rstrip() for line in texts(render(replace(FOUND, sheets=(account,)), PLAN, screen(lang="en")))]
    assert any(line.startswith("  why: 5 of 7 figures found; all that is required is there;") for line in english)
    named = replace(account, why=Recognised(1, 7, complete=False, named=True))
    assert "缺必需的项；标题或工作表名相符" in "".join(texts(render(replace(FOUND, sheets=(named,)), PLAN, screen())))


def test_a_sheet_of_its_own_is_said_to_be_one() -> None:
    own = replace(SHEETS[1], sheet="核查结果", left_out={"marks": 3})
    lines = [line.rstrip() for line in texts(render(replace(FOUND, sheets=(own,)), PLAN, screen()))]
    assert lines[2:5] == ["核查结果", "  核查时加入的工作表", "  读到 3 行 = 采用 0 + 核查标记 3"]


def test_a_further_table_on_the_sheet_has_its_own_head_and_columns() -> None:
    later = LaterTable("fitness", (12, 13), (("C", "测试人数", "tested"),))
    account = replace(SHEETS[0], later=(later,))
    lines = [line.rstrip() for line in texts(render(replace(FOUND, sheets=(account,)), PLAN, screen()))]
    at = lines.index("  下面还有一张表：体质健康表（fitness）   表头第 12—13 行")
    assert lines[at + 3].split() == ["C", "测试人数", "测试人数", "(tested)"]
    document = json.loads(render_json(replace(FOUND, sheets=(account,)), "zh"))
    assert document["sheets"][0]["later"] == [
        {"form": "fitness", "header": [12, 13], "columns": [{"column": "C", "header": "测试人数", "element": "tested"}]}
    ]
    jsonschema.Draft7Validator(json.loads(inspect_schema())).validate(document)


def test_the_document_is_what_its_schema_says() -> None:
    schema = json.loads(inspect_schema())
    jsonschema.Draft7Validator.check_schema(schema)
    account = replace(
        SHEETS[0],
        why=Recognised(5, 7, complete=True, named=True),
        totals=(SheetTotal(9, "合计", "tested", 2, Fraction(5, 2)),),
    )
    document = json.loads(render_json(replace(FOUND, sheets=(account, SHEETS[1])), "zh"))
    jsonschema.validate(document, schema)
    assert document["sheets"][0]["totals"][0] == {
        "row": 9,
        "label": "合计",
        "element": "tested",
        "written": "2",
        "added": "2.5",
    }
    assert document["sheets"][0]["doubtful"]
    assert set(document) == set(schema["properties"])


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
