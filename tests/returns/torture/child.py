"""A command run to its end in a process of its own: exit code, what it printed, its work in seconds, and memory at the peak."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from plancheck.cli import main
from plancheck.returns import contained

DEADLINE = 20
"""Seconds after which the process is killed, whatever it does; the test's own limit is lower."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended: `code` is negative for a signal, as in `subprocess`; `peak` in MiB, its own children's too,
    without what the tests held already when it was forked off.

    `seconds` are those of the processor, its children's too: on a machine that is busy with other things the clock on
    the wall says nothing of the program. That it does not merely wait, `DEADLINE` sees to.
    """

    code: int
    out: str
    err: str
    seconds: float
    peak: float


def run(arguments: Sequence[str], folder: Path) -> Ended:
    """Run plancheck in a process forked off: starting Python a hundred times would take longer than all the work."""
    out, err = folder / "stdout", folder / "stderr"
    held = _held()
    pid = os.fork()
    if pid == 0:
        _become(arguments, out, err)
    _, status, usage = os.wait4(pid, 0)
    peak = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    said, told = (path.read_text(encoding="utf-8", errors="replace") for path in (out, err))
    return Ended(os.waitstatus_to_exitcode(status), said, told, usage.ru_utime + usage.ru_stime, peak - held)


def _held() -> float:
    """Return how much memory this process holds, in MiB; 0 where the system does not tell."""
    told = Path("/proc/self/statm")
    return int(told.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if told.exists() else 0


def _become(arguments: Sequence[str], out: Path, err: Path) -> None:
    """Run the command and end this process; nothing of the test may go on in it."""
    code = 99
    try:
        signal.alarm(DEADLINE)
        for path, descriptor in ((out, 1), (err, 2)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
        code = main(list(arguments))
        sys.stdout.flush()
        contained.end()  # so that what its children used is counted
    finally:
        os._exit(code)
