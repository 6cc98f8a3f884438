"""Copies of a form, each filled in by one unit: read as a table of their own, as a thousand schools fill in one form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from plancheck.judge.evaluate import Values
from plancheck.model import Block, OneRow, Places, Value
from plancheck.quantity import Absent


class Stack(Struct, frozen=True):
    """Forms that share their places: what each holds, by the position of its unit."""

    places: Places
    rows: dict[int, OneRow]


class Stacks(Struct, frozen=True):
    """The units' blocks: `stacks` of forms, a unit in one of them at most, and all others."""

    stacks: Sequence[Stack]
    others: Sequence[Block]

    def column(self, name: str, size: int) -> Values | None:
        """Return an element's value for each of `size` units; None where it is given otherwise too, and may differ."""
        if not self.stacks or any(block.given(name) for block in self.others):
            return None
        holding = [(stack, number) for stack in self.stacks if (number := stack.places.numbers.get(name)) is not None]
        if not holding:
            return _nothing(size)
        values: list[Value | None] = [None] * size
        for stack, number in holding:
            for position, row in stack.rows.items():
                value = row.values[number]
                values[position] = None if isinstance(value, Absent) else value
        return values


@lru_cache(maxsize=4)
def _nothing(size: int) -> Values:
    """Return the values of an element that nobody reports: one column for most of a plan's, where schools fill in one form."""
    return (None,) * size


def stacks_of(blocks: Iterable[Block], positions: Mapping[str, int]) -> Stacks:
    """Put copies of forms upon each other; `positions` leads from a unit to where it stands."""
    stacks: dict[int, Stack] = {}
    others: list[Block] = []
    taken: set[int] = set()
    for block in blocks:
        row, at = block.columns, positions[block.units[0].id]
        if isinstance(row, OneRow) and not block.keys and at not in taken:
            stacks.setdefault(id(row.places), Stack(row.places, {})).rows[at] = row
            taken.add(at)
        else:
            others.append(block)
    return Stacks([*stacks.values()], others)
