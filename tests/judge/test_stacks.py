"""Copies of a form are read as a table only where nothing else could speak of their units."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plancheck.judge.frame import Frame, frame_of
from plancheck.judge.stacks import stacks_of
from plancheck.model import Block, OneRow, Places, Plan, ReadColumn, Roster, Unit, Value
from plancheck.plan.load import load
from plancheck.quantity import Absent
from tests.conftest import ROOT

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
    assert found.column("enrolled", 3) == (None, None, None)  # one column for all that nobody reports


def test_what_a_unit_says_twice_or_a_table_says_too_is_not_taken_from_here() -> None:
    again = form(0, 11, 9)
    table = Block("table", "t.xlsx", "表", 2023, UNITS, (ReadColumn("tested", "A", (1, 2, 3), (10, 20, 30)),))
    by_grade = form(1, 20, 19, keys=("一年级",))
    assert stacks_of([form(0, 10, 8), again], POSITIONS).others == [again]
    assert stacks_of([form(0, 10, 8), again], POSITIONS).column("tested", 3) is None
    assert stacks_of([form(0, 10, 8), table], POSITIONS).column("tested", 3) is None
    assert stacks_of([form(0, 10, 8), table], POSITIONS).column("passed", 3) == [8, None, None]
    assert stacks_of([by_grade], POSITIONS).column("tested", 3) is None


PLAN: Plan = load(ROOT / "indicators.yaml")
HELD = ("entrants", "entrants_nearby", "smart_campus")
LAYOUTS = (
    Places({"entrants": 0, "entrants_nearby": 1, "smart_campus": 2}, "C", (5, 6, 7)),
    Places({"entrants_nearby": 0, "entrants": 1}, "D", (3, 9)),
    Places({"smart_campus": 0}, "B", (2,)),
)
absent = st.sampled_from([Absent.BLANK, Absent.NONE, Absent.SUSPECT, Absent.UNREADABLE])
counts: st.SearchStrategy[Value | Absent] = st.integers(0, 2) | absent
answers: st.SearchStrategy[Value | Absent] = st.booleans() | absent


@st.composite
def one_form(draw: st.DrawFn) -> Block:
    """Draw a form of one unit: whichever copy, of this year or told a year later, perhaps one of several campuses."""
    unit, places = draw(st.sampled_from(UNITS)), draw(st.sampled_from(LAYOUTS))
    values = [draw(answers if name == "smart_campus" else counts) for name in places.numbers]
    name = draw(st.sampled_from(["own", "other"]))
    keys = draw(st.sampled_from([(), (), ("南校区",), ("北校区",)]))
    return Block(name, f"{unit.code}.xlsx", "表", 2023, [unit], OneRow(places, values), keys, aside=draw(st.booleans()))


@st.composite
def one_table(draw: st.DrawFn) -> Block:
    """Draw a table of several units."""
    units = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique_by=lambda unit: unit.id))
    name = draw(st.sampled_from(HELD))
    values = [draw(answers if name == "smart_campus" else counts) for _ in units]
    rows = tuple(range(2, 2 + len(units)))
    return Block("table", "t.xlsx", "表", 2023, units, (ReadColumn(name, "A", rows, values),))


@given(st.lists(one_form() | one_form() | one_table(), max_size=7), st.booleans())
def test_stacks_say_what_each_form_says_for_itself(blocks: list[Block], known: bool) -> None:
    """Forms whose columns are written out are never put upon each other: they are the same district, read one by one."""
    roster = Roster("r.xlsx", "", {unit.id: unit for unit in UNITS}, {}) if known else None
    stacked = frame_of(PLAN, 2023, blocks, roster)
    apart = frame_of(PLAN, 2023, [replace(block, columns=tuple(block.columns)) for block in blocks], roster)
    assert _told(stacked) == _told(apart)


def _told(frame: Frame) -> Sequence[object]:
    columns = [list(frame.column(name)) for name in HELD]
    readings = [frame.reading(name, at) for name in HELD for at in range(len(frame.units))]
    return columns, readings, sorted(map(repr, frame.findings))
