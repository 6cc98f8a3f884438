"""The formulas of checks: functions of years and of what cells show turned into plain formulas over marked names.

`before(x)` becomes x over names marked as a year older, `change(x)` the part by which x moved since, and
`agrees(stated, computed)` asks that the two lie no further apart than half a unit of the last decimal printed, and a
third argument. Absent inputs that a check counts as 0 are marked names too.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from plancheck.expression import OF_CELLS, PERIOD, Binary, Call, Logic, Name, Negative, Node, Not, Number, OneOf, names
from plancheck.judge.evaluate import Values
from plancheck.judge.folding import NO, UNKNOWN, YES
from plancheck.judge.presence import asked, blank, filled, known, or_zero
from plancheck.judge.tables import Table
from plancheck.model import Reading
from plancheck.pattern import Pattern
from plancheck.quantity import Absent

BEFORE: Final = "before:"
_PRINTED: Final = "printed"
_FILLED: Final = "filled"
_ASKED: Final = "asked"
_BLANK: Final = "blank"
_OR_ZERO: Final = "or_zero"
_KNOWN: Final = "known"
_COMPARED: Final = frozenset(("==", "!=", "<", "<=", ">", ">="))
MOST_DECIMALS: Final = 10
"""A workbook keeps 15 digits of a rate that a formula computed: more decimals than these are not printed by anybody."""
_Turn = Callable[[Node], Node]
_HALF: Final = Number(Fraction(1, 2))
_DECIMALS: Final = Pattern(r"[0-9０-９][.．]([0-9０-９]+)\s*[%％]")


def plain_formula(node: Node) -> Node:
    """Return a check's formula without functions of its own."""
    match node:
        case Call("before", (earlier,)):
            return _shifted(plain_formula(earlier))
        case Call("change", (amount,)):
            now = plain_formula(amount)
            before = _shifted(now)
            return Binary("/", Binary("-", now, before), before)
        case Call("agrees", (Name() as stated, computed, *slack)):
            apart = Call("abs", (Binary("-", stated, plain_formula(computed)),))
            within: Node = Binary("*", _marked(_PRINTED, stated), _HALF)
            for more in slack:
                within = Binary("+", within, plain_formula(more))
            return Binary("<=", apart, within)
        case Call("printed", (Name() as stated,)):
            return _marked(_PRINTED, stated)
        case Call("filled", elements):
            return _one_of(_FILLED, elements)
        case Call("asked", elements):
            return Logic("and", _each_marked(_ASKED, elements))
        case Call("blank", elements):
            return Logic("and", (_one_of(_BLANK, elements), Not(_one_of(_FILLED, elements))))
        case _:
            return _each(node, plain_formula)


def _one_of(mark: str, elements: Sequence[Node]) -> Node:
    return Logic("or", _each_marked(mark, elements))


def _each_marked(mark: str, elements: Sequence[Node]) -> tuple[Name, ...]:
    return tuple(_marked(mark, each) for each in elements if isinstance(each, Name))


def _marked(mark: str, name: Name) -> Name:
    return Name(f"{mark}:{name.id}", name.at)


def counting_absent(node: Node, counted: Container[str], *, always: bool) -> Node:
    """Return a check's formula in which an absent one of the elements `counted` is 0; not `always` where a side of a
    comparison, or what a stated figure is held against, has no other: then it stays unknown.
    """

    def side(part: Node) -> Node:
        filled_up = _filled_up(part, counted)
        marked = () if always else names(plain_formula(part))
        there = [name for name in marked if name.id.removeprefix(BEFORE) in counted]
        if not there:
            return filled_up
        some = Logic("or", tuple(_known(name) for name in there))
        return Call("if", (some, filled_up, filled_up))

    def turned(part: Node) -> Node:
        match part:
            case Binary(operator, left, right) if operator in _COMPARED:
                return Binary(operator, side(left), side(right))
            case Call("agrees", (stated, computed, *slack)):
                return Call("agrees", (stated, side(computed), *slack))
            case _:
                return _each(part, turned)

    return turned(node)


