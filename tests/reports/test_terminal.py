"""The printed report: right figures in the right columns, aligned at every width, nothing cut, nothing foreign alive."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from plancheck.language import LANGS, Lang, Text
from plancheck.model import Assessment, Group, Narrative
from plancheck.reports.page import width
from plancheck.reports.summary import not_checked
from plancheck.reports.terminal import render
from plancheck.reports.verdict_tables import district_table, group_tables, unit_tables
from tests.reports import rich
from tests.reports.conftest import screen, texts
from tests.reports.fixture import INDICATORS

ZH = [
    ["序号", "指标", "2020", "数值", "目标", "差距", "覆盖", "结论"],
    ["1", "学前教育入园率", "98%", "98.80%", ">98", "77/77", "✓ 达标"],
    ["2", "中小学生体质健康测试达标率", "97%", "97.96%", "≥98", "差 1 人", "41/42", "↗ 达到序时 暂定"],
    ["序时值 97.60%"],
    ["3", "义务教育专任教师中本科及以上学历比例", "96%", "96.30%", ">97", "差 8 人", "38/38", "↘ 滞后"],
    ["序时值 96.60%"],
    ["4", "智慧校园覆盖率", "-", "83.33%", ">85", "差 1 所", "36/37", "○ 未到期"],
    ["6", "残疾儿童义务教育入学率", "100%", "99.60%", "100（≥）", "差 1 人", "1/1", "✗ 未达标"],
    ["8", "“双师型”教师比例", "84%", "-", "≥85", "0/1", "? 无法判定"],
    ["没有读到合格人数"],
    ["9", "教育支出逐年只增不减", "-", "188000 万元", "只增不减", "差 93 万元", "1/1", "✗ 未达标"],
    ["上年 188093 万元"],
]
EN = [
    ["No.", "Indicator", "2020", "Value", "Target", "Gap", "Cover", "Verdict"],
    ["1", "Preschool enrolment", "98%", "98.80%", ">98", "77/77", "✓ met"],
    ["2", "Fitness-test pass rate", "97%", "97.96%", "≥98", "1 person", "41/42", "↗ on track provisional"],
    ["on the path this year: 97.60%"],
    ["3", "Teachers with a bachelor degree", "96%", "96.30%", ">97", "8 people", "38/38", "↘ behind"],
    ["on the path this year: 96.60%"],
    ["4", "Smart-campus coverage", "-", "83.33%", ">85", "1 school", "36/37", "○ not due"],
    ["6", "Children with disabilities", "100%", "99.60%", "100 (≥)", "1 person", "1/1", "✗ not met"],
    ["8", "Dual-qualified teachers", "84%", "-", "≥85", "0/1", "? not judged"],
    ["No reading of passes"],
    ["9", "Spending never falls", "-", "188000 × 10,000 yuan", "只增不减", "93 × 10,000 yuan", "1/1", "✗ not met"],
    ["year before: 188093 × 10,000 yuan"],
]


def _district(assessment: Assessment, room: int, lang: Lang = "zh", encoding: str = "utf-8") -> list[str]:
    verdicts = [verdict for verdict in assessment.verdicts if verdict.level == "district"]
    return texts(district_table(verdicts, assessment.plan, screen(room, lang, encoding)))


@pytest.mark.parametrize(("lang", "expected"), [("zh", ZH), ("en", EN)])
def test_every_cell_of_the_district_table(assessment: Assessment, lang: Lang, expected: list[list[str]]) -> None:
    heading, rule, *rows = _district(assessment, 200, lang)
    assert set(rule) == {"─"}
    assert [re.split(r" {2,}", line.strip()) for line in (heading, *rows)] == expected


@pytest.mark.parametrize(
    ("lang", "note"), [("zh", "只增不减：与上年比较，须 ≥ 上年"), ("en", "只增不减: must be ≥ the year before")]
)
def test_a_target_held_against_the_year_before_is_explained(assessment: Assessment, lang: Lang, note: str) -> None:
    assert texts(render(assessment, screen(100, lang))).count(note) == 1


@pytest.mark.parametrize("room", [72, 80, 100, 133])
@pytest.mark.parametrize("lang", LANGS)
def test_every_line_of_the_district_table_is_as_wide_as_the_others(
    assessment: Assessment, room: int, lang: Lang
) -> None:
    lines = _district(assessment, room, lang)
    assert {width(line) for line in lines} == {width(lines[0])}
    assert width(lines[0]) <= room


@pytest.mark.parametrize("room", [72, 80, 100])
@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_cut_where_there_is_less_room(assessment: Assessment, room: int, lang: Lang) -> None:
    def letters(lines: list[str]) -> list[str]:
        return sorted("".join(lines).replace("─", "").replace(" ", ""))

    assert letters(_district(assessment, room, lang)) == letters(_district(assessment, 200, lang))


def test_at_80_columns_a_name_wraps_and_figures_do_not(assessment: Assessment) -> None:
    lines = _district(assessment, 80)
    row = next(line for line in lines if line.strip().startswith("3 义务教育"))
    assert "96.30%" in row
    assert "差 8 人" in row
    assert row.rstrip().endswith("↘ 滞后")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("room", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_screen(assessment: Assessment, room: int, lang: Lang) -> None:
    assert max(map(width, texts(render(assessment, screen(room, lang), 1)))) <= room


@pytest.mark.parametrize("lang", LANGS)
def test_no_control_character_reaches_the_screen(assessment: Assessment, lang: Lang) -> None:
    printed = "".join(texts(render(assessment, screen(80, lang), 1)))
    assert "\x1b" not in printed
    assert "[2J山区" in printed
    assert "[bold]x[/bold]" in printed


@pytest.mark.parametrize(("encoding", "sign"), [("utf-8", "✓"), ("gbk", "√"), ("ascii", "+")])
def test_signs_fit_the_encoding(assessment: Assessment, encoding: str, sign: str) -> None:
    lines = _district(assessment, 100, encoding=encoding)
    assert f"{sign} 达标" in lines[2]
    if encoding == "gbk":
        assert "".join(lines).encode("gbk")


def test_groups_stand_under_their_indicator(assessment: Assessment) -> None:
    groups = [verdict for verdict in assessment.verdicts if verdict.level == "group"]
    lines = [line.split() for line in texts(group_tables(groups, assessment.plan, screen()))]
    assert lines[0] == ["分组", "数值", "差距", "覆盖", "结论"]
    assert lines[2:] == [
        ["2", "中小学生体质健康测试达标率", "≥98"],
        ["[2J山区", "95%", "差", "60", "人", "20/20", "↘", "滞后"],
        ["以上对照区级目标，仅供参考"],
    ]


def test_indicators_stand_under_their_unit(assessment: Assessment) -> None:
    units = [verdict for verdict in assessment.verdicts if verdict.level == "unit"]
    lines = [line.split() for line in texts(unit_tables(units, assessment.plan, screen()))]
    assert lines[2:] == [
        ["=1+1（小学）", "2101/primary"],
        ["2", "中小学生体质健康测试达标率", "97%", "≥98", "差", "1", "人", "↘", "滞后"],
        ["以上对照区级目标，仅供参考"],
    ]


def test_a_mark_is_printed_where_not_all_verdicts_have_it(assessment: Assessment) -> None:
    unit = assessment.verdicts[-1]
    lines = texts(unit_tables([unit, replace(unit, marks=())], assessment.plan, screen()))
    assert [line.split()[-1] for line in lines[3:]] == ["仅供参考", "滞后"]


def test_the_report_says_what_it_was_made_from(assessment: Assessment) -> None:
    lines = texts(render(assessment, screen(120)))
    assert lines[0] == "试验区教育计划  试政发〔2021〕1号"
    assert lines[1].split("   ") == [
        "2023 年", "上报表 2 份", "名录 roster.xlsx（1 个单位）", "规划 plan.yaml", "截至 2026-01-31",
    ]  # fmt: skip


def test_the_gap_is_located_in_five_units_most_first(assessment: Assessment) -> None:
    lines = texts(render(assessment, screen()))
    start = lines.index("差距在哪里")
    assert lines[start + 1] == "  3 义务教育专任教师中本科及以上学历比例：滞后，差 8 人"
    assert [line.split() for line in lines[start + 2 : start + 8]] == [
        ["[bold]x[/bold]", "差", "9", "人", "91%"],
        ["[2J山区", "差", "7", "人", "93%"],
        ["第三小学（小学）", "差", "5", "人", "95%"],
        ["第四小学（小学）", "差", "5", "人", "95%"],
        ["第五小学", "差", "4", "人", "96%"],
        ["另有", "1", "个单位"],
    ]


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            [
                "7 项：达标 1，达到序时 1，滞后 1，未到期 1，未达标 2，无法判定 1；暂定 1",
                "分组结论 1 个：滞后 1",
                "单位结论 1 个：滞后 1",
                "问题 17 个：无法读取或判定 1，必须更正 2，请更正或说明 1，提醒 12，说明 1",
                "退出码 1：有应达标而未达标的指标，或有必须更正的问题",
            ],
        ),
        (
            "en",
            [
                "indicators (7): met 1, on track 1, behind 1, not due 1, not met 2, not judged 1; provisional 1",
                "groups (1): behind 1",
                "units (1): behind 1",
                "findings (17): Not read or not judged 1, To be corrected 2, To be explained 1, Warnings 12, Notes 1",
                "Exit 1: a target that is due is not met, or something must be corrected",
            ],
        ),
    ],
)
def test_summary(assessment: Assessment, lang: Lang, lines: list[str]) -> None:
    assert texts(render(assessment, screen(160, lang), -1))[-5:] == lines


@pytest.mark.parametrize(
    ("fail_on", "code", "line"),
    [
        ({"behind", "unknown"}, 1, "Exit 1: there is what --fail-on names: behind, unknown"),
        ({"must", "behind"}, 1, "Exit 1: there is what --fail-on names: behind, must"),
        ({"must", "explain"}, 0, "Exit 0: no verdict and no finding fails this run"),
        ({"not_met"}, 1, "Exit 1: a target that is due is not met, or something must be corrected"),
    ],
)
def test_the_exit_is_said_by_what_was_asked(assessment: Assessment, fail_on: set[str], code: int, line: str) -> None:
    """A missed target fails nothing where --fail-on does not name it, and then the last line must not deny it."""
    graver = () if code == 0 else assessment.findings
    asked = replace(assessment, fail_on=frozenset(fail_on), exit_code=code, findings=graver)
    assert texts(render(asked, screen(160, "en"), -1))[-1] == line


def test_quiet_ends_with_the_summary_and_says_nothing_of_findings(assessment: Assessment) -> None:
    lines = texts(render(assessment, screen(), -1))
    assert lines[-1].startswith("退出码 1")
    assert not any("PC301" in line or "差距在哪里" in line for line in lines)


def test_where_no_sheet_was_read_there_is_no_heading_for_rows(assessment: Assessment) -> None:
    assert "行的去向" in texts(render(assessment, screen(), 1))
    assert "行的去向" not in texts(render(replace(assessment, sheets=()), screen(), 1))


def test_verbose_accounts_for_every_row(assessment: Assessment) -> None:
    lines = texts(render(assessment, screen(), 1))
    assert lines[-4:] == [
        "  returns.xlsx › 表3",
        "    读到 9 行 = 采用 4 + 表头 2 + 合计 2 + 未写单位 1",
        "  returns.xlsx › 封面",
        "    读到 3 行 = 采用 0 + 其他 3",
    ]


def test_several_years_are_told_apart(assessment: Assessment) -> None:
    before = replace(assessment.verdicts[0], period=2022)
    both = replace(assessment, periods=(2022, 2023), verdicts=(before, *assessment.verdicts))
    lines = texts(render(both, screen()))
    assert lines[1].startswith("2022、2023 年")
    (years,) = [line for line in lines if "2022" in line and "2023" in line and "结论" in line]
    assert years.index("2022") < years.index("2023")


def test_nothing_found(assessment: Assessment) -> None:
    empty = replace(assessment, verdicts=(), findings=(), sheets=(), exit_code=3)
    assert texts(render(empty, screen()))[-2:] == ["没有发现问题", "退出码 3：有的结论无法判定，没有更严重的问题"]


def test_what_no_figures_can_check_is_named(assessment: Assessment) -> None:
    why = replace(INDICATORS["dual"], measure=Narrative(Text("没有数据", "no data")))
    plan = replace(assessment.plan, indicators={**INDICATORS, "dual": why})
    told = replace(assessment, plan=plan, verdicts=assessment.verdicts[:1], not_checkable=("dual",))
    assert "Not checkable (1): Dual-qualified teachers" in texts(render(told, screen(lang="en")))
    assert not any("无法用数据核查" in line for line in texts(render(assessment, screen())))
    assert not_checked(told, "zh", why=True) == "无法用数据核查 1 项：“双师型”教师比例（没有数据）"


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "未涉及的指标 2 项；--all"), ("en", "do not speak of: 2; --all lists them")]
)
def test_what_was_left_out_is_counted_in_one_line(lang: Lang, said: str, assessment: Assessment) -> None:
    lines = texts(render(replace(assessment, not_covered=("a", "b")), screen(lang=lang)))
    assert [line for line in lines if said in line] != []
    assert len(lines) == len(texts(render(assessment, screen(lang=lang)))) + 1


PARTS = ("── 专栏 主要指标 ─", "── 二（三）目标 ─")


def test_indicators_stand_under_the_parts_of_the_document() -> None:
    lines = _district(rich.assessment(), 80)
    at = [number for number, line in enumerate(lines) if line.startswith(PARTS)]
    assert [lines[number][: len(part)] for number, part in zip(at, PARTS, strict=True)] == [*PARTS]
    assert at[0] == 1  # in the place of the rule below the headings
    assert lines[at[0] + 1].split()[:2] == ["1", "学前教育入园率"]
    assert lines[at[1] + 1].split()[:2] == ["6", "残疾儿童义务教育入学率"]
    assert {width(line) for line in lines} == {80}


def test_one_part_alone_needs_no_heading() -> None:
    only = [verdict for verdict in rich.assessment().verdicts if verdict.indicator in rich.TABLE]
    lines = texts(district_table([each for each in only if each.level == "district"], rich.PLAN, screen()))
    assert set(lines[1]) == {"─"}
    assert not any(line.startswith("──") for line in lines[2:])


def test_what_stands_in_no_part_is_said_to() -> None:
    loose = replace(rich.PLAN.indicators["budget"], group="")
    plan = replace(rich.PLAN, indicators={**rich.PLAN.indicators, "budget": loose})
    lines = _district(replace(rich.assessment(), plan=plan), 80, "en")
    assert sum(line.startswith("── In no part ─") for line in lines) == 1


def test_a_part_named_at_length_is_not_cut() -> None:
    long = Group("text", Text("很长的部分名称" * 8, "x"))
    plan = replace(rich.PLAN, groups={**rich.PLAN.groups, "text": long})
    lines = _district(replace(rich.assessment(), plan=plan), 72)
    assert "".join(line.strip("─ ") for line in lines if "部分" in line) == "很长的部分名称" * 8
    assert {width(line) for line in lines} == {72}


def test_below_its_groups_stands_how_far_they_lie_apart() -> None:
    rich_one = rich.assessment()
    groups = [verdict for verdict in rich_one.verdicts if verdict.level == "group"]
    lines = texts(group_tables(groups, rich_one.plan, screen(), rich_one.spreads))
    assert lines[-3:] == [
        "  组间：95%（山区）至 99%（平原）；差异系数 0.021",
        "以上对照区级目标，仅供参考",
        "差异系数：按各组分母（人数等）加权",
    ]
    earlier = [replace(spread, period=2022) for spread in rich_one.spreads]
    both = replace(rich_one, periods=(2022, 2023), spreads=(*earlier, *rich_one.spreads))
    assert sum("组间" in line for line in texts(render(both, screen()))) == 1  # that of the year which has groups


def test_below_those_who_hold_a_gap_stands_who_would_close_it() -> None:
    lines = texts(render(rich.assessment(), screen()))
    at = lines.index("    另有 1 个单位")
    assert lines[at + 1] == "    第 1 个达到目标即可补足差距；不计第 1 个则为 96.80%"


def test_of_several_years_each_is_counted_for_itself(assessment: Assessment) -> None:
    before = replace(assessment.verdicts[0], period=2022)
    both = replace(assessment, periods=(2022, 2023), verdicts=(before, *assessment.verdicts))
    lines = texts(render(both, screen(100, "en"), -1))
    at = lines.index("2022 indicators (1): met 1")
    assert lines[at + 1].startswith("2023 indicators (7): met 1, on track 1")
