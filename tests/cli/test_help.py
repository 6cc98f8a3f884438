"""Help in both languages fits the screen and is whole."""

from __future__ import annotations

import pytest

from plancheck.cli.program import program
from plancheck.language import LANGS, Lang
from plancheck.reports.formats import FORMATS
from plancheck.reports.page import width
from plancheck.wording import WORDS
from tests.cli.conftest import Line

COMMANDS = ("", *(str(each.name) for each in program(()).registered_commands))


@pytest.mark.parametrize("columns", [60, 80, 100])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_and_nothing_is_cut(
    line: Line, monkeypatch: pytest.MonkeyPatch, command: str, lang: Lang, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    result = line(*filter(None, (command,)), "--help", "--lang", lang)
    assert result.code == 0
    assert not result.err
    assert "…" not in result.out
    assert max(map(width, result.out.splitlines())) <= columns
    whole = result.out.replace("\n", "").replace(" ", "")
    assert WORDS[f"help.{command or 'plancheck'}"].say(lang).replace(" ", "") in whole


def test_help_speaks_one_language(line: Line) -> None:
    chinese = line("run", "--help").out
    assert chinese.startswith("用法：plancheck run [选项] 上报表...")
    assert "  -o, --output 文件" in chinese
    for english in ("Usage", "Options", "Arguments", "Show this", "FILE"):
        assert english not in chinese
    english = line("run", "--help", "--lang", "en").out
    assert english.startswith("Usage: plancheck run [OPTIONS] RETURNS...")
    assert english.isascii() or set(filter(lambda character: ord(character) > 127, english)) == set("名录")


def test_every_option_of_run_is_in_its_help(line: Line) -> None:
    text = line("run", "--help").out
    for option in (
        "--plan", "--year", "--roster", "--manifest", "--history", "--waivers", "--rulings", "--only", "--all", "--level", "--by", "--format", "--output", "--marked", "--force", "--fail-on",
        "--baseline", "--public", "--public-min", "--anonymous", "--exit-zero",
        "--as-of", "--jobs", "--quiet", "--verbose", "--lang", "--traceback", "--help",
    ):  # fmt: skip
        assert option in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_help_names_each_suffix_that_is_written(line: Line, lang: Lang) -> None:
    text = line("run", "--help", "--lang", lang).out
    assert [form for form, each in FORMATS.items() if each.suffixes and each.suffixes[0] not in text] == []


def test_without_a_command_there_is_help_and_exit_2(line: Line) -> None:
    result = line()
    assert result.code == 2
    assert "命令：" in result.out
