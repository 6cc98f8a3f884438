"""Ledgers (台账): one row a thing, known by the form's key, such as a building project or a document to be issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from plancheck.language import all_of
from plancheck.model import Block, Unit
from plancheck.pattern import Pattern
from plancheck.quantity import UNITS, Absent, no_data, tidy
from plancheck.returns.body import (
    FOOTER,
    DataRow,
    HeadedTable,
    aside,
    body_of,
    by_year,
    filled,
    merged_down,
    read_column,
    says_total,
    stated_year,
)
from plancheck.returns.header import hits, leads_to_head
from plancheck.returns.period import Stated
from plancheck.returns.sheet import Cell, text_of
from plancheck.returns.table import Context, Notes
from plancheck.returns.unit_notes import with_notes
from plancheck.returns.words import key

_BESIDE_CHINESE: Final = Pattern(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_LABEL: Final = Pattern(r"[^：:“”\"0-9]{1,12}[：:]")
_ADDED_UP: Final = frozenset(("count", "amount", "percent"))
"""Figures are not taken over from a cell merged downwards: they would count once for each row below it."""


def row_name(text: str) -> str:
    """Return a thing's name as it is compared: without line breaks, and without blanks beside Chinese characters."""
    return _BESIDE_CHINESE.sub("", tidy(text))


def row_unit(form: str, name: str, apart: str = "") -> Unit:
    """Return what stands for one row of a list in a block; `apart` tells rows of one name apart."""
    return Unit(f"{form}#{name}#{apart}" if apart else f"{form}#{name}", name, name, "")


def read_table(table: HeadedTable, context: Context, notes: Notes, stated: Sequence[Stated]) -> int:
    """Read the rows below the head into blocks. Returns the grid row after the table's last."""
    columns = _columns(table, context, notes)
    end, rows = _sort_rows(table, columns, context, notes)
    table = with_notes(table, [row.row for row in rows], end, context, notes)
    if not rows:
        notes.find("PC225", "", {"form": table.form.form.title})
    for year, own in by_year(context, notes, stated, rows).items():
        notes.used += len(own)
        body = body_of(table, own, notes, columns.covered)
        values = tuple(
            read_column(match, context.plan.elements[element], body)
            for element, match in table.at.items()
            if element != "report_year"
        )
        units = [row.unit for row in own]
        notes.blocks.append(Block(table.form.form.id, notes.file, notes.sheet.name, year, units, values))
    return end


class _Columns(Struct, frozen=True):
    """Where a list's key, the columns that tell rows of one key apart, its year and all its columns stand."""

    key: int
    apart: tuple[int, ...]
    year: int
    all: frozenset[int]
    covered: Mapping[tuple[int, int], Cell]
    headings: frozenset[int]

    def text(self, at: int, row: Sequence[Cell], column: int) -> str:
        """Return a cell of an identifying column as text, a cell merged downwards for each of its rows."""
        cell = row[column] if 0 <= column < len(row) else ""
        return row_name(text_of(self.covered.get((at, column), "") if cell == "" else cell))


def _columns(table: HeadedTable, context: Context, notes: Notes) -> _Columns:
    form, sheet = table.form.form, notes.sheet
    at = {element: match.at for element, match in table.at.items()}
    found = at.get(form.key, -1)
    filled_down = {
        column for element, column in at.items() if UNITS[context.plan.elements[element].unit].kind not in _ADDED_UP
    }
    # A name merged over the columns beside it heads the rows below: 一、幼儿园.
    headings = (
        top - sheet.top
        for top, left, _, right in sheet.merges or ()
        if left <= found + sheet.left <= right and left < right
    )
    return _Columns(
        found,
        tuple(at[column.element] for column in form.by if column.element in at),
        at.get("report_year", -1),
        frozenset(at.values()),
        dict(merged_down(notes, table.head.last, filled_down)),
        frozenset(headings),
    )


def _sort_rows(table: HeadedTable, columns: _Columns, context: Context, notes: Notes) -> tuple[int, list[DataRow]]:
    rows, first = notes.sheet.rows, table.head.last + 1
    found: list[DataRow] = []
    for at in range(first, len(rows)):
        row = rows[at]
        if at in notes.skipped:
            notes.left_out["hidden"] += 1
            continue
        if at > first and _is_head(row, columns, context):
            return at, found
        name = columns.text(at, row, columns.key)
        if len(filled(row)) == 1 and leads_to_head(notes.sheet, at, context.words):
            notes.left_out["note"] += 1
            continue
        reason = _left_out(at, row, name, columns, near=at < first + 2)
        if reason == "no_key":
            _without_key(at, table, columns, context, notes)
        if reason:
            notes.left_out[reason] += 1
            continue
        apart = " ".join(filter(None, (columns.text(at, row, column) for column in columns.apart)))
        said = columns.text(at, row, columns.year)
        year = stated_year(said, notes.cell(at, columns.year), context, notes) if said else None
        if year is Absent.UNREADABLE:
            notes.left_out["no_period"] += 1
            continue
        found.append(DataRow(at, row_unit(table.form.form.id, name, apart), year))
    return len(rows), found


def _is_head(row: Sequence[Cell], columns: _Columns, context: Context) -> bool:
    """Return whether a further table begins here: its head, or this one's printed again on the next page."""
    cell = row[columns.key] if 0 <= columns.key < len(row) else ""
    known = isinstance(cell, str) and key(cell) in context.words.words
    return known and hits(row, context.words) >= max(2, len(filled(row)) / 2)


def _left_out(at: int, row: Sequence[Cell], name: str, columns: _Columns, *, near: bool) -> str:
    """Return why a row is no data of a thing, or an empty text. A row with a name is data unless it says otherwise."""
    held = filled(row)
    if not held:
        return "blank"
    if near and (beside := aside(row)):
        return beside
    if says_total(row, columns.key + 1 if name else len(row)):
        return "total"
    values = [row[column] for column in columns.all - {columns.key} if column < len(row) and row[column] != ""]
    if at in columns.headings or _is_note(text_of(held[0]).strip(), alone=not values):
        return "note"
    if name and no_data(name) is None:
        return ""
    texts = [cell for cell in held if isinstance(cell, str) and no_data(cell) is None]
    if any(not isinstance(value, str) or no_data(value) is None for value in values):
        return "no_key"
    return "note" if texts else "ghost"


def _is_note(text: str, *, alone: bool) -> bool:
    """Return whether a row that begins so is a note. Beside values 1.“十四五”规划 names a thing, but 审核人：never does."""
    return FOOTER.match(text) is not None and (alone or _LABEL.match(text) is not None)


def _without_key(at: int, table: HeadedTable, columns: _Columns, context: Context, notes: Notes) -> None:
    """Name a row that says something of nothing. Where the key's column itself is missing, that is the finding."""
    if columns.key < 0:
        return
    label = context.plan.elements[table.form.form.key].label
    said = [text_of(cell) for cell in filled(notes.sheet.rows[at])]
    row = str(notes.sheet.top + at + 1)
    notes.find("PC240", notes.cell(at, columns.key), {"row": row, "key": label, "found": all_of(said[:3])})
