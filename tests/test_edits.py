"""The table of edits in the documentation is made from tests/data/edits.yaml, and no check of the plan is missing there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from plancheck.codes import CODES
from plancheck.expression import names
from plancheck.judge import check_returns
from plancheck.language import LANGS, Lang, Text
from plancheck.model import Block, Grade, Plan, Ratio, ReadColumn, Unit
from tests.conftest import ROOT

EDITS: Final[Mapping[Grade, list[dict[str, Any]]]] = yaml.safe_load(
    (ROOT / "tests/data/edits.yaml").read_text(encoding="utf-8")
)
DOCUMENTS: Final[Mapping[Lang, Path]] = {"zh": ROOT / "docs/checks.zh-CN.md", "en": ROOT / "docs/checks.md"}
_GRADES: Final[Mapping[Grade, Text]] = {
    "must": Text("逻辑校验：必须更正", "correct it (逻辑校验)"),
    "explain": Text("经验校验：更正或说明", "correct or explain it (经验校验)"),
}
_INTRODUCTION: Final = Text(
    """# 校验一览

[English](checks.md)

上报表须满足什么，以及由怀柔规划的哪条校验执行。校验写在 `indicators/checks.yaml` 中，用 `plancheck list checks` 查看公式；
PC 开头的是读表时即会提示的代码。必须更正的数在更正之前不用于任何结论；需说明的数照常使用。填报的比率、占比、增减和生均支出
只用于核对，从不进入结论。留空的项目：求和时按 0 计，表中没有的项目不核对。
本表由 `tests/data/edits.yaml` 生成，每条校验都有“应提示”和“不应提示”的测试。

| 须满足 | 要求 | 校验 |
|---|---|---|
""",
    """# What returns are held against

[中文](checks.zh-CN.md)

What is asked of returns, and which checks of Huairou's plan ask it. They stand in `indicators/checks.yaml`;
`plancheck list checks` shows their formulas. What begins with PC is a code that reading raises without being asked. A
figure that must be corrected enters no verdict until it is; one that is to be explained does. Stated rates, shares, changes
and spending per pupil are held against the figures and never enter a verdict. What is left blank counts as 0 in a sum, and
what a form has no place for is not asked.
The table is made from `tests/data/edits.yaml`; each check has a test in which it fires, and one in which it does not.

| what is asked | what to do | checks |
|---|---|---|
""",
)


def _table(lang: Lang) -> str:
    rows = (
        f"| {edit['asks'][lang]} | {_GRADES[grade].say(lang)} | "
        f"{', '.join(f'`{each}`' for each in (*edit.get('checks', ()), *edit.get('codes', ())))} |\n"
        for grade, edits in EDITS.items()
        for edit in edits
    )
    return _INTRODUCTION.say(lang) + "".join(rows)


@pytest.mark.parametrize("lang", LANGS)
def test_the_documentation_tells_what_is_asked(lang: Lang, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--rewrite"):
        DOCUMENTS[lang].write_text(_table(lang), encoding="utf-8")
    assert DOCUMENTS[lang].read_text(encoding="utf-8") == _table(lang)


def test_each_check_of_the_plan_is_told_once_under_its_grade(huairou: Plan) -> None:
    told = Counter(
        (grade, check) for grade, edits in EDITS.items() for edit in edits for check in edit.get("checks", ())
    )
    assert set(told.values()) == {1}
    assert set(told) == {(check.grade, check.id) for check in huairou.checks.values()}


def test_codes_and_tests_that_are_named_exist() -> None:
    for grade, edits in EDITS.items():
        for edit in edits:
            assert set(edit["asks"]) == set(LANGS)
            assert {CODES[code].severity for code in edit.get("codes", ())} <= {"error"}, grade
            assert all((ROOT / test).exists() for test in edit.get("tests", ()))


GROSS: Final = {
    "preschool_enrollment_rate": "children of other districts are enrolled too",
    "senior_secondary_gross_enrollment_rate": "a gross rate",
}
"""Rates that may be above 100 %, and why."""


def _rates(plan: Plan) -> Iterator[tuple[str, Ratio, str]]:
    """Yield each rate of counts in percent with a stage that it concerns, none where it is the district's own."""
    for each in plan.indicators.values():
        if isinstance(each.measure, Ratio) and each.unit == "percent" and each.id not in GROSS:
            own = {plan.elements[name.id].reporter for name in names(each.measure.denominator)} == {"district"}
            yield each.id, each.measure, "" if own else (each.stages or ("primary",))[0]


def test_no_numerator_of_a_rate_may_be_above_its_denominator(huairou: Plan) -> None:
    """Where a numerator is a sum, each part of it is set too high in turn."""
    rates = list(_rates(huairou))
    assert len(rates) > 25
    for indicator, measure, stage in rates:
        below = [name.id for name in names(measure.denominator)]
        above = [name.id for name in names(measure.numerator) if name.id not in below]
        counted = [each for each in above if huairou.elements[each].unit not in ("yes_no", "choice")]
        for high in counted:
            figures = {**dict.fromkeys(below, 10), **dict.fromkeys(counted, 0), high: 11}
            unit = Unit(f"1/{stage}" if stage else "", "1", "甲校", stage)
            form = "schools" if stage else "district_money"
            columns = tuple(ReadColumn(name, "C", [7], [value]) for name, value in figures.items())
            found = check_returns(huairou, [Block(form, "a.xlsx", "表", 2023, [unit], columns)], None, [2023])
            assert "PC501" in [each.code for each in found.findings], (indicator, high)
