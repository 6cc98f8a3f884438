"""The command lines that are compared, and what they must agree on."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

from measure import Command, environment, run

HERE = Path(__file__).parent
ROOT = HERE.parent
EXAMPLES = ROOT / "examples"
JUDGED = frozenset({0, 1, 3})
"""Exit codes of plancheck that follow a finished run: met, not met, something could not be judged."""

ALTERNATIVES = ("openpyxl", "pandas", "calamine")
OWN = ("openpyxl", "calamine")
"""Alternatives that plancheck itself depends on: they run on its interpreter, with the same releases.

This also keeps numpy away from openpyxl, which loads it wherever it is installed, for nothing.
"""
PLANCHECK = "plancheck"
FRICTIONLESS = "frictionless validate"
CHECKS = 16
TABLE = ",".join(str(no) for no in range(1, 18) if no != 7)  # the plan's own numbers; it has no 7
LOADED, IMPORTED = "python, the plan loaded", "python, what loads it imported"


def plancheck(*arguments: str | Path, name: str = PLANCHECK) -> Command:
    """Return `plancheck run` with these arguments, on one processor unless they say otherwise."""
    jobs = () if "--jobs" in arguments else ("--jobs", "1")
    return Command(name, (sys.executable, "-m", "plancheck", "run", *map(str, arguments), *jobs), ROOT, JUDGED)


def plan(*, loaded: bool) -> Command:
    """Return a program that imports what loads a plan file, and perhaps loads the packaged one."""
    work = "; load(Path('indicators.yaml'))" if loaded else ""
    line = f"from pathlib import Path; from plancheck.plan.load import load{work}"
    return Command(LOADED if loaded else IMPORTED, (sys.executable, "-c", line), ROOT)


def alternative(package: str, python: str, workload: str, path: Path) -> Command:
    """Return the script that makes the same checks with another package; `python` runs what is not among OWN."""
    own = sys.executable if package in OWN else python
    return Command(package, (own, str(HERE / f"alt_{package}.py"), workload, str(path)), HERE)


def frictionless(python: str, folder: Path) -> Command:
    """Return `frictionless validate` on the district's workbook, as where frictionless is installed without pandas."""
    return Command(FRICTIONLESS, (python, "-c", _ALONE, "validate", "district.package.json"), folder)


_ALONE = """
import runpy, sys
sys.modules["numpy"] = sys.modules["pandas"] = None
runpy.run_module("frictionless", run_name="__main__", alter_sys=True)
"""


def installed(package: str, python: str) -> bool:
    """Return whether an interpreter has a package."""
    line = (python, "-c", f"import importlib.util as u, sys; sys.exit(u.find_spec({package!r}) is None)")
    return subprocess.run(line, env=environment(), capture_output=True, check=False).returncode == 0


def disagreements(path: Path, others: dict[str, str]) -> list[str]:
    """Return a line for each check on which an alternative's output differs from plancheck's verdict."""
    said = run(plancheck(path, "--format", "csv")).output
    rows = csv.DictReader(io.StringIO(said.lstrip("\ufeff"), newline=""))
    ours = {row["No."]: _verdict(row) for row in rows if row["No."]}  # the commitments of the text have no number
    assert len(ours) == CHECKS
    return [
        f"no. {no}: plancheck {ours.get(no)}, {name} {verdict}"
        for name, output in others.items()
        for no, verdict in (line.split(" ", 1) for line in output.splitlines())
        if ours.get(no) != verdict
    ]


def _verdict(row: dict[str, str]) -> str:
    """Return a row of plancheck's CSV as the alternatives write it; spending per pupil is compared without figures."""
    if row["Outcome"] not in ("met", "not met"):
        return "unknown"
    parts = "-" if row["No."] == "14" else f"{row['Numerator']}/{row['Denominator']}"
    return f"{parts} {row['Outcome']}"


def modules(command: Command) -> frozenset[str]:
    """Return the top-level modules that a Python program loads."""
    python, *rest = command.line
    found = subprocess.run(
        (python, "-X", "importtime", *rest),
        cwd=command.folder, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = re.findall(r"^import time:.*\|\s*([\w.]+)$", found.stderr, re.MULTILINE)
    return frozenset(name.split(".")[0] for name in names)
