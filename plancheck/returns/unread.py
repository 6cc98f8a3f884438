"""What stands in a recognised table and is read by nobody: figures under no head, beside no label, or beside a strange one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from msgspec import Struct

from plancheck.pattern import Pattern
from plancheck.returns.body import FOOTER, filled
from plancheck.returns.merged import is_figure
from plancheck.returns.remarks import some
from plancheck.returns.sheet import Cell
from plancheck.returns.table import Notes
from plancheck.returns.words import FormWords, is_total, key, of_other_year

_ALIKE: Final = 0.75
_SHORTEST: Final = 3
"""Words of one or two characters are alike by chance."""
_TOTAL_OF: Final = Pattern("(?<=..)[合小总共]计$")
_RATES: Final = ("率", "占比", "比例")
_ANSWERS: Final = frozenset(("是", "否", "√", "×"))


class Wanted(Struct, frozen=True):
    """What a form asks for: its words, and the elements of it that were found on the sheet."""

    form: FormWords
    found: Collection[str]

    def meant(self, word: str) -> str | None:
        """Return the word, for an element not found, that a compared word nearly is: 在校学生数 for 在校学生人数."""
        if len(word) < _SHORTEST:
            return None
        from difflib import get_close_matches

        words = [
            path[0]
            for pairs in self.form.by_last.values()
            for column, path in pairs
            if len(path) == 1 and len(path[0]) >= _SHORTEST and path[0].endswith(_RATES) == word.endswith(_RATES)
            if column.element not in self.found
        ]
        return next(iter(get_close_matches(word, words, 1, _ALIKE)), None)


def remark_alike(notes: Notes, wanted: Wanted, place: str, label: str) -> bool:
    """Note a label that is nearly one the form asks for, 专任教师合计 too; return whether it is."""
    word = _TOTAL_OF.sub("", key(label))
    meant = None if of_other_year((word,), ()) else wanted.meant(word)
    if meant is not None:
        notes.find("PC274", place, {"found": label, "column": meant})
    return meant is not None


def remark_rows(notes: Notes, wanted: Wanted, label_column: int, columns: Collection[int], rows: Iterable[int]) -> None:
    """Note which of the rows that were not read hold something in the columns of values."""
    strange: list[str] = []
    unlabelled: list[str] = []
    for at in rows:
        row = notes.sheet.rows[at]
        held = [column for column in sorted(columns) if column < len(row) and _says_something(row[column])]
        first = next(iter(filled(row)), "")
        if not held or (isinstance(first, str) and FOOTER.match(first.strip())):
            continue
        label = row[label_column] if label_column < len(row) else ""
        if not isinstance(label, str) or not label.strip():
            unlabelled += [notes.cell(at, column) for column in held]
        elif not remark_alike(notes, wanted, notes.cell(at, label_column), label.strip()) and not is_total(key(label)):
            strange.append(f"{notes.cell(at, label_column)} {label.strip()}")
    if strange:
        notes.find("PC272", strange[0].split()[0], {"count": len(strange), "rows": some(strange)})
    _without_head(notes, unlabelled)


def _says_something(cell: Cell) -> bool:
    return is_figure(cell) or cell in _ANSWERS


def remark_columns(notes: Notes, columns: Iterable[int], rows: Sequence[int]) -> None:
    """Note the figures of units that stand in columns without a head."""
    found = []
    for column in columns:
        held = [at for at in rows if column < len(notes.sheet.rows[at]) and is_figure(notes.sheet.rows[at][column])]
        found += [notes.cell(at, column) for at in held]
    _without_head(notes, found)


def _without_head(notes: Notes, cells: Sequence[str]) -> None:
    if cells:
        notes.find("PC273", cells[0], {"count": len(cells), "cells": some(cells)})
