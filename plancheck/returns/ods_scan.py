"""A narrow look at the XML of an .ods for what calamine does not tell: percentages, error cells, merges, what is hidden.

calamine hands an error over as a blank, a percentage as a fraction like any other, and no merged cells at all.
"""

from __future__ import annotations

from typing import Final
from zipfile import ZipFile

from plancheck.returns.found import FoundSheet, name_of
from plancheck.returns.limits import most
from plancheck.returns.parts import parse
from plancheck.returns.preflight import Refused
from plancheck.returns.sheet import shows_error

_NUMBERS: Final = frozenset(("float", "percentage", "currency"))
_UNSEEN: Final = frozenset(("collapse", "filter"))


def scan_ods(archive: ZipFile) -> list[FoundSheet]:
    """Return the sheets in order. Raises Refused over a limit, and what a broken archive or broken XML raises."""
    reader = _Reader()
    parse(archive, "content.xml", reader.begin, reader.end, reader.text)
    return reader.sheets


class _Reader:
    """The state of reading: the sheet, the next row and column, and the cell being read."""

    def __init__(self) -> None:
        self.sheets: list[FoundSheet] = []
        self.row, self.column = 0, 0
        self.rows = 1
        """How many times the row at hand stands there."""
        self.hidden_groups = 0
        self.groups: list[bool] = []
        self.cell: dict[str, str] | None = None
        self.beside = 0
        """How deep in a note or a drawing, whose words are not the cell's."""
        self.words: list[str] = []
        self.held = 0
        self.hidden_row = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table" if self.cell is None:
                self.sheets.append(FoundSheet(attributes.get("table:name", "")))
                self.row = 0
            case "table-row-group" | "table-column-group":
                self.groups.append(attributes.get("table:display") == "false")
                self.hidden_groups += self.groups[-1]
            case "table-column" if self.sheets and self._is_hidden(attributes):
                self.sheets[-1].hidden_columns += _times(attributes, "table:number-columns-repeated")
            case "table-row" if self.sheets:
                self._begin_row(attributes)
            case "table-cell" | "covered-table-cell" if self.sheets and self.cell is None:
                self.cell = attributes
                self.words.clear()
            case "annotation":
                self.beside += 1
                if self.sheets:
                    self.sheets[-1].comments.append(name_of((self.row, self.column)))
            case "shape" | "custom-shape" | "frame" | "g":
                self.beside += 1
            case _:
                pass

    def end(self, name: str) -> None:
        match name:
            case "annotation" | "shape" | "custom-shape" | "frame" | "g":
                self.beside -= 1
            case "table-row-group" | "table-column-group":
                self.hidden_groups -= self.groups.pop()
            case "table-row":
                self.row += self.rows
            case "table-cell" | "covered-table-cell" if self.cell is not None and not self.beside:
                self._end_cell(self.cell)
                self.cell = None
            case _:
                pass

    def text(self, said: str) -> None:
        if self.cell is not None and not self.beside:
            self.words.append(said)

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        return self.hidden_groups > 0 or attributes.get("table:visibility") in _UNSEEN

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self.column = 0
        self.rows = _times(attributes, "table:number-rows-repeated")
        self.hidden_row = self._is_hidden(attributes)

    def _end_cell(self, cell: dict[str, str]) -> None:
        sheet = self.sheets[-1]
        times = _times(cell, "table:number-columns-repeated")
        kind, shown = cell.get("office:value-type", ""), "".join(self.words).strip()
        formula = cell.get("table:formula", "")
        # Older writers do not mark an error: they give a formula the value 0, and show the error.
        failed = cell.get("calcext:value-type") == "error" or (formula != "" and shows_error(shown))
        if formula or kind:
            self._check_room(times)
            for place in (
                (row, self.column + at) for row in range(self.row, self.row + self.rows) for at in range(times)
            ):
                if failed:
                    sheet.errors[place] = shown
                elif kind in _NUMBERS:
                    sheet.cells[place] = float(cell.get("office:value", "nan"))
                    if kind == "percentage":
                        sheet.percent.add(place)
                elif formula and not kind:
                    sheet.uncalculated.add(place)
                if "'file:" in formula:
                    sheet.linked.append(name_of(place))
            if self.hidden_row:
                sheet.hidden_rows.update(range(self.row, self.row + self.rows))
        down, across = _times(cell, "table:number-rows-spanned"), _times(cell, "table:number-columns-spanned")
        if down > 1 or across > 1:
            sheet.merges.append((self.row, self.column, self.row + down - 1, self.column + across - 1))
            if len(sheet.merges) > most("merges"):
                raise Refused.over("merges", len(sheet.merges))
        self.column += times

    def _check_room(self, times: int) -> None:
        self.held += times * self.rows
        if self.held > most("cells"):
            raise Refused.over("cells", self.held)


def _times(attributes: dict[str, str], name: str) -> int:
    return max(int(attributes.get(name, "1")), 1)
