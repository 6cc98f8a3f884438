"""The file of waivers: read strictly, because a release that nobody checks is a hole in the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from plancheck.codes import message
from plancheck.model import Plan, Waiver
from plancheck.plan import PlanUnusable
from plancheck.plan.load import load
from plancheck.plan.waivers import read_waivers
from tests.plan.small import SMALL, at, places, written

WAIVERS = """\
waivers:
  - unit: 2111000001/primary
    indicator: pass_rate
    periods: [2024, 2023]
    approver: 区教委主任办公会
    document: 怀教函〔2023〕5号
    reason: 校舍加固
    from: 2023-09-01
    to: 2024-08-31
  - {unit: "", indicator: money_kept, periods: [2022], approver: 区政府, document: 函1, reason: 疫情, from: 2022-01-01, to: 2022-12-31}
  - {unit: 2111000001, indicator: smart_rate, periods: [2023], approver: 甲, document: 乙, reason: 丙, from: 2023-01-01, to: 2023-01-01}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return load(written(tmp_path, SMALL))


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "waivers.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_waivers_are_what_the_file_states(plan: Plan, tmp_path: Path) -> None:
    path = _file(tmp_path, WAIVERS)
    assert read_waivers(path, plan) == (
        Waiver(
            "2111000001/primary", "pass_rate", (2023, 2024), "区教委主任办公会", "怀教函〔2023〕5号", "校舍加固",
            "2023-09-01", "2024-08-31", f"{path}:2:5",
        ),
        Waiver("", "money_kept", (2022,), "区政府", "函1", "疫情", "2022-01-01", "2022-12-31", f"{path}:10:5"),
        Waiver("2111000001", "smart_rate", (2023,), "甲", "乙", "丙", "2023-01-01", "2023-01-01", f"{path}:11:5"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [
        ("indicator: pass_rate", "indicator: pas_rate", "PC109", "pas_rate",
         "没有名为“pas_rate”的指标，是否应为“pass_rate”？", "There is no indicator named 'pas_rate'; did you mean 'pass_rate'?"),
        ("    to: 2024-08-31\n", "", "PC134", "unit: 2111",
         "这条豁免没有写到期日（to）", "The waiver has no last day ('to')"),
        ("to: 2024-08-31", "to: 2023-08-31", "PC135", "2023-08-31",
         "豁免自 2023-09-01 起，却到 2023-08-31 为止", "The waiver begins on 2023-09-01 but ends on 2023-08-31"),
        ("from: 2023-09-01", "from: 2023-02-30", "PC108", "2023-02-30",
         "“from”应为日期，如 2024-08-31，现为“2023-02-30”", "'from' must be a date such as 2024-08-31, found '2023-02-30'"),
        ("to: 2024-08-31", "to: 2024年8月", "PC108", "2024年8月",
         "“to”应为日期，如 2024-08-31，现为“2024年8月”", "'to' must be a date such as 2024-08-31, found '2024年8月'"),
        ("periods: [2024, 2023]", "periods: []", "PC131", "[]",
         "豁免“1”的“periods”是空的，没有指明任何对象", "'periods' of waiver '1' is empty and names nothing"),
        ("periods: [2024, 2023]", "periods: [2024, 2026]", "PC108", "2026]",
         "“periods”应为2020 至 2025 的整数，现为“2026”", "'periods' must be a whole number from 2020 to 2025, found '2026'"),
        ("periods: [2024, 2023]", "periods: 2024", "PC108", "2024",
         "“periods”应为列表 […]，现为“2024”", "'periods' must be a list […], found '2024'"),
        ("unit: 2111000001/primary", "unit:", "PC108", "",
         "“unit”应为学校标识码、“标识码/学段”，或表示全区的 \"\"，现为“空”",
         "'unit' must be a school's code, code/stage, or \"\" for the district, found 'nothing'"),
        ("unit: 2111000001/primary", "unit: [2111000001]", "PC108", "[2111",
         "“unit”应为学校标识码、“标识码/学段”，或表示全区的 \"\"，现为“列表”",
         "'unit' must be a school's code, code/stage, or \"\" for the district, found 'a list'"),
        ("unit: 2111000001/primary", "unit: 甲小学", "PC108", "甲小学",
         "“unit”应为学校标识码、“标识码/学段”，或表示全区的 \"\"，现为“甲小学”",
         "'unit' must be a school's code, code/stage, or \"\" for the district, found '甲小学'"),
        ("unit: 2111000001/primary", "unit: 2111000001/primry", "PC109", "2111000001/primry",
         "没有名为“primry”的学段，是否应为“primary”？", "There is no stage named 'primry'; did you mean 'primary'?"),
        ("    approver: 区教委主任办公会\n", "", "PC107", "unit: 2111", "豁免“1”缺少“approver”", "waiver '1' lacks 'approver'"),
        ("  - unit: 2111000001/primary\n    ", "  - ", "PC107", "indicator", "豁免“1”缺少“unit”", "waiver '1' lacks 'unit'"),
        ("reason: 校舍加固", "reasn: 校舍加固\n    reason: 甲", "PC106", "reasn",
         "豁免“1”中没有“reasn”这一键，是否应为“reason”？", "There is no key 'reasn' in waiver '1'; did you mean 'reason'?"),
        ("waivers:\n", "more: 1\nwaivers:\n", "PC106", "more", "豁免清单中没有“more”这一键", "There is no key 'more' in the file of waivers"),
        ("{unit: 2111000001, indicator: smart_rate, periods: [2023]",
         "{unit: 2111000001/primary, indicator: pass_rate, periods: [2022, 2023]", "", "", "", ""),
        ("{unit: 2111000001, indicator: smart_rate, periods: [2023], approver: 甲, document: 乙, reason: 丙, from: 2023-01-01, to: 2023-01-01",
         "{unit: 2111000001/primary, indicator: pass_rate, periods: [2022, 2024], approver: 甲, document: 乙, reason: 丙, from: 2024-08-31, to: 2025-01-01",
         "PC136", "{unit: 2111000001/primary",
         "与第 2 行的豁免重叠：同一单位、同一指标、2024 年", "It overlaps the waiver at line 2: same unit, same indicator, 2024"),
    ],
)  # fmt: skip
def test_a_fault_of_a_waiver_has_its_place_and_words(
    plan: Plan, tmp_path: Path, case: tuple[str, str, str, str, str, str]
) -> None:
    old, new, code, begins, zh, en = case
    assert old in WAIVERS
    text = WAIVERS.replace(old, new, 1)
    path = _file(tmp_path, text)
    if not code:  # the same unit, indicator and year on other days is a new decision
        assert len(read_waivers(path, plan)) == 3
        return
    with pytest.raises(PlanUnusable) as unusable:
        read_waivers(path, plan)
    (finding,) = unusable.value.findings
    assert (finding.code, finding.file) == (code, str(path))
    assert at(text, finding.cell).startswith(begins)
    assert message(code, finding.params, "zh") == zh
    assert message(code, finding.params, "en") == en


def test_all_faults_come_at_once(plan: Plan, tmp_path: Path) -> None:
    text = WAIVERS.replace("pass_rate", "pas_rate").replace("    to: 2024-08-31\n", "").replace("[2022]", "[1999]")
    with pytest.raises(PlanUnusable) as unusable:
        read_waivers(_file(tmp_path, text), plan)
    assert [code for code, _ in places(unusable.value.findings)] == ["PC134", "PC109", "PC108"]


@pytest.mark.parametrize("text", ["", "- a\n", "waivers: [\n", "waivers: {}\n"])
def test_a_file_that_holds_no_waivers_is_refused(plan: Plan, tmp_path: Path, text: str) -> None:
    with pytest.raises(PlanUnusable):
        read_waivers(_file(tmp_path, text), plan)
