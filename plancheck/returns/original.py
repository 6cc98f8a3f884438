"""A return opened for marking: the whole workbook in openpyxl, or a new one made from what was read of another format."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from plancheck.language import Text
from plancheck.pattern import Pattern
from plancheck.returns.doors import sheets
from plancheck.returns.preflight import Candidate, Refused, look

if TYPE_CHECKING:
    from openpyxl import Workbook

_NO_TITLE: Final = Pattern(r"[\[\]:*?/\\\x00-\x1f]")
"""What the name of a sheet of an .xlsx must not hold."""
LARGEST: Final = 20 * 2**20
"""Bytes above which a workbook is not opened whole: openpyxl takes fifty times as much memory."""


class Original(Struct, frozen=True):
    """A workbook to be marked. `values` is the same with the results of formulas; None where there are no formulas.

    `remade`: it was made from the values read, as the file is no .xlsx or openpyxl cannot open it.
    """

    book: Workbook
    values: Workbook | None = None
    remade: bool = False


def open_original(path: Path, piped: bytes = b"") -> Original:
    """Open a return for marking; the file itself is only read. Raises Refused."""
    candidate = look(path, piped)
    if len(candidate.data) > LARGEST:
        what = Text("待标注文件的大小", "the size of a file to be marked")
        raise Refused("PC206", what=what, found=f"{len(candidate.data):,}", limit=f"{LARGEST:,}")
    return (_opened(candidate) if candidate.kind == "xlsx" else None) or _remade(candidate)


def _opened(candidate: Candidate) -> Original | None:
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(candidate.data), keep_links=False)
        formulas = any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
        values = load_workbook(BytesIO(candidate.data), keep_links=False, data_only=True) if formulas else None
    # What openpyxl raises on a workbook whose styles or parts it does not like; the doors have read it all the same.
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, OSError, SyntaxError):
        return None
    return Original(book, values)


def _remade(candidate: Candidate) -> Original:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for read in sheets(candidate):
        made = book.create_sheet(_NO_TITLE.sub("-", read.name) or "Sheet1")
        for at, row in enumerate(read.rows, read.top + 1):
            for column, value in enumerate(row, read.left + 1):
                if value != "":
                    cell = made.cell(at, column)
                    # control characters of a .csv or .xls can stand in no .xlsx
                    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
                    if isinstance(value, str):
                        cell.data_type = "s"  # never a formula, whatever it begins with
                    elif (at - 1, column - 1) in read.quirks.percent:
                        cell.number_format = "0.00%"
    return Original(book, remade=True)
