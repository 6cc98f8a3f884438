"""One period's readings side by side: units down, elements across, whatever forms they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from plancheck.expression import Node, names
from plancheck.judge.evaluate import Values, evaluate
from plancheck.language import Said
from plancheck.model import Block, Finding, Plan, ReadColumn, Reading, Roster, Unit, Value, plain
from plancheck.quantity import UNITS, Absent


@dataclass(slots=True)
class Frame:
    """The blocks of one period, aligned on its units: those of the roster, else all that report.

    Columns are made when first asked for and kept. Two forms that give one unit different values for an element
    are a finding, and the value counts as absent.
    """

    plan: Plan
    period: int
    blocks: Sequence[Block]
    units: Sequence[Unit]
    findings: list[Finding] = field(default_factory=list)
    _positions: dict[str, int] = field(init=False)
    _columns: dict[str, Values] = field(default_factory=dict)
    _places: dict[str, dict[int, tuple[Block, ReadColumn, int]]] = field(default_factory=dict)
    _rows: dict[int, Sequence[int]] = field(default_factory=dict)
    _scopes: dict[tuple[tuple[str, ...], int], Sequence[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._positions = {unit.id: position for position, unit in enumerate(self.units)}

    # ------------------------------------------------------------------------------------ columns

    def column(self, name: str) -> Values:
        """Return an element's (or attribute's) value for each unit, None where there is none."""
        if name not in self._columns:
            self._columns[name] = self._attribute(name) if name in self.plan.units.attributes else self._element(name)
        return self._columns[name]

    def _attribute(self, name: str) -> Values:
        return [unit.attributes.get(name) or None for unit in self.units]

    def _element(self, name: str) -> Values:
        if self.plan.elements[name].reporter == "district":
            return [self.district(name)] * len(self.units)
        values: list[Value | None] = [None] * len(self.units)
        for block, column, given in self._given(name):
            for index, position, value in given:
                if isinstance(value, Absent):
                    continue
                if values[position] is None:
                    values[position] = value
                elif values[position] != value:
                    self._conflict(block, column, index, position)
                    values[position] = None
        return values

    def _rows_of(self, block: Block) -> Sequence[int]:
        """Return the position of the unit of each row."""
        if id(block) not in self._rows:
            self._rows[id(block)] = [self._positions[unit.id] for unit in block.units]
        return self._rows[id(block)]

    def _given(self, name: str) -> Iterator[tuple[Block, ReadColumn, Iterable[_Given]]]:
        """Yield what each block says of an element; rows told apart by keys are put together over all of a form's blocks."""
        parts: dict[str, list[tuple[Block, ReadColumn]]] = {}
        for block, column in self._holding(name):
            if block.keys:
                parts.setdefault(block.form, []).append((block, column))
            else:
                yield block, column, zip(range(len(column.values)), self._rows_of(block), column.values, strict=True)
        additive = UNITS[self.plan.elements[name].unit].kind in ("count", "amount")
        for found in parts.values():
            rows = (
                ((block, column), (index, position, value))
                for block, column in found
                for index, (position, value) in enumerate(zip(self._rows_of(block), column.values, strict=True))
            )
            for (block, column), given in _put_together(rows, additive=additive):
                yield block, column, (given,)

    def district(self, name: str) -> Value | None:
        """Return the district's own value of an element."""
        found: Value | None = None
        for block, column in self._holding(name, district=True):
            value = column.values[0]
            if isinstance(value, Absent) or value == found:
                continue
            if found is not None:
                self._conflict(block, column, 0, None)
                return None
            found = value
        return found

    def _holding(self, name: str, *, district: bool = False) -> Iterator[tuple[Block, ReadColumn]]:
        for block in self.blocks:
            if block.units and (block.units[0].id == "") == district:
                for column in block.holding(name):
                    yield block, column

    def _conflict(self, block: Block, column: ReadColumn, index: int, position: int | None) -> None:
        here = block.reading(column, index)
        there = next(
            reading
            for reading in self.readings((column.element,), None if position is None else (position,))
            if reading.value != here.value and not isinstance(reading.value, Absent)
        )
        params: dict[str, Said] = {
            "element": self.plan.elements[column.element].label,
            "first": here.raw,
            "second": plain(there.value) if not isinstance(there.value, Absent) else there.raw,
            "other": f"{there.sheet}!{there.cell}"
            if there.file == here.file
            else f"{there.file} {there.sheet}!{there.cell}",
        }
        self.findings.append(Finding("PC402", here.file, here.sheet, here.cell, here.unit, params))

    # ---------------------------------------------------------------------------------- populations

    def scope(self, stages: tuple[str, ...], where: Node | None) -> Sequence[int]:
        """Return the positions of the units of these stages for which the condition is not known to be false."""
        key = stages, id(where)
        if key not in self._scopes:
            answers = evaluate(where, self.column, len(self.units)) if where is not None else [True] * len(self.units)
            pairs = enumerate(zip(self.units, answers, strict=True))
            self._scopes[key] = [
                at for at, (unit, holds) in pairs if holds is not False and (not stages or unit.stage in stages)
            ]
        return self._scopes[key]

    def values(self, node: Node) -> Values:
        """Return a formula's value for each unit."""
        return evaluate(node, self.column, len(self.units))

    def district_value(self, node: Node) -> Value | None:
        """Return the value of a formula over the district's own elements."""
        return evaluate(node, lambda name: [self.district(name)], 1)[0]

    def of_district(self, node: Node) -> bool:
        """Return whether a formula speaks of the district's own elements only."""
        return all(
            name.id in self.plan.elements and self.plan.elements[name.id].reporter == "district" for name in names(node)
        )

    # ------------------------------------------------------------------------------------- readings

    def reading(self, element: str, position: int) -> Reading | None:
        """Return one unit's reading of an element. The places are looked up once, as findings may be many."""
        if element not in self._places:
            self._places[element] = {
                self._positions[unit.id]: (block, column, index)
                for block, column in self._holding(element)
                for index, unit in enumerate(block.units)
            }
        place = self._places[element].get(position)
        return place[0].reading(place[1], place[2]) if place else None

    def suspect(self, position: int, nodes: Iterable[Node]) -> bool:
        """Return whether one of the figures that formulas rest on is suspect for a unit."""
        found = (self.reading(name.id, position) for node in nodes for name in names(node))
        return any(reading is not None and reading.value is Absent.SUSPECT for reading in found)

    def readings(self, elements: Iterable[str], positions: Sequence[int] | None) -> Iterator[Reading]:
        """Yield the readings of elements for units by position; positions None: the district's own."""
        wanted = None if positions is None else {self.units[position].id for position in positions}
        for element in elements:
            for block, column in self._holding(element, district=wanted is None):
                for index, unit in enumerate(block.units):
                    if wanted is None or unit.id in wanted:
                        yield block.reading(column, index)


