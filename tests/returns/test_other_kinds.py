"""An .ods, .xls and .xlsb tell percentages, error values, merges and what is hidden, as an .xlsx does."""

from __future__ import annotations

import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pytest
import xlrd
import xlwt

from plancheck.codes import message
from plancheck.model import Assessment, Plan
from plancheck.pipeline import Request, assess
from plancheck.returns.compound import NoSuchStream, stream
from plancheck.returns.doubt import doubtful_sheets
from plancheck.returns.found import FoundSheet
from plancheck.returns.other_kinds import beside
from plancheck.returns.preflight import look
from plancheck.returns.sheet import Sheet, shows_error
from plancheck.returns.xls_scan import scan_xls, short_number
from tests.conftest import small_plan
from tests.returns.torture.ooxml import zipped
from tests.returns.writers import Failed, Percent, Rows, ods_parts, write_ods, write_xls
from tests.returns.xlsb_writer import write_xlsb

HEAD: Final = ["标识码", "学校名称", "学段", "测试人数", "合格人数", "合格率"]
ROWS: Final[list[list[Any]]] = [
    HEAD,
    ["1001", "甲校", "小学", 100, 99, Percent(0.98)],
    ["1002", "乙校", "小学", 100, Failed("#DIV/0!"), Percent(1)],
    ["1003", "丙校", "小学", 100, 97, 1],
    ["1004", "丁校", "小学", Percent(1), 1, 0.98],
    ["1005", "戊校", "小学", 100, 98, Failed("#N/A")],
]
WRITERS: Final[dict[str, Callable[[Path, Rows], Path]]] = {"xls": write_xls, "ods": write_ods, "xlsb": write_xlsb}
RATES: Final = """
    mean_rate:
      no: 1
      label: {zh: 合格率, en: Rate}
      unit: percent
      numerator: rate × passed
      denominator: passed × 100
      target: "≥40"
      due: every_year
      source: {clause: 一, quote: "≥40"}
"""


def _run(plan: Plan, file: Path) -> Assessment:
    return assess(plan, Request((file,), year=2023, levels=frozenset({"district"})))


def _only_sheet(file: Path) -> Sheet:
    (sheet,) = doubtful_sheets(look(file))
    return sheet


@pytest.mark.parametrize("kind", WRITERS)
def test_percentages_are_read_and_errors_named(kind: str, tmp_path: Path) -> None:
    found = _run(small_plan(tmp_path, RATES), WRITERS[kind](tmp_path / f"a.{kind}", ROWS))
    (verdict,) = found.verdicts
    assert (verdict.numerator, verdict.denominator) == (99 * 98 + 97 * 1, (99 + 97) * 100)
    named = [(each.code, each.cell) for each in found.findings if each.code not in ("PC218", "PC219", "PC404")]
    assert named == [
        ("PC314", "D5"),  # 100 % of people
        ("PC302", "E3"),
        ("PC304", "F5"),  # 0.98 without a format
        ("PC302", "F6"),
    ]
    errors = [message(each.code, each.params, "zh") for each in found.findings if each.code == "PC302"]
    assert [text.split()[-1] for text in errors] == ["#DIV/0!", "#N/A"]


@pytest.mark.parametrize("kind", WRITERS)
def test_what_values_do_not_tell_is_found_at_its_place(kind: str, tmp_path: Path) -> None:
    quirks = _only_sheet(WRITERS[kind](tmp_path / f"a.{kind}", ROWS)).quirks
    assert quirks.percent == {(1, 5), (2, 5), (4, 3)}
    assert quirks.errors == {(2, 4): "#DIV/0!", (5, 5): "#N/A"}
    assert quirks.formats_seen
    assert not quirks.broken


