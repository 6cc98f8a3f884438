"""A small plan and everything a run may find in it, built by hand: each status, hostile names, findings of every grade."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from plancheck.expression import parse
from plancheck.language import Text
from plancheck.model import (
    Assessment,
    Check,
    Column,
    Coverage,
    Element,
    Finding,
    Form,
    Gap,
    Indicator,
    Plan,
    Ratio,
    Reading,
    Reason,
    Roster,
    Ruling,
    Series,
    Share,
    SheetAccount,
    Shortfall,
    Source,
    Stage,
    Target,
    Unit,
    Units,
    Verdict,
)

MARKUP: Final = "[bold]x[/bold]"
CLEAR_SCREEN: Final = "\x1b[2J山区"
FORMULA: Final = "=1+1"

ELEMENTS: Final = {
    "passed": Element("passed", Text("合格人数", "Passed"), "person", ("合格人数",)),
    "tested": Element("tested", Text("测试人数", "Tested"), "person", ("测试人数",)),
    "smart": Element("smart", Text("智慧校园", "Smart campus"), "yes_no", ("智慧校园",)),
    "money": Element("money", Text("教育支出", "Spending"), "10k_yuan", ("教育支出",), "district"),
}
STAGES: Final = {
    "primary": Stage("primary", Text("小学", "primary"), ("小学部",)),
    "junior": Stage("junior", Text("初中", "junior secondary"), ("初中部",)),
}
UNITS: Final = Units("code", "name", "stage", "type", r"\d{10}", STAGES, {}, ("township",))
_RATIO: Final = Ratio(parse("passed"), parse("tested"))
_WRITTEN: Final = {"numerator": "passed", "denominator": "tested"}


def _target(text: str, operator: str, bound: int | None, *, implied: bool = False) -> Target:
    operators = {">=": Target(text, ">=", None), ">": Target(text, ">", None)}
    return Target(text, operators[operator].operator, None if bound is None else Fraction(bound), implied)


INDICATORS: Final = {
    each.id: each
    for each in (
        Indicator(
            "enrolment", 1, Text("学前教育入园率", "Preschool enrolment"), "percent", _RATIO, _target(">98", ">", 98),
            "every_year", "district", Source("专栏 1", "98 >98"), 98, formula=_WRITTEN,
        ),
        Indicator(
            "fitness", 2, Text("中小学生体质健康测试达标率", "Fitness-test pass rate"), "percent", _RATIO,
            _target("≥98", ">=", 98), "by_end", "district", Source("专栏 2", "97 ≥98"), 97, ("primary", "junior"),
            formula=_WRITTEN, note=Text("免予执行者不计入", "Exempt pupils are not counted"),
        ),
        Indicator(
            "bachelor", 3, Text("义务教育专任教师中本科及以上学历比例", "Teachers with a bachelor degree"), "percent",
            _RATIO, _target(">97", ">", 97), "by_end", "district", Source("专栏 3", "96 >97"), 96, formula=_WRITTEN,
        ),
        Indicator(
            "smart_rate", 4, Text("智慧校园覆盖率", "Smart-campus coverage"), "percent", Share(parse("smart")),
            _target(">85", ">", 85), "by_end", "district", Source("专栏 4", "- >85"), formula={"share": "smart"},
        ),
        Indicator(
            "disabled", 6, Text("残疾儿童义务教育入学率", "Children with disabilities"), "percent", _RATIO,
            _target("100", ">=", 100, implied=True), "every_year", "district", Source("专栏 6", "100 100"), 100,
            formula=_WRITTEN,
        ),
        Indicator(
            "dual", 8, Text("“双师型”教师比例", "Dual-qualified teachers"), "percent", _RATIO, _target("≥85", ">=", 85),
            "by_end", "district", Source("专栏 8", "84 ≥85"), 84, formula=_WRITTEN,
        ),
        Indicator(
            "budget", 9, Text("教育支出逐年只增不减", "Spending never falls"), "10k_yuan",
            Series({"": parse("money")}), _target("只增不减", ">=", None), "each_step", "district",
            Source("专栏 9", "是 是"), formula={"series": "money"},
        ),
    )
}  # fmt: skip

RULING: Final = Ruling(
    "exempt_not_counted",
    ("fitness",),
    (Source("专栏 2", "≥98"), Source("正文", "优良率超过70%")),
    Text("按达标率判定", "The pass rate is judged"),
    Text("优良率是另一指标", "The rate of good is another measure"),
)
CHECKS: Final = {
    "parts": Check(
        "parts", Text("合格不多于测试", "passes do not exceed tests"), "must", parse("passed <= tested"),
        "passed <= tested", stages=("primary",),
    ),
    "copied": Check("copied", Text("不应雷同", "not copied"), "explain", pattern="copied"),
}  # fmt: skip
FORM: Final = Form("fitness", Text("体质健康表", "Fitness tests"), "unit", (Column("passed", ()), Column("tested", ())))
PLAN: Final = Plan(
    "trial", Text("试验区教育计划", "Trial plan"), "试政发〔2021〕1号", 2020, 2025, "plan.yaml", "a" * 64, UNITS, ELEMENTS,
    {"fitness": FORM}, INDICATORS, (RULING,), checks=CHECKS,
)  # fmt: skip


def _percent(numerator: int, denominator: int) -> Fraction:
    return Fraction(100 * numerator, denominator)


def _read(element: str, cell: str, raw: str, value: int | bool, unit: str = "2101/primary") -> Reading:
    return Reading(element, unit, 2023, value, "returns.xlsx", "表3", cell, raw)


READINGS: Final = (_read("passed", "H5", "９７", 97), _read("tested", "G5", "100", 100))
DISTRICT: Final = Text("全区", "District")
SHORTFALLS: Final = tuple(
    Shortfall(f"210{number}/primary", Text(name, name), people, _percent(100 - people, 100))
    for number, (name, people) in enumerate(
        (
            (MARKUP, 9),
            (CLEAR_SCREEN, 7),
            ("第三小学（小学）", 5),
            ("第四小学（小学）", 5),
            ("第五小学", 4),
            ("第六小学", 3),
        ),
        1,
    )
)
VERDICTS: Final = (
    Verdict(
        "enrolment", "district", None, DISTRICT, 2023, "met", True, INDICATORS["enrolment"].target, Coverage(77, 77),
        value=_percent(10892, 11024), numerator=10892, denominator=11024,
    ),
    Verdict(
        "fitness", "district", None, DISTRICT, 2023, "not_met", False, INDICATORS["fitness"].target, Coverage(41, 42),
        "on_track", True, value=_percent(2449, 2500), numerator=2449, denominator=2500, required=Fraction(488, 5),
        gap=Gap(Fraction(1, 25), "point", 1), reason=Reason("missing_returns", {"count": 1}), readings=READINGS,
    ),
    Verdict(
        "bachelor", "district", None, DISTRICT, 2023, "not_met", False, INDICATORS["bachelor"].target, Coverage(38, 38),
        "behind", value=_percent(963, 1000), numerator=963, denominator=1000, required=Fraction(483, 5),
        gap=Gap(Fraction(7, 10), "point", 8), shortfalls=SHORTFALLS,
    ),
    Verdict(
        "smart_rate", "district", None, DISTRICT, 2023, "not_met", False, INDICATORS["smart_rate"].target,
        Coverage(36, 37), "not_due", value=_percent(30, 36), numerator=30, denominator=36,
        gap=Gap(Fraction(5, 3), "point", 1),
    ),
    Verdict(
        "disabled", "district", None, DISTRICT, 2023, "not_met", True, INDICATORS["disabled"].target, Coverage(1, 1),
        value=_percent(249, 250), numerator=249, denominator=250, gap=Gap(Fraction(2, 5), "point", 1),
    ),
    Verdict(
        "dual", "district", None, DISTRICT, 2023, "unknown", False, INDICATORS["dual"].target, Coverage(0, 1),
        reason=Reason("no_reading", {"elements": Text("合格人数", "passes")}),
    ),
    Verdict(
        "budget", "district", None, DISTRICT, 2023, "not_met", True, INDICATORS["budget"].target, Coverage(1, 1),
        value=188000, numerator=188000, denominator=188093, gap=Gap(93, "10k_yuan"),
    ),
    Verdict(
        "fitness", "group", "山区", Text(CLEAR_SCREEN, CLEAR_SCREEN), 2023, "not_met", False, INDICATORS["fitness"].target,
        Coverage(20, 20), "behind", marks=("advisory",), value=_percent(1900, 2000), numerator=1900, denominator=2000,
        required=Fraction(488, 5), gap=Gap(3, "point", 60),
    ),
    Verdict(
        "fitness", "unit", "2101/primary", Text(f"{FORMULA}（小学）", f"{FORMULA} (primary)"), 2023, "not_met", False,
        INDICATORS["fitness"].target, Coverage(1, 1), "behind", marks=("advisory",), value=97, numerator=97,
        denominator=100, required=Fraction(488, 5), gap=Gap(1, "point", 1), readings=READINGS,
    ),
)  # fmt: skip

FINDINGS: Final = (
    Finding("PC216", "returns.xlsx", "表3", "C7", "2101/primary", {"code": "2101", "expected": "甲小学", "found": MARKUP}),
    *(Finding("PC220", unit=f"22{n:02}/primary", params={"name": f"第{n}小学", "stage": Text("小学", "primary")}) for n in range(12)),
    Finding("PC401", "returns.xlsx", "表6", "E27", "", {"declared": Text("是", "yes"), "computed": Text("否", "no")}),
    Finding("PC301", "returns.xlsx", "表3", "H10", "2101/primary", {"column": Text("合格人数", "Passed"), "found": MARKUP}),
    Finding("PC301", "returns.xlsx", "表3", "H9", "2101/primary", {"column": Text("合格人数", "Passed"), "found": CLEAR_SCREEN}),
    Finding("PC202", "empty.xlsx"),
)  # fmt: skip
SHEETS: Final = (
    SheetAccount(
        "returns.xlsx", "表3", "fitness", 9, 4, {"header": 2, "total": 2, "no_unit": 1}, 2023, (3, 4),
        (("G", "测试人数", "tested"), ("H", "合格 > 人数", "passed")), {"rows": 1},
        (("H5", "９７", "97"), ("H6", "—", "<none>")),
    ),
    SheetAccount("returns.xlsx", "封面", None, 3, 0, {"other": 3}),
)  # fmt: skip
ROSTER: Final = Roster(
    "roster.xlsx",
    "b" * 64,
    {"2101/primary": Unit("2101/primary", "2101", "甲小学", "primary", {"township": "山区"})},
    {},
)
SUMMARY: Final = {
    "met": 1, "not_met": 7, "unknown": 1, "not_applicable": 0, "on_track": 1, "behind": 3, "not_due": 1,
    "failing": 2, "provisional": 1,
}  # fmt: skip


def assessment() -> Assessment:
    """Return the assessment all reports are tested on."""
    files = {"returns.xlsx": "c" * 64, "empty.xlsx": ""}
    return Assessment(PLAN, (2023,), VERDICTS, FINDINGS, SHEETS, files, SUMMARY, 1, ROSTER, "2026-01-31")
