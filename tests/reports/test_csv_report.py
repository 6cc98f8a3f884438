"""The table for spreadsheets: a row a verdict, opened rightly by Excel and WPS, never a formula of somebody else."""

from __future__ import annotations

import csv
import io

import pytest

from plancheck.language import LANGS, Lang
from plancheck.model import Assessment
from plancheck.reports.csv_report import render, text_cell


def _rows(assessment: Assessment, lang: Lang) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(assessment, lang).removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("lang", LANGS)
def test_one_row_a_verdict(assessment: Assessment, lang: Lang) -> None:
    assert len(_rows(assessment, lang)) == 9


def test_a_row(assessment: Assessment) -> None:
    row = _rows(assessment, "zh")[1]
    expected = {
        "年度": "2023", "序号": "2", "指标编号": "fitness", "指标": "中小学生体质健康测试达标率", "层级": "全区", "结论": "达到序时",
        "是否达标": "未达标", "进度": "达到序时", "暂定": "是", "数值": "97.96", "计量单位": "%", "分子": "2449", "分母": "2500",
        "目标": "≥98", "目标值": "98", "基期": "97", "序时值": "97.6", "实报": "41", "应报": "42", "差距（人、所）": "1",
        "条款": "专栏 2", "公式": "passed ÷ tested",
    }  # fmt: skip
    assert {key: row[key] for key in expected} == expected


def test_headings_are_told_apart(assessment: Assessment) -> None:
    for lang in LANGS:
        headings = render(assessment, lang).removeprefix("\ufeff").split("\r\n")[0].split(",")
        assert len(set(headings)) == len(headings) == 29


def test_begins_with_a_byte_order_mark_and_ends_lines_as_windows_does(assessment: Assessment) -> None:
    text = render(assessment, "zh")
    assert text.encode().startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == 10


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\r=1", "＝1", "＋1", "－1", "＠x", "\x00=1"])
def test_text_that_looks_like_a_formula_is_disarmed(text: str) -> None:
    assert text_cell(text).startswith("'")


def test_a_school_named_like_a_formula_is_text(assessment: Assessment) -> None:
    assert _rows(assessment, "zh")[-1]["名称"] == "'=1+1（小学）"


def test_plain_text_and_numbers_are_left_alone(assessment: Assessment) -> None:
    assert text_cell("甲小学") == "甲小学"
    assert _rows(assessment, "zh")[0]["数值"] == "98.80"
