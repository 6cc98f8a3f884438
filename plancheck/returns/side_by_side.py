"""Years side by side in a table of units (上年 | 本年, 2022年 | 2023年): which columns hold the figures of which year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plancheck.returns.body import DataRow, HeadedTable
from plancheck.returns.header import Match, column_name
from plancheck.returns.period import Stated
from plancheck.returns.table import Context, Notes
from plancheck.returns.words import YEAR_BEFORE


def years_headed(table: HeadedTable, notes: Notes, rows: Sequence[DataRow]) -> Sequence[Stated]:
    """Return the years that columns are headed by, the latest first, those without any figure last."""
    at: dict[int, list[int]] = {}
    for match in _columns(table):
        if match.year is not None and match.year != YEAR_BEFORE:
            at.setdefault(match.year, []).append(match.at)

    def blank(year: int) -> bool:
        cells = (notes.sheet.rows[row.row] for row in rows)
        return not any(column < len(each) and each[column] != "" for each in cells for column in at[year])

    years = sorted(at, key=lambda year: (blank(year), -year))
    return tuple(Stated(year, notes.cell(table.head.last, at[year][0])) for year in years)


def by_columns(
    table: HeadedTable, context: Context, notes: Notes, year: int, headed: Sequence[Stated]
) -> Mapping[int, Mapping[str, Match]]:
    """Return the columns by the year whose figures they hold, for rows of `year`, that one first.

    A column that is headed by no year is of that year, and so are those of the first of the years `headed` where the command line
    says so. Two columns with one element of one year are used by neither, with a finding.
    """
    overruled = headed[0].year if headed and all(each.year != year for each in headed) else None
    found: dict[int, dict[str, Match]] = {year: {}}
    twice: set[tuple[int, str]] = set()
    for match in _columns(table):
        of = match.year
        if of is None or of == overruled:
            of = year
        elif of == YEAR_BEFORE:
            of = year - 1
        first = found.setdefault(of, {}).setdefault(match.element, match)
        if first is not match:
            twice.add((of, match.element))
            places = {"first": column_name(notes.sheet, first.at), "second": column_name(notes.sheet, match.at)}
            label = context.plan.elements[match.element].label
            notes.find("PC210", places["second"], {"column": label, **places})
    return {of: {name: each for name, each in at.items() if (of, name) not in twice} for of, at in found.items()}


def _columns(table: HeadedTable) -> Sequence[Match]:
    return (*table.at.values(), *table.beside)
