"""The table for spreadsheets: a row a verdict, opened rightly by Excel and WPS, never a formula of somebody else."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest
from msgspec.structs import replace

from plancheck.language import LANGS, Lang
from plancheck.model import Assessment, Coverage
from plancheck.reports.csv_report import render, text_cell
from tests.reports import rich


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


def test_a_cell_holds_no_more_than_excel_takes() -> None:
    run = rich.assessment()
    units = tuple(f"{number:010}/primary" for number in range(3_000))  # 18 characters each, and a space
    bachelor = replace(run.verdicts[2], closing=units)
    (row,) = _rows(replace(run, verdicts=(bachelor,)), "zh")
    cell = row["补足差距的最少单位"]
    kept, _, rest = cell.partition(" … +")
    assert kept.split(" ") == [*units[: len(kept.split(" "))]]
    assert len(kept.split(" ")) + int(rest) == 3_000
    assert 32_700 < len(cell) <= 32_767


def test_a_row_tells_what_is_open_and_who_holds_the_gap() -> None:
    bachelor, fitness = _rows(rich.assessment(), "zh")[2], _rows(rich.assessment(), "en")[1]
    expected = {
        "所在部分": "专栏 主要指标", "缺报补齐后最差": "95", "缺报补齐后最好": "97", "差距所在单位数": "6",
        "补足差距的最少单位": "2101/primary", "不计差距最大单位": "96.80",
        "重复表述及按其结论": "二（三）3：“学历人员比例超过96%”（按此 超过96%：达标）", "最低": "", "差异系数": "",
    }  # fmt: skip
    assert {key: bachelor[key] for key in expected} == expected
    # groups of fitness were judged: how far they lie apart stands with the district
    ends = {"Lowest": "hills 95", "Highest": "plain 99", "Variation": "0.021", "Worst with all returns": ""}
    assert {key: fitness[key] for key in ends} == ends
    groups = [row for row in _rows(rich.assessment(), "en") if row["Level"] == "group"]
    assert [row["Lowest"] for row in groups] == [""]


def test_a_row_tells_how_many_pupils_the_returns_speak_of(assessment: Assessment) -> None:
    first = replace(assessment.verdicts[0], coverage=Coverage(77, 78, 11007, 11104), rounded=Fraction(988, 10))
    row = _rows(replace(assessment, verdicts=(first,)), "en")[0]
    assert (row["Pupils reported"], row["Pupils expected"], row["Rounded"]) == ("11007", "11104", "98.8")


def test_headings_are_told_apart(assessment: Assessment) -> None:
    for lang in LANGS:
        headings = render(assessment, lang).removeprefix("\ufeff").split("\r\n")[0].split(",")
        assert len(set(headings)) == len(headings) == 42


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
