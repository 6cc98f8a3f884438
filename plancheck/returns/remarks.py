"""What there is to say of a sheet as a whole: hidden parts, comments, values of other workbooks, cells that are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from plancheck.language import Text
from plancheck.returns.sheet import letters
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
        zh, en = (
            ("、".join(each.zh.format(n) for each, n in parts)),
            ", ".join(each.en.format(n) for each, n in parts),
        )
        notes.find("PC218", "", {"what": Text(zh, en)})
    comments = [cell for cell in quirks.comments if cell not in notes.marked]
    for code, cells in (("PC255", quirks.linked), ("PC256", comments)):
        if cells:
            notes.find(code, cells[0], {"count": len(cells), "cells": _some(cells)})


def remark_hidden_rows(notes: Notes) -> None:
    """Note which hidden rows hold figures that were used."""
    hidden = notes.sheet.quirks.hidden_rows
    if not hidden:
        return
    used = {row for block in notes.blocks for column in block.columns for row in column.rows}
    counted = sorted(row + 1 for row in hidden if row + 1 in used)
    if counted:
        notes.find("PC259", str(counted[0]), {"count": len(counted), "rows": _some([str(row) for row in counted])})


def _some(cells: Sequence[str]) -> str:
    return "、".join(cells[:_NAMED]) + ("…" if len(cells) > _NAMED else "")
