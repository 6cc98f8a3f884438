"""Two accounts of one year: last year's own return, and what this year's return says of last year in its 上年 column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from plancheck.judge.check_words import place_beside
from plancheck.judge.frame import Frame, frame_of
from plancheck.judge.naming import unit_name
from plancheck.judge.tables import DistrictTable
from plancheck.language import Said
from plancheck.model import Block, Finding, Plan, ReadColumn, Reading, Roster, Unit, Value, plain
from plancheck.quantity import UNITS, Absent


def own_figures_first(plan: Plan, blocks: Sequence[Block], roster: Roster | None) -> tuple[list[Block], list[Finding]]:
    """Return the blocks with each year's own figures alone, and a finding for each figure told otherwise later.

    What a year's own return says is what was accepted then; a later 上年 column only stands where the year has no
    return of its own.
    """
    accounts: dict[int, _Account] = {}
    told = [block for block in blocks if plan.forms[block.form].rows != "list"]  # a list's rows are no units
    for period in {block.period for block in told if block.aside}:
        own = [block for block in told if block.period == period and not block.aside]
        if own:
            later = frame_of(plan, period, [block for block in told if block.aside], roster)
            accounts[period] = _Account(frame_of(plan, period, own, roster), later, _rows_by_key(own))
    findings: list[Finding] = []
    standing: list[Block] = []
    for block in blocks:
        if block.aside and block.period in accounts and plan.forms[block.form].rows != "list":
            columns = tuple(accounts[block.period].behind(block, column, findings) for column in block.columns)
            standing.append(replace(block, columns=columns))
        else:
            standing.append(block)
    return standing, findings


def _rows_by_key(blocks: Sequence[Block]) -> Mapping[tuple[str, str, str], Sequence[tuple[Block, int]]]:
    found: dict[tuple[str, str, str], list[tuple[Block, int]]] = {}
    for block in blocks:
        for at, (unit, key) in enumerate(zip(block.units, block.keys, strict=True)) if block.keys else ():
            found.setdefault((block.form, unit.id, key), []).append((block, at))
    return found


_Told = tuple[Reading, Value | Absent | None]
"""A reading, and the value of its unit: of several rows together it is another."""


def _raw(reading: Reading, value: Value | Absent | None) -> str:
    """Return a value as it stands in the return, or added up."""
    return reading.raw if value == reading.value or value is None or isinstance(value, Absent) else plain(value)


class _Account(Struct, frozen=True):
    """A year as its own returns tell it, and as later returns do."""

    frame: Frame
    later: Frame
    rows: Mapping[tuple[str, str, str], Sequence[tuple[Block, int]]]
    """By form, unit and key the rows of the year's own returns, where a unit has several."""

    def behind(self, block: Block, column: ReadColumn, findings: list[Finding]) -> ReadColumn:
        """Return a column of a later return without the values that the year's own returns hold.

        Rows of one unit (grade groups) are held against it together: it may have reported otherwise apart then.
        """
        values = list(column.values)
        differing: set[str] = set()
        for index, (unit, value) in enumerate(zip(block.units, column.values, strict=True)):
            if isinstance(value, Absent):
                continue
            row = self._same_row(block, index, column.element)
            if row is not None:  # of several rows nothing is made, as of rates: each is its own
                values[index] = Absent.BLANK
                if row.value != value:
                    findings.append(self._differs((block.reading(column, index), value), (row, row.value), unit))
                continue
            own, place = self._own(column.element, unit)
            if own is None or place is None:
                continue
            position = self.later.position(unit.id) if block.keys else None
            said = value if position is None else self.later.column(column.element)[position]
            if said not in (None, own) and unit.id not in differing:
                differing.add(unit.id)
                findings.append(self._differs((block.reading(column, index), said), (place, own), unit))
            values[index] = Absent.BLANK
        return replace(column, values=values)

    def _same_row(self, block: Block, index: int, element: str) -> Reading | None:
        """Return what the year's own returns say in the same form of the same part of a unit, such as a grade group, where its
        parts are not added up.
        """
        if not block.keys or UNITS[self.frame.plan.elements[element].unit].kind != "percent":
            return None
        for own, at in self.rows.get((block.form, block.units[index].id, block.keys[index]), ()):
            for column in own.holding(element):
                if not isinstance(column.values[at], Absent):
                    return own.reading(column, at)
        return None

    def _own(self, element: str, unit: Unit) -> tuple[Value | None, Reading | None]:
        if not unit.id:
            return self.frame.district(element), DistrictTable(self.frame).reading(element, 0)
        position = self.frame.position(unit.id)
        own = None if position is None else self.frame.column(element)[position]
        if position is None or own is None:
            return None, None
        return own, self.frame.reading(element, position)

    def _differs(self, later: _Told, before: _Told, unit: Unit) -> Finding:
        plan, said, own = self.frame.plan, later[0], before[0]
        params: dict[str, Said] = {
            "name": unit_name(unit, plan),
            "element": plan.elements[said.element].label,
            "year": str(said.period),
            "found": _raw(*later),
            "expected": _raw(*before),
            "other": place_beside(own, said),
        }
        place = ((own.file, own.sheet, own.cell),)
        return Finding("PC504", said.file, said.sheet, said.cell, unit.id, params, said.period, also=place)
