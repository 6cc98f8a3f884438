"""The smaller commands: lint, list, explain, schema, inspect."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plancheck.model import Assessment, Finding, Return
from plancheck.pipeline import Request, Submission
from tests.cli.conftest import Line
from tests.reports.fixture import FINDINGS, SHEETS, assessment


def test_lint_of_the_packaged_plan_is_clean(line: Line) -> None:
    result = line("lint")
    assert (result.code, result.out) == (0, "")
    assert result.err.endswith("indicators.yaml：没有问题\n")


def test_lint_prints_faults_and_exits_2(line: Line) -> None:
    Path("bad.yaml").write_text("plan: {}\n", encoding="utf-8")
    result = line("lint", "bad.yaml")
    assert result.code == 2
    assert result.out.startswith("bad.yaml:1:")
    findings = json.loads(line("lint", "bad.yaml", "--format", "json").out)
    assert {finding["severity"] for finding in findings} == {"error"}


def test_list_of_the_packaged_plan_begins_with_the_sixteen_rows_of_its_table(line: Line) -> None:
    listed = json.loads(line("list", "indicators", "--format", "json").out)
    assert len(listed) == 132
    assert [each["no"] for each in listed[:16]] == [str(no) for no in range(1, 18) if no != 7]
    assert "fitness_pass_rate" in line("list").out


@pytest.mark.parametrize("what", ["PC304", "pc304", "percent-ambiguous"])
def test_a_code_is_explained_by_either_name_without_a_plan(line: Line, what: str) -> None:
    result = line("explain", what)
    assert result.out.startswith("PC304 percent-ambiguous\n")
    assert not result.err


@pytest.mark.parametrize("what", ["6", "fitness_pass_rate"])
def test_an_indicator_is_explained_by_id_or_number(line: Line, what: str) -> None:
    assert line("explain", what).out.startswith("6 中小学生体质健康测试达标率 (fitness_pass_rate)\n")


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize(("unit", "head"), [("2101", "2 "), ("2101/primary", "2 ")])
def test_a_verdict_is_traced_for_a_unit(line: Line, unit: str, head: str) -> None:
    result = line("explain", "6", "--unit", unit, "returns.xlsx")
    assert result.code == 0
    assert result.out.startswith(f"{head}中小学生体质健康测试达标率 · =1+1（小学） · 2023 年\n")
    assert "比较         97 ≥ 98？否" in result.out


@pytest.mark.usefixtures("judged")
def test_a_unit_that_is_not_there(line: Line) -> None:
    result = line("explain", "6", "--unit", "999", "returns.xlsx")
    assert result.code == 2
    assert "没有单位“999”" in result.err


def test_a_trace_asks_for_one_indicator_only(line: Line, judged: object, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Request] = []

    def remember(_plan: object, request: Request) -> Assessment:
        asked.append(request)
        return assessment()

    assert callable(judged)
    monkeypatch.setattr("plancheck.pipeline.assess", remember)
    line("explain", "6", "returns.xlsx", "--year", "2023")
    assert asked == [Request((Path("returns.xlsx"),), 2023, None, ("fitness_pass_rate",), frozenset({"district"}))]


@pytest.mark.parametrize(
    ("which", "word"), [("plan", "indicators"), ("assessment", "verdicts"), ("inspect", "sheets"), ("diff", "standing")]
)
def test_schemas(line: Line, which: str, word: str) -> None:
    assert word in json.loads(line("schema", which).out)["properties"]


@pytest.mark.parametrize(("findings", "code"), [(FINDINGS, 1), (FINDINGS[-1:], 3), ((), 0)])
def test_inspect(
    line: Line, judged: object, monkeypatch: pytest.MonkeyPatch, findings: tuple[Finding, ...], code: int
) -> None:
    assert callable(judged)
    sheets = SHEETS[1:]  # the fixture's forms are none of the packaged plan
    found = Submission((Return("returns.xlsx", "c" * 64, (), sheets, findings),), None)
    monkeypatch.setattr("plancheck.pipeline.read", lambda *_: found)
    result = line("inspect", "returns.xlsx")
    assert result.code == code
    assert result.out.splitlines()[2:4] == ["封面", "  不是规划中的报表"]
    document = json.loads(line("inspect", "returns.xlsx", "--format", "json").out)
    assert document["sheets"][0]["left_out"] == {"other": 3}
