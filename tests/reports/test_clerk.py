"""One school's own return as its clerk reads it: can it go in, what to mend and where, what the own figures come to."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from plancheck.language import Lang
from plancheck.model import Assessment
from plancheck.pipeline import Request, assess
from plancheck.reports.formats import document
from plancheck.reports.page import plain_text
from plancheck.reports.symbols import UNICODE, Screen
from plancheck.reports.terminal import render
from tests.conftest import Rows, write_workbook
from tests.judge.test_checks import plan_with

CHECKS = """
  part_of_whole: {must: passed <= tested, label: {zh: 合格不多于测试, en: passes do not exceed tests}}
  enough: {explain: tested >= 50, label: {zh: 测试不少于50人, en: fifty tests at least}}
"""


def screen_of(found: Assessment, lang: Lang = "zh", verbosity: int = 0) -> list[str]:
    return [plain_text(line) for line in render(found, Screen(80, UNICODE, lang), verbosity)]


def own(folder: Path, rows: Rows, **also: Rows) -> Assessment:
    file = write_workbook(folder / "mine.xlsx", {"自查表": rows, **also})
    return assess(plan_with(folder, CHECKS), Request((file,), as_of="2024-01-15"))


def form(before: object, now: object, passed_before: object, passed: object) -> Rows:
    return [["自查表"], ["填报年度", "2023"], ["项目", "上年", "本年"], ["标识码", "", "1001"], ["学校名称", "", "甲校"],
            ["学段", "", "小学"], ["测试人数", before, now], ["合格人数", passed_before, passed]]  # fmt: skip


@pytest.mark.parametrize(
    ("tested", "passed", "first"),
    [
        (100, 99, "可提交"),
        (100, 101, "需修改 1 处"),
        (40, 40, "需说明 1 处"),
        ("约100", 40, "需修改 1 处"),
        (40, 41, "需修改 1 处、需说明 1 处"),
    ],
)
def test_the_first_line_says_whether_it_can_go_in(tested: object, passed: object, first: str, tmp_path: Path) -> None:
    assert screen_of(own(tmp_path, form(100, tested, 99, passed)))[0] == first


def test_a_file_that_gives_nothing_cannot_go_in_and_says_why_unasked(tmp_path: Path) -> None:
    lines = screen_of(own(tmp_path, [["请假条"]]))
    assert lines[0] == "不能提交：没有数据可以采用"
    assert "    工作表没有数据，未使用" in lines
    (tmp_path / "mine.xlsx").write_bytes(b"")
    lines = screen_of(assess(plan_with(tmp_path, CHECKS), Request((tmp_path / "mine.xlsx",))), "en")
    assert lines[0] == "Not ready: no figures could be used; to be corrected: 1"
    assert not [line for line in lines if line.startswith("What became")]


def test_own_figures_stand_beside_last_years_with_the_change_the_counts_and_the_cells(tmp_path: Path) -> None:
    lines = screen_of(own(tmp_path, form(80, 200, 76, 195)))
    assert "195/200；上年 95%（+2.50 个百分点）；见C8、C7" in "".join(line.strip() for line in lines)
    english = " ".join(line.strip() for line in screen_of(own(tmp_path, form(80, 200, 79, 195)), "en"))
    assert "195/200; last year: 98.75% (-1.25 percentage points); from C8, C7" in english


def test_what_was_left_out_is_told_without_being_asked_for(tmp_path: Path) -> None:
    lines = screen_of(own(tmp_path, [*form(80, 200, 76, 195), ["注：一"], [], ["合计", "", 395]]))
    assert "    读到 11 行 = 采用 5 + 空行 1 + 表头 3 + 注释 1 + 合计 1" in lines
    assert not [line for line in screen_of(own(tmp_path, form(80, 200, 76, 195)), verbosity=-1) if "读到" in line]


def test_a_place_is_named_by_the_words_over_its_cell_or_before_it(tmp_path: Path) -> None:
    head = ["标识码", "学校名称", "学段", "测试", None]
    rows: Rows = [head, [None, None, None, "测试人数", "合格人数"], ["1001", "甲校", "小学", "１００", "一百"]]
    file = write_workbook(tmp_path / "mine.xlsx", {"表": rows}, {"表": ["D1:E1"]})
    lines = screen_of(assess(plan_with(tmp_path, CHECKS), Request((file,), year=2023)))
    assert "  表!E3（测试 > 合格人数）  PC301 not-a-number" in lines
    lines = screen_of(own(tmp_path, form(100, "１００", 99, 101)))
    assert "  自查表!C8（合格人数）  PC501 check-failed" in lines
    assert "测试人数 １００（读作 100）（C7）" in " ".join(line.strip() for line in lines)


def test_of_two_tables_on_a_sheet_the_nearest_head_above_names_the_cell(tmp_path: Path) -> None:
    head = ["标识码", "学校名称", "学段", "测试人数", "合格人数"]
    low = ["标识码", "学校名称", "学段", "合格人数", "测试人数"]
    rows: Rows = [head, ["1001", "甲校", "小学", 100, "一"], ["标题"], low, ["1001", "甲校", "初中", "二", 100]]
    file = write_workbook(tmp_path / "mine.xlsx", {"表": rows})
    found = assess(plan_with(tmp_path, CHECKS), Request((file,), year=2023))
    lines = screen_of(found)
    (later,) = found.sheets[0].later
    assert (later.form, later.header, [each[0] for each in later.columns][-2:]) == ("schools", (4, 4), ["D", "E"])
    assert [line.strip() for line in lines if "PC301" in line] == [
        "表!E2（合格人数）  PC301 not-a-number",
        "表!D5（合格人数）  PC301 not-a-number",
    ]


def test_a_receipt_names_the_file_by_its_hash_with_the_date_and_the_counts(tmp_path: Path) -> None:
    found = own(tmp_path, form(100, 40, 99, 41))
    text = b"".join(document("receipt", found, "zh")).decode()
    digest = hashlib.sha256((tmp_path / "mine.xlsx").read_bytes()).hexdigest()
    assert "核查日期    2024-01-15\n" in text
    assert f"SHA-256     {digest}\n" in text
    assert "填报单位    甲校（小学） 1001/primary\n" in text
    assert "结果        需修改 1 处、需说明 1 处\n" in text
    assert "发现        问题 2 个：必须更正 1，请更正或说明 1\n" in text
