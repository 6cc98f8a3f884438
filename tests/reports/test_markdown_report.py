"""Markdown for a job's summary: a table that a Markdown reader sees as one, and nothing foreign alive in it."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from plancheck.model import Assessment, Finding
from plancheck.reports.markdown_report import escaped, render
from tests.reports import rich
from tests.reports.hostile import TEXTS, quoted

READER = MarkdownIt("commonmark").enable("table")


def _cells(text: str) -> list[list[str]]:
    """Return the cells of the tables that a reader finds."""
    rows: list[list[str]] = []
    for token, after in zip(tokens := READER.parse(text), tokens[1:], strict=False):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("td_open", "th_open"):
            rows[-1].append("".join(child.content for child in after.children or ()))
    return rows


def test_a_reader_finds_the_table(assessment: Assessment) -> None:
    heading, *rows = _cells(render(assessment, "zh"))
    assert heading == ["结论", "序号", "指标", "基期", "数值", "目标", "差距", "覆盖", "备注"]
    assert len(rows) == 7
    assert rows[2] == [
        "↘ 滞后", "3", "义务教育专任教师中本科及以上学历比例", "96%", "96.30%", ">97", "差 8 人", "38/38", "序时值 96.60%",
    ]  # fmt: skip


def test_the_document_says_what_it_comes_to_before_anything_else(assessment: Assessment) -> None:
    lines = render(assessment, "en").splitlines()
    assert lines[0] == "# Trial plan 试政发〔2021〕1号"
    assert lines[4].startswith("- indicators (7): met 1, on track 1")
    assert "- Exit 1: a target that is due is not met, or something must be corrected" in lines[5:9]


def test_several_years_have_a_table_each(assessment: Assessment) -> None:
    before = replace(assessment.verdicts[0], period=2022)
    text = render(replace(assessment, periods=(2022, 2023), verdicts=(before, *assessment.verdicts)), "zh")
    assert [line for line in text.splitlines() if re.fullmatch("## [0-9]{4} 年", line)] == ["## 2022 年", "## 2023 年"]


def test_each_part_of_the_document_has_a_table() -> None:
    text = render(rich.assessment(), "zh")
    assert [line for line in text.splitlines() if line.startswith("### ")] == ["### 专栏 主要指标", "### 二（三）目标"]
    rows = _cells(text)
    assert [row[1] for row in rows] == ["序号", "1", "2", "3", "4", "序号", "6", "8", "9"]
    assert "\n\n\n" not in text


def test_who_would_close_a_gap_and_how_far_groups_lie_apart() -> None:
    lines = render(rich.assessment(), "en").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("- **Teachers with a bachelor degree**"))
    assert lines[at + 1] == "  - the first at the target would close the gap; without the first: 96.80%"
    assert lines[lines.index("## Between groups") + 2] == (
        "- **Fitness-test pass rate** (2023): spread: 95% (hills) to 99% (plain); coefficient of variation 0.021"
    )


def test_what_another_reading_would_change(assessment: Assessment) -> None:
    lines = render(rich.assessment(), "zh").splitlines()
    at = lines.index("## 换一种口径，结论会不同的")
    assert READER.renderInline(lines[at + 2].removeprefix("- ")) == (
        "3 义务教育专任教师中本科及以上学历比例（2023 年）：现为未达标；按“超过96%”（二（三）3），则为达标"
    )
    assert lines[at + 3] == ""
    assert "换一种口径" not in render(assessment, "zh")


def test_a_flood_of_one_code_is_folded(assessment: Assessment) -> None:
    text = render(assessment, "zh")
    assert text.count("**PC220**") == 10
    assert "- 另有 2 条 PC220 return-missing\n" in text


@pytest.mark.parametrize("text", TEXTS)
def test_foreign_text_is_shown_letter_for_letter(assessment: Assessment, text: str) -> None:
    finding = Finding("PC309", "a.xlsx", "表1", "B2", params={"column": "x", "found": text})
    tokens = READER.parse(render(replace(assessment, findings=(finding,), verdicts=()), "zh"))
    inline = [token for token in tokens if token.type == "inline" and "PC309" in token.content]
    children = inline[0].children or []
    assert {child.type for child in children} <= {"text", "strong_open", "strong_close", "text_special"}
    shown = "".join(child.content for child in children)
    assert " ".join(quoted(text).split()) in shown
    assert READER.renderInline(escaped(text)).count("<") == 0
