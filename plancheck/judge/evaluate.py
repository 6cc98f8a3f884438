"""Formulas evaluated over columns: one value a unit, exact, and None wherever an input is absent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import Any, Final, assert_never

from plancheck.expression import Binary, Call, Logic, Name, Negative, Node, Not, Number, OneOf, Word
from plancheck.model import Value

Values = Sequence[Value | None]
ColumnOf = Callable[[str], Values]

_PLAIN: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": add, "-": sub, "*": mul, "==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge,
}  # fmt: skip
_OF_SEVERAL: Final[dict[str, Callable[[Any], Any]]] = {"min": min, "max": max, "sum": sum}


def evaluate(node: Node, column_of: ColumnOf, size: int) -> Values:
    """Return the formula's value for each of `size` units. An absent input, or a division by 0, gives None."""
    match node:
        case Number(value):
            return [value.numerator if value.denominator == 1 else value] * size
        case Word(word):
            return [word] * size
        case Name(name):
            return column_of(name)
        case Negative(operand):
            return [None if a is None else -_number(a) for a in evaluate(operand, column_of, size)]
        case Not(operand):
            return [None if a is None else not a for a in evaluate(operand, column_of, size)]
        case Binary(operator, left, right):
            return _binary(operator, evaluate(left, column_of, size), evaluate(right, column_of, size))
        case Logic(operator, operands):
            rows = zip(*(evaluate(each, column_of, size) for each in operands), strict=True)
            return [_all(row) if operator == "and" else _any(row) for row in rows]
        case OneOf(operand, choices):
            wanted = {choice.value for choice in choices}
            return [None if a is None else a in wanted for a in evaluate(operand, column_of, size)]
        case Call(function, arguments):
            return _call(function, [evaluate(each, column_of, size) for each in arguments])
        case _:
            assert_never(node)


def _number(value: Value) -> int | Fraction:
    if isinstance(value, str):
        raise TypeError(f"{value!r} is a word, not a number")  # the plan's loader refuses such a formula
    return value


def _binary(operator: str, left: Values, right: Values) -> Values:
    if operator == "/":
        return [_divided(a, b) for a, b in zip(left, right, strict=True)]
    apply: Callable[[Any, Any], Any] = _PLAIN[operator]
    return [None if a is None or b is None else apply(a, b) for a, b in zip(left, right, strict=True)]


def _divided(a: Value | None, b: Value | None) -> Value | None:
    if a is None or b is None or b == 0:
        return None
    if isinstance(a, int) and isinstance(b, int):  # as nearly always, and made at one go
        return Fraction(a, b)
    return Fraction(_number(a)) / _number(b)


def _all(row: Sequence[Value | None]) -> bool | None:
    """Three-valued: a single no decides, else an unknown leaves it open."""
    return False if any(a is not None and not a for a in row) else None if None in row else True


def _any(row: Sequence[Value | None]) -> bool | None:
    return True if any(row) else None if None in row else False


def _chosen(condition: Value | None, yes: Value | None, no: Value | None) -> Value | None:
    if condition is None:
        return None
    return yes if condition else no


def _call(function: str, arguments: Sequence[Values]) -> Values:
    if function == "if":
        return [_chosen(*row) for row in zip(*arguments, strict=True)]
    if function == "abs":
        return [None if a is None else _number(a) if _number(a) >= 0 else -_number(a) for a in arguments[0]]
    combine: Callable[[Any], Any] = _OF_SEVERAL[function]
    return [None if None in row else combine(row) for row in zip(*arguments, strict=True)]
