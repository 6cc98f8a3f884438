"""What fails a run, and what of it an earlier result knew."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from plancheck.compare import NotAResult, known_faults, result_of
from plancheck.judge import exit_code
from plancheck.model import (
    FAIL_ON,
    Assessment,
    Finding,
    Verdict,
    VerdictMark,
    finding_faults,
    finding_keys,
    verdict_faults,
)
from plancheck.reports.json_report import render
from tests.reports import fixture, rich
from tests.reports.fixture import VERDICTS

EVERYTHING = frozenset(FAIL_ON)
NOTHING: frozenset[str] = frozenset()


def _kinds(*verdicts: Verdict) -> list[str | None]:
    return [None if fault is None else fault.kind for fault in verdict_faults(verdicts, NOTHING, NOTHING)]


def test_the_kind_of_each_verdict() -> None:
    assert _kinds(*VERDICTS) == [None, None, "behind", None, "not_met", "unknown", "not_met", None, None]


@pytest.mark.parametrize("marks", [("advisory",), ("aspiration",), ("waived",)])
def test_a_verdict_with_a_mark_is_no_fault(marks: tuple[VerdictMark, ...]) -> None:
    assert {kind for verdict in VERDICTS for kind in _kinds(replace(verdict, marks=marks))} == {None}


def test_the_kind_of_each_finding() -> None:
    found = [Finding(code) for code in ("PC301", "PC401", "PC202", "PC220", "PC216")]
    faults = finding_faults(found, frozenset({"explain"}), NOTHING)
    assert [fault and (fault.kind, fault.fails) for fault in faults] == [
        ("must", False), ("explain", True), ("unread", False), None, None,
    ]  # fmt: skip


def test_a_finding_keeps_its_key_when_its_row_or_folder_moves() -> None:
    assert finding_keys([("PC301", "a/r.xlsx", "表3", "H10", "2101/primary")]) == ["PC301|r.xlsx|表3|2101/primary|H|1"]
    moved = finding_keys([("PC301", "b\\c\\r.xlsx", "表3", "H11", "2101/primary")])
    assert moved == ["PC301|r.xlsx|表3|2101/primary|H|1"]
    of_no_unit = [("PC213", "r.xlsx", "表3", f"A{row}", "") for row in (5, 6)]
    assert finding_keys(of_no_unit) == ["PC213|r.xlsx|表3||A5|1", "PC213|r.xlsx|表3||A6|1"]


def test_a_second_fault_of_the_same_unit_and_column_is_a_fault_of_its_own() -> None:
    place = ("PC301", "r.xlsx", "表3", "H10", "2101/primary")
    assert len(set(finding_keys([place, place, place]))) == 3


@pytest.mark.parametrize("run", [fixture.assessment(), rich.assessment()], ids=["fixture", "rich"])
def test_a_run_is_no_worse_than_its_own_result(run: Assessment) -> None:
    known = known_faults(result_of(render(run, "zh"), "r.json"))
    assert exit_code(run.verdicts, run.findings, EVERYTHING) == 1
    assert exit_code(run.verdicts, run.findings, EVERYTHING, known) == 0
    faults = (*verdict_faults(run.verdicts, EVERYTHING, known), *finding_faults(run.findings, EVERYTHING, known))
    assert all(fault.known and not fault.fails for fault in faults if fault is not None)


def test_one_fault_more_fails_alone() -> None:
    run = fixture.assessment()
    known = known_faults(result_of(render(run, "zh"), "r.json"))
    more = Finding("PC301", "returns.xlsx", "表3", "J9", "2101/primary", {"column": "x", "found": "y"})
    assert exit_code(run.verdicts, (*run.findings, more), EVERYTHING, known) == 1
    assert exit_code(run.verdicts, (*run.findings, Finding("PC202", "b.xlsx")), EVERYTHING, known) == 3


def test_a_target_missed_before_may_be_missed_on_the_way_but_not_the_other_way_round() -> None:
    budget, bachelor = VERDICTS[6], VERDICTS[2]
    missed = replace(bachelor, due=True, progress=None)
    assert (missed.failing, bachelor.progress) == (True, "behind")
    was_missed = known_faults(result_of(render(replace(fixture.assessment(), verdicts=(missed,)), "en"), ""))
    was_behind = known_faults(result_of(render(replace(fixture.assessment(), verdicts=(bachelor,)), "en"), ""))
    assert exit_code((bachelor,), (), EVERYTHING, was_missed) == 0
    assert exit_code((missed,), (), EVERYTHING, was_behind) == 1
    assert exit_code((budget,), (), EVERYTHING, was_missed) == 1


def test_a_run_that_judges_nothing_is_3_even_when_that_was_known() -> None:
    unknown = VERDICTS[5]
    known = known_faults(result_of(render(replace(fixture.assessment(), verdicts=(unknown,)), "zh"), ""))
    assert exit_code((unknown,), (), NOTHING, known) == 3
    assert exit_code((unknown, VERDICTS[0]), (), NOTHING, known) == 0
    assert exit_code((unknown, VERDICTS[0]), (), NOTHING) == 3


@pytest.mark.parametrize(
    "text",
    [
        b"", b"{", b"[]", b"null", b"7", b"{}", b'{"schema": 7}', b'{"schema": "x"}', b'{"schema": "plancheck/assessment/1"}',
        b'{"schema": "plancheck/assessment/1", "plan": [], "verdicts": {}, "findings": 0}', b"\xff\xfe", b"[" * 100_000,
        b"PK\x03\x04",
    ],
)  # fmt: skip
def test_what_is_no_result(text: bytes) -> None:
    with pytest.raises(NotAResult):
        result_of(text, "x.json")
