"""Figures in cells merged over several rows or columns: what is whose cannot be told, so none of them is used."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace

from plancheck.language import Said, Text
from plancheck.quantity import Written, read_number
from plancheck.returns.sheet import Cell, letters, text_of
from plancheck.returns.table import Notes

_WHY = Text("合并单元格", "merged cells")


def set_aside_merged(notes: Notes, rows: Mapping[int, Text | None], columns: Mapping[int, Text]) -> None:
    """Mark the merged figures as not to be told, each with a finding.

    `rows` and `columns` are the grid rows and columns of the table's figures, with what they are called.
    """
    sheet = notes.sheet
    broken = dict(sheet.quirks.broken)
    for top, left, bottom, right in sheet.merges or ():
        above, before = top - sheet.top, left - sheet.left
        held = sheet.rows[above][before] if above in rows and 0 <= before < len(sheet.rows[above]) else ""
        if not is_figure(held):
            continue
        covered = [at for at in range(above, min(bottom - sheet.top, len(sheet.rows)) + 1) if at in rows]
        across = [at for at in range(before, right - sheet.left + 1) if at in columns]
        if not across or len(across) == len(covered) == 1:
            continue
        broken |= {(at + sheet.top, column + sheet.left): _WHY for at in covered for column in across}
        cells = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        params: dict[str, Said] = {"column": rows[above] or columns[across[0]], "found": text_of(held), "cells": cells}
        notes.find("PC271", notes.cell(above, before), params)
    if len(broken) > len(sheet.quirks.broken):
        notes.sheet = replace(sheet, quirks=replace(sheet.quirks, broken=broken))


def is_figure(cell: Cell) -> bool:
    """Return whether a cell holds a number, also as text."""
    if isinstance(cell, str):
        return cell != "" and _is_number(cell)
    return isinstance(cell, float | int) and not isinstance(cell, bool)


@lru_cache(maxsize=500)
def _is_number(text: str) -> bool:
    """Return whether a text reads as a number. Kept, as the words of a form stand in a thousand returns."""
    return isinstance(read_number(text), Written)
