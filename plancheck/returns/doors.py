"""The doors: each kind of file opened by the library that reads it best, handed on as plain sheets."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Final

from plancheck.language import Text
from plancheck.returns.preflight import Candidate, Refused
from plancheck.returns.scan import scan
from plancheck.returns.sheet import Cell, Quirks, Sheet

MOST_SHEETS: Final = 200
LONGEST_FIELD: Final = 32_767
_ENCODINGS: Final = ("utf-8-sig", "gb18030")


def sheets(candidate: Candidate) -> Iterator[Sheet]:
    """Yield the sheets of a workbook in order. Raises Refused where the file cannot be read."""
    if candidate.kind == "csv":
        return _csv_sheets(candidate)
    return _workbook_sheets(candidate)


def _workbook_sheets(candidate: Candidate) -> Iterator[Sheet]:
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    quirks = scan(candidate.archive) if candidate.kind == "xlsx" and candidate.archive is not None else ()
    try:
        workbook = load_workbook(BytesIO(candidate.data))
        if len(workbook.sheet_names) > MOST_SHEETS:
            what = Text("工作表数", "the number of its sheets")
            raise Refused("PC206", what=what, found=len(workbook.sheet_names), limit=MOST_SHEETS)
        for index, meta in enumerate(workbook.sheets_metadata):
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            page = workbook.get_sheet_by_index(index)
            top, left = page.start or (0, 0)
            ranges = page.merged_cell_ranges
            merges = tuple((*first, *last) for first, last in ranges) if ranges is not None else None
            known = quirks[index] if index < len(quirks) else Quirks(formats_seen=False)
            if meta.visible != SheetVisibleEnum.Visible:
                known = replace(known, hidden={**known.hidden, "sheet": 1})
            yield Sheet(meta.name, page.to_python(), top, left, merges, known)
    except PasswordError:
        raise Refused("PC203") from None
    except CalamineError as error:
        raise Refused("PC205", why=str(error) or type(error).__name__) from None


def _csv_sheets(candidate: Candidate) -> Iterator[Sheet]:
    text = _decoded(candidate.data)
    if "\x00" in text:
        raise Refused("PC201", kind=Text("无法辨认的数据", "data of an unknown kind"))
    separator = "\t" if text[:4096].count("\t") > text[:4096].count(",") else ","
    csv.field_size_limit(LONGEST_FIELD)
    try:
        rows: Sequence[Sequence[Cell]] = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Refused("PC205", why=str(error)) from None
    yield Sheet("", rows, quirks=Quirks(formats_seen=False))


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("PC205", why=Text("文字编码既不是 UTF-8 也不是 GB18030", "its text is neither UTF-8 nor GB18030"))
