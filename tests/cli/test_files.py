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
from plancheck.reports.formats import FORMATS
from tests.cli.conftest import Line
from tests.conftest import ROOT

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
        "import resource, sys\nfrom pathlib import Path\nfrom plancheck.cli.files import write_atomically\n"
        "from plancheck.reports.formats import document\nfrom tests.reports.fixture import assessment\n"
        "pieces = [*document(sys.argv[1], assessment(), 'zh')]\n"
        "half = sum(map(len, pieces)) // 2\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (half, half))\n"
        "write_atomically(Path(sys.argv[2]), pieces)"
    )
    done = subprocess.run([sys.executable, "-c", script, form, str(target)], cwd=ROOT, capture_output=True, check=False)
    assert b"File too large" in done.stderr
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
@pytest.mark.parametrize("writers", [2, 8])
def test_runs_that_write_one_file_at_once_leave_one_whole_result(writers: int, tmp_path: Path) -> None:
    """Each process writes documents of its own length over and over; a reader looks all the while."""
    script = (
        "import sys\nfrom pathlib import Path\nfrom plancheck.cli.files import write_atomically\n"
        "number, target = int(sys.argv[1]), Path(sys.argv[2])\n"
        "sys.stdin.readline()\n"
        "for _ in range(50):\n"
        "    write_atomically(target, (b'%d' % number,) * (20_000 + number))"
    )
    target = tmp_path / "result"
    whole = {b"%d" % number * (20_000 + number) for number in range(writers)} | {b"old"}
    target.write_bytes(b"old")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(number), str(target)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(writers)
    ]
    for each in started:
        assert each.stdin is not None
        each.stdin.write(b"go\n")
        each.stdin.flush()
    seen = set()
    while any(each.poll() is None for each in started):
        seen.add(target.read_bytes())
    assert [each.communicate()[1] for each in started] == [b""] * writers
    assert [each.returncode for each in started] == [0] * writers
    assert seen | {target.read_bytes()} <= whole
    assert seen - {b"old"}, "nobody looked while they wrote: the test shows nothing"
    assert [path.name for path in tmp_path.iterdir()] == ["result"]


@posix
def test_two_whole_runs_at_once_come_to_what_one_comes_to(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("学校名称,在校生数\n甲小学,10\n", encoding="utf-8")
    line = ["run", "a.csv", "--year", "2023", "-q", "--as-of", "2024-01-15", "--force", "--lang", "en", "--exit-zero"]
    outputs = [part for suffix in ("json", "xlsx", "html", "csv") for part in ("-o", f"out.{suffix}")]
    command = [sys.executable, "-m", "plancheck", *line, *outputs]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    alone = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    at_once = [
        subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    told = [each.communicate() for each in at_once]
    assert [each.returncode for each in at_once] == [0, 0]
    assert {err.decode() for _, err in told} == {
        "".join(f"written: out.{each}\n" for each in ("json", "xlsx", "html", "csv"))
    }
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == alone


@posix
def test_of_two_runs_without_force_one_is_told_that_the_file_exists(tmp_path: Path) -> None:
    """Whichever comes second is told so, or finds nothing yet: the file is whole either way, and nothing is left over."""
    (tmp_path / "a.csv").write_text("学校名称,在校生数\n甲小学,10\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "plancheck",
        "run",
        "a.csv",
        "--year",
        "2023",
        "-q",
        "-o",
        "out.json",
        "--exit-zero",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PLANCHECK_LANG": "en"}
    at_once = [
        subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    told = sorted((each.communicate()[1].decode(), each.returncode) for each in at_once)
    assert told[-1] == ("written: out.json\n", 0)
    assert told[0] in (("Error: out.json exists; --force replaces it\n", 2), ("written: out.json\n", 0))
    assert json.loads((tmp_path / "out.json").read_bytes())["exit"] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "out.json"]


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


@posix
def test_a_name_that_is_taken_again_meanwhile_is_not_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another run puts its file in place and begins the next under the same name, just as it is looked at."""
    import fcntl

    part = tmp_path / ".plancheck.7.0.part"
    part.write_bytes(b"its first")
    locked = fcntl.flock

    def overtaken(stream: Any, how: int) -> None:
        if how & fcntl.LOCK_NB and not (tmp_path / "first").exists():
            part.rename(tmp_path / "first")
            part.write_bytes(b"its second")
        locked(stream, how)

    monkeypatch.setattr(fcntl, "flock", overtaken)
    write_atomically(tmp_path / "out", (b"new",))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "first": b"its first", part.name: b"its second", "out": b"new",
    }  # fmt: skip
