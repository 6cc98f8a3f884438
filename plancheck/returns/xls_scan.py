"""A narrow look at the records of an .xls (BIFF 5 to 8) for what calamine does not tell: formats, colours, errors, what is hidden.

calamine hands an error over as a blank and a percentage as a fraction like any other. Numbers are read too, so that
one that calamine lost is missed. Source: [MS-XLS], Microsoft's description of the format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from struct import unpack_from
from typing import Final

from plancheck.pattern import Pattern
from plancheck.returns.compound import stream
from plancheck.returns.found import FoundSheet, Place, name_of
from plancheck.returns.number_formats import BUILT_IN_PERCENT, shows_percent

_BEGIN, _END = 0x0809, 0x000A
_SHEET, _FORMAT, _STYLE = 0x0085, 0x041E, 0x00E0
_NUMBER, _SHORT, _SHORTS, _FORMULA, _FAILED = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_TEXT, _SHARED_TEXT, _PALETTE = 0x0204, 0x00FD, 0x0092
_ROW, _COLUMNS, _NOTE, _UNCALCULATED = 0x0208, 0x007D, 0x001C, 0x005E
_BIFF_8: Final = 0x0600
_HIDDEN_ROW: Final = 0x20
_SOLID: Final = 1
_FIRST_OF_PALETTE: Final = 8
WHITE: Final = frozenset((1, 9, 64, 65))
"""The numbers of white, and of a window's own colours, where the palette does not say otherwise."""
_AN_ERROR, _EMPTY_TEXT = 2, 3
"""What a formula gives that is no number."""
ERRORS: Final[Mapping[int, str]] = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_NEVER_TEXT: Final = Pattern(rb"(?s)(?:[\x03-\x07\x12-\x14]|\x19\x10..|[\x22\x42\x62].\x04\x00)\Z")
"""Formulas whose last step reckons or adds up: such a one that gives an empty text was never calculated."""


def scan_xls(data: bytes) -> list[FoundSheet]:
    """Return the worksheets in order. Raises ValueError, struct.error or IndexError where the records make no sense."""
    return _Book(stream(data, "Workbook", "Book")).sheets()


class _Book:
    """A workbook's records: first those of the whole, then those of each sheet."""

    def __init__(self, records: bytes) -> None:
        self.records = records
        self.formats: dict[int, bool] = dict.fromkeys(BUILT_IN_PERCENT, True)
        self.styles: list[int] = []
        self.grounds: list[int | None] = []
        self.white = set(WHITE)

    def sheets(self) -> list[FoundSheet]:
        begins: list[int] = []
        (version,) = unpack_from("<H", self.records, 4)
        for kind, at, length in self._substream(0):
            if kind == _SHEET and self.records[at + 5] == 0:
                begins.append(unpack_from("<I", self.records, at)[0])
            elif kind == _FORMAT:
                (number,) = unpack_from("<H", self.records, at)
                self.formats[number] = shows_percent(self._text(at + 2, length - 2, wide=version >= _BIFF_8))
            elif kind == _STYLE:
                self.styles.append(unpack_from("<H", self.records, at + 2)[0])
                self.grounds.append(self._ground(at, wide=version >= _BIFF_8))
            elif kind == _PALETTE:
                self._palette(at)
        coloured = frozenset(
            at for at, number in enumerate(self.grounds) if number is not None and number not in self.white
        )
        percent = frozenset(at for at, number in enumerate(self.styles) if self.formats.get(number, False))
        return [_SheetReader(self.records, percent, coloured).read(self._substream(begin)) for begin in begins]

    def _ground(self, at: int, *, wide: bool) -> int | None:
        """Return the number of the colour that a style fills a cell with, None where it fills it with none."""
        if wide:
            (pattern,), (colours,) = unpack_from("<I", self.records, at + 14), unpack_from("<H", self.records, at + 18)
            return colours & 0x7F if pattern >> 26 == _SOLID else None
        (area,) = unpack_from("<I", self.records, at + 8)
        return area & 0x7F if area >> 16 & 0x3F == _SOLID else None

    def _palette(self, at: int) -> None:
        """Note which numbers stand for white in a workbook with colours of its own."""
        (count,) = unpack_from("<H", self.records, at)
        for number in range(_FIRST_OF_PALETTE, _FIRST_OF_PALETTE + count):
            begin = at + 2 + 4 * (number - _FIRST_OF_PALETTE)
            is_white = self.records[begin : begin + 3] == b"\xff\xff\xff"
            (self.white.add if is_white else self.white.discard)(number)

    def _text(self, at: int, length: int, *, wide: bool) -> bytes:
        """Return the code of a format: one byte counts its signs, or two of them and a third that tells their width."""
        if not wide:
            return self.records[at + 1 : at + length]
        signs = self.records[at + 3 : at + length]
        return signs.decode("utf-16-le", "replace").encode() if self.records[at + 2] & 1 else signs

    def _substream(self, begin: int) -> Iterator[tuple[int, int, int]]:
        """Yield kind, place and length of the records from a beginning to its end, without those of charts within."""
        at, depth = begin, 0
        while at + 4 <= len(self.records):
            kind, length = unpack_from("<HH", self.records, at)
            if kind == _BEGIN:
                depth += 1
            elif kind == _END:
                depth -= 1
                if depth == 0:
                    return
            elif depth == 1:
                yield kind, at + 4, length
            at += 4 + length
        raise ValueError("the records end before their sheet does")


