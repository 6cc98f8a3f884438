"""Formulas over columns: exact, and None wherever an input is absent."""

from __future__ import annotations

from fractions import Fraction

import pytest

from plancheck.expression import parse
from plancheck.judge.evaluate import evaluate
from plancheck.model import Value

COLUMNS: dict[str, list[Value | None]] = {
    "a": [1, None, 3, 0],
    "b": [2, 2, None, 0],
    "yes": [True, False, None, True],
    "no": [False, False, None, True],
    "kind": ["x", "y", None, "z"],
}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a + b", [3, None, None, 0]),
        ("a - b", [-1, None, None, 0]),
        ("a × 10%", [Fraction(1, 10), None, Fraction(3, 10), 0]),
        ("a ÷ b", [Fraction(1, 2), None, None, None]),
        ("-a", [-1, None, -3, 0]),
        ("2", [2, 2, 2, 2]),
        ("abs(a - 2)", [1, None, 1, 2]),
        ("abs(2 - a)", [1, None, 1, 2]),
        ("min(a, 2)", [1, None, 2, 0]),
        ("max(a, b)", [2, None, None, 0]),
        ("sum(a, b, 1)", [4, None, None, 1]),
        ("a >= 1", [True, None, True, False]),
        ("a == b", [False, None, None, True]),
        ("kind == 'x'", [True, False, None, False]),
        ("kind in ['x', 'z']", [True, False, None, True]),
        ("kind not in ['x', 'z']", [False, True, None, False]),
        ("not yes", [False, True, None, False]),
        ("yes and no", [False, False, None, True]),
        ("yes or no", [True, False, None, True]),
        ("no and a > 0", [False, False, None, False]),  # a single no decides, whatever the rest
        ("yes or a > 5", [True, None, None, True]),  # a single yes decides
        ("if(yes, a, b)", [1, 2, None, 0]),
        ("if(kind == 'x', 1, 0)", [1, 0, None, 0]),
    ],
)
def test_a_formula_over_columns(formula: str, expected: list[Value | None]) -> None:
    assert evaluate(parse(formula), COLUMNS.__getitem__, 4) == expected


def test_a_word_is_no_number() -> None:
    with pytest.raises(TypeError, match="'x' is a word"):
        evaluate(parse("kind / 2"), COLUMNS.__getitem__, 4)
