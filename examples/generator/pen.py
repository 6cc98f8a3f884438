"""How a sheet is written: fonts, frames, merged heads, tables and the lines under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | None

_THIN = Side(style="thin", color="808080")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_BODY = Font(name="宋体", size=11)
_HEAD = Font(name="宋体", size=11, bold=True)
_TITLE = Font(name="黑体", size=16, bold=True)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center")
_SHADE = PatternFill("solid", fgColor="D9E2F3")
_TOTAL = PatternFill("solid", fgColor="F2F2F2")

PERCENT = "0.0%"
TEXT = "@"


def new_sheet(sheet: Worksheet, title: str, last_column: str, second_line: Mapping[str, str]) -> None:
    """Write the title over the sheet's width and the line below it; `second_line` maps ranges to texts."""
    sheet.merge_cells(f"A1:{last_column}1")
    sheet["A1"].value, sheet["A1"].font, sheet["A1"].alignment = title, _TITLE, _CENTRE
    sheet.row_dimensions[1].height = 30
    for place, text in second_line.items():
        if ":" in place:
            sheet.merge_cells(place)
        cell = sheet[place.split(":")[0]]
        cell.value, cell.font, cell.alignment = text, _BODY, _LEFT


def head(sheet: Worksheet, parts: Sequence[tuple[str, str]]) -> None:
    """Write a head: a text for each range, merged where it has more than one cell."""
    for place, text in parts:
        first = sheet[place.split(":")[0]]
        cells = sheet[place] if ":" in place else ((first,),)
        for row in cells:
            for cell in row:
                cell.border, cell.fill, cell.font, cell.alignment = _FRAME, _SHADE, _HEAD, _CENTRE
        first.value = text
        if ":" in place:
            sheet.merge_cells(place)


def line(sheet: Worksheet, row: int, values: Sequence[Value], formats: Mapping[int, str] | None = None) -> None:
    """Write one framed row from column A; `formats` gives number formats by column (1-based)."""
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        assert isinstance(cell, Cell)
        cell.value, cell.border, cell.font, cell.alignment = value, _FRAME, _BODY, _CENTRE
        if isinstance(value, str):
            cell.number_format = TEXT if not value.startswith("=") else "General"
        if formats and column in formats and value is not None:
            cell.number_format = formats[column]


def total_line(
    sheet: Worksheet, row: int, values: Sequence[Value], span: int, formats: Mapping[int, str] | None = None
) -> None:
    """Write a subtotal or total row; its first value, the label, is merged over the first `span` columns."""
    label, *figures = values
    line(sheet, row, [label, *[None] * (span - 1), *figures], formats)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=span)
    for cell in sheet[row]:
        cell.font, cell.fill = _HEAD, _TOTAL


def foot(sheet: Worksheet, row: int, notes: Sequence[str], last_column: str, day: str = "2023年9月18日") -> None:
    """Leave one row blank, then write the notes and the line for signatures."""
    signatures = f"单位负责人：        审核人：        填表人：        联系电话：010-696xxxxx        填表日期：{day}"
    for at, text in enumerate((*notes, signatures), row + 1):
        sheet.merge_cells(f"A{at}:{last_column}{at}")
        sheet[f"A{at}"].value, sheet[f"A{at}"].font, sheet[f"A{at}"].alignment = text, _BODY, _LEFT


def left(sheet: Worksheet, place: str) -> None:
    """Set one cell's text to the left."""
    sheet[place].alignment = _LEFT


def label(sheet: Worksheet, place: str, text: Value) -> None:
    """Write one plain cell without a frame."""
    cell = sheet[place]
    cell.value, cell.font, cell.alignment = text, _BODY, _LEFT


def widths(sheet: Worksheet, sizes: Mapping[str, float], others: float, count: int) -> None:
    """Set the widths of `count` columns: those named, and `others`."""
    for column in range(1, count + 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = sizes.get(letter, others)


def choices(sheet: Worksheet, places: str, source: str) -> None:
    """Give cells (ranges, with spaces between) a drop-down list: quoted words, or a range of the dictionary sheet."""
    rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.error = "请从下拉列表中选择"
    for place in places.split():
        rule.add(place)
    sheet.add_data_validation(rule)


def landscape(sheet: Worksheet, freeze: str, rows: str) -> None:
    """Print on A3 landscape with the head on every page, and keep the head in view."""
    sheet.freeze_panes = freeze
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = rows
