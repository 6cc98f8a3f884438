"""A table as a list of columns: the head merged from their paths, the rows below it, subtotals and a total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from generator.pen import Value, foot, head, landscape, line, new_sheet, total_line, widths

FIRST = 3
"""The row in which a head begins: below the title and the line that says who reports."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the words above it, outermost first; `added`: totals give its sum."""

    path: tuple[str, ...]
    added: bool = False
    number_format: str = ""
    width: float = 9


@dataclass(frozen=True, slots=True)
class Table:
    """What is on a sheet. `blocks` are rows under the label of their subtotal; an empty label has none."""

    title: str
    second_line: Mapping[str, str]
    columns: Sequence[Column]
    blocks: Sequence[tuple[str, Sequence[Sequence[Value]]]]
    notes: Sequence[str] = ()
    day: str = ""


def text(path: str, width: float = 9) -> Column:
    """Return a column of words."""
    return Column(tuple(path.split(" > ")), width=width)


def count(path: str) -> Column:
    """Return a column of numbers that are added up."""
    return Column(tuple(path.split(" > ")), added=True)


def write_table(sheet: Worksheet, table: Table) -> int:
    """Write the sheet; return the row of its first data."""
    last = get_column_letter(len(table.columns))
    new_sheet(sheet, table.title, last, table.second_line)
    depth = max(len(column.path) for column in table.columns)
    head(sheet, list(_head([column.path for column in table.columns], depth)))
    formats = {at: column.number_format for at, column in enumerate(table.columns, 1) if column.number_format}
    row = first = FIRST + depth
    everything: list[Sequence[Value]] = []
    for label, rows in table.blocks:
        for values in rows:
            line(sheet, row, values, formats)
            row += 1
        everything += rows
        if label:
            row = _total(sheet, row, label, rows, table.columns)
    if any(column.added for column in table.columns):
        row = _total(sheet, row, "合  计", everything, table.columns)
    foot(sheet, row, table.notes, last, table.day)
    widths(
        sheet, {get_column_letter(at): each.width for at, each in enumerate(table.columns, 1)}, 9, len(table.columns)
    )
    landscape(sheet, f"D{first}", f"1:{first - 1}")
    return first


def _head(paths: Sequence[tuple[str, ...]], depth: int) -> Iterator[tuple[str, str]]:
    """Yield each word of the head with its range: over the columns that share it, and down to the table's first row."""
    for level in range(depth):
        at = 0
        while at < len(paths):
            end = at + 1
            if level < len(paths[at]):
                while end < len(paths) and paths[end][: level + 1] == paths[at][: level + 1]:
                    end += 1
                bottom = FIRST + (depth - 1 if level == len(paths[at]) - 1 else level)
                first = f"{get_column_letter(at + 1)}{FIRST + level}"
                last = f"{get_column_letter(end)}{bottom}"
                yield (first if first == last else f"{first}:{last}"), paths[at][level]
            at = end


def _total(sheet: Worksheet, row: int, label: str, rows: Sequence[Sequence[Value]], columns: Sequence[Column]) -> int:
    span = next(at for at, column in enumerate(columns) if column.added)
    sums = [
        sum(values[at] for values in rows if isinstance(values[at], int)) if column.added else None
        for at, column in enumerate(columns)
    ]
    total_line(sheet, row, [label, *sums[span:]], span)
    return row + 1
