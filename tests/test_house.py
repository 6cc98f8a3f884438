"""The house keeps its own rules: codes, documentation, packaging and what loads when."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from plancheck.codes import CODES, REASONS
from plancheck.language import Text
from plancheck.plan.load import load
from plancheck.wording import WORDS

ROOT = Path(__file__).parent.parent
SOURCES = [*ROOT.glob("plancheck/**/*.py")]
TESTS = "\n".join(
    path.read_text(encoding="utf-8") for suffix in ("py", "yaml") for path in (ROOT / "tests").rglob(f"*.{suffix}")
)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_raised_by_the_program_and_asserted_by_a_test(code: str) -> None:
    raised = [path for path in SOURCES if path.name != "codes.py" and f'"{code}"' in path.read_text(encoding="utf-8")]
    assert raised
    assert code in TESTS


@pytest.mark.parametrize("code", CODES)
def test_a_code_says_the_same_in_both_languages(code: str) -> None:
    for text in (CODES[code].message, CODES[code].hint):
        _same_placeholders(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", CODES[code].name)


@pytest.mark.parametrize("text", [*REASONS.values(), *WORDS.values()], ids=[*REASONS, *WORDS])
def test_words_have_the_same_placeholders_in_both_languages(text: Text) -> None:
    _same_placeholders(text)


def _same_placeholders(text: Text) -> None:
    zh, en = (set(re.findall(r"\{(\w+)", said)) for said in (text.zh, text.en))
    assert zh == en
    assert bool(text.zh) == bool(text.en)


def test_code_names_are_unique() -> None:
    assert len({code.name for code in CODES.values()}) == len(CODES)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_has_exactly_two_commands_and_a_plan_that_is_the_plan(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert len(re.findall(r"```sh\n", text)) == 2
    shown = re.search(r"<!-- plan -->\n```yaml\nindicators:\n(.+?)\n```", text, re.DOTALL)
    assert shown is not None
    plan = re.sub(r" +#.*", "", (ROOT / "indicators.yaml").read_text(encoding="utf-8"))
    assert re.sub(r" +#.*", "", shown[1]) in plan


def test_the_readme_names_every_command_and_exit_code() -> None:
    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        for command in ("run", "inspect", "explain", "lint", "list", "schema", "diff"):
            assert f"`plancheck {command}" in text
        for code in (0, 1, 2, 3, 70, 130):
            assert f"\n| {code} |" in text


def _loaded(*arguments: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", "-m", "plancheck", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr[-500:]
    return {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


def test_a_run_loads_nothing_its_output_does_not_need() -> None:
    table = _loaded("run", "examples/returns.xlsx")
    assert "python_calamine" in table
    assert not table & {"jsonschema", "openpyxl", "xlsxwriter", "jinja2", "docx", "rich", "pydantic"}
    assert not _loaded("run", "examples/returns.xlsx", "--format", "json") & {"jsonschema", "openpyxl", "rich"}


def test_the_version_loads_next_to_nothing() -> None:
    loaded = _loaded("--version")
    assert not loaded & {"typer", "dataclasses", "msgspec", "yaml", "inspect", "re"}


def test_files_stay_small() -> None:
    large = {
        path.name: lines for path in SOURCES if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 320
    }
    # The table of codes is one literal; cutting it would hide a number from its neighbours.
    assert set(large) <= {"codes.py"}


def test_the_shipped_plan_loads_and_is_complete() -> None:
    indicators = load(ROOT / "indicators.yaml").indicators.values()
    numbers = [indicator.no for indicator in indicators if indicator.no is not None]
    assert numbers == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]


def test_the_page_on_the_house_names_its_rooms_on_their_floors() -> None:
    page = (ROOT / "docs/house.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| (.+?) \|", page, re.MULTILINE)
    floors = {
        name.rstrip("/").removesuffix(".py"): int(floor)
        for floor, names in rows
        for name in re.findall("`(.+?)`", names)
    }
    rooms = {path.stem for path in (ROOT / "plancheck").iterdir() if not path.name.startswith(("_", "."))}
    assert set(floors) == rooms
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = contracts[0]["layers"]
    assert floors == {
        room.removeprefix("plancheck."): len(layers) - at
        for at, layer in enumerate(layers)
        for room in layer.split(" | ")
    }
    for path in re.findall(r"`((?:plancheck/|cli/|plan/|returns/|judge/|reports/|model/)[\w/.]*)`", page):
        assert (ROOT / "plancheck" / path.removeprefix("plancheck/")).exists()


def test_the_source_archive_holds_the_top_folders_only() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert all(pattern.startswith("/") and (ROOT / pattern[1:]).exists() for pattern in included)