def _known(name: Name) -> Name:
    """Return a name that is true where a figure is there, else unknown: so are all of them together where none is."""
    back = BEFORE * name.id.count(BEFORE)
    return Name(f"{back}{_KNOWN}:{name.id.removeprefix(back)}", name.at)


def _filled_up(node: Node, counted: Container[str]) -> Node:
    match node:
        case Name(name) if name in counted:
            return _marked(_OR_ZERO, node)
        case Call(function) if function in OF_CELLS:
            return node
        case _:
            return _each(node, lambda part: _filled_up(part, counted))


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


class Asking(Struct, frozen=True):
    """What a check asks: its plain formula, the names in that, the elements it rests on, each with how many years back
    (students, 1), and whether it asks what is filled in: a question to the unit, not to each row it has in a form.
    """

    plain: Node
    names: tuple[str, ...]
    elements: tuple[tuple[str, int], ...]
    of_cells: bool


def asking(condition: Node) -> Asking:
    """Return what a check's formula asks."""
    plain = plain_formula(condition)
    named = tuple(name.id for name in names(plain))
    marks = {name: _mark(name) for name in named}
    found = (name for name in named if name != PERIOD and marks[name] != _PRINTED)
    elements = tuple(dict.fromkeys((name.rpartition(":")[2], name.count(BEFORE)) for name in found))
    return Asking(plain, named, elements, not {_FILLED, _ASKED, _BLANK}.isdisjoint(marks.values()))


def same_in_all(name: str, column_of: Callable[[str], Values]) -> Node | None:
    """Return what a name that asks of cells answers in all rows alike; None for any other, and where rows differ."""
    if _mark(name) not in (_FILLED, _ASKED, _BLANK, _KNOWN):
        return None
    values = column_of(name)
    answers = [answer for known, answer in ((True, YES), (False, NO), (None, UNKNOWN)) if known in values]
    return answers[0] if len(answers) == 1 else None


def _mark(name: str) -> str:
    return name.removeprefix(BEFORE).rpartition(":")[0]


def column_of(name: str, table: Table, earlier: Table | None) -> Values:
    """Return the values of a marked name for each row of a table; `earlier` is the table a year before."""
    if name.startswith(BEFORE):
        if earlier is None:
            return [None] * len(table.units)
        then = column_of(name.removeprefix(BEFORE), earlier, None)
        values = dict(zip((unit.id for unit in earlier.units), then, strict=True))
        return [values.get(unit.id) for unit in table.units]
    mark, _, element = name.rpartition(":")
    return _COLUMNS[mark](element, table)


def _plain_column(element: str, table: Table) -> Values:
    return table.column(element)


def _printed(element: str, table: Table) -> Values:
    return [_last_place(table.reading(element, at)) for at in range(len(table.units))]


def _last_place(reading: Reading | None) -> Fraction | None:
    """Return the worth of a stated figure's last decimal: 1/10 of 97.9, also where "98.0%" is written out."""
    if reading is None or isinstance(reading.value, Absent | str):
        return None
    written = _DECIMALS.search(reading.raw)
    return _worth(reading.value.denominator, len(written[1]) if written else 0)


@lru_cache(maxsize=256)
def _worth(denominator: int, written: int) -> Fraction:
    """Return the worth of the last decimal of a figure with a denominator, of which so many decimals are written at least."""
    places = 0
    while places < MOST_DECIMALS and 10**places % denominator:
        places += 1
    return Fraction(1, 10 ** max(places, written))


def sides(node: Node) -> Sequence[Node]:
    """Return the two sides that a check compares, none where it is another condition."""
    match node:
        case Binary("==" | "!=" | "<" | "<=" | ">" | ">=", left, right) | Call("agrees", (left, right, *_)):
            return left, right
        case _:
            return ()


_COLUMNS: Final[Mapping[str, Callable[[str, Table], Values]]] = {
    "": _plain_column,
    _PRINTED: _printed,
    _FILLED: filled,
    _ASKED: asked,
    _BLANK: blank,
    _OR_ZERO: or_zero,
    _KNOWN: known,
}
