"""A narrow look at the records of an .xlsb for what calamine does not tell: formats, colours, errors, merges, what is hidden.

Source: [MS-XLSB], Microsoft's description of the format.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from
from typing import Final
from zipfile import ZipFile

from plancheck.returns.found import FoundSheet, name_of
from plancheck.returns.limits import most
from plancheck.returns.number_formats import BUILT_IN_PERCENT, shows_percent
from plancheck.returns.package import read_relations, unpack
from plancheck.returns.preflight import Refused
from plancheck.returns.xls_scan import ERRORS, WHITE, short_number

_ROW, _SHORT = 0, 2
_NUMBERS: Final = {_SHORT: "<I", 5: "<d", 9: "<d"}
"""Records of numbers, and how the number is written: packed, whole, a formula's."""
_FAILED: Final = frozenset((3, 11))
"""Records of errors: typed, and a formula's."""
_TEXTS: Final = frozenset((6, 7, 8))
"""Records of texts: in the cell, shared, a formula's."""
_FILL, _FORMAT, _STYLE, _BEGIN_STYLES, _END_STYLES = 45, 44, 47, 617, 618
_COLUMNS, _SHEET, _MERGED, _COMMENT = 60, 156, 176, 635
_SOLID: Final = 1
_BOOK: Final = "xl/workbook.bin"
_HIDDEN_ROW: Final = 0x10
_STYLE_BITS: Final = 0xFFFFFF
_MORE: Final = 0x80
"""A byte from here on says that the number goes on."""


def scan_xlsb(archive: ZipFile) -> list[FoundSheet]:
    """Return the worksheets in order. Raises what a broken archive or broken records raise."""
    parts = {info.filename.lower(): info.filename for info in archive.infolist()}
    related = {each[0].decode(): each for each in read_relations(archive, parts, "xl/_rels/workbook.bin.rels")}
    styles = next((target for _, kind, target in related.values() if kind == "styles"), "")
    percent, coloured = _styles(unpack(archive, parts[styles])) if styles in parts else _NO_STYLES
    found = []
    for kind, at, _, records in _records(unpack(archive, parts[_BOOK])):
        if kind == _SHEET:
            identifier, after = _text(records, at + 8)
            name, _ = _text(records, after)
            _, what, target = related[identifier]
            if what == "worksheet":
                sheet = FoundSheet(name, hidden=unpack_from("<I", records, at)[0] != 0)
                _read(sheet, unpack(archive, parts[target]), percent, coloured)
                _comments(sheet, archive, parts, target)
                found.append(sheet)
    return found


def _records(data: bytes) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield kind, place and length of the records, with the bytes they stand in."""
    at, end = 0, len(data)
    while at < end:
        kind, length = data[at], data[at + 1]
        if kind < _MORE and length < _MORE:  # as in nearly all: one byte for each
            at += 2
        else:
            kind, at = _packed(data, at, 2)
            length, at = _packed(data, at, 4)
        yield kind, at, length, data
        at += length


def _packed(data: bytes, at: int, longest: int) -> tuple[int, int]:
    """Read a number of seven bits a byte, and say where it ends."""
    number = 0
    for shift in range(0, 7 * longest, 7):
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < _MORE:
            break
    return number, at


def _text(data: bytes, at: int) -> tuple[str, int]:
    (length,) = unpack_from("<I", data, at)
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le"), end


_Numbers = frozenset[int]
_NO_STYLES: Final[tuple[_Numbers, _Numbers]] = (frozenset(), frozenset())


def _styles(data: bytes) -> tuple[_Numbers, _Numbers]:
    """Return the numbers of the styles that show a percentage, and of those with a coloured ground."""
    formats = dict.fromkeys(BUILT_IN_PERCENT, True)
    fills: list[bool] = []
    styles: list[tuple[bool, int]] = []
    within = False
    for kind, at, _, records in _records(data):
        if kind == _FORMAT:
            formats[unpack_from("<H", records, at)[0]] = shows_percent(_text(records, at + 2)[0].encode())
        elif kind == _FILL:
            fills.append(_is_coloured(records, at))
        elif kind in (_BEGIN_STYLES, _END_STYLES):
            within = kind == _BEGIN_STYLES
        elif kind == _STYLE and within:
            number, _, fill = unpack_from("<3H", records, at + 2)
            styles.append((formats.get(number, False), fill))
    percent = frozenset(at for at, (shows, _) in enumerate(styles) if shows)
    return percent, frozenset(at for at, (_, fill) in enumerate(styles) if fill < len(fills) and fills[fill])


def _is_coloured(records: bytes, at: int) -> bool:
    """Return whether a fill is a colour, not white: its pattern, then how its colour is given, its number, tint and signs."""
    pattern, kind, number, tint = unpack_from("<IBBh", records, at)
    red_green_blue = records[at + 8 : at + 11]
    match kind >> 1:
        case 1:  # a number of the old palette
            white = number in WHITE
        case 2:
            white = red_green_blue == b"\xff\xff\xff"
        case 3:  # of the theme, the first of which is white
            white = number == 0 and tint == 0
        case _:
            white = True
    return pattern == _SOLID and not white


def _read(sheet: FoundSheet, data: bytes, percent: _Numbers, coloured: _Numbers) -> None:
    row = 0
    for kind, at, _, records in _records(data):
        if kind == _ROW:
            (row,) = unpack_from("<I", records, at)
            if records[at + 11] & _HIDDEN_ROW:
                sheet.hidden_rows.add(row)
        elif kind in _NUMBERS:
            column, style = unpack_from("<2I", records, at)
            (value,) = unpack_from(_NUMBERS[kind], records, at + 8)
            sheet.cells[row, column] = short_number(value) if kind == _SHORT else value
            if style & _STYLE_BITS in percent:
                sheet.percent.add((row, column))
            if style & _STYLE_BITS in coloured:
                sheet.ground(style & _STYLE_BITS, (row, column))
        elif kind in _TEXTS:
            column, style = unpack_from("<2I", records, at)
            if style & _STYLE_BITS in coloured:
                sheet.ground(style & _STYLE_BITS, (row, column))
        elif kind in _FAILED:
            (column,) = unpack_from("<I", records, at)
            sheet.errors[row, column] = ERRORS.get(records[at + 8], "#?")
        elif kind == _COLUMNS and records[at + 16] & 1:
            first, last = unpack_from("<2I", records, at)
            sheet.hidden_columns += max(min(last, most("columns") - 1) - first + 1, 0)
        elif kind == _MERGED:
            top, bottom, left, right = unpack_from("<4I", records, at)
            sheet.merges.append((top, left, bottom, right))
            if len(sheet.merges) > most("merges"):
                raise Refused.over("merges", len(sheet.merges))


def _comments(sheet: FoundSheet, archive: ZipFile, parts: dict[str, str], part: str) -> None:
    folder, _, name = part.rpartition("/")
    for _, what, target in read_relations(archive, parts, f"{folder}/_rels/{name}.rels"):
        if what == "comments" and target in parts:
            for kind, at, _, records in _records(unpack(archive, parts[target])):
                if kind == _COMMENT:
                    row, _, column, _ = unpack_from("<4I", records, at + 4)
                    sheet.comments.append(name_of((row, column)))
