"""The four years of the district: the plan's own facts of 2020 reproduce, and each year is judged as it was designed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from plancheck.cli import main
from plancheck.judge import Scope, judge
from plancheck.model import Plan
from plancheck.reports.figures import exactly
from plancheck.returns import read_history, read_roster, vocabulary, with_history
from tests.examples.baseline import health, kindergartens, seats, spending
from tests.examples.recompute import disagreements, expected

ROOT = Path(__file__).parents[2]
RETURNS = ROOT / "examples" / "returns"
YEARS = (2020, 2021, 2022, 2023)


# ------------------------------------------------------------------------- the facts, worked out by hand


def test_the_plans_own_facts_of_2020_reproduce() -> None:
    """The plan's text: 在园幼儿 10988 人, 公办园 6698 人 (61%), 普惠率 98.95%, 入园率 99.67%."""
    found = kindergartens(RETURNS / "2020")
    assert (found.children, found.public, found.inclusive) == (10_988, 6_698, 10_873)
    shown = [round(100 * Fraction(part, whole), 2) for part, whole in (
        (found.public, found.children), (found.inclusive, found.children), (found.children, found.population)
    )]  # fmt: skip
    assert shown == [Fraction("60.96"), Fraction("98.95"), Fraction("99.67")]


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_the_projects_add_the_seats_of_annex_1(year: int) -> None:
    found = seats(RETURNS / str(year))
    assert found.projects == 17
    assert found.planned == {2022: 3_060, 2023: 3_090, 2024: 2_820, 2025: 472, 0: 1_455}
    assert sum(found.planned.values()) == 10_897
    assert found.delivered == {2021: 0, 2022: 1_020, 2023: 5_190}[year]


def test_enrolment_hits_98_exactly_in_2021() -> None:
    found = kindergartens(RETURNS / "2021")
    assert Fraction(found.children, found.population) == Fraction(98, 100)


def test_the_share_of_inclusive_kindergartens_falls_and_stays_above_its_floor() -> None:
    shares = [
        Fraction(found.inclusive, found.children) for year in YEARS if (found := kindergartens(RETURNS / str(year)))
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] > Fraction(9, 10)


def test_myopia_falls_by_a_point_in_some_years_and_obesity_once_by_exactly_one() -> None:
    rates = {year: health(RETURNS / str(year)) for year in YEARS}
    myopia, obesity = ([rates[year][at] - rates[year - 1][at] for year in YEARS[1:]] for at in (0, 1))
    assert [change <= -1 for change in myopia] == [True, False, True]
    assert myopia[1] < 0  # it fell, but not by a point
    assert obesity[0] == -1
    assert obesity[1] > 0


def test_spending_rises_every_year_and_per_primary_pupil_it_falls_once() -> None:
    money = {year: spending(RETURNS / str(year), year) for year in YEARS}
    falls = [
        (year, part) for year in YEARS[1:] for part, amount in money[year].items() if amount < money[year - 1][part]
    ]
    assert falls == [(2023, "小学")]


@pytest.mark.parametrize("year", [2022, 2023])
def test_the_years_agree_on_the_years_before(year: int) -> None:
    for before in range(2020, year):
        assert spending(RETURNS / str(year), before) == spending(RETURNS / str(before), before)


# -------------------------------------------------------------------------------- what plancheck makes of it


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run plancheck over the four folders, for every commitment of the plan; return where the JSON is."""
    out = tmp_path_factory.mktemp("years") / "years.json"
    folders = [str(RETURNS / str(year)) for year in YEARS]
    roster = str(ROOT / "examples" / "roster.xlsx")
    code = main(["run", *folders, "--roster", roster, "--plan", str(ROOT / "indicators.yaml"),
                 "--level", "district", "--format", "json", "--output", str(out), "--lang", "en"])  # fmt: skip
    assert code == 1
    return out


@pytest.fixture(scope="module")
def document(result: Path) -> dict[str, Any]:
    """Return the JSON document of the run."""
    found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return found


def district(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (verdict for verdict in document["verdicts"] if verdict["level"] == "district")


STORY = {
    1: "met not_met not_met met",  # 98.0 is not above 98; in 2022 two kindergartens are missing
    2: "met met met met",
    3: "met behind met met",
    4: "met behind met met",
    5: "met behind met met",
    6: "on_track on_track met on_track",
    8: "on_track on_track on_track on_track",
    9: "on_track behind behind behind",
    10: "on_track behind behind behind",
    11: "on_track on_track on_track met",
    12: "on_track on_track on_track on_track",
    13: "unknown met met met",
    14: "unknown met met not_met",
    15: "not_due not_due not_due not_due",
    16: "not_due not_due not_due met",
    17: "met met behind behind",
}
"""The word for each of the four years, by the plan's numbers."""


@pytest.mark.parametrize("no", STORY)
def test_each_year_is_judged_as_designed(no: int, document: dict[str, Any]) -> None:
    assert document["periods"] == list(YEARS)
    found = {verdict["period"]: verdict["status"] for verdict in district(document) if verdict["no"] == no}
    assert " ".join(found[year] for year in YEARS) == STORY[no]


