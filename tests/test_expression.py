"""Formulas: what is read, what is refused and at which character."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plancheck.expression import (
    OF_CHECKS,
    Binary,
    Call,
    FormulaError,
    Logic,
    Name,
    Negative,
    Not,
    Number,
    OneOf,
    Word,
    calls,
    names,
    parse,
)

A, B = Name("a", 0), Name("b", 4)


def test_arithmetic_keeps_its_precedence() -> None:
    assert parse("a + b × 2") == Binary("+", A, Binary("*", B, Number(Fraction(2))))
    assert parse("(a + b) ÷ 2") == Binary("/", Binary("+", Name("a", 1), Name("b", 5)), Number(Fraction(2)))
    assert parse("−a") == Negative(Name("a", 1))
    assert parse("+a") == Name("a", 1)


def test_decimals_and_percent_are_exact() -> None:
    assert parse("0.1") == Number(Fraction(1, 10))
    assert parse("20%") == Number(Fraction(1, 5))
    assert parse("97.5%") == Number(Fraction(39, 40))


def test_chinese_names_and_signs() -> None:
    assert parse("优秀＋良好 ≥ 2") == Binary(">=", Binary("+", Name("优秀", 0), Name("良好", 3)), Number(Fraction(2)))
    assert parse("办别 == “公办”") == Binary("==", Name("办别", 0), Word("公办"))


def test_conditions() -> None:
    assert parse("not a") == Not(Name("a", 4))
    assert parse("a and b") == Logic("and", (A, Name("b", 6)))
    assert parse("1 < a ≤ 3") == Logic(
        "and", (Binary("<", Number(Fraction(1)), Name("a", 4)), Binary("<=", Name("a", 4), Number(Fraction(3))))
    )
    assert parse("a in ['x', 'y']") == OneOf(A, (Word("x"), Word("y")))
    assert parse("a not in ['x']") == Not(OneOf(A, (Word("x"),)))


def test_functions() -> None:
    assert parse("if(a, 1, 0)") == Call("if", (Name("a", 3), Number(Fraction(1)), Number(Fraction(0))))
    assert parse("max(a, 2)") == Call("max", (Name("a", 4), Number(Fraction(2))))


def test_names_are_listed_once_in_order() -> None:
    assert [name.id for name in names(parse("c + a × if(b, a, -c) + abs(d) + min(e, f)"))] == [
        "c",
        "a",
        "b",
        "d",
        "e",
        "f",
    ]


@pytest.mark.parametrize(
    ("text", "problem", "at"),
    [
        ("a.b", "not_allowed", 0),
        ("a + b.c", "not_allowed", 4),
        ("a ** 2", "not_allowed", 0),
        ("a // 2", "not_allowed", 0),
        ("a[0]", "not_allowed", 0),
        ("lambda: 1", "not_allowed", 0),
        ("[x for x in a]", "not_allowed", 0),
        ("a + 1e5", "not_allowed", 4),
        ("a + True", "not_allowed", 4),
        ("a + None", "not_allowed", 4),
        ("a is b", "not_allowed", 5),
        ("a in b", "not_allowed", 5),
        ("a in [b]", "not_allowed", 5),
        ("a in []", "not_allowed", 5),
        ("1 if a else 2", "not_allowed", 0),
        ("open('x')", "unknown_function", 0),
        ("a + __import__('os')", "unknown_function", 4),
        ("max()", "argument_count", 0),
        ("if(a, b)", "argument_count", 0),
        ("abs(a, b)", "argument_count", 0),
        ("max(a, key=b)", "not_allowed", 0),
        ("ﬁx + 1", "look_alike", 0),
        ("", "syntax", 0),
        ("a\0b", "syntax", 0),
    ],
)
def test_what_is_refused_and_where(text: str, problem: str, at: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert (caught.value.problem, caught.value.at) == (problem, at)


@pytest.mark.parametrize(
    ("text", "at"), [("a + ) b", 4), ("a ≥ ≥ b", 4), ("20% 优 +", 4), ("a + ", 3), ("a ÷ b and", 9)]
)
def test_a_syntax_error_points_at_the_written_text(text: str, at: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.problem == "syntax"
    assert abs(caught.value.at - at) <= 1


@pytest.mark.parametrize("text", ["(" * 300 + "a" + ")" * 300, "-" * 100 + "a", " + ".join(["a"] * 500), "a" * 2001])
def test_length_depth_and_size_are_limited(text: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.problem in ("too_deep", "too_long", "syntax")


@given(st.text(alphabet="ab优 0123456789.+-*/×÷()[]{}<>=≥%'\"“”,:!@\\if", max_size=60))
def test_no_text_does_more_than_fail(text: str) -> None:
    try:
        parse(text)
    except FormulaError as error:
        assert 0 <= error.at <= max(len(text), 2000)


def test_when_pythons_own_parser_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("ast.parse", give_up)
    with pytest.raises(FormulaError) as caught:
        parse("a")
    assert caught.value.problem == "too_deep"


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("abs(change(a)) <= 20%", True),
        ("not (a > 0 and -before(a) < 1)", True),
        ("a in [1, 2] or b == 2", False),
        ("sum(a, max(b, 3))", False),
    ],
)
def test_what_a_formula_calls(formula: str, found: bool) -> None:
    assert calls(parse(formula), OF_CHECKS) is found
