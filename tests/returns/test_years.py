"""Which year a cell names: the spellings that ledgers really hold, and those that are nobody's to guess."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from plancheck.language import Text
from plancheck.model import Element
from plancheck.quantity import Absent
from plancheck.returns.cells import understand
from plancheck.returns.sheet import Cell
from plancheck.returns.years import read_year

UNDERSTOOD: list[tuple[Cell, int]] = [
    (2023.0, 2023),
    (2023, 2023),
    ("2023", 2023),
    ("２０２３年", 2023),
    ("2023 年", 2023),
    ("2023年度", 2023),
    ("2023年底", 2023),
    ("2023年底前", 2023),
    ("2023年上半年", 2023),
    ("2023年第三季度", 2023),
    ("二〇二三年", 2023),
    (2023.9, 2023),
    (2023.1, 2023),
    ("2023.9", 2023),
    ("2023.09.01", 2023),
    ("2023-9-1", 2023),
    ("2023/09", 2023),
    ("2023-09-01 00:00:00", 2023),
    ("2023年9月", 2023),
    ("2023年9月底前", 2023),
    ("2023年9月1日", 2023),
    ("2023年12月份", 2023),
    ("202309", 2023),
    (20230901.0, 2023),
    ("2023—2024学年度", 2023),
    (45170.0, 2023),  # 2023-09-01, by the calendar: 45170 days after 1899-12-30
    (36526.0, 2000),  # 2000-01-01
    (date(2023, 9, 1), 2023),
    (datetime(2022, 12, 31, 23, 59), 2022),  # noqa: DTZ001 -- a workbook's dates have no time zone
]


@pytest.mark.parametrize(("cell", "year"), UNDERSTOOD)
def test_a_year_is_understood(cell: Cell, year: int) -> None:
    assert read_year(cell) == year


@pytest.mark.parametrize(
    ("cell", "absent"),
    [
        ("", Absent.BLANK),
        ("—", Absent.NONE),
        ("无", Absent.NONE),
        ("待定", Absent.UNKNOWN),
        ("未定", Absent.UNKNOWN),
        ("随棚改同步完成", Absent.UNKNOWN),
        ("随棚 改同 步完 成", Absent.UNKNOWN),
        ("与主体工程同步", Absent.UNKNOWN),
        ("长期坚持", Absent.NONE),
    ],
)
def test_a_cell_may_say_that_there_is_no_year_yet(cell: Cell, absent: Absent) -> None:
    assert read_year(cell) is absent


UNCLEAR: list[Cell] = [
    "23年",
    "9月1日",
    "2023年前",  # in 2022, or any year before it
    "2021—2025年",
    "2023-2025",
    "2023年13月",
    "2023.13",
    2023.13,
    "20231",
    "2023左右",
    "约2023年",
    "2023或2024",
    "已完成",
    "2100",
    "1899年",
    "五年",
    960.0,
    0.0,
    -2023.0,
    80_000.0,
    float("inf"),
    True,
    time(9, 0),
]


@pytest.mark.parametrize("cell", UNCLEAR)
def test_what_is_unclear_is_not_guessed(cell: Cell) -> None:
    assert read_year(cell) is None


def test_an_unclear_year_is_a_finding_and_an_odd_spelling_is_told() -> None:
    element = Element("done_year", Text("竣工时间", "Completed"), "year", ("竣工时间",))
    unclear = understand("2023年前", element)
    assert (unclear.value, unclear.code, unclear.params) == (
        Absent.UNREADABLE,
        "PC242",
        {"column": element.label, "found": "2023年前"},
    )
    assert (understand(2023.0, element).value, understand(2023.0, element).otherwise) == (2023, False)
    assert (understand("2023年9月", element).value, understand("2023年9月", element).otherwise) == (2023, True)
    assert (understand("待定", element).value, understand("待定", element).otherwise) == (Absent.UNKNOWN, True)
    assert (understand("", element).value, understand("", element).otherwise) == (Absent.BLANK, False)
