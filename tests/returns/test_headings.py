"""Headings of labelled rows: whose they are, and whose unit of measure they give."""

from __future__ import annotations

from pathlib import Path

import pytest

from plancheck.model import Assessment, Plan
from plancheck.pipeline import Request, assess
from tests.conftest import Rows, write_workbook

ABOVE: Rows = [["怀柔区区级经费情况表"], ["单位：万元"], ["项目", "2023年"]]
EACH: Rows = [["分学段生均（元）", None], ["　小学", 42_205.97], ["　初中", 62_138.8]]
WHOLE: Rows = [["一般公共预算支出", 1_262_000], ["　其中：教育支出", 188_000]]


def flat(rows: Rows) -> Rows:
    return [[str(label).strip("　"), *rest] for label, *rest in rows]


def judged(plan: Plan, folder: Path, rows: Rows) -> Assessment:
    return assess(
        plan,
        Request(
            (write_workbook(folder / "money.xlsx", {"表6": rows if rows[0] == ABOVE[0] else [*ABOVE, *rows]}),),
            in_detail=True,
        ),
    )


def share(found: Assessment) -> dict[str, object]:
    (verdict,) = [each for each in found.verdicts if each.indicator == "public_edu_expenditure_share"]
    return {each.element: each.value for each in verdict.readings}


@pytest.mark.parametrize("rows", [[*WHOLE, *EACH], [*EACH, *WHOLE], flat([*EACH, *WHOLE])])
def test_what_stands_after_the_rows_of_a_heading_is_not_in_its_unit(rows: Rows, huairou: Plan, tmp_path: Path) -> None:
    found = judged(huairou, tmp_path, rows)
    assert share(found) == {"gen_public_budget_edu": 188_000, "gen_public_budget_total": 1_262_000}
    assert not [each for each in found.findings if each.code == "PC307"]


def test_what_stands_under_a_heading_is_in_its_unit(huairou: Plan, tmp_path: Path) -> None:
    for rows in (WHOLE, flat(WHOLE)):
        tens = [[label, value * 10_000] for label, value in rows]
        under: Rows = [["金额（元）", None], *([f"　{label}", value] for label, value in tens)]
        found = judged(huairou, tmp_path, [ABOVE[0], ABOVE[2], *under])
        assert share(found) == {"gen_public_budget_edu": 188_000, "gen_public_budget_total": 1_262_000}


def test_a_row_of_a_heading_that_lost_its_indent_is_found_all_the_same(huairou: Plan, tmp_path: Path) -> None:
    rows: Rows = [*WHOLE, EACH[0], EACH[1], ["初中", 62_138.8]]
    found = judged(huairou, tmp_path, rows)
    (sheet,) = found.sheets
    assert [(cell, element) for cell, _, element in sheet.columns][2:] == [
        ("A7", "per_pupil_primary_stated"),
        ("A8", "per_pupil_junior_stated"),
    ]


def test_inspecting_a_row_after_a_heading_does_not_show_it_under_that(huairou: Plan, tmp_path: Path) -> None:
    found = judged(huairou, tmp_path, [*WHOLE, *EACH, ["确保一般公共预算教育支出逐年只增不减", "是"]])
    (sheet,) = found.sheets
    assert sheet.columns[-1][:2] == ("A9", "确保一般公共预算教育支出逐年只增不减")
