"""One verdict traced: what was compared with what, when it is due, and the cell each figure stands in."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from plancheck.model import Assessment, Coverage, KOfN, Reading, Rounding
from plancheck.quantity import Absent
from plancheck.reports.page import width
from plancheck.reports.trace import render
from tests.reports import rich
from tests.reports.conftest import screen, texts
from tests.reports.fixture import INDICATORS


def _entries(assessment: Assessment, number: int) -> dict[str, str]:
    lines = texts(render(assessment.verdicts[number], assessment, screen(200)))
    return {
        line[:12].split()[0]: line.split(maxsplit=1)[-1]
        for line in lines[1:]
        if line and line[0] != " " and " " in line
    }


def test_a_rate_is_compared_in_words(assessment: Assessment) -> None:
    entries = _entries(assessment, 1)
    assert entries["结论"] == "↗ 达到序时 暂定"
    assert entries["公式"] == "合格人数 ÷ 测试人数"
    assert entries["编号公式"] == "passed ÷ tested"
    assert entries["范围"] == "小学、初中"
    assert entries["数值"] == "2449 ÷ 2500 = 2449/2500 = 97.96%"
    assert entries["比较"] == "97.96 ≥ 98？否"
    assert entries["考核时间"] == "2025年前，本年度未到期"
    assert entries["序时"] == "2020 年 97% → 2025 年 98%，2023 年应为 97.60%；97.96 ≥ 97.60？是"
    assert entries["覆盖"] == "应报 42，数据齐全 41"
    assert entries["差距"] == "差 1 人"
    assert entries["依据"] == "专栏 2：“97 ≥98”"
    assert entries["口径裁定"] == "按达标率判定 (exempt_not_counted)"


def test_what_is_open_who_holds_the_gap_and_what_is_said_again() -> None:
    lines = texts(render(rich.assessment().verdicts[2], rich.assessment(), screen(100)))
    at = lines.index("缺报影响     缺报补齐后为 95% 至 97%；结论不变")
    assert lines[at + 1 : at + 10] == [
        "差距         差 8 人",
        "差在哪里     [bold]x[/bold] 差 9 人 91%",
        "             [2J山区 差 7 人 93%",
        "             第三小学（小学） 差 5 人 95%",
        "             第四小学（小学） 差 5 人 95%",
        "             第五小学 差 4 人 96%",
        "             另有 1 个单位",
        "             第 1 个达到目标即可补足差距；不计第 1 个则为 96.80%",
        "重复表述     二（三）3：“学历人员比例超过96%”（按此 超过96%：达标）",
    ]


def test_a_tally_is_compared_in_units_not_with_the_target_of_each(assessment: Assessment) -> None:
    tally = replace(
        assessment.verdicts[1], tally=True, numerator=2, denominator=3, value=Fraction(200, 3), required=None
    )
    assert "Comparison   2 of 3 meet it; all of them? no" in texts(render(tally, assessment, screen(100, "en")))
    assert "比较         3 个中 2 个达到；全部达到？否" in texts(render(tally, assessment, screen(100)))


def test_of_several_indicators_it_is_told_how_many_a_unit_meets(assessment: Assessment) -> None:
    several = replace(
        INDICATORS["fitness"], measure=KOfN(("bachelor", "dual"), 1, Fraction(1)), unit="number", formula={}
    )
    plan = replace(assessment.plan, indicators={**INDICATORS, "fitness": several})
    unit = replace(assessment.verdicts[-1], value=1, numerator=1, denominator=2, required=None)
    lines = texts(render(unit, replace(assessment, plan=plan), screen(200, "en")))
    assert "Value        1 of 2 met" in lines
    assert not any(line.startswith("Comparison") for line in lines)
    assert any(line.startswith("Measure      at least 1 of 2 met, each other at 100 %") for line in lines)


def test_coverage_is_told_in_pupils_too_where_the_roster_knows(assessment: Assessment) -> None:
    known = replace(assessment.verdicts[1], coverage=Coverage(41, 42, 26926, 27043))
    lines = texts(render(known, assessment, screen(100, "en")))
    assert "Coverage     41 of 42 with all parts; 26926 of 27043 pupils" in lines


def test_under_which_conditions_it_is_judged_stands_with_the_verdict(assessment: Assessment) -> None:
    indicator = replace(INDICATORS["fitness"], rounding=Rounding(1), least_coverage=Fraction(4, 5))
    plan = replace(assessment.plan, indicators={**INDICATORS, "fitness": indicator})
    lines = texts(render(assessment.verdicts[1], replace(assessment, plan=plan), screen(120, "en")))
    at = lines.index("Target       ≥98")
    assert lines[at + 1 : at + 3] == [
        "Least        cannot be judged where less than 80 % of units report",
        "Rounding     rounded to 1 d.p. before it is compared, halves to even",
    ]


def test_a_value_is_compared_as_it_was_rounded(assessment: Assessment) -> None:
    rounded = replace(assessment.verdicts[1], rounded=98, outcome="met", progress=None)
    lines = texts(render(rounded, assessment, screen(100, "en")))
    assert "Comparison   98 ≥ 98? yes; compared as 98%, rounded" in lines


def test_a_series_is_compared_with_the_year_before(assessment: Assessment) -> None:
    entries = _entries(assessment, 6)
    assert entries["比较"] == "本年 188000 万元 ≥ 上年 188093 万元？否"
    assert "范围" not in entries
    assert entries["考核时间"] == "逐年比较，本年度须达标"


def test_an_unknown_says_why(assessment: Assessment) -> None:
    entries = _entries(assessment, 5)
    assert entries["原因"] == "没有读到合格人数"
    assert entries["读数"] == "没有读数"
    assert "比较" not in entries


def test_readings_name_their_cells_and_what_was_written(assessment: Assessment) -> None:
    lines = texts(render(assessment.verdicts[1], assessment, screen(100)))
    at = lines.index("  合格人数 (passed)  2023 年  returns.xlsx › 表3")
    assert lines[at + 1] == "    H5     “９７” → 97  甲小学 2101/primary"
    assert lines[at + 3] == "    G5     100  甲小学 2101/primary"


@pytest.mark.parametrize(("all_of_them", "shown"), [(False, 8), (True, 12)])
def test_long_lists_are_folded(assessment: Assessment, *, all_of_them: bool, shown: int) -> None:
    readings = [Reading("passed", "", 2023, n, "a.xlsx", "s", f"B{n}", str(n)) for n in range(1, 12)]
    readings.append(Reading("passed", "", 2023, Absent.BLANK, "a.xlsx", "s", "B12", ""))
    verdict = replace(assessment.verdicts[0], readings=readings)
    lines = texts(render(verdict, assessment, screen(), all_of_them=all_of_them))
    assert sum(line.startswith("    B") for line in lines) == shown
    assert ("    另有 4 个读数（用 -v 列出）" in lines) is not all_of_them


@pytest.mark.parametrize("room", [40, 80])
def test_no_line_is_too_wide(assessment: Assessment, room: int) -> None:
    for verdict in assessment.verdicts:
        assert max(map(width, texts(render(verdict, assessment, screen(room, "en"))))) <= room
