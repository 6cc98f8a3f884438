"""The examples as documentation: whole commands with their whole output and exit code, also where the README shows them.

`pytest tests/examples/test_expected.py --rewrite` writes the files anew; read the difference before committing it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plancheck.cli import main

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "examples" / "expected"
TRACED = ("explain", "6", "--unit", "2111160018", "examples/school.xlsx")
SLIPPED = ("run", "examples/school-to-correct.xlsx", "--as-of", "2024-01-15")
YEARS = ("run", *(f"examples/returns/{year}" for year in range(2020, 2024)), "--roster", "examples/roster.xlsx",
         "--as-of", "2024-01-15")  # fmt: skip
NATIONAL = ("run", "examples/national/returns.xlsx", "--plan", "examples/national/indicators.yaml",
            "--as-of", "2024-01-15")  # fmt: skip
COMMANDS: dict[str, tuple[tuple[str, ...], int]] = {
    "returns.en.txt": (("run", "examples/returns.xlsx", "--as-of", "2024-01-15", "--lang", "en"), 1),
    "returns.zh.txt": (("run", "examples/returns.xlsx", "--as-of", "2024-01-15", "--lang", "zh"), 1),
    "returns.csv": (("run", "examples/returns.xlsx", "--as-of", "2024-01-15", "--lang", "zh", "--format", "csv"), 1),
    "years.zh.txt": ((*YEARS, "--lang", "zh", "-q"), 1),
    "years.en.txt": ((*YEARS, "--lang", "en", "-q"), 1),
    "by-township.zh.txt": (
        ("run", "examples/returns.xlsx", "--as-of", "2024-01-15", "--only", "6,9", "--by", "township", "--lang", "zh"),
        1,
    ),
    "national.zh.txt": ((*NATIONAL, "--lang", "zh"), 1),
    "national.en.txt": ((*NATIONAL, "--lang", "en"), 1),
    "school.zh.txt": (("run", "examples/school.xlsx", "--as-of", "2024-01-15", "--lang", "zh"), 0),
    "school.en.txt": (("run", "examples/school.xlsx", "--as-of", "2024-01-15", "--lang", "en"), 0),
    "school-to-correct.zh.txt": ((*SLIPPED, "--lang", "zh"), 1),
    "school-to-correct.en.txt": ((*SLIPPED, "--lang", "en"), 1),
    "ledgers.zh.txt": (("inspect", "examples/returns/2022/ledgers.xlsx", "--lang", "zh"), 1),
    "inspect.zh.txt": (("inspect", "examples/returns.xlsx", "--lang", "zh"), 1),
    "explain.zh.txt": ((*TRACED, "--lang", "zh"), 0),
    "explain.en.txt": ((*TRACED, "--lang", "en"), 0),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_over_the_examples(
    name: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    arguments, code = COMMANDS[name]
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    assert main(list(arguments)) == code
    out = capfd.readouterr().out
    if request.config.getoption("--rewrite"):
        EXPECTED.mkdir(exist_ok=True)
        (EXPECTED / name).write_bytes(out.encode())
    assert out.encode() == (EXPECTED / name).read_bytes()


SCREENS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "README.md": (
        "returns.en.txt",
        (
            ("Huairou District", "with all returns"),
            ("6 Fitness-test", "on the path this year: 96.60%"),
            ("14 Public education", "on the path this year: 100%"),
            ("Where the gap lies", "the first 3"),
            ("indicators (", "Exit 1"),
        ),
    ),
    "README.zh-CN.md": (
        "returns.zh.txt",
        (
            ("“十四五”时期", "缺报补齐后"),
            ("6 中小学生", "序时值 96.60%"),
            ("14 确保", "序时值 100%"),
            ("差距在哪里", "前 3 个"),
            ("30 项", "退出码 1"),
        ),
    ),
}
"""The parts of a screen that a README shows, each by how its first line and its last begin."""


def _shortened(screen: str, parts: tuple[tuple[str, str], ...]) -> str:
    lines = screen.splitlines()
    kept = []
    end = 0
    for first, last in parts:
        begin = next(at for at in range(end, len(lines)) if lines[at].strip().startswith(first))
        end = next(at for at in range(begin, len(lines)) if lines[at].strip().startswith(last)) + 1
        kept.append("\n".join(lines[begin:end]))
    return "\n…\n".join(kept)


@pytest.mark.parametrize("readme", SCREENS)
def test_the_readme_shows_a_real_screen(readme: str, request: pytest.FixtureRequest) -> None:
    """It is the expected screen, with marks where something is left out, from the title to the exit code."""
    name, parts = SCREENS[readme]
    text = (ROOT / readme).read_text(encoding="utf-8")
    shown = re.search(r"<!-- screen -->\n```text\n(.+?)\n```", text, re.DOTALL)
    assert shown is not None
    wanted = _shortened((EXPECTED / name).read_text(encoding="utf-8"), parts)
    if request.config.getoption("--rewrite"):
        (ROOT / readme).write_text(text.replace(shown[1], wanted), encoding="utf-8")
    assert (ROOT / readme).read_text(encoding="utf-8").count(f"```text\n{wanted}\n```") == 1
    assert len(wanted.splitlines()) < 60
