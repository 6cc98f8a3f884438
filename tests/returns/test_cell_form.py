"""Exports of a national data system: values in fixed cells, who reports on the first sheet only."""

from __future__ import annotations

from pathlib import Path

import pytest

from plancheck.codes import message
from plancheck.model import Assessment, Plan
from plancheck.pipeline import Request, assess
from plancheck.plan import PlanUnusable
from plancheck.plan.faults import Faults
from plancheck.plan.load import load
from plancheck.plan.schema import structure_faults
from plancheck.plan.yaml_tree import read_tree
from tests.conftest import PASS_RATE, SMALL_PLAN, MakeWorkbook, Rows

FORMS = """\
  home:
    title: {zh: 首页, en: Front page}
    rows: cells
    sheets: ['教基1001*']
    cells: {school_code: B2, school_name: B3}
  export:
    title: {zh: 学生, en: Pupils}
    rows: cells
    sheets: ['教基3112*', '基础基312*']
    stage: primary
    cells: {tested: C4, passed: C5}
    labels: {A4: 测试人数}
"""
HOME: Rows = [["学校（机构）首页"], ["标识码", "1001"], ["名称", "甲校"]]
PUPILS: Rows = [
    ["2023年学生"],
    [None, "编号", "合计"],
    ["甲", "乙", 1],
    ["测试人数", "01", 100],
    ["合格", "02", 98],
    [],
    ["说明"],
]


def _plan(folder: Path, forms: str = FORMS) -> Plan:
    path = folder / "plan.yaml"
    path.write_text(SMALL_PLAN.replace("indicators:\n", f"{forms}indicators:\n") + PASS_RATE, encoding="utf-8")
    return load(path)


def _run(plan: Plan, *files: Path) -> Assessment:
    return assess(plan, Request(files, levels=frozenset({"unit"})))


def _codes(found: Assessment) -> list[tuple[str, str, str]]:
    return [(each.code, each.sheet, each.cell) for each in found.findings if each.code != "PC219"]


@pytest.mark.parametrize("name", ["教基3112_小学", "基础基312 学生"])
def test_values_are_read_from_their_cells_and_the_school_from_the_first_sheet(
    name: str, tmp_path: Path, make_workbook: MakeWorkbook
) -> None:
    found = _run(_plan(tmp_path), make_workbook({"教基1001_首页": HOME, name: PUPILS}))
    (verdict,) = found.verdicts
    assert (verdict.unit, verdict.period, verdict.numerator, verdict.denominator) == ("1001/primary", 2023, 98, 100)
    assert {(each.element, each.cell) for each in verdict.readings} == {("tested", "C4"), ("passed", "C5")}
    home, pupils = found.sheets
    assert (home.form, pupils.form, pupils.read, pupils.used) == ("home", "export", 7, 2)
    assert dict(pupils.left_out) == {"blank": 1, "other": 4}
    assert pupils.columns == (("C4", "测试人数", "tested"), ("C5", "合格人数", "passed"))


