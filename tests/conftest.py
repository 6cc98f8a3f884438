"""What many tests need: workbooks made from literal cells, the Huairou plan, and a small plan to write on."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import settings
from openpyxl.styles import PatternFill

from plancheck.model import Plan
from plancheck.plan.load import load

ROOT = Path(__file__).parent.parent
# How long an example takes is the machine's affair; the same examples each time, or the coverage that CI asks for would be
# a matter of luck. `--hypothesis-profile searching` looks for new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.register_profile("searching", deadline=None, max_examples=1000)
settings.load_profile("repeatable")
os.environ["PLANCHECK_CACHE"] = "off"  # each test reads its plan, and nothing is left in the home of who runs them

Rows = Sequence[Sequence[Any]]
MakeWorkbook = Callable[..., Path]


def write_workbook(path: Path, sheets: Mapping[str, Rows], merges: Mapping[str, Sequence[str]] | None = None) -> Path:
    """Write a workbook. A cell is a plain value, or a mapping: {v: 0.98, format: "0%"}, {error: "#REF!"}, {formula: "=A1"}."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells, 1):
                _write(sheet.cell(row, column), cell)
        for merged in (merges or {}).get(name, ()):
            sheet.merge_cells(merged)
    book.save(path)
    return path


def _write(target: Any, cell: Any) -> None:
    if not isinstance(cell, Mapping):
        target.value = cell
    elif "error" in cell:
        target.value, target.data_type = cell["error"], "e"
    elif "formula" in cell:
        target.value = cell["formula"]
    else:
        target.value, target.number_format = cell["v"], cell.get("format", "General")
        if "fill" in cell:
            target.fill = PatternFill("solid", fgColor=cell["fill"])


@pytest.fixture
def make_workbook(tmp_path: Path) -> MakeWorkbook:
    """Return a function that writes a workbook into the test's folder."""

    def make(
        sheets: Mapping[str, Rows], *, name: str = "return.xlsx", merges: Mapping[str, Sequence[str]] | None = None
    ) -> Path:
        return write_workbook(tmp_path / name, sheets, merges)

    return make


@pytest.fixture(scope="session")
def huairou() -> Plan:
    """The plan the project ships."""
    return load(ROOT / "indicators.yaml")


