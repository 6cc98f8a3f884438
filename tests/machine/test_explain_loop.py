"""A marked copy explained in another program: LibreOffice saves it, and everything of it is read back."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plancheck.model import Assessment
from plancheck.pipeline import Request, assess, original
from plancheck.plan.load import load
from plancheck.reports.marked import marked
from tests.conftest import ROOT
from tests.machine.office import converted

pytestmark = pytest.mark.machine
EXPLAINED = {"class_size_compulsory", "teachers_swing", "eyes_checked_enough"}


def judged(file: Path) -> Assessment:
    """Judge one school's return by the shipped plan."""
    return assess(load(ROOT / "indicators.yaml"), Request((file,), roster=ROOT / "examples" / "roster.xlsx"))


def copy_of(file: Path, target: Path) -> Any:
    """Write the marked copy of a return, and return it opened."""
    opened = original(str(file))
    assert not hasattr(opened, "code")
    target.write_bytes(marked(opened.book, opened.values, judged(file), str(file), "zh", remade=opened.remade))
    return openpyxl.load_workbook(target)


def test_explanations_come_back_through_an_office_program_and_marks_come_off(tmp_path: Path) -> None:
    file = Path(shutil.copy(ROOT / "examples" / "school-to-correct.xlsx", tmp_path / "mine.xlsx"))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    book = copy_of(file, tmp_path / "copy.xlsx")
    sheet = book["情况说明"]
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, 11).value = f"属实 {row}"
    book.save(tmp_path / "copy.xlsx")
    (through,) = converted(tmp_path / "copy.xlsx", "xlsx", tmp_path)

    before, after = judged(file), judged(through)
    assert [(each.indicator, each.outcome, each.value) for each in after.verdicts] == [
        (each.indicator, each.outcome, each.value) for each in before.verdicts
    ]
    assert {each.check for each in after.explanations if each.state == "given"} == EXPLAINED
    assert after.readiness is not None
    assert (after.readiness.correct, after.readiness.explain, after.readiness.explained) == (4, 0, 3)
    assert not [each for each in after.findings if each.code in ("PC256", "PC263", "PC514")]

    again = copy_of(through, tmp_path / "again.xlsx")
    assert again.sheetnames == ["核查结果", "表5 单校自查", "情况说明", "plancheck"]
    comments = {
        cell.coordinate: cell.comment.text for row in again["表5 单校自查"].iter_rows() for cell in row if cell.comment
    }
    assert sorted(comments) == ["F23", "F25", "F26", "F27", "F28", "F44", "F7", "F8"]
    assert comments["F8"].count("PC501") == 1
    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("form", ["xls", "ods", "csv:Text - txt - csv (StarCalc):44,34,76,1"])
def test_a_return_of_another_kind_is_marked_in_a_workbook_that_finds_the_same(form: str, tmp_path: Path) -> None:
    (file,) = converted(ROOT / "examples" / "school-to-correct.xlsx", form, tmp_path)
    book = copy_of(file, tmp_path / "copy.xlsx")
    assert "重新生成" in book["核查结果"]["B4"].value
    found = [(each.code, each.cell) for each in judged(file).findings if each.code.startswith(("PC5", "PC3"))]
    assert len(found) == 7
    assert [
        (each.code, each.cell)
        for each in judged(tmp_path / "copy.xlsx").findings
        if each.code.startswith(("PC5", "PC3"))
    ] == found
