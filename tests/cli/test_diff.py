"""`plancheck diff` over real workbooks: a second submission with one cell corrected and one changed in silence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Line
from tests.conftest import ROOT


@pytest.fixture
def submissions(tmp_path: Path) -> tuple[str, str]:
    """Return two submissions: in the second 表3!Q33 is corrected as asked, and 表1!U8 has turned to no."""
    examples = ROOT / "examples"
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        shutil.copy(examples / "roster.xlsx", tmp_path / name)
    shutil.copy(examples / "returns.xlsx", tmp_path / "first" / "returns.xlsx")
    book = openpyxl.load_workbook(examples / "returns.xlsx")
    sheet = book["表3 体质健康"]
    sheet["Q33"] = "98%"
    book["表1 中小学"]["U8"] = "否"
    book.save(tmp_path / "second" / "returns-2.xlsx")
    return "first", "second"


def test_two_submissions(line: Line, submissions: tuple[str, str]) -> None:
    result = line("diff", *submissions, "-q", "--format", "json")
    assert (result.code, result.err) == (0, "")
    found = json.loads(result.out)
    assert [(seen["code"], seen["place"]) for seen in found["fixed"]] == [("PC304", "returns.xlsx 表3 体质健康!Q33")]
    assert found["new"] == []
    codes = [seen["code"] for seen in found["standing"]]
    assert [code for code in codes if code != "unknown"] == ["behind", "behind", "not_met", "behind", "PC401"]
    # Four need a year before 2023 (fitness over three years, short sight, obesity twice), one is not assessable any more.
    assert codes.count("unknown") == 5
    assert {(each["element"], each["asked"], each["before"]["value"], each["after"]["value"]) for each in found["values"]} == {
        ("smart_campus", False, "是", "否"), ("fit_pass_rate_stated", True, None, "98"),
    }  # fmt: skip
    assert [(move["indicator"], move["by"]) for move in found["verdicts"]] == [("smart_campus_coverage_rate", "data")]
    assert (found["units_missing"], found["units_new"], found["rules"]) == ([], [], [])


def test_the_other_way_round_the_fault_is_new_and_the_exit_code_1(line: Line, submissions: tuple[str, str]) -> None:
    result = line("diff", *reversed(submissions), "-q")
    assert result.code == 1
    lines = result.out.splitlines()
    assert lines[0] == "second → first"
    assert lines[1] == "新出现的问题 1"
    assert "PC304" in lines[2]
    assert "智慧校园 2111160002/primary 2023 否 → 是 returns.xlsx 表1" in " ".join(result.out.split())


def test_results_and_submissions_can_be_mixed(line: Line, submissions: tuple[str, str]) -> None:
    line("run", "first", "-q", "-o", "first.json")
    mixed = json.loads(line("diff", "first.json", "second", "-q", "--format", "json").out)
    assert [seen["code"] for seen in mixed["fixed"]] == ["PC304"]
    assert {each["element"] for each in mixed["values"]} == {
        "smart_campus"
    }  # what no verdict rests on is not in a result
    assert submissions == ("first", "second")


def test_two_results_need_no_plan(line: Line, submissions: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in submissions:
        line("run", name, "-q", "-o", f"{name}.json")
    monkeypatch.setattr("plancheck.cli.diff.load_plan", None)
    assert line("diff", "first.json", "second.json").code == 0
    assert line("diff", "second.json", "first.json").code == 1


def test_a_unit_that_no_longer_reports(line: Line, submissions: tuple[str, str]) -> None:
    shutil.copy(ROOT / "examples" / "school.xlsx", "first")
    found = json.loads(line("diff", *submissions, "-q", "--format", "json").out)
    assert (found["units_missing"], found["units_new"]) == (["2111160018/primary"], [])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["a.json", "b.json"], "错误：路径不存在：a.json\n"),
        (["other.json", "other.json"], "错误：other.json 不是 plancheck 的 JSON 结果\n"),
        (["nowhere", "other.json"], "错误：路径不存在：nowhere\n"),
        (["other.json"], "错误：缺少后一次\n"),
        (["empty", "empty"], "错误：没有可核查的上报表：empty\n"),
    ],
)
def test_misuse(line: Line, arguments: list[str], words: str) -> None:
    Path("other.json").write_text('{"schema": "other"}', encoding="utf-8")
    Path("empty").mkdir()
    result = line("diff", *arguments)
    assert result.code == 2
    assert words in result.err
