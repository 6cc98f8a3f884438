"""Text of a school that would be a formula, markup, a control sequence or a path: harmless in every output there is."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from plancheck.model import Assessment
from plancheck.pipeline import Request, assess, original
from plancheck.reports.formats import FORMATS, document
from plancheck.reports.marked import copy_names, marked
from tests.conftest import Rows
from tests.judge.test_checks import plan_with

EVIL = '=HYPERLINK("http://evil","x")[/bold]\u202e<script>alert(1)</script>../../etc'
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Assessment]:
    """A return with hostile text in each field a school fills in, judged."""
    folder = tmp_path_factory.mktemp("hostile")
    checks = "\n  few: {explain: tested <= 50, label: {zh: 不过50, en: fifty at most}}\n"
    plan = plan_with(folder, checks)
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "=a'<b>&"
    rows: Rows = (
        ["标识码", "学校名称", "学段", "镇乡", "测试人数", "合格人数", "合格率", "等级", "面积", EVIL],
        ["1001", EVIL, "小学", EVIL, 100, EVIL, EVIL, EVIL, "7", EVIL],
        [EVIL, "乙校", "小学", EVIL, 100, 99, "", "", "", ""],
        ["1003", "丙校", EVIL, EVIL, 100, 99, "", "", "", ""],
    )
    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            cell.value = value
            cell.data_type = "s" if isinstance(value, str) else "n"
    file = folder / "=cmd【x】<b>.xlsx"
    book.save(file)
    found = assess(plan, Request((file,), year=2023, by="township", levels=frozenset({"district", "unit"})))
    assert any(each.code == "PC301" for each in found.findings)
    assert any(EVIL[:8] in each.name.zh for each in found.verdicts)
    return file, found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if not form.binary])
def test_no_text_format_lets_it_act(form: str, lang: Any, hostile: tuple[Path, Assessment]) -> None:
    text = b"".join(document(form, hostile[1], lang)).decode()
    assert "HYPERLINK" in text or form in ("github", "sarif", "junit", "receipt")
    assert not CONTROL.search(text)
    if form in ("html", "junit", "markdown"):
        assert "<script>alert" not in text
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r", "＝"))]


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.binary])
def test_no_office_format_lets_it_act(form: str, hostile: tuple[Path, Assessment], tmp_path: Path) -> None:
    file = tmp_path / "out.zip"
    file.write_bytes(b"".join(document(form, hostile[1], "zh")))
    _no_formula_of_theirs(file)


def test_the_marked_copy_does_not_let_it_act(hostile: tuple[Path, Assessment], tmp_path: Path) -> None:
    file, found = hostile
    opened: Any = original(str(file))
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(marked(opened.book, opened.values, found, str(file), "zh", remade=opened.remade))
    _no_formula_of_theirs(copy)
    assert copy_names(found, {}) == {str(file): "cmd-x-b-marked.xlsx"}


def _no_formula_of_theirs(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            assert not name.startswith(("/", "..")) and ".." not in name.split("/")
            if not name.endswith((".xml", ".rels")):
                continue
            tree = ET.fromstring(archive.read(name))  # noqa: S314 - what was written a moment ago
            for element in tree.iter():
                if element.tag.endswith("}f"):
                    assert "evil" not in (element.text or "")
                if element.tag.endswith("}Relationship"):
                    assert "evil" not in element.get("Target", "")
