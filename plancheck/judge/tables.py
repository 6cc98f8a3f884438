"""What checks are held against: the units of a year, the rows of one form, or the district, all asked alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final, Protocol

from msgspec import Struct, field

from plancheck.judge.evaluate import Values
from plancheck.judge.frame import Frame
from plancheck.model import Block, Plan, ReadColumn, Reading, Unit, Value
from plancheck.quantity import Absent


class Table(Protocol):
    """Rows that each belong to a unit, with a value for each element; a `Frame` is one."""

    @property
    def period(self) -> int:
        """The year."""

    @property
    def units(self) -> Sequence[Unit]:
        """The unit of each row."""

    @property
    def blocks(self) -> Sequence[Block]:
        """What was handed in."""

    def column(self, name: str) -> Values:
        """Return an element's or attribute's value for each row, None where there is none."""

    def standing(self, element: str) -> Mapping[int, Value | Absent]:
        """Return what stands where each row has a place for an element, by row."""

    def reading(self, element: str, position: int) -> Reading | None:
        """Return the reading behind a row's value."""


class FormRows(Struct):
    """The rows of one form in which a unit has several (grade groups, campuses), each for itself."""

    plan: Plan
    blocks: Sequence[Block]
    units: Sequence[Unit] = ()
    _columns: dict[str, Values] = field(default_factory=dict)
    _places: list[tuple[Block, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._places = [(block, index) for block in self.blocks for index in range(len(block.units))]
        self.units = [block.units[index] for block, index in self._places]

    @property
    def period(self) -> int:
        """The year."""
        return self.blocks[0].period

    def column(self, name: str) -> Values:
        """Return an element's or attribute's value for each row, None where there is none."""
        if name not in self._columns:
            if name in self.plan.units.attributes:
                self._columns[name] = [unit.attributes.get(name) or None for unit in self.units]
            else:
                self._columns[name] = [value for block in self.blocks for value in _values(block, name)]
        return self._columns[name]

    def standing(self, element: str) -> Mapping[int, Value | Absent]:
        """Return what stands where each row has a place for an element, by row."""
        columns = [(block, _column(block, element)) for block in self.blocks]
        values = ([None] * len(block.units) if column is None else column.values for block, column in columns)
        return {at: value for at, value in enumerate(chain.from_iterable(values)) if value is not None}

    def reading(self, element: str, position: int) -> Reading | None:
        """Return the reading behind a row's value."""
        block, index = self._places[position]
        column = _column(block, element)
        return None if column is None else block.reading(column, index)

    def holds(self, elements: Sequence[str]) -> bool:
        """Return whether every block has a column for each of the elements."""
        return all(_column(block, element) is not None for block in self.blocks for element in elements)


def _column(block: Block, element: str) -> ReadColumn | None:
    return next((column for column in block.columns if column.element == element), None)


def _values(block: Block, element: str) -> Values:
    column = _column(block, element)
    if column is None:
        return [None] * len(block.units)
    return [None if isinstance(value, Absent) else value for value in column.values]


DISTRICT: Final = Unit("", "", "", "")


class DistrictTable(Struct, frozen=True):
    """The district's own figures, as one row."""

    frame: Frame
    units: Sequence[Unit] = (DISTRICT,)

    @property
    def period(self) -> int:
        """The year."""
        return self.frame.period

    @property
    def blocks(self) -> Sequence[Block]:
        """What was handed in."""
        return self.frame.blocks

    def column(self, name: str) -> Values:
        """Return the district's own value of an element."""
        return [self.frame.district(name)]

    def standing(self, element: str) -> Mapping[int, Value | Absent]:
        """Return the first of the district's own values of an element; of places that are blank nothing is told."""
        reading = self.reading(element, 0)
        return {} if reading is None else {0: reading.value}

    def reading(self, element: str, position: int) -> Reading | None:
        """Return the reading behind it."""
        del position
        found = self.frame.readings((element,), None)
        return next((reading for reading in found if not isinstance(reading.value, Absent)), None)


def rows_of_forms(frame: Frame) -> list[FormRows]:
    """Return the rows of each form in which a unit has several."""
    keyed: dict[str, list[Block]] = {}
    for block in frame.blocks:
        if block.keys and not block.aside:
            keyed.setdefault(block.form, []).append(block)
    return [FormRows(frame.plan, blocks) for blocks in keyed.values()]
