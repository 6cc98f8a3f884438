"""The explain loop: a copy marked, explained, corrected and sent in again; and what hostile text can do in it: nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from plancheck.codes import hint, message
from plancheck.model import Assessment, Plan
from plancheck.pipeline import Request, assess, original
from plancheck.reports.marked import copy_names, marked
from tests.conftest import Rows, write_workbook
from tests.judge.test_checks import plan_with

CHECKS = """
  part_of_whole: {must: passed <= tested, label: {zh: 合格不多于测试, en: passes do not exceed tests}}
  enough: {explain: tested >= 50, label: {zh: 测试不少于50人, en: fifty tests at least}}
"""
HEAD = ["标识码", "学校名称", "学段", "测试人数", "合格人数", "面积"]
HOSTILE = '=HYPERLINK("http://x","点")[/bold]\u202e<script>../../x'


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """The small plan with a check of each grade."""
    return plan_with(tmp_path, CHECKS)


def judged(file: Path, plan: Plan) -> Assessment:
    return assess(plan, Request((file,), year=2023))


def marked_copy(file: Path, plan: Plan, target: Path) -> Any:
    """Mark a return and return the copy, opened; the return itself is not changed by a byte."""
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    found = judged(file, plan)
    opened = original(str(file))
    assert not hasattr(opened, "code")
    target.write_bytes(marked(opened.book, opened.values, found, str(file), "zh", remade=opened.remade))
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    return openpyxl.load_workbook(target)


def codes(found: Assessment) -> list[tuple[str, str, str]]:
    return [(each.code, each.sheet, each.cell) for each in found.findings if each.code not in ("PC219", "PC256")]


ROWS: Rows = [
    HEAD,
    ["1001", "甲校", "小学", 40, 40, 7],
    ["1002", "乙校", "小学", 100, 101, 7],
    ["1003", "丙校", "小学", "约60", 60, 7],
]


def test_cells_are_filled_and_commented_and_listed_with_links(plan: Plan, tmp_path: Path) -> None:
    book = marked_copy(write_workbook(tmp_path / "a.xlsx", {"表": ROWS}), plan, tmp_path / "a-marked.xlsx")
    assert book.sheetnames == ["核查结果", "表", "情况说明", "plancheck"]
    assert [book[name].sheet_state for name in book.sheetnames] == ["visible", "visible", "visible", "veryHidden"]
    sheet = book["表"]
    colours = {
        cell.coordinate: cell.fill.fgColor.rgb for row in sheet.iter_rows() for cell in row if cell.fill.patternType
    }
    assert colours == {"D2": "00FFEB9C", "E3": "00FFC7CE", "D3": "00FFC7CE", "D4": "00FFC7CE"}
    assert sheet["E3"].comment.text == (
        "[必须更正] PC501\n乙校（小学）：不符合“合格不多于测试”：合格人数 101，测试人数 100（D3）；比较 101 与 100，相差 1\n"
        "→ 请核对以上各数，改正有误的一处。"
    )
    links = {
        cell.value: cell.hyperlink.location for row in book["核查结果"].iter_rows() for cell in row if cell.hyperlink
    }
    assert links == {"表!D4": "'表'!D4", "表!E3": "'表'!E3", "表!D2": "'表'!D2"}
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False, False, False]


def test_a_run_on_the_copy_finds_the_same_and_marks_do_not_pile_up(plan: Plan, tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "a.xlsx", {"表": ROWS})
    first, second = tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    marked_copy(file, plan, first)
    assert codes(judged(first, plan)) == codes(judged(file, plan))
    book = marked_copy(first, plan, second)
    assert book.sheetnames == ["核查结果", "表", "情况说明", "plancheck"]
    assert book["表"]["E3"].comment.text.count("PC501") == 1
    for sheet in judged(second, plan).sheets:
        assert sheet.read == sheet.used + sum(sheet.left_out.values())


def test_marks_come_off_whole_when_the_fault_is_mended(plan: Plan, tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "a.xlsx", {"表": ROWS})
    book: Any = openpyxl.load_workbook(file)
    book["表"]["E3"].fill = PatternFill("solid", fgColor="FF00FF00")
    book["表"]["E3"].comment = Comment("含新校区", "王老师")
    book.save(file)
    copy = marked_copy(file, plan, tmp_path / "b.xlsx")
    assert copy["表"]["E3"].comment.text.startswith("含新校区\n—— plancheck ——\n[必须更正] PC501")
    copy["表"]["E3"] = 100
    copy.save(tmp_path / "b.xlsx")
    mended = marked_copy(tmp_path / "b.xlsx", plan, tmp_path / "c.xlsx")["表"]
    assert (mended["E3"].fill.fgColor.rgb, mended["E3"].comment.text) == ("FF00FF00", "含新校区")
    assert (mended["D3"].fill.patternType, mended["D3"].comment) == (None, None)


def test_marks_come_off_when_another_program_has_changed_who_made_them(plan: Plan, tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "a.xlsx", {"表": ROWS})
    book: Any = openpyxl.load_workbook(file)
    book["表"]["D3"].comment = Comment("含新校区", "王老师")
    book.save(file)
    copy = marked_copy(file, plan, tmp_path / "b.xlsx")
    for row in copy["表"].iter_rows():
        for cell in row:
            if cell.comment:
                cell.comment = Comment(cell.comment.text, "")
    copy["plancheck"].sheet_state = "hidden"
    copy.save(tmp_path / "b.xlsx")
    found = judged(tmp_path / "b.xlsx", plan)
    assert [(each.cell, each.params["count"]) for each in found.findings if each.code == "PC256"] == [("D3", 1)]
    again = marked_copy(tmp_path / "b.xlsx", plan, tmp_path / "c.xlsx")["表"]
    assert again["E3"].comment.text.count("PC501") == 1
    assert again["D3"].comment.text.startswith("含新校区\n—— plancheck ——\n[必须更正] PC501")
    assert again["D3"].comment.text.count("PC501") == 1


def _explain(book: Any, path: Path, text: str) -> None:
    sheet = book["情况说明"]
    assert [sheet.cell(2, column).value for column in (1, 2, 3, 4, 11)] == [
        "check",
        "unit",
        "period",
        "value",
        "explanation",
    ]
    sheet["K4"] = text
    sheet["K4"].data_type = "s"
    book.save(path)


def test_an_explanation_is_read_back_goes_stale_and_becomes_idle(plan: Plan, tmp_path: Path) -> None:
    copy, again = tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    file = write_workbook(tmp_path / "a.xlsx", {"表": ROWS[:2]})
    _explain(marked_copy(file, plan, copy), copy, "本校为教学点")
    found = judged(copy, plan)
    assert codes(found) == [("PC511", "表", "D2")]
    (one,) = found.explanations
    assert (one.check, one.unit, one.period, one.value, one.text, one.state, one.cell) == (
        "enough", "1001/primary", 2023, "tested=40", "本校为教学点", "given", "K4",
    )  # fmt: skip
    explained = assess(plan, Request((copy,), year=2023, fail_on=frozenset({"explain"})))
    assert explained.exit_code == 0
    assert assess(plan, Request((file,), year=2023, fail_on=frozenset({"explain"}))).exit_code == 1

    book = marked_copy(copy, plan, again)
    assert book["情况说明"]["K4"].value == "本校为教学点"
    book["表"]["D2"] = 45
    book["表"]["E2"] = 45
    book.save(again)
    stale = judged(again, plan)
    assert codes(stale) == [("PC502", "表", "D2"), ("PC512", "情况说明", "K4")]
    assert [each.state for each in stale.explanations] == ["stale"]
    assert message("PC512", stale.findings[-1].params, "zh").startswith("“测试不少于50人”的情况说明（本校为教学点）")
    # the cell keeps its key, the old figure: what is written into it again belongs to that one too
    book["情况说明"]["K4"] = "本校为教学点，今年增加5人"
    book.save(again)
    assert [each.state for each in judged(again, plan).explanations] == ["stale"]
    assert hint("PC512", {}, "zh") == (
        "请再用 --marked 生成一份核查副本，在其中按现在的数值重新说明；在本副本中改写不起作用。"
    )
    book = marked_copy(again, plan, copy)
    assert (book["情况说明"]["J4"].value, book["情况说明"]["K4"].value) == ("本校为教学点，今年增加5人", None)

    book = openpyxl.load_workbook(again)
    book["表"]["D2"] = 60
    book.save(again)
    idle = judged(again, plan)
    assert codes(idle) == [("PC513", "情况说明", "K4")]
    assert [each.state for each in idle.explanations] == ["idle"]


def test_an_explanation_without_its_keys_is_said(plan: Plan, tmp_path: Path) -> None:
    copy = tmp_path / "b.xlsx"
    book = marked_copy(write_workbook(tmp_path / "a.xlsx", {"表": ROWS[:2]}), plan, copy)
    book["情况说明"]["A4"], book["情况说明"]["K4"] = None, "本校为教学点"
    book.save(copy)
    assert ("PC514", "情况说明", "K4") in codes(judged(copy, plan))
    book["情况说明"]["D2"] = "x"
    book.save(copy)
    assert ("PC514", "情况说明", "A2") in codes(judged(copy, plan))


@pytest.mark.parametrize("text", ["无", "——", "暂无", "123", "。", "/"])
def test_an_explanation_that_gives_no_reason_explains_nothing(text: str, plan: Plan, tmp_path: Path) -> None:
    copy = tmp_path / "b.xlsx"
    _explain(marked_copy(write_workbook(tmp_path / "a.xlsx", {"表": ROWS[:2]}), plan, copy), copy, text)
    found = judged(copy, plan)
    assert codes(found) == [("PC515", "情况说明", "K4"), ("PC502", "表", "D2")]
    finding = found.findings[-2]
    assert message("PC515", finding.params, "zh") == f"情况说明只填了“{text}”，没有说明原因，不算已说明"
    assert message("PC515", finding.params, "en") == (
        f"The explanation holds only '{text}', which gives no reason; it explains nothing"
    )
    assert not found.explanations


def test_formulas_give_way_to_their_saved_results_and_harmless_ones_without_stay(plan: Plan, tmp_path: Path) -> None:
    rows: Rows = [HEAD, ["1001", "甲校", "小学", {"formula": "=50+10"}, 60, {"formula": '=HYPERLINK("http://x")'}]]
    copy = marked_copy(write_workbook(tmp_path / "a.xlsx", {"表": rows}), plan, tmp_path / "b.xlsx")
    assert (copy["表"]["D2"].value, copy["表"]["D2"].data_type) == ("=50+10", "f")
    assert (copy["表"]["F2"].value, copy["表"]["F2"].data_type) == ('=HYPERLINK("http://x")', "s")
    assert any("有 2 个公式没有保存" in str(row[0].value) for row in copy["核查结果"].iter_rows(min_col=2, max_col=2))
    assert ("PC303", "表", "D2") in codes(judged(tmp_path / "b.xlsx", plan))


def test_no_text_of_a_school_becomes_a_formula_or_a_control_sequence(plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "=1+1'!A1"[:8]
    for row in (HEAD, ["1001", HOSTILE, "小学", HOSTILE, 40, 7], ["1002", "乙校", "小学", 40, 40, 7]):
        sheet.append([None] * len(row))
        for at, value in enumerate(row, 1):
            cell = sheet.cell(sheet.max_row if sheet.max_row > 1 or row is not HEAD else 1, at)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(file)
    copy = tmp_path / "b.xlsx"
    book = marked_copy(file, plan, copy)
    if "情况说明" in book.sheetnames:
        _explain(book, copy, HOSTILE)
    again = marked_copy(copy, plan, tmp_path / "c.xlsx")
    for each in (book, again):
        own = [name for name in each.sheetnames if name in ("核查结果", "情况说明", "plancheck")]
        texts = [cell for name in own for row in each[name].iter_rows() for cell in row if isinstance(cell.value, str)]
        assert not [cell.coordinate for cell in texts if cell.data_type == "f"]
    shown = [cell.value for row in again["核查结果"].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not any("\u202e" in text for text in shown)


def test_a_csv_return_is_marked_in_a_copy_made_of_what_was_read(plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("标识码,学校名称,学段,测试人数,合格人数\n1001,=1+1,小学,100,101\n", encoding="utf-8")
    book = marked_copy(file, plan, tmp_path / "b.xlsx")
    sheet = book[book.sheetnames[1]]
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["E2"].fill.fgColor.rgb) == ("=1+1", "s", "00FFC7CE")
    assert [cell.hyperlink.location for row in book["核查结果"].iter_rows() for cell in row if cell.hyperlink] == [
        f"'{sheet.title}'!E2"
    ]
    assert "重新生成" in book["核查结果"]["B4"].value
    assert ("PC501", sheet.title, "E2") in codes(judged(tmp_path / "b.xlsx", plan))


def test_what_cannot_be_opened_for_marking_is_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"")
    assert getattr(original(str(file)), "code", "") == "PC202"


def test_names_of_copies_are_safe_short_and_each_its_own(plan: Plan, tmp_path: Path) -> None:
    found = judged(write_workbook(tmp_path / "a.xlsx", {"表": ROWS}), plan)
    files = [
        "x/甲校.xlsx",
        "y/甲校.xlsx",
        "../..//etc/passwd",
        "CON.xlsx",
        f"{'长' * 90}.xlsx",
        "a-marked.xlsx",
        "=1+1\u202e\n.xls",
    ]
    named = dict.fromkeys(files, "0")
    names = copy_names(Assessment(found.plan, (), (), (), (), named, {}, 0), {"x/甲校.xlsx": frozenset({"2111160001"})})
    assert [*names.values()][:4] == [
        "2111160001-甲校-marked.xlsx",
        "甲校-marked.xlsx",
        "passwd-marked.xlsx",
        "x-CON-marked.xlsx",
    ]
    assert names["a-marked.xlsx"] == "a-marked.xlsx"
    assert names["=1+1\u202e\n.xls"] == "1-1-marked.xlsx"
    assert max(len(name.encode()) for name in names.values()) <= 120
    assert len(set(names.values())) == len(files)
    assert not any(set(name) & set('/\\:*?"<>|\n') for name in names.values())
