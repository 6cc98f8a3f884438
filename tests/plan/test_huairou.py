"""The shipped plan holds the whole document: every commitment once, with its kind, group and rulings.

`tests/data/commitments.tsv` lists the document's commitments as they were counted by hand, with a letter for the kind;
a restatement (RS) names the row it says again. `contradictions.tsv` lists its contradictions and gaps.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from plancheck.cli import main
from plancheck.model import EveryGroup, Kind, Milestone, Narrative, Plan

DATA = Path(__file__).parents[1] / "data"

KINDS: Final[dict[str, Kind]] = {
    "T": "threshold", "TS": "stage_threshold", "N": "count", "R": "range", "C": "coverage", "M": "monotone",
    "D": "change", "L": "grade", "X": "comparison", "B": "yes_no", "P": "milestone", "Q": "narrative",
}  # fmt: skip

PARTS: Final = {
    "table": "专栏", "goals": "二（三）", "party": "三（一）", "five_educations": "三（二）", "basic_education": "三（三）",
    "lifelong_learning": "三（四）", "teachers": "三（五）", "layout": "三（六）", "technology": "三（七）",
    "opening": "三（八）", "reform": "三（九）", "guarantees": "四", "implementation": "五", "annex1": "附件1",
    "annex2": "附件2",
}  # fmt: skip
"""Group -> how the clauses in it begin, in the order of the document; the table heads its own section."""


class Row(NamedTuple):
    """A commitment as the document's readers counted it."""

    no: str
    id: str
    kind: str
    parent: str


def _table(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


ROWS: Final = [Row(*cells) for cells in _table("commitments.tsv")]


def test_the_list_is_the_one_that_was_counted() -> None:
    assert Counter(row.kind for row in ROWS) == {
        "T": 26, "TS": 1, "N": 13, "R": 4, "C": 29, "M": 5, "D": 2, "L": 3, "X": 2, "B": 9, "P": 37, "Q": 1, "RS": 12,
    }  # fmt: skip
    assert len({row.id for row in ROWS}) == 144


def test_every_commitment_stands_in_the_plan_with_its_kind_and_nothing_more(huairou: Plan) -> None:
    counted = {row.id: KINDS[row.kind] for row in ROWS if row.kind != "RS"}
    assert {one.id: one.kind for one in huairou.indicators.values()} == counted


def test_every_restatement_stands_under_the_row_it_says_again(huairou: Plan) -> None:
    counted = {row.id: row.parent for row in ROWS if row.kind == "RS"}
    assert {again.id: one.id for one in huairou.indicators.values() for again in one.restated} == counted


def test_indicators_stand_in_the_order_of_the_document(huairou: Plan) -> None:
    groups = [group for group, _ in groupby(one.group for one in huairou.indicators.values())]
    assert groups == list(huairou.groups) == list(PARTS)


def test_a_clause_stands_in_the_group_of_its_part(huairou: Plan) -> None:
    elsewhere = {
        one.id: one.source.clause
        for one in huairou.indicators.values()
        if not _in_its_part(one.group, one.source.clause)
    }
    assert elsewhere == {}


def _in_its_part(group: str, clause: str) -> bool:
    return clause.startswith(PARTS[group])


def test_within_a_part_commitments_follow_its_clauses(huairou: Plan) -> None:
    for _, members in groupby(huairou.indicators.values(), lambda one: one.group):
        clauses = [one.source.clause for one in members]
        assert [clause for clause, _ in groupby(clauses)] == list(dict.fromkeys(clauses))


def test_words_of_aspiration_are_aspirations(huairou: Plan) -> None:
    """力争, 努力, 基本, 普遍 never fail; nothing else is softened."""
    soft = {one.id: one.source.quote for one in huairou.indicators.values() if one.nature == "aspiration"}
    words = {name: [word for word in ("力争", "努力", "基本", "普遍") if word in quote] for name, quote in soft.items()}
    assert words == {
        "students_two_sport_skills_share": ["基本"],
        "public_kg_grade_a": ["普遍"],
        "private_kg_grade_b": ["努力"],
        "famous_principal_count": ["力争"],
        "law_practice_coverage": ["普遍"],
    }


def test_what_is_kept_holds_in_every_year(huairou: Plan) -> None:
    """保持, 持续稳定, 每年, 逐年, 巩固…成果 are no goals for 2025 only."""
    at_the_end = {one.id for one in huairou.indicators.values() if one.due == "by_end" or isinstance(one.due, int)}
    kept = ("保持在", "持续稳定", "每年选派", "逐年", "每年下降", "应每年", "每学年", "年度", "达标成果")
    assert [
        one.id for one in huairou.indicators.values() if one.id in at_the_end and _any(kept, one.source.quote)
    ] == []


def _any(words: tuple[str, ...], text: str) -> bool:
    return any(word in text for word in words)


def test_the_seventeen_projects_add_up_to_the_seats_of_the_annex(huairou: Plan) -> None:
    """2022: 3,060; 2023: 3,090; 2024: 2,820; 2025: 472; 1,455 without a date; 44 playgrounds are no seats."""
    projects = [one for one in huairou.indicators.values() if one.group == "annex1"]
    assert len(projects) == 17
    seats: Counter[str | int] = Counter()
    for one in projects:
        assert isinstance(one.measure, Milestone)
        if one.measure.delivered == "seats_done":
            seats[one.due] += one.measure.planned or 0
    assert seats == {2022: 3060, 2023: 3090, 2024: 2820, 2025: 472, "none": 1455}
    assert [one.id for one in projects if one.condition] == ["prj_no6_junior"]
    playgrounds = huairou.indicators["prj_playgrounds"].measure
    assert isinstance(playgrounds, Milestone)
    assert (playgrounds.delivered, playgrounds.planned) == ("playgrounds_done", 44)


def test_sixteen_townships_are_asked_for(huairou: Plan) -> None:
    by = {one.measure.by for one in huairou.indicators.values() if isinstance(one.measure, EveryGroup)}
    assert by == {"township"}
    townships = huairou.units.groups["township"]
    assert len(set(townships)) == 16
    assert Counter(name[-1] for name in townships) == {"道": 2, "镇": 12, "乡": 2}


def test_what_cannot_be_checked_says_why(huairou: Plan) -> None:
    narratives = {one.id: one.measure for one in huairou.indicators.values() if isinstance(one.measure, Narrative)}
    assert list(narratives) == ["city_rank_middle"]
    assert all(measure.reason.zh and measure.reason.en for measure in narratives.values())


@pytest.mark.parametrize(("no", "subject", "rulings"), _table("contradictions.tsv"))
def test_every_contradiction_is_ruled_on(no: str, subject: str, rulings: str, huairou: Plan) -> None:
    known = {ruling.id: ruling for ruling in huairou.rulings}
    for name in rulings.split():
        ruling = known[name]
        assert ruling.conflict, (no, subject)
        assert ruling.reading.zh and ruling.reading.en and ruling.why.zh and ruling.why.en


def test_list_prints_every_commitment(capsys: pytest.CaptureFixture[str]) -> None:
    """All 144 ids: those of the 132 in order, and under twelve of them the restatement."""
    assert main(["list", "--format", "json", "--plan", str(DATA.parents[1] / "indicators.yaml")]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {one["id"]: one["commitment"] for one in listed} == {
        row.id: KINDS[row.kind] for row in ROWS if row.kind != "RS"
    }
    said_again = {again: one["id"] for one in listed for again in one["restated"].split(", ") if again}
    assert said_again == {row.id: row.parent for row in ROWS if row.kind == "RS"}
