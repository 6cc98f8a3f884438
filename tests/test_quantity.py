"""Text becomes a number here and nowhere else; a number becomes text that never crosses its target."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plancheck.quantity import (
    UNITS,
    Absent,
    Misread,
    Written,
    exact,
    no_data,
    read_number,
    read_yes_no,
    scale_to,
    show,
    tidy,
)

UNDERSTOOD = {
    "98": Written(98),
    "９８": Written(98),
    "９８．５": Written(Fraction(197, 2)),
    "98%": Written(98, percent=True),
    "98％": Written(98, percent=True),
    "97.96％": Written(Fraction(9796, 100), percent=True),
    "１，２００": Written(1200),
    "1,200": Written(1200),
    "1,234,567.5": Written(Fraction(2469135, 2)),
    "－5": Written(-5),
    "−5": Written(-5),
    "120人": Written(120, unit="人"),
    "120 人": Written(120, unit="人"),
    "3.2万": Written(32000),
    "3.2万元": Written(Fraction(16, 5), unit="万元"),
    "1,250㎡": Written(1250, unit="㎡"),
    "\u3000 98\u200b ": Written(98),
    "007": Written(7),
}


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_a_number_as_people_write_it_is_understood(text: str) -> None:
    assert read_number(text) == UNDERSTOOD[text]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("98。5", Misread.DOUBTFUL_MARK),
        ("98，5", Misread.DOUBTFUL_MARK),
        ("12①", Misread.NOT_A_NUMBER),
        ("3²", Misread.NOT_A_NUMBER),
        ("1 200", Misread.NOT_A_NUMBER),
        ("12,00", Misread.DOUBTFUL_MARK),
        ("约120", Misread.APPROXIMATE),
        ("120左右", Misread.APPROXIMATE),
        ("85%以上", Misread.APPROXIMATE),
        ("120斤", Misread.FOREIGN_UNIT),
        ("abc", Misread.NOT_A_NUMBER),
        ("1e5", Misread.NOT_A_NUMBER),
        ("nan", Misread.NOT_A_NUMBER),
        ("9" * 5000, Misread.NOT_A_NUMBER),
    ],
)
def test_what_is_not_clear_is_not_guessed(text: str, why: Misread) -> None:
    assert read_number(text) is why


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("", Absent.BLANK),
        ("  \u3000", Absent.BLANK),
        ("—", Absent.NONE),
        ("－", Absent.NONE),
        ("/", Absent.NONE),
        ("无", Absent.NONE),
        ("未统计", Absent.UNKNOWN),
        ("待定", Absent.UNKNOWN),
        ("0", None),
        ("98", None),
    ],
)
def test_blank_none_unknown_and_zero_are_four_things(text: str, absent: Absent | None) -> None:
    assert no_data(text) is absent


@pytest.mark.parametrize("text", ["是", "有", "√", "✓", "１", "是（2022年认定）", "是(区级)", "达标"])
def test_yes(text: str) -> None:
    assert read_yes_no(text) is True


@pytest.mark.parametrize("text", ["否", "无", "×", "0", "未达标"])
def test_no(text: str) -> None:
    assert read_yes_no(text) is False


@pytest.mark.parametrize("text", ["○", "是,否", "是/否", "部分", "", "2"])
def test_neither_yes_nor_no(text: str) -> None:
    assert read_yes_no(text) is None


def test_a_float_gives_the_digits_that_were_typed() -> None:
    """246 of the 1,001 one-decimal percentages go wrong as value * 100."""
    for tenths in range(1001):
        cell = tenths / 1000  # what a percent-formatted cell stores
        assert Fraction(exact(cell)) * 100 == Fraction(tenths, 10)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_refused(value: float) -> None:
    with pytest.raises((ValueError, OverflowError)):
        exact(value)


@pytest.mark.parametrize(
    ("unit", "word", "scale"),
    [
        ("person", "", Fraction(1)),
        ("person", "人", Fraction(1)),
        ("person", "所", None),
        ("10k_yuan", "元", Fraction(1, 10_000)),
        ("10k_yuan", "亿元", Fraction(10_000)),
        ("yuan", "万元", Fraction(10_000)),
        ("m2", "万元", None),
    ],
)
def test_units_are_converted_only_within_money(unit: str, word: str, scale: Fraction | None) -> None:
    assert scale_to(UNITS[unit], word) == scale


@pytest.mark.parametrize(
    ("value", "against", "text"),
    [
        (Fraction(9796, 100), 98, "97.96"),
        (Fraction(97996, 1000), 98, "97.996"),
        (Fraction(97999999, 1000000), 98, "97.999999"),
        (Fraction(98), 98, "98"),
        (Fraction(98004, 1000), 98, "98.004"),
        (Fraction(2418 * 100, 2467), 98, "98.01"),
        (Fraction(-1, 3), None, "-0.33"),
        (Fraction(1, 8), None, "0.12"),
        (98 - Fraction(1, 10**15), 98, "97.999999999999999"),
        (Fraction(1, 3), Fraction(1, 3), "0.33"),
        (Fraction(2, 7), Fraction(1, 7) * 2, "0.29"),
        (Fraction(777, 8), Fraction(777, 8), "97.125"),
        (0, None, "0"),
        (-12, None, "-12"),
    ],
)
def test_a_shown_value_stays_on_its_side_of_the_target(
    value: Fraction, against: int | Fraction | None, text: str
) -> None:
    assert show(value, against=against) == text


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=5000), st.integers(-1000, 1000))
def test_showing_never_crosses_the_target(value: Fraction, target: int) -> None:
    shown = Fraction(show(value, against=target))
    assert (shown > target) == (value > target)
    assert (shown < target) == (value < target)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_a_shown_number_reads_back_as_itself(digits: int, places: int) -> None:
    value = Fraction(digits, 10**places)
    read = read_number(show(value, places=places))
    assert isinstance(read, Written)
    assert read.value == value


@given(st.text(max_size=40))
def test_no_text_makes_reading_fail(text: str) -> None:
    assert isinstance(read_number(text), Written | Misread)
    assert tidy(tidy(text)) == tidy(text)
