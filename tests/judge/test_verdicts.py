"""Verdicts: shortfalls, groups, what is advisory, what is declared, and the summary with its exit code."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from plancheck.judge import Scope, exit_code, judge, summary
from plancheck.judge.evidence import ask, evidence_of
from plancheck.judge.measures import figures
from plancheck.judge.target import lacking
from plancheck.judge.waivers import Waivers
from plancheck.language import Text
from plancheck.model import Assessment, Finding, Gap, Narrative, Plan, Shortfall, Target, Verdict
from plancheck.pipeline import Request, assess
from tests.conftest import PASS_RATE, small_plan, write_workbook

HEAD = ["标识码", "学校名称", "学段", "镇乡", "测试人数", "合格人数", "平安校园"]
ROWS = [
    ["1001", "甲校", "小学", "城关", 100, 99, "是"],
    ["1002", "乙校", "小学", "山乡", 100, 90, "否"],
    ["1003", "丙校", "初中", "城关", 50, 45, "是"],
    ["1004", "丁校", "初中", "", 0, 0, "是"],
]
SAFE = """
  safe_share:
    no: 2
    label: {zh: 平安校园, en: Safe}
    unit: percent
    share: safe
    target: "100"
    due: by_end
    source: {clause: 二, quote: "100"}
"""


def run(
    folder: Path, rows: Sequence[Sequence[Any]] = ROWS, indicators: str = PASS_RATE + SAFE, **asked: Any
) -> Assessment:
    file = write_workbook(folder / "return.xlsx", {"表": [HEAD, *rows]})
    levels = asked.pop("levels", frozenset({"district"}))
    return assess(small_plan(folder, indicators), Request((file,), year=2023, levels=levels, **asked))


def rows_of(found: Assessment, indicator: str) -> list[tuple[str, str, Any]]:
    return [
        (verdict.level, verdict.unit or "", verdict.value)
        for verdict in found.verdicts
        if verdict.indicator == indicator
    ]


def test_the_gap_in_points_and_people_and_who_holds_it(tmp_path: Path) -> None:
    verdict, safe = run(tmp_path).verdicts
    assert verdict.value == Fraction(234 * 100, 250)
    assert verdict.gap == Gap(Fraction(44, 10), "point", 11)  # 245 of 250 are needed
    assert verdict.shortfalls == (
        Shortfall("1002/primary", Text("乙校（小学）", "乙校 (primary)"), 8, 90),
        Shortfall("1003/junior", Text("丙校（初中）", "丙校 (junior)"), 4, 90),
    )
    assert safe.gap == Gap(25, "point", 1)
    assert safe.shortfalls == (Shortfall("1002", Text("乙校", "乙校"), 1, 0),)


def test_who_reaches_the_target_by_rounding_lacks_nobody(tmp_path: Path) -> None:
    rows = [["1001", "甲校", "小学", "", 1000, 929, "是"], ["1002", "乙校", "小学", "", 100, 70, "是"]]
    rounding = PASS_RATE.replace('target: "≥98"', 'rounding: {places: 0, half: up}\n    target: "≥93"')
    (verdict,) = run(tmp_path, rows, rounding).verdicts
    assert verdict.value == Fraction(999 * 100, 1100)
    # 92.9 is written 93; 乙校 needs 93 of its 100.
    assert verdict.shortfalls == (Shortfall("1002/primary", Text("乙校（小学）", "乙校 (primary)"), 23, 70),)


def test_groups_by_stage_and_by_attribute_are_advisory(tmp_path: Path) -> None:
    by_stage = run(tmp_path, by="stage")
    assert rows_of(by_stage, "pass_rate") == [
        ("district", "", Fraction(468, 5)),
        ("group", "primary", Fraction(189, 2)),
        ("group", "junior", 90),
    ]
    assert [verdict.marks for verdict in by_stage.verdicts if verdict.level == "group"] == [("advisory",)] * 4
    by_township = run(tmp_path, by="township")
    assert rows_of(by_township, "safe_share") == [("district", "", 75), ("group", "城关", 100), ("group", "山乡", 0)]
    assert [finding.code for finding in by_township.findings] == ["PC219", "PC406"]
    assert {verdict.marks for verdict in by_township.verdicts if verdict.level == "group"} == {("advisory",)}


def test_one_school_alone_is_judged_for_its_units(tmp_path: Path) -> None:
    found = run(tmp_path, rows=ROWS[1:2], levels=frozenset())
    assert rows_of(found, "pass_rate") == [("unit", "1002/primary", 90)]
    assert found.exit_code == 0


def test_an_indicator_of_units_binds_them(tmp_path: Path) -> None:
    binding = PASS_RATE.replace("due: every_year", "due: every_year\n    level: unit")
    found = run(tmp_path, indicators=binding, levels=frozenset({"unit"}))
    assert [verdict.failing for verdict in found.verdicts] == [False, True, True, False]
    assert [verdict.outcome for verdict in found.verdicts] == ["met", "not_met", "not_met", "unknown"]
    assert found.exit_code == 1


def test_district_figures_are_not_judged_school_by_school(tmp_path: Path) -> None:
    enrolment = PASS_RATE.replace("denominator: tested", "denominator: population")
    found = run(tmp_path, indicators=enrolment, levels=frozenset({"unit"}), by="stage")
    assert found.verdicts == ()
    assert found.exit_code == 3


def test_only_the_chosen_indicators_are_judged(tmp_path: Path) -> None:
    assert [verdict.indicator for verdict in run(tmp_path, only=("safe_share",)).verdicts] == ["safe_share"]


def test_more_than_five_incomplete_units_are_counted(tmp_path: Path) -> None:
    rows = [[f"10{n:02}", f"校{n}", "小学", "", 100, None, "是"] for n in range(7)]
    found = run(tmp_path, rows=rows, indicators=PASS_RATE)
    (finding,) = (finding for finding in found.findings if finding.code == "PC404")
    units = finding.params["units"]
    assert not isinstance(units, str | int)
    assert units.zh.endswith("校4（小学）等 7 个单位")
    assert units.en.endswith("校4 (primary) and 2 more")


def test_sections_that_disagree_are_named_once(tmp_path: Path) -> None:
    rows = [["1001", "甲校", "小学", "城关", 1, 1, "是"], ["1001", "甲校", "初中", "城关", 1, 1, "否"]]
    found = run(tmp_path, rows=rows, indicators=SAFE, by="township", levels=frozenset({"district"}))
    assert [finding.code for finding in found.findings] == ["PC219", "PC403"]


def test_units_that_do_not_report_have_no_verdict_of_their_own(tmp_path: Path) -> None:
    roster = write_workbook(
        tmp_path / "roster.xlsx", {"名录": [HEAD[:3], *(row[:3] for row in ROWS), ["1009", "壬校", "小学"]]}
    )
    found = run(tmp_path, indicators=PASS_RATE, levels=frozenset({"unit"}), roster=roster)
    assert [verdict.unit for verdict in found.verdicts] == [
        "1001/primary",
        "1002/primary",
        "1003/junior",
        "1004/junior",
    ]


def test_readings_are_those_that_entered(tmp_path: Path) -> None:
    file = write_workbook(
        tmp_path / "return.xlsx",
        {
            "表": [HEAD, ["1001", "甲校", "小学", "", None, 99, ""], ["1002", "乙校", "小学", "", 100, None, ""]],
            "自查": [["标识码：1001", "学校名称：甲校", "学段：小学"], ["项目", "填报值"], ["测试人数", 100]],
        },
    )
    found = assess(small_plan(tmp_path), Request((file,), year=2023, levels=frozenset({"district"})))
    readings = [(reading.element, reading.sheet, reading.cell) for reading in found.verdicts[0].readings]
    assert readings == [("passed", "表", "F2"), ("tested", "自查", "B3")]


def test_a_narrative_has_no_figures(huairou: Plan) -> None:
    told = replace(huairou.indicators["fitness_pass_rate"], measure=Narrative(Text("不可核查", "cannot be checked")))
    evidence = evidence_of(huairou, (), None, (2023,), Waivers())
    with pytest.raises(TypeError, match="Narrative"):
        figures(ask(told, evidence, 2023))
    assert judge(huairou, (), None, Scope([told], [2023])).verdicts == ()


def test_an_exact_target_may_lack_or_exceed() -> None:
    exactly = Target("=50", "==", Fraction(50))
    assert [lacking(exactly, part, 10) for part in (3, 5, 8)] == [2, 0, 3]


# ------------------------------------------------------------------------------- summary and exit code


def _verdict(template: Verdict, **changes: Any) -> Verdict:
    return replace(template, **changes)


@pytest.fixture
def failing(tmp_path: Path) -> Verdict:
    return run(tmp_path).verdicts[0]


def test_status_is_the_outcome_or_before_the_due_year_the_progress(failing: Verdict) -> None:
    assert failing.status == "not_met"
    assert _verdict(failing, due=False, progress="behind").status == "behind"
    assert _verdict(failing, outcome="met").status == "met"


@pytest.mark.parametrize(
    ("changes", "findings", "fail_on", "expected"),
    [
        ({}, [], {"not_met", "must"}, 1),
        ({"outcome": "met"}, [], {"not_met", "must"}, 0),
        ({"due": False, "progress": "behind"}, [], {"not_met", "must"}, 0),
        ({"due": False, "progress": "behind"}, [], {"behind"}, 1),
        ({"marks": ("advisory",)}, [], {"not_met", "behind"}, 0),
        ({"outcome": "unknown"}, [], {"not_met", "must"}, 3),
        ({"outcome": "unknown"}, [], {"unknown"}, 1),
        ({"outcome": "met"}, ["PC301"], {"not_met", "must"}, 1),
        ({"outcome": "met"}, ["PC301"], {"not_met"}, 0),
        ({"outcome": "met"}, ["PC202"], {"not_met", "must"}, 3),
        ({"outcome": "met"}, ["PC401"], {"must"}, 0),
        ({"outcome": "met"}, ["PC401"], {"explain"}, 1),
        ({"outcome": "met"}, ["PC219"], {"not_met", "must", "explain", "unknown", "behind"}, 0),
    ],
)
def test_exit_codes(
    changes: dict[str, Any], findings: list[str], fail_on: set[str], expected: int, failing: Verdict
) -> None:
    verdicts = [_verdict(failing, **changes)]
    assert exit_code(verdicts, [Finding(code) for code in findings], frozenset(fail_on)) == expected


def test_nothing_judged_is_never_a_pass() -> None:
    assert exit_code([], [], frozenset({"not_met"})) == 3


def test_the_summary_counts_outcomes_and_progress(failing: Verdict) -> None:
    verdicts = [
        failing,
        _verdict(failing, outcome="met", provisional=True),
        _verdict(failing, due=False, progress="behind"),
        _verdict(failing, outcome="unknown"),
    ]
    expected = {"met": 1, "not_met": 2, "unknown": 1, "not_applicable": 0, "on_track": 0, "behind": 1, "not_due": 0}
    assert summary(verdicts) == {**expected, "failing": 1, "provisional": 1}
