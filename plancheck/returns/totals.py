"""Rows of totals (合计, 小计): never counted, but kept with the rows they add up, so that they can be held against them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from plancheck.language import Said
from plancheck.model import Plan, Total
from plancheck.quantity import UNITS, Number
from plancheck.returns.body import DataRow, HeadedTable, aside, says_total
from plancheck.returns.cells import understand
from plancheck.returns.remarks import some
from plancheck.returns.sheet import Cell
from plancheck.returns.table import Notes, lookup
from plancheck.returns.words import MEANS, is_total, is_whole, key


class _Span(Struct, frozen=True):
    """A grid row of totals, its label, and the first and last of the data rows it adds up."""

    row: int
    label: str
    first: int
    last: int


Until = tuple[int, Mapping[int, bool]]
"""The grid row that a table ends before, and those of its rows that say a total of one school: whether they are any."""


def totals_of(table: HeadedTable, plan: Plan, notes: Notes, rows: Sequence[DataRow], until: Until) -> tuple[Total, ...]:
    """Return the totals of a table whose data rows are `rows`."""
    counted = [
        match for match in table.at.values() if UNITS[plan.elements[match.element].unit].kind in ("count", "amount")
    ]
    spans = list(_spans(table, notes, rows, until)) if rows else []
    found = lookup(notes.sheet)
    totals: list[Total] = []
    for span in spans:
        row = notes.sheet.rows[span.row]
        values: dict[str, Number] = {}
        doubtful: list[str] = []
        for match in counted:
            cell = row[match.at] if match.at < len(row) else ""
            facts = found.facts(span.row, match.at, match.unit_word)
            understood = understand(cell, plan.elements[match.element], facts)
            if isinstance(understood.value, Number) and not isinstance(understood.value, bool):
                values[match.element] = understood.value
            elif understood.code and not _of_no_account(understood.code, cell):
                doubtful.append(notes.cell(span.row, match.at))
        if doubtful:
            params: dict[str, Said] = {"row": span.label, "count": len(doubtful), "cells": some(doubtful)}
            notes.find("PC321", doubtful[0], params)
        totals.append(Total(notes.sheet.top + span.row + 1, span.label, span.first, span.last, values))
    return tuple(totals)


def _of_no_account(code: str, cell: Cell) -> bool:
    """Return whether what is doubtful of a total is not its own: its column's unit, or a sum of 0 that may not be saved."""
    return isinstance(cell, float) and (code == "PC307" or cell == 0)


def _spans(table: HeadedTable, notes: Notes, rows: Sequence[DataRow], until: Until) -> Iterator[_Span]:
    """Yield the rows of totals before a grid row with what they add up; not those of one school.

    小计, and a total that names a part (小学合计), adds up the rows since the total before it; any other all rows above,
    or all rows of the table where it stands first. Where a row with figures was left out among them, it is passed over.
    """
    end, own_totals = until
    used = {row.row: index for index, row in enumerate(rows)}
    width = max(match.at for match in table.at.values()) + 1
    since, unread_since, unread = 0, False, False
    seen = 0
    for at in range(table.head.last + 1, end):
        if at in used:
            seen = used[at] + 1
            continue
        row = notes.sheet.rows[at]
        if own_totals.get(at):
            continue
        label = "" if at in own_totals else _label(row)
        if not label:
            left_out = not aside(row) and any(_is_figure(cell) for cell in row[:width])
            unread, unread_since = unread or left_out, unread_since or left_out
            continue
        part = not is_whole(label)
        first, last = (since, seen - 1) if part and seen > since else (0, seen - 1) if seen else (0, len(rows) - 1)
        if MEANS.fullmatch(label):
            continue
        if not (unread_since if part and seen > since else unread):
            yield _Span(at, label, first, last)
        since, unread_since = seen, False


def _label(row: Sequence[Cell]) -> str:
    if not says_total(row, len(row)):
        return ""
    return next(key(cell) for cell in row if isinstance(cell, str) and is_total(key(cell)))


def _is_figure(cell: Cell) -> bool:
    return isinstance(cell, float | int) and not isinstance(cell, bool) and cell != 0
