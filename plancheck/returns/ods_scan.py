"""A narrow look at the XML of an .ods for what calamine does not tell: percentages, errors, merges, colours, what is hidden.

calamine hands an error over as a blank, a percentage as a fraction like any other, and no merged cells at all.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType
from zipfile import ZipFile

from plancheck.returns.found import FoundSheet, name_of
from plancheck.returns.limits import most
from plancheck.returns.package import DAMAGED
from plancheck.returns.parts import refuse_doctype
from plancheck.returns.preflight import Refused
from plancheck.returns.sheet import shows_error

_NUMBERS: Final = frozenset(("float", "percentage", "currency"))
_UNSEEN: Final = frozenset(("collapse", "filter"))
_CELLS: Final = frozenset(("table:table-cell", "table:covered-table-cell"))
_GROUPS: Final = frozenset(("table:table-row-group", "table:table-column-group"))
_BESIDE: Final = frozenset(("office:annotation", "table:shapes", "draw:frame", "draw:g", "draw:custom-shape"))
"""Notes and drawings: the words and tables within are none of the sheet's."""
_STYLES: Final = frozenset(("style:style", "style:table-cell-properties"))
_OTHERWISE: Final = _GROUPS | _BESIDE | _STYLES | {"table:table", "table:table-column"}
_NO_COLOUR: Final = frozenset(("transparent", "#ffffff"))


def scan_ods(archive: ZipFile) -> list[FoundSheet]:
    """Return the sheets in order. Raises Refused over a limit, and what a broken archive or broken XML raises."""
    styles = _Styles()
    if "styles.xml" in archive.namelist():
        with suppress(*DAMAGED, ExpatError):  # damaged styles tell of no colour, and leave the figures as they are
            _parse(archive, "styles.xml", _Reader(styles).parser)
    reader = _Reader(styles)
    _parse(archive, "content.xml", reader.parser)
    return reader.sheets


def _parse(archive: ZipFile, part: str, parser: XMLParserType) -> None:
    with archive.open(part) as content:
        while piece := content.read(2**16):
            parser.Parse(piece, False)
        parser.Parse(b"", True)


