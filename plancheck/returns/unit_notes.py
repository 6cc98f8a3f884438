"""Where units stand beside those in a head and above it: in a row below the head, in notes below, in remarks beside."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from plancheck.model import Plan
from plancheck.quantity import KIN_WORDS, UNITS, UnitOfMeasure
from plancheck.returns.body import FOOTER, HeadedTable, aside, filled, merged_down, says_total
from plancheck.returns.header import Match, all_words, titles_above
from plancheck.returns.noted_unit import Noted, doubt, noted, telling, unit_alone
from plancheck.returns.sheet import Cell, text_of
from plancheck.returns.table import Context, Notes
from plancheck.returns.title_unit import units_said

_MONEY: Final = "money"


def with_notes(table: HeadedTable, used: Sequence[int], end: int, context: Context, notes: Notes) -> HeadedTable:
    """Return a table with the units that the row below its head gives its columns, and with what notes and remarks make
    doubtful. `used` are its grid rows with data, `end` is the row after its last.
    """
    table = _under_head(table, context.plan, notes)
    general = tuple(_in_notes(table, used, end, notes))
    table = _each(table, general, context.plan) if general else table
    open_ = [
        match for match in _columns(table) if _is_open(match, table) and _unit(match, context.plan).dimension == _MONEY
    ]
    if not open_:
        return table
    doubts: dict[int, dict[int, str]] = {}
    for row, said in _in_remarks(table, used, notes).items():
        for match in open_:
            unit = _unit(match, context.plan)
            if words := doubt(unit, match.path, match.unit_word, said, table.head.paths):
                doubts.setdefault(match.at, {})[row] = words
    return replace(table, doubts=doubts) if doubts else table


def _columns(table: HeadedTable) -> Sequence[Match]:
    return (*table.at.values(), *table.beside)


def _unit(match: Match, plan: Plan) -> UnitOfMeasure:
    return UNITS[plan.elements[match.element].unit]


def _is_open(match: Match, table: HeadedTable) -> bool:
    """Return whether a column's own head gives it no unit."""
    return not table.head.units[match.at]


def _under_head(table: HeadedTable, plan: Plan, notes: Notes) -> HeadedTable:
    """Give the columns the units that stand in a row right below the head, where they are of their kind.

    Templates write 个 under 教职工数 and 人 under a rate: that says nothing.
    """
    below = table.head.last + 1
    words = next((row for row in notes.sheet.rows[below : below + 2] if aside(row) == "units"), ())
    if not words:
        return table
    units = list(table.head.units)
    for match in _columns(table):
        word = text_of(words[match.at]).strip() if match.at < len(words) else ""
        if _is_open(match, table) and word in KIN_WORDS.get(_unit(match, plan).dimension, ()):
            units[match.at] = word

    def measured(match: Match) -> Match:
        return replace(match, unit_word=units[match.at]) if _is_open(match, table) and units[match.at] else match

    own = {element: measured(match) for element, match in table.at.items()}
    head = replace(table.head, units=tuple(units))
    return replace(table, head=head, at=own, beside=tuple(map(measured, table.beside)))


def _each(table: HeadedTable, said: Sequence[Noted], plan: Plan) -> HeadedTable:
    """Mark the columns that a note on the table makes doubtful."""

    def doubted(match: Match) -> Match:
        words = (
            doubt(_unit(match, plan), match.path, match.unit_word, said, table.head.paths)
            if _is_open(match, table)
            else ""
        )
        return replace(match, unit_word=words) if words else match

    at = {element: doubted(match) for element, match in table.at.items()}
    return replace(table, at=at, beside=tuple(map(doubted, table.beside)))


def _in_notes(table: HeadedTable, used: Sequence[int], end: int, notes: Notes) -> Iterator[Noted]:
    """Yield the units named in the titles, in the head beside its columns, and in rows that are no data."""
    head, rows = table.head, notes.sheet.rows
    taken = {match.at for match in _columns(table)}
    for at in range(head.first, head.last + 1):
        for column, cell in enumerate(rows[at]):
            if column not in taken and telling(cell):
                yield from noted(notes.cell(at, column), str(cell))
    last = end if end == len(rows) else titles_above(notes.sheet, end)
    for at in (*table.titles, *_rest(used, head.last + 1, end)):
        if (
            at in table.titles
            or at < last
            or FOOTER.match(next((text_of(cell).strip() for cell in filled(rows[at])), ""))
        ):
            yield from said_in_row(at, notes)
    if notes.beside and not units_said([rows[at] for at in table.titles]):
        for other in notes.beside:  # what stands over or under one table may be meant for those beside it too
            for at in range(len(other.rows)):
                yield from said_in_row(at, Notes(notes.file, other))


def _rest(used: Sequence[int], first: int, end: int) -> Sequence[int]:
    """Return the rows from `first` to `end` that are not used; nearly all that are stand one below the other."""
    if used and used[-1] - used[0] + 1 == len(used):
        return (*range(first, used[0]), *range(used[-1] + 1, end))
    return sorted(set(range(first, end)).difference(used))


def said_in_row(at: int, notes: Notes) -> Iterator[Noted]:
    """Yield the units that a row which is no data names: a row of words, or of totals."""
    row = notes.sheet.rows[at]
    if not any(map(telling, row)) or not (all_words(row) or says_total(row, len(row))):
        return
    held = [column for column, cell in enumerate(row) if cell != ""]
    for column in held:
        place, cell = notes.cell(at, column), row[column]
        if len(held) == 1 and (word := unit_alone(cell)):
            yield Noted(place, word, word, "")
        elif telling(cell):
            yield from noted(place, str(cell))


def _in_remarks(table: HeadedTable, used: Sequence[int], notes: Notes) -> Mapping[int, Sequence[Noted]]:
    """Return the units of money named in rows of data, in columns that are not read, by row."""
    rows = notes.sheet.rows
    width = max((len(rows[at]) for at in used[:1]), default=0)
    free = set(range(width)) - {match.at for match in _columns(table)}
    found: dict[int, list[Noted]] = {}
    for column in free:
        for at in used:
            cell = rows[at][column] if column < len(rows[at]) else ""
            if isinstance(cell, str) and "元" in cell:
                found.setdefault(at, []).extend(_remark(notes.cell(at, column), cell))
    own = frozenset(used)
    for (at, column), cell in merged_down(notes, table.head.last, free) if found else ():
        if at in own:
            found.setdefault(at, []).extend(_remark(notes.cell(at, column), cell))
    return found


def _remark(place: str, cell: Cell) -> Iterator[Noted]:
    if word := unit_alone(cell):
        yield Noted(place, word, word, "")
    elif telling(cell):
        yield from noted(place, str(cell))


def beside_figures(at: int, columns: Container[int], notes: Notes) -> tuple[str, tuple[Noted, ...]]:
    """Return the unit that stands alone in a labelled row, outside of the columns of labels and values, and the units that its
    remarks name.
    """
    cells = [
        (column, cell) for column, cell in enumerate(notes.sheet.rows[at]) if column not in columns and telling(cell)
    ]
    alone = [word for _, cell in cells if (word := unit_alone(cell))]
    said = (each for column, cell in cells for each in _remark(notes.cell(at, column), cell))
    return (alone[0], ()) if len(cells) == len(alone) == 1 else ("", tuple(said))