def test_a_layout_that_moved_is_named_and_not_read(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    found = _run(
        _plan(tmp_path), make_workbook({"教基1001": HOME, "教基3112": [["新增一行"], *PUPILS]}, name="2023年.xlsx")
    )
    assert ("PC261", "教基3112", "A4") in _codes(found)
    finding = next(each for each in found.findings if each.code == "PC261")
    assert message("PC261", finding.params, "zh") == "“学生”此处应为“测试人数”，现为“甲”：版式不同，整张表未使用"
    assert [verdict.numerator for verdict in found.verdicts] in ([], [None], [0])


def test_a_workbook_that_names_no_school_is_named(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    found = _run(_plan(tmp_path), make_workbook({"教基3112": PUPILS}))
    assert _codes(found)[0] == ("PC213", "教基3112", "")


def test_what_is_wrong_with_the_school_is_said_where_it_is_named(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    wrong = [HOME[0], ["标识码", "10O1"], ["名称", "甲校"]]
    found = _run(_plan(tmp_path), make_workbook({"教基1001": wrong, "教基3112": PUPILS}))
    assert [code for code in _codes(found) if code[0] == "PC221"] == [("PC221", "教基1001", "B2")]


def test_a_cell_that_is_not_understood_is_named(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    rows = [list(row) for row in PUPILS]
    rows[3][2] = "一百"
    found = _run(_plan(tmp_path), make_workbook({"教基1001": HOME, "教基3112": rows}))
    assert ("PC301", "教基3112", "C4") in _codes(found)


def test_two_forms_for_one_sheet_are_a_finding(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    twice = FORMS + FORMS[FORMS.index("  export:") :].replace("  export:", "  other:")
    found = _run(_plan(tmp_path, twice), make_workbook({"教基1001": HOME, "教基3112": PUPILS}))
    assert ("PC208", "教基3112", "") in _codes(found)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("tested: C4", "tested: 4C", "PC108"),
        ("tested: C4", "untested: C4", "PC109"),
        ("labels: {A4: 测试人数}", "labels: {4: 测试人数}", "PC108"),
        ("labels: {A4: 测试人数}", "labels: {A4: [测试人数]}", "PC108"),
        ("sheets: ['教基1001*']", "sheets: []", "PC108"),
        ("    sheets: ['教基1001*']\n", "", "PC107"),
        ("    cells: {tested: C4, passed: C5}\n", "", "PC107"),
        ("stage: primary", "stage: university", "PC109"),
        ("rows: cells", "rows: cells\n    columns: [tested]", "PC106"),
    ],
)
def test_a_form_that_is_wrong_is_told(old: str, new: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(PlanUnusable) as unusable:
        _plan(tmp_path, FORMS.replace(old, new, 1))
    assert code in {finding.code for finding in unusable.value.findings}


def test_the_schema_knows_the_form(tmp_path: Path) -> None:
    _plan(tmp_path)
    tree = read_tree((tmp_path / "plan.yaml").read_text(encoding="utf-8"), Faults("plan.yaml"))
    assert tree is not None
    assert structure_faults(tree) == ()


TWO_STAGES = FORMS.replace("{school_code: B2, school_name: B3}", "{school_code: B2, school_name: B3, school_type: B4}")


def test_a_front_page_need_not_say_of_which_of_its_stages_a_school_reports(
    tmp_path: Path, make_workbook: MakeWorkbook
) -> None:
    home: Rows = [*HOME, ["办学类型", "九年一贯制学校"]]
    found = _run(_plan(tmp_path, TWO_STAGES), make_workbook({"教基1001": home, "教基3112": PUPILS}))
    assert _codes(found) == []
    assert [(each.used, dict(each.left_out)) for each in found.sheets] == [
        (3, {"other": 1}),
        (2, {"blank": 1, "other": 4}),
    ]
    (verdict,) = found.verdicts
    assert (verdict.unit, verdict.numerator) == ("1001/primary", 98)


@pytest.mark.parametrize("year", [2023, "2023年", "2023—2024学年"])
def test_a_year_that_one_sheet_states_is_that_of_the_others(
    year: int | str, tmp_path: Path, make_workbook: MakeWorkbook
) -> None:
    forms = FORMS.replace("{school_code: B2, school_name: B3}", "{school_code: B2, school_name: B3, report_year: B4}")
    pupils: Rows = [["学生"], *PUPILS[1:]]
    found = _run(
        _plan(tmp_path, forms), make_workbook({"教基1001": [*HOME, ["年", year]], "教基3112": pupils}, name="a.xlsx")
    )
    assert _codes(found) == []
    assert [(verdict.period, verdict.numerator) for verdict in found.verdicts] == [(2023, 98)]


def test_a_year_that_no_sheet_states_is_missed_where_figures_stand(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    pupils: Rows = [["学生"], *PUPILS[1:]]
    found = _run(_plan(tmp_path), make_workbook({"教基1001": HOME, "教基3112": pupils}, name="a.xlsx"))
    assert _codes(found) == [("PC211", "教基3112", "")]


def test_inspecting_a_front_page_does_not_call_unused_what_names_the_school(
    tmp_path: Path, make_workbook: MakeWorkbook
) -> None:
    file = make_workbook({"教基1001": HOME, "教基3112": PUPILS})
    home, pupils = assess(_plan(tmp_path), Request((file,), in_detail=True)).sheets
    assert (home.unused, pupils.unused) == ((1,), (1, 2, 3, 7))
