"""Not a cell is lost: what calamine, the careful reader and openpyxl find in a workbook is the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
import xlsxwriter

from plancheck.model import Plan
from plancheck.pipeline import Request, assess
from plancheck.plan.load import load
from plancheck.returns import Context, Identifier, vocabulary
from plancheck.returns.doors import quick_sheets
from plancheck.returns.doubt import doubtful_sheets
from plancheck.returns.preflight import look
from plancheck.returns.read import read_file
from plancheck.returns.scan import InDoubt
from plancheck.returns.sheet import Cell, Sheet
from tests.conftest import ROOT, Rows, small_plan, write_workbook
from tests.returns.torture.ooxml import GOOD, written
from tests.returns.torture.ooxml import sheet as sheet_xml
from tests.returns.torture.workbooks import WORKBOOKS
from tests.returns.writers import write_csv, write_ods, write_xls
from tests.test_cases import LOADED

Cells = Mapping[tuple[str, int, int], Cell]

EXAMPLES: Final = sorted((ROOT / "examples").rglob("*.xlsx"))
LAYOUTS: Final[dict[str, Rows]] = {
    "texts": [
        ["a", " b ", "　c", "d\ne", "=1", "'x", "<&>", "中"],
        ["", None, "0", "00123", "1,234", "98%"],
    ],
    "numbers": [[0, 1, -1, 0.1, 93.9, 1e-7, 1e15, 123456789012], [True, False, 3.0, 2**53]],
    "gaps": [[None] * 5, [None, None, 1], [None] * 5, [None, None, None, None, 2]],
    "dates": [[datetime(2023, 9, 1), datetime(2023, 9, 1, 12, 30)], [time(8, 0)]],  # noqa: DTZ001  # a workbook knows no zones
    "wide": [list(range(300))],
    "tall": [[n] for n in range(3_000)],
}


def _cells(sheets: list[Sheet]) -> Cells:
    return {
        (sheet.name, sheet.top + row, sheet.left + column): cell
        for sheet in sheets
        for row, cells in enumerate(sheet.rows)
        for column, cell in enumerate(cells)
        if cell != "" and (sheet.top + row, sheet.left + column) not in sheet.quirks.errors
    }


def _by_openpyxl(path: Path) -> Iterator[tuple[tuple[str, int, int], Cell]]:
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value not in (None, "") and cell.data_type != "e":
                    yield (sheet.title, cell.row - 1, cell.column - 1), _plain(cell.value)


def _plain(value: Any) -> Cell:
    """Return a cell of openpyxl as our doors hand it over."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, datetime | time):  # openpyxl keeps the error of the double, a millionth of a second
        return value.replace(microsecond=0)
    cell: Cell = value
    return cell


def _agree(path: Path) -> None:
    candidate = look(path)
    careful = doubtful_sheets(candidate)
    assert [code for sheet in careful for code, _, _ in sheet.remarks] == []
    quick = quick_sheets(candidate)
    assert _cells(quick) == _cells(careful)
    for ours, theirs in zip(quick, careful, strict=True):
        assert set(ours.merges or ()) == set(theirs.merges or ())
        for fact in ("errors", "uncalculated", "hidden", "hidden_rows", "linked", "comments"):
            assert getattr(ours.quirks, fact) == getattr(theirs.quirks, fact), fact
        assert set(theirs.quirks.percent) <= set(ours.quirks.percent)
    expected = dict(_by_openpyxl(path))
    assert dict(_cells(careful)) == expected


@pytest.mark.parametrize("path", EXAMPLES, ids=[str(path.relative_to(ROOT / "examples")) for path in EXAMPLES])
def test_the_examples(path: Path) -> None:
    _agree(path)


