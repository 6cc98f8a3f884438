"""The measure of an indicator, with its formulas: exactly one of `MEASURES`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Final, get_args

from msgspec import Struct, field

from plancheck.expression import Node, Number
from plancheck.language import Text
from plancheck.model import (
    Amount,
    Base,
    Change,
    Compare,
    Count,
    Dispersion,
    EveryGroup,
    Form,
    KOfN,
    Measure,
    Members,
    Milestone,
    Narrative,
    Ratio,
    Series,
    Share,
    Units,
)
from plancheck.plan.forms import A_COLUMN
from plancheck.plan.formulas import Kind, Vocabulary, read_formula
from plancheck.plan.rulings import AN_INDICATOR
from plancheck.plan.section import A_TEXT, Section
from plancheck.plan.units import AN_ATTRIBUTE
from plancheck.plan.worded import worded
from plancheck.plan.yaml_tree import MapNode, TextNode
from plancheck.quantity import UNITS

MEASURES: Final = (
    "numerator", "value", "share", "count", "every", "members", "series", "change", "compare", "dispersion", "k_of",
    "milestone", "narrative",
)  # fmt: skip
"""The keys of which an indicator has exactly one."""
_WITHIN: Final[Mapping[str, tuple[str, ...]]] = {"change": ("numerator", "value"), "every": ("count",)}
"""Keys that are part of another measure where that one stands."""
_PARTNERS: Final = {"denominator": "numerator", "against": "compare", "weight": "dispersion"}
BASES: Final[tuple[Base, ...]] = get_args(Base)
MOST: Final = 1_000_000
_ONE_OF_THEM: Final = " | ".join(key if key != "numerator" else "numerator + denominator" for key in MEASURES)
_ONLY_ONE: Final = Text(f"唯一的一种算法（{_ONE_OF_THEM}）", f"the only measure ({_ONE_OF_THEM})")
_UNKNOWN: Final = Number(Fraction(0))  # stands in where a fault has been noted; never judged
_COLUMNS: Final[Mapping[str, Text]] = {
    "done_year": Text("单位为 year 或 number 的填报项", "an element whose unit is year or number"),
    "delivered": Text("数值型的填报项", "an element that is a number"),
}
_KINDS_OF: Final[Mapping[str, tuple[str, ...]]] = {"done_year": ("year", "amount"), "delivered": ("count", "amount")}


class Known(Struct, frozen=True):
    """What an indicator may refer to by name."""

    vocabulary: Vocabulary
    units: Units
    forms: Mapping[str, Form]
    indicators: Collection[str]
    groups: Collection[str]


class Formulas(Struct):
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

    def need(self, key: str, wanted: Kind) -> Node:
        """Return the tree of a formula that must be there."""
        return self.read(key, self.section.needed_scalar(key), wanted) or _UNKNOWN


def read_measure(formulas: Formulas, known: Known, listed: Form | None) -> Measure:
    """Return the one measure of an indicator; `listed` is the form whose rows it concerns, None for units."""
    chosen = _chosen(formulas.section)
    match chosen:
        case "numerator":
            return _ratio(formulas)
        case "value":
            return Amount(formulas.need("value", "number"))
        case "share":
            return Share(formulas.need("share", "condition"))
        case "count":
            return Count(formulas.need("count", "condition"))
        case "every":
            return _every_group(formulas, known)
        case "members":
            return _members(formulas)
        case "series":
            return _series(formulas, known)
        case "change":
            return _change(formulas)
        case "compare":
            return Compare(formulas.need("compare", "number"), formulas.need("against", "number"))
        case "dispersion":
            return Dispersion(formulas.need("dispersion", "number"), formulas.need("weight", "number"))
        case "k_of":
            return _k_of_n(formulas.section, known)
        case "milestone":
            return _milestone(formulas, known, listed)
        case "narrative":
            return Narrative(formulas.section.said("narrative"))
        case _:
            return Ratio(_UNKNOWN, _UNKNOWN)


def _chosen(section: Section) -> str:
    """Return the key of the measure, empty when there is none; note each further one, and a part without its whole."""
    present = [key for key in MEASURES if section.has(key)]
    parts = {part for whole, parts in _WITHIN.items() if whole in present for part in parts}
    chosen = [key for key in present if key not in parts]
    partners = [key for key in _PARTNERS if section.has(key)]
    if not chosen and not partners:
        section.faults.add("PC107", section.place, where=section.name, key=_ONE_OF_THEM)
    for partner in partners:
        if _PARTNERS[partner] not in present:
            section.faults.add("PC107", section.place, where=section.name, key=_PARTNERS[partner])
    for surplus in chosen[1:]:
        node = section.need(surplus)
        section.faults.add("PC108", node or section.place, key=surplus, expected=_ONLY_ONE, found=", ".join(chosen))
    return chosen[0] if chosen else ""


def _ratio(formulas: Formulas) -> Ratio:
    return Ratio(formulas.need("numerator", "number"), formulas.need("denominator", "number"))


def _every_group(formulas: Formulas, known: Known) -> EveryGroup:
    section = formulas.section
    by = section.needed_scalar("every")
    if by is not None:
        section.refer(by, known.units.attributes, AN_ATTRIBUTE)
    least = section.whole("at_least", section.scalar("at_least"), 1, MOST)
    return EveryGroup(by.text if by is not None else "", formulas.need("count", "condition"), least or 1)


def _members(formulas: Formulas) -> Members:
    section = formulas.section
    node = section.need("members")
    if isinstance(node, MapNode) and not node.entries:
        section.names_nothing("members", node)
        node = None
    members = worded(section, "members", node)
    return Members(members, formulas.read("condition", section.scalar("condition"), "condition"))


def _series(formulas: Formulas, known: Known) -> Series:
    """Return the parts of a series; a single text is one part without a name."""
    section, stages = formulas.section, known.units.stages
    node = section.need("series")
    if not isinstance(node, MapNode):
        return Series({"": formulas.need("series", "number")})
    parts: dict[str, Node] = {}
    for entry in section.entries("series", node):
        key = entry.key.text
        if isinstance(entry.value, TextNode) and entry.value.text.strip():
            parts[key] = formulas.read(f"series.{key}", entry.value, "number") or _UNKNOWN
        else:
            section.wrong(f"series.{key}", entry.value, A_TEXT)
    labels = {key: stages[key].label if key in stages else Text(key, key) for key in parts}
    return Series(parts, labels)


def _change(formulas: Formulas) -> Change:
    section = formulas.section
    part = section.part("change")
    base: Base = "prior_year"
    relative = False
    if part is not None:
        base, relative = part.one_of("from", BASES), part.flag("relative")
        part.finish()
    of = Amount(formulas.need("value", "number")) if section.has("value") else _ratio(formulas)
    if section.has("value") and section.has("numerator"):
        node = section.need("numerator") or section.place
        section.faults.add("PC108", node, key="numerator", expected=_ONLY_ONE, found="value, numerator")
    return Change(of, base, relative)


def _k_of_n(section: Section, known: Known) -> KOfN:
    named = section.some_texts("k_of", section.need("k_of"))
    indicators = tuple(name.text for name in named if section.refer(name, known.indicators, AN_INDICATOR))
    node = section.needed_scalar("least")
    least = section.whole("least", node, 1, MOST) or 1
    if node is not None and least > len(named) > 0:
        section.faults.add("PC133", node, least=least, count=len(named))
    return KOfN(indicators, least, section.percentage("floor", section.needed_scalar("floor")) or Fraction(1))


def _milestone(formulas: Formulas, known: Known, listed: Form | None) -> Milestone:
    section = formulas.section
    delivered, planned = section.has("delivered"), section.has("planned")
    if delivered != planned:
        lacking = "planned" if delivered else "delivered"
        section.faults.add("PC107", section.place, where=section.name, key=lacking)
    return Milestone(
        names=tuple(name.text for name in section.some_texts("milestone", section.need("milestone"))),
        done=formulas.need("done", "condition"),
        year=_column(section, "done_year", known, listed),
        delivered=_column(section, "delivered", known, listed),
        planned=section.whole("planned", section.scalar("planned"), 1, MOST),
    )


def _column(section: Section, key: str, known: Known, listed: Form | None) -> str | None:
    """Return the element behind a key: a column of the list that holds years or numbers."""
    node = section.scalar(key)
    if node is None or listed is None:
        return None
    section.refer(node, [column.element for column in (*listed.columns, *listed.by)], A_COLUMN)
    element = known.vocabulary.elements.get(node.text)
    if element is not None and UNITS[element.unit].kind not in _KINDS_OF[key]:
        section.wrong(key, node, _COLUMNS[key])
    return node.text
