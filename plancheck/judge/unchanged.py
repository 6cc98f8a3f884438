"""Last year's return handed in again: a form in which all that a unit counts is what it was a year before."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from plancheck.judge.check_words import place_beside
from plancheck.judge.frame import Frame
from plancheck.judge.naming import unit_name
from plancheck.judge.patterns import Found
from plancheck.language import Said
from plancheck.model import Block, Check, Finding, OneRow, Reading, Value
from plancheck.quantity import UNITS, Absent

LEAST_UNCHANGED: Final = 8
"""Counts of people other than 0 that must all be last year's before it is remarked: rooms stay, people do not."""


_Row = tuple[Block, int]
"""A block, and where in it a row of a unit stands."""
_Pair = tuple[str, _Row, _Row]
"""An element, the row that tells it this year, and the one that told it the year before."""


def unchanged(check: Check, frame: Frame, before: Frame | None) -> Found:
    """Return what is found in one year's returns, held against those of the year before."""
    if before is None:
        return Found()
    elements = frame.plan.elements.values()
    counted = {each.id for each in elements if UNITS[each.unit].kind in ("count", "amount")}.difference(check.others)
    earlier = _rows(before.blocks)
    now = _rows(block for block in frame.blocks if not block.aside)
    held = 0
    findings: list[Finding] = []
    for about, rows in now.items():
        if about not in earlier or _keys(rows) != _keys(earlier[about]):
            continue
        pairs: list[_Pair] = []
        for pair in _pairs(rows, earlier[about], counted):
            if _value(pair[0], pair[1]) != _value(pair[0], pair[2]):
                held += 1
                break
            pairs.append(pair)
        else:
            if _people(frame, pairs) >= LEAST_UNCHANGED:
                found = _finding(frame, pairs[0], len(pairs))
                findings.append(replace(found, check=check.id, period=frame.period))
    return Found(held, 0, findings)


def _rows(blocks: Iterable[Block]) -> Mapping[tuple[str, str], Sequence[_Row]]:
    """Return the rows of each form that speak of each unit."""
    found: dict[tuple[str, str], list[_Row]] = {}
    for block in blocks:
        for at, unit in enumerate(block.units):
            if unit.id:
                found.setdefault((block.form, unit.id), []).append((block, at))
    return found


def _key(row: _Row) -> str:
    """Return what tells a row from the unit's others in the form."""
    block, at = row
    return block.keys[at] if block.keys else ""


def _keys(rows: Iterable[_Row]) -> set[str]:
    return set(map(_key, rows))


def _pairs(rows: Iterable[_Row], earlier: Sequence[_Row], counted: Container[str]) -> Iterator[_Pair]:
    """Yield each count or amount that both years tell; most returns show by the first that they are new ones."""
    for here in rows:
        columns = here[0].columns
        told = columns.filled() if isinstance(columns, OneRow) else (column.element for column in columns)
        for element in told:
            if element not in counted or isinstance(_value(element, here), Absent):
                continue
            for there in earlier:
                if _key(there) == _key(here) and not isinstance(_value(element, there), Absent):
                    yield element, here, there
                    break


def _value(element: str, row: _Row) -> Value | Absent:
    block, at = row
    values = block.given(element)
    return values[at] if values else Absent.BLANK


def _people(frame: Frame, pairs: Iterable[_Pair]) -> int:
    """Return how many counts of people other than 0 there are."""
    elements = frame.plan.elements
    return sum(1 for name, here, _ in pairs if UNITS[elements[name].unit].dimension == "person" and _value(name, here))


def _reading(element: str, row: _Row) -> Reading:
    block, at = row
    (column,) = block.holding(element)
    return block.reading(column, at)


def _finding(frame: Frame, first: _Pair, count: int) -> Finding:
    element, row, earlier = first
    here, there = _reading(element, row), _reading(element, earlier)
    block, at = row
    params: dict[str, Said] = {
        "name": unit_name(block.units[at], frame.plan),
        "form": frame.plan.forms[block.form].title,
        "count": count,
        "year": str(there.period),
        "place": place_beside(there, here),
    }
    also = ((there.file, there.sheet, there.cell),)
    return Finding("PC516", here.file, here.sheet, here.cell, here.unit, params, value=block.form, also=also)
