"""Which rows stand: a unit that reports twice, a thing listed twice, and units of the roster that do not report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from plancheck.language import Said, Text
from plancheck.model import Block, Finding, Plan, ReadColumn, Roster, Value
from plancheck.quantity import Absent

Row = tuple[int, int]
"""A block's number and a row's number in it."""

_SAME: Final = Text("内容相同，只计一次", "they say the same and count once")
_DIFFERENT: Final = Text("内容不同，两处均未使用", "they differ, and neither was used")


def standing(blocks: Sequence[Block], plan: Plan) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Return the blocks without the rows of units that report, or things that are listed, twice; a finding for each.

    Two rows that say the same count once; of two that differ neither is used, as nobody can tell which is right.
    """
    findings: list[Finding] = []
    dropped: set[Row] = set()
    for first, second in _twice(blocks):
        same = _values(blocks, first) == _values(blocks, second)
        dropped |= {second} if same else {first, second}
        block, unit = blocks[second[0]], blocks[second[0]].units[second[1]]
        other = blocks[first[0]]
        place = (
            f"{other.sheet}!{_cell(blocks, first)}"
            if other.file == block.file
            else f"{other.file} {other.sheet}!{_cell(blocks, first)}"
        )
        params: dict[str, Said] = {"name": unit.name, "other": place, "use": _SAME if same else _DIFFERENT}
        code = "PC241" if plan.forms[block.form].rows == "list" else "PC215"
        findings.append(Finding(code, block.file, block.sheet, _cell(blocks, second), unit.id, params))
    return tuple(_without(blocks, dropped)), tuple(findings)


def _twice(blocks: Sequence[Block]) -> Iterator[tuple[Row, Row]]:
    seen: dict[tuple[str, int, str, str], Row] = {}
    for number, block in enumerate(blocks):
        keys = block.keys or [""] * len(block.units)
        for index, (unit, key) in enumerate(zip(block.units, keys, strict=True)):
            if not unit.id:
                continue
            row = (number, index)
            first = seen.setdefault((block.form, block.period, unit.id, key), row)
            if first != row:
                yield first, row


def _values(blocks: Sequence[Block], row: Row) -> Mapping[str, Value | Absent]:
    block = blocks[row[0]]
    return {column.element: column.values[row[1]] for column in block.columns}


def _cell(blocks: Sequence[Block], row: Row) -> str:
    columns = blocks[row[0]].columns
    return f"{columns[0].letter}{columns[0].rows[row[1]]}" if columns else ""


def _without(blocks: Sequence[Block], dropped: set[Row]) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        gone = {index for at, index in dropped if at == number} if dropped else set()
        if not gone:
            yield block
            continue
        kept = [index for index in range(len(block.units)) if index not in gone]
        columns = tuple(_only(column, kept) for column in block.columns)
        keys = [block.keys[index] for index in kept] if block.keys else ()
        yield replace(block, units=[block.units[index] for index in kept], columns=columns, keys=keys)


def _only(column: ReadColumn, kept: Sequence[int]) -> ReadColumn:
    raws = {new: column.raws[old] for new, old in enumerate(kept) if old in column.raws}
    rows = [column.rows[index] for index in kept]
    return replace(column, rows=rows, values=[column.values[index] for index in kept], raws=raws)


def missing(blocks: Iterable[Block], roster: Roster, plan: Plan, period: int) -> tuple[Finding, ...]:
    """Return a finding for each unit of the roster that no return of the period speaks of."""
    own = (block for block in blocks if block.period == period and plan.forms[block.form].rows != "list")
    reported = {unit.id for block in own for unit in block.units}
    return tuple(
        Finding("PC220", unit=unit.id, params={"name": unit.name, "stage": plan.units.stages[unit.stage].label})
        for unit in roster.units.values()
        if unit.id not in reported
    )
