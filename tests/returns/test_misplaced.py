"""What is said of figures that stand where nobody reads them: as text, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plancheck.codes import hint, message
from plancheck.pipeline import Request, assess
from tests.conftest import small_plan, write_workbook

WHO: list[list[Any]] = [["标识码", "1001"], ["学校名称", "甲校"], ["学段", "小学"]]
HEAD = ["项目", "上年", "填报值"]

SAID: tuple[tuple[Any, ...], ...] = (
    (
        "PC271",
        [HEAD, ["测试人数", 100, 100], ["合格人数", 90, None]],
        {"表": ["C5:C6"]},
        "“测试人数”的 100 填在合并的单元格 C5:C6 里，盖住了别的行或列：各是多少分不清，均未使用",
        "'Tested' holds 100 in the merged cells C5:C6, over other rows or columns too: what is whose cannot be told; not used",
        "请取消合并，在每一格分别填写。",
        "Unmerge the cells and fill in each of them.",
    ),
    (
        "PC272",
        [HEAD, ["测试人数", 100, 100], ["食堂面积", 5, 6], ["操场", 1, 1]],
        {},
        "有 2 行不属于本报表，未使用：A6 食堂面积、A7 操场",
        "2 rows are not part of the form and were not used: A6 食堂面积, A7 操场",
        "若应使用，请核对项目名称。",
        "If they should be used, check what they are called.",
    ),
    (
        "PC273",
        [HEAD, ["测试人数", 100, 100], [None, 7, 8]],
        {},
        "有 2 个数没有表头或项目名称，未使用：B6、C6",
        "2 figures stand under no head or beside no label and were not used: B6, C6",
        "请补上表头或项目名称；填错了格的，请移到应填的单元格。",
        "Give them a head or a label; move what was typed into the wrong cell.",
    ),
    (
        "PC274",
        [HEAD, ["测试人数", 100, 100], ["合格总人数", 90, 99]],
        {},
        "“合格总人数”不是本报表的名称，未使用；是否为“合格人数”？",
        "'合格总人数' is nothing that the form asks for and was not used; did you mean '合格人数'?",
        "如果是，请把名称改成“合格人数”；不是的无需改动。",
        "Call it '合格人数' if so; leave it if not.",
    ),
    (
        "PC275",
        [HEAD, ["测试人数", 100, 100], ["学校名称：乙校", None, None]],
        {},
        "这张表还写着另一所学校（乙校），它的数据未使用",
        "This sheet names another school too (乙校); its data were not used",
        "一张工作表只填一所学校；请另用一张工作表或一个文件。",
        "One sheet holds one school; use another sheet or file.",
    ),
    (
        "PC276",
        [HEAD, ["测试人数", 100, None]],
        {},
        "“2023年”一列没有填数，数填在“2022年”一列",
        "The column of 2023 is blank; the one of 2022 is filled in",
        "请核对是否填错了列；2022 年的数没有当作 2023 年的。",
        "Check whether the wrong column was filled in; figures of 2022 were not taken for 2023.",
    ),
)


@pytest.mark.parametrize("said", SAID, ids=[said[0] for said in SAID])
def test_a_misplaced_figure_is_named_in_both_languages(said: tuple[Any, ...], tmp_path: Path) -> None:
    code, rows, merges, zh, en, cure_zh, cure_en = said
    path = write_workbook(tmp_path / "a.xlsx", {"表": [*WHO, *rows]}, merges)

    found = assess(small_plan(tmp_path), Request((path,), year=2023, levels=frozenset({"unit"})))

    (finding,) = (each for each in found.findings if each.code == code)
    assert (message(code, finding.params, "zh"), message(code, finding.params, "en")) == (zh, en)
    assert (hint(code, finding.params, "zh"), hint(code, finding.params, "en")) == (cure_zh, cure_en)


def test_another_schools_name_of_the_roster_is_another_school_and_an_alias_is_not(tmp_path: Path) -> None:
    roster = write_workbook(
        tmp_path / "roster.xlsx",
        {
            "名录": [
                ["标识码", "学校名称", "曾用名", "学段"],
                ["1001", "甲校", "甲小", "小学"],
                ["1002", "乙校", "", "小学"],
            ]
        },
    )
    for name, expected in (("甲小", []), ("甲校（盖章）", []), ("乙校", ["PC275"]), ("丙校", ["PC279"])):
        rows = [*WHO, HEAD, ["测试人数", 100, 100], [f"学校名称：{name}"]]
        path = write_workbook(tmp_path / "a.xlsx", {"表": rows})
        found = assess(small_plan(tmp_path), Request((path,), year=2023, roster=roster))
        named = [each for each in found.findings if each.code in ("PC275", "PC279")]
        assert [each.code for each in named] == expected, name
    assert (message("PC279", named[0].params, "zh"), message("PC279", named[0].params, "en")) == (
        "这张表还写着“丙校”，名录中没有这个名称；若是另一所学校，它的数据未使用",
        "This sheet also names '丙校', which is not on the roster; if that is another school, its data were not used",
    )
    assert (hint("PC279", named[0].params, "zh"), hint("PC279", named[0].params, "en")) == (
        "同一所学校请写名录中的名称；另一所学校请另用一张工作表或一个文件。",
        "Call one school by its name on the roster; use another sheet or file for another school.",
    )
