"""An .xlsx written by hand, part by part, so that each part can be spoilt; and zip archives that lie."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'{MAIN} xmlns:r="{_RELATION}"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

HEAD = ("标识码", "学校名称", "学段", "测试人数", "合格人数", "合格率")
SCHOOLS = (("1001", "甲校", "小学", 100, 99), ("1002", "乙校", "初中", 1000, 970))
GOOD = "1069/1100"
"""What the two schools come to, if not a cell is lost."""


def cell(at: str, value: object, *, style: int | None = None) -> str:
    """Return a cell with a number or an inline text."""
    styled = "" if style is None else f' s="{style}"'
    if isinstance(value, str):
        return f'<c r="{at}"{styled} t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{at}"{styled}><v>{value}</v></c>'


def row(number: int, values: tuple[object, ...]) -> str:
    """Return a row of cells from column A on."""
    return (
        f'<row r="{number}">{"".join(cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(values))}</row>'
    )


ROWS = (row(1, HEAD), row(2, SCHOOLS[0]), row(3, SCHOOLS[1]))


def sheet(rows: str = "".join(ROWS), before: str = "", after: str = "") -> str:
    """Return the XML of a sheet."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<worksheet {NAMESPACES}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def parts(**spoilt: str | bytes | None) -> dict[str, str | bytes]:
    """Return the parts of a workbook with two schools on one sheet; a part that is None is left out.

    Known: types, root, book, relations, styles, strings, sheet; any other key is the path of a further part.
    """
    names = {
        "types": "[Content_Types].xml",
        "root": "_rels/.rels",
        "book": "xl/workbook.xml",
        "relations": "xl/_rels/workbook.xml.rels",
        "styles": "xl/styles.xml",
        "strings": "xl/sharedStrings.xml",
        "sheet": "xl/worksheets/sheet1.xml",
    }
    known: dict[str, str | bytes | None] = {
        "types": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "root": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "book": book(),
        "relations": relations(),
        "styles": f'<styleSheet {MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs></styleSheet>',
        "strings": None,
        "sheet": sheet(),
    }
    known |= spoilt
    return {names.get(key, key): value for key, value in known.items() if value is not None}


def book(sheets: int = 1, extra: str = "") -> str:
    """Return the XML of the workbook part."""
    listed = "".join(f'<sheet name="表{n or ""}" sheetId="{n + 1}" r:id="rId{n + 1}"/>' for n in range(sheets))
    return f"<workbook {NAMESPACES}><sheets>{listed}</sheets>{extra}</workbook>"


def relations(sheets: int = 1) -> str:
    """Return the relations of the workbook part; every sheet stands in the same part."""
    listed = "".join(
        f'<Relationship Id="rId{n + 1}" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
        for n in range(sheets)
    )
    others = "".join(
        f'<Relationship Id="x{name}" Type="{_RELATION}/{name}" Target="{name}.xml"/>'
        for name in ("styles", "sharedStrings")
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}{others}</Relationships>'


def strings(*texts: str) -> str:
    """Return the XML of shared strings."""
    return f"<sst {MAIN}>{''.join(f'<si><t>{text}</t></si>' for text in texts)}</sst>"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return an honest archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def written(folder: Path, name: str = "a.xlsx", /, **spoilt: str | bytes | None) -> Path:
    """Write a workbook with some of its parts spoilt."""
    path = folder / name
    path.write_bytes(zipped(parts(**spoilt)))
    return path


def repeated(pattern: bytes, times: int, block: int, before: bytes = b"", after: bytes = b"") -> tuple[bytes, int]:
    """Return the deflated form of `pattern` × `times`, and its length unpacked, without ever holding it.

    A block of `block` patterns is deflated once, flushed so that it needs nothing before it, and set down repeatedly.
    """
    deflater = zlib.compressobj(1, zlib.DEFLATED, -15)
    opening = deflater.compress(before) + deflater.flush(zlib.Z_FULL_FLUSH)
    middle = deflater.compress(pattern * block) + deflater.flush(zlib.Z_FULL_FLUSH)
    closing = deflater.compress(after) + deflater.flush(zlib.Z_FINISH)
    count = times // block
    return opening + middle * count + closing, len(before) + len(pattern) * block * count + len(after)


def checksum(pattern: bytes, times: int, block: int, before: bytes, after: bytes) -> int:
    """Return the checksum of what `repeated` deflates."""
    crc, piece = zlib.crc32(before), pattern * block
    for _ in range(times // block):
        crc = zlib.crc32(piece, crc)
    return zlib.crc32(after, crc)


def lying(members: Mapping[str, tuple[bytes, int, int]], honest: Mapping[str, str | bytes]) -> bytes:
    """Return an archive in which some members are deflated already, and declare the length and sum given, true or not."""
    out, directory = io.BytesIO(), io.BytesIO()
    prepared = dict(members)
    for name, content in honest.items():
        raw = content.encode() if isinstance(content, str) else content
        deflater = zlib.compressobj(1, zlib.DEFLATED, -15)
        prepared[name] = (deflater.compress(raw) + deflater.flush(), len(raw), zlib.crc32(raw))
    for name, (data, declared, crc) in prepared.items():
        title = name.encode()
        sizes = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0, 33, crc, len(data), declared, len(title), 0)
        directory.write(
            b"PK\x01\x02" + struct.pack("<H", 20) + sizes + struct.pack("<HHHII", 0, 0, 0, 0, out.tell()) + title
        )
        out.write(b"PK\x03\x04" + sizes + title + data)
    begin = out.tell()
    out.write(directory.getvalue())
    end = struct.pack("<HHHHIIH", 0, 0, len(prepared), len(prepared), out.tell() - begin, begin, 0)
    out.write(b"PK\x05\x06" + end)
    return out.getvalue()
