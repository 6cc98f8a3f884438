"""Write the workloads: python benchmarks/make_workloads.py [FOLDER] [--only district]. The same content every time."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

import alt_frictionless
from broken import broken
from district_book import district_book
from large_book import large_book
from school_form import one_school
from wide_book import wide as wide_book

SCHOOLS, FEWER = 1_000, 100
WORK = Path(__file__).parent / "work"
PLAN = Path(__file__).parent.parent / "indicators.yaml"
INCLUDED = ("elements.yaml", "by-grade.yaml", "forms.yaml")


def school(folder: Path) -> None:
    """Write the workbook of one school."""
    one_school(folder, 1).replace(folder / "school.xlsx")


def district(folder: Path) -> None:
    """Write a district's workbook, and the descriptor that frictionless validates it by."""
    district_book(folder / "district.xlsx")
    alt_frictionless.write(folder)


def schools(folder: Path) -> None:
    """Write a workbook for each of 1,000 schools; the first 100 again in a folder of their own, and all with a tenth broken."""
    for name in (f"schools-{SCHOOLS}", f"schools-{FEWER}"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    for serial in range(SCHOOLS):
        path = one_school(folder / f"schools-{SCHOOLS}", serial)
        if serial < FEWER:
            shutil.copy(path, folder / f"schools-{FEWER}")
    broken(folder / f"schools-{SCHOOLS}", folder / f"schools-{SCHOOLS}-broken")


def large(folder: Path) -> None:
    """Write the workbook of 100,000 rows."""
    large_book(folder / "large.xlsx")


def table(folder: Path) -> None:
    """Write the plan's table alone, its 16 indicators: the checks that the scripts make, and no others."""
    rest = folder / "table" / "indicators"
    rest.mkdir(parents=True, exist_ok=True)
    for name in INCLUDED:
        shutil.copy(PLAN.parent / "indicators" / name, rest)
    lines = PLAN.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("  - indicators/") or line.strip().endswith(INCLUDED)]
    (folder / "table" / "indicators.yaml").write_text("".join(kept), "utf-8")


def wide(folder: Path) -> None:
    """Write a plan of 60 indicators and the workbook of 1,000 schools that it is for."""
    wide_book(folder / "wide")


WORKLOADS: dict[str, Callable[[Path], None]] = {
    "school": school,
    "district": district,
    "schools": schools,
    "large": large,
    "table": table,
    "wide": wide,
}


def main() -> None:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=WORK, help="where to write; benchmarks/work by default")
    parser.add_argument("--only", choices=WORKLOADS, help="one workload instead of all")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for name in [options.only] if options.only else WORKLOADS:
        WORKLOADS[name](options.folder)
        print(f"{name}: written under {options.folder}")


if __name__ == "__main__":
    main()
