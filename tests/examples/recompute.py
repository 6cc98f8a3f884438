"""Recompute the district's verdicts by hand from the cells that their readings name. Imports nothing of the package.

    plancheck run examples/returns.xlsx --format json > result.json
    python tests/examples/recompute.py result.json examples/returns.xlsx

Every formula and bound below is written out from the plan's table, not taken from indicators.yaml.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

Said = Fraction | bool | str
FULL_WIDTH = str.maketrans("０１２３４５６７８９，．", "0123456789,.")


def parse(content: object) -> Said:
    """Return what a cell says: a number, yes or no, or a text. Text numbers may have full-width digits and commas."""
    if isinstance(content, bool):
        return content
    if isinstance(content, int | float):
        return Fraction(str(content))
    text = str(content).strip()
    if text[:1] in ("是", "否"):
        return text[0] == "是"
    digits = text.translate(FULL_WIDTH)
    return Fraction(digits.replace(",", "")) if re.fullmatch(r"\d+(,\d{3})*(\.\d+)?", digits) else text


@dataclass(frozen=True, slots=True)
class Place:
    """A cell that a reading names, opened and parsed here."""

    sheet: Worksheet
    cell: str
    said: Said

    @property
    def row(self) -> int:
        """The cell's row."""
        return int(self.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))

    def year(self) -> int:
        """Return the year in the head of the cell's column."""
        letters = self.cell.rstrip("0123456789")
        above = (str(self.sheet[f"{letters}{row}"].value) for row in range(self.row - 1, 0, -1))
        return next(int(found[1]) for text in above if (found := re.fullmatch(r"(20\d\d)年", text)))

    def school(self) -> str:
        """Return the school code: in the cell's row, or on one school's own form beside its label."""
        for head in self.sheet.iter_rows(max_row=6):
            for cell in head:
                if cell.value == "学校标识码：":
                    return next(str(beside.value) for beside in head[1:] if beside.value is not None)
                if cell.value in ("学校标识码", "标识码"):
                    return str(self.sheet.cell(self.row, cell.column or 0).value)
        raise LookupError(f"no code column on {self.sheet.title}")


Places = Mapping[str, Sequence[Place]]


@dataclass(frozen=True, slots=True)
class Figures:
    """A numerator and a denominator; their quotient, in percent or as it stands, is held against the bound."""

    numerator: Fraction
    denominator: Fraction


def total(places: Places, *elements: str) -> Fraction:
    """Return the sum of the elements' cells."""
    return Fraction(
        sum(place.said for element in elements for place in places[element] if isinstance(place.said, Fraction))
    )


def ratio(above: Sequence[str], below: str) -> Callable[[Places], Figures]:
    """Return the recomputation of a ratio of sums."""
    return lambda places: Figures(total(places, *above), total(places, below))


def inclusive(places: Places) -> Figures:
    """Children in kindergartens whose own row says 普惠, of all children."""
    answers = {(place.sheet.title, place.row): place.said for place in places["kg_inclusive"]}
    children = places["kg_children"]
    counted = [place.said for place in children if answers[place.sheet.title, place.row] is True]
    return Figures(
        Fraction(sum(number for number in counted if isinstance(number, Fraction))), total(places, "kg_children")
    )


def schools_with(element: str) -> Callable[[Places], Figures]:
    """Return the recomputation of a share of schools: one answer a school, however many rows it has."""

    def share(places: Places) -> Figures:
        answers: dict[str, set[Said]] = {}
        for place in places[element]:
            answers.setdefault(place.school(), set()).add(place.said)
        agreed = [said.pop() for said in answers.values() if len(said) == 1]
        return Figures(Fraction(sum(said is True for said in agreed)), Fraction(len(agreed)))

    return share


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the plan's table: how it is computed, its comparison, bound and value of 2020."""

    compute: Callable[[Places], Figures]
    operator: str
    bound: int
    baseline: str | None
    every_year: bool = False


