"""Results that cannot be written: one line in the reader's language, exit 2, and every file as it was."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from plancheck.language import LANGS, Lang
from tests.cli.conftest import Line
from tests.conftest import ROOT

posix = pytest.mark.skipif(os.name == "nt", reason="limits and devices of POSIX")

# what is asked for, and what is said of it
LINES: Mapping[str, tuple[tuple[str, ...], str, str]] = {
    "missing folder": (
        ("-o", "nowhere/out.json"),
        "错误：无法写入 nowhere/out.json：文件夹或文件不存在",
        "Error: nowhere/out.json cannot be written: no such folder or file",
    ),
    "a file in place of a folder": (
        ("-o", "old.json/out.json"),
        "错误：无法写入 old.json/out.json：文件夹或文件不存在",
        "Error: old.json/out.json cannot be written: no such folder or file",
    ),
    "a folder in place of a file": (
        ("-o", "folder.json", "--force"),
        "错误：无法写入 folder.json：这是文件夹",
        "Error: folder.json cannot be written: it is a folder",
    ),
    "there already": (
        ("-o", "old.json"),
        "错误：old.json 已存在；加 --force 覆盖",
        "Error: old.json exists; --force replaces it",
    ),
    "an input": (
        ("-o", "returns.csv", "--force"),
        "错误：returns.csv 是输入文件，不能覆盖",
        "Error: returns.csv is an input and is never written to",
    ),
    "an input by another way": (
        ("-o", "folder.json/../hard.csv", "--force"),
        "错误：folder.json/../hard.csv 是输入文件，不能覆盖",
        "Error: folder.json/../hard.csv is an input and is never written to",
    ),
    "unknown suffix": (
        ("-o", "out.jsn"),
        "错误：从文件名 out.jsn 看不出格式；请用后缀 ",
        "Error: The name out.jsn does not say its format; use a suffix (",
    ),
    "one name twice": (
        ("-o", "new.json", "-o", "./new.json"),
        "错误：./new.json 指定了两次",
        "Error: ./new.json is named twice",
    ),
    "one file by two names": (
        ("-o", "old.json", "-o", "other.json", "--force"),
        "错误：other.json 指定了两次",
        "Error: other.json is named twice",
    ),
    "a device": (
        ("-o", "/dev/full", "--format", "json", "--force"),
        "错误：/dev/full 是链接或设备，不能写入",
        "Error: /dev/full is a link or a device and is not written to",
    ),
}


@pytest.fixture
def before(line: Line, judged: object) -> Iterator[None]:
    """Put files where the line would write, and see afterwards that none was touched, added or lost."""
    del line, judged  # which go to a folder of their own and put files there
    Path("returns.csv").write_text("学校名称,在校生数\n甲小学,10\n", encoding="utf-8")
    Path("hard.csv").hardlink_to("returns.csv")
    Path("old.json").write_text("old", encoding="utf-8")
    Path("other.json").hardlink_to("old.json")
    Path("folder.json").mkdir()
    there = _there()
    yield
    assert _there() == there


def _there() -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(Path().rglob("*"))}


@posix
@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", LINES)
def test_what_cannot_be_written_is_one_line(line: Line, name: str, lang: Lang) -> None:
    arguments, zh, en = LINES[name]
    result = line("run", "returns.csv", "-q", "--lang", lang, *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(zh if lang == "zh" else en)
    assert result.err.count("\n") == 1


# what the system refuses, at the call that meets it
REFUSED: Mapping[str, tuple[int, str, str, str]] = {
    "no permission": (errno.EACCES, "open", "没有权限", "permission denied"),
    "a read-only disk": (errno.EROFS, "open", "磁盘是只读的", "the disk is read-only"),
    "a full disk": (errno.ENOSPC, "write", "磁盘已满", "the disk is full"),
    "a quota": (errno.EDQUOT, "fsync", "超出磁盘配额", "the disk quota is used up"),
    "open in another program": (errno.EACCES, "replace", "没有权限", "permission denied"),
    "in use": (errno.EBUSY, "replace", "文件正在使用", "the file is in use"),
}


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", REFUSED)
def test_what_the_system_refuses_is_one_line(
    line: Line, monkeypatch: pytest.MonkeyPatch, name: str, lang: Lang
) -> None:
    number, call, zh, en = REFUSED[name]

    def refuse(*_: object, **__: object) -> Any:
        raise OSError(number, os.strerror(number))

    opened = Path.open

    def open_a_part(self: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        if mode != "xb":
            return opened(self, mode, *more, **named)
        return refuse() if call == "open" else _Full(opened(self, mode, *more, **named), refuse)

    with monkeypatch.context() as patched:
        if call == "fsync":
            patched.setattr(os, "fsync", refuse)
        elif call == "replace":
            patched.setattr(Path, "replace", refuse)
        else:
            patched.setattr(Path, "open", open_a_part)
        result = line("run", "returns.csv", "-q", "--lang", lang, "-o", "old.json", "--force")
    said = f"错误：无法写入 old.json：{zh}\n" if lang == "zh" else f"Error: old.json cannot be written: {en}\n"
    assert (result.code, result.out, result.err) == (2, "", said)


class _Full:
    """A file on a disk that has no room for a single byte."""

    def __init__(self, stream: Any, write: Any) -> None:
        self._stream, self.write = stream, write

    def __enter__(self) -> Any:
        self._stream.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._stream.__exit__(*raised)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@posix
@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("lang", LANGS)
def test_a_file_that_may_not_grow_is_one_line_of_a_real_process(lang: Lang) -> None:
    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    done = subprocess.run(
        [sys.executable, "-m", "plancheck", "run", "returns.csv", "--year", "2023", "-q", "-o", "old.json", "--force"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PLANCHECK_LANG": lang, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=small_files_only,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    said = (
        "错误：无法写入 old.json：文件过大\n"
        if lang == "zh"
        else "Error: old.json cannot be written: the file is too large\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
