"""A narrow look at the XML of an .xlsx for what calamine does not tell (design: the doors).

calamine turns an error cell into a blank, does not tell an uncalculated formula from a blank, and drops number
formats, so that 98 shown as 9800 % and 0.98 shown as 98 % look alike. This reads just these off the XML with a few
byte patterns, a twentieth of the time openpyxl needs, and counts the cells, so that one that calamine lost is missed.
Whatever is not in the plain shape in which Excel, WPS, LibreOffice and the usual libraries write makes it raise
InDoubt: such a workbook is read by the careful reader, in a process of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from msgspec import Struct

from plancheck.pattern import Pattern
from plancheck.returns.limits import most
from plancheck.returns.package import DAMAGED, Package, SheetPart, damaged, unpack
from plancheck.returns.preflight import Refused
from plancheck.returns.sheet import Quirks, cell_of, letters

_ERROR: Final = Pattern(rb'<c r="([A-Z]{1,3}[0-9]+)"[^>]*\bt="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>')
_FORMULA: Final = Pattern(
    rb'<c r="([A-Z]{1,3}[0-9]+)"([^>]*)>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>|(<v>0</v>))?\s*</c>'
)
_LINKED: Final = Pattern(rb'<c r="([A-Z]{1,3}[0-9]+)"[^>]*><f[^>]*>[^<]*\[[0-9]+\][^<]*</f>')
_ROW: Final = Pattern(rb'w(?<=<row) [^>]*?\br="([0-9]+)"')
"""Begins with the one sign that few other words have: a single sign is looked for much faster than several."""
_CELL: Final = Pattern(rb'<c r="[A-Z]+([0-9]{1,9})"')
_HIDDEN_ROW: Final = Pattern(rb'<row (?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="([0-9]+)"')
_HIDDEN_COLUMN: Final = Pattern(rb'<col\s[^>]*\bhidden="(?:1|true)"[^>]*>')
_BOUNDS: Final = Pattern(rb'\b(min|max)="([0-9]+)"')
_ENCODING: Final = Pattern(rb"encoding=[\"']([^\"']+)")
_BROKEN_NAME: Final = Pattern(rb"<[^<>]*[\t\r\n][^<>]*>")
_NEGATIVE: Final = Pattern(rb't="s"[^>]*><v>-')
"""calamine takes a shared string of negative number for the last one."""
_NAME: Final = Pattern(rb"[A-Z]{1,3}[0-9]{1,7}")
_SLASH: Final = ord("/")
COLOURED_BY_DESIGN: Final = 4
"""A colour that more than one in so many cells has is the sheet's design, and tells nothing of a cell."""
LEAST_COLOURED: Final = 40
"""So many cells may have a colour on a sheet of any size, its head among them."""
_LONGEST_STRINGS: Final = 256 * 2**10


class InDoubt(Exception):
    """A workbook that is not in the usual shape: it is for the careful reader."""


class Scanned(Struct, frozen=True):
    """What the scan of a sheet found; `values` is how many cells hold a value that calamine must hand over."""

    quirks: Quirks
    values: int


def scan(package: Package) -> tuple[Scanned, ...]:
    """Return what calamine does not tell of each sheet, in workbook order.

    Raises Refused for damaged or dangerous content, InDoubt where the XML is not in the plain shape.
    """
    if package.odd or not package.sheets:
        raise InDoubt
    try:
        _check_strings(package)
        return tuple(_scanned(package, sheet) for sheet in package.sheets)
    except DAMAGED as error:
        raise damaged(error) from None


def _check_strings(package: Package) -> None:
    """Unpack the shared strings once where they might hold more than they declare: calamine would not stop."""
    if package.strings:
        info = package.archive.getinfo(package.parts[package.strings])
        if info.compress_size > _LONGEST_STRINGS:
            with package.archive.open(info) as part:
                while part.read(2**20):
                    pass