class _SheetReader:
    """The state of reading one sheet's records."""

    def __init__(self, records: bytes, percent: frozenset[int], coloured: frozenset[int]) -> None:
        self.records, self.percent, self.coloured = records, percent, coloured
        self.sheet = FoundSheet()
        self.stale = False

    def read(self, found: Iterator[tuple[int, int, int]]) -> FoundSheet:
        """Read the sheet."""
        take: Mapping[int, Callable[[int, int], None]] = {
            _NUMBER: self._number, _SHORT: self._short, _SHORTS: self._shorts, _FORMULA: self._formula,
            _FAILED: self._failed, _ROW: self._row, _COLUMNS: self._columns, _NOTE: self._note,
            _UNCALCULATED: self._uncalculated, _TEXT: self._words, _SHARED_TEXT: self._words,
        }  # fmt: skip
        for kind, at, length in found:
            if kind in take:
                take[kind](at, length)
        return self.sheet

    def _put(self, place: Place, style: int, value: float) -> None:
        self.sheet.cells[place] = value
        if style in self.percent:
            self.sheet.percent.add(place)
        if style in self.coloured:
            self.sheet.ground(style, place)

    def _words(self, at: int, _: int) -> None:
        row, column, style = unpack_from("<3H", self.records, at)
        if style in self.coloured:
            self.sheet.ground(style, (row, column))

    def _number(self, at: int, _: int) -> None:
        row, column, style, value = unpack_from("<3Hd", self.records, at)
        self._put((row, column), style, value)

    def _short(self, at: int, _: int) -> None:
        row, column, style, short = unpack_from("<3HI", self.records, at)
        self._put((row, column), style, short_number(short))

    def _shorts(self, at: int, length: int) -> None:
        row, first = unpack_from("<2H", self.records, at)
        for index in range((length - 6) // 6):
            style, short = unpack_from("<HI", self.records, at + 4 + 6 * index)
            self._put((row, first + index), style, short_number(short))

    def _formula(self, at: int, length: int) -> None:
        row, column, style = unpack_from("<3H", self.records, at)
        place = (row, column)
        kind, result = self.records[at + 6], self.records[at + 6 : at + 14]
        if result[6:] != b"\xff\xff":
            (value,) = unpack_from("<d", result)
            if value == 0 and self.stale:
                self.sheet.uncalculated.add(place)
            self._put(place, style, value)
        elif kind == _AN_ERROR:
            self.sheet.errors[place] = ERRORS.get(result[2], "#?")
        elif kind == _EMPTY_TEXT and _NEVER_TEXT.search(self.records, at, at + length):
            self.sheet.uncalculated.add(place)

    def _failed(self, at: int, _: int) -> None:
        row, column, _style, value, is_error = unpack_from("<3H2B", self.records, at)
        if is_error:
            self.sheet.errors[row, column] = ERRORS.get(value, "#?")

    def _row(self, at: int, _: int) -> None:
        row, flags = unpack_from("<H", self.records, at)[0], self.records[at + 12]
        if flags & _HIDDEN_ROW:
            self.sheet.hidden_rows.add(row)

    def _columns(self, at: int, _: int) -> None:
        first, last = unpack_from("<2H", self.records, at)
        if self.records[at + 8] & 1:
            self.sheet.hidden_columns += max(min(last, 255) - first + 1, 0)

    def _note(self, at: int, _: int) -> None:
        self.sheet.comments.append(name_of(unpack_from("<2H", self.records, at)))

    def _uncalculated(self, _at: int, _length: int) -> None:
        self.stale = True


def short_number(short: int) -> float:
    """Return the number that Excel packs into 32 bits: a whole one, or the upper half of a double, perhaps hundredfold."""
    if short & 2:
        value: float = (short >> 2) - (1 << 30 if short & 0x80000000 else 0)
    else:
        (value,) = unpack_from("<d", ((short & 0xFFFFFFFC) << 32).to_bytes(8, "little"))
    return value / 100 if short & 1 else value
