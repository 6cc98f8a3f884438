"""Last year's return handed in again: a form in which all that a unit counts is what it was a year before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from plancheck.judge.check_words import place_beside
from plancheck.judge.frame import Frame
from plancheck.judge.naming import unit_name
from plancheck.judge.patterns import Found, Seen
from plancheck.language import Said
from plancheck.model import Block, Check, Finding, ReadColumn, Unit
from plancheck.quantity import UNITS, Absent

LEAST_UNCHANGED: Final = 8
"""Counts of people other than 0 that must all be last year's before it is remarked: rooms stay, people do not."""


class _Row(Struct):
    """One row of a unit: its block, the block's counts and amounts by element, and where in them it stands."""

    block: Block
    counted: Mapping[str, ReadColumn]
    at: int

    @property
    def unit(self) -> Unit:
        return self.block.units[self.at]


_Rows = Mapping[str, Sequence[_Row]]
"""The rows of one form that speak of one unit, by what tells them apart."""
_Pair = tuple[str, _Row, _Row]
"""An element, the row that tells it this year, and the one that told it the year before."""


def unchanged(check: Check, frame: Frame, before: Frame | None) -> Found:
    """Return what is found in one year's returns, held against those of the year before."""
    if before is None:
        return Found()
    counted = frozenset(
        each.id for each in frame.plan.elements.values() if UNITS[each.unit].kind in ("count", "amount")
    )
    counted = counted.difference(check.others)
    earlier = _rows(before.blocks, counted)
    now = _rows((block for block in frame.blocks if not block.aside), counted)
    seen = [one for about, rows in now.items() if about in earlier for one in _said(frame, rows, earlier[about])]
    findings = [replace(one, check=check.id, period=frame.period) for one in seen if isinstance(one, Finding)]
    return Found(seen.count(True), 0, findings)


def _rows(blocks: Iterable[Block], counted: frozenset[str]) -> Mapping[tuple[str, str], _Rows]:
    found: dict[tuple[str, str], dict[str, list[_Row]]] = {}
    for block in blocks:
        columns = {column.element: column for column in block.columns if column.element in counted}
        for at, unit in enumerate(block.units):
            if unit.id:
                key = block.keys[at] if block.keys else ""
                found.setdefault((block.form, unit.id), {}).setdefault(key, []).append(_Row(block, columns, at))
    return found


def _said(frame: Frame, now: _Rows, then: _Rows) -> Iterator[Seen]:
    """Say whether a unit's figures are all those of the year before; nothing where its rows are not those of that year."""
    if now.keys() != then.keys():
        return
    pairs: list[_Pair] = []
    for element, here, there in (pair for key, rows in now.items() for pair in _pairs(rows, then[key])):
        if here.counted[element].values[here.at] != there.counted[element].values[there.at]:
            yield True
            return
        pairs.append((element, here, there))
    elements = frame.plan.elements
    people = [pair for pair in pairs if UNITS[elements[pair[0]].unit].dimension == "person"]
    if sum(1 for element, here, _ in people if here.counted[element].values[here.at]) >= LEAST_UNCHANGED:
        yield _finding(frame, pairs[0], len(pairs))


def _pairs(rows: Sequence[_Row], earlier: Sequence[_Row]) -> Iterator[_Pair]:
    """Yield each count or amount that both years tell."""
    for here in rows:
        for element, column in here.counted.items():
            if isinstance(column.values[here.at], Absent):
                continue
            for there in earlier:
                other = there.counted.get(element)
                if other is not None and not isinstance(other.values[there.at], Absent):
                    yield element, here, there
                    break


def _finding(frame: Frame, first: _Pair, count: int) -> Finding:
    element, row, earlier = first
    here = row.block.reading(row.counted[element], row.at)
    there = earlier.block.reading(earlier.counted[element], earlier.at)
    form = row.block.form
    params: dict[str, Said] = {
        "name": unit_name(row.unit, frame.plan),
        "form": frame.plan.forms[form].title,
        "count": count,
        "year": str(there.period),
        "place": place_beside(there, here),
    }
    also = ((there.file, there.sheet, there.cell),)
    return Finding("PC516", here.file, here.sheet, here.cell, here.unit, params, value=form, also=also)
