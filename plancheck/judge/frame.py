"""One period's readings side by side: units (or rows of a list) down, elements across, from whatever forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, cast

from msgspec import Struct, field

from plancheck.expression import PERIOD, Node, names
from plancheck.judge.evaluate import Values, evaluate
from plancheck.judge.naming import unit_name
from plancheck.judge.rows import Given, put_together
from plancheck.judge.stacks import Stacks, stacks_of
from plancheck.language import Said, Text
from plancheck.model import Block, Finding, Plan, ReadColumn, Reading, Roster, Unit, Value, plain
from plancheck.quantity import UNITS, Absent

_KEPT: Final = 40
"""How many formulas' values are kept: those of the largest measure, not those of a whole plan over 100,000 units."""


class Frame(Struct):
    """The blocks of one period, aligned on its units: those of the roster, else all that report; or on a list's rows.

    Columns are made when first asked for and kept. Two forms that give one unit different values for an element
    are a finding, and the value counts as absent. `complete`: the units are all there should be, whether they report
    or not.
    """

    plan: Plan
    period: int
    blocks: Sequence[Block]
    units: Sequence[Unit]
    listed: bool = False
    complete: bool = False
    findings: list[Finding] = field(default_factory=list)
    sized: bool = False
    """Whether a roster tells how many pupils schools have; rows of a list have none."""
    _noted: set[tuple[str, ...]] = field(default_factory=set)
    _positions: dict[str, int] = field(default_factory=dict)
    _columns: dict[str, Values] = field(default_factory=dict)
    _values: dict[int, Values] = field(default_factory=dict)
    _district: dict[str, Value | None] = field(default_factory=dict)
    _places: dict[str, dict[int, tuple[Block, int]]] = field(default_factory=dict)
    _names: dict[int, Text] = field(default_factory=dict)
    _stacks: Stacks | None = None
    _rows: dict[int, Sequence[int]] = field(default_factory=dict)
    _scopes: dict[tuple[tuple[str, ...], int], Sequence[int]] = field(default_factory=dict)
    _parted: dict[tuple[tuple[str, ...], int, str], Mapping[str, Sequence[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._positions = {unit.id: position for position, unit in enumerate(self.units)}
        self.sized = not self.listed and any(unit.size is not None for unit in self.units)

    # ------------------------------------------------------------------------------------ columns

    def column(self, name: str) -> Values:
        """Return an element's (or attribute's) value for each unit, None where there is none."""
        if name not in self._columns:
            self._columns[name] = self._column(name)
        return self._columns[name]

    def _column(self, name: str) -> Values:
        units = self.plan.units
        if name == PERIOD:
            return [self.period] * len(self.units)
        if name == units.stage and not self.listed:
            return [unit.stage for unit in self.units]
        if name in units.attributes and not self.listed:
            return [unit.attributes.get(name) or None for unit in self.units]
        if self.plan.elements[name].reporter == "district":
            return [self.district(name)] * len(self.units)
        return self._element(name)

    def _element(self, name: str) -> Values:
        if self._stacks is None:
            self._stacks = stacks_of(filter(_of_units, self.blocks), self._positions)
        stacked = self._stacks.column(name, len(self.units))
        if stacked is not None:
            return stacked
        found = [(block, given) for block in self.blocks if _of_units(block) and (given := block.given(name))]
        if len(found) == 1 and self._in_order(found[0][0]):
            given = found[0][1]
            if Absent not in set(map(type, given)):
                return cast("Values", given)
            return [None if isinstance(value, Absent) else value for value in given]
        values: list[Value | None] = [None] * len(self.units)
        settled: set[int] = set()
        for block, rows in self._given(name, found):
            for index, position, value in rows:
                if isinstance(value, Absent) or position in settled:
                    continue
                before = values[position]
                if before is None:
                    values[position] = value
                elif before != value:
                    self._conflict((block, name, index), before, value, position)
                    values[position] = None
                    settled.add(position)
        return values

    def _in_order(self, block: Block) -> bool:
        """Return whether a block's rows are the units, each once and in their order: there is nothing to sort."""
        return not block.keys and self._rows_of(block) == range(len(self.units))

    def _rows_of(self, block: Block) -> Sequence[int]:
        """Return the position of the unit of each row."""
        if id(block) not in self._rows:
            rows = [self._positions[unit.id] for unit in block.units]
            in_order = range(len(rows))
            self._rows[id(block)] = in_order if rows == [*in_order] else rows
        return self._rows[id(block)]

    def _given(
        self, name: str, found: Iterable[tuple[Block, Sequence[Value | Absent]]]
    ) -> Iterator[tuple[Block, Iterable[Given]]]:
        """Yield what each block says of an element; rows told apart by keys are put together over a form's blocks.

        What later returns say of the year (上年) is another account of it, never a part.
        """
        parts: dict[tuple[str, bool], list[tuple[Block, Sequence[Value | Absent]]]] = {}
        for block, values in found:
            if block.keys:
                parts.setdefault(_account(block), []).append((block, values))
            else:
                yield block, zip(range(len(values)), self._rows_of(block), values, strict=True)
        additive = UNITS[self.plan.elements[name].unit].kind in ("count", "amount")
        for told in parts.values():
            rows = (
                (block, (index, position, value))
                for block, values in told
                for index, (position, value) in enumerate(zip(self._rows_of(block), values, strict=True))
            )
            for block, given in put_together(rows, additive=additive):
                yield block, (given,)

    def district(self, name: str) -> Value | None:
        """Return the district's own value of an element."""
        if name not in self._district:
            self._district[name] = self._of_district(name)
        return self._district[name]

    def _of_district(self, name: str) -> Value | None:
        found: Value | None = None
        for block, column in self._holding(name, district=True):
            value = column.values[0]
            if isinstance(value, Absent) or value == found:
                continue
            if found is not None:
                self._conflict((block, name, 0), found, value, None)
                return None
            found = value
        return found

    def _holding(self, name: str, *, district: bool = False) -> Iterator[tuple[Block, ReadColumn]]:
        for block in self.blocks:
            if block.units and _of_units(block) is not district:
                for column in block.holding(name):
                    yield block, column

    def _conflict(self, at: tuple[Block, str, int], before: Value, value: Value, position: int | None) -> None:
        """Note two values of one element; where two files give the district's for the same year, that is said."""
        block, name, index = at
        (column,) = block.holding(name)
        here = block.reading(column, index)
        there = self._told_first(block, name, before, position)
        apart = there.file != here.file
        params: dict[str, Said] = {
            "element": self.plan.elements[column.element].label,
            "first": here.raw if here.value == value else plain(value),  # else it is a sum of rows
            "second": plain(before),
            "other": f"{there.file} {there.sheet}!{there.cell}" if apart else f"{there.sheet}!{there.cell}",
        }
        code = "PC402"
        if position is None and apart:
            code, params["year"] = "PC407", str(self.period)
        self.findings.append(Finding(code, here.file, here.sheet, here.cell, here.unit, params, self.period))

    def _told_first(self, block: Block, name: str, before: Value, position: int | None) -> Reading:
        """Return the reading that a block's value is held against: another account, rather than a row of the same sum."""
        unit = "" if position is None else self.units[position].id
        found: list[tuple[bool, bool, Reading]] = []
        for other, column in self._holding(name, district=position is None):
            same = other is block or (bool(other.keys and block.keys) and _account(other) == _account(block))
            told = (other.reading(column, index) for index, each in enumerate(other.units) if each.id == unit)
            found += [(same, each.value != before, each) for each in told if not isinstance(each.value, Absent)]
        return min(found, key=lambda one: one[:2])[2]

    def note(self, finding: Finding, *what: str) -> None:
        """Keep a finding of the judging itself, once for what it is about."""
        key = (finding.code, *what)
        if key not in self._noted:
            self._noted.add(key)
            self.findings.append(finding)

    def called(self, position: int) -> Text:
        """Return how a unit is called; kept, as it is named by each indicator that it falls short of."""
        if position not in self._names:
            self._names[position] = unit_name(self.units[position], self.plan)
        return self._names[position]

    # ---------------------------------------------------------------------------------- populations

    def scope(self, stages: tuple[str, ...], where: Node | None) -> Sequence[int]:
        """Return the positions of the units of these stages for which the condition is not known to be false."""
        key = stages, id(where)
        if key not in self._scopes:
            found: Sequence[int] = range(len(self.units))
            if stages:
                found = [at for at in found if self.units[at].stage in stages]
            if where is not None:
                answers = self.values(where)
                found = [at for at in found if answers[at] is not False]
            self._scopes[key] = found
        return self._scopes[key]

    def within(self, stages: tuple[str, ...], where: Node | None, at: int) -> bool:
        """Return whether a unit is in a scope."""
        answer = self.values(where)[at] if where is not None else True
        return answer is not False and (not stages or self.units[at].stage in stages)

    def parted(self, stages: tuple[str, ...], where: Node | None, by: str) -> Mapping[str, Sequence[int]]:
        """Return the positions of a scope by the word its units have for an attribute, "" where they have none."""
        key = stages, id(where), by
        if key not in self._parted:
            words, groups = self.column(by), dict[str, list[int]]()
            for at in self.scope(stages, where):
                groups.setdefault(str(words[at] or ""), []).append(at)
            self._parted[key] = groups
        return self._parted[key]

    def position(self, unit: str) -> int | None:
        """Return where a unit stands, None when it is not expected in this period."""
        return self._positions.get(unit)

    def values(self, node: Node) -> Values:
        """Return a formula's value for each unit; those asked for last are kept, as many units ask one after another."""
        key = id(node)
        found = self._values.pop(key, None)
        if found is None:
            found = evaluate(node, self.column, len(self.units))
            if len(self._values) >= _KEPT:
                del self._values[next(iter(self._values))]
        self._values[key] = found
        return found

    def district_value(self, node: Node) -> Value | None:
        """Return the value of a formula over the district's own elements."""
        return evaluate(node, lambda name: [self.period if name == PERIOD else self.district(name)], 1)[0]

    def of_district(self, node: Node) -> bool:
        """Return whether a formula speaks of the district's own elements only."""
        return all(
            name.id == PERIOD or (name.id in self.plan.elements and self.plan.elements[name.id].reporter == "district")
            for name in names(node)
        )

    # ------------------------------------------------------------------------------------- readings

    def standing(self, element: str) -> Mapping[int, Value | Absent]:
        """Return what stands where each unit has a place for an element, by position."""
        found: dict[int, Value | Absent] = {}
        for block, column in self._holding(element):
            for at, value in zip(self._rows_of(block), column.values, strict=True):
                if value is not Absent.BLANK or at not in found:
                    found[at] = value
        return found

    def reading(self, element: str, position: int) -> Reading | None:
        """Return one unit's reading of an element; a blank in one form or account is none where another has a value.

        The places are looked up once, as findings may be many.
        """
        if element not in self._places:
            places: dict[int, tuple[Block, int]] = {}
            for block, column in self._holding(element):
                for index, (at, value) in enumerate(zip(self._rows_of(block), column.values, strict=True)):
                    if value is not Absent.BLANK or at not in places:
                        places[at] = block, index
            self._places[element] = places
        place = self._places[element].get(position)
        if place is None:
            return None
        block, index = place
        (column,) = block.holding(element)
        return block.reading(column, index)

    def readings(self, elements: Iterable[str], positions: Sequence[int] | None) -> Iterator[Reading]:
        """Yield the readings of elements for units by position; positions None: the district's own."""
        wanted = None if positions is None else {self.units[position].id for position in positions}
        for element in elements:
            for block, column in self._holding(element, district=wanted is None):
                for index, unit in enumerate(block.units):
                    if wanted is None or unit.id in wanted:
                        yield block.reading(column, index)


def _of_units(block: Block) -> bool:
    """Return whether units report in a block, and not the district."""
    return bool(block.units) and block.units[0].id != ""


def _account(block: Block) -> tuple[str, bool]:
    """Return whose account a block with keys is part of: what a form says of the year, or later returns do."""
    return block.form, block.aside


def frame_of(plan: Plan, period: int, blocks: Iterable[Block], roster: Roster | None) -> Frame:
    """Put the blocks of a year side by side, on the units that are to report then."""
    own = [block for block in blocks if block.period == period]
    if roster is not None:
        return Frame(plan, period, own, roster.expected(period), complete=True)
    return Frame(plan, period, own, units_in(own))


def units_in(blocks: Iterable[Block]) -> Sequence[Unit]:
    """Return whom blocks speak of, each once; the district is no unit."""
    return tuple({unit.id: unit for block in blocks for unit in block.units if unit.id}.values())
