"""The laws of judging hold for every kind of measure: faults never help, more is never worse, order says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from plancheck.judge import Scope, judge
from plancheck.model import Block, Plan, ReadColumn, Unit, Value, Verdict
from plancheck.quantity import Absent
from tests.conftest import small_plan

_REST = "due: every_year, source: {clause: 一, quote: 某}"
_RATE = "unit: percent, numerator: passed, denominator: tested"
INDICATORS = f"""
  ratio: {{label: {{zh: 率, en: rate}}, {_RATE}, target: "≥60", {_REST}}}
  rounded: {{label: {{zh: 率, en: rate}}, {_RATE}, rounding: {{places: 0}}, target: "≥60", {_REST}}}
  by_stage: {{label: {{zh: 率, en: rate}}, {_RATE}, target: {{primary: "≥60", junior: "≥50"}}, {_REST}}}
  each: {{label: {{zh: 率, en: rate}}, {_RATE}, level: unit, target: "≥60", {_REST}}}
  per_head: {{label: {{zh: 均, en: each}}, unit: m2, numerator: passed, denominator: tested, target: "≥0.6", {_REST}}}
  amount: {{label: {{zh: 数, en: sum}}, unit: person, value: passed, target: "≥60", {_REST}}}
  share: {{label: {{zh: 比, en: share}}, unit: percent, share: safe, target: "≥60", {_REST}}}
  count: {{label: {{zh: 数, en: count}}, unit: school, count: safe, target: "≥3", {_REST}}}
  every: {{label: {{zh: 每, en: every}}, unit: percent, every: township, count: safe, target: "≥60", {_REST}}}
  change: {{label: {{zh: 变, en: change}}, unit: point, numerator: passed, denominator: tested, change: {{from: prior_year}}, target: 上升1, {_REST}}}
  growth: {{label: {{zh: 增, en: growth}}, unit: percent, value: passed, change: {{from: prior_year, relative: true}}, target: "≥5", {_REST}}}
  series: {{label: {{zh: 列, en: series}}, unit: person, series: passed, target: 只增不减, {_REST}}}
  compare: {{label: {{zh: 较, en: compare}}, unit: person, compare: passed, against: seats_needed, target: 不低于, {_REST}}}
  several: {{label: {{zh: 综, en: several}}, level: unit, k_of: [each, even], least: 1, floor: "50%", {_REST}}}
  even: {{label: {{zh: 平, en: even}}, unit: person, level: unit, value: passed, target: "≥10", {_REST}}}
  own: {{label: {{zh: 区, en: own}}, unit: percent, numerator: enrolled, denominator: population, target: "≥60", {_REST}}}
  members: {{label: {{zh: 集, en: set}}, unit: percent, of: ledger, members: {{a: [甲], b: [乙]}}, condition: done, target: "100", {_REST}}}
  milestone: {{label: {{zh: 节, en: milestone}}, of: ledger, milestone: [甲], done: done, due: 2022, source: {{clause: 一, quote: 某}}}}
  seats: {{label: {{zh: 位, en: seats}}, of: ledger, milestone: [甲], done: done, delivered: seats, planned: 20, due: 2022, source: {{clause: 一, quote: 某}}}}
  listed: {{label: {{zh: 列, en: listed}}, unit: percent, of: ledger, share: done, target: "≥60", {_REST}}}
  variation: {{label: {{zh: 差, en: variation}}, unit: number, dispersion: passed, weight: tested, target: "≤0.5", {_REST}}}
"""
KINDS = [line.split(":")[0].strip() for line in INDICATORS.strip().splitlines()]
OF_UNITS = [kind for kind in KINDS if kind not in ("own", "members", "milestone", "seats", "listed")]
TOWNSHIPS = ("城关", "山乡", "河乡", "城郊")
FAULTS = st.sampled_from([Absent.BLANK, Absent.NONE, Absent.UNKNOWN, Absent.UNREADABLE])


@cache
def plan() -> Plan:
    with TemporaryDirectory() as folder:
        return small_plan(Path(folder), INDICATORS)


class School(Struct, frozen=True):
    """One school's figures of both years, and one thing on the list."""

    stage: str
    township: int
    tested: int
    passed: int
    before: int
    needed: int
    safe: bool
    done: bool


schools = st.builds(
    lambda stage, township, tested, parts, needed, answers: School(
        stage, township, tested, tested * parts[0] // 10, tested * parts[1] // 10, needed, *answers
    ),
    st.sampled_from(["primary", "junior"]),
    st.integers(0, 3),
    st.integers(1, 60),
    st.tuples(st.integers(0, 10), st.integers(0, 10)),
    st.integers(0, 60),
    st.tuples(st.booleans(), st.booleans()),
)
districts = st.lists(schools, min_size=1, max_size=6)


