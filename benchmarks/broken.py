"""A thousand workbooks of which a tenth are broken, each in one of ten ways."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

EVERY = 10
"""One workbook in so many is broken."""


def _with_sheet(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Return a way to change the XML of a workbook's sheet."""

    def changed(content: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                part = old.read(name)
                new.writestr(name, change(part) if name.startswith("xl/worksheets/sheet") else part)
        return out.getvalue()

    return changed


_STRAY = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'

WAYS: tuple[Callable[[bytes], bytes], ...] = (
    lambda content: content[: len(content) // 2],
    lambda _: b"",
    lambda _: b"<html><table><tr><td>1</td></tr></table></html>",
    lambda content: b"\xff" * len(content),
    lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
    _with_sheet(lambda xml: xml.replace(b"</sheetData>", _STRAY)),
    _with_sheet(lambda xml: xml.replace(b"<sheetData>", b"<!-- --><sheetData>")),
    _with_sheet(lambda xml: xml.replace(b"<worksheet", b"<!DOCTYPE x><worksheet")),
    _with_sheet(lambda xml: xml.replace(b"<v>0</v>", b"<v>99999</v>")),
    _with_sheet(lambda xml: xml + bytes(40 * 2**20)),
)
"""Cut, empty, a web page, noise, locked; a stray cell, a comment, a DOCTYPE, shared strings that are not there, a bomb."""


def broken(clean: Path, folder: Path) -> None:
    """Copy a folder of workbooks, every tenth of them broken."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, path in enumerate(sorted(clean.iterdir())):
        content = path.read_bytes()
        if number % EVERY == 0:
            content = WAYS[number // EVERY % len(WAYS)](content)
        (folder / path.name).write_bytes(content)
