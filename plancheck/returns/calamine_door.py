"""The door of python-calamine: a workbook opened, and one of its sheets as calamine reads it."""

from __future__ import annotations

from io import BytesIO
from sys import intern
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from plancheck.language import Text
from plancheck.returns.preflight import Refused
from plancheck.returns.sheet import Quirks, Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


def opened(data: bytes) -> CalamineWorkbook:
    """Return a workbook opened by calamine. Raises Refused."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        return load_workbook(BytesIO(data))
    except PasswordError:
        raise Refused("PC203") from None
    except CalamineError as error:
        raise Refused("PC205", why=_reported(error)) from None


def _reported(error: Exception) -> Text:
    why = str(error) or type(error).__name__
    return Text(f"读取库报告“{why}”", f"the library that reads it reports '{why}'")


def plain_sheet(workbook: CalamineWorkbook, index: int, quirks: Quirks) -> Sheet:
    """Return one sheet as calamine reads it. Raises Refused."""
    from python_calamine import CalamineError, SheetVisibleEnum

    if index >= len(workbook.sheets_metadata):
        raise Refused("PC205", why=Text("少了一张工作表", "a sheet is missing"))
    meta = workbook.sheets_metadata[index]
    try:
        page = workbook.get_sheet_by_index(index)
        top, left = page.start or (0, 0)
        ranges = page.merged_cell_ranges
        rows: Any = page.to_python()
    except CalamineError as error:
        raise Refused("PC205", why=_reported(error)) from None
    merges = tuple((*first, *last) for first, last in ranges) if ranges is not None else None
    if meta.visible != SheetVisibleEnum.Visible:
        quirks = replace(quirks, hidden={**quirks.hidden, "sheet": 1})
    return Sheet(intern(meta.name), rows, top, left, merges, quirks)  # a thousand returns name their sheet alike


def filled(sheet: Sheet) -> int:
    """Return how many cells of a sheet hold something."""
    return sum(len(row) - row.count("") for row in sheet.rows)
