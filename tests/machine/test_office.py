"""The results workbook and the monitoring report in an office program: they open, and print on A4."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plancheck.language import LANGS, Lang
from plancheck.reports.formats import document
from tests.machine.office import printed, run
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
