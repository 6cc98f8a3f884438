"""The small formula language over elements: parsed once, a small explicit tree, exact rationals.

A formula is written with element ids or Chinese names, + − × ÷, comparisons, and/or/not, `in [..]`, and the functions
min, max, abs, sum, if; checks also with those of `OF_CHECKS`. It is parsed by Python's own `ast` and only
whitelisted nodes are taken over; nothing is ever executed. The tree is data, so that a formula can also be written out
for Excel.
"""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct

from plancheck.pattern import Pattern

LONGEST: Final = 2_000
DEEPEST: Final = 40
MOST_NODES: Final = 400


class Number(Struct, frozen=True):
    """A constant; `20%` is 1/5."""

    value: Fraction


class Word(Struct, frozen=True):
    """A text in quotes: the value of a choice element or of an attribute."""

    value: str


class Name(Struct, frozen=True):
    """An element or an attribute, and the column of the formula's text at which it stands."""

    id: str
    at: int = 0


class Negative(Struct, frozen=True):
    """The negative of an operand."""

    operand: Node


class Binary(Struct, frozen=True):
    """Two operands joined by one of `+ - * / == != < <= > >=`."""

    operator: str
    left: Node
    right: Node


class Logic(Struct, frozen=True):
    """Two or more conditions joined by `and` or `or`."""

    operator: str
    operands: tuple[Node, ...]


class Not(Struct, frozen=True):
    """The opposite of a condition."""

    operand: Node


class OneOf(Struct, frozen=True):
    """Whether the operand is one of the listed words or numbers."""

    operand: Node
    choices: tuple[Word | Number, ...]


class Call(Struct, frozen=True):
    """One of the functions in `FUNCTIONS` over its arguments."""

    function: str
    arguments: tuple[Node, ...]


Node = Number | Word | Name | Negative | Binary | Logic | Not | OneOf | Call

FUNCTIONS: Final[dict[str, tuple[int, int]]] = {
    "min": (1, 50),
    "max": (1, 50),
    "sum": (1, 50),
    "abs": (1, 1),
    "if": (3, 3),
    "before": (1, 1),
    "change": (1, 1),
    "agrees": (2, 3),
    "printed": (1, 1),
    "filled": (1, 20),
    "asked": (1, 20),
    "blank": (1, 20),
}
"""Function -> the smallest and the greatest number of arguments."""

PERIOD: Final = "period"
"""The one name that is no element: the year that is judged, as a number."""
OF_CELLS: Final = frozenset(("printed", "filled", "asked", "blank"))
"""What cells show besides their values, for checks only: the worth of a figure's last decimal; whether one of the
elements is filled in; whether forms have a place for each of them; whether for one of them, and none is filled in."""
OF_CHECKS: Final = OF_CELLS | {"before", "change", "agrees"}
"""Functions of checks only; besides those `OF_CELLS` the value a year earlier; the change since then as a part of it
(20% is 1/5); whether a stated figure is the computed one rounded as it is printed, or no further from that than a third
argument allows."""


class FormulaError(ValueError):
    """A formula that cannot be read: `problem` names the fault, `at` the character (0-based), `found` what stands there."""

    def __init__(self, problem: str, at: int, found: str = "") -> None:
        super().__init__(f"{problem} at character {at + 1}: {found}")
        self.problem = problem
        self.at = at
        self.found = found


def parse(text: str) -> Node:
    """Parse a formula. Raises FormulaError with the character at fault."""
    if len(text) > LONGEST:
        raise FormulaError("too_long", LONGEST)
    try:
        if _PLAIN.fullmatch(text):
            source, origin = text, [*range(len(text) + 1)]
            tree = ast.parse(source, mode="eval")
        else:
            source, origin = _rewrite(text)
            with warnings.catch_warnings():  # `1if` and the like warn before they fail
                warnings.simplefilter("ignore")
                tree = ast.parse(source, mode="eval")
    except SyntaxError as error:
        # Python counts from 1; its 0 means that the text ends too early.
        at = len(text.rstrip()) if error.offset == 0 else origin[min((error.offset or 1) - 1, len(origin) - 1)]
        raise FormulaError("syntax", at, text[at : at + 12]) from None
    except (ValueError, MemoryError, RecursionError):  # how Python's parser gives up differs by version
        raise FormulaError("too_deep", 0) from None
    return _Reader(source, text, origin).read(tree.body, 0)


def names(node: Node) -> tuple[Name, ...]:
    """Return each element or attribute the formula speaks of, once, in the order of first mention."""
    found: dict[str, Name] = {}
    pending = [node]
    while pending:
        match pending.pop():
            case Name() as name:
                found.setdefault(name.id, name)
            case Negative(operand) | Not(operand) | OneOf(operand, _):
                pending.append(operand)
            case Binary(_, left, right):
                pending += (right, left)
            case Logic(_, parts) | Call(_, parts):
                pending += reversed(parts)
            case _:
                pass
    return tuple(found.values())


def calls(node: Node, functions: frozenset[str]) -> bool:
    """Return whether a formula calls one of these functions."""
    match node:
        case Call(function, parts):
            return function in functions or any(calls(part, functions) for part in parts)
        case Logic(_, parts):
            return any(calls(part, functions) for part in parts)
        case Negative(operand) | Not(operand) | OneOf(operand):
            return calls(operand, functions)
        case Binary(_, left, right):
            return calls(left, functions) or calls(right, functions)
        case _:
            return False


