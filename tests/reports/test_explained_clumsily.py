"""Explanations as schools really write them: in the cell beside, over two rows, below the list, copied from another school."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plancheck.codes import hint, message
from plancheck.model import Assessment, Plan
from plancheck.pipeline import Request, assess
from tests.conftest import Rows, write_workbook
from tests.judge.test_checks import plan_with
from tests.reports.test_marked import HEAD, codes, judged, marked_copy

CHECKS = """
  enough: {explain: tested >= 50, label: {zh: 测试不少于50人, en: fifty tests at least}}
  wide: {explain: area >= 10, label: {zh: 面积不小于10, en: ten square metres at least}}
"""
ROWS: Rows = [HEAD, ["1001", "甲校", "小学", 40, 40, 7]]
FOUND = [("PC502", "表", "D2"), ("PC502", "表", "F2")]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """The small plan with two checks to be explained."""
    return plan_with(tmp_path, CHECKS)


def explained(plan: Plan, folder: Path, write: Callable[[Any], object], rows: Rows = ROWS) -> Assessment:
    """Mark a return, let a school write on the sheet of explanations, and judge the copy."""
    copy = folder / "copy.xlsx"
    book = marked_copy(write_workbook(folder / "mine.xlsx", {"表": rows}), plan, copy)
    write(book["情况说明"])
    book.save(copy)
    return judged(copy, plan)


@pytest.mark.parametrize("cell", ["J4", "L4", "M4"])
def test_one_in_the_cell_beside_is_told_and_not_lost(cell: str, plan: Plan, tmp_path: Path) -> None:
    found = explained(plan, tmp_path, lambda sheet: sheet.__setitem__(cell, "本校为教学点"))
    assert codes(found) == [*FOUND, ("PC517", "情况说明", cell)]
    finding = found.findings[-1]
    assert message("PC517", finding.params, "zh") == (
        "“本校为教学点”没有写在“说明（请填写）”一列中某条问题的格里，没有作为情况说明"
    )
    assert message("PC517", finding.params, "en") == (
        "'本校为教学点' does not stand in the column 'Explanation (fill in)' beside a finding, so it explains nothing"
    )
    assert hint("PC517", finding.params, "zh") == "请移到那条问题所在行的“说明（请填写）”一列。"
    assert [each.state for each in found.explanations] == ["misplaced"]
    assert found.readiness is not None
    assert (found.readiness.explain, found.readiness.explained) == (2, 0)
    again = marked_copy(tmp_path / "copy.xlsx", plan, tmp_path / "again.xlsx")
    assert (again["情况说明"]["J4"].value, again["情况说明"]["K4"].value) == ("本校为教学点", None)


def test_what_goes_on_in_the_next_cell_is_told(plan: Plan, tmp_path: Path) -> None:
    def write(sheet: Any) -> None:
        sheet["K4"], sheet["L4"], sheet["K5"] = "本校为教学点", "详见附件", "校舍改造"

    found = explained(plan, tmp_path, write)
    assert sorted(each.state for each in found.explanations) == ["given", "given", "misplaced"]
    assert ("PC517", "情况说明", "L4") in codes(found)


def test_one_below_the_list_is_told(plan: Plan, tmp_path: Path) -> None:
    found = explained(plan, tmp_path, lambda sheet: sheet.__setitem__("K6", "本校为教学点"))
    assert sorted(codes(found)) == sorted([*FOUND, ("PC517", "情况说明", "K6")])


def test_one_in_a_cell_merged_over_two_rows_is_said_of_both(plan: Plan, tmp_path: Path) -> None:
    def write(sheet: Any) -> None:
        sheet["K4"] = "本校为教学点，\n校舍改造"
        sheet.merge_cells("K4:K5")

    found = explained(plan, tmp_path, write)
    assert codes(found) == [("PC511", "表", "D2"), ("PC511", "表", "F2")]
    assert {(each.check, each.text, each.cell) for each in found.explanations} == {
        ("enough", "本校为教学点， 校舍改造", "K4"),
        ("wide", "本校为教学点， 校舍改造", "K4"),
    }


def test_one_in_a_cell_merged_with_the_next_stands_where_it_should(plan: Plan, tmp_path: Path) -> None:
    def write(sheet: Any) -> None:
        sheet["J4"], sheet["K5"] = "本校为教学点", "校舍改造"
        sheet.merge_cells("J4:K4")
        sheet.merge_cells("K5:M5")

    found = explained(plan, tmp_path, write)
    assert codes(found) == [("PC511", "表", "D2"), ("PC511", "表", "F2")]
    assert [each.state for each in found.explanations] == ["given", "given"]


@pytest.mark.parametrize("lose", [lambda sheet: sheet.delete_rows(1), lambda sheet: sheet.delete_cols(1, 4)])
def test_a_sheet_that_lost_its_first_row_or_hidden_columns_is_told_as_such(
    lose: Callable[[Any], object], plan: Plan, tmp_path: Path
) -> None:
    def write(sheet: Any) -> None:
        sheet["K4"] = "本校为教学点"
        lose(sheet)

    found = explained(plan, tmp_path, write)
    assert ("PC514", "情况说明", "") in codes(found)
    assert not [each for each in found.findings if each.code == "PC207"]


def test_a_sheet_copied_from_another_school_explains_nothing_and_is_told(plan: Plan, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()

    def write(sheet: Any) -> None:
        sheet["K4"] = "本校为教学点"

    explained(plan, theirs, write)
    mine: Rows = [HEAD, ["1002", "乙校", "小学", 30, 30, 12]]

    def copy(sheet: Any) -> None:
        for column, text in enumerate(("enough", "1001/primary", "2023", "tested=40"), 1):
            sheet.cell(4, column).value = text
        sheet["K4"] = "本校为教学点"

    found = explained(plan, tmp_path, copy, mine)
    assert sorted(codes(found)) == [("PC502", "表", "D2"), ("PC518", "情况说明", "K4")]
    (finding,) = [each for each in found.findings if each.code == "PC518"]
    assert message("PC518", finding.params, "zh") == (
        "“测试不少于50人”的情况说明（本校为教学点）写的是单位 1001/primary，本文件没有它的数据，没有采用"
    )
    assert message("PC518", finding.params, "en") == (
        "The explanation on 'fifty tests at least' (本校为教学点) is of the unit 1001/primary, on which this file does not "
        "report; it was not taken"
    )
    # nor does it explain what the other school reports, in a run with both
    both = assess(plan, Request((tmp_path / "copy.xlsx", theirs / "mine.xlsx"), year=2023))
    assert [each.unit for each in both.findings if each.code == "PC502" and each.check == "enough"] == [
        "1002/primary",
        "1001/primary",
    ]
    # the other school's own copy does
    own = assess(plan, Request((theirs / "copy.xlsx",), year=2023))
    assert [each.state for each in own.explanations] == ["given"]