_Given = tuple[int, int, Value | Absent]
"""A row's number in its block, its unit's position, and its value."""


_Row = tuple[tuple[Block, ReadColumn], _Given]


def _put_together(rows: Iterable[_Row], *, additive: bool) -> Iterator[_Row]:
    """Add up the rows of each unit; a unit one of whose rows is absent has no total.

    Answers and words must agree, and one that does not is handed on beside the first; of rates nothing is made, as
    they are rates of different wholes.
    """
    totals: dict[int, _Row] = {}
    for place, (index, position, value) in rows:
        before = totals[position][1][2] if position in totals else None
        if before is None:
            totals[position] = place, (index, position, value)
        elif isinstance(before, Absent) or isinstance(value, Absent):
            totals[position] = place, (index, position, Absent.BLANK)
        elif not isinstance(before, bool | str) and not isinstance(value, bool | str):
            totals[position] = place, (index, position, before + value if additive else Absent.BLANK)
        elif before != value:
            yield place, (index, position, value)
    yield from totals.values()


@dataclass(frozen=True, slots=True)
class Basis:
    """The readings a verdict rests on, made when iterated: a district's may be a hundred thousand."""

    parts: tuple[tuple[Frame, tuple[str, ...], Sequence[int] | None], ...]

    def __iter__(self) -> Iterator[Reading]:
        for frame, elements, positions in self.parts:
            for reading in frame.readings(elements, positions):
                if not isinstance(reading.value, Absent):
                    yield reading


def frame_of(plan: Plan, period: int, blocks: Sequence[Block], roster: Roster | None) -> Frame:
    """Make the frame of a period from all blocks."""
    own = [block for block in blocks if block.period == period]
    if roster is not None:
        units: Sequence[Unit] = roster.expected(period)
    else:
        units = tuple({unit.id: unit for block in own for unit in block.units if unit.id}.values())
    return Frame(plan, period, own, units)
