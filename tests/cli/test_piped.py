"""A return from standard input: read by its content, beside files, bounded, and never waited for at a terminal."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from hashlib import sha256
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

import plancheck
from plancheck.returns.limits import LIMITS
from tests.cli.conftest import Line

ROOT = Path(plancheck.__file__).parents[1]
EXAMPLES = ROOT / "examples"
RUN = ("--plan", str(ROOT / "indicators.yaml"), "--as-of", "2024-01-15", "--format", "json")


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that puts bytes into standard input."""
    return lambda data: monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(data)))


def _figures(document: str) -> list[tuple[object, ...]]:
    return [
        (each["indicator"], each["unit"], each["outcome"], each["numerator"], each["denominator"])
        for each in json.loads(document)["verdicts"]
    ]


def test_a_workbook_gives_what_its_file_gives(line: Line, pipe: Any) -> None:
    data = (EXAMPLES / "returns.xlsx").read_bytes()
    roster = ("--roster", str(EXAMPLES / "roster.xlsx"))
    pipe(data)
    piped = line("run", "-", *RUN, *roster)
    named = line("run", str(EXAMPLES / "returns.xlsx"), *RUN, *roster)
    assert _figures(piped.out) == _figures(named.out)
    assert piped.code == named.code == 1
    document = json.loads(piped.out)
    assert {each["file"] for each in document["rows"]} == {"-"}
    assert {each["file"] for each in document["verdicts"][0]["readings"]} == {"-"}
    assert document["files"] == {"-": sha256(data).hexdigest()}


def test_no_roster_is_taken_from_the_working_folder(line: Line, pipe: Any) -> None:
    Path("roster.xlsx").write_bytes((EXAMPLES / "roster.xlsx").read_bytes())
    pipe((EXAMPLES / "returns.xlsx").read_bytes())
    assert json.loads(line("run", "-", *RUN).out)["roster"] is None


def test_text_is_told_by_its_content_and_read_beside_files(line: Line, pipe: Any) -> None:
    head = ["学校标识码", "学校名称", "学段", "参加测试人数", "优秀人数", "良好人数", "及格人数"]
    text = StringIO()
    csv.writer(text).writerows([head, ["2111160001", "甲小学", "小学", 40, 10, 10, 20]])
    Path("b.csv").write_text("\n".join((",".join(head), "2111160002,乙小学,小学,60,0,0,57")), encoding="utf-8")
    pipe(text.getvalue().encode("gb18030"))
    result = line("run", "-", "b.csv", *RUN, "--year", "2023", "--only", "6")
    (verdict,) = json.loads(result.out)["verdicts"]
    # 40 of 40 and 57 of 60 pass: 97 of 100
    assert (verdict["numerator"], verdict["denominator"]) == ("97", "100")
    assert [each["file"] for each in verdict["readings"] if each["element"] == "fit_tested"] == ["-", "b.csv"]


def test_a_file_of_that_name_is_a_file(line: Line, pipe: Any) -> None:
    pipe(b"")
    Path("-").write_bytes((EXAMPLES / "school.xlsx").read_bytes())
    found = json.loads(line("run", "./-", *RUN, "--year", "2023").out)
    assert {Path(each["file"]) for each in found["rows"]} == {Path("-").absolute()}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "-", "-"), "错误：- 指定了两次\n"),
        (("run", "-", "a.csv", "-"), "错误：- 指定了两次\n"),
        (("diff", "-", "-"), "错误：- 指定了两次\n"),
    ],
)
def test_it_can_be_named_once_only(line: Line, pipe: Any, arguments: tuple[str, ...], message: str) -> None:
    pipe(b"")
    result = line(*arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_nothing_in_it_is_a_finding_and_the_rest_goes_on(line: Line, pipe: Any) -> None:
    pipe(b"")
    result = line("run", "-")
    assert (result.code, "标准输入  PC202 file-empty\n    文件是空的（0 字节）\n" in result.out) == (3, True)
    pipe(b"")
    beside = json.loads(line("run", "-", str(EXAMPLES / "school.xlsx"), *RUN).out)
    assert [(each["code"], each["file"]) for each in beside["findings"] if each["severity"] == "error"] == [
        ("PC202", "-")
    ]
    assert beside["verdicts"]


def test_a_stream_without_end_is_cut_off_at_the_limit(line: Line, monkeypatch: pytest.MonkeyPatch, pipe: Any) -> None:
    monkeypatch.setitem(LIMITS, "file", replace(LIMITS["file"], most=1000))
    pipe(b"a,b\n" * 250)
    assert "PC206" not in line("inspect", "-", "-q").out
    pipe(b"a,b\n" * 251)
    result = line("inspect", "-", "-q")
    assert "标准输入  PC206 file-over-limit" in result.out
    assert "文件大小（字节） 为 1,000 以上，上限 1,000" in result.out
    assert result.code == 3


def test_no_stream_and_no_pipe_are_said(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    for arguments in (("run", "-"), ("inspect", "-"), ("explain", "6", "-"), ("diff", "-", "a.xlsx")):
        result = line(*arguments)
        assert (result.code, result.out) == (2, "")
        assert "错误：“-”表示读取标准输入，但没有传入内容；用法如 plancheck run - < 上报表.xlsx\n" in result.err


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal made by a test is a matter of POSIX")
def test_at_a_terminal_it_does_not_wait() -> None:
    if sys.platform != "win32":  # said again for the type checker
        import pty

        leader, terminal = pty.openpty()
        try:
            result = subprocess.run(
                [sys.executable, "-m", "plancheck", "run", "-", "--lang", "en"],
                stdin=terminal, capture_output=True, check=False, timeout=60, text=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
        finally:
            os.close(leader)
            os.close(terminal)
        assert result.returncode == 2
        assert "'-' reads standard input, and nothing is piped in; for instance: plancheck run - < return.xlsx" in (
            result.stderr
        )


def test_a_copy_is_marked_and_outputs_are_written(line: Line, pipe: Any) -> None:
    pipe((EXAMPLES / "school.xlsx").read_bytes())
    result = line("run", "-", "--year", "2023", "--marked", "back", "-o", "out.xlsx", "-o", "-")
    (copy,) = Path("back").iterdir()
    assert copy.name == "stdin-marked.xlsx"
    sheets = openpyxl.load_workbook(EXAMPLES / "school.xlsx").sheetnames
    assert set(sheets) < set(openpyxl.load_workbook(copy).sheetnames)
    written = openpyxl.load_workbook("out.xlsx")
    cells = {cell.value for sheet in written for row in sheet.iter_rows() for cell in row}
    assert "标准输入" in cells
    assert result.out.startswith("可提交\n")


def test_it_is_inspected_explained_and_compared(line: Line, pipe: Any) -> None:
    data = (EXAMPLES / "school.xlsx").read_bytes()
    pipe(data)
    assert line("inspect", "-", "--plan", str(ROOT / "indicators.yaml")).out.startswith("标准输入\n")
    pipe(data)
    traced = line("explain", "6", "-", "--unit", "2111160018", "--plan", str(ROOT / "indicators.yaml"))
    assert "标准输入 › " in traced.out
    pipe(data)
    same = line("diff", "-", str(EXAMPLES / "school.xlsx"), "--plan", str(ROOT / "indicators.yaml"))
    assert same.code == 0
