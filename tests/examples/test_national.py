"""The second plan, in YAML alone: its verdicts against figures worked out from the cells by a small script of its own."""

from __future__ import annotations

import runpy
from fractions import Fraction
from math import isqrt
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from plancheck.model import Assessment, Verdict
from plancheck.pipeline import Request, assess
from plancheck.plan.lint import lint
from plancheck.plan.load import load

FOLDER = Path(__file__).parents[2] / "examples" / "national"
COLUMNS = {
    # indicator -> column, times, requirement (primary, junior)
    "high_degree_teachers": (7, 100, "4.2", "5.3"),
    "backbone_teachers": (8, 100, "1", "1"),
    "arts_pe_teachers": (9, 100, "0.9", "0.9"),
    "teaching_area_per_pupil": (10, 1, "4.5", "5.8"),
    "sports_area_per_pupil": (11, 1, "7.5", "10.2"),
    "equipment_per_pupil": (12, 1, "2000", "2500"),
    "multimedia_rooms_per_100": (13, 100, "2.3", "2.4"),
}


@pytest.fixture(scope="module")
def rows() -> list[list[Any]]:
    """The rows of schools that are judged: a teaching point with fewer than 50 pupils stays out."""
    sheet = load_workbook(FOLDER / "returns.xlsx").worksheets[0]
    found: list[list[Any]] = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4) if row[1].value]
    return [row for row in found if not (row[3] == "教学点" and row[6] < 50)]


@pytest.fixture(scope="module")
def found() -> Assessment:
    plan = load(FOLDER / "indicators.yaml")
    return assess(plan, Request((FOLDER / "returns.xlsx",), levels=frozenset({"district", "unit"})))


def _of(found: Assessment, indicator: str, unit: str | None = None) -> Verdict:
    (verdict,) = (each for each in found.verdicts if (each.indicator, each.unit) == (indicator, unit))
    return verdict


def _stage(row: list[Any]) -> int:
    return 0 if row[5].startswith("小学") else 1


def _values(row: list[Any]) -> dict[str, tuple[Fraction, Fraction]]:
    """Return for each indicator the school's value and what is asked of its stage."""
    return {
        name: (Fraction(row[at] * times, row[6]), Fraction(limits[_stage(row)]))
        for name, (at, times, *limits) in COLUMNS.items()
    }


def test_the_script_makes_the_committed_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = runpy.run_path(str(FOLDER / "make_returns.py"))
    monkeypatch.setitem(made["main"].__globals__, "HERE", tmp_path)
    made["main"]()
    with ZipFile(tmp_path / "returns.xlsx") as first, ZipFile(FOLDER / "returns.xlsx") as second:
        assert {name: first.read(name) for name in first.namelist()} == {
            name: second.read(name) for name in second.namelist()
        }


def test_the_plan_is_clean() -> None:
    assert lint(FOLDER / "indicators.yaml") == ()


@pytest.mark.parametrize("indicator", COLUMNS)
def test_each_school_is_held_against_the_requirement_of_its_stage(
    indicator: str, rows: list[list[Any]], found: Assessment
) -> None:
    met = 0
    for row in rows:
        value, asked = _values(row)[indicator]
        verdict = _of(found, indicator, f"{row[1]}/{('primary', 'junior')[_stage(row)]}")
        assert (verdict.value, verdict.outcome) == (value, "met" if value >= asked else "not_met")
        met += value >= asked
    district = _of(found, indicator)
    assert (district.numerator, district.denominator) == (met, len(rows))
    assert district.outcome == ("met" if met == len(rows) else "not_met")


def test_six_of_seven_and_the_rest_at_85_percent(rows: list[list[Any]], found: Assessment) -> None:
    passing = set()
    for row in rows:
        values = _values(row).values()
        good = sum(value >= asked for value, asked in values) >= 6
        near = all(value >= asked * Fraction(85, 100) for value, asked in values)
        unit = f"{row[1]}/{('primary', 'junior')[_stage(row)]}"
        assert (_of(found, "resources_together", unit).outcome == "met") is (good and near)
        passing |= {row[2]} if good and near else set()
    assert "南河小学" in passing  # 6.375 of 7.5 is 85 % exactly
    assert not {"北河小学", "东山小学"} & passing  # 6.3725; five met only
    assert _of(found, "resources_together").outcome == "not_met"


@pytest.mark.parametrize("indicator", COLUMNS)
@pytest.mark.parametrize(("stage", "limit"), [("primary", Fraction(1, 2)), ("junior", Fraction(45, 100))])
def test_the_schools_lie_no_further_apart_than_is_allowed(
    indicator: str, stage: str, limit: Fraction, rows: list[list[Any]], found: Assessment
) -> None:
    own = [row for row in rows if ("primary", "junior")[_stage(row)] == stage]
    pupils = sum(row[6] for row in own)
    values = [(_values(row)[indicator][0], row[6]) for row in own]
    mean = sum(value * weight for value, weight in values) / pupils
    square = sum(weight * (value - mean) ** 2 for value, weight in values) / pupils / mean**2
    verdict = _of(found, f"variation_{indicator}_{stage}")
    assert verdict.outcome == ("met" if square <= limit**2 else "not_met")
    root = Fraction(isqrt(int(square * 10**12)), 10**6)
    assert verdict.value is not None
    assert abs(verdict.value - root) < Fraction(1, 10**5)
