"""A workbook in doubt, read in a process of its own: an .xlsx by the careful reader beside calamine, any other by its scan.

What the two readers of an .xlsx find is compared: where they differ, the careful one is believed and it is said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Final

from plancheck.language import Said, Text, all_of
from plancheck.returns.calamine_door import opened, plain_sheet
from plancheck.returns.careful import careful_sheets
from plancheck.returns.found import FoundSheet, Place, name_of
from plancheck.returns.limits import most
from plancheck.returns.other_kinds import other_sheets
from plancheck.returns.package import Package, open_package
from plancheck.returns.preflight import Candidate, Refused
from plancheck.returns.sheet import Cell, Quirks, Sheet, text_of

Remark = tuple[str, str, Mapping[str, Said]]
_GAP_ROWS: Final = 1_000
_GAP_COLUMNS: Final = 200
"""What lies beyond so many blank rows or columns, on a sheet too large to hold, is not part of its table."""
_NAMED: Final = 5
_DISORDER: Final = Text("行或单元格的次序颠倒", "its rows or cells are out of order")


def doubtful_sheets(candidate: Candidate) -> list[Sheet]:
    """Read the sheets of a workbook. Raises Refused; may abort the process, hang, or run out of memory."""
    if candidate.kind == "xlsx" and candidate.archive is not None:
        return list(_careful(candidate, open_package(candidate.archive)))
    return other_sheets(candidate)


def _careful(candidate: Candidate, package: Package) -> Iterator[Sheet]:
    worksheets = [number for number, part in enumerate(package.sheets) if part.kind == "worksheet"]
    if not worksheets:
        raise Refused("PC205", why=Text("没有一张工作表", "it has no worksheet"))
    if len(worksheets) > most("sheets"):
        raise Refused.over("sheets", len(worksheets))
    remarks: list[Remark] = [("PC254", "", {"what": what}) for what in package.odd]
    for number, found in zip(worksheets, careful_sheets(package), strict=True):
        if found.disordered:
            remarks.append(("PC254", "", {"what": _DISORDER}))
        sheet, stray = _grid(found)
        remarks += stray
        if not stray:
            remarks += _compared(candidate, number, found)
        yield Sheet(sheet.name, sheet.rows, sheet.top, sheet.left, sheet.merges, sheet.quirks, tuple(remarks))
        remarks = []


def _grid(found: FoundSheet) -> tuple[Sheet, list[Remark]]:
    """Return the cells as a grid, and the remark on those that lie too far off to be held in one."""
    places: Iterable[Place] = found.cells.keys() | found.errors.keys() | found.broken.keys() | found.uncalculated
    remarks: list[Remark] = []
    if _area(places) > most("cells"):
        rows = _main_part((row for row, _ in places), _GAP_ROWS)
        columns = _main_part((column for _, column in places), _GAP_COLUMNS)
        stray = sorted(place for place in places if place[0] not in rows or place[1] not in columns)
        if len(stray) > most("stray"):
            raise Refused.over("stray", len(stray))
        places = {place for place in places if place[0] in rows and place[1] in columns}
        if _area(places) > most("cells"):
            raise Refused.over("cells", _area(places))
        names = all_of(f"{name_of(place)} {text_of(found.cells.get(place, ''))[:20]}" for place in stray[:_NAMED])
        remarks.append(("PC250", name_of(stray[0]), {"count": len(stray), "cells": names}))
        found.cells = {place: cell for place, cell in found.cells.items() if place in places}
    top, left = min((row for row, _ in places), default=0), min((column for _, column in places), default=0)
    width = max((column for _, column in places), default=-1) + 1 - left
    height = max((row for row, _ in places), default=-1) + 1 - top
    grid: list[list[Cell]] = [[""] * width for _ in range(height)]
    for (row, column), cell in found.cells.items():
        grid[row - top][column - left] = cell
    quirks = found.quirks()
    return Sheet(found.name, grid, top, left, tuple(found.merges), quirks), remarks


def _area(places: Iterable[Place]) -> int:
    rows, columns = {row for row, _ in places}, {column for _, column in places}
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if rows else 0


def _main_part(numbers: Iterable[int], gap: int) -> range:
    """Return from the first to the last of the rows (or columns) that hold most cells without a gap between them."""
    counts = Counter(numbers)
    ordered = sorted(counts)
    begins = [ordered[0], *(later for earlier, later in pairwise(ordered) if later - earlier > gap)]
    held: Counter[int] = Counter()
    for number, count in counts.items():
        held[bisect_right(begins, number) - 1] += count
    best = max(held, key=lambda part: (held[part], -part))
    end = begins[best + 1] if best + 1 < len(begins) else ordered[-1] + 1
    return range(begins[best], max(number for number in ordered if number < end) + 1)


def _compared(candidate: Candidate, number: int, found: FoundSheet) -> Iterator[Remark]:
    """Yield a remark where calamine reads a sheet otherwise, or not at all."""
    try:
        other = plain_sheet(opened(candidate.data), number, Quirks())
    except Refused as refused:
        why = refused.params.get("why", "")
        yield (
            "PC254",
            "",
            {"what": Text(f"文件有缺损（{say(why, 'zh')}）", f"the file is incomplete ({say(why, 'en')})")},
        )
        return
    theirs = _places(other.top, other.left, other.rows)
    ours = dict(found.cells)
    differ = sorted(
        place
        for place in ours.keys() | theirs.keys()
        if not _same(ours.get(place, ""), theirs.get(place, "")) and place not in found.broken
    )
    if differ:
        first = differ[0]
        pair = {"first": text_of(ours.get(first, ""))[:20], "second": text_of(theirs.get(first, ""))[:20]}
        yield "PC253", name_of(first), {"count": len(differ), **pair}


def say(said: Said, lang: str) -> str:
    """Return what fills a placeholder in one language."""
    return said.say("zh" if lang == "zh" else "en") if isinstance(said, Text) else str(said)


def _places(top: int, left: int, rows: Sequence[Sequence[Cell]]) -> dict[Place, Cell]:
    return {
        (top + row, left + column): cell
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell != ""
    }


def _same(ours: Cell, theirs: Cell) -> bool:
    """Return whether two readers mean the same; they may round a second differently, and NaN is never itself."""
    if isinstance(ours, date | time | timedelta):
        return type(ours) is type(theirs)
    return ours == theirs or (type(ours) is type(theirs) is float and repr(ours) == repr(theirs))