def test_an_xlsb_tells_merges_comments_and_what_is_hidden(tmp_path: Path) -> None:
    rows: Rows = [HEAD, ["1001", "甲校", "小学", 100, 99], ["1002", "乙校", "", 100, 97.5]]
    sheet = _only_sheet(write_xlsb(tmp_path / "a.xlsb", rows, frozenset({2}), ((1, 2, 2, 2),), ((1, 3), (2, 0))))
    assert sheet.merges == ((1, 2, 2, 2),)
    assert sheet.quirks.comments == ("D2", "A3")
    assert sheet.quirks.hidden == {"rows": 1, "columns": 1}
    assert sheet.quirks.hidden_rows == {2}


# ------------------------------------------------------------------------------------------------- .ods

_TEXT: Final = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
_ONE: Final = '<table:table-cell {} office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
_ROW: Final = "<table:table-row {}>{}</table:table-row>"


def _ods(folder: Path, body: str) -> Sheet:
    path = folder / "a.ods"
    path.write_bytes(zipped({name: content for name, content in ods_parts(body).items() if content is not None}))
    return _only_sheet(path)


def test_an_ods_tells_what_is_hidden_also_by_group_and_filter(tmp_path: Path) -> None:
    group = "<table:table-row-group table:display='{}'>{}</table:table-row-group>"
    one = _ONE.format("")
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="3"/>'
    )
    rows = [
        _ROW.format("", one),
        _ROW.format('table:visibility="filter" table:number-rows-repeated="2"', one),
        group.format("false", _ROW.format("", one) + group.format("true", _ROW.format("", one))),
        group.format("true", _ROW.format("", one)),
        _ROW.format('table:visibility="collapse" table:number-rows-repeated="1000"', "<table:table-cell/>"),
    ]
    quirks = _ods(tmp_path, columns + "".join(rows)).quirks
    assert quirks.hidden_rows == {1, 2, 3, 4}
    assert quirks.hidden == {"rows": 4, "columns": 3}


def test_repeated_cells_and_rows_of_an_ods_are_counted(tmp_path: Path) -> None:
    percent = (
        '<table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="0.5"/>'
        '<table:covered-table-cell table:number-columns-repeated="2"/>'
    )
    sheet = _ods(
        tmp_path, _ROW.format('table:number-rows-repeated="2"', percent + _ONE.format("")) + _ROW.format("", percent)
    )
    assert sheet.quirks.percent == {(row, column) for row in range(3) for column in range(2)}
    assert not sheet.quirks.broken
    assert sheet.rows[1][4] == 1


def test_the_stage_merged_over_three_schools_counts_for_each_in_an_ods(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)
    merged = '<table:table-cell table:number-rows-spanned="3" office:value-type="string"><text:p>小学</text:p></table:table-cell>'
    head = _ROW.format("", "".join(map(_TEXT.format, HEAD[:5])))
    schools = [
        _ROW.format(
            "",
            _TEXT.format(f"100{number}")
            + _TEXT.format(f"校{number}")
            + (merged if number == 1 else "<table:covered-table-cell/>")
            + _ONE.format("") * 2,
        )
        for number in (1, 2, 3)
    ]
    _ods(tmp_path, head + "".join(schools))
    found = _run(plan, tmp_path / "a.ods")
    assert [(each.code, each.cell) for each in found.findings] == [("PC219", "")]
    assert (found.verdicts[0].numerator, found.verdicts[0].denominator) == (3, 3)


@pytest.mark.parametrize(
    ("cell", "errors", "uncalculated"),
    [
        ('table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p>', {(0, 1): "#DIV/0!"}, set()),
        ('table:formula="of:=foo" office:value-type="string" calcext:value-type="error"><text:p>#NAME?</text:p>', {(0, 1): "#NAME?"}, set()),
        ('table:formula="of:=((" office:value-type="float" office:value="0"><text:p>Err:508</text:p>', {(0, 1): "Err:508"}, set()),
        ('table:formula="of:=1+1">', {}, {(0, 1)}),
        ('table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p>', {}, set()),
        ('table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value="">', {}, set()),
    ],
)  # fmt: skip
def test_formulas_of_an_ods(cell: str, errors: object, uncalculated: object, tmp_path: Path) -> None:
    sheet = _ods(tmp_path, _ROW.format("", _TEXT.format("a") + f"<table:table-cell {cell}</table:table-cell>"))
    assert sheet.quirks.errors == errors
    assert sheet.quirks.uncalculated == uncalculated


