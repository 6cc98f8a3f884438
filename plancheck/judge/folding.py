"""Formulas made shorter where whole columns answer alike: that all rows are filled in need not be asked of each of them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from plancheck.expression import Binary, Call, Logic, Name, Node, Not, Number

YES: Final = Number(Fraction(1))
NO: Final = Number(Fraction(0))
UNKNOWN: Final = Binary("/", YES, NO)
"""What has no value in any row: a division by 0 has none."""
_KNOWN: Final = (YES, NO)


def folded(node: Node, same: Callable[[str], Node | None]) -> Node:
    """Return a formula with the same values; `same` tells what a name is in all rows alike, None where they differ."""

    def part(each: Node) -> Node:
        return folded(each, same)

    match node:
        case Name(name):
            return same(name) or node
        case Not(operand):
            return _not(part(operand))
        case Logic(operator, operands):
            return _logic(operator, tuple(map(part, operands)))
        case Call("if", (condition, yes, no)):
            asked = part(condition)
            if asked in _KNOWN:
                return part(yes if asked == YES else no)
            return UNKNOWN if asked == UNKNOWN else Call("if", (asked, part(yes), part(no)))
        case Binary(operator, left, right):
            return _binary(operator, part(left), part(right))
        case Call(_, arguments):
            return replace(node, arguments=tuple(map(part, arguments)))
        case _:
            return node


def _not(part: Node) -> Node:
    return UNKNOWN if part == UNKNOWN else Not(part) if part not in _KNOWN else NO if part == YES else YES


def _logic(operator: str, parts: tuple[Node, ...]) -> Node:
    deciding, idle = (NO, YES) if operator == "and" else (YES, NO)
    if deciding in parts:
        return deciding
    left = tuple(part for part in parts if part != idle)
    return UNKNOWN if left and set(left) == {UNKNOWN} else Logic(operator, left) if left else idle


def _binary(operator: str, left: Node, right: Node) -> Node:
    match operator, left, right:
        case "+", Number(a), Number(b):
            return Number(a + b)
        case "==", Number(a), Number(b):
            return YES if a == b else NO
        case _:
            return UNKNOWN if UNKNOWN in (left, right) else Binary(operator, left, right)