TABLE = {
    "preschool_enrollment_rate": Row(ratio(["kg_children"], "pop_3_6"), ">", 98, "98", every_year=True),
    "inclusive_kindergarten_coverage_rate": Row(inclusive, ">", 90, "98", every_year=True),
    "compulsory_nearby_enrollment_rate": Row(ratio(["entrants_nearby"], "entrants"), ">=", 99, "99"),
    "disabled_compulsory_enrollment_rate": Row(ratio(["disabled_enrolled"], "disabled_pop_6_15"), ">=", 100, "100"),
    "senior_secondary_gross_enrollment_rate": Row(ratio(["students"], "pop_15_17"), ">=", 100, "100"),
    "fitness_pass_rate": Row(ratio(["fit_excellent", "fit_good", "fit_pass"], "fit_tested"), ">=", 98, "97"),
    "preschool_teacher_college_rate": Row(ratio(["kg_teachers_college_plus"], "kg_teachers"), ">=", 99, "98"),
    "compulsory_teacher_bachelor_rate": Row(
        ratio(["teachers_postgrad", "teachers_bachelor"], "teachers"), ">", 97, "96"
    ),
    "senior_teacher_postgrad_rate": Row(ratio(["teachers_postgrad"], "teachers"), ">", 30, "19.9"),
    "vocational_dual_qualified_rate": Row(ratio(["v_teachers_dual"], "v_teachers_specialty"), ">=", 85, "84"),
    "district_backbone_teacher_share": Row(ratio(["backbone_city", "backbone_district"], "teachers"), ">=", 15, "12"),
    "smart_campus_coverage_rate": Row(schools_with("smart_campus"), ">", 85, None),
    "green_school_rate": Row(schools_with("green_school"), ">", 70, None),
    "safe_campus_rate": Row(schools_with("safe_campus"), ">=", 100, "100"),
}
STAGES = ("kindergarten", "primary", "junior", "senior", "vocational")


def disagreements(document: Mapping[str, Any], workbooks: Sequence[Path]) -> list[str]:
    """Return every point on which the document and the cells differ; an empty list is what is hoped for."""
    books = {path.resolve(): load_workbook(path, data_only=True) for path in workbooks}
    of_district = (verdict for verdict in document["verdicts"] if verdict["level"] == "district")
    verdicts = [verdict for verdict in of_district if verdict["indicator"] in expected()]
    found = [f"no district verdict on {name}" for name in expected() - {verdict["indicator"] for verdict in verdicts}]
    for verdict in verdicts:
        places: dict[str, list[Place]] = {}
        for reading in verdict["readings"]:
            sheet = books[Path(reading["file"]).resolve()][reading["sheet"]]
            place = Place(sheet, reading["cell"], parse(sheet[reading["cell"]].value))
            if any(
                (other.sheet, other.cell) == (place.sheet, place.cell) for other in places.get(reading["element"], ())
            ):
                found.append(f"{verdict['indicator']}: {place.cell} counts twice")
            places.setdefault(reading["element"], []).append(place)
            if not same(reading["value"], place.said):
                found.append(
                    f"{verdict['indicator']}: {sheet.title}!{place.cell} is {place.said}, read {reading['value']}"
                )
        found += [f"{verdict['indicator']}: {fault}" for fault in judged_otherwise(verdict, places)]
    return found


def expected() -> set[str]:
    """Return the sixteen indicators of the plan's table."""
    return {*TABLE, "public_budget_edu_nondecreasing", "per_student_public_budget_edu_nondecreasing"}


def same(value: object, said: Said) -> bool:
    """Return whether a value of the document is what the cell says."""
    if isinstance(said, bool):
        return value is said or value in (("是", "yes", "true") if said else ("否", "no", "false"))
    return Fraction(str(value)) == said if isinstance(said, Fraction) else value == said


