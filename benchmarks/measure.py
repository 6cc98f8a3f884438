"""One child process measured: wall time, CPU time, peak memory, what it printed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

KEPT = 1 << 16
"""How much of a child's output is kept; the rest is read and thrown away, so that this process stays small.

A small parent matters: on Linux a child's peak memory is never less than what its parent held when it was started.
"""


@dataclass(frozen=True, slots=True)
class Command:
    """A program to run, and the folder to run it in. `good`: the exit codes that mean it did its work."""

    name: str
    line: tuple[str, ...]
    folder: Path
    good: frozenset[int] = frozenset({0})


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds on the clock, seconds of processor (its own children's too), MiB at the peak.

    Where a program starts others, the peak is that of the largest of them, not their sum.
    """

    wall: float
    cpu: float
    peak: float
    output: str


class Failed(Exception):
    """A program did not do its work; the message says which, and how it ended."""


def environment() -> Mapping[str, str]:
    """Return the children's environment: English, UTF-8, and compiled modules kept as after an installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PLANCHECK"))}
    return kept | {"PYTHONUTF8": "1", "PLANCHECK_LANG": "en"}


def run(command: Command) -> Run:
    """Run a program to its end, its output into a pipe. Raises Failed if it ends otherwise than it should."""
    with tempfile.TemporaryFile() as errors:
        begin = perf_counter()
        child = subprocess.Popen(
            command.line, cwd=command.folder, env=environment(), stdout=subprocess.PIPE, stderr=errors
        )
        assert child.stdout is not None
        kept = b""
        with child.stdout as pipe:
            while piece := pipe.read(1 << 16):
                kept += piece if len(kept) < KEPT else b""
        _, status, usage = os.wait4(child.pid, 0)
        wall = perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in command.good:
            errors.seek(0)
            said = errors.read(2_000).decode(errors="replace")
            raise Failed(f"{command.name} ended with {child.returncode}\n{said}")
    in_mib = 1 << (20 if sys.platform == "darwin" else 10)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / in_mib, kept.decode(errors="replace"))


def alternately(commands: Sequence[Command], times: int) -> dict[str, Run]:
    """Run each program once to warm up, then all in turn `times` times; return each one's medians."""
    for command in commands:
        run(command)
    runs: dict[str, list[Run]] = {command.name: [] for command in commands}
    for _ in range(times):
        for command in commands:
            runs[command.name].append(run(command))
    return {
        name: Run(
            median(each.wall for each in found),
            median(each.cpu for each in found),
            median(each.peak for each in found),
            found[0].output,
        )
        for name, found in runs.items()
    }
