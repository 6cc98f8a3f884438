"""Ledgers: what becomes of each row, and what their cells mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from plancheck.codes import message
from plancheck.language import Text
from plancheck.model import Block, Column, Element, Finding, Form, Plan, Return
from plancheck.pipeline import Request, assess, read
from plancheck.quantity import Absent
from plancheck.returns import standing
from tests.conftest import MakeWorkbook, Rows, small_plan


def element(name: str, unit: str, *words: str, **more: Any) -> Element:
    return Element(name, Text(words[0], name), unit, words, **more)


ELEMENTS = (
    element("project_kind", "text", "项目类型"),
    element("project_name", "text", "项目名称", "名称"),
    element("lead", "text", "主管部门"),
    element("seats_new", "person", "可新增学位"),
    element("due", "year", "计划完成时间"),
    element("done", "yes_no", "是否完成"),
    element("done_year", "year", "竣工时间"),
    element("title", "text", "称号"),
    element("titled", "year", "认定年度"),
)


def form(name: str, title: str, key: str, columns: str, *, by: tuple[str, ...] = (), required: str = "") -> Form:
    known = {each.id: each for each in ELEMENTS} | {"school_name": element("school_name", "text", "学校名称")}

    def column(id_: str) -> Column:
        return Column(id_, tuple((word,) for word in known[id_].words), id_ in required.split())

    return Form(
        name, Text(title, name), "list", tuple(map(column, columns.split())), by=tuple(map(column, by)), key=key
    )


PROJECTS = form(
    "projects", "教育设施项目进度表", "project_name", "project_kind project_name lead seats_new due done done_year",
    required="project_name",
)  # fmt: skip
TITLES = form("titles", "名优校台账", "school_name", "school_name titled", by=("title",))


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    small = small_plan(tmp_path)
    return replace(
        small,
        elements={**small.elements, **{each.id: each for each in ELEMENTS}},
        forms={**small.forms, "projects": PROJECTS, "titles": TITLES},
    )


def read_one(plan: Plan, file: Path, year: int | None = None) -> Return:
    (found,) = read(plan, Request((file,), year=year)).returns
    (account,) = found.sheets
    assert account.read == account.used + sum(account.left_out.values())
    return found


def values(block: Block, name: str) -> list[Any]:
    return list(next(column for column in block.columns if column.element == name).values)


def places(found: Return) -> list[tuple[str, str]]:
    return [(each.code, each.cell) for each in found.findings]


HEAD_OF_SCHOOLS = ["标识码", "学校名称", "学段", "测试人数", "合格人数"]
HEAD = ["序号", "项目类型", "项目名称", "建设地点", "主管部门", "可新增学位", "计划完成时间", "是否完成", "竣工时间"]
LEDGER: Rows = [
    ["怀柔区2023年教育设施项目进度表"],
    ["填报单位：区教委"],
    HEAD,
    ["甲", "乙", "丙", "丁", "戊", 1, 2, 3, 4],
    [1, "幼儿园", "10街区第一\n幼儿园", "10 街区", "住建委", 360, 2022, "是", "2022年8月"],
    [2, None, "03 街区配套幼儿园(五幼)新建", "03 街区", None, 360, "2022年", "否", None],
    [None, None, "小计", None, None, 720, None, None, None],
    [3, "中小学", "第六中学新建（迁建）", "04 街区", "区教委", "720", "随棚改同步完成", "否", "—"],
    [4, None, "教科研中心异址搬迁", "待定", None, "待定", "待定", "否", None],
    [],
    [None, None, "合  计", None, None, 1440, None, None, None],
    ["注：1.“可新增学位”按批复填写。"],
    ["单位负责人：", None, "审核人：", None, "填表人："],
]
MERGES = {"表7": ["A1:I1", "B5:B6", "E5:E6", "B8:B9", "E8:E9", "A12:I12"]}


def test_a_ledger_is_read_row_by_row_and_each_row_is_accounted_for(plan: Plan, make_workbook: MakeWorkbook) -> None:
    found = read_one(plan, make_workbook({"表7": LEDGER}, merges=MERGES))
    (account,) = found.sheets
    assert (account.form, account.period, account.header) == ("projects", 2023, (3, 3))
    assert (account.used, dict(account.left_out)) == (
        4,
        {"blank": 1, "header": 3, "note": 2, "numbering": 1, "total": 2},
    )
    assert places(found) == [("PC226", "")]  # 建设地点 is no column of the form
    (block,) = found.blocks
    assert (block.form, block.period) == ("projects", 2023)
    assert [(unit.id, unit.code, unit.name, unit.stage) for unit in block.units] == [
        ("projects#10街区第一幼儿园", "10街区第一幼儿园", "10街区第一幼儿园", ""),
        ("projects#03街区配套幼儿园(五幼)新建", "03街区配套幼儿园(五幼)新建", "03街区配套幼儿园(五幼)新建", ""),
        ("projects#第六中学新建（迁建）", "第六中学新建（迁建）", "第六中学新建（迁建）", ""),
        ("projects#教科研中心异址搬迁", "教科研中心异址搬迁", "教科研中心异址搬迁", ""),
    ]
    assert values(block, "project_kind") == ["幼儿园", "幼儿园", "中小学", "中小学"]  # merged downwards
    assert values(block, "lead") == ["住建委", "住建委", "区教委", "区教委"]
    assert values(block, "seats_new") == [360, 360, 720, Absent.UNKNOWN]
    assert values(block, "due") == [2022, 2022, Absent.UNKNOWN, Absent.UNKNOWN]
    assert values(block, "done") == [True, False, False, False]
    assert values(block, "done_year") == [2022, Absent.BLANK, Absent.NONE, Absent.BLANK]
    readings = [block.reading(column, 2) for column in block.columns if column.element == "due"]
    assert [(each.cell, each.raw, each.unit) for each in readings] == [
        ("G8", "随棚改同步完成", "projects#第六中学新建（迁建）")
    ]


def test_a_figure_merged_over_rows_counts_once(plan: Plan, make_workbook: MakeWorkbook) -> None:
    rows: Rows = [
        ["2023年项目"],
        HEAD[2:8],
        ["甲园", None, None, 720, 2023, "是"],
        ["乙园", None, None, None, None, "否"],
    ]
    found = read_one(plan, make_workbook({"表": rows}, merges={"表": ["D3:D4", "E3:E4"]}))
    (block,) = found.blocks
    assert values(block, "seats_new") == [720, Absent.BLANK]
    assert values(block, "due") == [2023, 2023]


def test_a_row_without_a_name_is_named_by_its_place(plan: Plan, make_workbook: MakeWorkbook) -> None:
    rows: Rows = [
        ["2023年项目"],
        HEAD,
        [1, "幼儿园", None, "10街区", "住建委", 360, 2022, "是", None],
        [2, None, "—", None, None, None, None, None, None],
        [3, None, None, None, None, None, None, None, None],
        [4, None, "乙园", None, None, 180, 2022, "否", None],
        ["说明：以上项目均已立项"],
    ]
    found = read_one(plan, make_workbook({"表": rows}))
    (account,) = found.sheets
    assert (account.used, dict(account.left_out)) == (1, {"ghost": 2, "header": 2, "no_key": 1, "note": 1})
    lacking = [each for each in found.findings if each.code == "PC240"]
    assert [(each.cell, each.sheet) for each in lacking] == [("C3", "表")]
    assert message("PC240", lacking[0].params, "zh") == "第 3 行有内容（1、幼儿园、10街区），但没有“项目名称”"
    assert message("PC240", lacking[0].params, "en") == (
        "Row 3 says something (1, 幼儿园, 10街区) but lacks its 'project_name'"
    )


def test_a_name_across_columns_heads_the_rows_below_it(plan: Plan, make_workbook: MakeWorkbook) -> None:
    rows: Rows = [
        ["2023年项目"],
        ["项目名称", "主管部门", "可新增学位"],
        ["一、幼儿园", None, None],
        ["甲园", "区教委", 360],
        ["1.“十四五”规划纲要", "区教委", None],
    ]
    found = read_one(plan, make_workbook({"表": rows}, merges={"表": ["A3:C3"]}))
    (block,) = found.blocks
    # A name that begins like a note is a name where the row says something of it.
    assert [unit.name for unit in block.units] == ["甲园", "1.“十四五”规划纲要"]
    assert dict(found.sheets[0].left_out) == {"header": 2, "note": 1}


def test_without_its_key_column_a_ledger_is_not_guessed_at(plan: Plan, make_workbook: MakeWorkbook) -> None:
    rows: Rows = [["2023年项目"], ["工程", "主管部门", "可新增学位", "计划完成时间"], ["甲园", "区教委", 360, 2023]]
    found = read_one(plan, make_workbook({"表": rows}))
    missing = [each for each in found.findings if each.code == "PC209"]
    assert [message("PC209", each.params, "zh") for each in missing] == ["“教育设施项目进度表”缺少必需的列“项目名称”"]
    assert found.blocks == ()
    assert dict(found.sheets[0].left_out) == {"header": 2, "no_key": 1}
    assert "PC240" not in [each.code for each in found.findings]


def test_an_unclear_year_is_a_finding_at_its_cell(plan: Plan, make_workbook: MakeWorkbook) -> None:
    rows: Rows = [["2023年项目"], HEAD[2:], ["甲园", None, None, 360, "2021—2025年", "是", "9月1日"]]
    found = read_one(plan, make_workbook({"表": rows}))
    unclear = [each for each in found.findings if each.code == "PC242"]
    assert [(each.cell, each.unit) for each in unclear] == [("E3", "projects#甲园"), ("G3", "projects#甲园")]
    assert message("PC242", unclear[0].params, "zh") == "“计划完成时间”应为年份，看不出“2021—2025年”是哪一年"


def test_columns_in_by_tell_rows_of_one_name_apart(plan: Plan, make_workbook: MakeWorkbook) -> None:
    rows: Rows = [
        ["2023年名优校台账"],
        ["学校名称", "称号", "认定年度"],
        ["第一中学", "高峰校", 2022],
        [None, "集团牵头校", 2023],
    ]
    found = read_one(plan, make_workbook({"台账": rows}, merges={"台账": ["A3:A4"]}))
    (block,) = found.blocks
    assert [unit.id for unit in block.units] == ["titles#第一中学#高峰校", "titles#第一中学#集团牵头校"]
    assert [unit.code for unit in block.units] == ["第一中学", "第一中学"]
    assert values(block, "title") == ["高峰校", "集团牵头校"]
    assert standing(found.blocks, plan) == (found.blocks, ())


def test_a_ledger_without_a_year_is_left_out_with_a_finding(plan: Plan, make_workbook: MakeWorkbook) -> None:
    rows: Rows = [["项目进度表"], HEAD[2:4], HEAD[2:], ["甲园", None, None, 360, 2023, "是", None]]
    file = make_workbook({"表": [rows[0], *rows[2:]]})
    found = read_one(plan, file)
    assert ("PC211", "") in places(found)
    assert (found.blocks, dict(found.sheets[0].left_out)) == ((), {"header": 2, "no_period": 1})
    (block,) = read_one(plan, file, year=2022).blocks
    assert block.period == 2022


def test_a_ledger_row_may_state_its_year(plan: Plan, make_workbook: MakeWorkbook) -> None:
    own = form("projects", "教育设施项目进度表", "project_name", "project_name seats_new")
    year = Column("report_year", (("填报年度",),))
    with_year = replace(plan, forms={**plan.forms, "projects": replace(own, columns=(*own.columns, year))})
    rows: Rows = [["项目"], ["填报年度", "项目名称", "可新增学位"], [2022, "甲园", 0], ["2023年", "甲园", 360]]
    found = read_one(with_year, make_workbook({"表": rows}))
    assert [(block.period, values(block, "seats_new")) for block in found.blocks] == [(2022, [0]), (2023, [360])]
    assert all(column.element != "report_year" for block in found.blocks for column in block.columns)


def test_a_title_may_name_the_years_of_the_plan_and_its_own(plan: Plan, make_workbook: MakeWorkbook) -> None:
    rows: Rows = [
        ["“十四五”（2021—2025年）项目进度表（2023年）"],
        HEAD[2:],
        ["甲园", None, None, 360, 2023, "是", None],
    ]
    (block,) = read_one(plan, make_workbook({"表": rows})).blocks
    assert block.period == 2023


def test_a_table_of_units_below_a_ledger_is_read_too(plan: Plan, make_workbook: MakeWorkbook) -> None:
    rows: Rows = [
        ["2023年情况"],
        HEAD[2:],
        ["甲园", None, None, 360, 2023, "是", None],
        HEAD_OF_SCHOOLS,
        ["1001", "甲校", "小学", 100, 99],
        ["项目名称", "可新增学位"],
        ["乙园", 180],
    ]
    found = read_one(plan, make_workbook({"表": rows}))
    assert [(block.form, [unit.name for unit in block.units]) for block in found.blocks] == [
        ("projects", ["甲园"]),
        ("schools", ["甲校"]),
        ("projects", ["乙园"]),
    ]


def _standing(plan: Plan, *files: Path) -> tuple[list[int], list[Finding]]:
    returns = read(plan, Request(files)).returns
    blocks, findings = standing([block for each in returns for block in each.blocks], plan)
    return [len(block.units) for block in blocks], list(findings)


def test_a_thing_listed_twice_counts_once_or_not_at_all(plan: Plan, make_workbook: MakeWorkbook) -> None:
    head: Rows = [["2023年项目"], ["项目名称", "可新增学位", "竣工时间"]]
    first = make_workbook({"表": [*head, ["甲园", 360, 2023], ["乙园", 180, 2023], ["丙园", 90, None]]}, name="a.xlsx")
    second = make_workbook({"表": [*head, ["甲园", 360, "2023年"], ["乙园", 170, 2023]]}, name="b.xlsx")
    left, findings = _standing(plan, first, second)
    assert left == [2, 0]  # 甲园 stands in the first file only, 乙园 in neither
    assert [(each.code, each.cell, each.unit) for each in findings] == [
        ("PC241", "A3", "projects#甲园"),
        ("PC241", "A4", "projects#乙园"),
    ]
    assert message("PC241", findings[1].params, "zh") == (
        f"“乙园”在台账中出现两次：另一处在 {first} 表!A4，内容不同，两处均未使用"
    )


def test_a_ledger_is_no_school(plan: Plan, make_workbook: MakeWorkbook) -> None:
    """It reports for no unit, makes no year one that is reported, and leaves one school's own return what it is."""
    ledger = make_workbook(
        {"表7": [["2021年项目"], HEAD[2:], ["甲校", None, None, 1, 2023, "是", None]]}, name="a.xlsx"
    )
    own = make_workbook({"表": [["2023年"], HEAD_OF_SCHOOLS, ["1001", "甲校", "小学", 100, 99]]}, name="b.xlsx")
    roster = make_workbook({"名录": [["标识码", "学校名称", "学段"], ["1001", "甲校", "小学"]]}, name="roster.xlsx")
    found = assess(plan, Request((own, ledger), roster=roster))
    assert found.periods == (2023,)
    assert [(verdict.level, verdict.unit) for verdict in found.verdicts] == [("unit", "1001/primary")]
    alone = assess(plan, Request((ledger,), roster=roster))
    assert alone.periods == (2021,)
    assert [verdict.level for verdict in alone.verdicts] == ["district"]
    assert [each.unit for each in alone.findings if each.code == "PC220"] == ["1001/primary"]
