"""The example return agrees with itself: parts with totals, subtotals with rows, percents with counts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.examples.recompute import parse

RETURNS = Path(__file__).parents[2] / "examples" / "returns.xlsx"
ROSTER = RETURNS.with_name("roster.xlsx")


@pytest.fixture(scope="module")
def book() -> Workbook:
    """Open the return with what its formulas come to."""
    return load_workbook(RETURNS, data_only=True)


def sheet_of(book: Workbook, name: str) -> Worksheet:
    """Return a worksheet by name."""
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def number(content: object) -> Fraction:
    """Return a cell's number; a blank or a dash adds nothing."""
    if content in (None, "—"):
        return Fraction(0)
    said = parse(content)
    assert isinstance(said, Fraction)
    return said


def rows(sheet: Worksheet, first: int) -> Iterator[tuple[str, int]]:
    """Yield each row from `first` down to the blank one: its label if it is a total, else nothing; and its number."""
    for at in range(first, sheet.max_row + 1):
        label = sheet[f"A{at}"].value
        if label is None:
            return
        yield ("".join(label.split()) if isinstance(label, str) else "", at)


def check_totals(sheet: Worksheet, first: int, columns: str) -> None:
    """Every subtotal is the sum of the rows since the one before, and the total the sum of all rows."""
    for letter in columns.split():
        block, everything = Fraction(0), Fraction(0)
        for label, at in rows(sheet, first):
            held = number(sheet[f"{letter}{at}"].value)
            if label == "合计":
                assert held == everything, f"{sheet.title}!{letter}{at}"
            elif label:
                assert label.endswith("小计")
                assert held == block, f"{sheet.title}!{letter}{at}"
                block = Fraction(0)
            else:
                block, everything = block + held, everything + held


def check_sum(sheet: Worksheet, first: int, whole: str, parts: str) -> None:
    """In every row, totals too, the parts add up to the whole."""
    for _, at in rows(sheet, first):
        added = sum(number(sheet[f"{letter}{at}"].value) for letter in parts.split())
        assert added == number(sheet[f"{whole}{at}"].value), f"{sheet.title}!{whole}{at}"


def test_schools(book: Workbook) -> None:
    sheet = sheet_of(book, "表1 中小学")
    check_totals(sheet, 7, "G H I J K L M N O P Q R S T")
    check_sum(sheet, 7, "M", "N O P Q R")
    for _, at in rows(sheet, 7):
        assert number(sheet[f"H{at}"].value) < number(sheet[f"G{at}"].value)
        assert number(sheet[f"K{at}"].value) <= number(sheet[f"J{at}"].value)


def test_the_last_row_of_schools_is_formulas_that_were_calculated(book: Workbook) -> None:
    formulas = sheet_of(load_workbook(RETURNS), "表1 中小学")
    assert formulas["G54"].value == "=SUM(G25,G35,G42,G51,G53)"
    assert sheet_of(book, "表1 中小学")["G54"].value == 17_569 - 124 + 6_728 + 3_644 + 96


def test_kindergartens(book: Workbook) -> None:
    sheet = sheet_of(book, "表2 幼儿园")
    check_totals(sheet, 5, "H I J K L M N O P Q R S T U V W X Y Z AA AB")
    check_sum(sheet, 5, "H", "I J K L")
    check_sum(sheet, 5, "M", "O P Q")
    check_sum(sheet, 5, "R", "S T U V")
    for label, at in rows(sheet, 5):
        assert number(sheet[f"W{at}"].value) <= number(sheet[f"T{at}"].value)
        if not label:
            assert (sheet[f"F{at}"].value == "否") == (sheet[f"E{at}"].value == 3)
    assert (sheet["M38"].value, sheet["M83"].value) == (6_698, 4_290 - 96)


