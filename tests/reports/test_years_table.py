"""The monitoring table: years side by side, wide and narrow, a year without a verdict, the baseline's own year."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from plancheck.language import Lang
from plancheck.model import Assessment
from plancheck.reports import terminal
from plancheck.reports.page import plain_text
from plancheck.reports.symbols import UNICODE, Screen
from plancheck.reports.years_table import years_table
from tests.reports import fixture, rich


def _two_years() -> Assessment:
    base = fixture.assessment()
    district = [each for each in base.verdicts if each.level == "district"]
    fitness = next(each for each in district if each.indicator == "fitness")
    before = replace(fitness, period=2022, value=Fraction(986, 10), outcome="met", progress=None)
    return replace(base, periods=(2022, 2023), verdicts=(*base.verdicts, before))


def _lines(assessment: Assessment, room: int, lang: Lang = "zh") -> list[str]:
    district = [each for each in assessment.verdicts if each.level == "district"]
    return [plain_text(line) for line in years_table(district, assessment, Screen(room, UNICODE, lang))]


def test_wide_a_row_an_indicator() -> None:
    lines = _lines(_two_years(), 160)
    assert lines[0].split() == [
        "序号",
        "指标",
        "2020",
        "2022",
        "2023",
        "目标",
        "序时值",
        "差距",
        "分子",
        "/",
        "分母",
        "覆盖",
        "结论",
    ]
    (fitness,) = [line for line in lines if "体质健康" in line]
    assert fitness.split() == [
        "2", "中小学生体质健康测试达标率（%）", "97", "✓", "98.60", "↗", "97.96", "≥98", "97.60", "差", "1", "人",
        "2449/2500", "41/42", "↗", "达到序时", "暂定",
    ]  # fmt: skip
    (enrolment,) = [line for line in lines if "入园率" in line]
    assert enrolment.split()[3:6] == ["-", "✓", "98.80"]  # nothing is known of 2022


def test_narrow_names_stand_above_and_nothing_is_wider_than_the_screen() -> None:
    lines = _lines(_two_years(), 60, "en")
    at = next(number for number, line in enumerate(lines) if line.startswith("2 Fitness-test pass rate"))
    assert "≥98 (%)" in lines[at]
    assert lines[at + 1].split()[:3] == ["97", "✓", "98.60"]
    assert max(map(len, lines)) <= 60


def test_narrow_the_path_and_what_is_open_stand_below_the_figures() -> None:
    base = _two_years()
    open_ones = [
        replace(each, bounds=(Fraction(195, 2), Fraction(492, 5))) if each.provisional else each
        for each in base.verdicts
    ]
    lines = _lines(replace(base, verdicts=tuple(open_ones)), 80, "en")
    assert lines[0].split() == ["Base", "2022", "2023", "Gap", "Cover", "Verdict"]
    below = "on the path this year: 97.60%; with all returns between 97.50% and 98.40%"
    assert below in " ".join(line.strip() for line in lines)


def test_of_six_years_no_figure_is_broken_at_80_columns_and_the_rest_stands_below() -> None:
    base = _two_years()
    fitness = [each for each in base.verdicts if each.indicator == "fitness" and each.level == "district"]
    money = next(each for each in base.verdicts if each.indicator == "budget")
    years = range(2020, 2026)
    amounts = [replace(money, period=year, value=Fraction(6159566, 100), outcome="met", gap=None) for year in years]
    rates = [replace(fitness[0], period=year) for year in years]
    lines = _lines(replace(base, periods=tuple(years), verdicts=(*rates, *amounts)), 80, "en")
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == [*map(str, years), "Verdict"]
    assert sum(line.count("✓ 61595.66") for line in lines) == 6
    below = "baseline 97; gap 1 person; cover 41/42; on the path this year: 97.60%"
    assert below in " ".join(line.strip() for line in lines)
    assert "基期 97；差 1 人；覆盖 41/42；序时值 97.60%" in " ".join(
        line.strip() for line in _lines(replace(base, periods=tuple(years), verdicts=tuple(rates)), 80)
    )


def test_years_too_stand_under_the_parts_of_the_document() -> None:
    lines = _lines(replace(_two_years(), plan=rich.PLAN), 160)
    at = [number for number, line in enumerate(lines) if line.startswith("── ")]
    assert [lines[number].strip("─ ") for number in at] == ["专栏 主要指标", "二（三）目标"]
    assert at[0] == 1
    narrow = _lines(replace(_two_years(), plan=rich.PLAN), 80)
    assert [line.strip("─ ") for line in narrow if line.startswith("  ── ")] == ["专栏 主要指标", "二（三）目标"]


def test_the_baseline_is_told_from_the_figures_of_its_year() -> None:
    assert _lines(replace(_two_years(), periods=(2020, 2022, 2023)), 160)[0].split()[2:4] == ["基期", "2020"]


def test_several_years_print_one_table_and_the_gaps_of_the_last() -> None:
    lines = [plain_text(line) for line in terminal.render(_two_years(), Screen(160, UNICODE, "zh"))]
    assert sum("中小学生体质健康测试达标率（%）" in line for line in lines) == 1
    assert sum(line.startswith("差距在哪里") for line in lines) == 1
    assert "2023 年" in lines  # above the groups and units of that year
