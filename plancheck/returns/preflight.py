"""What a file really is, by its content, and whether it is safe to hand to a parser."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator, Mapping
from errno import EISDIR
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from struct import unpack_from
from typing import Final, Literal
from zipfile import BadZipFile, ZipFile

from msgspec import Struct

from plancheck.language import Said, Text
from plancheck.model import STANDARD_INPUT
from plancheck.returns.limits import LIMITS, STEEP_FROM, most
from plancheck.wording import refusal

Kind = Literal["xlsx", "xlsb", "xls", "ods", "csv"]


class Candidate(Struct, frozen=True):
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

    @classmethod
    def over(cls, limit: str, found: int) -> Refused:
        """Return the refusal of a file that exceeds a limit of `LIMITS`."""
        return cls("PC206", what=LIMITS[limit].what, found=f"{found:,}", limit=f"{most(limit):,}")


_SAVE: Final = Text(
    "请用 Excel 或 WPS 打开并另存为 .xlsx 后重新提交。", "Open it in Excel or WPS, save as .xlsx and submit again."
)
_UNPACK: Final = Text("请先解压，提交里面的表格文件。", "Unpack it first and submit the workbooks in it.")
_TYPE: Final = Text(
    "请提交原来的表格文件，不要提交扫描件、截图或打印件。",
    "Submit the workbook itself, not a scan, picture or printout.",
)
ANEW: Final = Text(
    "请核对是否选错了文件，重新提交表格。", "Make sure it is the right file, and submit the workbook again."
)
UNKNOWN: Final = Text("无法辨认的数据", "data of an unknown kind")
_OTHER_KINDS: Final[tuple[tuple[bytes, Text, Text], ...]] = (
    (b"%PDF", Text("PDF 文档", "a PDF document"), _TYPE),
    (b"Rar!", Text("RAR 压缩包", "a RAR archive"), _UNPACK),
    (b"7z\xbc\xaf", Text("7z 压缩包", "a 7z archive"), _UNPACK),
    (b"\x1f\x8b", Text("gzip 压缩包", "a gzip archive"), _UNPACK),
    (b"\x89PNG", Text("PNG 图片", "a PNG picture"), _TYPE),
    (b"\xff\xd8\xff", Text("JPEG 图片", "a JPEG picture"), _TYPE),
    (b"{\\rtf", Text("RTF 文档", "an RTF document"), _TYPE),
)
_HTML: Final = (b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_HEADER, _OLE_DIRECTORY = 512, 48
"""How long the header of an old Office file is, and where in it stands the sector its directory begins in."""
_LOCKED: Final = 0x1
"""The flag of a part that is encrypted in the archive."""
_BIFF: Final = (b"\x09\x08", b"\x09\x04", b"\x09\x02")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_BROKEN_ZIP: Final = (
    BadZipFile,
    zlib.error,
    ValueError,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
_CSV_SUFFIXES: Final = (".csv", ".tsv", ".txt")
_SUFFIXES: Final[dict[str, Kind]] = {
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".et": "xls", ".xlsb": "xlsb", ".ods": "ods", ".csv": "csv",
}  # fmt: skip


def look(path: Path, piped: bytes = b"") -> Candidate:
    """Read a file and say what it is; `piped` is what was piped in, and read where the path is that of standard input.

    Raises Refused with the finding's code for whatever is not to be parsed.
    """
    data = _bounded(piped) if str(path) == STANDARD_INPUT else contents(path)
    kind, archive = _kind(path, data)
    return Candidate(str(path), kind, data, sha256(data).hexdigest(), archive)


def contents(path: Path) -> bytes:
    """Return the bytes of a regular file that is neither empty nor too large. Raises Refused."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            next(path.iterdir(), None)  # one that cannot be looked into is refused by the system, in its words
            raise Refused("PC204", why=refusal(EISDIR))
        if not stat.S_ISREG(status.st_mode):
            raise Refused("PC204", why=Text("不是普通文件", "it is not a regular file"))
        if status.st_size > most("file"):
            raise Refused.over("file", status.st_size)
        data = path.read_bytes()
    except OSError as error:
        raise Refused("PC204", why=refusal(error)) from None
    return _bounded(data)


def _bounded(data: bytes) -> bytes:
    if not data:
        raise Refused("PC202")
    limit = most("file")
    if len(data) > limit:  # only of a pipe: nobody knows how much more there was
        raise Refused(
            "PC206", what=LIMITS["file"].what, found=Text(f"{limit:,} 以上", f"over {limit:,}"), limit=f"{limit:,}"
        )
    return data


