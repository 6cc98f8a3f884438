"""Which plan a run judges with."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from plancheck.plan import Found, find
from tests.plan.small import INDICATORS


def test_the_given_plan_comes_first_even_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "indicators.yaml").touch()
    assert find(Path("absent.yaml"), tmp_path) == Found(Path("absent.yaml"), "given")


def test_the_nearest_plan_above_the_working_folder(tmp_path: Path) -> None:
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    (tmp_path / "indicators.yaml").touch()
    assert find(None, here) == Found(tmp_path / "indicators.yaml", "found")
    (here / "indicators.yaml").touch()
    assert find(None, here) == Found(here / "indicators.yaml", "found")


def test_a_relative_start_is_taken_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "indicators.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert find(None, Path()) == Found(tmp_path / "indicators.yaml", "found")


def test_a_folder_that_may_not_be_entered_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(import_module("plancheck.plan.find"), "packaged", lambda: INDICATORS)
    monkeypatch.setattr(Path, "is_file", denied)
    assert find(None, tmp_path) == Found(INDICATORS, "packaged")


def test_a_folder_of_that_name_is_no_plan(tmp_path: Path) -> None:
    (tmp_path / "indicators.yaml").mkdir()
    assert find(None, tmp_path).path != tmp_path / "indicators.yaml"


def test_without_a_plan_the_packaged_one_is_taken() -> None:
    assert find(None, Path("/")) == Found(INDICATORS, "packaged")


def test_in_a_wheel_the_plan_lies_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("plancheck.plan.find"), "_PACKAGE", tmp_path)
    assert find(None, Path("/")) == Found(tmp_path.parent / "indicators.yaml", "packaged")
    (tmp_path / "indicators.yaml").touch()
    assert find(None, Path("/")) == Found(tmp_path / "indicators.yaml", "packaged")