def judged_otherwise(verdict: Mapping[str, Any], places: Places) -> Iterator[str]:
    """Yield the points on which one verdict differs from its own cells."""
    name = verdict["indicator"]
    if name == "public_budget_edu_nondecreasing":
        yield from series_otherwise(verdict, [by_year(places["gen_public_budget_edu"])])
    elif name == "per_student_public_budget_edu_nondecreasing":
        yield from series_otherwise(verdict, [per_student(places, stage) for stage in STAGES])
    else:
        yield from rate_otherwise(verdict, TABLE[name], TABLE[name].compute(places))


def by_year(places: Sequence[Place]) -> dict[int, Fraction]:
    """Return amounts by the year in the head of their column."""
    return {place.year(): place.said for place in places if isinstance(place.said, Fraction)}


def per_student(places: Places, stage: str) -> dict[int, Fraction]:
    """Return a stage's spending per student in yuan, by year; spending stands in 10,000 yuan."""
    spending, students = by_year(places[f"edu_spending_{stage}"]), by_year(places[f"students_{stage}"])
    return {year: spending[year] * 10_000 / students[year] for year in spending}


def series_otherwise(verdict: Mapping[str, Any], parts: Sequence[Mapping[int, Fraction]]) -> Iterator[str]:
    """Compare a series with its amounts: met if none is below the year before; the deepest fall is the figure shown."""
    year = verdict["period"]
    worst = min(parts, key=lambda part: part[year] / part[year - 1])
    met = all(part[year] >= part[year - 1] for part in parts)
    yield from differing(verdict, "outcome", "met" if met else "not_met")
    yield from differing(verdict, "numerator", worst[year])
    yield from differing(verdict, "denominator", worst[year - 1])
    if not met:
        yield from differing(verdict["gap"], "amount", worst[year - 1] - worst[year])


def rate_otherwise(verdict: Mapping[str, Any], row: Row, figures: Figures) -> Iterator[str]:
    """Compare a rate's figures, outcome, progress and gap with those computed here."""
    yield from differing(verdict, "numerator", figures.numerator)
    yield from differing(verdict, "denominator", figures.denominator)
    yield from differing(verdict["value"], "exact", figures.numerator / figures.denominator)
    value = figures.numerator / figures.denominator * 100
    met = value >= row.bound if row.operator == ">=" else value > row.bound
    yield from differing(verdict, "outcome", "met" if met else "not_met")
    yield from differing(verdict["target"], "operator", row.operator)
    yield from differing(verdict["target"], "bound", Fraction(row.bound))
    yield from differing(
        verdict, "progress", None if met or row.every_year else progress(value, row, verdict["period"])
    )
    if met:
        if verdict["gap"] is not None:
            yield f"a gap of {verdict['gap']} although the target is met"
    else:
        yield from differing(verdict["gap"], "amount", row.bound - value)
        yield from differing(verdict["gap"], "people", lacking(row, figures))


def progress(value: Fraction, row: Row, year: int) -> str:
    """Return how a value short of its target stands on the straight path from 2020 to 2025."""
    if row.baseline is None:
        return "not_due"
    start = Fraction(row.baseline)
    return "on_track" if value >= start + (row.bound - start) * (year - 2020) / 5 else "behind"


def lacking(row: Row, figures: Figures) -> int:
    """Return how many more people or schools the numerator needs."""
    wanted = figures.denominator * row.bound / 100 - figures.numerator
    return ceil(wanted) if row.operator == ">=" else floor(wanted) + 1


def differing(holder: Mapping[str, Any], key: str, wanted: object) -> Iterator[str]:
    """Yield a line if `key` holds something else than wanted; numbers are compared exactly, however written."""
    held = holder[key]
    if isinstance(wanted, Fraction) and held is not None:
        if Fraction(str(held)) != wanted:
            yield f"{key} is {held}, recomputed {wanted}"
    elif held != wanted:
        yield f"{key} is {held!r}, recomputed {wanted!r}"


if __name__ == "__main__":
    faults = disagreements(json.loads(Path(sys.argv[1]).read_text("utf-8")), [Path(name) for name in sys.argv[2:]])
    print("\n".join(faults) or "no disagreement")
    sys.exit(1 if faults else 0)
