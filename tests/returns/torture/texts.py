"""The text files of the torture set: each .csv, how it is spoilt, and in which class it must end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.returns.torture.ooxml import HEAD, SCHOOLS
from tests.returns.torture.workbooks import READ, REFUSED, Class

_LINES: Final = [",".join(HEAD), *(",".join(map(str, school)) for school in SCHOOLS)]
_TEXT: Final = "\r\n".join(_LINES) + "\r\n"
_MANY: Final = b"1,2\n" * 2_500_001


def _csv(content: str | bytes, encoding: str = "utf-8", name: str = "a.csv") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return make


TEXTS: Final[dict[str, Class]] = {
    "as it should be": Class(_csv(_TEXT), (), READ),
    "UTF-8 with a mark": Class(_csv(_TEXT, "utf-8-sig"), (), READ),
    "GB18030": Class(_csv(_TEXT, "gb18030"), (), READ),
    "UTF-16, as Excel's Unicode text": Class(_csv(_TEXT.replace(",", "\t"), "utf-16"), (), READ),
    "semicolons": Class(_csv(_TEXT.replace(",", ";")), (), READ),
    "tabs": Class(_csv(_TEXT.replace(",", "\t"), name="a.tsv"), (), READ),
    "line ends of three kinds": Class(_csv("\r".join(_LINES[:2]) + "\n" + _LINES[2]), (), READ),
    "quoted cells and a line break in one": Class(_csv(_TEXT.replace("甲校", '"甲\r\n校"')), (), READ),
    "blank lines before and between": Class(_csv("\r\n\r\n" + _TEXT.replace("\r\n", "\r\n\r\n")), (), READ),
    "rows of different lengths": Class(_csv(_TEXT.replace("970", "970,,,,,,,")), (), READ),
    "zero bytes": Class(_csv(b""), ("PC202",), REFUSED),
    "a mark and nothing else": Class(_csv(b"\xef\xbb\xbf"), ("PC260",), REFUSED),
    "blank lines only": Class(_csv("\r\n" * 50), ("PC260",), REFUSED),
    "no known encoding": Class(_csv("标识码".encode() + b"\xff\xff\xfe,1\n"), ("PC205",), REFUSED),
    "cut in the middle of a sign": Class(_csv(_TEXT.encode()[:-20] + "甲".encode()[:2]), ("PC205",), REFUSED),
    "a NUL far down": Class(_csv(_TEXT.encode() + b"x,y\n" * 2_000 + b"\x00"), ("PC201",), REFUSED),
    "a quotation mark never closed": Class(_csv(_TEXT.replace("乙校", '"乙校')), ("PC205",), REFUSED),
    "a cell of 40,000 characters": Class(_csv(_TEXT + "x" * 40_000), ("PC205",), REFUSED),
    "five million cells and more": Class(_csv(_MANY), ("PC206",), REFUSED),
    "one line of six million separators": Class(_csv(b"," * 6_000_000), ("PC206",), REFUSED),
    "hostile text": Class(_csv(_TEXT.replace("乙校", "=HYPERLINK(1)[/bold]<script>\x1b[2J")), (), READ),
    "binary data": Class(_csv(b"\x00\x01\x02" * 100), ("PC201",), REFUSED),
}  # fmt: skip