def test_every_figure_can_be_recomputed_from_its_cells(document: dict[str, Any]) -> None:
    # The rows of the plan's table; a series has no year before 2020.
    table = (verdict for verdict in district(document) if verdict["indicator"] in expected())
    own = [verdict for verdict in table if verdict["period"] > 2020]
    books = [
        RETURNS / str(year) / f"{name}.xlsx" for year in YEARS for name in ("schools", "kindergartens", "district")
    ]
    assert disagreements({"verdicts": own}, books) == []


def test_each_kind_of_commitment_is_seen_met_and_not_met(document: dict[str, Any], huairou: Plan) -> None:
    seen: dict[str, set[str]] = {}
    for verdict in district(document):
        seen.setdefault(huairou.indicators[verdict["indicator"]].kind, set()).add(verdict["outcome"])
    judged = {indicator.kind for indicator in huairou.indicators.values()} - {"narrative"}
    assert {kind for kind in judged if seen[kind] >= {"met", "not_met"}} == judged


def test_in_2021_one_of_sixteen_townships_has_no_central_primary_school(document: dict[str, Any]) -> None:
    found = {
        each["period"]: (
            each["outcome"],
            each["numerator"],
            each["denominator"],
            [lack["name"] for lack in each["shortfalls"]],
        )
        for each in district(document)
        if each["indicator"] == "township_central_primary_coverage"
    }
    assert found[2021] == ("not_met", "15", "16", ["琉璃庙镇"])
    assert {year: outcome for year, (outcome, *_) in found.items() if year != 2021} == dict.fromkeys(
        (2020, 2022, 2023), "met"
    )


def test_each_measure_of_the_plan_is_seen_met_and_not_met(document: dict[str, Any], huairou: Plan) -> None:
    seen: dict[type, set[str]] = {}
    for verdict in district(document):
        seen.setdefault(type(huairou.indicators[verdict["indicator"]].measure), set()).add(verdict["outcome"])
    assert {measure.__name__ for measure, outcomes in seen.items() if not outcomes >= {"met", "not_met"}} == set()
    assert len(seen) == 10


def test_in_2022_four_units_are_missing_and_the_verdicts_say_so(document: dict[str, Any]) -> None:
    missing = {finding["unit"] for finding in document["findings"] if finding["code"] == "PC220"}
    assert missing == {
        "2111160014/primary", "3111160008/junior", "1111160034/kindergarten", "1111160076/kindergarten",  # 2022
        "2111160018/primary", "1111160068/kindergarten",  # 2023
    }  # fmt: skip
    provisional = {(verdict["period"], verdict["no"]) for verdict in district(document) if verdict["provisional"]}
    assert {year for year, _ in provisional} == {2022, 2023}
    assert (2022, 1) in provisional


def test_every_row_of_the_ledgers_is_read_or_named(document: dict[str, Any]) -> None:
    used = {(Path(each["file"]).parent.name, each["sheet"].split()[0]): each["used"] for each in document["rows"]}
    ledgers = {"表7": (17, 17, 17), "表8": (34, 34, 34), "表9": (5, 13, 22), "表10": (3, 5, 6)}
    assert {name: tuple(used[str(year), name] for year in YEARS[1:]) for name in ledgers} == ledgers
    assert all(each["read"] == each["used"] + sum(each["left_out"].values()) for each in document["rows"])
    codes = {finding["code"] for finding in document["findings"]}
    assert not codes & {"PC207", "PC208", "PC209", "PC210", "PC211", "PC212"}  # each sheet and year is known
    must = [(Path(each["file"]).parent.name, each["sheet"], each["cell"], each["code"])
            for each in document["findings"] if each["kind"] == "must"]  # fmt: skip
    assert must == [("2022", "表8 重点任务", "B38", "PC240")]


def test_the_result_as_history_gives_every_verdict_again(result: Path, document: dict[str, Any], huairou: Plan) -> None:
    """Whatever a verdict rests on stands in the document: without one workbook it comes out the same."""
    roster, _ = read_roster(ROOT / "examples" / "roster.xlsx", huairou, vocabulary(huairou))
    history = read_history(result, huairou, roster)
    assert history.findings == ()
    blocks = with_history((), [history], huairou)
    again = judge(huairou, blocks, roster, Scope(list(huairou.indicators.values()), list(YEARS))).verdicts
    before = {(each["indicator"], each["period"]): each for each in district(document)}
    assert {(each.indicator, each.period) for each in again} >= before.keys()
    for each in again:
        if (each.indicator, each.period) in before:
            said = before[each.indicator, each.period]
            amounts = [None if amount is None else exactly(amount) for amount in (each.numerator, each.denominator)]
            assert [each.outcome, *amounts] == [said["outcome"], said["numerator"], said["denominator"]], each.indicator
