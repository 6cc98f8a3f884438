"""What the tests of the command line share: lines run in the process, with an assessment made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from plancheck.cli import main
from plancheck.model import Assessment
from plancheck.plan.find import packaged
from tests.reports import fixture


@dataclass(frozen=True, slots=True)
class Result:
    """What a line came to."""

    code: int
    out: str
    err: str


Line = Callable[..., Result]


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Line:
    """Return a function that runs a command line in an empty folder, in Chinese unless it says otherwise."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANCHECK_LANG", "zh")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def run(*arguments: str) -> Result:
        code = main(list(arguments))
        captured = capfd.readouterr()
        return Result(code, captured.out, captured.err)

    return run


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Assessment], None]:
    """Return a function that makes every run come to one assessment; a file returns.xlsx stands ready."""
    (tmp_path / "returns.xlsx").write_bytes(b"")
    (tmp_path / "indicators.yaml").write_text(f"include: ['{packaged()}']\n", encoding="utf-8")

    def come_to(assessment: Assessment) -> None:
        monkeypatch.setattr("plancheck.pipeline.assess", lambda *_: assessment)

    come_to(fixture.assessment())
    return come_to
