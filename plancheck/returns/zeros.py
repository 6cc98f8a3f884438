"""Rows in which every figure is 0: a 0 often stands where nothing was filled in."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from plancheck.model import ReadColumn, Value
from plancheck.quantity import Absent
from plancheck.returns.body import DataRow
from plancheck.returns.table import Notes

_SEVERAL: Final = 3
"""Fewer figures than this may well all be 0."""


def remark_zeros(columns: Sequence[ReadColumn], rows: Sequence[DataRow], notes: Notes) -> None:
    """Note each row whose figures, several of them, are all 0."""
    figures = [column for column in columns if any(type(value) in (int, Fraction) for value in column.values)]
    if len(figures) < _SEVERAL:
        return
    suspects = [index for index, value in enumerate(figures[0].values) if _zero(value)]
    for column in figures[1:]:
        if not suspects:
            return
        suspects = [index for index in suspects if _zero(column.values[index])]
    for index in suspects:
        cell, unit = f"{figures[0].letter}{figures[0].rows[index]}", rows[index].unit
        notes.find("PC262", cell, {"count": len(figures), "name": unit.name}, unit.id)


def _zero(value: Value | Absent) -> bool:
    return value == 0 and value is not False