@pytest.mark.parametrize("case", [case for _, case in LOADED if "sheets" in case], ids=lambda case: case["case"])
def test_every_case(case: dict[str, Any], tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", case["sheets"], case.get("merges"))
    try:
        _agree(path)
    except InDoubt:  # an empty text written as one: the careful reader has the word
        assert dict(_cells(doubtful_sheets(look(path)))) == dict(_by_openpyxl(path))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_by_two_writers(name: str, tmp_path: Path) -> None:
    rows = LAYOUTS[name]
    first = write_workbook(tmp_path / "openpyxl.xlsx", {"表": [[cell for cell in row if cell != ""] for row in rows]})
    second = tmp_path / "xlsxwriter.xlsx"
    with xlsxwriter.Workbook(
        str(second), {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd hh:mm"}
    ) as book:
        sheet = book.add_worksheet("表")
        for at, row in enumerate(rows):
            for column, cell in enumerate(cell for cell in row if cell != ""):
                if cell is not None:
                    sheet.write(at, column, cell)
    for path in (first, second):
        _agree(path)


ROWS: Final[list[list[Any]]] = [
    ["2023年学校表"],
    ["标识码", "学校名称", "学段", "测试人数", "合格人数", "合格率", "平安校园", "备注"],
    ["1001", "甲校", "小学", 100, 99, "99%", "是", ""],
    ["1002", "乙　校", "初中", "1,000", 970, "97％", "√", "含新校区"],
    ["1003", "丙校", "小学", "—", "未统计", "", "否", ""],
    [],
    ["", "合计", "", 1100, 1069],
    ["注：略"],
]


def _by_hand(path: Path) -> Path:
    def cell(column: int, row: int, value: object) -> str:
        kind = 't="inlineStr"><is><t>{}</t></is>' if isinstance(value, str) else "><v>{}</v>"
        return f"<c r='{chr(65 + column)}{row}' {kind.format(value)}</c>".replace("' >", "'>")

    rows = "".join(
        f'<row r="{at}">{"".join(cell(column, at, value) for column, value in enumerate(row) if value != "")}</row>'
        for at, row in enumerate(ROWS, 1)
    )
    return written(path.parent, path.name, sheet=sheet_xml(rows))


def _figures(plan: Plan, path: Path) -> object:
    found = assess(plan, Request((path,), levels=frozenset({"district", "unit"})))
    verdicts = [
        (
            each.indicator,
            each.unit,
            each.period,
            each.outcome,
            each.numerator,
            each.denominator,
            each.coverage,
            each.provisional,
        )
        for each in found.verdicts
    ]
    readings = [[(each.element, each.cell, each.value) for each in verdict.readings] for verdict in found.verdicts]
    rows = [(sheet.read, sheet.used, dict(sheet.left_out)) for sheet in found.sheets]
    findings = [(each.code, each.cell) for each in found.findings if each.code not in ("PC219", "PC227")]
    return verdicts, readings, rows, findings, found.exit_code


def test_one_return_in_every_format_gives_one_result(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)
    blank = [[None if cell == "" else cell for cell in row] for row in ROWS]
    by_xlsxwriter = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(str(by_xlsxwriter)) as book:
        sheet = book.add_worksheet("表")
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row)
    files = [
        write_workbook(tmp_path / "a.xlsx", {"表": blank}),
        by_xlsxwriter,
        _by_hand(tmp_path / "c.xlsx"),
        write_xls(tmp_path / "d.xls", ROWS),
        write_ods(tmp_path / "e.ods", ROWS),
        write_csv(tmp_path / "f.csv", ROWS, "utf-8"),
        write_csv(tmp_path / "g.csv", ROWS, "utf-8-sig"),
        write_csv(tmp_path / "h.csv", ROWS, "gb18030"),
        write_csv(tmp_path / "i.csv", ROWS, "utf-16"),
    ]
    first = _figures(plan, files[0])
    for file in files[1:]:
        assert _figures(plan, file) == first, file.name


def test_the_torture_set_is_read_whole_where_it_can_be() -> None:
    """What must be read is held against its two schools there; here only that this is said of many classes."""
    assert GOOD == "1069/1100"
    assert sum(made.read for made in WORKBOOKS.values()) > 20


def _accounted_for(plan: Plan, path: Path, year: int | None) -> None:
    """Every row is used or left out for a reason, and the rows said to be used are those that figures come from."""
    context = Context(plan, vocabulary(plan), Identifier(plan.units, None), year, in_detail=True)
    found = read_file(path, context)
    for sheet in found.sheets:
        assert sheet.read == sheet.used + sum(sheet.left_out.values()), sheet.sheet
        own = {letter for letter, _, _ in sheet.columns}
        blocks = [
            block
            for block in found.blocks
            if block.sheet == sheet.sheet and (not sheet.span or {column.letter for column in block.columns} <= own)
        ]
        rows = {row for block in blocks for column in block.columns for row in column.rows}
        assert rows.isdisjoint(sheet.unused), sheet.sheet
        if all(isinstance(block.columns, tuple) and block.columns for block in blocks):  # labelled rows may be blank
            assert len(rows) == sheet.used, sheet.sheet


@pytest.mark.parametrize("path", EXAMPLES, ids=[str(path.relative_to(ROOT / "examples")) for path in EXAMPLES])
def test_every_row_of_the_examples_is_accounted_for(path: Path, huairou: Plan) -> None:
    plan = load(path.with_name("indicators.yaml")) if path.with_name("indicators.yaml").exists() else huairou
    _accounted_for(plan, path, 2023)


@pytest.mark.parametrize("case", [case for _, case in LOADED if "sheets" in case], ids=lambda case: case["case"])
def test_every_row_of_the_cases_is_accounted_for(case: dict[str, Any], tmp_path: Path) -> None:
    _accounted_for(small_plan(tmp_path), write_workbook(tmp_path / "a.xlsx", case["sheets"], case.get("merges")), 2023)