def _scanned(package: Package, sheet: SheetPart) -> Scanned:
    if sheet.kind != "worksheet":
        return Scanned(Quirks(formats_seen=False), 0)
    if not sheet.part:
        raise InDoubt
    xml = unpack(package.archive, package.parts[sheet.part])
    signs = _signs(xml)
    values = xml.count(b"<v>") + (xml.count(b"<is>") if b"i" in signs else 0)
    if values > most("cells"):
        raise Refused.over("cells", values)
    end = _last_value(xml, signs)
    _check_shape(xml, end)
    failed = b"e" in signs and b't="e"' in xml
    formulas = xml.count(b"<f>") + xml.count(b"<f ") if b"f" in signs and b"<f" in xml else 0
    percent = package.styles.percent if any(b's="%b"' % style in xml for style in package.styles.percent) else ()
    if (failed or formulas or percent) and xml.count(b'<c r="') != xml.count(b"<c ") + xml.count(b"<c>"):
        raise InDoubt
    errors = _errors(xml) if failed else {}
    uncalculated, blank = _formulas(xml, package, formulas) if formulas else (frozenset(), 0)
    shown = frozenset(place for style in percent for place in _filled_in_style(xml, style, end)) if percent else _NONE
    hidden, hidden_rows = _hidden(xml)
    linked = tuple(cell.decode() for cell in _LINKED.findall(xml)) if b"]" in xml else ()
    coloured = frozenset(_coloured(xml, package.styles.coloured, (values, end))) if package.styles.coloured else _NONE
    quirks = Quirks(
        shown,
        errors,
        uncalculated,
        hidden,
        hidden_rows=hidden_rows,
        linked=linked,
        comments=sheet.comments,
        coloured=coloured,
    )
    return Scanned(quirks, values - len(errors) - blank)


_NONE: Final[frozenset[tuple[int, int]]] = frozenset()


