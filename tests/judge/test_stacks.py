"""Copies of a form are read as a table only where nothing else could speak of their units."""

from __future__ import annotations

from plancheck.judge.stacks import stacks_of
from plancheck.model import Block, OneRow, Places, ReadColumn, Unit
from plancheck.quantity import Absent

UNITS = [Unit(f"{code}/primary", code, code, "primary") for code in ("1001", "1002", "1003")]
POSITIONS = {unit.id: at for at, unit in enumerate(UNITS)}
PLACES = Places({"tested": 0, "passed": 1}, "C", (5, 6))
ELSEWHERE = Places({"passed": 0}, "D", (9,))


def form(unit: int, *values: int | Absent, places: Places = PLACES, keys: tuple[str, ...] = ()) -> Block:
    return Block("own", f"{unit}.xlsx", "表", 2023, [UNITS[unit]], OneRow(places, values), keys)


def test_each_unit_stands_in_its_place_whatever_the_order_and_the_layout() -> None:
    found = stacks_of([form(2, 30, 29), form(0, 10, Absent.BLANK), form(1, 18, places=ELSEWHERE)], POSITIONS)
    assert found.others == []
    assert found.column("tested", 3) == [10, None, 30]
    assert found.column("passed", 3) == [None, 18, 29]
    assert found.column("enrolled", 3) == [None, None, None]


def test_what_a_unit_says_twice_or_a_table_says_too_is_not_taken_from_here() -> None:
    again = form(0, 11, 9)
    table = Block("table", "t.xlsx", "表", 2023, UNITS, (ReadColumn("tested", "A", (1, 2, 3), (10, 20, 30)),))
    by_grade = form(1, 20, 19, keys=("一年级",))
    assert stacks_of([form(0, 10, 8), again], POSITIONS).others == [again]
    assert stacks_of([form(0, 10, 8), again], POSITIONS).column("tested", 3) is None
    assert stacks_of([form(0, 10, 8), table], POSITIONS).column("tested", 3) is None
    assert stacks_of([form(0, 10, 8), table], POSITIONS).column("passed", 3) == [8, None, None]
    assert stacks_of([by_grade], POSITIONS).column("tested", 3) is None
