"""Laws that hold whatever the figures are (design: quality)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plancheck.judge import Scope, judge
from plancheck.model import Block, Indicator, Plan, ReadColumn, Unit, Value, Verdict
from plancheck.plan.load import load
from plancheck.quantity import Absent
from plancheck.returns.cells import Facts, understand
from plancheck.returns.standing import standing
from tests.conftest import ROOT

PLAN = load(ROOT / "indicators.yaml")
RATE = replace(
    PLAN.indicators["compulsory_nearby_enrollment_rate"], due="every_year"
)  # entrants_nearby over entrants, ≥99
SMART = PLAN.indicators["smart_campus_coverage_rate"]

Pair = tuple[int, int]
pairs = st.integers(1, 300).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
districts = st.lists(pairs, min_size=1, max_size=8)
faults = st.sampled_from([Absent.BLANK, Absent.NONE, Absent.UNKNOWN, Absent.UNREADABLE])


def plan_with(indicator: Indicator) -> Plan:
    return replace(PLAN, indicators={indicator.id: indicator})


def blocks(rows: Sequence[Sequence[Value | Absent]], elements: Sequence[str]) -> list[Block]:
    """One block a unit, as if every school had sent a file of its own."""
    return [
        Block(
            "schools", f"{number}.xlsx", "表1", 2023, [Unit(f"{number}/primary", str(number), f"校{number}", "primary")],
            tuple(ReadColumn(element, "A", [1], [value]) for element, value in zip(elements, row, strict=True)),
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip


def verdict(indicator: Indicator, given_blocks: Sequence[Block]) -> Verdict:
    stand, _ = standing(given_blocks, PLAN)
    (found,) = judge(plan_with(indicator), stand, None, Scope([indicator], [2023])).verdicts
    return found


def rate(rows: Sequence[Sequence[Value | Absent]]) -> Verdict:
    return verdict(RATE, blocks(rows, ("entrants_nearby", "entrants")))


@given(districts)
def test_the_verdict_is_that_of_whole_number_arithmetic(rows: list[Pair]) -> None:
    part, whole = sum(row[0] for row in rows), sum(row[1] for row in rows)
    found = rate(rows)
    assert (found.outcome == "met") == (100 * part >= 99 * whole)
    assert found.value == Fraction(100 * part, whole)


@given(pairs, faults, st.booleans())
def test_a_faulty_input_never_yields_met(pair: Pair, fault: Absent, above: bool) -> None:
    row: tuple[Value | Absent, ...] = (fault, pair[1]) if above else (pair[0], fault)
    assert rate([row]).outcome == "unknown"


@given(districts, st.data())
def test_a_unit_left_out_is_counted_as_missing(rows: list[Pair], data: st.DataObject) -> None:
    broken: list[tuple[Value | Absent, ...]] = [(*rows[0],), (data.draw(faults), 10)]
    found = rate([*broken, *rows[1:]])
    assert (found.coverage.reported, found.coverage.expected) == (len(rows), len(rows) + 1)
    # The whole is known: the part that is missing is between none and all of it.
    part, whole = sum(row[0] for row in rows), sum(row[1] for row in rows) + 10
    assert found.bounds == (Fraction(100 * part, whole), Fraction(100 * (part + 10), whole))
    assert found.provisional == (100 * part < 99 * whole <= 100 * (part + 10))


@given(districts, st.data())
def test_raising_a_numerator_never_turns_met_into_not_met(rows: list[Pair], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(rows) - 1))
    raised = [*rows]
    raised[at] = (data.draw(st.integers(rows[at][0], rows[at][1])), rows[at][1])
    if rate(rows).outcome == "met":
        assert rate(raised).outcome == "met"


@given(districts)
def test_adding_the_missing_people_meets_the_target_and_one_fewer_does_not(rows: list[Pair]) -> None:
    found = rate([(sum(row[0] for row in rows), sum(row[1] for row in rows))])
    if found.gap is None or found.gap.people is None:
        assert found.outcome == "met"
        return
    part, whole = sum(row[0] for row in rows), sum(row[1] for row in rows)
    assert rate([(part + found.gap.people, whole)]).outcome == "met"
    assert rate([(part + found.gap.people - 1, whole)]).outcome == "not_met"


@given(districts.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(range(len(rows))))))
def test_the_order_of_files_changes_nothing(case: tuple[list[Pair], list[int]]) -> None:
    rows, order = case
    in_order = blocks(rows, ("entrants_nearby", "entrants"))
    shuffled = [in_order[at] for at in order]
    one, other = verdict(RATE, in_order), verdict(RATE, shuffled)
    assert replace(one, readings=()) == replace(other, readings=())
    assert {reading.file for reading in one.readings} == {reading.file for reading in other.readings}


@given(districts)
def test_the_same_file_twice_changes_nothing(rows: list[Pair]) -> None:
    once = blocks(rows, ("entrants_nearby", "entrants"))
    copies = [replace(block, file="copy of " + block.file) for block in once]
    one, other = verdict(RATE, once), verdict(RATE, [*once, *copies])
    assert replace(one, readings=()) == replace(other, readings=())


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_a_share_counts_schools(answers: list[bool]) -> None:
    found = verdict(SMART, blocks([(answer,) for answer in answers], ("smart_campus",)))
    assert (found.numerator, found.denominator) == (sum(answers), len(answers))
    assert (found.outcome == "met") == (100 * sum(answers) > 85 * len(answers))


@given(st.integers(10, 1000))
def test_three_spellings_of_a_rate_are_one_value(tenths: int) -> None:
    element = PLAN.elements["fit_pass_rate_stated"]
    value = Fraction(tenths, 10)
    as_text = understand(f"{tenths / 10}%", element)
    full_width = understand(f"{tenths / 10}％", element)
    formatted = understand(tenths / 1000, element, Facts(percent=True))
    plain_number = understand(tenths / 10, element)
    assert {each.value for each in (as_text, full_width, formatted, plain_number)} == {value}


@given(st.text(max_size=30), st.sampled_from(sorted(PLAN.elements)))
def test_no_cell_text_makes_reading_fail(text: str, element: str) -> None:
    found = understand(text, PLAN.elements[element])
    assert bool(found.code) == (found.value is Absent.UNREADABLE)
