"""Earlier results as history: what they said is read back exactly, and only where this run's returns say nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from plancheck.codes import hint, message
from plancheck.judge import Scope, judge
from plancheck.language import Text
from plancheck.model import (
    Assessment,
    Block,
    Column,
    Element,
    Form,
    Plan,
    ReadColumn,
    Return,
    Roster,
    Unit,
    Value,
    Verdict,
)
from plancheck.pipeline import Request, assess, read
from plancheck.public import public
from plancheck.quantity import Absent
from plancheck.reports.json_report import render
from plancheck.returns import read_history, taken_from_history, with_history
from tests.conftest import PASS_RATE, RISES, Rows, small_plan, write_workbook

INDICATORS = (
    PASS_RATE
    + """
  graded_rate:
    label: {zh: 优质率, en: Good}
    unit: percent
    numerator: if(grade == "good" and safe, area, 0)
    denominator: area
    target: "≥98"
    due: every_year
    source: {clause: 一, quote: ≥98}
  spending_kept:
    label: {zh: 支出不减, en: Spending kept}
    unit: 10k_yuan
    series: spending
    target: 只增不减
    due: each_step
    source: {clause: 一, quote: 只增不减}
"""
)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return small_plan(tmp_path, INDICATORS)


def run(plan: Plan, folder: Path, sheets: dict[str, Rows], name: str = "return.xlsx") -> Assessment:
    return assess(plan, Request((write_workbook(folder / name, sheets),), levels=frozenset({"district"})))


def saved(assessment: Assessment, path: Path) -> Path:
    path.write_text(render(assessment, "zh"), encoding="utf-8")
    return path


def judged(plan: Plan, blocks: Sequence[Block], year: int) -> list[Verdict]:
    verdicts = judge(plan, blocks, None, Scope(list(plan.indicators.values()), [year])).verdicts
    return list(verdicts)


def figures(verdict: Verdict) -> tuple[Any, ...]:
    readings = sorted((each.file, each.sheet, each.cell, each.raw, str(each.value)) for each in verdict.readings)
    return verdict.indicator, verdict.outcome, verdict.numerator, verdict.denominator, readings


SHEETS: dict[str, Rows] = {
    "2022年学校": [
        ["标识码", "学校名称", "学段", "平安校园", "等级", "面积", "测试人数"],
        ["1001", "甲校", "小学", "√", "优质", "1,250.5", None],
        ["1002", "乙校", "初中", "否", "优质", 0.1234567890123456, None],
        ["1003", "丙校", "初中", "是", "普通", 100, None],
    ],
    "2022年各年级": [
        ["标识码", "学校名称", "学段", "年级组", "年级测试人数", "年级合格人数"],
        ["1001", "甲校", "小学", "一年级", 60, 60],
        ["1001", "甲校", "小学", "二年级", "40人", 37],
        ["1002", "乙校", "初中", "初一", 100, 100],
        ["1003", "丙校", "初中", "初一", 50, "未统计"],
        ["1003", "丙校", "初中", "初二", 50, 50],
    ],
    "区级": [["区级表"], ["项目", "2021年", "2022年"], ["教育支出（万元）", 100, "110.25"]],
}


def test_an_earlier_result_gives_the_verdicts_it_gave(plan: Plan, tmp_path: Path) -> None:
    before = run(plan, tmp_path, SHEETS)
    assert [(each.outcome, each.numerator, each.denominator) for each in before.verdicts] == [
        ("met", 197, 200),  # 60 + 37 of 100 and 100 of 100; 丙校 does not know one of its two grades
        ("not_met", Fraction("1250.5"), Fraction("1250.5") + Fraction("0.1234567890123456") + 100),
        ("met", Fraction("110.25"), 100),
    ]
    history = read_history(saved(before, tmp_path / "2022.json"), plan)
    assert history.findings == ()
    after = judged(plan, with_history((), [history], plan), 2022)
    assert [figures(verdict) for verdict in after] == [figures(verdict) for verdict in before.verdicts]


def test_history_fills_the_years_that_returns_do_not_give(plan: Plan, tmp_path: Path) -> None:
    earlier = saved(run(plan, tmp_path, SHEETS), tmp_path / "2022.json")
    now = write_workbook(
        tmp_path / "now.xlsx",
        {"区级": [["区级表"], ["项目", "2023年"], ["教育支出（万元）", 110]],
         "2023年学校": [["标识码", "学校名称", "学段", "测试人数", "合格人数"], ["1001", "甲校", "小学", 100, 99]]},
    )  # fmt: skip
    blocks = [block for each in read(plan, Request((now,))).returns for block in each.blocks]
    alone = {each.indicator: each for each in judged(plan, blocks, 2023)}
    assert alone["spending_kept"].outcome == "unknown"
    together = {
        each.indicator: each for each in judged(plan, with_history(blocks, [read_history(earlier, plan)], plan), 2023)
    }
    assert together["spending_kept"].outcome == "not_met"
    assert (together["spending_kept"].numerator, together["spending_kept"].denominator) == (110, Fraction("110.25"))
    assert together["pass_rate"].numerator == 99


def test_history_fills_a_cell_that_a_form_leaves_blank(plan: Plan, tmp_path: Path) -> None:
    earlier = saved(run(plan, tmp_path, SHEETS), tmp_path / "2022.json")
    rows: Rows = [["区级表"], ["项目", "2022年", "2023年"], ["教育支出（万元）", None, 110], ["只增不减", "是", "是"]]
    now = write_workbook(tmp_path / "now.xlsx", {"区级": rows})
    blocks = [block for each in read(plan, Request((now,))).returns for block in each.blocks]
    together = with_history(blocks, [read_history(earlier, plan)], plan)
    (verdict,) = (each for each in judged(plan, together, 2023) if each.indicator == "spending_kept")
    assert (verdict.numerator, verdict.denominator) == (110, Fraction("110.25"))


def test_what_this_run_says_of_a_year_replaces_what_was_said_before(plan: Plan, tmp_path: Path) -> None:
    earlier = saved(run(plan, tmp_path, SHEETS), tmp_path / "2022.json")
    rows: Rows = [["标识码", "学校名称", "学段", "测试人数", "合格人数"], ["1002", "乙校", "初中", 100, 90]]
    again = write_workbook(tmp_path / "again.xlsx", {"2022年学校": rows})
    blocks = [block for each in read(plan, Request((again,))).returns for block in each.blocks]
    verdicts = {
        each.indicator: each for each in judged(plan, with_history(blocks, [read_history(earlier, plan)], plan), 2022)
    }
    assert (verdicts["pass_rate"].numerator, verdicts["pass_rate"].denominator) == (90, 100)  # 甲校 is missing now
    assert verdicts["graded_rate"].coverage.reported == 3  # of which the new return says nothing
    assert {unit.name for block in with_history(blocks, [read_history(earlier, plan)], plan) for unit in block.units} == {
        "1001", "乙校", "1003", "",
    }  # fmt: skip


HEAD = ["标识码", "学校名称", "学段", "测试人数", "合格人数"]


def test_what_one_school_says_of_last_year_leaves_the_others_their_history(tmp_path: Path) -> None:
    plan = small_plan(tmp_path, RISES)
    of_2022: Rows = [HEAD, ["1001", "甲校", "小学", 100, 90], ["1002", "乙校", "小学", 100, 80]]
    earlier = saved(run(plan, tmp_path, {"2022年": of_2022}), tmp_path / "2022.json")
    own: Rows = [
        ["标识码：1001", "学校名称：甲校", "学段：小学"],
        ["项目", "上年", "本年"],
        ["测试人数", 100, 100],
        ["合格人数", 90, 91],
    ]
    other: Rows = [HEAD, ["1002", "乙校", "小学", 100, 82]]
    now = write_workbook(tmp_path / "now.xlsx", {"2023年自查": own, "2023年": other})
    (verdict,) = assess(plan, Request((now,), levels=frozenset({"district"}), history=(earlier,))).verdicts
    # 173 of 200 after 170 of 200, not after the 90 of 100 of 甲校 alone
    assert (verdict.outcome, verdict.value, verdict.provisional) == ("met", Fraction(3, 2), False)


def test_a_result_of_the_base_year_holds_what_later_years_are_held_against(tmp_path: Path) -> None:
    plan = small_plan(tmp_path, RISES.replace("prior_year", "baseline_year"))
    earlier = saved(run(plan, tmp_path, {"2020年": [HEAD, ["1001", "甲校", "小学", 100, 90]]}), tmp_path / "2020.json")
    now = write_workbook(tmp_path / "now.xlsx", {"2023年": [HEAD, ["1001", "甲校", "小学", 100, 93]]})
    (verdict,) = assess(plan, Request((now,), levels=frozenset({"district"}), history=(earlier,))).verdicts
    assert (verdict.outcome, verdict.value, verdict.base_year) == ("met", 3, 2020)


def test_a_year_missing_between_others_is_said_with_what_to_do(tmp_path: Path) -> None:
    plan = small_plan(tmp_path, RISES)
    years: dict[str, Rows] = {f"{year}年": [HEAD, ["1001", "甲校", "小学", 100, 90]] for year in (2020, 2021, 2023)}
    found = run(plan, tmp_path, years)
    assert [(each.period, each.outcome) for each in found.verdicts] == [
        (2020, "unknown"),
        (2021, "not_met"),
        (2023, "unknown"),
    ]
    (finding,) = (each for each in found.findings if each.code == "PC418")
    assert (message("PC418", finding.params, "zh"), finding.period) == (
        "“提高”有 2021 年的数据，却没有 2022 年的：2023 年不与更早的年份比较，无法判定",
        2023,
    )
    assert message("PC418", finding.params, "en") == (
        "'Rises' has figures of 2021 but none of 2022: 2023 is not compared with an earlier year and cannot be judged"
    )
    assert "--history" in hint("PC418", finding.params, "en")


def test_that_a_judged_year_rests_on_earlier_results_is_said(plan: Plan, tmp_path: Path) -> None:
    of_2022: Rows = [[*HEAD, "平安校园"], ["1001", "甲校", "小学", 100, 99, "是"]]
    earlier = saved(run(plan, tmp_path, {"2022年": of_2022}), tmp_path / "draft.json")
    again = write_workbook(tmp_path / "again.xlsx", {"2022年": [HEAD[:4], ["1001", "甲校", "小学", 50]]})
    found = assess(plan, Request((again,), levels=frozenset({"district"}), history=(earlier,)))
    (finding,) = (each for each in found.findings if each.code == "PC249")
    assert (message("PC249", finding.params, "zh"), finding.period) == (
        "2022 年的上报表没有提供合格人数，取自以往结果",
        2022,
    )
    many = {name: Text(name, name) for name in "abcdefg"}
    with_many = replace(
        plan, elements={**plan.elements, **{name: Element(name, label, "person", ()) for name, label in many.items()}}
    )
    columns = tuple(ReadColumn(name, "A", (1,), (1,)) for name in many)
    block = Block("schools", "a.xlsx", "表", 2022, [Unit("1001/primary", "1001", "甲校", "primary")], columns)
    (told,) = taken_from_history((), (block,), with_many, (2021, 2022))
    assert str(told.params["elements"]) == str(Text("a、b、c、d、e等 7 项", "a, b, c, d, e and 2 more"))


# -------------------------------------------------------------------------------------- what is refused


def document(**changes: Any) -> dict[str, Any]:
    reading = {"file": "a.xlsx", "sheet": "表", "cell": "D2", "raw": "99", "value": "99", "element": "passed",
               "unit": "1001/primary", "period": 2022}  # fmt: skip
    return {
        "schema": "plancheck/assessment/1",
        "plan": {"id": "small"},
        "verdicts": [{"readings": [reading | changes]}],
    }


def load(plan: Plan, folder: Path, content: object, roster: Roster | None = None) -> Return:
    path = folder / "result.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return read_history(path, plan, roster)


REFUSED: dict[str, tuple[object, str]] = {
    "no JSON": ("{", "不是 JSON 文件"),
    "too deep": ("[" * 200_000, "不是 JSON 文件"),
    "a list": ([], "应为 plancheck/assessment/1，现为 None"),
    "another document": ({"schema": "plancheck/inspect/1"}, "应为 plancheck/assessment/1，现为 plancheck/inspect/1"),
    "a later version": (
        {"schema": "plancheck/assessment/2"},
        "应为 plancheck/assessment/1，现为 plancheck/assessment/2",
    ),
    "no verdicts": ({"schema": "plancheck/assessment/1"}, "verdicts 的结构不对"),
    "a verdict that is none": (document() | {"verdicts": [1]}, "verdicts[0] 的结构不对"),
    "no readings": (document() | {"verdicts": [{}]}, "verdicts[0].readings 的结构不对"),
    "a reading without a file": (document(file=None), "verdicts[0].readings[0] 的结构不对"),
    "a cell that is none": (document(cell="D0"), "verdicts[0].readings[0] 的结构不对"),
    "a number as value": (document(value=99), "verdicts[0].readings[0] 的结构不对"),
    "a period that is none": (document(period="2022"), "verdicts[0].readings[0] 的结构不对"),
    "a cell with two values": (
        document() | {"verdicts": [document()["verdicts"][0], document(value="90")["verdicts"][0]]},
        "a.xlsx 表!D2 有两个不同的值：99 / 90，该结果被改动过",
    ),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_assessment_is_refused_whole(plan: Plan, tmp_path: Path, content: object, why: str) -> None:
    found = load(plan, tmp_path, content)
    (finding,) = found.findings
    assert (finding.code, finding.file, found.blocks) == ("PC243", str(tmp_path / "result.json"), ())
    assert message("PC243", finding.params, "zh") == f"以往结果无法使用：{why}"
    assert message("PC243", finding.params, "en").startswith("The earlier result cannot be used: ")


@pytest.mark.parametrize(("name", "code"), [("gone.json", "PC204"), ("empty.json", "PC202")])
def test_a_file_that_cannot_be_read_is_a_finding(plan: Plan, tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "empty.json").touch()
    found = read_history(tmp_path / name, plan)
    assert [each.code for each in found.findings] == [code]


def two(*changes: dict[str, Any]) -> dict[str, Any]:
    readings = [document(**each)["verdicts"][0]["readings"][0] for each in changes]
    return document() | {"verdicts": [{"readings": readings}]}


def test_readings_of_elements_unknown_to_the_plan_are_counted(plan: Plan, tmp_path: Path) -> None:
    found = load(plan, tmp_path, two({"element": "gone"}, {"element": "gone", "cell": "D3"}, {}))
    (finding,) = found.findings
    assert (finding.code, len(found.blocks)) == ("PC244", 1)
    assert message("PC244", finding.params, "en") == (
        "Element gone of the earlier result is not in the plan; not used (2 readings, the first at a.xlsx 表!D2)"
    )


def test_an_element_in_no_form_is_not_used(plan: Plan, tmp_path: Path) -> None:
    bare = replace(plan, forms={name: form for name, form in plan.forms.items() if form.reporter == "district"})
    found = load(bare, tmp_path, document())
    assert [(each.code, each.params["count"]) for each in found.findings] == [("PC244", 1)]
    assert found.blocks == ()


@pytest.mark.parametrize(
    ("element", "value"),
    [("passed", "9.5"), ("passed", "-1"), ("passed", "99%"), ("passed", "九"), ("passed", "1/0"), ("passed", "1/2"),
     ("passed", "99人"), ("rate", "100.5"), ("safe", "也许"), ("grade", "优质"), ("area", "1/x"), ("built", "2021-2025"),
     ("built", "待定")],
)  # fmt: skip
def test_a_value_its_element_cannot_have_is_left_out(plan: Plan, tmp_path: Path, element: str, value: str) -> None:
    built = Element("built", Text("建成", "Built"), "year", ("建成",))
    with_year = replace(plan, elements={**plan.elements, "built": built})
    found = load(with_year, tmp_path, document(element=element, value=value))
    (finding,) = found.findings
    assert (finding.code, found.blocks) == ("PC245", ())
    assert message("PC245", finding.params, "zh") == (
        f"以往结果中“{with_year.elements[element].label.zh}”不能是“{value}”，未使用（1 个读数，首个在 a.xlsx 表!D2）"
    )


@pytest.mark.parametrize(
    ("element", "value", "expected"),
    [("passed", "99", 99), ("area", "1250.5", Fraction("1250.5")), ("area", "1/3", Fraction(1, 3)), ("rate", "0.98", Fraction("0.98")),
     ("safe", "是", True), ("safe", "否", False), ("grade", "good", "good"), ("school_name", "甲校", "甲校"),
     ("passed", None, Absent.BLANK)],
)  # fmt: skip
def test_a_value_is_read_as_its_element_has_it(
    plan: Plan, tmp_path: Path, element: str, value: str | None, expected: Value
) -> None:
    found = load(plan, tmp_path, document(element=element, value=value))
    (block,) = found.blocks
    reading = block.reading(block.columns[0], 0)
    assert (reading.value, reading.cell, reading.raw, reading.file) == (expected, "D2", "99", "a.xlsx")
    assert found.findings == ()


def test_a_result_of_another_plan_is_used_with_a_warning(plan: Plan, tmp_path: Path) -> None:
    found = load(plan, tmp_path, document() | {"plan": {"id": "other"}})
    (finding,) = found.findings
    assert (finding.code, len(found.blocks)) == ("PC246", 1)
    assert message("PC246", finding.params, "zh") == "以往结果出自另一规划“other”，本规划为“small”"


def test_units_that_left_the_roster_are_counted(plan: Plan, tmp_path: Path) -> None:
    unit = Unit("1001/primary", "1001", "甲校", "primary", {"township": "甲镇"})
    closed = Unit("1003/primary", "1003", "丙校", "primary", closed="2022-08-31")
    roster = Roster("roster.xlsx", "", {unit.id: unit, closed.id: closed}, {})
    readings = two({}, {"unit": "1002/primary", "cell": "D3"}, {"unit": "1001/college"}, {"unit": "1003/primary"})
    found = load(plan, tmp_path, readings, roster)
    (finding,) = found.findings
    assert [list(block.units) for block in found.blocks] == [[unit]]
    assert message("PC247", finding.params, "zh") == (
        "以往结果中有 3 个读数的单位当年不在名录中，未使用，如“1002/primary”（a.xlsx 表!D3）"
    )


def test_a_figure_of_schools_is_never_the_district_s_nor_the_other_way_round(plan: Plan, tmp_path: Path) -> None:
    mixed = two({"unit": "", "cell": "D3"}, {}, {"element": "spending", "cell": "E2"})
    found = load(plan, tmp_path, mixed)
    assert [(each.code, each.params["count"]) for each in found.findings] == [("PC247", 2)]
    assert [[unit.id for unit in block.units] for block in found.blocks] == [["1001/primary"]]


def test_a_result_without_readings_stands_for_nothing_and_that_is_said(plan: Plan, tmp_path: Path) -> None:
    published = tmp_path / "public.json"
    published.write_text(render(public(run(plan, tmp_path, SHEETS)), "zh"), encoding="utf-8")
    found = read_history(published, plan)
    assert found.blocks == ()
    assert [(each.code, each.file) for each in found.findings] == [("PC248", str(published))]
    assert message("PC248", {}, "zh") == "以往结果中没有任何读数，不能代替各年数据"
    assert message("PC248", {}, "en") == "The earlier result holds no readings, so it stands for no year"


def test_a_stage_the_plan_does_not_know_is_no_unit(plan: Plan, tmp_path: Path) -> None:
    found = load(plan, tmp_path, document(unit="1001/college"))
    assert [each.code for each in found.findings] == ["PC247"]


# ------------------------------------------------------------------------------------------------ lists


def test_the_rows_of_a_list_come_back_as_rows_of_that_list(plan: Plan, tmp_path: Path) -> None:
    done = Element("done", Text("是否完成", "Done"), "yes_no", ("是否完成",))
    columns = (Column("done", (("是否完成",),)),)
    lists = {
        "projects": Form("projects", Text("项目表", "Projects"), "list", columns, key="project"),
        "titles": Form("titles", Text("称号表", "Titles"), "list", columns, by=columns, key="school"),
    }
    with_lists = replace(plan, elements={**plan.elements, "done": done}, forms={**plan.forms, **lists})
    found = load(
        with_lists,
        tmp_path,
        two(
            {"unit": "projects#甲#园", "element": "done", "value": "是"},
            {"unit": "titles#甲校#高峰校", "element": "done", "value": "否", "cell": "D3"},
        ),
    )
    assert found.findings == ()
    assert [(block.form, block.units[0].id, block.units[0].name) for block in found.blocks] == [
        ("projects", "projects#甲#园", "甲#园"),
        ("titles", "titles#甲校#高峰校", "甲校"),
    ]
    # One list says nothing of another, although both hold the element.
    (given,) = (block for block in found.blocks if block.form == "projects")
    assert [block.form for block in with_history((given,), [found], with_lists)] == ["projects", "titles"]
