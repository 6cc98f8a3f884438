"""Two accounts of one figure: what each comes to is said, and never two rows of one sum held against each other."""

from __future__ import annotations

import pytest

from plancheck.judge.frame import frame_of
from plancheck.model import Block, ReadColumn, Unit, Value
from plancheck.plan.load import load
from tests.conftest import ROOT

PLAN = load(ROOT / "indicators.yaml")
SCHOOL = Unit("1001/primary", "1001", "甲校", "primary")


def block(form: str, sheet: str, *values: Value, keys: tuple[str, ...] = ()) -> Block:
    rows = range(2, 2 + len(values))
    return Block(
        form, "r.xlsx", sheet, 2023, [SCHOOL] * len(values), (ReadColumn("entrants", "C", rows, values),), keys
    )


WHOLE = block("schools", "表", 100)
GRADES = ("一", "二")


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("grades", "total"),
    [
        ((100, 100), "200"),  # each row gives the whole school's figure
        ((60, 50), "110"),  # 60 and 50 are not at odds: they are 110 together
    ],
)
def test_a_sum_is_held_against_the_other_account(grades: tuple[int, int], total: str, order: int) -> None:
    blocks = [WHOLE, block("grades", "年级", *grades, keys=GRADES)]
    frame = frame_of(PLAN, 2023, blocks[::order], None)
    assert frame.column("entrants") == [None]
    (found,) = frame.findings
    assert (found.code, found.sheet, found.cell) == ("PC402", "年级", "C3")
    assert (found.params["first"], found.params["second"], found.params["other"]) == (total, "100", "表!C2")


def test_rows_that_agree_with_the_whole_are_no_conflict() -> None:
    frame = frame_of(PLAN, 2023, [WHOLE, block("grades", "年级", 60, 40, keys=GRADES)], None)
    assert (frame.column("entrants"), frame.findings) == ([100], [])
