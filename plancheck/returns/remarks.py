"""What there is to say of a sheet as a whole: hidden parts, comments, values of other workbooks, cells that are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from plancheck.language import Text, all_of
from plancheck.model import Block, OneRow
from plancheck.returns.scan import COLOURED_BY_DESIGN
from plancheck.returns.sheet import cell_of, letters
from plancheck.returns.table import Notes

_NAMED: Final = 8
_HIDDEN: Final = {
    "rows": Text("{} 行", "{} rows"),
    "columns": Text("{} 列", "{} columns"),
    "sheet": Text("整张工作表", "the whole sheet"),
}


def remark(notes: Notes) -> None:
    """Note what the door found out about a sheet."""
    quirks = notes.sheet.quirks
    for code, cell, params in notes.sheet.remarks:
        notes.find(code, cell, params)
    for (row, column), why in sorted(quirks.broken.items()):
        notes.find("PC316", f"{letters(column)}{row + 1}", {"why": why})
    if quirks.hidden:
        parts = [(_HIDDEN[what], count) for what, count in quirks.hidden.items()]
        what = all_of(Text(each.zh.format(count), each.en.format(count)) for each, count in parts)
        notes.find("PC218", "", {"what": what})
    comments = [cell for cell in quirks.comments if cell not in notes.marked]
    for code, cells in (("PC255", quirks.linked), ("PC256", comments)):
        if cells:
            notes.find(code, cells[0], {"count": len(cells), "cells": some(cells)})


def remark_hidden_rows(notes: Notes) -> None:
    """Note which hidden rows hold figures that were used."""
    hidden = notes.sheet.quirks.hidden_rows
    if not hidden:
        return
    used = {row for block in notes.blocks for column in block.columns for row in column.rows}
    counted = sorted(row + 1 for row in hidden if row + 1 in used)
    if counted:
        notes.find("PC259", str(counted[0]), {"count": len(counted), "rows": some([str(row) for row in counted])})


def remark_colours(notes: Notes) -> None:
    """Note which figures stand on a coloured ground, where that tells them from the others.

    Red may say 估计数, yellow 未核实. A column that is coloured throughout, or every other row, is the sheet's design.
    """
    coloured = frozenset() if notes.copy else notes.sheet.quirks.coloured
    grounds = {row + 1 for row, _ in coloured}
    used: dict[str, set[int]] = {}
    for block in notes.blocks:
        for column in () if grounds.isdisjoint(_rows(block)) else block.columns:
            used.setdefault(column.letter, set()).update(column.rows)
    marked = []
    for letter, rows in used.items():
        at = cell_of(f"{letter}1")[1]
        own = {row for row in rows if (row - 1, at) in coloured}
        if len(own) < len(rows) or len(rows) == 1 < len(used):
            marked += [(row, at) for row in own]
    if 0 < len(marked) <= sum(map(len, used.values())) / COLOURED_BY_DESIGN:
        cells = [f"{letters(at)}{row}" for row, at in sorted(marked)]
        notes.find("PC263", cells[0], {"count": len(cells), "cells": some(cells)})


def _rows(block: Block) -> Sequence[int]:
    if isinstance(block.columns, OneRow):
        return block.columns.places.rows
    return block.columns[0].rows if block.columns else ()


def some(cells: Sequence[str]) -> Text:
    """Return the first of several cells or rows, for a message."""
    first, more = all_of(cells[:_NAMED]), "…" if len(cells) > _NAMED else ""
    return Text(first.zh + more, first.en + more)
