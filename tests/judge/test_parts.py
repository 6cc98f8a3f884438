"""Parts of the district: groups and units of every kind of measure, how far groups lie apart, what is asked of none."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from msgspec.structs import replace

from plancheck.expression import parse
from plancheck.judge import Judgement, Scope, broken_down, judge
from plancheck.judge.frame import Frame
from plancheck.language import Text
from plancheck.model import Block, Indicator, Level, ReadColumn, Spread, Unit
from tests.conftest import small_plan

KINDS = """
  seats: {label: {zh: 学位, en: Seats}, unit: person, value: seats_here, target: "≥30", due: every_year, source: {clause: 一, quote: "30"}}
  enough: {label: {zh: 够, en: Enough}, unit: person, compare: seats_here, against: seats_needed, target: 不低于, due: every_year, source: {clause: 一, quote: 不低于}}
  against: {label: {zh: 够, en: Enough}, unit: person, compare: seats_here, against: population, target: 不低于, due: every_year, source: {clause: 一, quote: 不低于}}
  spread: {label: {zh: 差异, en: Spread}, unit: number, dispersion: seats_here, weight: tested, target: "≤0.5", due: every_year, source: {clause: 一, quote: "0.5"}}
  rate: {label: {zh: 率, en: Rate}, unit: percent, numerator: passed, denominator: tested, target: {primary: "≥60", junior: "≥50"}, due: every_year, source: {clause: 一, quote: "60"}}
  good: {label: {zh: 好, en: Good}, unit: school, count: safe, target: "≥1", due: every_year, source: {clause: 一, quote: "1"}}
  every: {label: {zh: 每, en: Every}, unit: percent, every: township, count: safe, target: 每个, due: every_year, source: {clause: 一, quote: 每个}}
  grows: {label: {zh: 增, en: Grows}, unit: person, change: {from: prior_year}, value: tested, target: "≥1", due: each_step, source: {clause: 一, quote: "1"}}
  rises: {label: {zh: 增, en: Rises}, unit: person, series: tested, target: 逐年增加, due: each_step, source: {clause: 一, quote: 逐年增加}}
  told: {label: {zh: 述, en: Told}, narrative: {zh: 无数, en: no figures}, source: {clause: 一, quote: 某}}
  listed: {label: {zh: 列, en: Listed}, unit: thing, of: ledger, count: done, target: "≥1", due: every_year, source: {clause: 一, quote: "1"}}
