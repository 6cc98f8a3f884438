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


@dataclass(frozen=True)
class Coloured:
    """A value on a ground: one of the colours below."""

    value: float | str
    ground: str = "red"


GROUNDS: Final = {"red": "FF0000", "white": "FFFFFF", "grey": "F2F2F2"}
_OWN: Final = {"red": 0x0A, "white": 0x21, "grey": 0x22}
"""By number in a palette of the workbook's own, in which the second is white."""


def write_xls(path: Path, rows: Rows) -> Path:
    """Write an .xls by xlwt."""
    book = xlwt.Workbook()
    for name, number in _OWN.items() if any(isinstance(cell, Coloured) for row in rows for cell in row) else ():
        xlwt.add_palette_colour(f"own_{name}", number)
        book.set_colour_RGB(number, *bytes.fromhex(GROUNDS[name]))
    sheet = book.add_sheet("表")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, Failed):
                sheet.row(row).set_cell_error(column, ERRORS[cell.error])
            elif isinstance(cell, Coloured):
                ground = xlwt.easyxf(f"pattern: pattern solid, fore_colour own_{cell.ground}")
                sheet.write(row, column, cell.value, ground)
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


def _ground(name: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell">'
        f'<style:table-cell-properties fo:background-color="#{GROUNDS[name].lower()}"/></style:style>'
    )


def ods_content(rows: Rows | str) -> str:
    """Return the content of an .ods with one sheet; the rows may be XML already."""

    def cell(value: object) -> str:
        if isinstance(value, Coloured):
            style = f' table:style-name="{value.ground}"'
            return cell(value.value).replace("<table:table-cell", f"<table:table-cell{style}", 1)
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
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    names += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    names += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2">'
        f"<office:automatic-styles>{''.join(map(_ground, GROUNDS))}</office:automatic-styles><office:body>"
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
