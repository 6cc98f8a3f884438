"""A file that is written is the old one or the whole new one, whatever happens on the way."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from plancheck.cli.files import write_atomically
from plancheck.reports.formats import FORMATS, document
from tests.cli.conftest import Line
from tests.conftest import ROOT
from tests.reports.fixture import assessment

posix = pytest.mark.skipif(os.name == "nt", reason="signals, locks and limits of POSIX")


@posix
@pytest.mark.parametrize("form", FORMATS)
def test_two_hundred_kills_leave_the_old_or_the_new_file(form: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.cli.kill_writer", form, str(tmp_path), "200", "20211"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["old"] + found["new"] == 200
    assert found["old"]
    assert found["new"]
    assert found["halfway"], "no kill hit a file being written: the test shows nothing"
    assert found["left behind"] == 0


@posix
@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_grows_over_a_limit_leaves_the_old_one(form: str, tmp_path: Path) -> None:
    target = tmp_path / "result"
    target.write_bytes(b"old")
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from pathlib import Path; from plancheck.cli.files import write_atomically\n"
        "write_atomically(Path(sys.argv[1]), (b'x' * 400,) * 9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(target)], cwd=ROOT, capture_output=True, check=False)
    assert b"File too large" in done.stderr
    assert len(b"".join(document(form, assessment(), "zh"))) > 1000
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("result", b"old")]


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EIO, "磁盘读写出错"), (errno.EACCES, "没有权限")],
    ids=["ENOSPC", "EIO", "EACCES"],
)
@pytest.mark.parametrize("call", ["fsync", "replace", "open"])
def test_a_call_that_fails_is_one_line_and_the_old_file(
    line: Line, monkeypatch: pytest.MonkeyPatch, call: str, number: int, words: str
) -> None:
    Path("out.json").write_text("old", encoding="utf-8")

    def fail(*_: object, **__: object) -> Any:
        raise OSError(number, "refused")

    opened = Path.open

    def open_but_no_part(self: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        return fail() if mode == "xb" else opened(self, mode, *more, **named)

    with monkeypatch.context() as patched:
        if call == "fsync":
            patched.setattr(os, "fsync", fail)
        elif call == "replace":
            patched.setattr(Path, "replace", fail)
        else:
            patched.setattr(Path, "open", open_but_no_part)
        result = line("run", "returns.xlsx", "-q", "-o", "out.json", "--force")
    assert (result.code, result.out, result.err) == (2, "", f"错误：无法写入 out.json：{words}\n")
    assert Path("out.json").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["indicators.yaml", "out.json", "returns.xlsx"]


@posix
def test_what_another_run_is_writing_is_left_alone(tmp_path: Path) -> None:
    def pieces() -> Any:
        yield b"first"
        write_atomically(tmp_path / "second", (b"second",))
        yield b" whole"

    write_atomically(tmp_path / "first", pieces())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "first": b"first whole",
        "second": b"second",
    }


@posix
def test_leftovers_of_a_run_that_died_are_cleared_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / f".plancheck.{os.getpid()}.0.part").write_bytes(b"half")
    (tmp_path / ".plancheck.7.3.part").write_bytes(b"half")
    (tmp_path / "mine.part").write_bytes(b"kept")
    write_atomically(tmp_path / "out", (b"new",))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.part", "out"]
