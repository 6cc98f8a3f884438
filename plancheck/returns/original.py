"""A return opened for marking: the whole workbook in openpyxl, or a new one made from what was read of another format."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from plancheck.language import Text
from plancheck.pattern import Pattern
from plancheck.returns.doors import sheets
from plancheck.returns.merged import is_figure
from plancheck.returns.preflight import Candidate, Refused, look
from plancheck.returns.sheet import Merge, Sheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_NO_TITLE: Final = Pattern(r"[\[\]:*?/\\\x00-\x1f]")
"""What the name of a sheet of an .xlsx must not hold."""
LARGEST: Final = 20 * 2**20
"""Bytes above which a workbook is not opened whole: openpyxl takes fifty times as much memory."""


_WIDEST: Final = 2_000
_MOST: Final = 200_000
"""Cells merged into one, and merged at all, above which a merge is left out of a copy."""
_TALLEST_HEAD: Final = 20
_WORDS_OF_A_HEAD: Final = 3
"""Rows in which heads are looked for, and words by which a row is known for one."""


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


def _merge(made: Worksheet, read: Sheet) -> None:
    """Merge the cells that were merged, as heads are read by them; none that would lose what stands below another."""
    taken: set[tuple[int, int]] = set()
    for top, left, bottom, right in _as_if_merged(read) if read.merges is None else read.merges:
        if (bottom - top + 1) * (right - left + 1) > _WIDEST or len(taken) > _MOST:
            continue
        cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if taken.isdisjoint(cells) and not any(_at(read, each) for each in cells - {(top, left)}):
            taken |= cells
            made.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)


def _as_if_merged(sheet: Sheet) -> Iterator[Merge]:
    """Yield what must have been merged in the head of a .csv: a word and the blanks right of it that have words below."""
    rows = list(takewhile(lambda row: not any(map(is_figure, row)), sheet.rows[:_TALLEST_HEAD]))
    for at, row in enumerate(rows):
        if len(row) - row.count("") < _WORDS_OF_A_HEAD:
            continue
        start = end = -1
        for column, cell in enumerate((*row, "end")):
            if cell == "" and start >= 0 and any(column < len(low) and low[column] != "" for low in rows[at + 1 :]):
                end = column
                continue
            if end > start >= 0:
                yield at + sheet.top, start + sheet.left, at + sheet.top, end + sheet.left
            start = end = column if cell != "" else -1


def _at(sheet: Sheet, place: tuple[int, int]) -> bool:
    row, column = place[0] - sheet.top, place[1] - sheet.left
    return 0 <= row < len(sheet.rows) and 0 <= column < len(sheet.rows[row]) and sheet.rows[row][column] != ""


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
        _merge(made, read)
    return Original(book, remade=True)
