"""Where results may go: a file a format, by its suffix; nothing overwritten, no input touched, one line when it cannot be."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from plancheck.reports.formats import FORMATS
from tests.cli.conftest import Line

pytestmark = pytest.mark.usefixtures("judged")


def _left(*expected: str) -> None:
    assert sorted(path.name for path in Path().iterdir()) == sorted(("indicators.yaml", "returns.xlsx", *expected))


def test_one_run_writes_every_format_by_its_suffix(line: Line) -> None:
    names = [f"out{suffix}" for each in FORMATS.values() for suffix in each.suffixes]
    result = line("run", "returns.xlsx", "-q", *(part for name in names for part in ("-o", name)))
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines() == [f"已写入 {name}" for name in names]
    _left(*names)
    assert json.loads(Path("out.json").read_bytes())["exit"] == 1
    assert Path("out.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_screen_is_one_more_place(line: Line) -> None:
    result = line("run", "returns.xlsx", "-q", "-o", "out.JSON", "-o", "-", "--format", "csv")
    assert result.out.startswith("\ufeff年度,")
    assert json.loads(Path("out.JSON").read_bytes())["exit"] == 1


def test_a_suffix_that_says_nothing_takes_the_format_given(line: Line) -> None:
    assert line("run", "returns.xlsx", "-q", "-o", "result", "--format", "json").code == 1
    assert json.loads(Path("result").read_bytes())["exit"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "result"], "错误：从文件名 result 看不出格式；请用后缀 .txt、"),
        (["-o", "out.jsn"], "错误：从文件名 out.jsn 看不出格式"),
        (["-o", "out.json", "-o", "./out.json"], "错误：./out.json 指定了两次"),
        (["-o", "-", "-o", "-"], "错误：- 指定了两次"),
        (["--format", "xlsx"], "错误：格式 xlsx 只能写入文件，如 -o result.xlsx\n"),
        (["-o", "out.json", "-o", "-", "--format", "docx"], "错误：格式 docx 只能写入文件，如 -o result.docx\n"),
        (["-o", "out.json", "--format", "csv"], "错误：--format csv 与 out.json 的后缀（json）矛盾"),
        (["-o", "nowhere/out.json"], "错误：无法写入 nowhere/out.json：文件夹或文件不存在"),
        (["-o", "returns.xlsx/out.json"], "错误：无法写入 returns.xlsx/out.json：文件夹或文件不存在"),
        (["-o", "folder"], "错误：无法写入 folder：这是文件夹"),
        (["-o", "folder.json"], "错误：无法写入 folder.json：这是文件夹"),
        (["-o", "link.json", "--force"], "错误：link.json 是链接或设备，不能写入"),
        (["-o", "old.json"], "错误：old.json 已存在；加 --force 覆盖"),
        (["-o", "old.json", "-o", "new.json"], "错误：old.json 已存在；加 --force 覆盖"),
    ],
)
def test_what_cannot_be_written_is_said_before_any_work(
    line: Line, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("plancheck.pipeline.assess", never)
    Path("folder").mkdir()
    Path("folder.json").mkdir()
    Path("old.json").write_text("old", encoding="utf-8")
    Path("link.json").symlink_to("old.json")
    result = line("run", "returns.xlsx", "-q", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(words)
    assert result.err.count("\n") == 1
    assert Path("old.json").read_text(encoding="utf-8") == "old"
    _left("folder", "folder.json", "old.json", "link.json")


def test_a_folder_that_may_not_be_written_to(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # the tests may run as root, who may write everywhere
    result = line("run", "returns.xlsx", "-q", "-o", "out.json")
    assert (result.code, result.err) == (2, "错误：无法写入 out.json：没有权限\n")


@pytest.mark.parametrize("output", ["roster.csv", "sub/../roster.csv", "hard.csv"])
def test_a_roster_found_beside_the_returns_is_an_input_too(
    line: Line, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    Path("sub").mkdir()
    Path("roster.csv").write_bytes(b"names")
    Path("hard.csv").hardlink_to("roster.csv")
    monkeypatch.setattr("plancheck.pipeline.find_roster", lambda _: Path("roster.csv"))
    result = line("run", "returns.xlsx", "-q", "-o", output, "--force")
    assert (result.code, result.err) == (2, f"错误：{Path(output)} 是输入文件，不能覆盖\n")
    assert Path("roster.csv").read_bytes() == b"names"


def test_a_result_is_not_put_where_the_next_run_takes_it_for_a_return(line: Line) -> None:
    Path("in").mkdir()
    Path("in", "a.xlsx").write_bytes(b"")
    result = line("run", "in", "-q", "-o", "in/result.csv", "--lang", "en")
    assert result.code == 2
    assert result.err.startswith("Error: in/result.csv lies in the folder of returns")
    assert line("run", "in", "-q", "-o", "in/result.json").code == 1


def test_a_format_whose_extra_is_missing_says_how_to_get_it(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plancheck.reports.formats.find_spec", lambda _: None)
    result = line("run", "returns.xlsx", "-o", "report.docx", "--lang", "en")
    assert (result.code, result.out) == (2, "")
    assert 'pip install "plancheck[docx]"' in result.err
    _left()
