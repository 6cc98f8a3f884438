"""A form in which all that a unit counts is what it was a year before: last year's file, handed in again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from plancheck.codes import hint, message
from plancheck.judge import check_returns
from plancheck.model import Block, Finding, Plan, ReadColumn, Unit, Value
from plancheck.pipeline import Request, assess
from plancheck.quantity import Absent
from tests.conftest import ROOT

SCHOOL = Unit("1/primary", "1", "甲校", "primary")
FIGURES: Mapping[str, Value] = {
    "students": 900, "students_girls": 440, "teachers": 60, "teachers_postgrad": 5, "teachers_bachelor": 50,
    "teachers_college": 5, "backbone_district": 8, "entrants": 150, "teachers_below": 0, "teaching_area": 5000,
}  # fmt: skip


def block(
    year: int, figures: Mapping[str, Value | Absent], key: str = "", *, form: str = "schools", row: int = 7
) -> Block:
    columns = tuple(ReadColumn(each, "C", [row], [value]) for each, value in figures.items())
    keys = (key,) if key else ()
    return Block(form, f"{year}.xlsx", "表", year, [SCHOOL], columns, keys)


def found(plan: Plan, *blocks: Block) -> list[Finding]:
    return [each for each in check_returns(plan, blocks, None, [2023]).findings if each.check == "unchanged_returns"]


def test_last_years_figures_all_the_same_are_to_be_explained(huairou: Plan) -> None:
    (finding,) = found(huairou, block(2022, FIGURES), block(2023, FIGURES))
    assert (finding.code, finding.file, finding.cell, finding.unit) == ("PC516", "2023.xlsx", "C7", "1/primary")
    assert (finding.period, finding.also) == (2023, (("2022.xlsx", "表", "C7"),))
    assert message("PC516", finding.params, "zh") == (
        "甲校（小学）在“中小学基本情况汇总表”中的 10 项数据与 2022 年（2022.xlsx 表!C7）完全相同"
    )
    assert message("PC516", finding.params, "en") == (
        "甲校 (primary) reports the same 10 figures in 'Schools' as for 2022 (2022.xlsx 表!C7)"
    )
    assert hint("PC516", finding.params, "zh") == "请核对是否误报了上年的表；如属实，请说明。"
    assert hint("PC516", finding.params, "en") == (
        "Make sure that last year's form was not handed in again; where the figures are right, explain them."
    )


def test_one_figure_that_changed_says_that_the_return_is_a_new_one(huairou: Plan) -> None:
    assert not found(huairou, block(2022, FIGURES), block(2023, {**FIGURES, "entrants": 151}))


def test_the_year_before_alone_is_looked_at(huairou: Plan) -> None:
    assert not found(huairou, block(2021, FIGURES), block(2023, FIGURES))


def test_few_people_may_be_as_many_as_last_year_and_rooms_stay(huairou: Plan) -> None:
    seven = {each: value for each, value in FIGURES.items() if each != "entrants"}
    assert not found(huairou, block(2022, seven), block(2023, seven))


def test_what_only_one_year_asks_does_not_matter(huairou: Plan) -> None:
    now = {**FIGURES, "books": 20_000, "migrant_students": Absent.BLANK}
    assert found(huairou, block(2022, {**FIGURES, "migrant_students": 9}), block(2023, now))


def test_rows_of_one_unit_are_held_against_it_together(huairou: Plan) -> None:
    one = {"fit_tested": 90, "fit_excellent": 20, "fit_good": 40, "fit_pass": 29, "fit_fail": 1}
    two = {"fit_tested": 80, "fit_excellent": 10, "fit_good": 40, "fit_pass": 28, "fit_fail": 2}
    before = [block(2022, one, "一二", form="fitness"), block(2022, two, "三四", form="fitness", row=8)]
    now = [block(2023, one, "一二", form="fitness"), block(2023, two, "三四", form="fitness", row=8)]
    (finding,) = found(huairou, *before, *now)
    assert finding.params["count"] == 10
    other = block(2023, {**two, "fit_good": 41}, "三四", form="fitness", row=8)
    assert not found(huairou, *before, now[0], other)
    assert not found(huairou, *before, now[0])


def test_a_school_that_copies_last_years_column_is_asked_why(huairou: Plan, tmp_path: Path) -> None:
    book: Any = openpyxl.load_workbook(ROOT / "examples/school.xlsx")
    sheet = book.active
    for row in range(7, 45):
        sheet[f"F{row}"] = sheet[f"E{row}"].value
    book.save(tmp_path / "a.xlsx")
    for file, expected in ((tmp_path / "a.xlsx", ["F7"]), (ROOT / "examples/school.xlsx", [])):
        assessment = assess(huairou, Request((file,)))
        assert [each.cell for each in assessment.findings if each.code == "PC516"] == expected
