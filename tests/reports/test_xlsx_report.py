"""The results workbook, read back by another library and opened by an office program."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from plancheck.language import Lang
from plancheck.model import Assessment, Explanation, Finding, Reason
from plancheck.reports.clean import clean_text
from plancheck.reports.xlsx_report import render
from tests.conftest import ROOT
from tests.reports import rich
from tests.reports.hostile import TEXTS, quoted

GOLDEN = ROOT / "tests" / "golden" / "xlsx.zh.txt"
SHEETS = [
    "摘要",
    "全区指标",
    "分组",
    "学校×指标",
    "差距在哪里",
    "组间差异",
    "问题",
    "缺报",
    "说明与豁免",
    "口径与条款",
    "运行信息",
]


def _read(assessment: Assessment, lang: Lang = "zh") -> Any:
    return openpyxl.load_workbook(io.BytesIO(render(assessment, lang)), rich_text=False)


def _rows(book: Any, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet by their headings."""
    heading, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def _dump(book: Any) -> str:
    lines = []
    for sheet in book:
        lines.append(f"== {sheet.title} {sheet.dimensions} freeze {sheet.freeze_panes} filter {sheet.auto_filter.ref}")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    link = f" -> {cell.hyperlink.target}#{cell.hyperlink.location}" if cell.hyperlink else ""
                    fill = cell.fill.start_color.rgb if cell.fill.fill_type else "-"
                    lines.append(f"{cell.coordinate} {cell.data_type} {fill} {cell.number_format} {cell.value!r}{link}")
    return "\n".join(lines) + "\n"


