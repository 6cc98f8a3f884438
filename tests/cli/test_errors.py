"""Whatever goes wrong is said in one language, in a line, with the right exit code and without a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plancheck.cli.files import write_atomically
from plancheck.model import Assessment
from tests.cli.conftest import Line


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize(
    ("arguments", "zh"),
    [
        (["run"], "错误：缺少上报表"),
        (["run", "nosuch.xlsx"], "错误：路径不存在：nosuch.xlsx"),
        (["run", "empty"], "错误：没有可核查的上报表：empty"),
        (["run", "returns.xlsx", "--foo"], "错误：没有选项 --foo"),
        (["run", "returns.xlsx", "--rooster", "x"], "错误：没有选项 --rooster（是否应为 --roster？）"),
        (["run", "returns.xlsx", "--levle", "unit"], "错误：没有选项 --levle（是否应为 --level？）"),
        (["run", ""], "错误：路径不存在：“”"),
        (["run", "returns.xlsx", "--only", "fitness"], "错误：--only 不能是“fitness”（是否应为 fitness_pass_rate？）"),
        (["run", "returns.xlsx", "--year"], "错误：选项 --year 缺少值"),
        (["run", "returns.xlsx", "--year", "23"], "错误：--year 不能是“23”，应为：四位年份，如 2023"),
        (
            ["run", "returns.xlsx", "--as-of", "31.1.2026"],
            "错误：--as-of 不能是“31.1.2026”，应为：形如 2026-01-31 的日期",
        ),
        (["run", "returns.xlsx", "--jobs", "-1"], "错误：--jobs 不能是“-1”，应为：整数（0 表示自动）"),
        (
            ["run", "returns.xlsx", "--format", "jsn"],
            "错误：--format 不能是“jsn”（是否应为 json？），应为：table、json、csv",
        ),
        (["run", "returns.xlsx", "--level", "school"], "错误：--level 不能是“school”，应为：district、unit"),
        (["run", "returns.xlsx", "--roster", "no.xlsx"], "错误：路径不存在：no.xlsx"),
        (["run", "returns.xlsx", "--force"], "错误：--force 须与 --output 或 --marked 同用"),
        (["run", "returns.xlsx", "-o", "empty"], "错误：无法写入 empty：这是文件夹"),
        (["run", "returns.xlsx", "--baseline", "empty"], "错误：无法读取 empty：这是文件夹"),
        (["runn", "returns.xlsx"], "错误：没有命令 runn（是否应为 run？）"),
        (["--lang", "fr", "run"], "错误：--lang 不能是“fr”，应为：zh、en"),
        (["explain", "no_such_rate"], "错误：没有名为“no_such_rate”的代码或指标"),
        (["explain", "6", "--unit", "1"], "错误：--unit 须同时给出上报表"),
        (["schema", "no"], "错误：内容 不能是“no”，应为：plan、assessment"),
        (["list", "codess"], "错误：内容 不能是“codess”（是否应为 codes？）"),
        (["schema", "plan", "x"], "错误：多余的参数：x"),
        (["schema", "plan", "x", "y"], "错误：多余的参数：x y"),
        (["run", "returns.xlsx", "--quiet=1"], "错误：选项 --quiet 不带值"),
        (["run", "returns.xlsx", "--only", "，"], "错误：--only 不能是“，”，应为：指标编号"),
        (["run", "returns.xlsx", "--fail-on", ""], "错误：--fail-on 不能是“”，应为：not_met、behind"),
        (["run", "returns.xlsx", "--level", ","], "错误：--level 不能是“,”，应为：district、unit"),
        (["run", "returns.xlsx", "--only", ""], "错误：--only 不能是“”，应为：指标编号"),
    ],
)
def test_errors_of_use(line: Line, arguments: list[str], zh: str) -> None:
    Path("empty").mkdir()
    result = line(*arguments)
    assert result.code == 2
    assert not result.out
    assert next(text for text in result.err.splitlines() if text.startswith("错误")).startswith(zh)
    assert "Traceback" not in result.err


@pytest.mark.usefixtures("judged")
def test_an_unknown_indicator_is_not_guessed(line: Line) -> None:
    result = line("run", "returns.xlsx", "--only", "fitnes_pass_rate", "--lang", "en")
    assert result.code == 2
    assert result.err.endswith(
        "Error: --only cannot be 'fitnes_pass_rate' (did you mean fitness_pass_rate?); "
        "it must be: an id or a number from plancheck list indicators\n"
    )


@pytest.mark.usefixtures("judged")
def test_help_is_pointed_to(line: Line) -> None:
    assert line("run", "--foo").err.endswith("用 plancheck run --help 查看用法。\n")
    assert line("foo").err.endswith("用 plancheck --help 查看用法。\n")


@pytest.mark.usefixtures("judged")
def test_a_faulty_plan_is_exit_2_with_line_and_column(line: Line) -> None:
    Path("bad.yaml").write_text("plan:\n  id: x\n  id: y\n", encoding="utf-8")
    result = line("run", "returns.xlsx", "--plan", "bad.yaml")
    assert result.code == 2
    assert "bad.yaml:3:3: PC103 yaml-duplicate-key: 键“id”重复，首次出现在第 2 行\n    删去其中一处。\n" in result.err
    assert "错误：" not in result.err


def test_a_bug_is_one_line_and_exit_70(line: Line, judged: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Assessment:
        raise ZeroDivisionError("a\x1b[2Jb\nc")

    assert callable(judged)
    monkeypatch.setattr("plancheck.pipeline.assess", fail)
    result = line("run", "returns.xlsx", "-q")
    assert result.code == 70
    assert result.err.startswith("PC901 internal: plancheck 内部错误：ZeroDivisionError: a[2Jb c (test_errors.py:")
    assert result.err.count("\n") == 1
    with pytest.raises(ZeroDivisionError):
        line("run", "returns.xlsx", "-q", "--traceback")


def test_an_interrupt_is_130(line: Line, judged: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> Assessment:
        raise KeyboardInterrupt

    assert callable(judged)
    monkeypatch.setattr("plancheck.pipeline.assess", interrupted)
    result = line("run", "returns.xlsx", "-q")
    assert result.code == 130
    assert result.err.splitlines()[-1] == "已中断"


def test_a_write_that_fails_keeps_the_old_file(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half of it"
        raise OSError("disk full")

    file = tmp_path / "out.json"
    file.write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match="disk full"):
        write_atomically(file, broken())
    assert file.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]
