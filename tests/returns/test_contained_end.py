"""The process for workbooks in doubt outlives nobody: it ends when who started it has gone, however that was."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

GONE_AT_ONCE = """
import os, sys
from plancheck.returns.contained import _reader
_reader._begun()
print(_reader._process.pid, flush=True)
os._exit(0)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_it_ends_when_who_started_it_has_gone_without_a_word() -> None:
    done = subprocess.run([sys.executable, "-c", GONE_AT_ONCE], cwd=ROOT, capture_output=True, text=True, check=True)
    process = Path("/proc") / done.stdout.strip()
    until = time.monotonic() + 20
    while (process / "stat").exists() and time.monotonic() < until:
        if (process / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] == "Z":  # ended, not yet buried
            break
        time.sleep(0.05)
    else:
        if process.exists():
            os.kill(int(process.name), 9)
            pytest.fail("it is still there")
