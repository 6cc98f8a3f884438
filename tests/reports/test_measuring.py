"""How each kind of measure is put in words, and its formula beside it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from plancheck.expression import parse
from plancheck.language import Text
from plancheck.model import (
    Amount,
    Change,
    Compare,
    Count,
    Dispersion,
    EveryGroup,
    KOfN,
    Measure,
    Members,
    Milestone,
    Narrative,
    Ratio,
    Series,
    Share,
)
from plancheck.reports.figures import formula_text
from plancheck.reports.measuring import measure_text
from tests.reports.fixture import INDICATORS, PLAN

SMART, PASSED, TESTED = parse("smart"), parse("passed"), parse("tested")
RATIO = Ratio(PASSED, TESTED)


@pytest.mark.parametrize(
    ("measure", "of", "zh", "en"),
    [
        (RATIO, "", "比率：分子之和 ÷ 分母之和", "rate: the sum of the numerators ÷ that of the denominators"),
        (Amount(PASSED), "", "数值；多个单位的相加", "amount; of several units their sum"),
        (Share(SMART), "", "符合条件的学校所占比例", "the share of schools for which it holds"),
        (Share(SMART), "fitness", "台账中符合条件的行所占比例", "the share of the list's rows for which it holds"),
        (Count(SMART), "", "符合条件的学校数", "the number of schools for which it holds"),
        (Count(SMART), "fitness", "台账中符合条件的行数", "the number of the list's rows for which it holds"),
        (
            EveryGroup("township", SMART, 2), "",
            "每个“township”至少 2 所符合条件；数值为做到的所占比例",
            "at least 2 for which it holds in each 'township'; the value is the share of those with one",
        ),
        (
            Members({"one": ("三小", "第三小学"), "two": ("一中",)}, SMART), "fitness",
            "点名的 2 项都须列入台账并符合条件：三小、一中",
            "each of 2 is to stand in the list and to fulfil the condition: 三小, 一中",
        ),
        (
            Members({"one": ("三小",)}), "fitness", "点名的 1 项都须列入台账：三小",
            "each of 1 is to stand in the list: 三小",
        ),
        (Series({"": PASSED}), "", "逐年与上年比较", "each year against the year before"),
        (
            Change(RATIO, "average_per_year"), "", "与基期年（年均）相比的变化（个百分点）",
            "change against the baseline year, on average per year, in percentage points",
        ),
        (
            Change(Amount(PASSED), "prior_year", relative=True), "", "与上年相比的变化（%）",
            "change against the year before, in %",
        ),
        (Compare(PASSED, TESTED), "", "前一项与后一项比较", "the first amount against the second"),
        (
            Dispersion(PASSED, TESTED), "", "单位之间的差异系数，按“测试人数”加权",
            "the coefficient of variation between units, weighted by 'Tested'",
        ),
        (
            KOfN(("fitness", "bachelor"), 1, Fraction(17, 20)), "",
            "2 项中至少 1 项达到，其余各项不低于目标的 85%：中小学生体质健康测试达标率、义务教育专任教师中本科及以上学历比例",
            "at least 1 of 2 met, each other at 85 % of its target or better: Fitness-test pass rate, Teachers with a bachelor degree",
        ),
        (Milestone(("三小新建", "三小"), SMART), "fitness", "台账中的“三小新建”须按期完成", "'三小新建' in the list is to be done in time"),
        (
            Milestone(("三小新建",), SMART, None, "passed", 960), "fitness", "台账中的“三小新建”须按期完成，交付不少于 960",
            "'三小新建' in the list is to be done in time, and to deliver at least 960",
        ),
        (Narrative(Text("没有数据", "no data")), "", "", ""),
    ],
)  # fmt: skip
def test_a_measure_in_words(measure: Measure, of: str, zh: str, en: str) -> None:
    indicator = replace(INDICATORS["fitness"], measure=measure, of=of, unit="point", formula={"weight": "tested"})
    assert measure_text(indicator, PLAN, "zh") == zh
    assert measure_text(indicator, PLAN, "en") == en


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"compare": "passed + 1", "against": "tested"}, "(passed + 1) ≥ tested"),
        ({"dispersion": "passed", "weight": "tested", "where": "smart"}, "passed ÷ tested"),
    ],
)
def test_two_formulas_that_belong_together_stand_together(written: dict[str, str], said: str) -> None:
    assert formula_text(replace(INDICATORS["fitness"], formula=written)) == said
