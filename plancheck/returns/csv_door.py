"""The door for text with separators: .csv and .tsv in UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Final

from plancheck.language import Text
from plancheck.returns.limits import most
from plancheck.returns.preflight import ANEW, UNKNOWN, Refused
from plancheck.returns.sheet import Cell, Quirks, Sheet

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENCODINGS: Final = ("utf-8", "gb18030")
_SEPARATORS: Final = ",\t;"
_SEEN: Final = 4_096
"""The characters from the top by which the separator is told."""


def csv_sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the one sheet of a text file. Raises Refused for what is no text, or over a limit."""
    text = _decoded(data)
    if "\x00" in text:
        raise Refused("PC201", kind=UNKNOWN, todo=ANEW)
    separator = max(_SEPARATORS, key=text[:_SEEN].count)
    cells = text.count(separator) + text.count("\n")
    if cells > most("cells"):
        raise Refused.over("cells", cells)
    csv.field_size_limit(most("text"))
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows: Sequence[Sequence[Cell]] = list(reader)
    except csv.Error as error:
        raise _unreadable(error, reader.line_num) from None
    if len(rows) > most("rows"):
        raise Refused.over("rows", len(rows))
    yield Sheet("", rows, quirks=Quirks(formats_seen=False))


def _unreadable(error: csv.Error, line: int) -> Refused:
    """Return the refusal of a text: a quotation mark that is never closed would swallow the rows below it."""
    if "field larger" in str(error):
        return Refused(
            "PC205",
            why=Text(
                f"第 {line} 行止的一个单元格超过 {most('text'):,} 字，可能少了一个引号",
                f"a cell that ends at line {line} is longer than {most('text'):,} characters; perhaps a quotation mark is missing",
            ),
        )
    return Refused(
        "PC205",
        why=Text(f"第 {line} 行的引号不成对", f"the quotation marks of line {line} do not match"),
    )


def _decoded(data: bytes) -> str:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("PC205", why=Text("文字编码既不是 UTF-8 也不是 GB18030", "its text is neither UTF-8 nor GB18030"))
