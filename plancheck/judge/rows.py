"""Rows of one unit put together: those of a form whose rows are told apart by a key, such as a grade group or a campus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plancheck.model import Block, Value
from plancheck.quantity import Absent

Given = tuple[int, int, Value | Absent]
"""A row's number in its block, its unit's position, and its value."""


def put_together(rows: Iterable[tuple[Block, Given]], *, additive: bool) -> Iterator[tuple[Block, Given]]:
    """Add up the rows of each unit; a unit one of whose rows is absent has no total.

    Answers and words must agree, and one that does not is handed on beside the first; of rates nothing is made, as
    they are rates of different wholes.
    """
    totals: dict[int, tuple[Block, Given]] = {}
    for block, (index, position, value) in rows:
        before = totals[position][1][2] if position in totals else None
        if before is None:
            totals[position] = block, (index, position, value)
        elif isinstance(before, Absent) or isinstance(value, Absent):
            totals[position] = block, (index, position, Absent.BLANK)
        elif not isinstance(before, bool | str) and not isinstance(value, bool | str):
            totals[position] = block, (index, position, before + value if additive else Absent.BLANK)
        elif before != value:
            yield block, (index, position, value)
    yield from totals.values()
