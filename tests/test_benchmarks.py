"""The benchmarks measure what they say: the plan they cut down to its table loads, and holds its 16 indicators."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from plancheck.plan.load import load
from tests.conftest import ROOT


def test_the_plan_s_table_alone_is_a_plan(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "make_workloads.py"), str(tmp_path), "--only", "table"]
    assert subprocess.run(command, check=False, capture_output=True).stderr == b""
    plan = load(tmp_path / "table" / "indicators.yaml")
    numbers = [indicator.no for indicator in plan.indicators.values()]
    assert numbers == [1, 2, 3, 4, 5, 6, *range(8, 18)]
    assert len(plan.checks) == 0