SMALL_PLAN = """
plan:
  id: small
  title: {zh: 小规划, en: Small plan}
  document: 〔2021〕1号
  baseline: 2020
  target: 2025
units:
  code: school_code
  name: school_name
  stage: stage
  type: school_type
  code_pattern: '[0-9]{4}'
  attributes: [school_type, township]
  groups: {township: [城关, 山乡, 河乡]}
  size: pupils
  stages:
    primary: {label: {zh: 小学, en: primary}, words: [小学部]}
    junior: {label: {zh: 初中, en: junior}, words: [初中部]}
  types:
    小学: [primary]
    九年一贯制学校: [primary, junior]
elements:
  school_code: {label: {zh: 标识码, en: Code}, unit: text}
  school_name: {label: {zh: 学校名称, en: School}, unit: text}
  aliases: {label: {zh: 曾用名, en: Other names}, unit: text}
  status: {label: {zh: 状态, en: Status}, unit: text}
  opened: {label: {zh: 启用日期, en: Opened}, unit: text}
  closed: {label: {zh: 停办日期, en: Closed}, unit: text}
  campuses: {label: {zh: 校区, en: Campuses}, unit: text}
  school_type: {label: {zh: 办学类型, en: Type}, unit: text}
  stage: {label: {zh: 学段, en: Stage}, unit: text}
  township: {label: {zh: 镇乡, en: Township}, unit: text}
  grade_group: {label: {zh: 年级组, en: Grade group}, unit: text}
  report_year: {label: {zh: 填报年度, en: Year}, unit: text}
  tested: {label: {zh: 测试人数, en: Tested}, unit: person}
  passed: {label: {zh: 合格人数, en: Passed}, unit: person}
  rate: {label: {zh: 合格率, en: Rate}, unit: percent}
  safe: {label: {zh: 平安校园, en: Safe}, unit: yes_no}
  grade: {label: {zh: 等级, en: Grade}, unit: choice, choices: {good: [优质], plain: [普通]}}
  area: {label: {zh: 面积, en: Area}, unit: m2}
  equipment: {label: {zh: 设备值, en: Equipment}, unit: 10k_yuan}
  population: {label: {zh: 适龄人口, en: Population}, unit: person, reporter: district}
  enrolled: {label: {zh: 入学人数, en: Enrolled}, unit: person, reporter: district}
  spending: {label: {zh: 教育支出, en: Spending}, unit: 10k_yuan, reporter: district}
  pupils: {label: {zh: 在校生数, en: Pupils}, unit: person}
  rank: {label: {zh: 级类, en: Rank}, unit: grade, choices: {a: [A级], b: [B级], c: [C级], not_rated: [未评]}}
  seats_here: {label: {zh: 提供学位, en: Seats offered}, unit: person}
  seats_needed: {label: {zh: 需要学位, en: Seats needed}, unit: person}
  thing: {label: {zh: 名称, en: Name}, unit: text}
  done: {label: {zh: 是否完成, en: Done}, unit: yes_no}
  done_year: {label: {zh: 完成年份, en: Year done}, unit: year}
  seats: {label: {zh: 新增学位, en: New seats}, unit: person}
  kept: {label: {zh: 只增不减, en: Kept}, unit: yes_no, reporter: district}
forms:
  schools:
    title: {zh: 学校表, en: Schools}
    rows: unit
    required: [school_name, tested]
    columns: [school_code, school_name, school_type, stage, township, report_year, tested, passed, rank, seats_here, seats_needed, rate, equipment, safe, grade, area]
  grades:
    title: {zh: 年级表, en: Grades}
    rows: unit
    by: [grade_group]
    required: [school_name]
    columns: {school_code: , school_name: , stage: , tested: [年级测试人数], passed: [年级合格人数], rate: [年级合格率]}
  own:
    title: {zh: 自查表, en: Own report}
    rows: element
    values: [填报值]
    columns: [school_code, school_name, stage, tested, passed, equipment, safe, area]
  district:
    title: {zh: 区级表, en: District}
    rows: element
    reporter: district
    values: [填报值]
    columns: [population, enrolled, spending, kept]
  ledger:
    title: {zh: 台账, en: Ledger}
    rows: list
    key: thing
    columns: [report_year, thing, done, done_year, seats]
  roster:
    title: {zh: 学校名录, en: Roster}
    rows: unit
    roster: true
    required: [school_code, school_name, stage]
    columns: [school_code, school_name, aliases, school_type, stage, township, status, opened, closed, campuses, pupils]
indicators:
"""
"""A plan of two stages and a few elements; tests add the indicators they need."""

PASS_RATE = """
  pass_rate:
    no: 1
    label: {zh: 合格率, en: Pass rate}
    unit: percent
    numerator: passed
    denominator: tested
    target: "≥98"
    due: every_year
    baseline: 90
    source: {clause: 一, quote: ≥98}
"""


def small_plan(folder: Path, indicators: str = PASS_RATE, rest: str = "") -> Plan:
    """Load the small plan with the given indicators (indented by two) and further sections."""
    path = folder / "plan.yaml"
    path.write_text(SMALL_PLAN + indicators + rest, encoding="utf-8")
    return load(path)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the expected files be written anew."""
    parser.addoption("--rewrite", action="store_true", help="write the expected output of the examples anew")


RISES = """
  rises:
    label: {zh: 提高, en: Rises}
    unit: point
    change: {from: prior_year}
    numerator: passed
    denominator: tested
    target: 提高1个百分点
    due: each_step
    source: {clause: 一, quote: 提高1个百分点}
"""
