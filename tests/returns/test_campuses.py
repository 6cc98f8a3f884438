"""A campus that sends nothing: its school's sum is not known, in the years in which the campus is known to be one."""

from __future__ import annotations

from plancheck.model import Block, ReadColumn, Roster, Unit
from plancheck.quantity import Absent
from plancheck.returns.campuses import campus_of, of_campus, without_halves

SCHOOL = Unit("1001/primary", "1001", "甲校", "primary")
OTHER = Unit("1002/primary", "1002", "乙校", "primary")
ROSTER = Roster("r.xlsx", "", {each.id: each for each in (SCHOOL, OTHER)}, {}, {"1001": ("东校区", "西校区")})


def block(period: int, *campuses: str, aside: bool = False) -> Block:
    """Return a table of the other school and of campuses."""
    keys = ["", *(of_campus("", each) for each in campuses)]
    units = [OTHER, *(SCHOOL for _ in campuses)]
    rows = range(2, 2 + len(units))
    column = ReadColumn("tested", "C", rows, [10] * len(units))
    return Block("t", f"{period}.xlsx", "表", period, units, (column,), keys, aside=aside)


def told(*blocks: Block, roster: Roster | None = ROSTER) -> tuple[list[list[object]], list[tuple[object, ...]]]:
    left, findings = without_halves(blocks, roster)
    values: list[list[object]] = [[*column.values] for each in left for column in each.columns]
    return values, [(each.code, each.unit, each.period, each.params["campus"]) for each in findings]


def test_the_half_of_a_school_is_left_out_with_what_it_tells_of_last_year() -> None:
    found = told(block(2023, "东校区"), block(2022, "东校区", aside=True))
    assert found == ([[10, Absent.BLANK]] * 2, [("PC270", "1001", 2023, "西校区")])
    (finding,) = without_halves([block(2023, "东校区")], ROSTER)[1]
    assert finding.params == {"name": "甲校", "campus": "西校区", "year": "2023"}


def test_all_campuses_may_come_in_several_tables() -> None:
    assert told(block(2023, "东校区"), block(2023, "西校区")) == ([[10, 10]] * 2, [])


def test_a_campus_heard_of_later_was_not_there_before_and_one_heard_of_before_is_missed() -> None:
    new = told(block(2022, "东校区"), block(2023, "东校区", "西校区"))
    gone = told(block(2022, "东校区", "西校区"), block(2023, "东校区"))
    assert new == ([[10, 10], [10, 10, 10]], [])
    assert gone == ([[10, 10, 10], [10, Absent.BLANK]], [("PC270", "1001", 2023, "西校区")])


def test_without_campuses_on_a_roster_nothing_is_missed() -> None:
    one = block(2023, "东校区")
    assert without_halves([one], None) == ((one,), ())
    assert told(one, roster=Roster("r.xlsx", "", {}, {})) == ([[10, 10]], [])


def test_the_key_of_a_row_tells_its_campus() -> None:
    assert [campus_of(key) for key in ("", "一年级", of_campus("一年级", "东校区"), of_campus("", "东校区"))] == [
        "", "", "东校区", "东校区",
    ]  # fmt: skip