def _coloured(xml: bytes, styles: frozenset[bytes], seen: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the filled cells with a coloured ground, of each style that no great part of the sheet has.

    `seen` is how many values there are, and where the last of them stands.
    """
    values, end = seen
    for style in styles:
        if 0 < xml.count(b's="%b"' % style) <= values // COLOURED_BY_DESIGN + LEAST_COLOURED:
            yield from _filled_in_style(xml, style, end)


def _signs(xml: bytes) -> frozenset[bytes]:
    """Return which letters stand among the cells, of those without which there is no inline text, error or formula.

    Plain cells hold none of them, and to look for one letter takes a tenth of the time of a word.
    """
    begin, end = xml.find(b"<sheetData") + len(b"<sheetData"), xml.rfind(b"</sheetData")
    return frozenset(letter for letter in (b"i", b"e", b"f") if xml.find(letter, begin, end) >= 0)


def _filled_in_style(xml: bytes, style: bytes, last: int) -> Iterator[tuple[int, int]]:
    """Yield the filled cells of a style: few have it, so that it is quicker to look for them than at all cells."""
    mark = b' s="%b"' % style
    at = xml.find(mark, 0, last)
    while at >= 0:
        begin, end = xml.rfind(b"<", 0, at), xml.find(b">", at)
        if xml.startswith(b'<c r="', begin) and xml[end - 1] != _SLASH:
            place = _place(xml[begin + 6 : xml.find(b'"', begin + 6)])
            if place is not None:
                yield place
        at = xml.find(mark, end, last)


@lru_cache(maxsize=4_096)
def _place(reference: bytes) -> tuple[int, int] | None:
    """Return the place of a cell, if that is how cells are named; kept, as a thousand returns have the same head."""
    return cell_of(reference) if _NAME.fullmatch(reference) else None


def _errors(xml: bytes) -> dict[tuple[int, int], str]:
    errors = {cell_of(match[1]): match[2].decode("utf-8", "replace") for match in _ERROR.finditer(xml)}
    if len(errors) != xml.count(b't="e"'):
        raise InDoubt
    return errors


def _formulas(xml: bytes, package: Package, count: int) -> tuple[frozenset[tuple[int, int]], int]:
    """Return the cells of formulas without a result, and how many empty results stand in a <v></v>.

    Raises InDoubt unless each formula is seen to have its result, or to have none.
    """
    found, blank, without = set(), 0, 0
    for match in _FORMULA.finditer(xml):
        empty = match.group().endswith(b"<v></v></c>")
        blank += empty
        without += not empty and not match[3]
        if package.uncalculated if match[3] else b't="str"' not in match[2]:
            found.add(cell_of(match[1]))
    if count != without + xml.count(b"</f><v>") + xml.count(b"/><v>"):
        raise InDoubt
    return frozenset(found), blank


def _hidden(xml: bytes) -> tuple[dict[str, int], frozenset[int]]:
    """Return how much is hidden, and which rows (0-based)."""
    if b"hidden=" not in xml:
        return {}, frozenset()
    columns = 0
    for tag in _HIDDEN_COLUMN.findall(xml):
        bounds = {name: int(number) for name, number in _BOUNDS.findall(tag)}
        columns += bounds.get(b"max", 1) - bounds.get(b"min", 1) + 1
    rows = frozenset(int(number) - 1 for number in _HIDDEN_ROW.findall(xml))
    found = {"rows": len(rows), "columns": columns}
    return {what: count for what, count in found.items() if count}, rows


def _last_value(xml: bytes, signs: frozenset[bytes]) -> int:
    """Return where the last value begins; the end where a cell behind it may hold something in another way.

    No used range reaches what is empty, so that a million rows that have nothing but a style need no look.
    """
    value = max(xml.rfind(b"<v>"), xml.rfind(b"<is>") if b"i" in signs else -1, xml.find(b"<sheetData"))
    return value if xml.find(b"<v", value + 1) < 0 and xml.find(b"<is", value + 1) < 0 else len(xml)


def _check_shape(xml: bytes, end: int) -> None:
    """Raise InDoubt unless the rows stand in order, and calamine, which holds the used range whole, can hold it.

    A cell that is far from the others is found by its name, so that names must be written in the one usual way.
    Behind `end` nothing is filled.
    """
    begin = xml.find(b"<sheetData")
    encoding = _ENCODING.search(xml[:100])
    # looking for one sign is thirty times as fast as for two, and these are rare
    if begin < 0 or (b"!" in xml and b"<!" in xml) or b"\x00" in xml or (encoding and encoding[1].lower() != b"utf-8"):
        raise InDoubt
    if any(xml.find(white, begin) >= 0 for white in (b"\t", b"\n", b"\r")) and _BROKEN_NAME.search(xml):
        raise InDoubt
    if xml.find(b"-", begin) >= 0 and b"<v>-" in xml and _NEGATIVE.search(xml):
        raise InDoubt
    if xml.count(b"<mergeCell ", xml.rfind(b"</sheetData")) > most("merges"):
        raise InDoubt
    rows = [int(number) for number in _ROW.findall(xml, begin, end)]
    if any(later <= row for row, later in pairwise(rows)):
        raise InDoubt
    cell = _CELL.match(xml, max(xml.rfind(b'<c r="', 0, end), 0))
    last = int(cell[1]) if cell else 1
    if last > most("rows") or beyond(last).search(xml, begin, end):
        raise InDoubt


@lru_cache(maxsize=256)
def beyond(last_row: int) -> re.Pattern[bytes]:
    """Return a pattern for a filled cell below `last_row`, or so far right that the used range would be too large.

    It finds a cell whose name is written otherwise than ` r="A1"` too. Rows may be as far down as they like.
    """
    digits = len(str(last_row))
    spare = 10 ** max(digits - 2, 0)
    rounded = (last_row // spare + 1) * spare - 1  # few different patterns, and short ones
    rows = 10**digits - 1 if 10**digits * 100 <= most("cells") else min(rounded, most("rows"))
    columns = _up_to(letters(min(most("columns"), most("cells") // rows) - 1), "A", "Z")
    # One look at a time, the commonest first: of a choice within one look each is remembered, which takes twice as long.
    near = "".join(f'(?!="{column}{row}")' for row in _up_to(str(rows), "0", "9") for column in columns)
    return re.compile(rf' r{near}(?=[\s=])(?!="[0-9]+")(?!="[A-Z]{{1,3}}[0-9]+"[^>]*/>)'.encode())


def _up_to(name: str, first: str, last: str) -> list[str]:
    """Return patterns for what is written with the same signs and does not come after `name`, the shorter ones first."""
    sign = f"[{first}-{last}]"

    def shorter(most: int) -> str:
        return sign if most == 1 else f"{sign}{{1,{most}}}+"

    nines = len(name) - len(name.rstrip(last))
    head = name[: len(name) - nines]
    if not head:
        return [shorter(len(name))]
    same = [
        f"{head[:at]}[{first}-{own if at == len(head) - 1 else chr(ord(own) - 1)}]{sign * (len(name) - at - 1)}"
        for at, own in enumerate(head)
        if at == len(head) - 1 or own > first
    ]
    return [shorter(len(name) - 1), *same] if len(name) > 1 else same
