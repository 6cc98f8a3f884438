"""Commands to GitHub: the worst first, no more than are shown, and no command that a school wrote."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from plancheck.model import Assessment, Finding, Mark
from plancheck.reports.clean import clean_text
from plancheck.reports.github_report import render
from tests.reports import rich
from tests.reports.hostile import TEXTS

COMMAND = re.compile(r"::(error|warning|notice) (?:(?:file|line|title)=[^:,\n]*,?)+::.*")


def test_the_worst_first() -> None:
    lines = render(rich.assessment(), "zh").splitlines()
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert [line.split()[0] for line in lines] == ["::error"] * 5 + ["::warning"] * 10 + ["::notice"]
    assert lines[0] == (
        "::error file=plan.yaml,title=9 教育支出逐年只增不减::全区 · 未达标 · 188000 万元 · 只增不减 · 差 93 万元"
    )
    assert (
        lines[1]
        == "::error file=empty.xlsx,title=PC202 file-empty::文件是空的（0 字节）%0A请重新导出或重新提交此文件。"
    )
    assert lines[4].startswith(
        "::error file=报表/乡 1#.xlsx,line=33,title=PC304 percent-ambiguous::表3!Q33 “合格率”填了 0.98"
    )
    assert lines[14] == "::warning title=plancheck::另有 7 条，见完整结果"


def test_ten_of_a_kind_are_all_shown(assessment: Assessment) -> None:
    findings = tuple(
        Finding("PC306", "a.xlsx", "s", f"B{row}", params={"column": "x", "found": "-1"}) for row in range(1, 12)
    )
    ten = render(replace(assessment, findings=findings[:10], verdicts=()), "en").splitlines()
    assert [re.findall("line=([0-9]+)", line) for line in ten] == [[str(row)] for row in range(1, 11)]
    eleven = render(replace(assessment, findings=findings, verdicts=()), "en").splitlines()
    assert len(eleven) == 10
    assert eleven[-1] == "::error title=plancheck::2 more; see the whole result"


def test_what_the_baseline_knows_is_not_annotated(assessment: Assessment) -> None:
    known = replace(assessment, known=frozenset({"budget||2023|not_met", "PC202|empty.xlsx||||1"}))
    text = render(known, "zh")
    assert "教育支出" not in text
    assert "PC202" not in text


def test_a_target_stands_at_its_line_of_the_plan(assessment: Assessment) -> None:
    plan = assessment.plan
    marked = replace(plan.indicators["budget"], mark=Mark("/usr/lib/plancheck/indicators.yaml", 41, 3))
    placed = replace(assessment, plan=replace(plan, indicators={**plan.indicators, "budget": marked}))
    assert "::error file=indicators.yaml,line=41,title=9 教育支出" in render(placed, "zh")


@pytest.mark.parametrize("text", TEXTS)
def test_no_command_of_a_school(assessment: Assessment, text: str) -> None:
    finding = Finding("PC309", text, text, "B2", params={"column": "x", "found": text})
    lines = render(replace(assessment, findings=(finding,), verdicts=()), "zh").split("\n")
    assert lines[1:] == [""]
    _, parameters, said = lines[0].split("::", 2)  # a parameter has no colon left that could end it
    assert parameters.startswith("error file=")
    decoded = said.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    assert clean_text(text) in decoded
    assert "\r" not in lines[0]
