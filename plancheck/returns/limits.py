"""What a file may ask for at most: one literal table, so that no limit hides in the code.

Over 515 good workbooks the largest came to 60 MB unpacked and a ratio of 121; the limits leave room above these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from plancheck.language import Text


class Limit(Struct, frozen=True):
    """One limit: the most that is allowed, and what it bounds, in words."""

    most: int
    what: Text


LIMITS: Final[Mapping[str, Limit]] = {
    "file": Limit(100 * 2**20, Text("文件大小（字节）", "the file's size in bytes")),
    "parts": Limit(5_000, Text("压缩包内文件数", "the number of its parts")),
    "unpacked": Limit(300 * 2**20, Text("解压后大小（字节）", "its unpacked size in bytes")),
    "ratio": Limit(200, Text("压缩比", "its compression ratio")),
    "sheets": Limit(200, Text("工作表数", "the number of its sheets")),
    "cells": Limit(5_000_000, Text("单元格数", "the number of its cells")),
    "merges": Limit(50_000, Text("合并单元格数", "the number of its merged ranges")),
    "rows": Limit(1_048_576, Text("行号", "a row number")),
    "columns": Limit(16_384, Text("列号", "a column number")),
    "text": Limit(32_767, Text("一个单元格的字数", "the characters of one cell")),
    "stray": Limit(100, Text("远离表格的单元格数", "the number of cells far off the table")),
    "memory": Limit(768 * 2**20, Text("读取所用内存（字节）", "the memory for reading it in bytes")),
}

STEEP_FROM: Final = 2**20
"""Parts smaller than this may have any ratio: they cannot do harm."""
SECONDS: Final = 3.5
"""A file in doubt is given this long to be read, and one second more for each …"""
BYTES_A_SECOND: Final = 8 * 2**20
"""… of these of its size and unpacked size."""


def most(name: str) -> int:
    """Return the most that is allowed of a limited thing."""
    return LIMITS[name].most
