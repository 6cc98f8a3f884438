"""An .xlsb written by hand, record by record: no library writes one. LibreOffice opens it (tests/machine)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.returns.writers import ERRORS, GROUNDS, Coloured, Failed, Percent, Rows

_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_RELATION: Final = (
    '<Relationship Id="{}" Target="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/>'
)
_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/>'
    '<Override PartName="/xl/comments1.bin" ContentType="application/vnd.ms-excel.comments"/>'
    '<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/></Types>'
)


def record(kind: int, content: bytes = b"") -> bytes:
    """Return a record: its kind in one or two bytes of seven bits, its length in up to four, its content."""
    head = bytes((kind,)) if kind < 128 else bytes((kind & 0x7F | 0x80, kind >> 7))
    length, rest = b"", len(content)
    while rest > 127:
        length, rest = length + bytes((rest & 0x7F | 0x80,)), rest >> 7
    return head + length + bytes((rest,)) + content


def text(said: str) -> bytes:
    """Return a text as records hold it."""
    return struct.pack("<I", len(said)) + said.encode("utf-16-le")


def _cell(column: int, value: object) -> bytes:
    style = 1 if isinstance(value, Percent) else 0
    if isinstance(value, Coloured):
        style, value = 2 + [*GROUNDS].index(value.ground), value.value
    at = struct.pack("<II", column, style)
    match value:
        case Percent(number):
            return record(5, at + struct.pack("<d", number))
        case Failed(error):
            return record(3, at + bytes((ERRORS[error],)))
        case bool():
            return record(4, at + bytes((value,)))
        case int() if 0 <= value < 2**29:
            return record(2, at + struct.pack("<I", value << 2 | 2))
        case int() | float():
            return record(5, at + struct.pack("<d", value))
        case _:
            return record(6, at + text(str(value)))


def _sheet(rows: Rows, hidden: frozenset[int], merges: tuple[tuple[int, int, int, int], ...]) -> Iterator[bytes]:
    yield record(129) + record(148, struct.pack("<4I", 0, len(rows) - 1, 0, max(map(len, rows)) - 1))
    yield record(390) + record(60, struct.pack("<4IH", 8, 8, 2304, 0, 1)) + record(391)  # column I is hidden
    yield record(145)
    for at, row in enumerate(rows):
        yield record(
            0, struct.pack("<IIHBBBI", at, 0, 300, 0, 0x10 if at in hidden else 0, 0, 1) + struct.pack("<II", 0, 20)
        )
        yield from (_cell(column, value) for column, value in enumerate(row) if value not in ("", None))
    yield record(146)
    if merges:
        yield record(177, struct.pack("<I", len(merges)))
        yield from (record(176, struct.pack("<4I", top, bottom, left, right)) for top, left, bottom, right in merges)
        yield record(178)
    yield record(130)


def _styles() -> bytes:
    """Return the styles: a plain one, one whose own format is a percentage, one for each ground."""
    font = record(43, struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 2, 0, 0) + bytes(8) + b"\x01" + text("Calibri"))
    solid = [struct.pack("<IBBh", 1, 5, 0, 0) + bytes.fromhex(colour) + b"\xff" for colour in GROUNDS.values()]
    fills = [record(45, fill.ljust(68, b"\x00")) for fill in (bytes(4), *solid)]
    border = record(46, bytes(51))
    plain, percent = (struct.pack("<HHHHHBBHH", 0, number, 0, 0, 0, 0, 0, 0x1010, 0) for number in (0, 164))
    filled = [record(47, struct.pack("<HHHHHBBHH", 0, 0, 0, at, 0, 0, 0, 0x1010, 0)) for at in range(1, len(fills))]
    return b"".join((
        record(278),
        record(615, struct.pack("<I", 1)), record(44, struct.pack("<H", 164) + text("0.0%")), record(616),
        record(611, struct.pack("<I", 1)), font, record(612),
        record(603, struct.pack("<I", len(fills))), *fills, record(604),
        record(613, struct.pack("<I", 1)), border, record(614),
        record(626, struct.pack("<I", 1)), record(47, b"\xff\xff" + plain[2:]), record(627),
        record(617, struct.pack("<I", 2 + len(filled))), record(47, plain), record(47, percent), *filled, record(618),
        record(279),
    ))  # fmt: skip


def write_xlsb(
    path: Path,
    rows: Rows,
    hidden: frozenset[int] = frozenset(),
    merges: tuple[tuple[int, int, int, int], ...] = (),
    comments: tuple[tuple[int, int], ...] = (),
) -> Path:
    """Write an .xlsb with one sheet; `hidden` rows, `merges` and `comments` are 0-based. Its column I is hidden."""
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + text("rId1") + text("表")) + record(144)
    noted = b"".join(
        record(635, struct.pack("<5I", 0, row, row, column, column) + bytes(16)) + record(636)
        for row, column in comments
    )
    relate = _RELATION.format
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS.format(relate("rId1", "xl/workbook.bin", "officeDocument")))
        sheet, styles = relate("rId1", "worksheets/sheet1.bin", "worksheet"), relate("rId2", "styles.bin", "styles")
        archive.writestr("xl/_rels/workbook.bin.rels", _RELATIONS.format(sheet + styles))
        archive.writestr("xl/workbook.bin", book + record(132))
        archive.writestr("xl/styles.bin", _styles())
        archive.writestr("xl/worksheets/sheet1.bin", b"".join(_sheet(rows, hidden, merges)))
        if comments:
            archive.writestr("xl/comments1.bin", record(628) + record(633) + noted + record(634) + record(629))
            target = _RELATIONS.format(relate("rId1", "../comments1.bin", "comments"))
            archive.writestr("xl/worksheets/_rels/sheet1.bin.rels", target)
    return path
