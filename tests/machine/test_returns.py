"""The example returns saved again by LibreOffice, in every format that it and plancheck know: the verdicts are the same.

LibreOffice is the third writer of .xlsx beside openpyxl and XlsxWriter, and the one that writes .xls, .ods and .csv.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest
import xlsxwriter

from plancheck.model import Plan
from plancheck.pipeline import Request, assess
from plancheck.plan.load import load
from tests.conftest import ROOT, small_plan, write_workbook
from tests.machine.office import converted
from tests.returns.test_colours import ROWS as COLOURED
from tests.returns.test_colours import WRITERS, coloured
from tests.returns.writers import Failed, Percent, write_ods, write_xls
from tests.returns.xlsb_writer import write_xlsb

pytestmark = pytest.mark.machine

EXAMPLES: Final = {
    "returns": (ROOT / "examples" / "returns.xlsx", ROOT / "indicators.yaml", 2023),
    "school": (ROOT / "examples" / "school.xlsx", ROOT / "indicators.yaml", 2023),
    "ledgers": (ROOT / "examples" / "returns" / "2023" / "ledgers.xlsx", ROOT / "indicators.yaml", 2023),
    "kindergartens": (ROOT / "examples" / "returns" / "2022" / "kindergartens.xlsx", ROOT / "indicators.yaml", 2022),
    "national": (
        ROOT / "examples" / "national" / "returns.xlsx",
        ROOT / "examples" / "national" / "indicators.yaml",
        None,
    ),
}
LOST_IN_TEXT: Final = {"PC207", "PC218", "PC228", "PC256", "PC259"}
"""What a text file cannot say: that a sheet, a row or a column was hidden, which cells carry comments."""
_CSV: Final = "csv:Text - txt - csv (StarCalc):44,34,{},1,,0,false,true,false,false,false,-1"
"""Commas, quotation marks, an encoding, and one file for each sheet (its last number)."""


def _told(plan: Plan, files: Sequence[Path], year: int | None, *, as_text: bool = False) -> dict[str, Any]:
    roster = None if plan.id == "small" else ROOT / "examples" / "roster.xlsx"
    found = assess(
        plan, Request(tuple(files), year=year, roster=roster, levels=frozenset({"district", "unit"}), jobs=1)
    )
    verdicts = {
        (each.indicator, each.unit, each.period): (
            each.outcome,
            each.progress,
            each.numerator,
            each.denominator,
            each.coverage,
            each.provisional,
            sorted((reading.element, reading.unit, reading.cell, str(reading.value)) for reading in each.readings),
        )
        for each in found.verdicts
    }
    findings = sorted(
        (
            "" if as_text else each.sheet,
            each.code,
            each.cell,
            each.unit,
            sorted(map(str, each.params.items())) if not each.also else [],
        )
        for each in found.findings
        if not (as_text and each.code in LOST_IN_TEXT)
    )
    sheets = (
        {}
        if as_text
        else {sheet.sheet: (sheet.form, sheet.read, sheet.used, dict(sheet.left_out)) for sheet in found.sheets}
    )
    return {"verdicts": verdicts, "findings": findings, "sheets": sheets, "exit": found.exit_code}


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_saved_again_it_says_the_same(name: str, form: str, tmp_path: Path) -> None:
    file, plan_file, year = EXAMPLES[name]
    plan = load(plan_file)
    (saved,) = converted(file, form, tmp_path)
    first, second = _told(plan, [file], year), _told(plan, [saved], year)
    assert len(first["verdicts"]) > 10
    for what, told in first.items():
        assert second[what] == told, what


@pytest.mark.parametrize("encoding", ["76", "85"])  # LibreOffice's numbers for UTF-8 and GB18030
@pytest.mark.parametrize("name", ["returns", "school"])
def test_saved_as_text_it_gives_the_same_verdicts(name: str, encoding: str, tmp_path: Path) -> None:
    file, plan_file, year = EXAMPLES[name]
    plan = load(plan_file)
    saved = converted(file, _CSV.format(encoding), tmp_path)
    assert "负责人" in saved[-1].read_bytes().decode("utf-8" if encoding == "76" else "gb18030")
    first, second = _told(plan, [file], year, as_text=True), _told(plan, saved, year, as_text=True)
    for what, told in first.items():
        assert second[what] == told, what


ROWS: Final[list[list[Any]]] = [
    ["2023年学校表"],
    ["标识码", "学校名称", "学段", "测试人数", "合格人数", "合格率", "平安校园"],
    ["1001", "甲校", "小学", 100, 99, Percent(0.99), "是"],
    ["1002", "乙校", "初中", "1,000", 970, Percent(0.975), "√"],
    ["1003", "丙校", "小学", "—", "未统计", Failed("#N/A"), "否"],
    ["1004", "丁校", "小学", 50, Failed("#DIV/0!"), 0.98, "否"],
    ["", "合计", "", 1100, 1069],
]


def _by_openpyxl(path: Path) -> Path:
    def cell(value: object) -> object:
        match value:
            case Percent(number):
                return {"v": number, "format": "0.0%"}
            case Failed(error):
                return {"error": error}
            case _:
                return None if value == "" else value

    return write_workbook(path, {"表": [[cell(value) for value in row] for row in ROWS]})


def _by_xlsxwriter(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        percent = book.add_format({"num_format": "0.0%"})
        sheet = book.add_worksheet("表")
        for at, row in enumerate(ROWS):
            for column, value in enumerate(row):
                match value:
                    case Percent(number):
                        sheet.write_number(at, column, number, percent)
                    case Failed(error):
                        sheet.write_formula(at, column, f"={error}", None, error)
                    case _ if value != "":
                        sheet.write(at, column, value)
    return path


def test_three_writers_and_every_format_of_each_say_the_same(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)
    written = [
        _by_openpyxl(tmp_path / "by-openpyxl.xlsx"),
        _by_xlsxwriter(tmp_path / "by-xlsxwriter.xlsx"),
        write_xls(tmp_path / "by-xlwt.xls", ROWS),
        write_xlsb(tmp_path / "by-hand.xlsb", ROWS),
    ]
    first = _told(plan, written[:1], 2023)
    assert _told(plan, [write_ods(tmp_path / "by-hand.ods", ROWS)], 2023) == first
    assert [code for _, code, *_ in first["findings"]].count("PC302") == 2
    for file in written:
        for saved in (
            file,
            *(
                path
                for form in ("xlsx", "xls", "ods")
                for path in converted(file, form, tmp_path / form / file.suffix[1:] / file.stem)
            ),
        ):
            told = _told(plan, [saved], 2023)
            told["findings"] = [each for each in told["findings"] if each[1] != "PC218"]  # the .xlsb hides a column
            assert told == first, saved


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("written", WRITERS)
def test_colours_are_seen_in_what_libreoffice_makes_of_each_format(written: str, form: str, tmp_path: Path) -> None:
    plan = small_plan(tmp_path)
    (saved,) = converted(WRITERS[written](tmp_path / f"coloured{written}", COLOURED), form, tmp_path)
    found = assess(plan, Request((saved,), year=2023))
    assert coloured(found) == ["D2: D2、E5"]