def blocks(rows: Sequence[School], faults: Mapping[tuple[int, str, int], Absent] | None = None) -> list[Block]:
    """One file a school and year, one of the district and one of the list; `faults` replace figures."""
    spoilt = faults or {}

    def columns(at: int, year: int, values: Mapping[str, Value]) -> tuple[ReadColumn, ...]:
        return tuple(
            ReadColumn(element, "A", [1], [spoilt.get((at, element, year), value)]) for element, value in values.items()
        )

    made: list[Block] = []
    for at, row in enumerate(rows):
        unit = Unit(f"{at}/{row.stage}", str(at), f"校{at}", row.stage, {"township": TOWNSHIPS[row.township]})
        now = {"tested": row.tested, "passed": row.passed, "seats_needed": row.needed, "safe": row.safe}
        earlier = {"tested": row.tested, "passed": row.before}
        for year, values in ((2023, now), (2022, earlier)):
            made.append(Block("schools", f"{at}-{year}.xlsx", "表", year, [unit], columns(at, year, values)))
        thing = Unit(f"ledger#{'甲乙丙丁戊己'[at]}", "甲乙丙丁戊己"[at], "甲乙丙丁戊己"[at], "")
        told = {"done": row.done, "seats": row.passed}
        made.append(Block("ledger", f"list{at}.xlsx", "台账", 2023, [thing], columns(at, 2023, told)))
    own = {"enrolled": rows[0].passed, "population": rows[0].tested}
    district = Unit("", "", "", "")
    made.append(Block("district", "own.xlsx", "区级", 2023, [district], columns(-1, 2023, own)))
    return made


def verdict(kind: str, given_blocks: Sequence[Block]) -> Verdict:
    return judge(plan(), given_blocks, None, Scope([plan().indicators[kind]], [2023])).verdicts[0]


INPUTS = {
    **dict.fromkeys(KINDS, ("passed",)),
    "ratio": ("passed", "tested"), "rounded": ("passed", "tested"), "by_stage": ("passed", "tested"),
    "each": ("passed", "tested"), "per_head": ("passed", "tested"), "change": ("passed", "tested"),
    "compare": ("passed", "seats_needed"), "variation": ("passed", "tested"), "own": ("enrolled", "population"),
    **dict.fromkeys(("share", "count", "every"), ("safe",)),
    **dict.fromkeys(("members", "milestone", "listed"), ("done",)), "seats": ("done", "seats"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@given(row=schools, fault=FAULTS, which=st.integers(0, 1))
def test_a_faulty_input_never_yields_met(kind: str, row: School, fault: Absent, which: int) -> None:
    elements = INPUTS[kind]
    element = elements[which % len(elements)]
    spoilt = {(at, element, 2023): fault for at in (-1, 0)}
    assert verdict(kind, blocks([row], spoilt)).outcome in ("unknown", "not_met")


@pytest.mark.parametrize("kind", ["change", "growth", "series"])
@given(rows=districts, fault=FAULTS)
def test_a_year_without_figures_is_never_stepped_over(kind: str, rows: list[School], fault: Absent) -> None:
    spoilt = {(at, "passed", 2022): fault for at in range(len(rows))}
    assert verdict(kind, blocks(rows, spoilt)).outcome == "unknown"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "variation"])
@given(rows=districts, data=st.data())
def test_more_never_turns_met_into_not_met(kind: str, rows: list[School], data: st.DataObject) -> None:
    if verdict(kind, blocks(rows)).outcome == "met":
        at = data.draw(st.integers(0, len(rows) - 1))
        more = data.draw(st.integers(rows[at].passed, rows[at].tested))
        raised = [*rows]
        raised[at] = replace(rows[at], passed=more, safe=True, done=True)
        assert verdict(kind, blocks(raised)).outcome == "met"


@pytest.mark.parametrize("kind", KINDS)
@given(rows=districts, data=st.data())
def test_the_order_of_files_changes_nothing(kind: str, rows: list[School], data: st.DataObject) -> None:
    in_order = blocks(rows)
    shuffled = data.draw(st.permutations(in_order))
    one, other = verdict(kind, in_order), verdict(kind, shuffled)
    assert replace(one, readings=()) == replace(other, readings=())
    assert sorted(map(str, one.readings)) == sorted(map(str, other.readings))


@pytest.mark.parametrize("kind", OF_UNITS)
@given(rows=districts, data=st.data())
def test_what_is_missing_turns_no_verdict_that_is_not_provisional(
    kind: str, rows: list[School], data: st.DataObject
) -> None:
    """Whatever the figures are that are left out, a verdict that is sure is the verdict with them."""
    out = data.draw(st.sets(st.integers(0, len(rows) - 1)))
    spoilt = {(at, element, 2023): Absent.BLANK for at in out for element in ("passed", "safe")}
    found, whole = verdict(kind, blocks(rows, spoilt)), verdict(kind, blocks(rows))
    if found.outcome in ("met", "not_met") and not found.provisional and whole.outcome != "unknown":
        assert found.outcome == whole.outcome
    if found.bounds is not None and whole.value is not None and not whole.tally:
        assert min(found.bounds) <= whole.value <= max(found.bounds)


@pytest.mark.parametrize("kind", [*OF_UNITS, "members", "listed"])
@given(rows=districts)
def test_those_who_would_close_a_gap_are_the_first_who_hold_it_and_no_more_than_it_takes(
    kind: str, rows: list[School]
) -> None:
    """A reader is told how many of those above would close it: they must be the first of them."""
    found = verdict(kind, blocks(rows))
    people = [lack.people for lack in found.shortfalls]
    assert people == sorted(people, reverse=True)
    count = len(found.closing)
    assert found.closing == tuple(lack.unit for lack in found.shortfalls[:count])
    if count:
        assert found.gap is not None and found.gap.people is not None
        assert sum(people[: count - 1]) < found.gap.people <= sum(people[:count])


@given(rows=districts, factor=st.integers(2, 5))
def test_a_variation_does_not_hang_on_the_unit_of_the_amount(rows: list[School], factor: int) -> None:
    larger = [replace(row, passed=row.passed * factor) for row in rows]
    assert verdict("variation", blocks(rows)).value == verdict("variation", blocks(larger)).value
