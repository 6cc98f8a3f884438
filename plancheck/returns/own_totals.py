"""A school's own totals among its rows: 合计 where the other rows name a stage or a grade. Added to these they would count twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from plancheck.model import Units
from plancheck.returns.body import HeadedTable
from plancheck.returns.sheet import Cell
from plancheck.returns.words import is_total, key

_WHOLE: Final = frozenset(("全校", "全园", "全部", "全年级", "各年级", "整体"))


def _saying_total(rows: Sequence[Sequence[Cell]], first: int, column: int) -> Iterator[int]:
    """Yield the rows whose cell in this column, which should name a stage or a grade, names a total.

    A hundred thousand rows name a few stages: each word is looked at once.
    """
    words = {row[column] for row in rows if column < len(row)}
    wholes = {word for word in words if isinstance(word, str) and (key(word) in _WHOLE or is_total(key(word)))}
    if wholes:
        yield from (at for at in range(first, len(rows)) if column < len(rows[at]) and rows[at][column] in wholes)


def parting_columns(table: HeadedTable, units: Units) -> tuple[int | None, tuple[int, ...]]:
    """Return the column of the stage, and those that part the rows of one stage."""
    by = tuple(table.at[column.element].at for column in table.form.form.by if column.element in table.at)
    return (table.at[units.stage].at if units.stage in table.at else None), by


def own_totals(
    rows: Sequence[Sequence[Cell]],
    first: int,
    columns: tuple[int | None, tuple[int, ...]],
    who: Callable[[int], tuple[str, str]],
) -> Mapping[int, bool]:
    """Return the rows from `first` on that say so and name a school, with whether they add up others of that school (and
    stage, where the total is one of grades).

    `who` says which school and stage a row names. Where a school has no other row, 全校 is all it says, and no total.
    """
    stage, by = columns
    of_stages = set(_saying_total(rows, first, stage)) if stage is not None else set()
    said = of_stages.union(*(_saying_total(rows, first, column) for column in by))
    if not said:
        return {}
    others = [who(at) for at in range(first, len(rows)) if at not in said]
    schools, sections = {school for school, _ in others} - {""}, set(others)
    return {at: who(at)[0] in schools if at in of_stages else who(at) in sections for at in said if who(at)[0]}
