"""The .xls, .xlsb and .ods files of the torture set: how each is spoilt, and in which class it must end."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.returns.torture.ooxml import HEAD, SCHOOLS, lying, repeated, zipped
from tests.returns.torture.workbooks import READ, REFUSED, Class
from tests.returns.writers import ods_content, ods_parts, write_xls
from tests.returns.xlsb_writer import write_xlsb

_ROWS: Final[list[list[Any]]] = [list(HEAD), *(list(school) for school in SCHOOLS)]
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _xls(folder: Path) -> Path:
    return write_xls(folder / "a.xls", _ROWS)


def _spoilt(change: Callable[[bytearray], bytes | bytearray], name: str = "a.xls") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = _xls(folder)
        content = change(bytearray(path.read_bytes()))
        path.unlink()
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _bytes(content: bytes, name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _patched(at: int, value: int) -> Callable[[bytearray], bytearray]:
    def change(content: bytearray) -> bytearray:
        content[at : at + 4] = struct.pack("<I", value)
        return content

    return change


def _looping(content: bytearray) -> bytearray:
    """Let the table of sectors lead from each sector to itself."""
    (first,) = struct.unpack_from("<I", content, 76)
    begin = 512 * (first + 1)
    content[begin : begin + 512] = b"".join(struct.pack("<I", n) for n in range(128))
    return content


def _ods(body: str | None = None, **other: str | bytes | None) -> Callable[[Path], Path]:
    members = ods_parts(_ROWS if body is None else body) | other
    return _bytes(zipped({name: content for name, content in members.items() if content is not None}), "a.ods")


def _ods_bomb(folder: Path) -> Path:
    data, size = repeated(b" " * 1024, 2**20, 4096)
    honest = {name: content for name, content in ods_parts(_ROWS).items() if content and name != "content.xml"}
    return _bytes(lying({"content.xml": (data, size, 0)}, honest), "a.ods")(folder)


def _merged(folder: Path) -> Path:
    return write_xlsb(folder / "a.xlsb", _ROWS, merges=tuple((row, 9, row, 10) for row in range(50_001)))


_CELL: Final = '<table:table-cell{} office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
_EVERYWHERE: Final = (
    '<table:table-row table:number-rows-repeated="1048576">'
    + _CELL.format(' table:number-columns-repeated="16384"')
    + "</table:table-row>"
)
_LOCKED: Final = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'

LEGACY: Final[dict[str, Class]] = {
    ".xls as it should be": Class(_xls, (), READ),
    ".xls called .xlsx": Class(_spoilt(bytes, "a.xlsx"), ("PC258",), READ),
    ".et of WPS": Class(_spoilt(bytes, "a.et"), (), READ),
    ".xls cut in the middle": Class(_spoilt(lambda content: content[:2_000]), ("PC205",), REFUSED),
    ".xls of a header only": Class(_bytes(_OLE + bytes(504), "a.xls"), ("PC201",), REFUSED),
    ".xls whose sectors lead in a circle": Class(_spoilt(_looping), ("PC251",), REFUSED),
    ".xls that claims 4 billion sectors": Class(_spoilt(_patched(44, 0xFFFFFFFF)), (), READ),
    ".xls whose directory stands nowhere": Class(_spoilt(_patched(48, 0x7FFFFFFF)), ("PC205",), REFUSED),
    ".xls of noise": Class(_bytes(_OLE + "Workbook".encode("utf-16-le") + bytes(range(256)) * 20, "a.xls"), ("PC205",), REFUSED),
    ".xls with a password": Class(_bytes(_OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600), "a.xls"), ("PC203",), REFUSED),
    ".ods as it should be": Class(_ods(), (), READ),
    ".ods filled to the last cell by repetition": Class(_ods(_EVERYWHERE), ("PC205",), REFUSED),
    ".ods of 80 million cells by repetition": Class(_ods(_EVERYWHERE.replace("1048576", "5000")), ("PC251",), REFUSED),
    ".ods bomb": Class(_ods_bomb, ("PC206",), REFUSED),
    ".ods without its content": Class(_ods(**{"content.xml": None}), ("PC201",), REFUSED),
    ".ods with billion laughs": Class(_ods(**{"content.xml": '<!DOCTYPE x [<!ENTITY a "b">]>' + ods_content(_ROWS)}), ("PC205",), REFUSED),
    ".ods that breaks off": Class(_ods(**{"content.xml": ods_content(_ROWS)[:-60]}), ("PC205",), REFUSED),
    ".ods with a password": Class(_ods(**{"META-INF/manifest.xml": _LOCKED}), ("PC203",), REFUSED),
    ".xlsb as it should be": Class(lambda folder: write_xlsb(folder / "a.xlsb", _ROWS), ("PC218",), READ),
    ".xlsb with 50,001 merged ranges": Class(_merged, ("PC206",), REFUSED),
    ".xlsb of noise": Class(_bytes(zipped({"xl/workbook.bin": bytes(range(256)) * 8}), "a.xlsb"), ("PC205",), REFUSED),
}  # fmt: skip