class _Styles:
    """Which styles of cells give a coloured ground, themselves or by the one they build on."""

    def __init__(self) -> None:
        self.coloured: set[str] = set()
        self.name = ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of a style, or of what it says of cells."""
        if name == "style:style":
            self.name = attributes.get("style:name", "") if attributes.get("style:family") == "table-cell" else ""
            if self.name and attributes.get("style:parent-style-name", "") in self.coloured:
                self.coloured.add(self.name)
        elif self.name and "fo:background-color" in attributes:
            change = (
                self.coloured.discard if attributes["fo:background-color"].lower() in _NO_COLOUR else self.coloured.add
            )
            change(self.name)


class _Reader:
    """The state of reading: the sheet, the row and column at hand, and the cell whose words matter.

    A cell's attributes tell all but how an error is shown, so that ends and texts are listened to only where they
    matter: in formulas, in notes and drawings, whose cells are none of the sheet's, and in groups.
    """

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.StartDoctypeDeclHandler = refuse_doctype
        self.sheets: list[FoundSheet] = []
        self.row, self.column = 0, 0
        self.rows = 1
        """How many times the row at hand stands there."""
        self.hidden_row = False
        self.groups: list[bool] = []
        """Whether each of the groups around is hidden."""
        self.beside = 0
        """How deep in notes and drawings."""
        self.cell: dict[str, str] | None = None
        self.words: list[str] = []
        self.held = 0

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            if not self.beside and self.sheets:
                self._begin_cell(attributes)
        elif name == "table:table-row":
            if not self.beside and self.sheets:
                self.row, self.column = self.row + self.rows, 0
                self.rows = _times(attributes, "table:number-rows-repeated")
                self.hidden_row = self._is_hidden(attributes)
        elif name in _OTHERWISE:
            self._begin_other(name, attributes)

    def _begin_other(self, name: str, attributes: dict[str, str]) -> None:
        if name in _STYLES:
            self.styles.begin(name, attributes)
        elif name == "table:table":
            if not self.beside:
                self.sheets.append(FoundSheet(attributes.get("table:name", "")))
                self.row, self.rows = 0, 0
        elif name == "table:table-column":
            if self.sheets and self._is_hidden(attributes):
                self.sheets[-1].hidden_columns += _times(attributes, "table:number-columns-repeated")
        elif name in _GROUPS:
            self.groups.append(attributes.get("table:display") == "false")
            self.parser.EndElementHandler = self._end
        else:
            if name == "office:annotation" and self.sheets:
                self.sheets[-1].comments.append(name_of((self.row, self.column - 1)))
            self.beside += 1
            self.parser.EndElementHandler = self._end

    def _end(self, name: str) -> None:
        if name in _BESIDE:
            self.beside -= 1
        elif name in _GROUPS:
            self.groups.pop()
        elif name in _CELLS and self.cell is not None and not self.beside:
            self._take(self.cell, "".join(self.words).strip())
            self.cell = None
            self.parser.CharacterDataHandler = None
        if not (self.beside or self.groups or self.cell):
            self.parser.EndElementHandler = None

    def _text(self, said: str) -> None:
        if not self.beside:
            self.words.append(said)

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        return any(self.groups) or attributes.get("table:visibility") in _UNSEEN

    def _begin_cell(self, cell: dict[str, str]) -> None:
        times = int(cell.get("table:number-columns-repeated", 1))
        if "table:number-columns-spanned" in cell or "table:number-rows-spanned" in cell:
            self._merge(cell)
        self.column += max(times, 1)
        if "table:formula" in cell or cell.get("calcext:value-type") == "error":
            self.cell = cell
            self.words.clear()
            self.parser.CharacterDataHandler = self._text
            self.parser.EndElementHandler = self._end
        elif "office:value-type" in cell:
            self._take(cell, "")

    def _merge(self, cell: dict[str, str]) -> None:
        down, across = _times(cell, "table:number-rows-spanned"), _times(cell, "table:number-columns-spanned")
        if down > 1 or across > 1:
            merges = self.sheets[-1].merges
            merges.append((self.row, self.column, self.row + down - 1, self.column + across - 1))
            if len(merges) > most("merges"):
                raise Refused.over("merges", len(merges))

    def _take(self, cell: dict[str, str], shown: str) -> None:
        """Take a cell that holds something, which ends before the column at hand, for each time it stands there."""
        sheet, times = self.sheets[-1], _times(cell, "table:number-columns-repeated")
        self.held += times * self.rows
        if self.held > most("cells"):
            raise Refused.over("cells", self.held)
        kind, formula = cell.get("office:value-type", ""), cell.get("table:formula", "")
        # Older writers do not mark an error: they give a formula the value 0, and show the error.
        failed = cell.get("calcext:value-type") == "error" or (formula != "" and shows_error(shown))
        number = float(cell.get("office:value", "nan")) if kind in _NUMBERS else None
        style = cell.get("table:style-name", "")
        coloured = style in self.styles.coloured
        for row in range(self.row, self.row + self.rows):
            if self.hidden_row:
                sheet.hidden_rows.add(row)
            for column in range(self.column - times, self.column):
                place = (row, column)
                if failed:
                    sheet.errors[place] = shown
                elif number is not None:
                    sheet.cells[place] = number
                    if kind == "percentage":
                        sheet.percent.add(place)
                elif formula and not kind:
                    sheet.uncalculated.add(place)
                if coloured:
                    sheet.ground(style, place)
                if "'file:" in formula:
                    sheet.linked.append(name_of(place))


def _times(attributes: dict[str, str], name: str) -> int:
    return max(int(attributes.get(name, "1")), 1)