_SIGNS: Final = {
    "×": "*", "÷": "/", "＋": "+", "−": "-", "－": "-", "（": "(", "）": ")", "，": ",", "≥": ">=", "≤": "<=", "≠": "!=",
    "＝": "=", "＞": ">", "＜": "<", "“": '"', "”": '"',
}  # fmt: skip
_PIECES: Final = Pattern(
    r"""(?P<quoted>"[^"]*"|'[^']*'|“[^”]*”)|(?P<percent>\d+(?:\.\d+)?%)|(?P<call>\bif(?=\s*\())|(?P<sign>.)""",
    re.DOTALL,
)
_PLAIN: Final = Pattern(r"(?>(?!if\b)[a-z_][a-z0-9_]*+|[0-9]++(?:\.[0-9]++)?(?![0-9a-z_.%])|[ +\-*/()<>=!,]++)++")
"""What needs no rewriting, as most formulas: Python reads it as it stands, and warns of nothing."""
_PERCENT: Final = "percent_"
_IF: Final = "if_"


def _rewrite(text: str) -> tuple[str, list[int]]:
    """Turn signs into Python's, `20%` into a call and `if(` into a name; keep for each character where it came from."""
    out: list[str] = []
    origin: list[int] = []
    for match in _PIECES.finditer(text):
        piece, start = match.group(), match.start()
        if match["quoted"]:
            new = repr(piece[1:-1])
        elif match["percent"]:
            new = f"{_PERCENT}({piece[:-1]})"
        elif match["call"]:
            new = _IF
        else:
            new = " " if piece in "\r\n\t\u3000" else _SIGNS.get(piece, piece)
        out.append(new)
        origin += [start] * len(new)
    return "".join(out), [*origin, len(text)]


_OPERATORS: Final[dict[type[ast.AST], str]] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.And: "and", ast.Or: "or",
}  # fmt: skip


class _Reader:
    """Takes whitelisted `ast` nodes over into the small tree, counting nodes and depth."""

    def __init__(self, source: str, text: str, origin: Sequence[int]) -> None:
        self._source = source.encode()  # one line; `ast` counts its columns in bytes
        self._text = text
        self._origin = origin
        self._count = 0

    def read(self, node: ast.expr, depth: int) -> Node:
        self._count += 1
        if depth > DEEPEST or self._count > MOST_NODES:
            raise FormulaError("too_deep", self._at(node))
        deeper = depth + 1
        match node:
            case ast.Constant(value=bool() | None):
                raise self._refused(node)
            case ast.Constant(value=int() | float()):
                return self._number(node)
            case ast.Constant(value=str(word)):
                return Word(word)
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negative(self.read(operand, deeper))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand, deeper)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.read(operand, deeper))
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
                return Binary(_OPERATORS[type(operator)], self.read(left, deeper), self.read(right, deeper))
            case ast.BoolOp(op=operator, values=values):
                return Logic(_OPERATORS[type(operator)], tuple(self.read(value, deeper) for value in values))
            case ast.Compare():
                return self._comparison(node, deeper)
            case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]):
                return self._call(node, function, arguments, deeper)
            case _:
                raise self._refused(node)

    def _at(self, node: ast.expr) -> int:
        return self._origin[len(self._source[: node.col_offset].decode(errors="ignore"))]

    def _written(self, node: ast.expr) -> str:
        return self._source[node.col_offset : node.end_col_offset].decode(errors="ignore")

    def _refused(self, node: ast.expr) -> FormulaError:
        at = self._at(node)
        return FormulaError("not_allowed", at, self._text[at : at + 12])

    def _number(self, node: ast.expr) -> Number:
        written = self._written(node)
        if not re.fullmatch(r"[0-9]{1,30}(\.[0-9]{1,30})?", written):
            raise self._refused(node)
        return Number(Fraction(written))

    def _name(self, node: ast.expr, name: str) -> Name:
        at = self._at(node)
        written = self._written(node).strip()
        # Python folds look-alikes (ﬁ -> fi) into one name; a formula must say what it shows.
        if unicodedata.normalize("NFKC", written) != written:
            raise FormulaError("look_alike", at, written)
        return Name(name, at)

    def _comparison(self, node: ast.Compare, depth: int) -> Node:
        parts: list[Node] = []
        left = self.read(node.left, depth)
        for operator, operand in zip(node.ops, node.comparators, strict=True):
            if isinstance(operator, ast.In | ast.NotIn):
                chosen = OneOf(left, self._choices(operand, depth))
                parts.append(Not(chosen) if isinstance(operator, ast.NotIn) else chosen)
                continue
            if type(operator) not in _OPERATORS:
                raise self._refused(operand)
            right = self.read(operand, depth)
            parts.append(Binary(_OPERATORS[type(operator)], left, right))
            left = right
        return parts[0] if len(parts) == 1 else Logic("and", tuple(parts))

    def _choices(self, node: ast.expr, depth: int) -> tuple[Word | Number, ...]:
        if not isinstance(node, ast.List | ast.Tuple) or not node.elts:
            raise self._refused(node)
        chosen = tuple(self.read(item, depth) for item in node.elts)
        words = tuple(item for item in chosen if isinstance(item, Word | Number))
        if len(words) != len(chosen):
            raise self._refused(node)
        return words

    def _call(self, node: ast.expr, function: str, arguments: list[ast.expr], depth: int) -> Node:
        if function == _PERCENT and len(arguments) == 1 and isinstance(arguments[0], ast.Constant):
            return Number(self._number(arguments[0]).value / 100)
        name = "if" if function == _IF else function
        if name not in FUNCTIONS:
            raise FormulaError("unknown_function", self._at(node), name)
        fewest, most = FUNCTIONS[name]
        if not fewest <= len(arguments) <= most:
            raise FormulaError("argument_count", self._at(node), name)
        return Call(name, tuple(self.read(argument, depth) for argument in arguments))
