"""Work the district's facts out again from the workbooks of the years, with openpyxl alone. Imports nothing of the package.

    python tests/examples/baseline.py examples/returns

The columns below are those of the workbooks, by letter; nothing is looked up in a plan file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet


def sheet_of(folder: Path, file: str, name: str) -> Worksheet:
    """Open a sheet of a year."""
    sheet = load_workbook(folder / file)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def rows(sheet: Worksheet, *letters: str) -> Iterator[tuple[object, ...]]:
    """Yield these columns of each numbered row: rows of data begin with their number, totals and notes do not."""
    for row in sheet.iter_rows(min_row=4, values_only=True):
        if isinstance(row[0], int) and isinstance(row[2], str):
            yield tuple(row[column_index_from_string(letter) - 1] for letter in letters)


def whole(value: object) -> int:
    """Return a count; a blank adds nothing."""
    return value if isinstance(value, int) else 0


def items(folder: Path, file: str, name: str) -> dict[str, int]:
    """Return the district's own figures by their labels."""
    sheet = sheet_of(folder, file, name)
    return {
        str(row[1]): whole(row[3]) for row in sheet.iter_rows(min_row=4, values_only=True) if isinstance(row[0], int)
    }


@dataclass(frozen=True, slots=True)
class Kindergartens:
    """Children of a year: all, in public kindergartens, in inclusive ones, and of that age in the district."""

    children: int
    public: int
    inclusive: int
    population: int


def kindergartens(folder: Path) -> Kindergartens:
    """Add up 表2: E 办园性质 (1 public), F 是否普惠, M 在园幼儿数."""
    found = list(rows(sheet_of(folder, "kindergartens.xlsx", "表2 幼儿园"), "E", "F", "M"))
    return Kindergartens(
        sum(whole(children) for _, _, children in found),
        sum(whole(children) for ownership, _, children in found if ownership == 1),
        sum(whole(children) for _, inclusive, children in found if inclusive == "是"),
        items(folder, "district.xlsx", "区级基础数据表")["3—6岁适龄人口"],
    )


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats that the building projects add: by the year they are due, 0 for no year; and those delivered."""

    planned: dict[int, int]
    delivered: int
    projects: int


def seats(folder: Path) -> Seats:
    """Add up 表7: H 可新增学位, I 已新增学位, J 计划完成时间."""
    planned: dict[int, int] = {}
    delivered = projects = 0
    for new, done, due in rows(sheet_of(folder, "ledgers.xlsx", "表7 设施项目"), "H", "I", "J"):
        year = due if isinstance(due, int) else 0
        planned[year] = planned.get(year, 0) + whole(new)
        delivered += whole(done)
        projects += 1
    return Seats(planned, delivered, projects)


def health(folder: Path) -> tuple[Fraction, Fraction]:
    """Return the rates, in percent, of short-sighted and of obese pupils in primary, junior and senior schools (表4)."""
    sums = [0, 0, 0, 0]
    for stage, *figures in rows(sheet_of(folder, "schools.xlsx", "表4 视力体检"), "D", "E", "F", "I", "J"):
        if stage != "中职":
            sums = [total + whole(figure) for total, figure in zip(sums, figures, strict=True)]
    seen, myopic, examined, obese = sums
    return Fraction(100 * myopic, seen), Fraction(100 * obese, examined)


def spending(folder: Path, year: int) -> dict[str, Fraction]:
    """Return the education budget (教育支出) and spending per pupil by stage, in 10,000 yuan, of a year (表6)."""
    sheet = sheet_of(folder, "district.xlsx", "表6 区级经费")
    at = next(cell.column for cell in sheet[3] if cell.value == f"{year}年")
    assert at is not None
    block, found, per = "", {}, dict[str, Fraction]()
    for row in range(4, sheet.max_row + 1):
        label = re.sub(r"\s|其中：", "", str(sheet.cell(row, 1).value))
        value = sheet.cell(row, at).value
        if label.startswith("分学段"):
            block = label
        elif isinstance(value, int):
            found[f"{block}{label}"] = value
    for stage in ("幼儿园", "小学", "初中", "高中", "中职"):
        per[stage] = Fraction(found[f"分学段教育支出（万元）{stage}"], found[f"分学段在校生数（人）{stage}"])
    return {"教育支出": Fraction(found["教育支出"]), **per}


if __name__ == "__main__":
    for given in sorted(Path(sys.argv[1]).iterdir()):
        print(given.name, kindergartens(given), *map(float, health(given)))
        if (given / "ledgers.xlsx").exists():
            print(given.name, seats(given))
