"""The short way in reads a line as typer does, or leaves it to typer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plancheck.cli import app, run_command
from plancheck.cli.run import Asked
from plancheck.cli.session import Session
from plancheck.cli.short_line import short_line

ROOT = Path(run_command.__file__).parents[2]
PIECES = (
    "a.xlsx", "2023", "returns/", "表 1.csv", "run", "--plan", "--year", "--roster", "--format", "--jobs", "json", "2",
    "--plan=b.yaml", "--year=2023", "--all", "-q", "-o", "--output", "-", "--", "", "-5", "--plans",
)  # fmt: skip


def as_typer_reads(line: list[str], monkeypatch: pytest.MonkeyPatch) -> Asked | None:
    """Return what typer takes a line for, None where it refuses it."""
    asked: list[Asked] = []

    def take(each: Asked, _: Session) -> int:
        asked.append(each)
        return 0

    monkeypatch.setattr(run_command, "run_returns", take)
    return asked[0] if app.run(("run", *line)) == 0 and asked else None


@settings(max_examples=400)
@given(line=st.lists(st.sampled_from(PIECES), max_size=6))
def test_what_is_read_without_typer_is_what_typer_reads(line: list[str]) -> None:
    short = short_line(line)
    if short is not None:
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setattr("plancheck.cli.short_line.short_line", lambda _: None)
            assert as_typer_reads(line, monkeypatch) == short


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        (["a.xlsx"], Asked(["a.xlsx"])),
        (["a.xlsx", "--year", "2023", "b/"], Asked(["a.xlsx", "b/"], year="2023")),
        (["--format", "json", "a.xlsx", "--jobs", "2"], Asked(["a.xlsx"], form="json", jobs="2")),
        (["a", "-o", "b.xlsx", "--output", "c.json"], Asked(["a"], output=["b.xlsx", "c.json"])),
        (["--plan", "p.yaml", "--roster", "r.xlsx", "a"], Asked(["a"], plan="p.yaml", roster="r.xlsx")),
    ],
)
def test_the_lines_most_runs_are_written_with(line: list[str], asked: Asked) -> None:
    assert short_line(line) == asked


@pytest.mark.parametrize(
    "line",
    [[], [""], ["-"], ["--year", "2023"], ["a", "--year"], ["a", "--year", "-5"], ["a", "--year=2023"], ["a", "--all"],
     ["a", "--year", "2023", "--year", "2024"], ["a", "--help"], ["a", "--", "-b"], ["a", "--plan", ""], ["a", "-o", "-"], ["a", "-o"], ["a", "-ob.xlsx"]],
)  # fmt: skip
def test_every_other_line_is_left_to_typer(line: list[str]) -> None:
    assert short_line(line) is None


@pytest.mark.parametrize(("more", "imported"), [((), False), (("--verbose",), True)])
def test_typer_is_imported_only_for_a_line_that_it_reads(more: tuple[str, ...], imported: bool) -> None:
    asked = "import sys; from plancheck.cli import main; main(sys.argv[1:]); sys.exit('typer' in sys.modules)"
    run = ("run", "examples/school.xlsx", *more)
    process = subprocess.run([sys.executable, "-c", asked, *run], cwd=ROOT, capture_output=True, check=False)
    assert "学校" in process.stdout.decode() or "school" in process.stdout.decode()
    assert process.returncode == imported
