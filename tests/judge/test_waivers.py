"""Waivers: released from a day to a day, both included; judged and shown all the same; what is wrong with one is loud."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from plancheck.codes import message
from plancheck.judge import Judgement, Scope, exit_code, judge
from plancheck.model import Block, Finding, Level, ReadColumn, Roster, Unit, Verdict, Waiver
from tests.conftest import PASS_RATE, small_plan

WAIVER = Waiver(
    "1002/primary", "pass_rate", (2023,), "区教委", "怀教〔2023〕5号", "改建", "2023-09-01", "2024-08-31", "w.yaml:3:5"
)
DISTRICT: frozenset[Level] = frozenset({"district"})
UNITS: frozenset[Level] = frozenset({"unit"})
BINDING = PASS_RATE.replace("due: every_year", "due: every_year\n    level: unit")


def run(
    folder: Path,
    waivers: Sequence[Waiver],
    as_of: str = "2023-12-31",
    levels: frozenset[Level] = UNITS,
    indicators: str = BINDING,
    roster: Roster | None = None,
) -> Judgement:
    plan = small_plan(folder, indicators)
    units = [Unit(f"{code}/primary", code, f"校{code}", "primary") for code in ("1001", "1002")]
    columns = (ReadColumn("tested", "A", (2, 3), (100, 100)), ReadColumn("passed", "B", (2, 3), (99, 90)))
    blocks = [Block("schools", "a.xlsx", "表", 2023, units, columns)]
    scope = Scope(list(plan.indicators.values()), (2023,), levels, waivers=waivers, as_of=as_of)
    return judge(plan, blocks, roster, scope)


def of_1002(found: Judgement) -> Verdict:
    return next(verdict for verdict in found.verdicts if verdict.unit == "1002/primary")


@pytest.mark.parametrize(
    ("as_of", "waived"),
    [("2023-08-31", False), ("2023-09-01", True), ("2024-08-31", True), ("2024-09-01", False)],
)
def test_a_waiver_holds_from_its_first_day_to_its_last(as_of: str, waived: bool, tmp_path: Path) -> None:
    verdict = of_1002(run(tmp_path, [WAIVER], as_of))
    assert (verdict.outcome, verdict.value) == ("not_met", 90)  # judged and shown either way
    assert ("waived" in verdict.marks, verdict.waiver is WAIVER, verdict.failing) == (waived, waived, not waived)


def test_a_school_s_code_stands_for_its_units_and_the_others_are_not_released(tmp_path: Path) -> None:
    found = run(tmp_path, [replace(WAIVER, unit="1002")])
    assert [verdict.marks for verdict in found.verdicts] == [(), ("waived",)]
    other_year = run(tmp_path, [replace(WAIVER, periods=(2022,))])
    assert [verdict.marks for verdict in other_year.verdicts] == [(), ()]


def test_where_all_who_miss_it_are_released_the_district_s_tally_fails_nothing(tmp_path: Path) -> None:
    found = run(tmp_path, [WAIVER], levels=DISTRICT)
    (verdict,) = found.verdicts
    assert (verdict.outcome, verdict.marks, verdict.failing) == ("not_met", ("waived",), False)
    assert verdict.reason is not None and verdict.reason.key == "all_waived"
    assert exit_code(found.verdicts, found.findings, frozenset({"not_met"})) == 0
    (unwaived,) = run(tmp_path, [replace(WAIVER, unit="1001")], levels=DISTRICT).verdicts
    assert unwaived.failing


def test_the_district_is_released_from_a_target_of_its_own(tmp_path: Path) -> None:
    released = replace(WAIVER, unit="")
    (verdict,) = run(tmp_path, [released], levels=DISTRICT, indicators=PASS_RATE).verdicts
    assert (verdict.outcome, verdict.marks, verdict.waiver) == ("not_met", ("waived",), released)
    (tally,) = run(tmp_path, [released, WAIVER], levels=DISTRICT).verdicts
    assert tally.marks == ("waived",)  # said once


def test_an_expired_waiver_is_loud_and_that_of_a_missed_target_comes_first(tmp_path: Path) -> None:
    expired = [replace(WAIVER, unit="1001", place="w.yaml:1:1"), WAIVER]
    found = [each for each in run(tmp_path, expired, "2025-01-01").findings if each.code == "PC412"]
    assert [(each.file, each.cell, each.unit) for each in found] == [
        ("w.yaml", "3:5", "1002/primary"),
        ("w.yaml", "1:1", "1001"),
    ]
    assert message("PC412", found[0].params, "en") == (
        "The waiver of 1002/primary from 'Pass rate' (怀教〔2023〕5号) expired on 2024-08-31 and no longer holds"
    )
    district = run(tmp_path, expired, "2025-01-01", levels=DISTRICT)
    assert [each.unit for each in district.findings if each.code == "PC412"] == ["1002/primary", "1001"]


@pytest.mark.parametrize(
    ("waiver", "code", "said"),
    [
        (replace(WAIVER, since="2024-01-01"), "PC413", "The waiver of 1002/primary from 'Pass rate' holds only from 2024-01-01"),
        (replace(WAIVER, unit="1009"), "PC414", "No unit '1009' is known; its waiver from 'Pass rate' was not used"),
        (replace(WAIVER, indicator="pass"), "PC415", "No indicator 'pass' is known; its waiver for 1002/primary was not used"),
        (replace(WAIVER, indicator="pass", unit=""), "PC415", "No indicator 'pass' is known; its waiver for the district was not used"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_waiver(waiver: Waiver, code: str, said: str, tmp_path: Path) -> None:
    found = run(tmp_path, [waiver])
    (finding,) = (each for each in found.findings if each.code in ("PC412", "PC413", "PC414", "PC415"))
    assert (finding.code, finding.file, finding.cell) == (code, "w.yaml", "3:5")
    assert message(code, finding.params, "en") == said
    assert not of_1002(found).marks


def test_a_waiver_in_force_is_no_finding(tmp_path: Path) -> None:
    found: tuple[Finding, ...] = run(tmp_path, [WAIVER]).findings
    assert found == ()


def test_with_one_school_still_missing_the_released_ones_do_not_settle_it(tmp_path: Path) -> None:
    third = Unit("1003/primary", "1003", "校1003", "primary")
    known = {unit: Unit(unit, unit[:4], f"校{unit[:4]}", "primary") for unit in ("1001/primary", "1002/primary")}
    roster = Roster("roster.xlsx", "", {**known, third.id: third}, {})
    (verdict,) = run(tmp_path, [WAIVER], levels=DISTRICT, roster=roster).verdicts
    # 1003 may miss the target as well, and nobody has released it
    assert (verdict.outcome, verdict.marks, verdict.provisional) == ("not_met", ("waived",), True)
    assert verdict.reason is not None and verdict.reason.key == "missing_returns"
    (missed,) = run(tmp_path, [], levels=DISTRICT, roster=roster).verdicts
    assert (missed.outcome, missed.provisional) == ("not_met", False)


def test_an_expired_waiver_that_was_renewed_is_quiet(tmp_path: Path) -> None:
    renewed = replace(WAIVER, since="2024-09-01", until="2025-08-31", document="怀教〔2024〕6号")
    of_school = replace(renewed, unit="1002")
    for later in (renewed, of_school):
        found = run(tmp_path, [WAIVER, later], "2024-09-01")
        assert of_1002(found).waiver is later
        assert found.findings == ()
    other_year = replace(renewed, periods=(2024,))
    assert [each.code for each in run(tmp_path, [WAIVER, other_year], "2024-09-01").findings] == ["PC412"]
