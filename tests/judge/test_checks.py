"""Checks over years, forms and schools: what they find, how they say it, and what it does to the verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from plancheck.codes import message, reason
from plancheck.model import Assessment, CheckCount, Finding, Plan
from plancheck.pipeline import Request, assess
from plancheck.plan import PlanUnusable
from plancheck.plan.load import load
from tests.conftest import PASS_RATE, SMALL_PLAN, Rows, write_workbook

HEAD = ["标识码", "学校名称", "办学类型", "学段", "测试人数", "合格人数", "面积"]
MANY = """
  many: {must: passed <= tested, label: {zh: 合格不多于测试, en: passes do not exceed tests}}
"""


def plan_with(folder: Path, checks: str, changes: Mapping[str, str] | None = None) -> Plan:
    text = SMALL_PLAN + PASS_RATE + "\nchecks:" + checks
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new)
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def judged(folder: Path, plan: Plan, sheets: Mapping[str, Rows], year: int | None = 2023) -> Assessment:
    return assess(plan, Request((write_workbook(folder / "a.xlsx", sheets),), year=year))


def of_checks(found: Assessment) -> list[Finding]:
    return [each for each in found.findings if each.code.startswith("PC5")]


def said(finding: Finding) -> tuple[str, str]:
    return message(finding.code, finding.params, "zh"), message(finding.code, finding.params, "en")


def test_a_finding_names_its_inputs_their_places_and_how_far_they_lie_apart(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, "\n  enough: {must: area >= 2 × tested, label: {zh: 面积够, en: area enough}}\n")
    found = judged(tmp_path, plan, {
        "表": [HEAD, ["1001", "甲校", "小学", "小学", "", "", "１，０００.５㎡"]],
        "年级表": [["标识码", "学校名称", "学段", "年级组", "年级测试人数", "年级合格人数"], ["1001", "甲校", "小学", "", 600, 1]],
    })  # fmt: skip
    (finding,) = of_checks(found)
    zh, en = said(finding)
    assert (
        zh
        == "甲校（小学）：不符合“面积够”：面积 １，０００.５㎡（读作 1000.5），测试人数 600（年级表!E2）；比较 1000.50 与 1200，相差 199.50"
    )
    assert en == (
        "甲校 (primary): not as asked, area enough: Area １，０００.５㎡ (read as 1000.5), Tested 600 (年级表!E2); "
        "1000.50 against 1200, 199.50 apart"
    )
    assert (finding.sheet, finding.cell, finding.check, finding.period) == ("表", "G2", "enough", 2023)
    assert finding.also == ((finding.file, "年级表", "E2"),)
    assert finding.value == "area=2001/2; tested=600"


def test_a_verdict_says_that_figures_are_suspect_and_which_check_they_fail(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, MANY)
    sheet: Rows = [HEAD, ["1001", "甲校", "小学", "小学", 100, 101], ["1002", "乙校", "小学", "小学", 100, 99]]
    (verdict,) = judged(tmp_path, plan, {"表": sheet}).verdicts
    assert verdict.reason is not None
    assert verdict.reason.key == "suspect_returns"
    assert reason(verdict.reason.key, verdict.reason.params, "zh") == (
        "1 个单位未计入（其中 1 个数据待核：“合格不多于测试”），可能改变结论"
    )
    (verdict,) = judged(tmp_path, plan, {"表": sheet[:2]}).verdicts
    assert verdict.outcome == "unknown"
    assert verdict.reason is not None
    assert reason(verdict.reason.key, verdict.reason.params, "en") == (
        "Suspect figures, not as asked: “passes do not exceed tests”"
    )


OWN = """
  own_rate:
    label: {zh: 各校合格率, en: Each school's rate}
    unit: percent
    numerator: passed
    denominator: tested
    target: "≥90"
    due: every_year
    level: unit
    source: {clause: 一, quote: ≥90}
"""


def test_a_must_fault_leaves_the_verdicts_of_every_level_open(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, MANY, {PASS_RATE: PASS_RATE + OWN})
    head = ["标识码", "学校名称", "学段", "镇乡", "测试人数", "合格人数"]
    rows: Rows = [head, ["1001", "甲校", "小学", "城关", 100, 101], ["1002", "乙校", "小学", "山乡", 100, 99]]
    file = write_workbook(tmp_path / "a.xlsx", {"表": rows})
    found = assess(plan, Request((file,), year=2023, by="township", levels=frozenset({"district", "unit"})))
    stands = {(each.indicator, each.level, each.unit): (each.outcome, each.provisional) for each in found.verdicts}
    for indicator in ("pass_rate", "own_rate"):
        assert stands[indicator, "unit", "1001/primary"] == ("unknown", False)
        assert stands[indicator, "group", "城关"] == ("unknown", False)
        assert stands[indicator, "unit", "1002/primary"] == ("met", False)
        assert stands[indicator, "group", "山乡"] == ("met", False)
        assert stands[indicator, "district", None] == ("met", True)  # of the other school alone: it may still turn
    reasons = {each.unit: each.reason.key for each in found.verdicts if each.reason is not None}
    assert reasons == {"1001/primary": "suspect", "城关": "suspect", None: "suspect_returns"}


@pytest.mark.parametrize(("by", "doubted"), [("stage", ["primary"]), ("township", ["城关"])])
def test_only_the_group_of_the_suspect_unit_says_so(by: str, doubted: list[str], tmp_path: Path) -> None:
    head = ["标识码", "学校名称", "学段", "镇乡", "测试人数", "合格人数"]
    rows: Rows = [head, ["1001", "甲校", "小学", "城关", 100, 101], ["1002", "乙校", "初中", "城郊", 100, 99]]
    file = write_workbook(tmp_path / "a.xlsx", {"表": rows})
    found = assess(plan_with(tmp_path, MANY), Request((file,), year=2023, by=by))
    groups = [each for each in found.verdicts if each.level == "group"]
    assert [each.unit for each in groups if each.reason is not None] == doubted


def test_an_indicator_of_other_stages_does_not_speak_of_the_suspect(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, MANY, {'    target: "≥98"': '    stages: [junior]\n    target: "≥98"'})
    rows: Rows = [HEAD, ["1001", "甲校", "", "小学", 100, 101], ["1002", "乙校", "", "初中", 100, ""]]
    (verdict,) = judged(tmp_path, plan, {"表": rows}).verdicts
    assert verdict.reason is not None
    assert verdict.reason.key == "no_pair"


SWING = """
  swing: {explain: abs(change(tested)) <= 20%, label: {zh: 变动不过20%, en: moves by 20 % at most}}
  vanished: {explain: tested > 0 or before(tested) == 0, label: {zh: 不应消失, en: does not vanish}}
"""


def two_years(folder: Path, plan: Plan, before: Rows, now: Rows) -> Assessment:
    files = tuple(
        write_workbook(folder / f"{year}.xlsx", {f"{year}年": rows}) for year, rows in ((2022, before), (2023, now))
    )
    return assess(plan, Request(files))


def test_a_change_since_last_year_is_told_in_percent_with_both_cells(tmp_path: Path) -> None:
    before: Rows = [HEAD, ["1001", "甲校", "", "小学", 100, 99], ["1002", "乙校", "", "小学", 100, 99],
              ["1003", "丙校", "", "小学", 50, 49]]  # fmt: skip
    now: Rows = [HEAD, ["1002", "乙校", "", "小学", 120, 119], ["1001", "甲校", "", "小学", 121, 119],
           ["1003", "丙校", "", "小学", 0, 0], ["1004", "丁校", "", "小学", 900, 890]]  # fmt: skip
    found = two_years(tmp_path, plan_with(tmp_path, SWING), before, now)
    findings = of_checks(found)
    assert [(each.code, each.check, each.unit, each.cell) for each in findings] == [
        ("PC502", "swing", "1001/primary", "E3"),
        ("PC502", "swing", "1003/primary", "E4"),
        ("PC502", "vanished", "1003/primary", "E4"),
    ]
    file = tmp_path / "2022.xlsx"
    assert said(findings[0])[0] == (
        f"甲校（小学）：请说明“变动不过20%”：测试人数 121，上年测试人数 100（{file} 2022年!E2）"
        "；比较 21% 与 20%，相差 1 个百分点"
    )
    assert findings[0].value == "tested=121; tested@-1=100"
    assert [each for each in found.checks if each.period == 2023] == [
        CheckCount("swing", 2023, 1, 2, 1),
        CheckCount("vanished", 2023, 3, 1, 0),
    ]


def test_without_last_year_nothing_is_said_of_change(tmp_path: Path) -> None:
    found = judged(tmp_path, plan_with(tmp_path, SWING), {"表": [HEAD, ["1001", "甲校", "", "小学", 121, 119]]})
    assert not of_checks(found)
    assert found.checks == (CheckCount("swing", 2023, 0, 0, 0), CheckCount("vanished", 2023, 0, 0, 0))


def test_last_years_figures_stand_as_they_were_reported_last_year(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, "\n  last_year: {pattern: year_before, label: {zh: 上年, en: last year}}\n" + SWING)
    first = write_workbook(tmp_path / "2022.xlsx", {"2022年": [HEAD, ["1001", "甲校", "", "小学", 100, 99, 7]]})
    rows: Rows = [["自查表"], ["填报年度", "2023"], ["项目", "上年", "本年"], ["标识码", "", "1001"], ["学校名称", "", "甲校"],
            ["学段", "", "小学"], ["测试人数", 120, 125], ["合格人数", 99, 123], ["面积", "", 8]]  # fmt: skip
    second = write_workbook(tmp_path / "2023.xlsx", {"自查表": rows})
    found = assess(plan, Request((first, second)))
    findings = of_checks(found)
    assert [(each.code, each.file, each.cell, each.check) for each in findings] == [
        ("PC502", str(second), "C7", "swing"),
        ("PC504", str(second), "B7", "last_year"),
    ] or [(each.code, each.cell) for each in findings] == [("PC504", "B7"), ("PC502", "C7")]
    differs = next(each for each in findings if each.code == "PC504")
    assert said(differs)[0] == (
        f"甲校（小学）：“测试人数”的上年数填 120，与 2022 年上报的 100（{first} 2022年!E2）不一致，以当年上报为准"
    )
    assert {verdict.period: verdict.denominator for verdict in found.verdicts} == {2022: 100, 2023: 125}
    alone = assess(plan, Request((second,)))
    assert not of_checks(alone)  # 120 -> 125 is no swing, and there is nothing to hold last year's column against


def test_a_ledger_of_last_year_is_no_unit_to_hold_the_year_before_against(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, "\n  last_year: {pattern: year_before, label: {zh: 上年, en: last year}}\n")
    ledger: Rows = [["2022年台账"], ["名称", "是否完成", "新增学位"], ["新建某校", "是", 20]]
    first = write_workbook(
        tmp_path / "2022.xlsx", {"2022年": [HEAD, ["1001", "甲校", "", "小学", 100, 99, 7]], "台账": ledger}
    )
    now: Rows = [["标识码", "学校名称", "学段", "测试人数", None, "合格人数"], [None, None, None, "上年", "本年", None],
                 ["1001", "甲校", "小学", 98, 120, 119]]  # fmt: skip
    merges = {"2023年": ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"]}
    second = write_workbook(tmp_path / "2023.xlsx", {"2023年": now}, merges)
    listed: Rows = [["标识码", "学校名称", "学段"], ["1001", "甲校", "小学"]]
    roster = write_workbook(tmp_path / "roster.xlsx", {"名录": listed})
    found = assess(plan, Request((first, second), roster=roster))
    assert [(sheet.sheet, sheet.used) for sheet in found.sheets] == [("2022年", 1), ("台账", 1), ("2023年", 1)]
    assert [(each.code, each.cell) for each in of_checks(found)] == [("PC504", "D3")]


def test_the_districts_figures_of_last_year_stand_as_well(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, "\n  last_year: {pattern: year_before, label: {zh: 上年, en: last year}}\n")
    rows: dict[int, Rows] = {2022: [["项目", "2021年", "2022年"], ["教育支出", 90, 100]],
            2023: [["项目", "2022年", "2023年", "2024年"], ["教育支出", 101, 110, ""]]}  # fmt: skip
    files = tuple(write_workbook(tmp_path / f"{year}.xlsx", {"区级表": each}) for year, each in rows.items())
    (finding,) = of_checks(assess(plan, Request(files, year=2023)))
    assert (finding.code, finding.cell, finding.params["found"], finding.params["expected"]) == (
        "PC504", "B2", "101", "100",
    )  # fmt: skip


def test_a_blank_column_of_last_year_is_no_empty_row(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, "\n  empty: {pattern: empty, label: {zh: 空行, en: empty rows}}\n")
    before: Rows = [HEAD, ["1001", "甲校", "", "小学", 100, 99], ["1002", "乙校", "", "小学", "", ""]]
    files = [write_workbook(tmp_path / "2022.xlsx", {"2022年": before})]
    head = ["标识码", "学校名称", "学段", "测试人数", None, "合格人数"]
    now: Rows = [
        head,
        [None, None, None, "上年", "本年", None],
        ["1001", "甲校", "小学", "", 100, 99],
        ["1002", "乙校", "小学", 90, 100, 99],
    ]
    merges = {"2023年": ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"]}
    files.append(write_workbook(tmp_path / "2023.xlsx", {"2023年": now}, merges))
    found = of_checks(assess(plan, Request(tuple(files))))
    assert [(each.code, each.file, each.cell) for each in found] == [("PC509", str(files[0]), "E3")]


CLASSES = {"  types:\n": "  code_classes:\n    '1': [小学]\n    '3': [九年一贯制学校]\n  types:\n"}


def test_a_code_must_be_one_of_its_type(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, "\n  code: {pattern: code_class, label: {zh: 标识码, en: code}}\n", CLASSES)
    rows: Rows = [HEAD, ["1001", "甲校", "小学", "小学", 1, 1], ["3001", "乙校", "小学", "小学", 1, 1],
            ["3002", "丙校", "九年一贯制学校", "小学", 1, 1], ["9001", "丁校", "小学", "小学", 1, 1],
            ["1002", "戊校", "", "小学", 1, 1]]  # fmt: skip
    (finding,) = of_checks(judged(tmp_path, plan, {"表": rows}))
    assert (finding.code, finding.cell) == ("PC507", "E3")
    assert said(finding)[0] == "“乙校”为小学，标识码 3001 却是九年一贯制学校的"


def test_a_type_of_the_roster_that_fits_no_stage_is_said_without_a_cell(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, "\n  stage: {pattern: stages, label: {zh: 学段, en: stage}}\n")
    roster = write_workbook(
        tmp_path / "roster.xlsx",
        {"名录": [HEAD[:4], ["1001", "甲校", "小学", "小学、初中"], ["1002", "乙校", "小学", "小学"]]},
    )
    file = write_workbook(tmp_path / "a.xlsx", {"表": [HEAD, ["1002", "乙校", "小学", "小学", 1, 1]]})
    (finding,) = of_checks(assess(plan, Request((file,), year=2023, roster=roster)))
    assert (finding.code, finding.unit, finding.cell) == ("PC505", "1001/junior", "")
    assert said(finding)[1] == "'甲校' is a 小学, which has no stage 'junior' (primary)"


def test_nothing_of_another_stage_is_filled_in(tmp_path: Path) -> None:
    changes = {
        "area: {label: {zh: 面积, en: Area}, unit: m2}": "area: {label: {zh: 面积, en: Area}, unit: m2, stages: [junior]}"
    }
    check = "\n  other: {pattern: other_stages, label: {zh: 他段, en: other stages}}\n"
    rows: Rows = [HEAD, ["1001", "甲校", "", "小学", 9, 9, "7.5"], ["1002", "乙校", "", "小学", 9, 9, 0],
            ["1003", "丙校", "", "初中", 9, 9, 7]]  # fmt: skip
    found = judged(tmp_path, plan_with(tmp_path, check, changes), {"表": rows})
    (finding,) = of_checks(found)
    assert (finding.code, finding.cell) == ("PC506", "G2")
    assert said(finding)[0] == "甲校（小学）：“面积”填了 7.5，该项只由初中填报"
    left_out = check.replace("other_stages,", "other_stages, except: [area],")
    assert not of_checks(judged(tmp_path, plan_with(tmp_path, left_out, changes), {"表": rows}))


def test_a_row_that_says_what_another_says_is_to_be_explained(tmp_path: Path) -> None:
    more = "".join(f"  x{n}: {{label: {{zh: 项{n}, en: X{n}}}, unit: person}}\n" for n in range(6))
    changes = {
        "  grade: {label": f"{more}  grade: {{label",
        "safe, grade, area]": "safe, grade, area, x0, x1, x2, x3, x4, x5]",
    }
    plan = plan_with(tmp_path, "\n  copied: {pattern: copied, label: {zh: 雷同, en: copied}}\n", changes)
    head = [*HEAD[:6], *(f"项{n}" for n in range(6))]
    same = [90, 80, 1, 2, 3, 4, 5, 6]
    rows: Rows = [head, ["1001", "甲校", "", "小学", *same], ["1002", "乙校", "", "小学", *same[:-1], 7],
            ["1003", "丙校", "", "小学", *same], ["1004", "丁校", "", "小学", *same[:-1], 0],
            ["1005", "戊校", "", "小学", *same[:-1], 0]]  # fmt: skip
    (finding,) = of_checks(judged(tmp_path, plan, {"表": rows}))
    assert (finding.code, finding.cell, finding.also) == ("PC508", "E4", ((finding.file, "表", "E2"),))
    assert said(finding)[0] == "丙校（小学）的 8 项数据与甲校（小学）（E2）完全相同"


@pytest.mark.parametrize(
    ("check", "problem"),
    [
        ("{label: {zh: 一, en: one}}", "PC107"),
        ("{must: tested > 0, explain: tested > 0, label: {zh: 一, en: one}}", "PC108"),
        ("{pattern: magic, label: {zh: 一, en: one}}", "PC108"),
        ("{pattern: totals, where: tested > 0, label: {zh: 一, en: one}}", "PC106"),
        ("{must: tested, label: {zh: 一, en: one}}", "PC110"),
        ("{must: testd > 0, label: {zh: 一, en: one}}", "PC109"),
        ('{must: "agrees(1, tested)", label: {zh: 一, en: one}}', "PC110"),
        ("{must: before(change(tested)) > 0, label: {zh: 一, en: one}}", "PC110"),
        ("{must: [], label: {zh: 一, en: one}}", "PC108"),
        ("{must: tested > 0, missing: ask, label: {zh: 一, en: one}}", "PC108"),
        ("{must: tested > 0, stages: [old], label: {zh: 一, en: one}}", "PC109"),
    ],
)
def test_what_is_wrong_with_a_check_is_said(check: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(PlanUnusable) as unusable:
        plan_with(tmp_path, f"\n  a: {check}\n")
    assert problem in [each.code for each in unusable.value.findings]


def test_functions_of_checks_are_for_checks_only(tmp_path: Path) -> None:
    with pytest.raises(PlanUnusable) as unusable:
        plan_with(tmp_path, MANY, {"numerator: passed": "numerator: before(passed)"})
    (finding,) = unusable.value.findings
    assert "before 只能用于校验" in message(finding.code, finding.params, "zh")


def test_a_check_is_loaded_with_what_it_says(tmp_path: Path) -> None:
    cure = "{must: before(safe) == safe or 平安校园, cure: {zh: 请核对, en: Check}, label: {zh: 一, en: one}}"
    plan = plan_with(tmp_path, f"\n  a: {cure}\n")
    check = plan.checks["a"]
    assert (check.grade, check.missing, check.formula) == ("must", "skip", "before(safe) == safe or 平安校园")
    assert check.cure is not None
    assert check.mark is not None
    assert check.mark.line > 1


def test_yes_and_no_is_compared_without_figures(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, "\n  a: {must: safe or not safe and tested > 90, label: {zh: 一, en: one}}\n")
    head = [*HEAD[:6], "平安校园"]
    (finding,) = of_checks(judged(tmp_path, plan, {"表": [head, ["1001", "甲校", "", "小学", 90, 1, "否"]]}))
    assert said(finding)[0] == "甲校（小学）：不符合“一”：平安校园 否，测试人数 90（E2）"


def test_numbers_are_exact(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, "\n  a: {must: area == 0.1 + 0.2, label: {zh: 一, en: one}}\n")
    rows: Rows = [
        HEAD,
        ["1001", "甲校", "", "小学", 1, 1, 0.3],
        ["1002", "乙校", "", "小学", 1, 1, "0.30000000000000004"],
    ]
    (finding,) = of_checks(judged(tmp_path, plan, {"表": rows}))
    assert finding.cell == "G3"
    assert finding.value == f"area={Fraction('0.30000000000000004')}"


def test_lessons_have_no_total(tmp_path: Path) -> None:
    check = "\n  totals: {pattern: totals, label: {zh: 合计, en: totals}}\n"
    plan = plan_with(
        tmp_path,
        check,
        {"area: {label: {zh: 面积, en: Area}, unit: m2}": "area: {label: {zh: 面积, en: Area}, unit: lesson}"},
    )
    rows: Rows = [
        HEAD,
        ["1001", "甲校", "", "小学", 9, 9, 4],
        ["1002", "乙校", "", "小学", 9, 9, 5],
        ["", "合计", "", "", 18, 18, 4.5],
    ]
    assert not of_checks(judged(tmp_path, plan, {"表": rows}))


def test_a_stated_rate_that_is_compulsory(tmp_path: Path) -> None:
    check = '\n  a: {must: "agrees(rate, passed × 100 ÷ tested)", missing: fail, label: {zh: 一, en: one}}\n'
    rows: Rows = [[*HEAD[:6], "合格率"], ["1001", "甲校", "", "小学", 100, 99, ""]]
    (finding,) = of_checks(judged(tmp_path, plan_with(tmp_path, check), {"表": rows}))
    assert said(finding)[0] == "甲校（小学）：不符合“一”：合格率 未填，合格人数 99（F2），测试人数 100（E2）"


def test_a_stated_rate_is_checked_whether_or_not_the_next_year_tells_it_too(tmp_path: Path) -> None:
    checks = """
  last_year: {pattern: year_before, label: {zh: 上年, en: last year}}
  a: {must: "agrees(rate, passed × 100 ÷ tested)", label: {zh: 一, en: one}}
"""
    plan = plan_with(tmp_path, checks)
    own: Rows = [
        [*HEAD[:6], "合格率"],
        ["1001", "甲校", "", "小学", 100, 99, 98],
        ["1002", "乙校", "", "小学", 100, 99, 99],
    ]
    first = write_workbook(tmp_path / "2022.xlsx", {"2022年": own})
    now: Rows = [["标识码", "学校名称", "学段", "测试人数", "合格人数", "合格率", None], [*[None] * 5, "上年", "本年"],
                 ["1001", "甲校", "小学", 100, 99, 98, 99], ["1002", "乙校", "小学", 100, 99, 99, 99]]  # fmt: skip
    merges = {"2023年": ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:G1"]}
    second = write_workbook(tmp_path / "2023.xlsx", {"2023年": now}, merges)
    found = assess(plan, Request((first, second)))
    assert [(each.code, each.file, each.cell) for each in of_checks(found)] == [("PC501", str(first), "G2")]
    counts = {(each.check, each.period): (each.held, each.failed, each.skipped) for each in found.checks}
    assert (counts["a", 2022], counts["a", 2023]) == ((1, 1, 0), (2, 0, 0))
