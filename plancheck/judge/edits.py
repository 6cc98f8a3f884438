"""The formulas of checks: functions of years and of printed figures turned into plain formulas over marked names.

`before(x)` becomes x over names marked as a year older, `change(x)` the part by which x moved since, and
`agrees(stated, computed)` asks that the two lie no further apart than half a unit of the last decimal printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from plancheck.expression import PERIOD, Binary, Call, Logic, Name, Negative, Node, Not, Number, OneOf, names
from plancheck.judge.evaluate import Values
from plancheck.judge.tables import Table
from plancheck.model import Reading
from plancheck.quantity import Absent

BEFORE: Final = "before:"
PRINTED: Final = "printed:"
MOST_DECIMALS: Final = 10
"""A workbook keeps 15 digits of a rate that a formula computed: more decimals than these are not printed by anybody."""
_Turn = Callable[[Node], Node]
_HALF: Final = Number(Fraction(1, 2))
_DECIMALS: Final = re.compile(r"[0-9０-９][.．]([0-9０-９]+)\s*[%％]")


def plain_formula(node: Node) -> Node:
    """Return a check's formula without functions of its own."""
    match node:
        case Call("before", (earlier,)):
            return _shifted(plain_formula(earlier))
        case Call("change", (amount,)):
            now = plain_formula(amount)
            before = _shifted(now)
            return Binary("/", Binary("-", now, before), before)
        case Call("agrees", (Name() as stated, computed)):
            apart = Call("abs", (Binary("-", stated, plain_formula(computed)),))
            return Binary("<=", apart, Binary("*", Name(PRINTED + stated.id), _HALF))
        case _:
            return _each(node, plain_formula)


def _shifted(node: Node) -> Node:
    return Name(BEFORE + node.id, node.at) if isinstance(node, Name) else _each(node, _shifted)


def _each(node: Node, turned: _Turn) -> Node:
    """Return a node with each of its parts turned."""
    match node:
        case Negative(operand) | Not(operand) | OneOf(operand):
            return replace(node, operand=turned(operand))
        case Binary(operator, left, right):
            return Binary(operator, turned(left), turned(right))
        case Logic(operator, operands):
            return Logic(operator, tuple(turned(each) for each in operands))
        case Call(function, arguments):
            return Call(function, tuple(turned(each) for each in arguments))
        case _:
            return node


def elements_of(node: Node) -> tuple[tuple[str, int], ...]:
    """Return the elements a plain formula rests on, each with how many years back: (students, 1)."""
    found = (name.id for name in names(node) if name.id != PERIOD and not name.id.startswith(PRINTED))
    return tuple((name.removeprefix(BEFORE * name.count(BEFORE)), name.count(BEFORE)) for name in found)


def column_of(name: str, table: Table, earlier: Table | None) -> Values:
    """Return the values of a marked name for each row of a table; `earlier` is the table a year before."""
    if name.startswith(PRINTED):
        element = name.removeprefix(PRINTED)
        return [_last_place(table.reading(element, at)) for at in range(len(table.units))]
    if not name.startswith(BEFORE):
        return table.column(name)
    if earlier is None:
        return [None] * len(table.units)
    values = dict(zip((unit.id for unit in earlier.units), earlier.column(name.removeprefix(BEFORE)), strict=True))
    return [values.get(unit.id) for unit in table.units]


def _last_place(reading: Reading | None) -> Fraction | None:
    """Return the worth of a stated figure's last decimal: 1/10 of 97.9, also where "98.0%" is written out."""
    if reading is None or isinstance(reading.value, Absent | str):
        return None
    exactly, places = Fraction(reading.value), 0
    while places < MOST_DECIMALS and 10**places % exactly.denominator:
        places += 1
    written = _DECIMALS.search(reading.raw)
    return Fraction(1, 10 ** max(places, len(written[1]) if written else 0))


def sides(node: Node) -> Sequence[Node]:
    """Return the two sides that a check compares, none where it is another condition."""
    match node:
        case Binary("==" | "!=" | "<" | "<=" | ">" | ">=", left, right) | Call("agrees", (left, right)):
            return left, right
        case _:
            return ()