def test_the_rich_assessment_is_written_as_expected(request: pytest.FixtureRequest) -> None:
    found = _dump(_read(rich.assessment()))
    if request.config.getoption("--rewrite"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_every_sheet_that_has_something_to_say(assessment: Assessment) -> None:
    assert _read(rich.assessment()).sheetnames == SHEETS
    bare = replace(assessment, verdicts=(), findings=(), sheets=(), roster=None)
    assert _read(bare).sheetnames == ["摘要", "口径与条款", "运行信息"]
    assert _read(bare, "en").sheetnames == ["Summary", "Formulas and clauses", "Run"]


def test_the_district_in_the_order_of_the_plan() -> None:
    rows = _rows(_read(rich.assessment()), "全区指标")
    assert [row["序号"] for row in rows] == [1, 2, 3, 4, 6, 8, 9]
    assert {key: rows[2][key] for key in ("数值", "2020 基期", "序时值", "差距", "分子", "分母", "实报", "应报", "结论")} == {
        "数值": 96.3, "2020 基期": 96, "序时值": 96.6, "差距": "差 8 人", "分子": 963, "分母": 1000, "实报": 38, "应报": 38,
        "结论": "↘ 滞后",
    }  # fmt: skip
    assert (
        rows[2]["备注"]
        == "序时值 96.60%；缺报补齐后为 95% 至 97%；二（三）3：“学历人员比例超过96%”（按此 超过96%：达标）"
    )
    assert rows[4]["备注"] == "豁免依据 试教字〔2023〕5号，至 2024-08-31"
    assert rows[4]["结论"] == "✗ 未达标 豁免"
    assert (rows[5]["数值"], rows[5]["结论"]) == (None, "? 无法判定")


def test_a_figure_shows_the_decimals_that_keep_it_on_its_side() -> None:
    sheet = _read(rich.assessment())["全区指标"]
    value = sheet.cell(3, 6)
    assert (value.value, value.number_format) == (97.96, "0.00")


def test_a_row_is_as_high_as_its_longest_text(assessment: Assessment) -> None:
    words = "缺报补齐后结论可能改变" * 8  # 88 characters, sixteen of which fit in the column of 34 narrow ones
    long = replace(
        assessment.verdicts[0], reason=Reason("superseded", {"since": "2022", "why": words}), outcome="unknown"
    )
    sheet = _read(replace(assessment, verdicts=(long, *assessment.verdicts[1:])))["全区指标"]
    assert words in sheet["P2"].value
    assert sheet.row_dimensions[2].height >= 16 * len(sheet["P2"].value) / 16
    assert sheet.row_dimensions[3].height < 40


def test_schools_down_and_indicators_across() -> None:
    book = _read(rich.assessment())
    rows = _rows(book, "学校×指标")
    fitness, bachelor = "2 中小学生体质健康测试达标率\n≥98", "3 义务教育专任教师中本科及以上学历比例\n>97"
    assert [(row["单位编号"], row["名称"], row[fitness], row[bachelor]) for row in rows] == [
        ("2101/primary", "=1+1（小学）", "↘ 97", "↘ 95"),
        ("2102/primary", "第二小学|<b>（小学）", "✓ 99", "?"),
        ("2103/junior", "[2J山区（初中）", "✓ 100", None),
    ]
    sheet = book["学校×指标"]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == sheet.dimensions


def test_a_matrix_that_was_not_asked_for_is_shown_all_the_same() -> None:
    run = rich.assessment()
    district = replace(run, verdicts=run.verdicts[:-5], matrix=rich.UNITS)
    assert _dump(_read(district)["学校×指标"].parent).count("2102/primary") == _dump(_read(run)).count("2102/primary")


def test_statuses_differ_in_sign_and_in_lightness() -> None:
    book = _read(rich.assessment())
    signs = [row[0] for row in book["摘要"].iter_rows(values_only=True) if row[0]][-7:]
    assert len({sign[0] for sign in signs}) == 7
    fills = {}
    for (cell,) in book["摘要"].iter_rows(min_row=book["摘要"].max_row - 6):
        if cell.fill.fill_type:
            red, green, blue = (int(cell.fill.start_color.rgb[at : at + 2], 16) for at in (2, 4, 6))
            fills[cell.value] = round(0.299 * red + 0.587 * green + 0.114 * blue)
    assert fills["✓ 达标"] - fills["✗ 未达标"] >= 40
    assert fills["✓ 达标"] - fills["↘ 滞后"] >= 15


def test_findings_lead_into_the_return_where_the_path_is_plain(assessment: Assessment) -> None:
    def link(file: str, sheet: str = "表3") -> object:
        finding = Finding("PC306", file, sheet, "H9", params={"column": "x", "found": "-1"})
        cell = _read(replace(assessment, findings=(finding,)))["问题"].cell(2, 6)
        assert cell.value == "H9"
        return None if cell.hyperlink is None else (cell.hyperlink.target, cell.hyperlink.location)

    assert link("表/甲 校.xlsx", "表3 体质健康") == ("表\\甲%20校.xlsx", "'表3 体质健康'!H9")
    for file in (
        "/etc/a.xlsx",
        "../a.xlsx",
        "\\\\host\\share\\a.xlsx",
        "http://x.example/a.xlsx",
        "a#b.xlsx",
        "a" * 300,
        "a\x07.xlsx",
    ):
        assert link(file) is None
    assert link("a.xlsx", "it's") is None


def test_missing_returns_waivers_and_explanations(assessment: Assessment) -> None:
    explained = Explanation("fitness_swing", "2101/primary", 2023, "200", "=转学", "a.xlsx", "说明", "C3", "stale")
    book = _read(replace(rich.assessment(), explanations=(explained,)))
    assert [row["名称"] for row in _rows(book, "缺报")] == [f"第{number}小学" for number in range(12)]
    first, waiver = _rows(book, "说明与豁免")
    assert [first[key] for key in ("类别", "事项", "单位编号", "年度", "内容", "状态")] == [
        "情况说明", "fitness_swing", "2101/primary", "2023", "=转学", "数值已变，须重新说明",
    ]  # fmt: skip
    assert [waiver[key] for key in ("类别", "事项", "批准人", "依据", "状态")] == [
        "豁免", "中小学生体质健康测试达标率", "李局长", "试教字〔2023〕5号", "2023-09-01 – 2024-08-31",
    ]  # fmt: skip
    assert "缺报" not in _read(replace(assessment, findings=())).sheetnames


def test_the_stamp_names_what_the_run_can_be_repeated_by() -> None:
    rows = list(_read(rich.assessment())["运行信息"].iter_rows(values_only=True))
    assert ("规划", "plan.yaml", "a" * 64) in rows
    assert ("名录", "roster.xlsx", "b" * 64) in rows
    assert ("上报表", "returns.xlsx", "c" * 64) in rows
    assert ("核查日期", "2026-01-31", None) in rows
    assert ("行的去向", "returns.xlsx 表3", "读到 9 行 = 采用 4 + 表头 2 + 合计 2 + 未写单位 1") in rows


def test_definitions_give_formula_clause_and_ruling() -> None:
    row = _rows(_read(rich.assessment()), "口径与条款")[1]
    assert (row["公式"], row["公式（文字）"]) == ("passed ÷ tested", "合格人数 ÷ 测试人数")
    assert (row["条款"], row["原文"], row["裁定"], row["说明"]) == (
        "专栏 2",
        "97 ≥98",
        "按达标率判定",
        "免予执行者不计入",
    )


@pytest.mark.parametrize("text", TEXTS)
def test_foreign_text_is_text(assessment: Assessment, text: str) -> None:
    finding = Finding("PC309", text, text[:31], "B2", text, {"column": "x", "found": text})
    book = _read(replace(assessment, findings=(finding,), verdicts=()))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    cells = list(book["问题"][2])
    assert quoted(text) in str(cells[7].value)
    assert str(cells[3].value or "") == clean_text(text)
    links = [str(cell.hyperlink.target) for cell in cells if cell.hyperlink]
    assert not [link for link in links if ":" in link or link.startswith(("/", "\\", "."))]
