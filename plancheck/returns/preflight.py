"""What a file really is, by its content, and whether it is safe to hand to a parser (reliability.md)."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final, Literal
from zipfile import BadZipFile, ZipFile

from plancheck.language import Said, Text

Kind = Literal["xlsx", "xlsb", "xls", "ods", "csv"]

LARGEST_FILE: Final = 100 * 2**20
MOST_ENTRIES: Final = 5_000
MOST_INFLATED: Final = 300 * 2**20
STEEPEST: Final = 200
STEEP_FROM: Final = 2**20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may go to its parser: its bytes are read once, here."""

    file: str
    kind: Kind
    data: bytes
    sha256: str
    archive: ZipFile | None = None


class Refused(Exception):
    """A file that goes to no parser: the code of its finding and what fills it."""

    def __init__(self, code: str, **params: Said) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


_OTHER_KINDS: Final[tuple[tuple[bytes, Text], ...]] = (
    (b"%PDF", Text("PDF 文档", "a PDF document")),
    (b"Rar!", Text("RAR 压缩包", "a RAR archive")),
    (b"7z\xbc\xaf", Text("7z 压缩包", "a 7z archive")),
    (b"\x1f\x8b", Text("gzip 压缩包", "a gzip archive")),
    (b"\x89PNG", Text("PNG 图片", "a PNG picture")),
    (b"\xff\xd8\xff", Text("JPEG 图片", "a JPEG picture")),
    (b"{\\rtf", Text("RTF 文档", "an RTF document")),
)
_HTML: Final = (b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CSV_SUFFIXES: Final = (".csv", ".tsv", ".txt")


def look(path: Path) -> Candidate:
    """Read a file and say what it is. Raises Refused with the finding's code for whatever is not to be parsed."""
    data = contents(path)
    kind, archive = _kind(path, data)
    return Candidate(str(path), kind, data, sha256(data).hexdigest(), archive)


def contents(path: Path) -> bytes:
    """Return the bytes of a regular file that is neither empty nor too large. Raises Refused."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Refused("PC204", why=Text("不是普通文件", "it is not a regular file"))
        if status.st_size > LARGEST_FILE:
            raise _over(Text("文件大小", "its size"), status.st_size, LARGEST_FILE)
        data = path.read_bytes()
    except OSError as error:
        raise Refused("PC204", why=error.strerror or type(error).__name__) from None
    if not data:
        raise Refused("PC202")
    return data


def _over(what: Text, found: int, limit: int) -> Refused:
    return Refused("PC206", what=what, found=f"{found:,}", limit=f"{limit:,}")


def _kind(path: Path, data: bytes) -> tuple[Kind, ZipFile | None]:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data), None
    for magic, name in _OTHER_KINDS:
        if data.startswith(magic):
            raise Refused("PC201", kind=name)
    if head.lower().startswith(_HTML):
        raise Refused("PC201", kind=Text("网页（HTML）", "a web page (HTML)"))
    if head.startswith(b"<?xml"):
        raise Refused("PC201", kind=Text("XML 文件（可能是“XML 表格 2003”）", "XML, perhaps an XML Spreadsheet 2003"))
    if data.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02")):
        return "xls", None
    if b"\x00" not in data[:4096] and path.suffix.lower() in _CSV_SUFFIXES:
        return "csv", None
    if b"\x00" not in data[:4096]:
        raise Refused("PC201", kind=Text("纯文本", "plain text"))
    raise Refused("PC201", kind=Text("无法辨认的数据", "data of an unknown kind"))


def _ole_kind(data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("PC203")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "xls"
    raise Refused("PC201", kind=Text("旧版 Office 文档（不是表格）", "an old Office document, not a workbook"))


def _zip_kind(data: bytes) -> tuple[Kind, ZipFile]:
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise Refused(
            "PC205", why=Text(f"压缩包不完整（{error}）", f"the zip archive is incomplete ({error})")
        ) from None
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise _over(Text("压缩包内文件数", "the number of its parts"), len(entries), MOST_ENTRIES)
    total = sum(entry.file_size for entry in entries)
    if total > MOST_INFLATED:
        raise _over(Text("解压后大小", "its unpacked size"), total, MOST_INFLATED)
    for entry in entries:
        if entry.file_size > STEEP_FROM and entry.file_size > STEEPEST * max(entry.compress_size, 1):
            raise _over(
                Text("压缩比", "its compression ratio"), entry.file_size // max(entry.compress_size, 1), STEEPEST
            )
    names = {entry.filename.replace("\\", "/").lower() for entry in entries}
    if len(names) < len(entries):
        raise Refused("PC205", why=Text("压缩包内有重名文件", "two parts of the zip archive have one name"))
    if "encryptedpackage" in names:
        raise Refused("PC203")
    if "xl/workbook.bin" in names:
        return "xlsb", archive
    if any(name.startswith("xl/") for name in names):
        return "xlsx", archive
    if "content.xml" in names and "mimetype" in names and b"spreadsheet" in archive.read("mimetype")[:200]:
        return "ods", archive
    word = any(name.startswith("word/") for name in names)
    raise Refused(
        "PC201",
        kind=Text("Word 文档", "a Word document")
        if word
        else Text("压缩包（不是表格）", "a zip archive, not a workbook"),
    )
