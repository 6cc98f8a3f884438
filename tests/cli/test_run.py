"""`plancheck run`: forms, files, exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from plancheck.model import Assessment
from plancheck.pipeline import Request
from tests.cli.conftest import Line
from tests.reports.fixture import assessment

Judged = Callable[[Assessment], None]


@pytest.mark.parametrize("code", [0, 1, 3])
def test_exit_code_is_that_of_the_assessment(line: Line, judged: Judged, code: int) -> None:
    judged(replace(assessment(), exit_code=code))
    assert line("run", "returns.xlsx").code == code


@pytest.mark.usefixtures("judged")
def test_table_goes_to_stdout_and_the_plan_to_stderr(line: Line) -> None:
    result = line("run", "returns.xlsx")
    assert "中小学生体质健康测试达标率" in result.out
    assert result.err == "规划：indicators.yaml\n"
    assert "\x1b" not in result.out
    assert all(text == text.rstrip() for text in result.out.splitlines())


@pytest.mark.usefixtures("judged")
def test_quiet_says_verdicts_only(line: Line) -> None:
    result = line("run", "returns.xlsx", "-q")
    assert not result.err
    assert "PC301" not in result.out


@pytest.mark.usefixtures("judged")
def test_json_and_csv(line: Line) -> None:
    assert json.loads(line("run", "returns.xlsx", "--format", "json").out)["schema"] == "plancheck/assessment/1"
    assert line("run", "returns.xlsx", "--format", "csv", "--lang", "en").out.startswith("\ufeffYear,No.,")


@pytest.mark.usefixtures("judged")
def test_output_is_the_same_document_in_a_file(line: Line) -> None:
    printed = line("run", "returns.xlsx", "--format", "json").out
    result = line("run", "returns.xlsx", "--format", "json", "-o", "out.json")
    assert result.code == 1
    assert not result.out
    assert "已写入 out.json" in result.err
    assert Path("out.json").read_text(encoding="utf-8") == printed
    assert sorted(path.name for path in Path().iterdir()) == ["indicators.yaml", "out.json", "returns.xlsx"]


@pytest.mark.usefixtures("judged")
def test_a_table_in_a_file_has_no_colour(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    line("run", "returns.xlsx", "-o", "out.txt")
    text = Path("out.txt").read_text(encoding="utf-8")
    assert "✗ 未达标" in text
    assert "\x1b" not in text


@pytest.mark.usefixtures("judged")
def test_colour_on_demand_leaves_the_text_alone(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = line("run", "returns.xlsx", "-q").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    painted = line("run", "returns.xlsx", "-q").out
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain


@pytest.mark.usefixtures("judged")
def test_a_file_is_replaced_only_by_force(line: Line) -> None:
    Path("out.json").write_text("old", encoding="utf-8")
    refused = line("run", "returns.xlsx", "-o", "out.json")
    assert refused.code == 2
    assert refused.err.endswith("错误：out.json 已存在；加 --force 覆盖\n")
    assert Path("out.json").read_text(encoding="utf-8") == "old"
    assert line("run", "returns.xlsx", "-o", "out.json", "--force").code == 1
    assert Path("out.json").read_text(encoding="utf-8") != "old"


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize("output", ["returns.xlsx", "./returns.xlsx", "indicators.yaml"])
def test_an_input_is_never_written(line: Line, output: str) -> None:
    before = Path(output).read_bytes()
    form = ("--format", "table") if output.endswith("yaml") else ()
    result = line("run", "returns.xlsx", "-o", output, *form, "--force")
    assert result.code == 2
    assert "是输入文件" in result.err
    assert Path(output).read_bytes() == before


@pytest.mark.usefixtures("judged")
def test_a_file_that_cannot_be_written_leaves_nothing_behind(line: Line) -> None:
    result = line("run", "returns.xlsx", "-o", "no/such/folder.json")
    assert result.code == 2
    assert "无法写入 no/such/folder.json" in result.err


def test_the_request_is_what_was_asked_for(line: Line, judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Request] = []

    def remember(_plan: object, request: Request, _told: object) -> Assessment:
        asked.append(request)
        return assessment()

    assert callable(judged)
    Path("roster.xlsx").write_bytes(b"")
    monkeypatch.setattr("plancheck.pipeline.assess", remember)
    line(
        "run", "returns.xlsx", "--year", "2023", "--roster", "roster.xlsx", "--only", "green_school_rate，6", "--only", "6",
        "--level", "unit", "--level", "district", "--by", "township", "--fail-on", "behind,unknown", "--as-of", "2026-01-31",
        "--jobs", "2",
    )  # fmt: skip
    assert asked == [
        Request(
            (Path("returns.xlsx"),),
            2023,
            Path("roster.xlsx"),
            ("fitness_pass_rate", "green_school_rate"),
            frozenset({"unit", "district"}),
            "township",
            frozenset({"behind", "unknown"}),
            2,
            "2026-01-31",
            covered_only=True,
        )
    ]


def test_all_asks_for_every_indicator(line: Line, judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Request] = []

    def remember(_plan: object, request: Request, _told: object) -> Assessment:
        asked.append(request)
        return assessment()

    assert callable(judged)
    monkeypatch.setattr("plancheck.pipeline.assess", remember)
    line("run", "returns.xlsx", "--all")
    assert [request.covered_only for request in asked] == [False]


def test_the_packaged_plan_is_named(line: Line, judged: Judged) -> None:
    assert callable(judged)
    Path("indicators.yaml").unlink()
    assert "自带的 “十四五”时期怀柔区教育事业发展行动计划" in line("run", "returns.xlsx").err


def test_only_what_the_baseline_did_not_have_fails(line: Line, judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Request] = []

    def remember(_plan: object, request: Request, _told: object) -> Assessment:
        asked.append(request)
        return replace(assessment(), known=request.known, exit_code=0)

    assert callable(judged)
    line("run", "returns.xlsx", "-q", "-o", "before.json")
    monkeypatch.setattr("plancheck.pipeline.assess", remember)
    result = line("run", "returns.xlsx", "--baseline", "before.json")
    assert result.code == 0
    assert "budget||2023|not_met" in asked[0].known
    assert "基线中已有、不影响退出码的 8 处" in result.out


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize(
    ("baseline", "words"),
    [
        ("none.json", "错误：路径不存在：none.json\n"),
        ("returns.xlsx", "错误：returns.xlsx 不是 plancheck 的 JSON 结果\n"),
        (".", "错误：无法读取 .：这是文件夹\n"),
    ],
)
def test_a_baseline_that_is_none(line: Line, baseline: str, words: str) -> None:
    result = line("run", "returns.xlsx", "-q", "--baseline", baseline)
    assert (result.code, result.err) == (2, words)


@pytest.mark.usefixtures("judged")
def test_a_baseline_is_an_input(line: Line) -> None:
    line("run", "returns.xlsx", "-q", "-o", "before.json")
    result = line("run", "returns.xlsx", "-q", "--baseline", "before.json", "-o", "before.json", "--force")
    assert (result.code, result.err) == (2, "错误：before.json 是输入文件，不能覆盖\n")


@pytest.mark.parametrize("code", [0, 1, 3])
def test_exit_zero_hides_the_result_but_no_misuse(line: Line, judged: Judged, code: int) -> None:
    judged(replace(assessment(), exit_code=code))
    assert line("run", "returns.xlsx", "--exit-zero").code == 0
    assert line("run", "nowhere.xlsx", "--exit-zero").code == 2


@pytest.mark.usefixtures("judged")
def test_a_public_version_says_so(line: Line) -> None:
    result = line("run", "returns.xlsx", "--public", "--public-min", "8", "--anonymous", "--level", "unit")
    assert result.code == 1
    assert "公开版：涉及人数少于 8 的数值不公布" in result.out.replace("\n", "")
    assert "甲小学" not in result.out
    assert "PC301" not in result.out


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize("option", [("--anonymous",), ("--public-min", "3")])
def test_what_goes_with_public_goes_with_it_only(line: Line, option: tuple[str, ...]) -> None:
    result = line("run", "returns.xlsx", "-q", *option)
    assert (result.code, result.err) == (2, f"错误：{option[0]} 须与 --public 同用\n")
