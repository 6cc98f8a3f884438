"""An .ods, .xls or .xlsb read: calamine for the values, and beside it a narrow scan for what calamine does not tell.

Where the scan cannot follow a file that calamine can read, that is said: its error cells would pass for blanks.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.parsers.expat import ExpatError
from zipfile import ZipFile

from msgspec.structs import replace

from plancheck.language import Said, Text
from plancheck.returns.calamine_door import opened, plain_sheet
from plancheck.returns.found import FoundSheet, Place
from plancheck.returns.limits import most
from plancheck.returns.package import DAMAGED, damaged, safe, unpack
from plancheck.returns.preflight import Candidate, Refused
from plancheck.returns.sheet import Cell, Quirks, Sheet, text_of

_PROLOGUE: Final = 2**16
_CANNOT_FOLLOW: Final = (*DAMAGED, ExpatError, struct.error, IndexError)
_UNSEEN: Final[tuple[tuple[str, str, Mapping[str, Said]], ...]] = (("PC227", "", {}),)


def other_sheets(candidate: Candidate) -> list[Sheet]:
    """Read the sheets of a workbook that is no .xlsx. Raises Refused; may abort the process, hang, or run out of memory."""
    from python_calamine import SheetTypeEnum

    if candidate.kind == "ods" and candidate.archive is not None:
        _check_ods(candidate.archive)
    workbook = opened(candidate.data)
    if len(workbook.sheet_names) > most("sheets"):
        raise Refused.over("sheets", len(workbook.sheet_names))
    numbers = [index for index, meta in enumerate(workbook.sheets_metadata) if meta.typ == SheetTypeEnum.WorkSheet]
    sheets = []
    for index in numbers:
        sheet = plain_sheet(workbook, index, Quirks(formats_seen=False))
        cells = len(sheet.rows) * max(map(len, sheet.rows), default=0)
        if cells > most("cells"):
            raise Refused.over("cells", cells)
        sheets.append(sheet)
    scanned = _scanned(candidate)
    if len(scanned) != len(sheets):
        return [replace(sheet, remarks=_UNSEEN) for sheet in sheets]
    return [beside(sheet, found) for sheet, found in zip(sheets, scanned, strict=True)]


def _check_ods(archive: ZipFile) -> None:
    """Refuse an .ods that is encrypted or declares entities; calamine tells neither."""
    try:
        names = set(archive.namelist())
        manifest = unpack(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        with archive.open("content.xml") as content:
            safe(content.read(_PROLOGUE))
    except DAMAGED as error:
        raise damaged(error) from None
    if b"encryption-data" in manifest:
        raise Refused("PC203")


def _scanned(candidate: Candidate) -> Sequence[FoundSheet]:
    """Return what the scan finds on each sheet; nothing where it cannot follow."""
    from plancheck.returns.ods_scan import scan_ods
    from plancheck.returns.xls_scan import scan_xls
    from plancheck.returns.xlsb_scan import scan_xlsb

    try:
        if candidate.archive is None:
            return scan_xls(candidate.data)
        return scan_ods(candidate.archive) if candidate.kind == "ods" else scan_xlsb(candidate.archive)
    except _CANNOT_FOLLOW:
        return ()


def beside(sheet: Sheet, found: FoundSheet) -> Sheet:
    """Return the sheet with what was found beside its values. A number that only one of the two sees is named, not used."""
    for place, first, second in _differing(sheet, found):
        zh, en = f"两种读法分别为“{first}”和“{second}”", f"two ways of reading it find '{first}' and '{second}'"
        found.broken[place] = Text(zh, en)
    quirks = found.quirks()
    hidden = {**quirks.hidden, **sheet.quirks.hidden}
    return replace(sheet, merges=sheet.merges or tuple(found.merges), quirks=replace(quirks, hidden=hidden))


def _differing(sheet: Sheet, found: FoundSheet) -> Iterator[tuple[Place, str, str]]:
    unseen = dict(found.cells)
    for row, cells in enumerate(sheet.rows, sheet.top):
        for column, cell in enumerate(cells, sheet.left):
            if cell == "":
                continue
            other = unseen.pop((row, column), None)
            if other is None:
                if _is_number(cell):
                    yield (row, column), text_of(cell), ""
            elif cell != other and (_is_number(cell) or isinstance(cell, str)) and repr(cell) != repr(other):
                yield (row, column), text_of(cell), text_of(other)
    for place, number in unseen.items():
        yield place, "", text_of(number)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, float | int) and not isinstance(cell, bool)
