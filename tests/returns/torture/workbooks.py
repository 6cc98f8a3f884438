"""The workbooks of the torture set: how each is spoilt, and in which class it must end."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from tests.returns.torture.ooxml import (
    MAIN,
    NAMESPACES,
    ROWS,
    SCHOOLS,
    book,
    cell,
    checksum,
    lying,
    parts,
    relations,
    repeated,
    row,
    sheet,
    strings,
    written,
    zipped,
)

READ: Final = 1
"""The exit code where every cell was read: the two schools miss the target."""
REFUSED: Final = 3
"""The exit code where nothing could be judged."""


@dataclass(frozen=True, slots=True)
class Class:
    """How a file is made, the codes it must raise (`PC219` aside), the exit code, and whether both schools are read."""

    make: Callable[[Path], Path]
    codes: tuple[str, ...]
    exit: int

    @property
    def read(self) -> bool:
        """Return whether every cell must be read."""
        return self.exit == READ and not {"PC302", "PC303", "PC313", "PC316", "PC301", "PC319"} & set(self.codes)


def _sheet(rows: str = "".join(ROWS), **more: str) -> Callable[[Path], Path]:
    return lambda folder: written(folder, sheet=sheet(rows, **more))


def _spoilt(**spoilt: str | bytes | None) -> Callable[[Path], Path]:
    return lambda folder: written(folder, **spoilt)


def _bytes(content: bytes, name: str = "a.xlsx") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def _bomb(
    member: str, unpacked: int, declared: int | None = None, around: tuple[bytes, bytes] = (b"", b"")
) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        data, size = repeated(b" " * 1024, unpacked // 1024, 4096, *around)
        honest = {name: content for name, content in parts(strings=strings("x")).items() if name != member}
        return _bytes(lying({member: (data, size if declared is None else declared, 0)}, honest))(folder)

    return make


def _last_column(folder: Path) -> Path:
    far = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c></row>' for n in range(4, 20_004))
    return written(folder, sheet=sheet("".join(ROWS) + far))


def _stray(tag: str, number: int = 1_048_576) -> Callable[[Path], Path]:
    return _sheet("".join(ROWS) + f'<row r="{number}">{tag}<v>7</v></c></row>')


def _styled_rows(folder: Path) -> Path:
    empty = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(4, 1_000_004))
    return written(folder, sheet=sheet("".join(ROWS) + empty))


def _styled_cells(folder: Path) -> Path:
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(4, 1_000_004))
    return written(folder, sheet=sheet("".join(ROWS) + empty))


def _noise(length: int) -> bytes:
    """Return what does not compress to nothing, so that a large part is no bomb."""
    return b"".join(sha256(b"%d" % n).hexdigest().encode() for n in range(length // 64))


def _ten_million(folder: Path) -> Path:
    noise = _noise(2**20)
    what = (
        b"<c><v>1</v></c>",
        10_000_000,
        10_000,
        b"<!--" + noise + b"--><worksheet><sheetData><row>",
        b"</row></sheetData></worksheet>",
    )
    data, size = repeated(*what)
    honest = {name: content for name, content in parts().items() if "sheet1" not in name}
    return _bytes(lying({"xl/worksheets/sheet1.xml": (data, size, checksum(*what))}, honest))(folder)


def _merges(folder: Path) -> Path:
    many = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(100, 300_100))
    return written(folder, sheet=sheet(after=f"<mergeCells>{many}</mergeCells>"))


def _entries(folder: Path) -> Path:
    path = folder / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
        for number in range(5_000):
            archive.writestr(f"xl/media/{number}.txt", b"")
    return path


def _styles(folder: Path) -> Path:
    many = "".join(f'<xf numFmtId="{n * 7919 % 160}" xfId="{n}"/>' for n in range(200_000))
    return written(folder, styles=f"<styleSheet {MAIN}><cellXfs>{many}</cellXfs></styleSheet>")


def _names(folder: Path) -> Path:
    many = "".join(f'<definedName name="n{n}">表!$A${n + 1}</definedName>' for n in range(200_000))
    return written(folder, book=book(extra=f"<definedNames>{many}</definedNames>"))


_LAUGH: Final = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + f"]><sst {MAIN}><si><t>&j;</t></si></sst>"
)
_SHARED: Final = sheet(
    row(1, ("标识码", "学校名称", "学段", "测试人数", "合格人数", "合格率"))
    + row(2, SCHOOLS[0])
    + row(3, ("1002", "乙校", "初中", 1000)).replace("</row>", '<c r="E3" t="s"><v>{}</v></c></row>')
)


def _shared(index: str, table: str | None = None) -> Callable[[Path], Path]:
    return _spoilt(sheet=_SHARED.format(index), strings=table)


def _backslashes(folder: Path) -> Path:
    return _bytes(zipped({name.replace("/", "\\"): content for name, content in parts().items()}))(folder)


def _twice(folder: Path) -> Path:
    honest = parts()
    data, size = repeated(b" ", 1, 1)
    return _bytes(lying({"xl/worksheets/SHEET1.xml": (data, size, 0)}, honest))(folder)


def _utf_16(folder: Path) -> Path:
    return written(folder, sheet=sheet().replace("UTF-8", "UTF-16").encode("utf-16"))


def _numbers(value: str) -> Callable[[Path], Path]:
    return _sheet(
        ROWS[0]
        + ROWS[1]
        + row(3, ("1002", "乙校", "初中", 1000)).replace("</row>", f'<c r="E3"><v>{value}</v></c></row>')
    )


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "a.xlsx")
    return folder / "a.xlsx"


def _device(folder: Path) -> Path:
    (folder / "a.xlsx").symlink_to("/dev/zero")
    return folder / "a.xlsx"


def _folder(folder: Path) -> Path:
    (folder / "a.xlsx").mkdir()
    return folder / "a.xlsx"


def _loop(folder: Path) -> Path:
    (folder / "a.xlsx").symlink_to(folder / "a.xlsx")
    return folder / "a.xlsx"


def _locked(folder: Path) -> Path:
    whole = bytearray(zipped(parts()))
    at = whole.find(b"PK\x01\x02")
    while at >= 0:  # the flag of each part in the directory
        whole[at + 8] |= 1
        at = whole.find(b"PK\x01\x02", at + 4)
    return _bytes(bytes(whole))(folder)


def _bad_sum(folder: Path) -> Path:
    content = sheet().encode()
    honest = {name: text for name, text in parts().items() if "sheet1" not in name}
    data, _ = repeated(content, 1, 1)
    return _bytes(lying({"xl/worksheets/sheet1.xml": (data, len(content), 0)}, honest))(folder)


def _prefixed(folder: Path) -> Path:
    xml = (
        sheet()
        .replace("<", "<x:")
        .replace("<x:/", "</x:")
        .replace("<x:?xml", "<?xml")
        .replace(f"worksheet {MAIN}", "worksheet " + MAIN.replace("xmlns=", "xmlns:x="))
    )
    return written(folder, sheet=xml)


_STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def _strict(folder: Path) -> Path:
    old = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    made = {
        name: str(text)
        .replace(old, _STRICT)
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, text in parts().items()
    }
    return _bytes(zipped(made))(folder)


def _in_zip(folder: Path) -> Path:
    return _bytes(zipped({"returns/a.xlsx": zipped(parts())}))(folder)


def _long_text(folder: Path) -> Path:
    return written(folder, sheet=sheet("".join(ROWS).replace("乙校", "乙" * 40_000)))


_DEEP: Final = sheet(before="<x>" * 100_000 + "</x>" * 100_000)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

_COMMENTED: Final = {
    "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships><Relationship Id="rId1" Type="x/comments" Target="../comments1.xml"/></Relationships>',
    "xl/comments1.xml": f'<comments {MAIN}><commentList><comment ref="D2"><text><t>含新校区</t></text></comment></commentList></comments>',
}

WORKBOOKS: Final[dict[str, Class]] = {
    "as it should be": Class(_sheet(), (), READ),
    # -------------------------------------------------------------------------------------- the used range
    "dimension lies small": Class(_sheet(before='<dimension ref="A1"/>'), (), READ),
    "dimension lies huge": Class(_sheet(before='<dimension ref="A1:XFD1048576"/>'), (), READ),
    "one stray cell XFD1048576": Class(_sheet("".join(ROWS) + f'<row r="1048576">{cell("XFD1048576", 7)}</row>'), ("PC250",), READ),
    "a stray cell behind a tab": Class(_stray('<c\tr="XFD1048576">'), ("PC250",), READ),
    "a stray cell in single quotes": Class(_stray("<c r='XFD1048576'>"), ("PC250",), READ),
    "a stray cell with spaces": Class(_stray('<c r = "XFD1048576">'), ("PC250",), READ),
    "a stray cell of a row that says otherwise": Class(_stray('<c r="XFD1048576">', 4), ("PC254", "PC250"), READ),
    "20,000 rows at A and XFD": Class(_last_column, ("PC206",), REFUSED),
    "a million styled empty rows": Class(_styled_rows, (), READ),
    "a million rows of styled empty cells": Class(_styled_cells, (), READ),
    "row 99999999999": Class(_sheet("".join(ROWS) + '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'), ("PC206",), REFUSED),
    "column ZZZZZZ": Class(_sheet("".join(ROWS) + row(4, ()).replace("</row>", '<c r="ZZZZZZ4"><v>1</v></c></row>')), ("PC206",), REFUSED),
    "ten million cells": Class(_ten_million, ("PC206",), REFUSED),
    "300,000 merged ranges": Class(_merges, ("PC206",), REFUSED),
    "one merged range down to the last cell": Class(_sheet(after='<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells>'), (), READ),
    "201 sheets": Class(_spoilt(book=book(201), relations=relations(201)), ("PC206",), REFUSED),
    "200,000 styles": Class(_styles, (), READ),
    "200,000 defined names": Class(_names, (), READ),
    # ------------------------------------------------------------------------------------ the zip archive
    "bomb: a sheet of 2 GB": Class(_bomb("xl/worksheets/sheet1.xml", 2**31), ("PC206",), REFUSED),
    "bomb: shared strings of 2 GB": Class(_bomb("xl/sharedStrings.xml", 2**31), ("PC206",), REFUSED),
    "bomb: one string of 1 GB": Class(_bomb("xl/sharedStrings.xml", 2**30, None, (f"<sst {MAIN}><si><t>".encode(), b"</t></si></sst>")), ("PC206",), REFUSED),
    "bomb: 1 GB of strings that declare 1,000 bytes": Class(_bomb("xl/sharedStrings.xml", 2**30, 1000, (f"<sst {MAIN}><si><t>".encode(), b"</t></si></sst>")), ("PC205",), REFUSED),
    "bomb: a sheet that declares 1,000 bytes": Class(_bomb("xl/worksheets/sheet1.xml", 2**30, 1000), ("PC205",), REFUSED),
    "too many parts": Class(_entries, ("PC206",), REFUSED),
    "backslashes in paths": Class(_backslashes, ("PC254",), READ),
    "two parts of one name": Class(_twice, ("PC205",), REFUSED),
    "parts with a password": Class(_locked, ("PC203",), REFUSED),
    "a wrong checksum": Class(_bad_sum, ("PC205",), REFUSED),
    "cut in the middle": Class(_bytes(zipped(parts())[:800]), ("PC205",), REFUSED),
    # ------------------------------------------------------------------------------------------- the XML
    "billion laughs": Class(_shared("0", _LAUGH), ("PC205",), REFUSED),
    "external entity": Class(_spoilt(sheet=sheet().replace("<worksheet", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet', 1)), ("PC205",), REFUSED),
    "no styles at all": Class(_spoilt(styles=None), (), READ),
    "an empty fill in the styles": Class(_spoilt(styles=f"<styleSheet {MAIN}><fills><fill/></fills><cellXfs><xf numFmtId='0'/></cellXfs></styleSheet>"), (), READ),
    "a sheet in UTF-16": Class(_utf_16, ("PC254",), READ),
    "names with a prefix": Class(_prefixed, (), READ),
    "the strict namespace": Class(_strict, (), READ),
    "cells that do not say where they stand": Class(_spoilt(sheet=sheet("".join(ROWS)).replace('<c r="', '<c x="').replace("<row r=", "<row x=")), (), READ),
    "single quotes and a comment": Class(_spoilt(sheet=sheet().replace('"', "'").replace("<sheetData>", "<sheetData><!-- -->")), (), READ),
    "rows out of order": Class(_sheet(ROWS[2] + ROWS[0] + ROWS[1]), ("PC254",), READ),
    "nested 100,000 deep": Class(_spoilt(sheet=_DEEP), (), READ),
    "XML that breaks off": Class(_spoilt(sheet=sheet()[:-40]), ("PC205",), REFUSED),
    "no workbook part": Class(_spoilt(book=None), ("PC205",), REFUSED),
    "a sheet without its part": Class(_spoilt(sheet=None), ("PC205",), REFUSED),
    "no worksheet": Class(_spoilt(book=f"<workbook {NAMESPACES}><sheets/></workbook>"), ("PC205",), REFUSED),
    # ------------------------------------------------------------------------------------------- the cells
    "NaN": Class(_numbers("NaN"), ("PC313", "PC404"), READ),
    "a million digits": Class(_numbers("1" * 1_000_000), ("PC313", "PC404"), READ),
    "1e999": Class(_numbers("1e999"), ("PC313", "PC404"), READ),
    "a shared string that is not there": Class(_shared("9", strings("x")), ("PC254", "PC316", "PC404"), READ),
    "a shared string of negative number": Class(_shared("-1", strings("970")), ("PC316", "PC404"), READ),
    "no table of shared strings": Class(_shared("0"), ("PC254", "PC316", "PC404"), READ),
    "a cell written twice": Class(_numbers("970</v></c><c r=\"E3\"><v>971"), ("PC254", "PC316", "PC404"), READ),
    "a cell with two values": Class(_numbers("970</v><v>971"), ("PC316", "PC404"), READ),
    "an escape sequence in a name": Class(_sheet("".join(ROWS).replace("乙校", "乙_x001B_]0;校")), (), READ),
    "a text of 40,000 characters": Class(_long_text, (), READ),
    "an error cell": Class(_sheet(ROWS[0] + ROWS[1] + row(3, ("1002", "乙校", "初中", 1000)).replace("</row>", '<c r="E3" t="e"><v>#DIV/0!</v></c></row>')), ("PC302", "PC404"), READ),
    "a formula without its result": Class(_sheet(ROWS[0] + ROWS[1] + row(3, ("1002", "乙校", "初中", 1000)).replace("</row>", '<c r="E3"><f>D3-30</f></c></row>')), ("PC303", "PC404"), READ),
    # ------------------------------------------------------------------------------------- no workbook at all
    "zero bytes": Class(_bytes(b""), ("PC202",), REFUSED),
    "HTML": Class(_bytes("<html><table><tr><td>学校</td></tr></table></html>".encode(), "a.xls"), ("PC201",), REFUSED),
    "text": Class(_bytes("标识码,学校名称\n1001,甲校\n".encode()), ("PC201",), REFUSED),
    "a lock file": Class(_bytes(b"\x05user" + b" " * 160, "~$a.xlsx"), ("PC201",), REFUSED),
    "bytes of 0xFF": Class(_bytes(b"\xff" * 4096), ("PC201",), REFUSED),
    "PDF": Class(_bytes(b"%PDF-1.7\n1 0 obj"), ("PC201",), REFUSED),
    "a photograph": Class(_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF"), ("PC201",), REFUSED),
    "a Word document": Class(_bytes(zipped({"word/document.xml": "<w/>"})), ("PC201",), REFUSED),
    "a workbook inside a zip": Class(_in_zip, ("PC201",), REFUSED),
    "encrypted": Class(_bytes(_OLE + "EncryptedPackage".encode("utf-16-le")), ("PC203",), REFUSED),
    "a workbook called .xls": Class(lambda folder: written(folder, "a.xls"), ("PC258",), READ),
    "a pipe": Class(_pipe, ("PC204",), REFUSED),
    "a device": Class(_device, ("PC204",), REFUSED),
    "a folder": Class(_folder, (), 2),
    "a link to itself": Class(_loop, (), 2),
    # -------------------------------------------------------------------------------------- worth a remark
    "a comment": Class(_spoilt(**_COMMENTED), ("PC256",), READ),
    "macros": Class(_spoilt(**{"xl/vbaProject.bin": b"\x00"}), ("PC257",), READ),
    "a value from another workbook": Class(_sheet("".join(ROWS).replace("<c r=\"D2\"><v>", "<c r=\"D2\"><f>[1]表!A1</f><v>")), ("PC255",), READ),
}  # fmt: skip
"""In the order of the file's hazards. The exit code 2: there was nothing to check."""
