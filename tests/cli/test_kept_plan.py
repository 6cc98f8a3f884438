"""A loaded plan kept between runs: the same plan while nothing has changed, and nothing at all otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import plancheck
from plancheck.cli.kept_plan import keep, kept_plan
from plancheck.plan.load import load
from tests.cli.conftest import Line
from tests.plan.small import SMALL

ROOT = Path(plancheck.__file__).parents[1]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which this test's plans are kept."""
    folder = tmp_path / "cache" / "of plans"
    monkeypatch.setenv("PLANCHECK_CACHE", str(folder))
    return folder


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Return a copy of the Huairou plan that a test may change."""
    for name in ("indicators.yaml", *(f"indicators/{each.name}" for each in (ROOT / "indicators").iterdir())):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path / "indicators.yaml"


def _kept(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


def test_what_is_kept_is_the_plan(cache: Path, plan: Path) -> None:
    assert kept_plan(plan) is None
    loaded = load(plan)
    keep(loaded)
    assert kept_plan(plan) == loaded
    assert _kept(cache).stat().st_mode & 0o777 == 0o600
    assert cache.stat().st_mode & 0o777 == 0o700


@pytest.mark.usefixtures("cache")
def test_a_change_in_any_file_of_the_plan_is_seen(plan: Path) -> None:
    loaded = load(plan)
    assert len(loaded.included) > 10
    for file in (loaded.file, *loaded.included):
        keep(loaded)
        content = Path(file).read_bytes()
        facts = Path(file).stat()
        Path(file).write_bytes(content[:-1] + b" ")  # as long as before, and as old
        os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        assert kept_plan(plan) is None, file
        Path(file).write_bytes(content)
        assert kept_plan(plan) == loaded
    Path(next(iter(loaded.included))).unlink()
    assert kept_plan(plan) is None


def test_a_plan_is_known_by_the_path_that_messages_name(
    cache: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(load(plan))
    monkeypatch.chdir(plan.parent)
    assert kept_plan(Path(plan.name)) is None
    keep(load(Path(plan.name)))
    found = kept_plan(Path(plan.name))
    assert found is not None
    assert found.file == plan.name
    assert len(list(cache.iterdir())) == 2


@pytest.mark.usefixtures("cache")
def test_another_program_does_not_believe_it(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(load(plan))
    assert kept_plan(plan) is not None
    monkeypatch.setattr("plancheck.plan.kept.__version__", "0.0.0")
    assert kept_plan(plan) is None


@pytest.mark.parametrize("at", [0, 31, 32, 100, -1])
def test_a_damaged_byte_is_seen(cache: Path, plan: Path, at: int) -> None:
    keep(load(plan))
    content = bytearray(_kept(cache).read_bytes())
    content[at] ^= 1
    _kept(cache).write_bytes(content)
    assert kept_plan(plan) is None


@pytest.mark.parametrize("content", [b"", b"\0" * 40])
def test_what_is_no_plan_is_none(cache: Path, plan: Path, content: bytes) -> None:
    keep(load(plan))
    _kept(cache).write_bytes(content)
    assert kept_plan(plan) is None


@pytest.mark.skipif(sys.platform == "win32", reason="rights are told otherwise there")
def test_where_others_may_write_nothing_is_believed_or_kept(cache: Path, plan: Path) -> None:
    loaded = load(plan)
    keep(loaded)
    _kept(cache).chmod(0o620)
    assert kept_plan(plan) is None
    _kept(cache).chmod(0o600)
    cache.chmod(0o770)
    assert kept_plan(plan) is None
    _kept(cache).unlink()
    keep(loaded)
    assert list(cache.iterdir()) == []


def test_a_place_that_cannot_be_written_is_no_fault(
    tmp_path: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("PLANCHECK_CACHE", str(tmp_path / "file" / "below"))
    keep(load(plan))
    assert kept_plan(plan) is None


@pytest.mark.parametrize("said", ["off", ""])
def test_off_keeps_nothing(plan: Path, monkeypatch: pytest.MonkeyPatch, said: str, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PLANCHECK_CACHE", said)
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    keep(load(plan))
    assert kept_plan(plan) is None
    assert set(tmp_path.iterdir()) == before


@pytest.mark.skipif(sys.platform != "linux", reason="each system has a place of its own")
@pytest.mark.parametrize(("xdg", "below"), [("", "home/.cache/plancheck"), ("xdg", "xdg/plancheck")])
def test_the_usual_place_is_the_one_of_the_system(
    plan: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, xdg: str, below: str
) -> None:
    monkeypatch.delenv("PLANCHECK_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / xdg) if xdg else "relative")
    keep(load(plan))
    assert len(list((tmp_path / below).iterdir())) == 1
    assert kept_plan(plan) is not None


def test_twenty_plans_are_kept_and_the_oldest_goes(cache: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.yaml" for number in range(22)]
    for number, file in enumerate(files):
        file.write_text(SMALL, encoding="utf-8")
        known = set(cache.iterdir()) if cache.is_dir() else set()
        keep(load(file))
        (new,) = set(cache.iterdir()) - known
        os.utime(new, ns=(number, number))
    assert [file.name for file in files if kept_plan(file) is None] == ["0.yaml", "1.yaml"]


def test_a_plan_with_a_fault_is_not_kept_and_its_fault_is_told_each_time(cache: Path, line: Line) -> None:
    Path("bad.yaml").write_text(SMALL.replace("target: 2025", "target: 2015"), encoding="utf-8")
    Path("a.csv").write_text("学校名称,在校生数\n甲小学,10\n", encoding="utf-8")
    first, second = (line("run", "a.csv", "--plan", "bad.yaml") for _ in range(2))
    assert first.code == 2
    assert "bad.yaml:6" in first.err
    assert first == second
    assert not cache.exists()


def test_a_target_that_is_changed_holds_at_the_next_run(cache: Path, line: Line) -> None:
    Path("plan.yaml").write_text(SMALL, encoding="utf-8")
    asked = ("list", "--plan", "plan.yaml", "--format", "json")
    first = line(*asked)
    assert line(*asked) == first
    assert len(list(cache.iterdir())) == 1
    Path("plan.yaml").write_text(SMALL.replace("≥98", "≥99"), encoding="utf-8")
    changed = line(*asked)
    assert "≥98" in first.out
    assert "≥99" in changed.out


def test_a_run_with_a_kept_plan_imports_no_yaml(cache: Path) -> None:
    asked = (sys.executable, "-X", "importtime", "-m", "plancheck", "run", "examples/school.xlsx")
    first, second = (subprocess.run(asked, cwd=ROOT, capture_output=True, check=False) for _ in range(2))
    assert first.returncode == second.returncode
    assert first.stdout == second.stdout != b""
    assert b" yaml.loader\n" in first.stderr
    assert b" yaml.loader\n" not in second.stderr
    assert b"plancheck.plan.load" not in second.stderr
    assert len(list(cache.iterdir())) == 1
