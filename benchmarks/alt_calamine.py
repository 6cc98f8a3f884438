"""The checks with bare python-calamine, the least that reading can cost: python alt_calamine.py WORKLOAD PATH."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import layouts as at
from checks import Checks
from python_calamine import CalamineWorkbook


def district(path: Path, checks: Checks) -> None:
    """Check the district's workbook."""
    book = CalamineWorkbook.from_path(path)
    for name, elements, stage in at.UNIT_SHEETS:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)[at.FIRST_ROW[name] - 1 :]
        checks.add(rows, at.positions(elements), stage)
    labels = {row[1]: row[3] for row in book.get_sheet_by_name(at.POPULATION_SHEET).to_python() if len(row) > 3}
    checks.add_district(at.population(labels), at.money(book.get_sheet_by_name(at.MONEY_SHEET).to_python()))


def schools(folder: Path, checks: Checks) -> None:
    """Check a folder of one-school workbooks."""
    checks.add(map(school, sorted(folder.glob("*.xlsx"))), at.ITSELF)


def school(path: Path) -> dict[str, Any]:
    """Return what one school says, by element."""
    return dict(at.items(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()))


def large(path: Path, checks: Checks) -> None:
    """Check the large workbook."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(at.LARGE_SHEET).iter_rows()
    head = next(row for row in rows if "学校标识码" in row)
    checks.add(rows, {at.LARGE[str(word)]: place for place, word in enumerate(head)})


if __name__ == "__main__":
    found = Checks()
    {"district": district, "schools": schools, "large": large}[sys.argv[1]](Path(sys.argv[2]), found)
    print(*found.lines(), sep="\n")
