"""The same rows written in every format that plancheck reads."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import xlwt

Rows = Sequence[Sequence[Any]]
ERRORS: Final = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}


@dataclass(frozen=True)
class Percent:
    """A number in a cell with a percent format."""

    value: float


@dataclass(frozen=True)
class Failed:
    """A cell that holds an error value."""

    error: str


def write_xls(path: Path, rows: Rows) -> Path:
    """Write an .xls by xlwt."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, Failed):
                sheet.row(row).set_cell_error(column, ERRORS[cell.error])
            elif isinstance(cell, Percent):
                sheet.write(row, column, cell.value, xlwt.easyxf(num_format_str="0.0%"))
            else:
                sheet.write(row, column, cell)
    book.save(str(path))
    return path


_MANIFEST: Final = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def ods_content(rows: Rows | str) -> str:
    """Return the content of an .ods with one sheet; the rows may be XML already."""

    def cell(value: object) -> str:
        if isinstance(value, Failed):
            kind = (
                'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'
            )
            return f"<table:table-cell {kind}><text:p>{value.error}</text:p></table:table-cell>"
        if isinstance(value, Percent):
            return f'<table:table-cell office:value-type="percentage" office:value="{value.value}"><text:p>{value.value:.0%}</text:p></table:table-cell>'
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    body = (
        rows
        if isinstance(rows, str)
        else "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    names += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="表">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )


def ods_parts(rows: Rows | str) -> dict[str, str | bytes | None]:
    """Return the parts of an .ods."""
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": ods_content(rows),
        "META-INF/manifest.xml": _MANIFEST,
    }


def write_ods(path: Path, rows: Rows) -> Path:
    """Write an .ods by hand."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in ods_parts(rows).items():
            archive.writestr(name, content or "")
    return path


def write_csv(path: Path, rows: Rows, encoding: str) -> Path:
    """Write a .csv."""
    text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    path.write_bytes(text.encode(encoding))
    return path
