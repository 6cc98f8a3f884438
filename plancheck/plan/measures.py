"""The measure of an indicator: a ratio, a share or a series, with its formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from plancheck.expression import Node, Number
from plancheck.language import Text
from plancheck.model import Measure, Ratio, Series, Share, Stage
from plancheck.plan.formulas import Kind, Vocabulary, read_formula
from plancheck.plan.section import A_TEXT, Section
from plancheck.plan.yaml_tree import MapNode, TextNode

_MEASURES: Final = ("numerator", "share", "series")
_ONE_OF_THEM: Final = "numerator + denominator | share | series"
_ONLY_ONE: Final = Text(f"唯一的一种算法（{_ONE_OF_THEM}）", f"the only measure ({_ONE_OF_THEM})")
_UNKNOWN: Final = Number(Fraction(0))  # stands in where a fault has been noted; never judged


@dataclass(slots=True)
class Formulas:
    """Reads the formulas of one indicator and keeps their texts, by key."""

    section: Section
    vocabulary: Vocabulary
    written: dict[str, str] = field(default_factory=dict)

    def read(self, key: str, node: TextNode | None, wanted: Kind) -> Node | None:
        """Return the tree of a formula; None where there is none."""
        if node is None:
            return None
        self.written[key] = node.text.strip()
        return read_formula(node, wanted, self.vocabulary, self.section.faults)


def read_measure(formulas: Formulas, stages: Mapping[str, Stage]) -> Measure:
    """Return the one measure of an indicator."""
    section = formulas.section
    chosen = [key for key in _MEASURES if section.has(key)]
    if not chosen and not section.has("denominator"):
        section.faults.add("PC107", section.place, where=section.name, key=_ONE_OF_THEM)
        return Share(_UNKNOWN)
    for surplus in chosen[1:]:
        node = section.need(surplus)
        section.faults.add("PC108", node or section.place, key=surplus, expected=_ONLY_ONE, found=", ".join(chosen))
    match chosen[:1]:
        case ["share"]:
            measure: Measure = Share(_formula(formulas, "share", "condition"))
        case ["series"]:
            measure = _series(formulas, stages)
        case _:
            numerator = _formula(formulas, "numerator", "number")
            return Ratio(numerator, _formula(formulas, "denominator", "number"))
    if section.has("denominator"):
        section.faults.add("PC107", section.place, where=section.name, key="numerator")
    return measure


def _formula(formulas: Formulas, key: str, wanted: Kind) -> Node:
    return formulas.read(key, formulas.section.needed_scalar(key), wanted) or _UNKNOWN


def _series(formulas: Formulas, stages: Mapping[str, Stage]) -> Series:
    """Return the parts of a series; a single text is one part without a name."""
    section = formulas.section
    node = section.need("series")
    if not isinstance(node, MapNode):
        return Series({"": _formula(formulas, "series", "number")})
    parts: dict[str, Node] = {}
    for entry in section.entries("series", node):
        key = entry.key.text
        if isinstance(entry.value, TextNode) and entry.value.text.strip():
            parts[key] = formulas.read(f"series.{key}", entry.value, "number") or _UNKNOWN
        else:
            section.wrong(f"series.{key}", entry.value, A_TEXT)
    labels = {key: stages[key].label if key in stages else Text(key, key) for key in parts}
    return Series(parts, labels)