def remarks(candidate: Candidate) -> Iterator[tuple[str, Mapping[str, Said]]]:
    """Yield what there is to say of a file that can be read: (code, params)."""
    suffix = Path(candidate.file).suffix.lower()
    if _SUFFIXES.get(suffix, candidate.kind) != candidate.kind:
        yield "PC258", {"suffix": suffix, "kind": f".{candidate.kind}"}
    if candidate.archive is not None and any("vbaproject" in name.lower() for name in candidate.archive.namelist()):
        yield "PC257", {}


def _kind(path: Path, data: bytes) -> tuple[Kind, ZipFile | None]:
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data), None
    if data.startswith(_BIFF):
        return "xls", None
    _check_other(data)
    text = data.startswith(_UTF_16) or b"\x00" not in data[:4096]
    if not text:
        raise Refused("PC201", kind=UNKNOWN, todo=ANEW)
    if path.suffix.lower() not in _CSV_SUFFIXES and str(path) != STANDARD_INPUT:
        raise Refused("PC201", kind=Text("纯文本", "plain text"), todo=_SAVE)
    return "csv", None


def _check_other(data: bytes) -> None:
    """Refuse what is known to be no workbook, by its name."""
    for magic, name, todo in _OTHER_KINDS:
        if data.startswith(magic):
            raise Refused("PC201", kind=name, todo=todo)
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.lower().startswith(_HTML):
        raise Refused("PC201", kind=Text("网页（HTML）", "a web page (HTML)"), todo=_SAVE)
    if head.startswith(b"<?xml"):
        kind = Text("XML 文件（可能是“XML 表格 2003”）", "XML, perhaps an XML Spreadsheet 2003")
        raise Refused("PC201", kind=kind, todo=_SAVE)


def _ole_kind(data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("PC203")
    (directory,) = unpack_from("<I", data.ljust(_OLE_HEADER, b"\0"), _OLE_DIRECTORY)
    if (directory + 1) * _OLE_HEADER >= len(data) > _OLE_HEADER:
        raise Refused("PC205", why=Text("文件不完整，后半部分缺失", "it is incomplete; its latter part is missing"))
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "xls"
    raise Refused(
        "PC201", kind=Text("旧版 Office 文档（不是表格）", "an old Office document, not a workbook"), todo=ANEW
    )


def _zip_kind(data: bytes) -> tuple[Kind, ZipFile]:
    try:
        archive = ZipFile(BytesIO(data))
        _check_directory(archive)
        entries = archive.infolist()
        names = {entry.filename.replace("\\", "/").lower() for entry in entries}
        mimetype = archive.open("mimetype").read(200) if "mimetype" in names else b""
    except _BROKEN_ZIP:
        raise Refused("PC205", why=Text("压缩包不完整", "the zip archive is incomplete")) from None
    if len(names) < len(entries):
        raise Refused("PC205", why=Text("压缩包内有重名文件", "two parts of the zip archive have one name"))
    if "encryptedpackage" in names:
        raise Refused("PC203")
    if "xl/workbook.bin" in names:
        return "xlsb", archive
    if any(name.startswith("xl/") for name in names):
        return "xlsx", archive
    if "content.xml" in names and b"spreadsheet" in mimetype:
        return "ods", archive
    if any(name.startswith("word/") for name in names):
        raise Refused("PC201", kind=Text("Word 文档", "a Word document"), todo=_TYPE)
    raise Refused("PC201", kind=Text("压缩包（不是表格）", "a zip archive, not a workbook"), todo=_UNPACK)


def _check_directory(archive: ZipFile) -> None:
    """Refuse an archive for what its directory declares. What a part holds beyond that is found when it is unpacked."""
    entries = archive.infolist()
    if len(entries) > most("parts"):
        raise Refused.over("parts", len(entries))
    total = sum(entry.file_size for entry in entries)
    if total > most("unpacked"):
        raise Refused.over("unpacked", total)
    for entry in entries:
        if entry.flag_bits & _LOCKED:
            raise Refused("PC203")
        ratio = entry.file_size // max(entry.compress_size, 1)
        if entry.file_size > STEEP_FROM and ratio > most("ratio"):
            raise Refused.over("ratio", ratio)
