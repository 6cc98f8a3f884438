"""Tables side by side: each has an account of its own, and what is said of the sheet is said once."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from openpyxl.comments import Comment

from plancheck.codes import hint, message
from plancheck.language import LANGS
from plancheck.model import Return
from plancheck.pipeline import Request, assess
from plancheck.reports import json_report, understanding
from plancheck.returns import Context, Identifier, vocabulary
from plancheck.returns.read import read_file
from tests.conftest import MakeWorkbook, small_plan
from tests.returns.writers import write_csv, write_ods

HEAD: Final[list[Any]] = ["标识码", "学校名称", "学段", "测试人数", "合格人数"]
ROWS: Final[list[list[Any]]] = [
    ["2023年学校表", *[""] * 10],
    [*HEAD, "", *HEAD],
    ["1001", "甲校", "小学", 100, 99, "", "1003", "丙校", "小学", 100, 98],
    ["1002", "乙校", "小学", 100, "若干", "", "", "合计", "", 100, 98],
    ["注：含分校", *[""] * 10],
]


def _read(folder: Path, path: Path) -> Return:
    plan = small_plan(folder)
    return read_file(path, Context(plan, vocabulary(plan), Identifier(plan.units, None), None, in_detail=True))


def _rows(rows: list[list[Any]]) -> list[list[Any]]:
    return [[None if cell == "" else cell for cell in row] for row in rows]


def test_each_has_an_account_that_adds_up(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    found = _read(tmp_path, make_workbook({"表": _rows(ROWS)}))
    left, right = found.sheets
    assert [(each.name(), each.read, each.used, dict(each.left_out)) for each in found.sheets] == [
        ("表 A:E", 5, 2, {"header": 2, "note": 1}),
        ("表 G:K", 5, 1, {"blank": 1, "header": 2, "total": 1}),
    ]
    assert [letter for letter, _, _ in (*left.columns, *right.columns)] == [*"ABCDE", *"GHIJK"]
    assert (left.unused, right.unused) == ((1, 2, 5), (2, 4))
    assert [(total.row, total.element, total.written) for total in right.totals] == [
        (4, "tested", 100),
        (4, "passed", 98),
    ]
    assert [(each.code, each.cell) for each in found.findings] == [("PC301", "E4")]


def test_any_kind_of_file_says_the_same(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    first = _read(tmp_path, make_workbook({"表": _rows(ROWS)}))
    for path in (write_ods(tmp_path / "r.ods", ROWS), write_csv(tmp_path / "表.csv", ROWS, "gb18030")):
        other = _read(tmp_path, path)
        assert [(each.span, each.used) for each in other.sheets] == [(each.span, each.used) for each in first.sheets]
        assert [(block.period, [unit.name for unit in block.units]) for block in other.blocks] == [
            (2023, ["甲校", "乙校"]),
            (2023, ["丙校"]),
        ]


def test_what_is_hidden_or_noted_is_said_once(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    path = make_workbook({"表": _rows(ROWS)})
    book = openpyxl.load_workbook(path)
    book["表"].column_dimensions["F"].hidden = True
    book["表"]["J3"].comment = Comment("含分校", "x")
    book.save(path)
    codes = [each.code for each in _read(tmp_path, path).findings]
    assert (codes.count("PC218"), codes.count("PC256")) == (1, 1)


def test_a_formula_without_its_result_is_seen_on_both_sides(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    rows = _rows(ROWS)
    rows[2] = [*rows[2][:3], {"formula": "=1+1"}, *rows[2][4:9], {"error": "#REF!"}, 98]
    found = _read(tmp_path, make_workbook({"表": rows}))
    assert [(each.code, each.cell) for each in found.findings] == [("PC303", "D3"), ("PC301", "E4"), ("PC302", "J3")]


@pytest.mark.parametrize("lang", LANGS)
def test_reports_tell_the_two_apart(lang: Any, tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    path = make_workbook({"表": _rows(ROWS)})
    plan = small_plan(tmp_path)
    document = json_report.render(assess(plan, Request((path,))), lang)
    assert ('"span": "A:E"' in document, '"span": "G:K"' in document) == (True, True)
    document = understanding.render_json(_read(tmp_path, path), lang)
    assert document.count('"PC301"') == 2  # among the findings, and as a doubt of the left table alone


def test_findings_say_what_to_do() -> None:
    params = {"first": "A", "second": "F", "use": "…"}
    assert message("PC278", params, "zh") == "像是左右并排的两张表，分别从 A 列和 F 列起，…"
    assert message("PC278", params, "en") == "Two tables seem to stand side by side, from column A and from column F; …"
    assert hint("PC278", {}, "en").startswith("Put them one below the other or on two sheets")
    params = {"name": "甲校", "sheet": "一", "year": ""}
    assert message("PC277", params, "zh") == "此表没有写是哪所学校，按本工作簿“一”表认作“甲校”的"
    assert message("PC277", params, "en") == "This sheet names no school; it is taken for that of sheet '一', '甲校'"
