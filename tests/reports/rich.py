"""One assessment with everything in it, for all formats: on top of the fixture two parts of the document, a commitment
said twice, two units, waivers, spreads, bounds.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from plancheck.language import Text
from plancheck.model import (
    Assessment,
    Coverage,
    Explanation,
    Finding,
    Gap,
    Group,
    Otherwise,
    Reason,
    Restatement,
    Source,
    Spread,
    Target,
    Verdict,
    Waiver,
)
from tests.reports import fixture
from tests.reports.fixture import CLEAR_SCREEN, INDICATORS

WAIVER = Waiver(
    "2101/primary", "fitness", (2023,), "李局长", "试教字〔2023〕5号", "操场改造，电话 13800138000", "2023-09-01", "2024-08-31"
)  # fmt: skip
FROM_TEXT = Target("超过96%", ">", Fraction(96))
TABLE = ("enrolment", "fitness", "bachelor", "smart_rate")
PLAN = replace(
    fixture.PLAN,
    groups={
        "table": Group("table", Text("专栏 主要指标", "Main indicators")),
        "text": Group("text", Text("二（三）目标", "Goals")),
    },
    indicators={name: replace(each, group="table" if name in TABLE else "text") for name, each in INDICATORS.items()}
    | {
        "bachelor": replace(
            INDICATORS["bachelor"],
            group="table",
            restated=(Restatement("bachelor@text", Source("二（三）3", "学历人员比例超过96%"), FROM_TEXT),),
        )
    },
)
EXPLANATION = Explanation(
    "PC502", "2101/primary", 2023, "200", "=转学 <b>电话 13800138000", "报表/乡 1#.xlsx", "情况说明", "C3", "given"
)
COMMAND = "a,b:c%d\r\n::error::x"
"""What would be a command to the CI system, and a line of its own."""

SCHOOLS = (("2101", "=1+1", "小学", "primary"), ("2102", "第二小学|<b>", "小学", "primary"), ("2103", CLEAR_SCREEN, "初中", "junior"))  # fmt: skip


def _unit(number: int, indicator: str, outcome: str, numerator: int, denominator: int) -> Verdict:
    code, name, stage_zh, stage = SCHOOLS[number]
    wanted = INDICATORS[indicator]
    unknown = outcome == "unknown"
    met = outcome == "met"
    return Verdict(
        indicator, "unit", f"{code}/{stage}", Text(f"{name}（{stage_zh}）", f"{name} ({stage})"), 2023,
        "unknown" if unknown else "met" if met else "not_met", False, wanted.target, Coverage(0 if unknown else 1, 1),
        None if unknown or met else "behind", marks=("advisory",),
        value=None if unknown else Fraction(100 * numerator, denominator),
        numerator=None if unknown else numerator, denominator=None if unknown else denominator,
        gap=None if unknown or met else Gap(Fraction(98) - Fraction(100 * numerator, denominator), "point", 1),
        reason=Reason("no_reading", {"elements": Text("测试人数", "tested")}) if unknown else None,
    )  # fmt: skip


UNITS = (
    _unit(0, "fitness", "not_met", 97, 100),
    replace(_unit(0, "bachelor", "not_met", 19, 20), marks=("advisory", "waived"), waiver=replace(WAIVER, indicator="bachelor")),
    _unit(1, "fitness", "met", 99, 100),
    _unit(1, "bachelor", "unknown", 0, 0),
    _unit(2, "fitness", "met", 3, 3),
)  # fmt: skip
FINDINGS = (
    Finding("PC304", "报表/乡 1#.xlsx", "表3", "Q33", "2102/primary", {"column": Text("合格率", "Pass rate"), "found": "0.98", "percent": "98"}),
    Finding("PC404", params={"indicator": Text("达标率", "Pass rate"), "units": COMMAND, "elements": "x"}),
)  # fmt: skip


def assessment() -> Assessment:
    """Return the fixture's assessment with waivers, a waived verdict, an aspiration, an explanation, spreads, bounds, another reading and a matrix."""
    base = fixture.assessment()
    district = {verdict.indicator: verdict for verdict in base.verdicts if verdict.level == "district"}
    behind = replace(
        district["bachelor"],
        bounds=(Fraction(95), Fraction(97)),
        closing=("2101/primary",),
        without_largest=Fraction(968, 10),
        otherwise=(Otherwise("bachelor@text", FROM_TEXT, "met"),),
    )
    verdicts = [behind if each is district["bachelor"] else each for each in base.verdicts if each.level != "unit"]
    waived = replace(district["disabled"], marks=("waived",), waiver=replace(WAIVER, unit="", indicator="disabled"))
    hoped = replace(district["smart_rate"], marks=("aspiration",), due=True, progress=None)
    verdicts = [
        waived if each is district["disabled"] else hoped if each is district["smart_rate"] else each
        for each in verdicts
    ]
    spread = Spread(
        "fitness", 2023, "township", (Text("山区", "hills"), 95), (Text("平原", "plain"), 99), Fraction(21, 1000)
    )
    return replace(
        base,
        plan=PLAN,
        verdicts=(*verdicts, *UNITS),
        findings=(*base.findings, *FINDINGS),
        spreads=(spread,),
        waivers=(WAIVER,),
        explanations=(EXPLANATION,),
    )
