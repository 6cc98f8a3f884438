"""Formulas of the plan file: parsed, their names led to elements, and checked for mixing numbers, conditions and words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from plancheck.expression import (
    OF_CELLS,
    OF_CHECKS,
    PERIOD,
    Binary,
    Call,
    FormulaError,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
    OneOf,
    Word,
    calls,
    names,
    parse,
)
from plancheck.language import Text
from plancheck.model import Element, Units
from plancheck.plan.elements import CHOSEN, NOT_RATED
from plancheck.plan.faults import Faults, first_of
from plancheck.plan.section import shown
from plancheck.plan.units import AN_ELEMENT
from plancheck.plan.yaml_tree import TextNode
from plancheck.quantity import UNITS

Kind = Literal["number", "condition", "word", "any"]

_KINDS: Final[dict[Kind, Text]] = {
    "number": Text("数", "a number"),
    "condition": Text("条件（是/否或比较）", "a condition (yes/no or a comparison)"),
    "word": Text("文字", "a word"),
    "any": Text("任何值", "anything"),
}
_KIND_OF_UNIT: Final[dict[str, Kind]] = {"yes_no": "condition", "choice": "word", "text": "word"}
_PROBLEMS: Final[dict[str, Text]] = {
    "too_long": Text("公式太长", "the formula is too long"),
    "too_deep": Text("嵌套太深或太复杂", "it is nested too deeply or too large"),
    "syntax": Text("写法不完整或有多余的符号", "something is missing or too much"),
    "not_allowed": Text("不允许这种写法", "this is not allowed in formulas"),
    "look_alike": Text("含有形近字符，请改用普通字符", "it holds a look-alike character; use the ordinary one"),
    "unknown_function": Text("没有这个函数", "there is no such function"),
    "argument_count": Text("函数的参数个数不对", "the function takes another number of arguments"),
}


_TURNED: Final = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
_WITHIN: Final = {"before": OF_CELLS, "agrees": OF_CHECKS - {"agrees"}}
"""Which functions of checks may stand within another: one year before is known, not two."""


class Vocabulary(Struct, frozen=True):
    """What formulas may speak of. `known` are the ids of all elements, also of those that could not be read.

    `choices` gives the words that an element may be compared with, by id: a choice's, a grade's, the stages, the
    declared members of an attribute. `of_checks`: the functions of checks may be used.
    """

    elements: Mapping[str, Element]
    known: frozenset[str]
    labels: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, Mapping[str, tuple[str, ...]]]
    of_checks: bool = False

    @classmethod
    def of(cls, elements: Mapping[str, Element], known: frozenset[str], units: Units | None = None) -> Vocabulary:
        """Return the vocabulary of the elements, found by id or by Chinese label."""
        labels: dict[str, list[str]] = {}
        for element in elements.values():
            labels.setdefault(element.label.zh, []).append(element.id)
        choices = {one.id: one.choices for one in elements.values() if one.unit in CHOSEN}
        if units is not None:
            choices |= {group: dict.fromkeys(members, ()) for group, members in units.groups.items()}
            choices[units.stage] = {one.id: (one.label.zh, *one.words) for one in units.stages.values()}
        return cls(elements, known, {label: tuple(ids) for label, ids in labels.items()}, choices)


def read_formula(node: TextNode, wanted: Kind, vocabulary: Vocabulary, faults: Faults) -> Node:
    """Return the formula's tree with ids for names; what is wrong with it goes to `faults`, with its character."""
    try:
        tree = parse(node.text)
    except FormulaError as error:
        detail = f" {error.found.strip()}".rstrip()
        problem = _PROBLEMS[error.problem]
        _Formula(node, vocabulary, faults).fault(error.at, Text(problem.zh + detail, problem.en + detail))
        return Number(Fraction(0))  # never judged: a fault has been noted
    formula = _Formula(node, vocabulary, faults)
    tree = formula.resolve(tree)
    formula.expect(tree, wanted)
    return tree


