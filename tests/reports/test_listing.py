"""Lists of a plan's parts and of codes; one code and one indicator explained."""

from __future__ import annotations

import json

import pytest

from plancheck.codes import CODES
from plancheck.language import LANGS, Lang
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
        "级别         错误 (必须更正)",
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
