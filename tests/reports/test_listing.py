"""Lists of a plan's parts and of codes; one code and one indicator explained."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from msgspec.structs import replace

from plancheck.codes import CODES
from plancheck.language import LANGS, Lang, Text
from plancheck.model import Group, Narrative, Restatement, Revision, Rounding, Source, Superseded, Target
from plancheck.reports.listing import LISTS, explain_code, explain_indicator, render, render_json
from plancheck.reports.page import width
from tests.reports.conftest import screen, texts
from tests.reports.fixture import INDICATORS, PLAN


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("lang", LANGS)
def test_lists_keep_to_the_screen(what: str, lang: Lang) -> None:
    lines = texts(render(what, PLAN, screen(80, lang)))
    assert {width(line) for line in lines} == {width(lines[0])}
    assert width(lines[0]) <= 80


def test_indicators() -> None:
    lines = [line.split() for line in texts(render("indicators", PLAN, screen(120)))]
    assert lines[0] == ["序号", "编号", "名称", "目标", "考核时间"]
    assert lines[2] == ["1", "enrolment", "学前教育入园率", ">98", "每年"]
    assert lines[6] == ["6", "disabled", "残疾儿童义务教育入学率", "100（≥）", "每年"]


def test_on_a_narrow_screen_an_id_stands_whole_below_its_name() -> None:
    name = "per_student_public_budget_edu_nondecreasing"
    long = replace(PLAN, indicators={name: replace(INDICATORS["enrolment"], id=name)})
    lines = texts(render("indicators", long, screen(80)))
    assert lines[0].split() == ["序号", "名称", "目标", "考核时间"]
    assert [line.rstrip() for line in lines[2:]] == [
        lines[2].rstrip(), f"      {name}",
    ]  # fmt: skip
    assert lines[2].split() == ["1", "学前教育入园率", ">98", "每年"]


@pytest.mark.parametrize(
    ("what", "count", "first"),
    [
        ("indicators", 7, {"id": "enrolment", "due": "every_year", "clause": "专栏 1"}),
        ("elements", 4, {"id": "passed", "reporter": "unit", "words": "合格人数"}),
        ("forms", 1, {"id": "fitness", "elements": "合格人数、测试人数"}),
        (
            "checks",
            2,
            {"id": "parts", "kind": "must", "formula": "passed <= tested", "stages": "小学", "missing": "skip"},
        ),
        ("rulings", 1, {"id": "exempt_not_counted", "on": "fitness"}),
        ("codes", len(CODES), {"code": "PC101", "severity": "error"}),
    ],
)
def test_json_keeps_ids(what: str, count: int, first: dict[str, str]) -> None:
    listed = json.loads(render_json(what, PLAN, "zh"))
    assert len(listed) == count
    assert {key: listed[0][key] for key in first} == first


def test_a_code_explained() -> None:
    assert texts(explain_code(CODES["PC306"], screen())) == [
        "PC306 negative",
        "级别         错误（必须更正）",
        "含义         “…”不能为负数：…",
        "处理         请核对。",
    ]


def test_codes_are_listed_without_the_names_of_their_fields() -> None:
    assert "{" not in "".join(texts(render("codes", PLAN, screen(120))))
    assert "{found}" in render_json("codes", PLAN, "zh")


def test_an_indicator_explained() -> None:
    lines = texts(explain_indicator(INDICATORS["fitness"], PLAN, screen(100)))
    assert lines[0] == "2 中小学生体质健康测试达标率 (fitness)"
    assert "基期         2020: 97%" in lines
    assert "所用填报项   合格人数（passed）见于：体质健康表" in lines
    assert "             测试人数（tested）见于：体质健康表" in lines
    assert "说明         免予执行者不计入" in lines
    assert "类型         单值阈值" in lines
    assert not [line for line in lines if line.startswith(("所在部分", "性质", "不核查", "重复表述"))]


_AGAIN = Restatement("fitness@annex", Source("附件2", "合格率98%"), Target("超过98%", ">", Fraction(98)))
_ONCE_MORE = Restatement("fitness@text", Source("三", "提升"))
_STAGES = {"primary": Target("至少5节", ">=", Fraction(5)), "甲镇": Target("4", ">=", Fraction(4), implied=True)}
COMMITMENT = replace(
    INDICATORS["fitness"], kind="stage_threshold", group="table", nature="aspiration", targets=_STAGES, due="none",
    condition="随棚改同步完成", restated=(_AGAIN, _ONCE_MORE), measure=Narrative(Text("没有数据", "no data")),
)  # fmt: skip
GROUPED = replace(PLAN, groups={"table": Group("table", Text("专栏", "The table"))}, indicators={"fitness": COMMITMENT})


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", [
            "所在部分     专栏", "类型         分学段阈值", "目标         小学 至少5节；甲镇 4（≥）",
            "性质         努力方向：只报告，不判未达标", "考核时间     随棚改同步完成", "不核查       没有数据",
            "重复表述     附件2：“合格率98%”（如按此：超过98%）", "             三：“提升”",
        ]),
        ("en", [
            "Part         The table", "Kind         threshold by stage", "Target       primary 至少5节; 甲镇 4 (≥)",
            "Nature       an aspiration: reported, never failed", "Due          随棚改同步完成", "Not checked  no data",
            "Said again   附件2: “合格率98%” (would ask for: 超过98%)", "             三: “提升”",
        ]),
    ],
)  # fmt: skip
def test_a_commitment_explained(lang: Lang, expected: list[str]) -> None:
    lines = texts(explain_indicator(COMMITMENT, GROUPED, screen(100, lang)))
    assert [line for line in expected if line not in lines] == []


def test_what_has_no_date_says_so() -> None:
    lines = texts(explain_indicator(replace(COMMITMENT, condition=""), GROUPED, screen(100)))
    assert "考核时间     未设期限" in lines


OVER_TIME = replace(
    INDICATORS["fitness"],
    steps={2022: Target("3060以上", ">=", Fraction(3060)), 2023: Target("6150", ">=", Fraction(6150), implied=True)},
    revised=(Revision(2024, Target(">99", ">", Fraction(99)), "文〔2024〕3号", Text("上级调整", "Raised by the city")),),
    years=(2023, 2024), superseded=Superseded(2025, Text("改为等级", "Now a grade"), "enrolment"),
    least_coverage=Fraction(805, 1000), rounding=Rounding(1), of="fitness",
)  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", [
            "分年度目标   2022: 3060以上；2023: 6150（≥）", "目标调整     自 2024 年起 >99（文〔2024〕3号）：上级调整",
            "核查年度     只核查 2023、2024 年", "停止评估     自 2025 年起不再评估，由“学前教育入园率”取代：改为等级",
            "所用台账     体质健康表", "最低覆盖     上报单位不足 80.5% 时无法判定",
            "修约         修约到 1 位小数后比较（四舍六入五成双）",
        ]),
        ("en", [
            "Steps        2022: 3060以上; 2023: 6150 (≥)", "Revised      from 2024 >99 (文〔2024〕3号): Raised by the city",
            "Years        judged in 2023, 2024 only", "List         Fitness tests",
            "Least        cannot be judged where less than 80.5 % of units report",
            "Rounding     rounded to 1 d.p. before it is compared, halves to even",
        ]),
    ],
)  # fmt: skip
def test_what_changes_with_the_years_explained(lang: Lang, expected: list[str]) -> None:
    lines = texts(explain_indicator(OVER_TIME, PLAN, screen(120, lang)))
    assert [line for line in expected if line not in lines] == []


def test_what_ended_without_another_in_its_place_and_what_is_rounded_up() -> None:
    ended = replace(OVER_TIME, superseded=Superseded(2022, Text("口径取消", "Given up")), rounding=Rounding(0, "up"))
    lines = texts(explain_indicator(ended, PLAN, screen(120)))
    assert "停止评估     自 2022 年起不再评估：口径取消" in lines
    assert "修约         修约到 0 位小数后比较（四舍五入）" in lines


def test_indicators_stand_under_the_parts_of_the_document() -> None:
    parts = {"table": Group("table", Text("专栏", "The table")), "text": Group("text", Text("正文", "The text"))}
    both = [
        replace(INDICATORS["fitness"], id=name, group=group)
        for name, group in (("a", "table"), ("b", "table"), ("c", "text"), ("d", ""))
    ]
    plan = replace(PLAN, groups=parts, indicators={one.id: one for one in both})
    lines = [line.strip("─ ").split()[:2] for line in texts(render("indicators", plan, screen(120)))[1:]]
    assert lines == [["专栏"], ["2", "a"], ["2", "b"], ["正文"], ["2", "c"], ["未归入任何部分"], ["2", "d"]]
    listed = json.loads(render_json("indicators", GROUPED, "zh"))
    assert (listed[0]["quote"], listed[0]["not_checked"]) == ("97 ≥98", "没有数据")


def test_a_commitment_in_json() -> None:
    (listed,) = json.loads(render_json("indicators", GROUPED, "zh"))
    assert {key: listed[key] for key in ("target", "due", "commitment", "group", "nature", "restated")} == {
        "target": "小学 至少5节；甲镇 4（≥）", "due": "none", "commitment": "stage_threshold", "group": "table",
        "nature": "aspiration", "restated": "fitness@annex, fitness@text",
    }  # fmt: skip
