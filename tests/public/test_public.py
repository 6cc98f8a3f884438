"""What may be published: no small count, nothing it could be worked out from, nobody's name, no school by its order."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from fractions import Fraction

import pytest
from msgspec.structs import replace

from plancheck.language import Text
from plancheck.model import (
    Assessment,
    Coverage,
    Explanation,
    Finding,
    Gap,
    Otherwise,
    Roster,
    Shortfall,
    Spread,
    Unit,
    Verdict,
)
from plancheck.public import public
from plancheck.public.text import without_phones
from plancheck.reports.formats import FORMATS, document
from plancheck.reports.json_report import render
from tests.reports import fixture, rich
from tests.reports.fixture import INDICATORS

Counts = tuple[int, int]


def _verdict(level: str, unit: str | None, counts: Counts, indicator: str = "fitness", by: str = "township") -> Verdict:
    levels = {"district": ("district", None), "group": ("group", unit), "unit": ("unit", unit)}
    above, below = counts
    verdict = Verdict(
        indicator, "district", levels[level][1], Text(unit or "全区", unit or "District"), 2023, "not_met", True,
        INDICATORS[indicator].target, Coverage(1, 1, below, below),
        value=Fraction(100 * above, below) if below else None, numerator=above, denominator=below,
        gap=Gap(1, "point", 1), bounds=(1, 2), without_largest=97, closing=("1/primary",),
        shortfalls=(Shortfall("1/primary", Text("一小", "one"), 3, 91),),
    )  # fmt: skip
    return (
        replace(verdict, level="unit")
        if level == "unit"
        else replace(verdict, level="group", by=by)
        if level == "group"
        else verdict
    )


def _table(units: Sequence[tuple[str, Counts]], *, groups: bool = False, kinds: Sequence[str] = ()) -> Assessment:
    """Return a district of units 1/primary, 2/primary ... each in a township; the district and groups are their sums.

    `kinds` are the units' types of school, by which they are grouped besides.
    """

    def total(counts: Sequence[Counts]) -> Counts:
        return sum(above for above, _ in counts), sum(below for _, below in counts)

    towns = list(dict.fromkeys(town for town, _ in units))
    verdicts = [_verdict("district", None, total([counts for _, counts in units]))]
    if groups:
        verdicts += [_verdict("group", town, total([counts for at, counts in units if at == town])) for town in towns]
    for kind in dict.fromkeys(kinds):
        of_kind = [counts for at, (_, counts) in zip(kinds, units, strict=True) if at == kind]
        verdicts.append(_verdict("group", kind, total(of_kind), by="school_type"))
    verdicts += [_verdict("unit", f"{at}/primary", counts) for at, (_, counts) in enumerate(units, 1)]
    types = kinds or [""] * len(units)
    known = {
        f"{at}/primary": Unit(
            f"{at}/primary", str(at), f"第{at}小学", "primary", {"township": town, "school_type": types[at - 1]}
        )
        for at, (town, _) in enumerate(units, 1)
    }
    base = replace(
        fixture.assessment(), verdicts=tuple(verdicts), findings=(), roster=Roster("r.xlsx", "b" * 64, known, {})
    )
    return replace(base, files={"r.xlsx": "c" * 64})


def _shown(assessment: Assessment) -> list[tuple[str, bool]]:
    return [(verdict.unit or "district", verdict.numerator is not None) for verdict in assessment.verdicts]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((95, 100), True),
        ((96, 100), False),  # four are not
        ((5, 100), True),
        ((4, 100), False),
        ((0, 100), True),
        ((100, 100), True),
        ((2, 4), False),
        ((0, 4), False),
        ((0, 5), True),
    ],
)
def test_a_count_below_five_is_left_out_on_either_side(counts: Counts, shown: bool) -> None:
    (verdict,) = public(replace(_table([("山区", counts)]), verdicts=(_verdict("district", None, counts),))).verdicts
    assert (verdict.numerator is not None, verdict.value is not None, verdict.gap is not None) == (shown,) * 3
    assert (verdict.reason is None) is shown
    assert verdict.outcome == "not_met"


def test_the_least_count_can_be_moved() -> None:
    made = replace(_table([("山区", (90, 100))]), verdicts=(_verdict("district", None, (90, 100)),))
    assert public(made, 10).verdicts[0].numerator == 90
    hidden = public(made, 11).verdicts[0]
    assert hidden.numerator is None
    assert hidden.reason is not None
    assert hidden.reason.params == {"least": 11}


def test_one_part_alone_is_not_left_out() -> None:
    # 2 of 90 could be had by subtraction, so the smallest other unit goes as well, and 2 + 40 is no small count
    shown = _shown(public(_table([("a", (2, 90)), ("a", (40, 80)), ("a", (50, 100)), ("a", (60, 120))])))
    assert shown == [
        ("district", True),
        ("1/primary", False),
        ("2/primary", False),
        ("3/primary", True),
        ("4/primary", True),
    ]


def test_two_parts_that_add_up_to_a_small_count_are_not_enough() -> None:
    shown = _shown(public(_table([("a", (1, 90)), ("a", (2, 80)), ("a", (50, 100)), ("a", (60, 120))])))
    assert shown == [
        ("district", True),
        ("1/primary", False),
        ("2/primary", False),
        ("3/primary", False),
        ("4/primary", True),
    ]


def test_the_total_goes_where_no_part_is_left() -> None:
    assert _shown(public(_table([("a", (2, 90))]))) == [("district", False), ("1/primary", False)]


def test_a_total_is_not_to_be_had_by_adding_up_its_parts() -> None:
    # all pass but four in the whole district; in no unit is the count small: 8 of 10 + 90 of 92
    made = _table([("a", (10, 10)), ("a", (86, 90))])
    shown = dict(_shown(public(made)))
    assert shown == {"district": False, "1/primary": True, "2/primary": False}


def test_a_group_is_protected_through_its_units_and_the_district_through_its_groups() -> None:
    units = [("山区", (2, 60)), ("山区", (30, 60)), ("平原", (40, 80)), ("平原", (50, 100))]
    shown = dict(_shown(public(_table(units, groups=True))))
    assert shown == {
        "district": True, "山区": True, "平原": True,
        "1/primary": False, "2/primary": False, "3/primary": True, "4/primary": True,
    }  # fmt: skip


def test_a_unit_is_in_the_group_of_its_stage_and_one_that_nobody_knows_may_be_in_any() -> None:
    made = _table([("a", (2, 60)), ("a", (30, 60)), ("a", (40, 80))])
    stage = _verdict("group", "primary", (72, 200), by="stage")
    by_stage = replace(made, verdicts=(stage, *made.verdicts[1:]))
    assert [at for at, shown in _shown(public(by_stage)) if not shown] == ["1/primary", "2/primary"]
    other = replace(by_stage, verdicts=(replace(stage, unit="junior"), *made.verdicts[1:]))
    assert [at for at, shown in _shown(public(other)) if not shown] == ["1/primary"]
    town = replace(made, roster=None, verdicts=(_verdict("group", "山区", (72, 200)), *made.verdicts[1:]))
    assert [at for at, shown in _shown(public(town)) if not shown] == ["1/primary", "2/primary"]


def test_groups_of_two_kinds_are_two_ways_to_add_up_the_district() -> None:
    units = [("山区", (2, 60)), ("山区", (30, 60)), ("平原", (40, 80)), ("平原", (50, 100))]
    made = _table(units, groups=True, kinds=("小学", "完中", "小学", "完中"))
    # where something is left out the groups of the second kind are, all of them; the first are looked after as ever
    assert [at for at, shown in _shown(public(made)) if not shown] == ["小学", "完中", "1/primary", "2/primary"]
    plain = _table([("山区", (20, 60)), ("平原", (40, 80))], groups=True, kinds=("小学", "完中"))
    assert [at for at, shown in _shown(public(plain)) if not shown] == []


def _solved(known: dict[str, int], sums: Sequence[tuple[str, Sequence[str]]], names: Sequence[str]) -> set[str]:
    """Return which unknown figures the published sums give away, by elimination over rationals."""
    columns = [name for name in names if name not in known]
    rows = []
    for total, parts in sums:
        row = [Fraction(0)] * (len(columns) + 1)
        for name, factor in ((total, -1), *((part, 1) for part in parts)):
            if name in known:
                row[-1] -= factor * known[name]
            else:
                row[columns.index(name)] += factor
        rows.append(row)
    rank = 0
    for column in range(len(columns)):
        pivot = next((at for at in range(rank, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [each / rows[rank][column] for each in rows[rank]]
        for at, row in enumerate(rows):
            if at != rank and row[column]:
                rows[at] = [each - row[column] * other for each, other in zip(row, rows[rank], strict=True)]
        rank += 1
    alone = [[column for column, factor in zip(columns, row[:-1], strict=True) if factor] for row in rows[:rank]]
    return {found[0] for found in alone if len(found) == 1}


@pytest.mark.parametrize("seed", range(150))
def test_no_small_count_can_be_worked_out(seed: int) -> None:
    chance = random.Random(seed)
    units = []
    for _ in range(chance.randint(1, 9)):
        below = chance.choice((chance.randint(1, 12), chance.randint(20, 300)))
        above = chance.choice((chance.randint(0, below), chance.randint(max(0, below - 6), below)))
        units.append((chance.choice(("山区", "平原", "城区")), (above, below)))
    groups = chance.random() < 0.6
    kinds = [chance.choice(("小学", "初中", "完中")) for _ in units] if chance.random() < 0.4 else []
    before = _table(units, groups=groups, kinds=kinds)
    after = public(before)
    names = [verdict.unit or "district" for verdict in before.verdicts]
    towns = [name for name in names if name in ("山区", "平原", "城区")]
    of_units = [name for name in names if "/" in name]
    sums: list[tuple[str, list[str]]] = [("district", of_units)]
    if groups:
        sums.append(("district", towns))
        sums += [(town, [name for name, (at, _) in zip(of_units, units, strict=True) if at == town]) for town in towns]
    if kinds:
        of_kind = {kind: [name for name, at in zip(of_units, kinds, strict=True) if at == kind] for kind in kinds}
        sums += [("district", [*of_kind]), *of_kind.items()]
    small = {
        name
        for name, verdict in zip(names, before.verdicts, strict=True)
        for above, below in ((int(verdict.numerator or 0), int(verdict.denominator or 0)),)
        if any(0 < count < 5 for count in (above, below, below - above))
    }
    for part in ("numerator", "denominator"):
        known = {
            name: getattr(verdict, part)
            for name, verdict in zip(names, after.verdicts, strict=True)
            if getattr(verdict, part) is not None
        }
        assert not small & known.keys()
        assert not small & _solved(known, sums, names)


def test_schools_and_money_are_no_people() -> None:
    after = public(fixture.assessment())
    shown = {verdict.indicator: verdict.numerator for verdict in after.verdicts if verdict.level == "district"}
    assert (shown["smart_rate"], shown["budget"]) == (30, 188000)
    assert shown["disabled"] is None  # one child of 250 is not at school


def test_what_tells_of_single_schools_goes_with_the_figures_of_people() -> None:
    (district, *_) = public(_table([("a", (40, 80)), ("a", (50, 100))])).verdicts
    assert district.numerator == 90
    assert (district.shortfalls, district.bounds, district.closing, district.without_largest) == ((), None, (), None)
    assert (district.coverage.pupils_reported, district.coverage.reported) == (None, 1)


def test_what_another_formula_comes_to_is_left_out() -> None:
    # 90 of 100, and 90 of 103 with those who were absent: three pupils were
    verdict = _verdict("district", None, (90, 100))
    others = (Otherwise("fitness@all", verdict.target, "not_met", Fraction(9000, 103)),)
    made = replace(_table([("山区", (90, 100))]), verdicts=(replace(verdict, otherwise=others),))
    (shown,) = public(made).verdicts
    assert (shown.numerator, shown.denominator) == (90, 100)
    assert shown.otherwise == (Otherwise("fitness@all", verdict.target, "not_met"),)


def test_spreads_of_an_indicator_with_something_left_out_go_too() -> None:
    spread = Spread("fitness", 2023, "township", (Text("a", "a"), 1), (Text("b", "b"), 2))
    assert public(replace(_table([("a", (2, 90))]), spreads=(spread,))).spreads == ()
    assert public(replace(_table([("a", (40, 90)), ("b", (50, 90))]), spreads=(spread,))).spreads == (spread,)


PEOPLE = ("张三丰", "13800138000", "010-69612345", "李局长")


@pytest.mark.parametrize("anonymous", [False, True])
@pytest.mark.parametrize("form", FORMATS)
def test_nobody_is_named_in_any_format(form: str, *, anonymous: bool) -> None:
    run = rich.assessment()
    finding = Finding(
        "PC301", "张三丰 13800138000.xlsx", "张三丰", "B2", "2101/primary", {"column": "x", "found": "张三丰"}
    )
    explained = Explanation("x", "2101/primary", 2023, "1", "张三丰 010-69612345", "张三丰.xlsx", "s", "A1")
    files = {"张三丰 13800138000.xlsx": "c" * 64}
    named = Text("一小 电话69612345", "One 138 0013 8000")
    hostile = replace(
        run, findings=(*run.findings, finding), explanations=(explained,), files=files,
        verdicts=(*run.verdicts[:-1], replace(run.verdicts[-1], name=named)),
    )  # fmt: skip
    made = b"".join(document(form, public(hostile, anonymous=anonymous), "zh"))
    if FORMATS[form].binary:
        import io
        import zipfile

        archive = zipfile.ZipFile(io.BytesIO(made))
        made = b"".join(archive.read(name) for name in archive.namelist())
    text = made.decode("utf-8", "replace")
    assert not [word for word in (*PEOPLE, "69612345", "138 0013 8000") if word in text]


def test_what_failed_is_published_all_the_same() -> None:
    run = rich.assessment()
    after = public(run)
    assert (after.exit_code, after.summary) == (run.exit_code, run.summary)
    assert [verdict.status for verdict in after.verdicts] == [verdict.status for verdict in run.verdicts]
    assert {finding.code for finding in after.findings} == {"PC220"}
    assert [(waiver.document, waiver.approver, waiver.reason) for waiver in after.waivers] == [
        ("试教字〔2023〕5号", "", "")
    ]


def test_schools_have_numbers_that_their_codes_do_not_give_away() -> None:
    units = [("山区", (400, 800 + at)) for at in range(12)]
    before = _table(units)
    after = public(before, anonymous=True)
    numbers = [verdict.unit for verdict in after.verdicts[1:]]
    assert numbers == sorted(f"S{at:02}/primary" for at in range(1, 13))
    # the order in which they stand is not that of the roster, where the denominators grow
    below = [int(verdict.denominator or 0) for verdict in after.verdicts[1:]]
    assert sorted(below) != below
    again = public(before, anonymous=True)
    assert [verdict.denominator for verdict in again.verdicts] == [verdict.denominator for verdict in after.verdicts]
    other = public(replace(before, files={"r.xlsx": "d" * 64}), anonymous=True)
    assert [verdict.denominator for verdict in other.verdicts] != [verdict.denominator for verdict in after.verdicts]
    assert set(after.files.values()) == {""}
    assert after.roster is not None
    assert after.roster.sha256 == ""


def test_a_school_has_one_number_everywhere() -> None:
    share = replace(
        fixture.VERDICTS[3], shortfalls=(Shortfall("2101", Text("甲小学", "One"), 1, 0),), closing=("2101",)
    )
    missing = Finding("PC220", unit="2101/primary", params={"name": "甲小学", "stage": Text("小学", "primary")})
    run = replace(rich.assessment(), verdicts=(share, *rich.UNITS), findings=(missing,), waivers=(rich.WAIVER,))
    after = public(run, anonymous=True)
    number = after.findings[0].unit.partition("/")[0]
    assert (after.verdicts[0].shortfalls[0].unit, after.verdicts[0].closing) == (number, (number,))
    assert after.verdicts[0].shortfalls[0].name == Text(f"学校 {number[1:]}", f"School {number[1:]}")
    assert after.waivers[0].unit == f"{number}/primary"
    assert {each.waiver.unit for each in after.verdicts if each.waiver is not None} == {f"{number}/primary"}
    assert after.roster is not None
    assert after.roster.units[f"{number}/primary"].attributes == {}
    text = render(after, "zh")
    assert "甲小学" not in text
    assert "210" not in json.dumps([verdict["unit"] for verdict in json.loads(text)["verdicts"]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13800138000", "***"),
        ("李老师 138 0013 8000。", "李老师 ***。"),
        ("+86 13800138000", "***"),
        ("010-69612345", "***"),
        ("(010)69612345", "***"),
        ("１３８００１３８０００", "***"),
        ("电话：69612345", "电话***"),
        ("2111160001/primary", "2111160001/primary"),
        ("第80中学２０２３", "第80中学２０２３"),
        ("113800138000", "113800138000"),
        ("怀教发〔2024〕3号", "怀教发〔2024〕3号"),
    ],
)
def test_telephone_numbers(text: str, expected: str) -> None:
    assert without_phones(text) == expected
