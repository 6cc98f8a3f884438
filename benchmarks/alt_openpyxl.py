"""The checks with openpyxl, read-only, as a statistician would script them: python alt_openpyxl.py WORKLOAD PATH."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import layouts as at
from checks import Checks
from openpyxl import load_workbook


def district(path: Path, checks: Checks) -> None:
    """Check the district's workbook."""
    book = load_workbook(path, read_only=True, data_only=True)
    for name, elements, stage in at.UNIT_SHEETS:
        rows = book[name].iter_rows(min_row=at.FIRST_ROW[name], values_only=True)
        checks.add(rows, at.positions(elements), stage)
    labels = {row[1]: row[3] for row in book[at.POPULATION_SHEET].iter_rows(values_only=True)}
    checks.add_district(at.population(labels), at.money(book[at.MONEY_SHEET].iter_rows(values_only=True)))


def schools(folder: Path, checks: Checks) -> None:
    """Check a folder of one-school workbooks."""
    checks.add(map(school, sorted(folder.glob("*.xlsx"))), at.ITSELF)


def school(path: Path) -> dict[str, Any]:
    """Return what one school says, by element."""
    book = load_workbook(path, read_only=True, data_only=True)
    said = dict(at.items(book.worksheets[0].iter_rows(values_only=True)))
    book.close()
    return said


def large(path: Path, checks: Checks) -> None:
    """Check the large workbook."""
    book = load_workbook(path, read_only=True, data_only=True)
    rows = book[at.LARGE_SHEET].iter_rows(values_only=True)
    head = next(row for row in rows if "学校标识码" in row)
    checks.add(rows, {at.LARGE[str(word)]: place for place, word in enumerate(head)})


if __name__ == "__main__":
    found = Checks()
    {"district": district, "schools": schools, "large": large}[sys.argv[1]](Path(sys.argv[2]), found)
    print(*found.lines(), sep="\n")
