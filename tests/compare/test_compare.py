"""What changed between two results, on results made by hand: one change at a time."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from plancheck.compare import compare, result_of, with_readings
from plancheck.model import Assessment, Finding, Reading
from plancheck.model.comparison import Comparison, Result
from plancheck.quantity import Absent
from plancheck.reports.figures import reading_text
from plancheck.reports.json_report import render
from tests.reports import fixture
from tests.reports.fixture import FINDINGS, READINGS, VERDICTS


def _result(assessment: Assessment, name: str = "r.json") -> Result:
    return result_of(render(assessment, "zh"), name)


def _compared(after: Assessment) -> Comparison:
    return compare(_result(fixture.assessment()), _result(after))


def test_nothing_changed() -> None:
    found = _compared(fixture.assessment())
    assert (found.fixed, found.new, found.moves, found.edits, found.gone, found.come, found.rules) == ((),) * 7
    assert [seen.code for seen in found.standing] == [
        "behind", "not_met", "unknown", "not_met", "PC401", "PC301", "PC301", "PC202",
    ]  # fmt: skip


def test_a_fault_is_fixed_and_another_is_new() -> None:
    findings = tuple(each for each in FINDINGS if each.code != "PC202")
    more = Finding("PC306", "returns.xlsx", "表3", "H12", "2102/primary", {"column": "x", "found": "-1"})
    found = _compared(replace(fixture.assessment(), findings=(*findings, more)))
    assert [(seen.code, seen.place) for seen in found.fixed] == [("PC202", "empty.xlsx")]
    assert [(seen.code, seen.place, seen.unit) for seen in found.new] == [
        ("PC306", "returns.xlsx 表3!H12", "2102/primary")
    ]


def test_a_fault_that_moved_or_stands_in_a_renamed_file_is_the_same() -> None:
    moved = tuple(
        replace(each, file="第二次/新.xlsx", cell=each.cell.replace("10", "11")) if each.code == "PC301" else each
        for each in FINDINGS
    )
    found = _compared(replace(fixture.assessment(), findings=moved))
    assert (found.fixed, found.new) == ((), ())
    assert [seen.place for seen in found.standing if seen.code == "PC301"] == ["新.xlsx 表3!H11", "新.xlsx 表3!H9"]


def test_one_more_of_the_same_in_a_renamed_file_is_new() -> None:
    renamed = tuple(replace(each, file="b.xlsx") for each in FINDINGS if each.code == "PC301")
    found = _compared(replace(fixture.assessment(), findings=(*renamed, renamed[0])))
    assert [seen.place for seen in found.new] == ["b.xlsx 表3!H10"]


def test_a_target_missed_that_is_behind_now_is_still_there() -> None:
    missed = replace(VERDICTS[2], due=True, progress=None)
    before = replace(fixture.assessment(), verdicts=(missed,), findings=())
    after = replace(before, verdicts=(VERDICTS[2],))
    found = compare(_result(before), _result(after))
    assert ([seen.code for seen in found.standing], found.fixed, found.new) == (["behind"], (), ())
    assert [
        (move.before and move.before.status, move.after and move.after.status, move.by) for move in found.moves
    ] == [("not_met", "behind", "data")]


def test_the_rule_changed_rather_than_the_data() -> None:
    fitness = VERDICTS[1]
    lower = replace(fitness.target, text="≥97", bound=Fraction(97))
    met = replace(fitness, outcome="met", progress=None, target=lower, gap=None)
    found = _compared(
        replace(fixture.assessment(), verdicts=tuple(met if each is fitness else each for each in VERDICTS))
    )
    assert [(move.after and move.after.indicator, move.by) for move in found.moves] == [("fitness", "rule")]
    assert found.rules == ("fitness",)
    assert "≥97 >= 97 | passed ÷ tested" in str(found.moves[0].after)


def test_an_indicator_that_only_one_result_has_is_a_changed_rule_and_a_new_unit_is_data() -> None:
    without = replace(fixture.assessment(), verdicts=VERDICTS[1:-1])
    found = _compared(without)
    assert [(move.before and (move.before.indicator, move.before.unit), move.after, move.by) for move in found.moves] == [
        (("enrolment", ""), None, "rule"), (("fitness", "2101/primary"), None, "data"),
    ]  # fmt: skip
    assert found.rules == ("enrolment", "fitness")[:1]


def _read(*readings: Reading) -> Result:
    return with_readings(_result(fixture.assessment()), readings, reading_text)


def test_values_that_nobody_asked_to_change_are_told_from_those_asked_for() -> None:
    passed, tested = READINGS
    asked = replace(tested, cell="H9", element="asked")  # PC301 stands on H9
    found = compare(
        _read(passed, tested, asked), _read(replace(passed, value=98), tested, replace(asked, value=Absent.BLANK))
    )
    assert [(edit.element, edit.before and edit.before.value, edit.after and edit.after.value, edit.asked) for edit in found.edits] == [
        ("passed", "97", "98", False), ("asked", "100", None, True),
    ]  # fmt: skip
    assert found.edits[0].after is not None
    assert found.edits[0].after.place == "returns.xlsx 表3!H5"


def test_a_value_in_another_cell_is_the_same_value() -> None:
    assert compare(_read(READINGS[0]), _read(replace(READINGS[0], cell="J7", file="x/b.xlsx"))).edits == ()


def test_the_rows_of_one_unit_are_told_apart() -> None:
    first, second = READINGS[0], replace(READINGS[0], cell="H6", value=50)
    found = compare(_read(first, second), _read(first, replace(second, value=51)))
    assert [(edit.before and edit.before.value, edit.after and edit.after.value) for edit in found.edits] == [
        ("50", "51")
    ]
    # the same cell, read for two verdicts, is one row
    assert len(_read(first, first, second).values) == 2


def test_units_that_came_and_went_are_named_once_and_not_value_by_value() -> None:
    other = replace(READINGS[0], unit="2102/primary")
    found = compare(_read(*READINGS), _read(READINGS[0], other))
    assert (found.gone, found.come) == ((), ("2102/primary",))
    assert [edit.element for edit in found.edits] == ["tested"]
    found = compare(_read(*READINGS), _read(other))
    assert (found.gone, found.come, found.edits) == (("2101/primary",), ("2102/primary",), ())
