"""Which columns of a table of labelled rows hold its values, and of what year: 2022年 | 2023年, 上年 | 本年, 填报值."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from plancheck.returns.sheet import Cell, Sheet, text_of
from plancheck.returns.words import LAST_YEAR, THIS_YEAR, YEAR_BEFORE, FormWords, key, year_word


def value_columns(
    sheet: Sheet, form: FormWords, label_column: int, first: int
) -> tuple[int, tuple[tuple[int, int | None], ...]]:
    """Find the row above the first line that heads the value columns, and these: years across, else 本年 / 填报值."""
    words = {key(word) for word in form.form.value_words} | THIS_YEAR
    for row in range(first - 1, -1, -1):
        cells = [
            (at, key(text_of(cell))) for at, cell in enumerate(sheet.rows[row]) if at > label_column and cell != ""
        ]
        years = [(at, year) for at, word in cells if (year := year_word(word)) is not None]
        if years:
            return row, tuple((each, year) for at, year in years for each in _headed(sheet, row, at, first))
        this_year = tuple((at, None) for at, word in cells if word in words)
        if this_year:
            last_year = tuple((at, YEAR_BEFORE) for at, word in cells if word in LAST_YEAR)
            return row, this_year + last_year
    return first, ()


def _headed(sheet: Sheet, row: int, at: int, first: int) -> Iterator[int]:
    """Yield the column of a year's cell, and those with figures beside it that it heads too: merged over them, or with words of
    their own below it where merges are lost.
    """
    yield at
    here, cells = (row + sheet.top, at + sheet.left), sheet.rows[row]
    last = max((right - sheet.left for top, left, _, right in sheet.merges or () if (top, left) == here), default=at)
    if sheet.merges is None:
        below = sheet.rows[row + 1 : first]
        blank = takewhile(lambda each: cells[each] == "" and _any(below, each, _is_word), range(at + 1, len(cells)))
        last = max(blank, default=at)
    yield from (each for each in range(at + 1, last + 1) if _any(sheet.rows[first:], each, _is_figure))


def _any(rows: Sequence[Sequence[Cell]], at: int, holds: Callable[[Cell], bool]) -> bool:
    return any(at < len(row) and holds(row[at]) for row in rows)


def _is_word(cell: Cell) -> bool:
    return cell != ""


def _is_figure(cell: Cell) -> bool:
    return isinstance(cell, float | int) or (isinstance(cell, str) and cell.strip()[:1].isdigit())
