"""Which rows stand: no unit reports twice or out of its time, nothing is listed twice; and which units do not report."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from plancheck.language import Said, Text
from plancheck.model import Block, Finding, Plan, ReadColumn, Roster, Unit, Value, first_of_september
from plancheck.quantity import Absent
from plancheck.returns.campuses import campus_of

Row = tuple[int, int]
"""A block's number and a row's number in it."""

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SAME: Final = Text("内容相同，只计一次", "they say the same and count once")
_DIFFERENT: Final = Text("内容不同，两处均未使用", "they differ, and neither was used")
_LONG_AGO: Final = Text("日期不详", "date not known")


def standing(blocks: Sequence[Block], plan: Plan) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Return the blocks without rows that cannot count, and a finding for each such row.

    Not counted is the row of a school that does not exist on 1 September of its year; a school's own row beside rows of
    its campuses, as it may or may not hold theirs; and of a unit that reports (or a thing listed) twice the second row
    where both say the same, both rows where they differ, as nobody can tell which is right.
    """
    findings: list[Finding] = []
    dropped: set[Row] = set()
    for row in _out_of_time(blocks):
        dropped.add(row)
        if not blocks[row[0]].aside:
            findings.append(_not_in_being(blocks, row, _unit(blocks, row)))
    told: dict[tuple[str, str], bool] = {}
    for first, second in _twice(blocks, dropped):
        mixed = _campus_of(blocks, first) != _campus_of(blocks, second)
        same = not mixed and _values(blocks, first) == _values(blocks, second)
        dropped |= {second} if same else {first, second}
        # Two rows are named once, whatever years they speak of, unless only last year's figures differ.
        pair = _row_of(blocks, first), _row_of(blocks, second)
        if told.get(pair) in (False, same):
            continue
        told[pair] = same
        params: dict[str, Said] = {"name": _unit(blocks, second).name, "other": _place(blocks, first, second)}
        if not mixed:
            params["use"] = _SAME if same else _DIFFERENT
        listed = plan.forms[blocks[second[0]].form].rows == "list"
        findings.append(_finding("PC237" if mixed else "PC241" if listed else "PC215", blocks, second, params))
    return tuple(_without(blocks, dropped)), tuple(findings)


def _out_of_time(blocks: Sequence[Block]) -> Iterator[Row]:
    for number, block in enumerate(blocks):
        day = first_of_september(block.period)
        for index, unit in enumerate(block.units):
            # A hundred thousand rows: what nearly always holds is asked first.
            if (unit.closed or unit.opened > day) and not unit.in_being(block.period):
                yield number, index


def _unit(blocks: Sequence[Block], row: Row) -> Unit:
    return blocks[row[0]].units[row[1]]


def _finding(code: str, blocks: Sequence[Block], row: Row, params: Mapping[str, Said]) -> Finding:
    block = blocks[row[0]]
    return Finding(code, block.file, block.sheet, _cell(blocks, row), _unit(blocks, row).id, params, block.period)


def _not_in_being(blocks: Sequence[Block], row: Row, unit: Unit) -> Finding:
    year = str(blocks[row[0]].period)
    if unit.closed and not unit.closed > first_of_september(blocks[row[0]].period):
        when: Said = _LONG_AGO if unit.closed == "-" else unit.closed
        return _finding("PC235", blocks, row, {"name": unit.name, "when": when, "year": year})
    return _finding("PC236", blocks, row, {"name": unit.name, "when": unit.opened, "year": year})


def _place(blocks: Sequence[Block], there: Row, seen_from: Row) -> str:
    other = blocks[there[0]]
    at = f"{other.sheet}!{_cell(blocks, there)}"
    return at if other.file == blocks[seen_from[0]].file else f"{other.file} {at}"


def _row_of(blocks: Sequence[Block], row: Row) -> str:
    """Return where a row stands, whichever of its columns a block holds."""
    block, cell = blocks[row[0]], _cell(blocks, row)
    return f"{block.file} {block.sheet} {cell.lstrip(_LETTERS)}"


def _campus_of(blocks: Sequence[Block], row: Row) -> bool:
    keys = blocks[row[0]].keys
    return bool(keys) and campus_of(keys[row[1]]) != ""


def _twice(blocks: Sequence[Block], dropped: Container[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield pairs of rows that claim the same: those of one unit with one key, and a school's beside a campus's.

    Parts of one form on several sheets of a workbook claim nothing of each other's.
    """
    seen: dict[tuple[str, int, bool, str, str], Row] = {}
    parts: dict[Row, list[Row]] = {}
    of_campuses: dict[tuple[str, int, bool, str], Row] = {}
    for number, block in enumerate(blocks):
        keys = block.keys or [""] * len(block.units)
        for index, (unit, key) in enumerate(zip(block.units, keys, strict=True)):
            row = (number, index)
            if not unit.id or row in dropped:
                continue
            first = seen.setdefault((block.form, block.period, block.aside, unit.id, key), row)
            if first != row:
                others = (first, *parts.get(first, ()))
                other = next((each for each in others if not _are_parts(blocks[each[0]], block)), None)
                if other is None:
                    parts.setdefault(first, []).append(row)
                else:
                    yield other, row
            if campus_of(key):
                of_campuses.setdefault((block.form, block.period, block.aside, unit.id), row)
    for (form, period, aside, unit_id, key), row in seen.items() if of_campuses else ():
        campus = of_campuses.get((form, period, aside, unit_id))
        if campus is not None and not campus_of(key):
            yield campus, row


def _are_parts(first: Block, second: Block) -> bool:
    """Return whether two sheets of a workbook hold one form between them, no element of which has a place on both."""
    apart = first.file == second.file and first.sheet != second.sheet
    return apart and first.places().isdisjoint(second.places())


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
        yield replace(
            block, units=[block.units[index] for index in kept], columns=columns, keys=keys, totals=()
        )  # they add up the rows that went too


def _only(column: ReadColumn, kept: Sequence[int]) -> ReadColumn:
    raws = {new: column.raws[old] for new, old in enumerate(kept) if old in column.raws}
    rows = [column.rows[index] for index in kept]
    return replace(column, rows=rows, values=[column.values[index] for index in kept], raws=raws)


def missing(blocks: Sequence[Block], roster: Roster, plan: Plan, periods: Sequence[int]) -> Iterator[Finding]:
    """Yield a finding for each unit expected to report of a period that no return speaks of.

    Which year it is about is said where there are several.
    """
    for period in periods:
        of_year = (block for block in blocks if block.period == period and not block.aside)
        own = (block for block in of_year if plan.forms[block.form].rows != "list")
        reported = {unit.id for block in own for unit in block.units}
        for unit in roster.expected(period):
            if unit.id not in reported:
                stage = plan.units.stages[unit.stage].label
                what = stage if len(periods) == 1 else Text(f"{stage.zh}，{period}年", f"{stage.en}, {period}")
                yield Finding("PC220", unit=unit.id, params={"name": unit.name, "stage": what})
