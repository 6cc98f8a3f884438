"""Which files a run reads: folders and globs searched, lock files passed over, each file once; and the roster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from plancheck.codes import message
from plancheck.model import Plan
from plancheck.pipeline import Request, assess
from plancheck.returns import NothingToCheck, gather, roster_among
from tests.conftest import MakeWorkbook, small_plan

ROWS = [["标识码", "学校名称", "学段", "测试人数", "合格人数"], ["1001", "甲校", "小学", 100, 99]]


@pytest.fixture
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return small_plan(tmp_path_factory.mktemp("plan"))


def test_folders_are_searched_and_lock_files_passed_over(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    make_workbook({"表": ROWS}, name="b.xlsx")
    make_workbook({"表": ROWS}, name="a.xlsx")
    (tmp_path / "~$a.xlsx").write_bytes(b"x")
    (tmp_path / ".hidden.xlsx").write_bytes(b"x")
    (tmp_path / "notes.docx").write_bytes(b"x")
    assert [path.name for path in gather([str(tmp_path)])] == ["a.xlsx", "b.xlsx"]
    assert [path.name for path in gather([str(tmp_path / "*.xlsx")])] == ["a.xlsx", "b.xlsx"]
    assert [path.name for path in gather([str(tmp_path / "~$a.xlsx")])] == ["~$a.xlsx"]


def test_a_file_named_in_two_ways_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for name in ("a.xlsx", "folder/b.xlsx", "-"):
        (tmp_path / name).write_bytes(b"x")
    named = ["a.xlsx", "./a.xlsx", str(tmp_path / "a.xlsx"), "folder/../a.xlsx", "folder", "folder/*.xlsx", "-", "./-"]
    assert gather(named) == (Path("a.xlsx"), Path("folder/b.xlsx"), Path("-"), tmp_path / "-")


def test_nothing_to_check_is_said(tmp_path: Path) -> None:
    with pytest.raises(NothingToCheck):
        gather([str(tmp_path)])
    with pytest.raises(FileNotFoundError):
        gather([str(tmp_path / "none.xlsx")])


def _refusing(function: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    """Return a function of the system that refuses one folder."""

    def refusing(place: Any) -> Any:
        if Path(place) == folder:
            raise PermissionError(13, "Permission denied", str(place))
        return function(place)

    return refusing


@pytest.mark.skipif(os.name == "nt", reason="links without leave are a matter of POSIX")
def test_links_are_not_followed_and_a_loop_is_no_trap(tmp_path: Path) -> None:
    (tmp_path / "returns" / "sub").mkdir(parents=True)
    (tmp_path / "elsewhere.xlsx").write_bytes(b"x")
    (tmp_path / "returns" / "sub" / "a.xlsx").write_bytes(b"x")
    (tmp_path / "returns" / "sub" / "up").symlink_to(tmp_path / "returns")
    (tmp_path / "returns" / "b.xlsx").symlink_to(tmp_path / "elsewhere.xlsx")
    assert gather([str(tmp_path / "returns")]) == (tmp_path / "returns" / "sub" / "a.xlsx",)
    assert gather([str(tmp_path / "returns" / "b.xlsx")]) == (tmp_path / "returns" / "b.xlsx",)


def test_a_folder_that_cannot_be_looked_into_is_told_and_the_others_are_read(
    plan: Plan, tmp_path: Path, make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    make_workbook({"2023年": ROWS}, name="a.xlsx")
    for name in ("scandir", "listdir"):
        monkeypatch.setattr(os, name, _refusing(getattr(os, name), closed))
    files = gather([str(tmp_path)])
    assert files == (tmp_path / "a.xlsx", closed)
    read = assess(plan, Request(files))
    (told,) = (each for each in read.findings if each.code == "PC204")
    assert told.file == str(closed)
    assert message("PC204", told.params, "zh") == "文件打不开：没有权限"
    assert read.verdicts[0].numerator == 99


def test_a_file_in_a_folder_that_may_not_be_entered_goes_to_who_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.xlsx").write_bytes(b"x")
    monkeypatch.setattr(Path, "is_symlink", refused)
    assert gather([str(tmp_path)]) == (tmp_path / "a.xlsx",)


def test_a_folder_that_may_not_be_listed_shows_no_roster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    assert roster_among([tmp_path / "a.xlsx"]) is None


@pytest.mark.parametrize(
    ("there", "files", "roster"),
    [
        (["a.xlsx", "roster.xlsx"], ["a.xlsx"], "roster.xlsx"),
        (["a.xlsx", "怀柔区学校名录.xls"], ["a.xlsx"], "怀柔区学校名录.xls"),
        (["2023年/a.xlsx", "roster.xlsx"], ["2023年/a.xlsx"], "roster.xlsx"),
        (["sub/a.xlsx", "roster.xlsx"], ["sub/a.xlsx"], None),
        (["a.xlsx", "sub/roster.xlsx", "roster.xlsx"], ["a.xlsx", "sub/roster.xlsx"], "sub/roster.xlsx"),
        (["roster.xlsx", "sub/b.xlsx"], ["-", "sub/b.xlsx"], None),
        (["roster.xlsx", "b.xlsx"], ["-", "b.xlsx"], "roster.xlsx"),
        (["roster.xlsx"], ["-"], None),
        (["a.xlsx", "roster.docx"], ["a.xlsx"], None),
    ],
    ids=lambda value: "-" if value is None else value if isinstance(value, str) else " ".join(value),
)
def test_the_roster_stands_among_the_returns_or_beside_the_first(
    there: list[str], files: list[str], roster: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in there:
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(b"x")
    assert roster_among([Path(file) for file in files]) == (None if roster is None else Path(roster))