class _Formula:
    """One formula under examination; each fault of its is noted at the character it concerns."""

    def __init__(self, node: TextNode, vocabulary: Vocabulary, faults: Faults) -> None:
        self._node = node
        self._vocabulary = vocabulary
        self._faults = faults

    def fault(self, at: int, problem: Text) -> None:
        self._faults.add("PC110", self._node.spot(at), formula=shown(self._node), at=at + 1, problem=problem)

    # --------------------------------------------------------------------------------------- names and words

    def resolve(self, node: Node) -> Node:
        """Return the tree with element ids for names and choice ids for words compared with a choice."""
        match node:
            case Number() | Word():
                return node
            case Name():
                return Name(self._element(node), node.at)
            case Negative(operand):
                return Negative(self.resolve(operand))
            case Not(operand):
                return Not(self.resolve(operand))
            case Binary(operator, left, right):
                left, right = self.resolve(left), self.resolve(right)
                left, right = self._chosen(left, right), self._chosen(right, left)
                return self._ranked(operator, left, right) or Binary(operator, left, right)
            case Logic(operator, operands):
                return Logic(operator, tuple(self.resolve(operand) for operand in operands))
            case Call(function, arguments):
                self._of_checks(function, arguments)
                return Call(function, tuple(self.resolve(argument) for argument in arguments))
            case OneOf(operand, choices):
                operand = self.resolve(operand)
                chosen = tuple(self._chosen(choice, operand) for choice in choices)
                return OneOf(operand, tuple(choice for choice in chosen if isinstance(choice, Word | Number)))

    def _ranked(self, operator: str, left: Node, right: Node) -> OneOf | None:
        """Return `grade >= "B"` as the grades that are B or better; None where no grade is put in an order."""
        if operator not in _TURNED:
            return None
        if isinstance(left, Word):
            left, right, operator = right, left, _TURNED[operator]
        element = self._vocabulary.elements.get(left.id) if isinstance(left, Name) else None
        if not isinstance(left, Name) or not isinstance(right, Word) or element is None or element.unit != "grade":
            return None
        order = [grade for grade in element.choices if grade != NOT_RATED]
        if right.value == NOT_RATED:
            self.fault(
                left.at, Text("未评级的不在等级顺序之内", "what is not rated stands outside the order of grades")
            )
        elif right.value in order:
            at = order.index(right.value)
            ends = {">=": order[: at + 1], ">": order[:at], "<=": order[at:], "<": order[at + 1 :]}
            if ends[operator]:
                return OneOf(left, tuple(Word(grade) for grade in ends[operator]))
            self.fault(left.at, Text(f"没有比“{right.value}”更进一步的等级", f"no grade lies beyond '{right.value}'"))
        return OneOf(left, (right,))  # never judged: a fault has been noted

    def _of_checks(self, function: str, arguments: tuple[Node, ...]) -> None:
        """Note a function of checks elsewhere, and one within another where that means nothing."""
        if function not in OF_CHECKS:
            return
        if function in OF_CELLS and not all(isinstance(argument, Name) for argument in arguments):
            self.fault(0, Text(f"{function} 的各项应为填报项", f"the parts of {function} must be elements"))
        if not self._vocabulary.of_checks:
            self.fault(0, Text(f"{function} 只能用于校验", f"{function} is for checks only"))
        if any(calls(argument, OF_CHECKS - _WITHIN.get(function, frozenset())) for argument in arguments):
            self.fault(
                0, Text(f"{function} 之内不能再用此类函数", f"within {function} there can be no other of its kind")
            )

    def _element(self, name: Name) -> str:
        vocabulary = self._vocabulary
        if name.id == PERIOD:
            return PERIOD
        ids = (name.id,) if name.id in vocabulary.known else vocabulary.labels.get(name.id, ())
        if len(ids) > 1:
            listed = first_of(ids)
            self.fault(
                name.at,
                Text(f"“{name.id}”可指多个填报项：{listed}", f"'{name.id}' is the label of several elements: {listed}"),
            )
        elif not ids and vocabulary.known:
            self._faults.unknown(name.id, self._node.spot(name.at), vocabulary.known, AN_ELEMENT)
        return ids[0] if ids else name.id

    def _chosen(self, node: Node, beside: Node) -> Node:
        """Return a word as the id of the choice it means, where it is compared with something that has choices."""
        choices = self._vocabulary.choices.get(beside.id) if isinstance(beside, Name) else None
        if not isinstance(node, Word) or not isinstance(beside, Name) or choices is None:
            return node
        for choice, words in choices.items():
            if node.value == choice or node.value in words:
                return Word(choice)
        known = first_of(choices)
        self.fault(
            beside.at,
            Text(
                f"{beside.id} 没有“{node.value}”这一选项，可用：{known}",
                f"{beside.id} has no choice '{node.value}'; it has {known}",
            ),
        )
        return node

    # ------------------------------------------------------------------------------------------------- kinds

    def expect(self, node: Node, wanted: Kind) -> None:
        """Note it when a part of the formula is something else than its place asks for."""
        found = self._kind(node)
        if "any" not in (found, wanted) and found != wanted:
            first = next(iter(names(node)), None)
            self.fault(
                first.at if first is not None else 0,
                Text(
                    f"此处应为{_KINDS[wanted].zh}，却是{_KINDS[found].zh}",
                    f"{_KINDS[wanted].en} is expected, not {_KINDS[found].en}",
                ),
            )

    def _kind(self, node: Node) -> Kind:
        match node:
            case Number():
                return "number"
            case Word():
                return "word"
            case Name(id):
                return self._kind_of_element(id)
            case Negative(operand):
                return self._all("number", (operand,), "number")
            case Not(operand):
                return self._all("condition", (operand,), "condition")
            case Logic(_, operands):
                return self._all("condition", operands, "condition")
            case Binary(operator, left, right):
                return self._kind_of_binary(operator, left, right)
            case OneOf(operand, choices):
                return self._all(self._kind(choices[0]), (operand, *choices[1:]), "condition")
            case Call("if", (condition, first, second)):
                self.expect(condition, "condition")
                kind = self._kind(first)
                return self._all(kind, (second,), kind)
            case Call("before", (earlier,)):
                return self._kind(earlier)
            case Call("filled" | "asked" | "blank"):
                return "condition"
            case Call("agrees", arguments):
                if not isinstance(arguments[0], Name):
                    self.fault(0, Text("agrees 的第一项应为填报项", "the first part of agrees must be an element"))
                return self._all("number", arguments, "condition")
            case Call(_, arguments):
                return self._all("number", arguments, "number")

    def _all(self, wanted: Kind, parts: tuple[Node, ...], kind: Kind) -> Kind:
        for part in parts:
            self.expect(part, wanted)
        return kind

    def _kind_of_binary(self, operator: str, left: Node, right: Node) -> Kind:
        if operator in ("==", "!="):
            return self._all(self._kind(left), (right,), "condition")
        kind: Kind = "number" if operator in "+-*/" else "condition"
        return self._all("number", (left, right), kind)

    def _kind_of_element(self, name: str) -> Kind:
        if name == PERIOD:
            return "number"
        element = self._vocabulary.elements.get(name)
        unit = UNITS.get(element.unit) if element is not None else None
        if unit is None:
            return "any"
        return _KIND_OF_UNIT.get(unit.kind, "number")
