"""What a file really is, and the same returns through every door."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from plancheck.codes import hint, message
from plancheck.model import Assessment, Plan
from plancheck.pipeline import Request, assess
from plancheck.quantity import Absent
from plancheck.returns.calamine_door import plain_sheet
from plancheck.returns.cells import Facts, understand
from plancheck.returns.doubt import doubtful_sheets
from plancheck.returns.preflight import look
from plancheck.returns.sheet import Sheet
from tests.conftest import MakeWorkbook, small_plan
from tests.returns.writers import write_csv, write_ods, write_xls

HEAD = ["标识码", "学校名称", "学段", "测试人数", "合格人数", "合格率"]
ROWS: list[list[Any]] = [
    HEAD,
    ["1001", "甲校", "小学", 100, 99, "99%"],
    ["1002", "乙校", "初中", "1,000", 970, "97％"],
    ["", "合计", "", 1100, 1069, ""],
    ["注：略", "", "", "", "", ""],
]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return small_plan(tmp_path)


def run(plan: Plan, *files: Path) -> Assessment:
    return assess(plan, Request(files, year=2023, levels=frozenset({"district"})))


def codes(found: Assessment) -> list[str]:
    return [finding.code for finding in found.findings if finding.code != "PC219"]


def test_every_door_gives_the_same_verdict(plan: Plan, tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    files = [
        make_workbook({"表": ROWS}),
        write_xls(tmp_path / "a.xls", ROWS),
        write_ods(tmp_path / "a.ods", ROWS),
        write_csv(tmp_path / "utf8.csv", ROWS, "utf-8"),
        write_csv(tmp_path / "bom.csv", ROWS, "utf-8-sig"),
        write_csv(tmp_path / "gb.csv", ROWS, "gb18030"),
    ]
    for file in files:
        found = run(plan, file)
        (verdict,) = found.verdicts
        figures = (verdict.outcome, verdict.numerator, verdict.denominator, verdict.coverage.reported, codes(found))
        assert figures == ("not_met", 1069, 1100, 2, []), file.name
        (sheet,) = found.sheets
        assert (sheet.read, sheet.used, dict(sheet.left_out)) == (5, 2, {"header": 1, "note": 1, "total": 1}), file.name


def test_a_reading_names_file_sheet_cell_and_raw_text(plan: Plan, make_workbook: MakeWorkbook) -> None:
    file = make_workbook({"表": ROWS})
    (verdict,) = run(plan, file).verdicts
    readings = {(reading.element, reading.unit): reading for reading in verdict.readings}
    tested = readings["tested", "1002/junior"]
    assert (tested.file, tested.sheet, tested.cell, tested.raw, tested.value) == (str(file), "表", "D3", "1,000", 1000)


def _zip(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
BROKEN: dict[str, tuple[bytes, str, str]] = {
    "empty.xlsx": (b"", "PC202", "0 字节"),
    "page.xls": (b"<html><table><tr><td>1</td></tr></table></html>", "PC201", "网页"),
    "paper.xlsx": (b"%PDF-1.7 ...", "PC201", "PDF"),
    "photo.xlsx": (b"\x89PNG\r\n\x1a\n", "PC201", "PNG"),
    "word.xlsx": (_zip(word__document="<w/>"), "PC201", "Word"),
    "zip.xlsx": (_zip(readme="x"), "PC201", "压缩包"),
    "locked.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "PC203", "密码"),
    "old.xlsx": (OLE + "WordDocument".encode("utf-16-le"), "PC201", "旧版"),
    "cut.xlsx": (_zip(xl__workbook="<w/>")[:-30], "PC205", "压缩包不完整"),
    "hollow.xlsx": (_zip(xl__workbook="<w/>"), "PC205", "损坏"),
    "text.xlsx": (b"a,b,c\n1,2,3\n", "PC201", "纯文本"),
    "noise.xlsx": (b"\x00\x01\x02" * 50, "PC201", "无法辨认"),
    "dtd.xlsx": (
        _zip(
            xl__workbook__xml="",
            **{
                "xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>',
                "xl/_rels/workbook.xml.rels": "<Relationships/>",
            },
        ),
        "PC205",
        "DOCTYPE",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(
    name: str, plan: Plan, tmp_path: Path, make_workbook: MakeWorkbook
) -> None:
    data, code, says = BROKEN[name]
    broken = tmp_path / name
    broken.write_bytes(data)
    found = run(plan, broken, make_workbook({"表": ROWS}))
    assert codes(found) == [code]
    finding = next(each for each in found.findings if each.code == code)
    assert finding.file == str(broken)
    said = message(code, finding.params, "zh")
    assert says in said
    assert not re.search("[A-Za-z]{2,} [a-z]{2,}", said)  # no library speaks English in it
    assert hint(code, finding.params, "en")
    assert found.verdicts[0].numerator == 1069
    assert run(plan, broken).exit_code == 3


@pytest.mark.parametrize(
    ("number", "zh", "en"), [(13, "没有权限", "permission denied"), (5, "磁盘读写出错", "the disk reports an error")]
)
def test_why_a_file_is_not_opened_is_said_in_both_languages(
    number: int, zh: str, en: str, plan: Plan, make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> bytes:
        raise OSError(number, "in the system's words")

    path = make_workbook({"表": ROWS})
    monkeypatch.setattr(Path, "read_bytes", refused)
    (finding,) = (each for each in run(plan, path).findings if each.code == "PC204")
    assert message("PC204", finding.params, "zh") == f"文件打不开：{zh}"
    assert message("PC204", finding.params, "en") == f"The file cannot be opened: {en}"


def test_a_pipe_is_not_waited_for(plan: Plan, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    assert codes(run(plan, pipe)) == ["PC204"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(plan: Plan, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<w/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(40 * 2**20))
    assert codes(run(plan, bomb)) == ["PC206"]


def _with_stray(source: Path, target: Path, cell: str) -> Path:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    stray = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", stray))
    return target


@pytest.mark.parametrize("cell", ["ZZZZZZ1", "A99999999999"], ids=["a column beyond XFD", "a row beyond the last"])
def test_a_cell_that_no_sheet_has_is_refused(
    cell: str, plan: Plan, tmp_path: Path, make_workbook: MakeWorkbook
) -> None:
    assert codes(run(plan, _with_stray(make_workbook({"表": ROWS}), tmp_path / "far.xlsx", cell))) == ["PC206"]


def test_a_stray_cell_in_the_last_corner_is_named_and_the_table_read(
    plan: Plan, tmp_path: Path, make_workbook: MakeWorkbook
) -> None:
    found = run(plan, _with_stray(make_workbook({"表": ROWS}), tmp_path / "far.xlsx", "XFD1048576"))
    assert codes(found) == ["PC250"]
    finding = next(each for each in found.findings if each.code == "PC250")
    assert (finding.sheet, finding.cell, finding.params["count"]) == ("表", "XFD1048576", 1)
    assert message("PC250", finding.params, "zh") == "有 1 个单元格远离表格，未使用：XFD1048576 1"
    assert found.verdicts[0].numerator == 1069


def test_where_two_readers_differ_the_careful_one_is_believed_and_it_is_said(
    tmp_path: Path, make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = _with_stray(make_workbook({"表": ROWS}), tmp_path / "far.xlsx", "A20000")  # its row has no place in the order
    with zipfile.ZipFile(far) as old, zipfile.ZipFile(tmp_path / "odd.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<c r="A20000">', b'<c  r="A20000">'))

    def losing(*given: Any) -> Sheet:
        sheet = plain_sheet(*given)
        return replace(sheet, rows=[["丢" if cell == "甲校" else cell for cell in row] for row in sheet.rows])

    monkeypatch.setattr("plancheck.returns.doubt.plain_sheet", losing)
    candidate = look(tmp_path / "odd.xlsx")
    (sheet,) = doubtful_sheets(candidate)
    assert sheet.rows[1][1] == "甲校"
    assert sheet.remarks == (("PC253", "B2", {"count": 1, "first": "甲校", "second": "丢"}),)


def test_percent_formats_error_cells_and_uncalculated_formulas_are_seen(
    plan: Plan, make_workbook: MakeWorkbook
) -> None:
    rows = [
        HEAD,
        ["1001", "甲校", "小学", 100, 99, {"v": 0.99, "format": "0.00%"}],
        ["1002", "乙校", "小学", {"error": "#DIV/0!"}, {"formula": "=D2"}, 0.97],
    ]
    found = run(plan, make_workbook({"表": rows}))
    assert [(finding.code, finding.cell) for finding in found.findings if finding.code != "PC219"] == [
        ("PC302", "D3"),
        ("PC303", "E3"),
        ("PC304", "F3"),
    ]
    error = next(finding for finding in found.findings if finding.code == "PC302")
    assert message("PC302", error.params, "zh") == "“测试人数”是错误值 #DIV/0!"
    assert message("PC302", error.params, "en") == "'Tested' is the error value #DIV/0!"


def test_a_head_that_lost_its_merged_cells_is_filled_from_the_left(plan: Plan, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["2023年学校表", "", "", "", "", ""],
        ["标识码", "学校名称", "学段", "体质测试", "", "备注"],
        ["", "", "", "测试人数", "合格人数", ""],
        ["1001", "甲校", "小学", 100, 99, ""],
    ]
    found = run(plan, write_csv(tmp_path / "a.csv", rows, "utf-8"))
    assert (found.verdicts[0].numerator, codes(found)) == (99, [])
    assert [path for _, path, _ in found.sheets[0].columns][-2:] == ["体质测试 > 测试人数", "体质测试 > 合格人数"]


def test_a_csv_in_no_known_encoding_is_named(plan: Plan, tmp_path: Path) -> None:
    broken = tmp_path / "a.csv"
    broken.write_bytes("标识码".encode() + b"\xff\xff\xfe,1\n")
    assert codes(run(plan, broken)) == ["PC205"]


@pytest.mark.parametrize("cell", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_a_finding(cell: float, huairou: Plan) -> None:
    found = understand(cell, huairou.elements["students"])
    assert (found.code, found.value) == ("PC313", Absent.UNREADABLE)


@pytest.mark.parametrize(
    ("element", "cell", "facts", "code", "shown"),
    [
        ("students", 99.999, Facts(), "PC305", {"found": "99.999"}),
        ("students", -0.001, Facts(), "PC306", {"found": "-0.001"}),
        ("students", 0.98125, Facts(percent=True), "PC314", {"found": "98.125%"}),
        ("fit_pass_rate_stated", 0.981234, Facts(), "PC304", {"found": "0.981234", "percent": "98.1234"}),
        ("fit_pass_rate_stated", "0.98", Facts(), "PC304", {"found": "0.98", "percent": "98"}),
        ("fit_pass_rate_stated", 100.001, Facts(), "PC312", {"found": "100.001"}),
    ],
)
def test_a_finding_shows_every_digit(
    element: str, cell: Any, facts: Facts, code: str, shown: dict[str, str], huairou: Plan
) -> None:
    found = understand(cell, huairou.elements[element], facts)
    assert found.code == code
    assert {key: found.params[key] for key in shown} == shown


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["学校", "人数"], ["甲校", 1]], "没有找到名录的表头"),
        ([["标识码", "学校名称", "学段"], ["10a1", "甲校", "小学"]], "没有一所学校"),
        ([["标识码", "学校名称", "学段"], ["1001", "甲校", "大学"]], "没有一所学校"),
    ],
)
def test_a_roster_that_cannot_be_used_is_said(
    rows: list[list[str]], says: str, plan: Plan, make_workbook: MakeWorkbook
) -> None:
    roster = make_workbook({"名录": rows}, name="roster.xlsx")
    found = assess(plan, Request((make_workbook({"表": ROWS}),), year=2023, roster=roster))
    finding = found.findings[0]
    assert finding.code == "PC223"
    assert says in message("PC223", finding.params, "zh")
    assert found.verdicts[0].numerator == 1069


def test_a_roster_leaves_out_closed_schools_and_names_bad_rows(plan: Plan, make_workbook: MakeWorkbook) -> None:
    rows = [
        ["标识码", "学校名称", "学段", "状态"],
        ["1001", "甲校", "小学", "在办"],
        ["1002", "乙校", "小学、初中", ""],
        ["1003", "丙校", "小学", "撤并"],
        ["x", "丁校", "小学", ""],
        ["1005", "戊校", "大学", ""],
    ]
    roster = make_workbook({"学校名录": rows}, name="学校名录.xlsx")
    found = assess(plan, Request((make_workbook({"表": ROWS}),), year=2023))
    assert found.roster is not None
    assert found.roster.file == str(roster)
    assert [unit.id for unit in found.roster.expected(2023)] == ["1001/primary", "1002/primary", "1002/junior"]
    assert [(finding.code, finding.cell, finding.unit) for finding in found.findings] == [
        ("PC221", "A5", ""),
        ("PC217", "A6", ""),
        ("PC220", "", "1002/primary"),
    ]


def test_two_processes_read_what_one_reads(plan: Plan, tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    files = tuple(
        make_workbook({"表": [HEAD, [f"10{n:02}", f"校{n}", "小学", 100, 90 + n, ""]]}, name=f"{n}.xlsx")
        for n in range(6)
    )
    broken = tmp_path / "6.xlsx"
    broken.write_bytes(b"")
    alone = assess(plan, Request((*files, broken), year=2023, jobs=1))
    shared = assess(plan, Request((*files, broken), year=2023, jobs=2))
    for one, other in zip(alone.verdicts, shared.verdicts, strict=True):
        assert replace(one, readings=[*one.readings]) == replace(other, readings=[*other.readings])
    assert alone.findings == shared.findings
    assert alone.verdicts[0].denominator == 600
