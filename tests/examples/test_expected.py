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


@pytest.mark.parametrize(
    ("readme", "name"), [("README.md", "returns.en.txt"), ("README.zh-CN.md", "returns.zh.txt")], ids=["en", "zh"]
)
def test_the_readme_shows_a_real_screen(readme: str, name: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    shown = re.search(r"<!-- screen -->\n```text\n(.+?)\n```", text, re.DOTALL)
    assert shown is not None
    assert shown[1] in (EXPECTED / name).read_text(encoding="utf-8")