def test_comments_and_links_of_an_ods_are_named(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>#DIV/0!</text:p></office:annotation>"
    linked = "table:formula=\"of:=['file:///d/上年.ods'#$表.C5]\""
    cell = _ONE.format(linked).replace("><text:p>", f">{note}<text:p>")
    quirks = _ods(tmp_path, _ROW.format("", _TEXT.format("a") + cell)).quirks
    assert quirks.comments == ("B1",)
    assert quirks.linked == ("B1",)
    assert not quirks.errors


@pytest.mark.parametrize("text", ["#DIV/0!", " #N/A ", "#NAME?", "Err:502", "错误：508", "#SPILL!"])
def test_error_values_are_known_by_their_look(text: str) -> None:
    assert shows_error(text)


@pytest.mark.parametrize("text", ["#专任教师", "#1", "N/A", "Err", "错误", "", "#"])
def test_what_is_no_error_value(text: str) -> None:
    assert not shows_error(text)


# ------------------------------------------------------------------------------------------------- .xls


def test_an_xls_is_read_as_xlrd_reads_it(tmp_path: Path) -> None:
    values: list[list[Any]] = [
        [0, 1, -1, 2**29 - 1, -(2**29), 2**30, 1.5, 12.34, 0.07, 1e300, -0.25, 123456789.12],
        [Percent(0.98), Percent(12), "a", True, Failed("#REF!"), "", 5, Percent(0)],
        *[[n, n / 7, "b", n * 1000] for n in range(300)],
    ]
    path = write_xls(tmp_path / "a.xls", values)
    (ours,) = scan_xls(path.read_bytes())
    book = xlrd.open_workbook(path, formatting_info=True)
    theirs = book.sheet_by_index(0)
    cells = {
        (row, column): theirs.cell(row, column) for row in range(theirs.nrows) for column in range(theirs.row_len(row))
    }
    assert ours.cells == {place: cell.value for place, cell in cells.items() if cell.ctype == xlrd.XL_CELL_NUMBER}
    assert set(ours.errors) == {place for place, cell in cells.items() if cell.ctype == xlrd.XL_CELL_ERROR}
    shown = {place: book.format_map[book.xf_list[cell.xf_index].format_key].format_str for place, cell in cells.items()}
    assert ours.percent == {place for place in ours.cells if "%" in shown[place]}
    assert len(ours.percent) == 3


@pytest.mark.parametrize(
    ("short", "number"),
    # [MS-XLS] 2.5.122: bit 0 hundredfold, bit 1 a whole number
    [(0x3FF00000, 1), (0x3FF00001, 0.01), (0x004B5646, 1234321), (0x004B5647, 12343.21), (0xFFFFFFFE, -1), (0x80000002, -(2**29))],
)  # fmt: skip
def test_short_numbers(short: int, number: float) -> None:
    assert short_number(short) == number


def test_hidden_rows_and_columns_of_an_xls_are_told(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row in range(4):
        sheet.write(row, 0, row)
    sheet.row(2).hidden = True
    sheet.row(2).height_mismatch = True
    sheet.col(1).hidden = True
    book.save(str(tmp_path / "a.xls"))
    quirks = _only_sheet(tmp_path / "a.xls").quirks
    assert quirks.hidden_rows == {2}
    assert quirks.hidden == {"rows": 1, "columns": 1}


@pytest.mark.parametrize("formula", ["A1*2", "A1+1", "SUM(A1:A2)", "A1/A2", "-A1", "A1%"])
def test_a_formula_of_an_xls_that_was_never_calculated_is_no_blank(formula: str, tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, 7)
    sheet.write(0, 1, xlwt.Formula(formula))
    sheet.write(0, 2, xlwt.Formula('IF(A1>5,"","x")'))  # this one may well give an empty text
    book.save(str(tmp_path / "a.xls"))
    assert _only_sheet(tmp_path / "a.xls").quirks.uncalculated == {(0, 1)}


def _container(content: bytes, *, small: bool) -> bytes:
    """Return a container by hand: sector 0 the table, 1 the directory, 2 the table of small sectors, 3 and on the content."""
    cutoff = 4096 if small else 0
    count = len(content) // 512 + 1
    chain = [*range(4, 3 + count), 0xFFFFFFFE]
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE, *chain, *([0xFFFFFFFF] * (125 - count)))
    pieces = (len(content) + 63) // 64
    small_table = struct.pack("<128I", *range(1, pieces), 0xFFFFFFFE, *([0xFFFFFFFF] * (128 - pieces)))

    def entry(name: str, kind: int, first: int, size: int) -> bytes:
        spelt = (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0")
        return (spelt + struct.pack("<HB", len(name) * 2 + 2, kind)).ljust(116, b"\0") + struct.pack(
            "<III", first, size, 0
        )

    book = entry("Workbook", 2, 0 if small else 3, len(content))
    directory = (entry("Root Entry", 5, 3, count * 512) + book).ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack("<IIIIII", 1, 1, 0, cutoff, 2, 1) + struct.pack("<II", 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *([0xFFFFFFFF] * 108))
    return header + table + directory + small_table + content.ljust(count * 512, b"\0")


@pytest.mark.parametrize("small", [True, False])
def test_a_stream_is_put_together_from_its_sectors(small: bool) -> None:
    content = bytes(range(256)) * 7 + b"end"
    data = _container(content, small=small)
    assert stream(data, "Workbook") == content
    assert stream(data, "Nothing", "Workbook") == content
    with pytest.raises(NoSuchStream):
        stream(data, "Book")


# ----------------------------------------------------------------------------------- where the two differ


def test_what_cannot_be_looked_up_is_said_and_no_fraction_is_guessed(tmp_path: Path) -> None:
    """Calamine passes over how many rows a cell spans; the scan does not, and gives up."""
    plan = small_plan(tmp_path)
    head = _ROW.format("", "".join(map(_TEXT.format, HEAD)))
    bad = '<table:table-cell table:number-rows-spanned="x"/>'
    row = "".join(map(_TEXT.format, ("1001", "甲校", "小学"))) + _ONE.format("") * 3 + bad
    _ods(tmp_path, head + _ROW.format("", row))
    found = _run(plan, tmp_path / "a.ods")
    assert [(each.code, each.sheet, each.cell) for each in found.findings] == [
        ("PC219", "", ""),
        ("PC227", "表", ""),
        ("PC304", "表", "F2"),  # 1 without its format may be 1 % or 100 %
    ]
    assert "错误值会被当作空白" in message("PC227", {}, "zh")


def test_a_number_that_only_one_way_of_reading_sees_is_named_and_not_used() -> None:
    sheet = Sheet("表", [[1.0, 2.0, "", "a", True, 6.0]])
    found = FoundSheet()
    found.cells = {(0, 0): 1.0, (0, 1): 3.0, (0, 2): 4.0, (0, 4): 1.0, (0, 5): 6.0}
    broken = beside(sheet, found).quirks.broken
    assert sorted(broken) == [(0, 1), (0, 2)]
    assert broken[0, 1].zh == "两种读法分别为“2”和“3”"
    assert broken[0, 2].en == "two ways of reading it find '' and '4'"
    del found.cells[0, 5]
    found.cells[0, 3] = 9.0
    assert {(0, 3), (0, 5)} < set(beside(sheet, found).quirks.broken)


def test_a_figure_of_each_kind_is_exact(tmp_path: Path) -> None:
    plan = small_plan(tmp_path, RATES)
    for kind, write in WRITERS.items():
        found = _run(plan, write(tmp_path / f"a.{kind}", [HEAD, ["1001", "甲校", "小学", 100, 100, Percent(0.939)]]))
        (verdict,) = found.verdicts
        assert verdict.numerator is not None and verdict.denominator is not None
        assert Fraction(verdict.numerator, verdict.denominator) == Fraction(939, 1000), kind
