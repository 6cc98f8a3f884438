"""plancheck as a process: what is imported, streams that cannot write everything, readers that go away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

import plancheck

ROOT = Path(plancheck.__file__).parents[1]
HEAVY = (
    "typer",
    "click",
    "dataclasses",
    "msgspec",
    "rich",
    "yaml",
    "openpyxl",
    "jsonschema",
    "python_calamine",
    "argparse",
)


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    known = {
        key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON", "PLANCHECK"))
    }
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        check=False,
        env={**known, "PYTHONPATH": str(ROOT), "PLANCHECK_CACHE": "off", **environment},
    )


def _imported(stderr: bytes) -> set[str]:
    lines = (
        line.rpartition("|")[2].strip() for line in stderr.decode().splitlines() if line.startswith("import time:")
    )
    return {name.split(".")[0] for name in lines}


def test_version_imports_nothing_heavy() -> None:
    result = _run("-X", "importtime", "-m", "plancheck", "--version")
    assert result.stdout.decode().strip() == f"plancheck {plancheck.__version__}"
    assert not _imported(result.stderr) & set(HEAVY)


def test_json_imports_only_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("学校名称,在校生数\n甲小学,10\n", encoding="utf-8")
    result = _run(
        "-X", "importtime", "-m", "plancheck", "run", str(tmp_path / "a.csv"), "--year", "2023", "--format", "json",
        PLANCHECK_LANG="en",
    )  # fmt: skip
    assert result.stdout.startswith(b'{\n"schema": "plancheck/assessment/1"')
    assert not _imported(result.stderr) & {"rich", "jsonschema", "openpyxl"}


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_a_stream_of_another_encoding_is_written_in_it(encoding: str) -> None:
    result = _run("-m", "plancheck", "list", PYTHONIOENCODING=encoding, PLANCHECK_LANG="zh")
    assert result.returncode == 0
    assert "   6 中小学生体质健康测试达标率 " in result.stdout.decode(encoding)


def test_what_a_stream_cannot_write_is_escaped() -> None:
    result = _run("-m", "plancheck", "list", PYTHONIOENCODING="ascii", PLANCHECK_LANG="zh")
    assert result.returncode == 0
    assert "\\u540d\\u79f0" in result.stdout.decode("ascii")


def test_a_document_is_utf_8_whatever_the_stream_speaks() -> None:
    result = _run("-m", "plancheck", "list", "--format", "json", PYTHONIOENCODING="ascii", PLANCHECK_LANG="zh")
    assert "学前教育入园率" in result.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="a pipe without a reader is a matter of POSIX")
def test_a_reader_that_goes_away_is_no_fault() -> None:
    end, begin = os.pipe()
    os.close(end)
    try:
        result = subprocess.run(
            [sys.executable, "-m", "plancheck", "list", "codes", "-q"],
            stdout=begin,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    finally:
        os.close(begin)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "plancheck", "list", "codes", "-q", "--lang", "en"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    assert result.returncode == 2
    assert result.stderr.startswith(b"Error: stdout cannot be written: ")
    assert b"Traceback" not in result.stderr


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells a process's children in a file")
def test_an_interrupt_ends_all_that_reads_and_says_one_word(tmp_path: Path) -> None:
    """Ctrl-C goes to every process of the terminal; those that read must neither go on nor complain."""
    for number in range(80):
        (tmp_path / f"{number}.xlsx").write_bytes((ROOT / "examples/returns.xlsx").read_bytes())
    heeded = signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs behind a shell is started deaf to it
    process = subprocess.Popen(
        [sys.executable, "-m", "plancheck", "run", str(tmp_path), "--jobs", "2", "-q", "--lang", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    signal.signal(signal.SIGINT, heeded)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and len(children.read_text(encoding="ascii").split()) < 2:
        sleep(0.01)
    sleep(0.3)  # they have begun to read
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"interrupted\n")
