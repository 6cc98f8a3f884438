"""The results workbook and the monitoring report in an office program: they open, and print on A4."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from plancheck.cli import main
from plancheck.language import LANGS, Lang
from plancheck.reports.formats import document
from tests.conftest import ROOT
from tests.machine.office import printed, rows_as_high_as_they_must_be, run
from tests.reports import rich

pytestmark = pytest.mark.machine

A4 = (595.28, 841.89)
"""In points."""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_an_office_program_opens_and_prints_it(form: str, lang: Lang, tmp_path: Path) -> None:
    file = tmp_path / f"result.{form}"
    file.write_bytes(b"".join(document(form, rich.assessment(), lang)))
    made = printed(file, tmp_path).read_bytes()
    assert made.startswith(b"%PDF")
    assert len(made) > 20_000


def test_the_report_stands_on_a4_with_its_words(tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(b"".join(document("docx", rich.assessment(), "zh")))
    made = str(printed(file, tmp_path))
    sizes = re.findall(r"size:\s+([\d.]+) x ([\d.]+)", run("pdfinfo", "-l", "99", made))
    assert all(sorted(map(float, size)) == pytest.approx(A4, abs=1) for size in sizes)
    assert {float(wide) > float(high) for wide, high in sizes} == {True, False}  # the main table lies
    text = run("pdftotext", "-layout", made, "-")
    for words in ("年度监测报告", "主要指标监测表", "学前教育入园率", "98.80%", "整改安排"):
        assert words in "".join(text.split())


@pytest.mark.parametrize("lang", LANGS)
def test_no_row_of_the_workbook_hides_the_last_line_of_a_remark(
    lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    file = tmp_path / "years.xlsx"
    arguments = ["run", "examples/returns", "--by", "township", "--as-of", "2024-01-15", "--lang", lang]
    assert main([*arguments, "-q", "-o", str(file)]) == 1
    ours, needed = (
        {(sheet.title, row): each.height for sheet in book for row, each in sheet.row_dimensions.items() if each.height}
        for book in map(openpyxl.load_workbook, (file, rows_as_high_as_they_must_be(file, tmp_path)))
    )
    assert len(ours) > 5000
    # a line in the font that stands in for 宋体 here is a tenth higher than one of the font itself
    assert {place: (high, needed[place]) for place, high in ours.items() if high < 0.9 * needed.get(place, 0)} == {}
