"""Grounds of cells in every format that has some: a figure that alone has a colour is named, white is none."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import xlrd

from plancheck.codes import message
from plancheck.model import Assessment
from plancheck.pipeline import Request, assess
from plancheck.returns.xls_scan import scan_xls
from tests.conftest import small_plan, write_workbook
from tests.returns.writers import GROUNDS, Coloured, ods_content, ods_parts, write_ods, write_xls
from tests.returns.xlsb_writer import write_xlsb

G: Final = "grey"
ROWS: Final[list[list[Any]]] = [
    [Coloured("标识码", G), Coloured("学校名称", G), "学段", "测试人数", "合格人数", "面积"],
    ["1001", "甲校", "小学", Coloured(100), 99, Coloured(1, G)],
    [Coloured("1002"), "乙校", "小学", 100, 98, Coloured(1, G)],
    ["1003", "丙校", "小学", 100, Coloured(98, "white"), Coloured(1, G)],
    ["1004", "丁校", "小学", 100, Coloured("97"), Coloured(1, G)],
]
"""A red figure, a red one stored as text; a head, a column and a code in colours, and white, say nothing."""


def _by_openpyxl(path: Path, rows: list[list[Any]]) -> Path:
    def cell(value: Any) -> Any:
        return {"v": value.value, "fill": GROUNDS[value.ground]} if isinstance(value, Coloured) else value

    return write_workbook(path, {"表": [list(map(cell, row)) for row in rows]})


WRITERS: Final[dict[str, Callable[[Path, list[list[Any]]], Path]]] = {
    ".xlsx": _by_openpyxl,
    ".xls": write_xls,
    ".ods": write_ods,
    ".xlsb": write_xlsb,
}


def coloured(found: Assessment) -> list[str]:
    """Return where the finding on colours stands, and the cells it names."""
    told = (each for each in found.findings if each.code == "PC263")
    return [f"{each.cell}: {message(each.code, each.params, 'zh').partition('：')[2]}" for each in told]


def _coloured(folder: Path, path: Path) -> list[str]:
    found = assess(small_plan(folder), Request((path,), year=2023))
    assert [str(verdict.value) for verdict in found.verdicts] == ["98"]
    return coloured(found)


@pytest.mark.parametrize("form", WRITERS)
def test_figures_on_a_colour_are_named(form: str, tmp_path: Path) -> None:
    assert _coloured(tmp_path, WRITERS[form](tmp_path / f"a{form}", ROWS)) == ["D2: D2、E5"]


@pytest.mark.parametrize("form", WRITERS)
def test_a_sheet_in_colours_throughout_is_design(form: str, tmp_path: Path) -> None:
    rows = [
        ROWS[0],
        *[[Coloured(each.value if isinstance(each, Coloured) else each) for each in row] for row in ROWS[1:]],
    ]
    assert _coloured(tmp_path, WRITERS[form](tmp_path / f"a{form}", rows)) == []


def test_grounds_of_an_xls_are_those_that_xlrd_finds(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "a.xls", ROWS)
    book = xlrd.open_workbook(path, formatting_info=True)
    sheet = book.sheet_by_index(0)
    theirs = set()
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            ground = book.xf_list[sheet.cell_xf_index(row, column)].background
            if ground.fill_pattern == 1 and book.colour_map[ground.pattern_colour_index] != (255, 255, 255):
                theirs.add((row, column))
    (ours,) = scan_xls(path.read_bytes())
    assert ours.quirks().coloured == theirs
    assert len(theirs) == 2 + 3 + 4


def test_a_style_of_an_ods_may_build_on_a_coloured_one(tmp_path: Path) -> None:
    """As LibreOffice writes a cell with a style of the workbook and a number format of its own."""
    rows: list[list[Any]] = [
        ["标识码", "学校名称", "学段", "测试人数", "合格人数"],
        *[[str(n), f"校{n}", "小学", 100, 98] for n in range(1001, 1005)],
    ]
    rows[1][3] = Coloured(100, "own")
    body = ods_content(rows)
    named = body[: body.index("<office:automatic-styles>")] + (
        '<office:styles><style:style style:name="Bad" style:family="table-cell"><style:table-cell-properties '
        'fo:background-color="#ffc7ce"/></style:style></office:styles></office:document-content>'
    )
    own = '<style:style style:name="own" style:family="table-cell" style:parent-style-name="Bad"/></office:automatic-styles>'
    parts = {
        **ods_parts([]),
        "content.xml": body.replace("</office:automatic-styles>", own),
        "styles.xml": named.replace("document-content", "document-styles"),
    }
    for styles, expected in ((parts["styles.xml"], ["D2: D2"]), ("<broken", [])):
        with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
            for name, content in {**parts, "styles.xml": styles}.items():
                archive.writestr(name, content or "")
        assert _coloured(tmp_path, tmp_path / "a.ods") == expected
