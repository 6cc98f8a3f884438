"""Rows that are taken at once because they are plain: the look taken closer at all others comes to the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from plancheck.model import Plan, Return
from plancheck.pipeline import Request, Submission, read
from plancheck.returns import unit_rows
from tests.conftest import ROOT, MakeWorkbook, Rows, small_plan

HEAD = ["标识码", "学校名称", "学段", "镇乡", "测试人数", "合格人数"]
PLAIN = ["1001", "甲校", "小学", "城关", 100, 90]
ODD: Rows = [
    ["1002", "乙校合计", "小学", "城关", 1, 1],
    ["1003", "会计学校", "小学", "城关", 2, 2],
    ["1004", "注1", "小学", "城关", 3, 3],
    ["1005", "注：未含分校", "小学", "城关", 4, 4],
    ["1006", "丙校（北校区）", "小学", "城关", 5, 5],
    ["1007", "丁 校", "小学", "城关", 6, 6],
    [1008, "戊校", "小学", "城关", 7, 7],
    ["１００９", "己校", "小学", "城关", 8, 8],
    ["10010", "庚校", "小学", "城关", 9, 9],
    ["1011", "", "小学", "城关", 10, 10],
    ["", "辛校", "小学", "城关", 11, 11],
    ["1013", "壬校", "中学", "城关", 12, 12],
    ["1014", "癸校", "小学", 1, 13, 13],
    ["1015", "子校", "小学", True, 14, 14],
    ["1016", "丑校", "", "城关", 15, 15],
    ["1017", 2023, "小学", "城关", 16, 16],
    ["1018", "学校名称", "小学", "城关", 17, 17],
    ["1019", "寅校", "小 学", " 山乡 ", 18, 18],
    ["合计", "", "", "", 171, 171],
    ["填表人：王", "", "", "", "", ""],
    HEAD,
    ["1020", "卯校", "初中", "河乡", 20, 20],
    ["1021", "辰校", "初中", "河乡", 21, 21],
    ["1022", "巳校", "初中", "河乡", 22, 22],
]
"""Rows of every kind that stands between plain ones, a second head among them."""


def _both_ways(plan: Plan, request: Request, patch: pytest.MonkeyPatch) -> tuple[Submission, Submission]:
    """Read returns as they are read, and with each row looked at closer."""
    quick = read(plan, request)
    with patch.context() as patched:
        patched.setattr(unit_rows.Identity, "known_at_once", lambda *_: None)
        return quick, read(plan, request)


def _only(submission: Submission) -> Return:
    (found,) = submission.returns
    return found


@pytest.mark.parametrize("roster", [False, True], ids=["without a roster", "with a roster"])
@pytest.mark.parametrize("before", ["小计", ""], ids=["a column before", "none before"])
def test_every_kind_of_row_is_what_a_closer_look_finds(
    before: str, roster: bool, tmp_path: Path, make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: Rows = [HEAD, PLAIN, ["1099", "末校", "小学", "城关", 1, 1], *ODD]
    if before:
        rows = [["序号" if row is HEAD else before, *row] for row in rows]
    known = make_workbook(
        {"学校名录": [["标识码", "学校名称", "学段"], ["1001", "甲校", "小学"], ["1003", "会计学校", "小学"]]},
        name="roster.xlsx",
    )
    request = Request((make_workbook({"表": rows}),), year=2023, roster=known if roster else None)
    quick, closer = _both_ways(small_plan(tmp_path), request, monkeypatch)
    assert quick == closer


def test_a_plain_row_is_taken_at_once_and_one_that_may_be_a_total_is_not(
    tmp_path: Path, make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[tuple[int, bool]] = []
    own = unit_rows.Identity.known_at_once

    def watched(columns: unit_rows.Identity, at: int, row: list[str]) -> object:
        found = own(columns, at, row)
        taken.append((at, found is not None))
        return found

    monkeypatch.setattr(unit_rows.Identity, "known_at_once", watched)
    file = make_workbook({"表": [HEAD, PLAIN, PLAIN, PLAIN, ODD[0], ["1003", "会计学校", "小学", "城关", 2, 2]]})
    found = _only(read(small_plan(tmp_path), Request((file,), year=2023)))
    assert taken == [(3, True), (4, False), (5, False)]
    (sheet,) = found.sheets
    assert (sheet.used, sheet.left_out) == (4, {"header": 1, "total": 1})
    assert [unit.name for unit in found.blocks[0].units] == ["甲校", "甲校", "甲校", "会计学校"]


def test_a_unit_has_its_own_attributes_where_no_column_says_its_stage(
    tmp_path: Path, make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    towns = ["城关", "城关", "城关", "山乡", "河乡"]
    rows = [[str(1001 + at), "甲校", "小学", town, 100, 90] for at, town in enumerate(towns)]
    head = ["标识码", "学校名称", "办学类型", "镇乡", "测试人数", "合格人数"]
    request = Request((make_workbook({"表": [head, *rows]}),), year=2023)
    quick, closer = _both_ways(small_plan(tmp_path), request, monkeypatch)
    assert quick == closer
    assert [unit.attributes["township"] for unit in _only(quick).blocks[0].units] == towns


def test_what_rows_say_alike_is_not_taken_for_what_another_row_says(
    tmp_path: Path, make_workbook: MakeWorkbook
) -> None:
    """1 and TRUE are equal to Python, and different words to a school."""
    rows = [["1014", "癸校", "小学", 1, 13, 13], ["1015", "子校", "小学", True, 14, 14]]
    file = make_workbook({"表": [HEAD, PLAIN, PLAIN, *rows]})
    block = _only(read(small_plan(tmp_path), Request((file,), year=2023))).blocks[0]
    assert [unit.attributes["township"] for unit in block.units] == ["城关", "城关", "1", "TRUE"]


@pytest.mark.parametrize("path", sorted((ROOT / "examples").rglob("*.xlsx")), ids=lambda path: path.stem)
def test_the_example_district_is_read_alike(path: Path, huairou: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request((path,), roster=ROOT / "examples" / "roster.xlsx", in_detail=True)
    quick, closer = _both_ways(huairou, request, monkeypatch)
    assert repr(quick) == repr(closer)  # places of forms are compared by identity
