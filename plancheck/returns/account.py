"""The account of a sheet: what it was taken for and why, and what became of its rows and totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plancheck.model import Block, ReadColumn, SheetAccount, SheetTotal
from plancheck.quantity import Number
from plancheck.returns.table import Context, Notes


def account(notes: Notes, context: Context) -> SheetAccount:
    """Close the account of a sheet that was read: every grid row is used or left out for a reason."""
    sheet = notes.sheet
    periods = {block.period for block in notes.blocks}
    left_out = {reason: count for reason, count in sorted(notes.left_out.items()) if count}
    return SheetAccount(
        notes.file,
        sheet.name,
        None,
        len(sheet.rows),
        notes.used,
        left_out,
        max(periods) if periods else None,
        hidden=sheet.quirks.hidden,
        understood=tuple(notes.understood),
        totals=tuple(_totals(notes)) if context.in_detail else (),
        unused=_unused(notes) if context.in_detail else (),
    )


def _unused(notes: Notes) -> tuple[int, ...]:
    """Return the physical numbers of the rows that hold something and were not used."""
    used = {row for block in notes.blocks for column in _telling(block) for row in column.rows}
    numbers = enumerate(notes.sheet.rows, notes.sheet.top + 1)
    return tuple(number for number, row in numbers if number not in used and any(cell != "" for cell in row))


def _telling(block: Block) -> Iterable[ReadColumn]:
    """Return the columns that between them name every row of a block: the first, or all where there is one unit only."""
    return block.columns if len(block.units) == 1 else block.columns[:1] if isinstance(block.columns, tuple) else ()


def _totals(notes: Notes) -> Iterator[SheetTotal]:
    """Yield each total with what its rows add up to."""
    for block in notes.blocks:
        for total in block.totals:
            for column in block.columns:
                if column.element in total.values:
                    parts = column.values[total.first : total.last + 1]
                    added = sum(part for part in parts if isinstance(part, Number) and not isinstance(part, bool))
                    yield SheetTotal(total.row, total.label, column.element, total.values[column.element], added)