"""
UNITS = [
    Unit("1001/primary", "1001", "甲", "primary", {"township": "城关"}),
    Unit("1002/primary", "1002", "乙", "primary", {"township": "山乡"}),
    Unit("1003/junior", "1003", "丙", "junior", {"township": "城关"}),
]
FIGURES: dict[str, tuple[int | bool, ...]] = {
    "tested": (100, 50, 50), "passed": (60, 20, 30), "seats_here": (20, 30, 40), "seats_needed": (20, 31, 30),
    "safe": (True, False, True),
}  # fmt: skip


def run(folder: Path, levels: frozenset[Level], by: str | None = None, only: tuple[str, ...] = ()) -> Judgement:
    plan = small_plan(folder, KINDS)
    columns = tuple(ReadColumn(element, "A", (1, 2, 3), values) for element, values in FIGURES.items())
    before = (ReadColumn("tested", "A", (1, 2, 3), (99, 50, 51)),)
    blocks = [
        Block("schools", "a.xlsx", "表", 2023, UNITS, columns),
        Block("schools", "b.xlsx", "表", 2022, UNITS, before),
    ]
    asked: list[Indicator] = [each for each in plan.indicators.values() if not only or each.id in only]
    return judge(plan, blocks, None, Scope(asked, (2023,), levels, by))


def values(found: Judgement, level: Level) -> dict[str, list[tuple[str | None, object]]]:
    rows: dict[str, list[tuple[str | None, object]]] = {}
    for verdict in found.verdicts:
        if verdict.level == level:
            rows.setdefault(verdict.indicator, []).append((verdict.unit, verdict.value))
    return rows


def test_what_can_be_told_of_groups_is(tmp_path: Path) -> None:
    found = values(run(tmp_path, frozenset(), "township"), "group")
    assert found == {
        "seats": [("城关", 60), ("山乡", 30)],
        "enough": [("城关", 60), ("山乡", 30)],
        # 城关: 20/100 and 40/50, so 0.2 and 0.8 weighted 2:1, mean 0.4, deviation √(2·0.04 + 0.16)/√3 = √0.08, ÷ 0.4 = √0.5
        "spread": [("城关", Fraction(707107, 1000000)), ("山乡", 0)],
        # each stage by its own target: 甲 60 of 100, 丙 30 of 50; of 山乡 nothing is known of juniors
        "rate": [("城关", 100), ("山乡", 0)],
        "good": [("城关", 2), ("山乡", 0)],
        "grows": [("城关", 0), ("山乡", 0)],
        "rises": [("城关", 150), ("山乡", 50)],
    }


def test_what_can_be_told_of_units_is(tmp_path: Path) -> None:
    found = values(run(tmp_path, frozenset({"unit"})), "unit")
    ids = [unit.id for unit in UNITS]
    assert found == {
        "seats": list(zip(ids, (20, 30, 40), strict=True)),
        "enough": list(zip(ids, (20, 30, 40), strict=True)),
        "rate": list(zip(ids, (60, 40, 60), strict=True)),
        "good": list(zip(ids, (1, 0, 1), strict=True)),
        "grows": list(zip(ids, (1, 0, -1), strict=True)),
        "rises": list(zip(ids, (100, 50, 50), strict=True)),
    }


def test_groups_with_targets_of_their_own_stand_once(tmp_path: Path) -> None:
    found = run(tmp_path, frozenset({"district"}), "stage", ("rate",))
    assert [(verdict.level, verdict.unit, verdict.outcome, verdict.marks) for verdict in found.verdicts] == [
        ("district", None, "not_met", ()),
        ("group", "primary", "not_met", ()),
        ("group", "junior", "met", ()),
    ]
    assert [(spread.lowest[0].en, spread.highest[0].en) for spread in found.spreads] == [("primary", "junior")]
    other = run(tmp_path, frozenset({"district"}), "township", ("rate",))
    assert [(verdict.level, verdict.unit) for verdict in other.verdicts] == [
        ("district", None), ("group", "primary"), ("group", "junior"), ("group", "城关"), ("group", "山乡"),
    ]  # fmt: skip


def test_how_far_groups_lie_apart(tmp_path: Path) -> None:
    found = run(tmp_path, frozenset(), "township", ("seats", "good", "spread", "rises"))
    named = Text("城关", "城关"), Text("山乡", "山乡")
    assert found.spreads == (
        # no denominators, so nothing to weight by
        Spread("seats", 2023, "township", (named[1], 30), (named[0], 60)),
        Spread("spread", 2023, "township", (named[1], 0), (named[0], Fraction(707107, 1000000))),
        Spread("good", 2023, "township", (named[1], 0), (named[0], 2)),
        # 150 now and 150 before; 50 and 50: both 1, so they do not vary
        Spread("rises", 2023, "township", (named[1], 50), (named[0], 150), 0),
    )
    assert run(tmp_path, frozenset(), None, ("seats",)).spreads == ()


def test_the_report_breaks_the_numbered_table_down_by_what_the_plan_says(tmp_path: Path) -> None:
    plan = small_plan(tmp_path, KINDS)
    plan = replace(
        plan,
        units=replace(plan.units, breakdown=("stage", "township")),
        indicators={**plan.indicators, "seats": replace(plan.indicators["seats"], no=1)},
    )
    columns = tuple(ReadColumn(element, "A", (1, 2, 3), figures) for element, figures in FIGURES.items())
    blocks = [
        Block("schools", "a.xlsx", "表", 2023, UNITS, columns),
        Block("schools", "b.xlsx", "表", 2022, UNITS, columns),
    ]
    scope = Scope(list(plan.indicators.values()), (2022, 2023), frozenset({"district"}))
    found = broken_down(plan, blocks, None, scope)
    # by hand: 20 + 30 and 40 seats by stage, 20 + 40 and 30 by township, of the last year only
    assert [(each.indicator, each.period, each.level, each.by, each.unit, each.value) for each in found] == [
        ("seats", 2023, "group", "stage", "primary", 50), ("seats", 2023, "group", "stage", "junior", 40),
        ("seats", 2023, "group", "township", "城关", 60), ("seats", 2023, "group", "township", "山乡", 30),
    ]  # fmt: skip
    told_already = broken_down(plan, blocks, None, replace(scope, by="township"))
    assert {each.by for each in told_already} == {"stage"}


def test_one_group_has_no_spread(tmp_path: Path) -> None:
    plan = small_plan(tmp_path, KINDS)
    block = Block("schools", "a.xlsx", "表", 2023, UNITS[:1], (ReadColumn("seats_here", "A", (1,), (20,)),))
    scope = Scope([plan.indicators["seats"]], (2023,), frozenset(), "township")
    assert judge(plan, [block], None, scope).spreads == ()


def test_the_spread_of_the_worked_example(tmp_path: Path) -> None:
    """Five townships with the pupils and books of the 2012 method: 0.515257, printed there as 0.52."""
    plan = small_plan(tmp_path, KINDS)
    rate = replace(
        plan.indicators["rate"], targets={}, target=replace(plan.indicators["rate"].target, bound=Fraction(1))
    )
    books = replace(rate, unit="number")
    units = [Unit(f"100{n}/primary", f"100{n}", f"校{n}", "primary", {"township": f"乡{n}"}) for n in range(5)]
    rows = tuple(range(5))
    columns = (
        ReadColumn("tested", "A", rows, (45, 37, 89, 76, 55)),
        ReadColumn("passed", "B", rows, (279, 137, 935, 160, 402)),
    )
    block = Block("schools", "a.xlsx", "表", 2023, units, columns)
    (spread,) = judge(plan, [block], None, Scope([books], (2023,), frozenset(), "township")).spreads
    assert spread.variation == Fraction(515257, 1000000)
    assert spread.lowest == (Text("乡3", "乡3"), Fraction(160, 76))
    assert spread.highest == (Text("乡2", "乡2"), Fraction(935, 89))


def test_a_frame_keeps_the_formulas_asked_for_last(tmp_path: Path) -> None:
    plan = small_plan(tmp_path, KINDS)
    block = Block("schools", "a.xlsx", "表", 2023, UNITS, (ReadColumn("tested", "A", (1, 2, 3), (1, 2, 3)),))
    frame = Frame(plan, 2023, [block], UNITS)
    nodes = [parse(f"tested + {number}") for number in range(60)]
    for _ in range(2):
        assert [list(frame.values(node)) for node in nodes] == [
            [number + 1, number + 2, number + 3] for number in range(60)
        ]
    assert frame.values(nodes[-1]) is frame.values(nodes[-1])


def test_the_year_and_the_stage_are_known_in_formulas(tmp_path: Path) -> None:
    plan = small_plan(tmp_path, KINDS)
    frame = Frame(plan, 2023, (), UNITS)
    assert list(frame.values(parse("period - 2020"))) == [3, 3, 3]
    assert list(frame.values(parse('stage == "primary"'))) == [True, True, False]
    assert frame.of_district(parse("period")) and frame.district_value(parse("period + 1")) == 2024
