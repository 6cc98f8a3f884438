"""Who reports, over several files: campuses apart, one school twice, and the manifest that says which file stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from plancheck.codes import message
from plancheck.model import Plan, Replacement
from plancheck.pipeline import Request, assess
from plancheck.plan import PlanUnusable
from plancheck.plan.manifest import read_manifest
from plancheck.returns.dates import iso_day
from tests.conftest import MakeWorkbook, small_plan

HEAD = ["标识码", "学校名称", "学段", "测试人数", "合格人数"]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """The small plan."""
    return small_plan(tmp_path)


def _request(make: MakeWorkbook, replacements: tuple[Replacement, ...] = ()) -> Request:
    first = make({"表": [HEAD, ["1001", "甲校", "小学", 100, 90]]}, name="甲校.xlsx")
    second = make({"表": [HEAD, ["1001", "甲校", "小学", 100, 99]]}, name="甲校-修改后(2).xlsx")
    return Request((first, second), year=2023, replacements=replacements)


def test_one_school_in_two_files_is_an_error_that_names_both(plan: Plan, make_workbook: MakeWorkbook) -> None:
    request = _request(make_workbook)
    found = assess(plan, request)
    (finding,) = (each for each in found.findings if each.code == "PC215")
    assert (finding.file, finding.cell, finding.period) == (str(request.files[1]), "D2", 2023)
    assert finding.params["other"] == f"{request.files[0]} 表!D2"
    assert found.verdicts[0].outcome == "unknown"


def test_the_manifest_says_which_file_stands(plan: Plan, make_workbook: MakeWorkbook) -> None:
    request = _request(make_workbook, (Replacement("甲校.xlsx", "甲校-修改后(2).xlsx"),))
    found = assess(plan, request)
    assert found.verdicts[0].numerator == 99
    assert [(each.code, each.file) for each in found.findings] == [("PC219", ""), ("PC234", str(request.files[0]))]
    assert str(request.files[0]) not in found.files


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([("甲校.xlsx", "没有.xlsx")], "不在本次上报表之中"),
        ([("没有.xlsx", "甲校.xlsx")], "不在本次上报表之中"),
        ([("甲校.xlsx", "甲校.xlsx")], "它又被自己取代"),
        ([("甲校.xlsx", "甲校-修改后(2).xlsx"), ("甲校-修改后(2).xlsx", "甲校.xlsx")], "它又被自己取代"),
    ],
)
def test_an_entry_that_fits_nothing_sets_nothing_aside(
    entries: list[tuple[str, str]], why: str, plan: Plan, make_workbook: MakeWorkbook
) -> None:
    found = assess(plan, _request(make_workbook, tuple(Replacement(*entry) for entry in entries)))
    (finding,) = (each for each in found.findings if each.code == "PC233")
    assert why in message("PC233", finding.params, "zh")
    assert len(found.files) == 3 - len(entries)


def test_a_name_that_two_files_bear_is_no_choice(plan: Plan, tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    files = tuple(
        make_workbook({"表": [HEAD, [code, "校", "小学", 100, 99]]}, name=f"{folder}/1.xlsx")
        for folder, code in (("a", "1001"), ("b", "1002"))
    )
    found = assess(plan, Request(files, year=2023, replacements=(Replacement("1.xlsx", "b/1.xlsx"),)))
    assert [each.params["why"] for each in found.findings if each.code == "PC233"] != []
    named = assess(plan, Request(files, year=2023, replacements=(Replacement("a/1.xlsx", "b/1.xlsx"),)))
    assert list(named.files) == [str(files[1])]


def test_campuses_in_files_of_their_own_are_added_up(plan: Plan, make_workbook: MakeWorkbook) -> None:
    roster = make_workbook(
        {"名录": [["标识码", "学校名称", "学段", "校区"], ["1001", "甲校", "小学", "东校区、西校区"]]},
        name="roster.xlsx",
    )
    one = make_workbook({"表": [HEAD, ["1001", "东校区", "小学", 100, 90]]}, name="东.xlsx")
    rows = [["指标", "填报值"], ["标识码", "1001"], ["学校名称", "西校区"], ["测试人数", 50], ["合格人数", 45]]
    form = make_workbook({"自查表": rows}, name="西.xlsx")
    other = make_workbook({"表": [HEAD, ["1001", "西校区", "小学", 50, 45]]}, name="西2.xlsx")
    found = assess(plan, Request((one, other), year=2023, roster=roster))
    assert (found.verdicts[0].numerator, found.verdicts[0].denominator) == (135, 150)
    alone = assess(plan, Request((form,), year=2023, roster=roster))
    assert alone.verdicts[0].numerator == 45


def test_a_manifest_is_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yaml"
    path.write_text("supersedes:\n  - {file: a.xlsx, by: b.xlsx}\n", encoding="utf-8")
    assert read_manifest(path) == (Replacement("a.xlsx", "b.xlsx"),)


@pytest.mark.parametrize(
    ("text", "code", "cell"),
    [
        (b"", "PC101", ""),
        (b"- a\n", "PC108", "1:1"),
        (b"supersedes:\n  - {file: a.xlsx, bye: b.xlsx}\n", "PC106", "2:20"),
        (b"replaces: []\n", "PC106", "1:1"),
        (b"supersedes: [\n", "PC102", "2:1"),
        ("supersedes: [{file: 甲, by: 乙}]".encode("gbk"), "PC101", "1:21"),
    ],
)
def test_what_is_wrong_with_a_manifest_is_said(text: bytes, code: str, cell: str, tmp_path: Path) -> None:
    path = tmp_path / "manifest.yaml"
    path.write_bytes(text)
    with pytest.raises(PlanUnusable) as unusable:
        read_manifest(path)
    assert (code, cell) in [(each.code, each.cell) for each in unusable.value.findings]


def test_a_manifest_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlanUnusable) as unusable:
        read_manifest(tmp_path)
    assert unusable.value.findings[0].code == "PC101"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-08-31", "2021-08-31"),
        ("2021.8.31", "2021-08-31"),
        ("２０２１／８／３１", "2021-08-31"),
        ("2021年8月31日", "2021-08-31"),
        ("20210831", "2021-08-31"),
        ("2021-08-31 00:00:00", "2021-08-31"),
        ("2021年8月", "2021-08-01"),
        ("2021", "2021-01-01"),
        ("2021年", "2021-01-01"),
        ("2021-13-01", None),
        ("45170", None),
        ("去年", None),
    ],
)
def test_a_date_is_read_as_people_write_it(written: str, day: str | None) -> None:
    assert iso_day(written) == day


def test_a_code_beside_another_schools_name_says_whose_each_is(plan: Plan, make_workbook: MakeWorkbook) -> None:
    roster = make_workbook(
        {"名录": [["标识码", "学校名称", "学段"], ["1001", "甲校", "小学"], ["1002", "乙校", "小学"]]},
        name="roster.xlsx",
    )
    rows = [["标识码", "学校名称", "学段", "测试人数", "合格人数"], ["1001", "乙校", "小学", 100, 99]]
    found = assess(plan, Request((make_workbook({"表": rows}),), year=2023, roster=roster))
    (finding,) = (each for each in found.findings if each.code == "PC269")
    assert (finding.sheet, finding.cell) == ("表", "A2")
    assert message("PC269", finding.params, "zh") == (
        "标识码 1001 是“甲校”的，校名“乙校”却是另一所学校的（乙校 1002），其数据未计入"
    )