def test_fitness(book: Workbook) -> None:
    sheet = sheet_of(book, "表3 体质健康")
    check_totals(sheet, 5, "F G H I K M O")
    check_sum(sheet, 5, "H", "I K M O")
    shares = {"J": "I", "L": "K", "N": "M", "P": "O", "Q": "I K M", "R": "I K"}
    for _, at in rows(sheet, 5):
        tested = number(sheet[f"H{at}"].value)
        assert tested + number(sheet[f"G{at}"].value) <= number(sheet[f"F{at}"].value)
        for share, counts in shares.items():
            counted = sum(number(sheet[f"{letter}{at}"].value) for letter in counts.split())
            assert abs(number(sheet[f"{share}{at}"].value) - counted / tested) <= Fraction("0.0005")
    general = [at for _, at in rows(sheet, 5) if sheet[f"Q{at}"].number_format != "0.0%"]
    assert [(at, sheet[f"Q{at}"].value) for at in general] == [(33, 0.98)]


def test_fitness_has_the_pupils_of_the_schools(book: Workbook) -> None:
    schools, fitness = sheet_of(book, "表1 中小学"), sheet_of(book, "表3 体质健康")
    pupils: dict[tuple[object, object], Fraction] = {}
    for label, at in rows(fitness, 5):
        if not label:
            unit = (fitness[f"B{at}"].value, fitness[f"D{at}"].value)
            pupils[unit] = pupils.get(unit, Fraction(0)) + number(fitness[f"F{at}"].value)
    for label, at in rows(schools, 7):
        unit = (schools[f"B{at}"].value, schools[f"E{at}"].value)
        if not label and unit[1] != "特教":
            assert pupils.pop(unit) == number(schools[f"G{at}"].value)
    assert not pupils


def test_eyesight(book: Workbook) -> None:
    sheet = sheet_of(book, "表4 视力体检")
    check_totals(sheet, 6, "E F J K")
    for label, at in rows(sheet, 6):
        for checked, ill, before, now, change in (("E", "F", "G", "H", "I"), ("J", "K", "L", "M", "N")):
            rate = number(sheet[f"{ill}{at}"].value) / number(sheet[f"{checked}{at}"].value)
            assert abs(rate - number(sheet[f"{now}{at}"].value)) <= Fraction("0.0005")
            if not label:
                moved = (number(sheet[f"{now}{at}"].value) - number(sheet[f"{before}{at}"].value)) * 100
                assert Fraction(str(sheet[f"{change}{at}"].value)) == moved


def test_money(book: Workbook) -> None:
    sheet = sheet_of(book, "表6 区级经费")
    for letter in "BCDE":
        column = {
            at: number(sheet[f"{letter}{at}"].value)
            for at in (*range(4, 7), *range(8, 14), *range(15, 20), *range(21, 26))
        }
        assert column[5] == sum(column[at] for at in range(8, 14))
        assert abs(column[6] - column[5] / column[4]) <= Fraction("0.00005")
        for stage in range(5):
            assert abs(column[21 + stage] - column[8 + stage] * 10_000 / column[15 + stage]) <= Fraction("0.005")
    assert [sheet[f"{letter}5"].value for letter in "FG"] == [None, None]
    primary = [number(sheet[f"{letter}22"].value) for letter in "BCDE"]
    assert primary[0] < primary[1] < primary[2] > primary[3]


def test_the_roster_holds_everybody_and_two_more(book: Workbook) -> None:
    roster = sheet_of(load_workbook(ROSTER), "学校名录")
    everybody = [
        (str(roster[f"A{at}"].value), roster[f"B{at}"].value, roster[f"K{at}"].value)
        for at in range(4, roster.max_row + 1)
    ]
    open_ = {code: name for code, name, state in everybody if state == "在办"}
    assert len(open_) == 115  # 78 kindergartens, 37 schools
    assert all(len(code) == 10 and code[2:4] == "11" for code in open_)
    places = (("表1 中小学", "B", 7), ("表1 职业", "B", 7), ("表2 幼儿园", "C", 5))
    reporting = {
        str(book[name][f"{letter}{at}"].value)
        for name, letter, first in places
        for label, at in rows(sheet_of(book, name), first)
        if not label
    }
    assert {open_[code] for code in open_.keys() - reporting} == {"宝山小学", "庙城小橡树幼儿园"}
    assert reporting <= open_.keys()
