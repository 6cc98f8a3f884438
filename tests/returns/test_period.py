"""Several years in one run: the year a title, a sheet's name or a folder states, and what happens where they differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from plancheck.codes import message
from plancheck.model import Finding, Plan
from plancheck.pipeline import Request, assess
from plancheck.returns import gather
from plancheck.returns.period import in_folder
from tests.conftest import Rows, small_plan, write_workbook

HEAD = ["标识码", "学校名称", "学段", "测试人数", "合格人数"]
SERIES = """
  spending_kept:
    label: {zh: 支出不减, en: Spending kept}
    unit: 10k_yuan
    series: spending
    target: 只增不减
    due: each_step
    source: {clause: 一, quote: 只增不减}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return small_plan(tmp_path)


def put(path: Path, *rows: Rows, sheet: str = "表") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_workbook(path, {sheet: [row for block in rows for row in block]})


@pytest.mark.parametrize(
    ("path", "year"),
    [
        ("returns/2022/a.xlsx", 2022),
        ("returns/2022年/a.xlsx", 2022),
        ("returns/２０２２年度/a.xlsx", 2022),
        ("2022-2023学年/a.xlsx", 2022),
        ("2022—2023学年度/a.xlsx", 2022),
        ("2022/泉河街道/a.xlsx", 2022),
        ("2021/2022/a.xlsx", 2022),
        ("2022/a/b/c.xlsx", None),  # a folder far above is about something else
        ("2021-2025/a.xlsx", None),
        ("2022年收/a.xlsx", None),
        ("20221/a.xlsx", None),
        ("a.xlsx", None),
    ],
)
def test_a_folder_may_be_named_by_a_year(path: str, year: int | None) -> None:
    assert [stated.year for stated in in_folder(Path(path))] == ([] if year is None else [year])


def test_one_folder_a_year(plan: Plan, tmp_path: Path) -> None:
    put(tmp_path / "2021" / "a.xlsx", [HEAD, ["1001", "甲校", "小学", 100, 97]])
    put(tmp_path / "2022年" / "a.xlsx", [HEAD, ["1001", "甲校", "小学", 100, 98]])
    put(tmp_path / "2023-2024学年" / "a.xlsx", [HEAD, ["1001", "甲校", "小学", 100, 99]])
    found = assess(plan, Request(gather([str(tmp_path / name) for name in ("2021", "2022年", "2023-2024学年")])))
    assert found.periods == (2021, 2022, 2023)
    assert [(each.period, each.value, each.outcome) for each in found.verdicts] == [
        (2021, 97, "not_met"),
        (2022, 98, "met"),
        (2023, 99, "met"),
    ]


def test_a_roster_beside_the_folders_of_years_is_found(plan: Plan, tmp_path: Path) -> None:
    roster = put(tmp_path / "roster.xlsx", [HEAD[:3], ["1001", "甲校", "小学"], ["1002", "乙校", "初中"]], sheet="名录")
    file = put(tmp_path / "2021" / "a.xlsx", [HEAD, ["1001", "甲校", "小学", 100, 99]])
    found = assess(plan, Request((file,), levels=frozenset({"district"})))
    assert found.roster is not None
    assert found.roster.file == str(roster)
    assert [each.unit for each in found.findings if each.code == "PC220"] == ["1002/junior"]


def test_a_missing_return_is_said_with_its_year_where_there_are_several(plan: Plan, tmp_path: Path) -> None:
    put(tmp_path / "roster.xlsx", [HEAD[:3], ["1001", "甲校", "小学"], ["1002", "乙校", "初中"]], sheet="名录")
    first = put(tmp_path / "2021" / "a.xlsx", [HEAD, ["1001", "甲校", "小学", 100, 99]])
    second = put(tmp_path / "2022" / "a.xlsx", [HEAD, ["1002", "乙校", "初中", 100, 99]])
    found = assess(plan, Request((first, second), levels=frozenset({"district"})))
    said = [message(each.code, each.params, "zh") for each in found.findings if each.code == "PC220"]
    assert said == ["名录中的“乙校”（初中，2021年）没有上报", "名录中的“甲校”（小学，2022年）没有上报"]


def test_one_sheet_a_year(plan: Plan, tmp_path: Path) -> None:
    rows: dict[str, Rows] = {
        name: [HEAD, ["1001", "甲校", "小学", 100, passed]] for name, passed in (("2021", 97), ("2022年", 98))
    }
    found = assess(plan, Request((write_workbook(tmp_path / "a.xlsx", rows),)))
    assert [(each.period, each.value) for each in found.verdicts] == [(2021, 97), (2022, 98)]


def test_a_folder_and_a_title_that_disagree_are_a_finding(plan: Plan, tmp_path: Path) -> None:
    file = put(tmp_path / "2022" / "a.xlsx", [["2023年学校表"], HEAD, ["1001", "甲校", "小学", 100, 99]])
    found = assess(plan, Request((file,), levels=frozenset({"district"})))
    (finding,) = (each for each in found.findings if each.code == "PC212")
    assert message("PC212", finding.params, "zh") == "年度自相矛盾：2023（A1）和 2022（文件夹“2022”）"
    assert message("PC212", finding.params, "en") == "The years disagree: 2023 (A1) and 2022 (folder '2022')"
    assert (finding.sheet, found.verdicts) == ("表", ())
    given = assess(plan, Request((file,), year=2023))
    assert [(each.period, each.value) for each in given.verdicts] == [(2023, 99)]
    assert "PC212" not in [each.code for each in given.findings]


def test_a_year_given_twice_with_different_values_names_both_files(tmp_path: Path) -> None:
    plan = small_plan(tmp_path, SERIES)
    years: list[object] = ["项目", "2021年", "2022年"]
    first = put(tmp_path / "2022" / "a.xlsx", [["区级表"], years, ["教育支出", 100, 110]])
    second = put(tmp_path / "2023" / "a.xlsx", [["区级表"], [*years, "2023年"], ["教育支出", 100, 111, 120]])
    found = assess(plan, Request((first, second)))
    conflicts: list[Finding] = [each for each in found.findings if each.code == "PC407"]
    assert [(each.file, each.cell) for each in conflicts] == [(str(second), "C3")]
    assert message("PC407", conflicts[0].params, "zh") == (
        f"2022 年的“教育支出”在两份文件中不同：111（此处）和 110（{first} 表!C3），均未使用"
    )
    (verdict,) = found.verdicts
    assert (verdict.period, verdict.outcome) == (2023, "unknown")  # 2022 is not known, so nobody can say
