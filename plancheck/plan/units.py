"""Who reports: the `units` section, with the stages of schooling and the elements that identify a unit."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Mapping
from typing import Final

from plancheck.language import Text
from plancheck.model import Element, Stage, Units
from plancheck.plan.faults import Faults
from plancheck.plan.section import Section
from plancheck.plan.yaml_tree import ListNode, MapNode, TextNode
from plancheck.quantity import UNITS

A_STAGE: Final = Text("学段", "stage")
AN_ELEMENT: Final = Text("填报项", "element")
AN_ATTRIBUTE: Final = Text("属性（units.attributes）", "attribute (of units.attributes)")


_A_TEXT: Final = Text("单位为 text 的填报项", "an element whose unit is text")
_A_COUNT: Final = Text("计数的填报项", "an element that counts")
A_TYPE: Final = Text("办学类型", "school type")


def stage_ids(root: Section) -> tuple[str, ...]:
    """Return the ids of the stages, before anything about them has been checked."""
    units = root.get("units")
    stages = units.entries.get("stages") if isinstance(units, MapNode) else None
    return tuple(stages.value.entries) if stages is not None and isinstance(stages.value, MapNode) else ()


def read_units(root: Section, elements: Collection[str]) -> Units:
    """Read the `units` section; `elements` are the ids of all elements."""
    section = root.part("units")
    if section is None:
        return Units("", "", "", "", "", {}, {}, ())
    stages = {child.id: _stage(child) for child in section.children("stages", A_STAGE)}
    attributes = section.references("attributes", section.need("attributes"), elements, AN_ELEMENT)
    stage = _element(section, "stage", elements)
    units = Units(
        code=_element(section, "code", elements),
        name=_element(section, "name", elements),
        stage=stage,
        type=_element(section, "type", elements),
        code_pattern=_pattern(section),
        stages=stages,
        types=_types(section, section.keys("stages")),
        attributes=attributes,
        groups=_groups(section, attributes),
        size=_element(section, "size", elements) if section.has("size") else None,
        breakdown=section.references("breakdown", section.get("breakdown"), (*attributes, stage), AN_ATTRIBUTE)
        if section.has("breakdown")
        else (),
        code_classes=_code_classes(section, section.keys("types")),
    )
    section.finish()
    return units


def _groups(section: Section, attributes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return attribute -> the members it must have, whether a unit reports from there or not."""
    part = section.part_or_none("groups")
    groups: dict[str, tuple[str, ...]] = {}
    for entry in part.own_entries() if part is not None else ():
        section.refer(entry.key, attributes, AN_ATTRIBUTE)
        if isinstance(entry.value, ListNode) and not entry.value.items:
            section.faults.add("PC125", entry.key, attribute=entry.key.text)
        members = section.texts(entry.key.text, entry.value)
        groups[entry.key.text] = tuple(member.text for member in members)
    return groups


def identities_are_texts(root: Section, units: Units, elements: Mapping[str, Element], faults: Faults) -> None:
    """Note each element of `units` that is not a text, and a size that is not a number.

    A unit is told apart by words, not by amounts.
    """
    section = root.get("units")
    if not isinstance(section, MapNode):
        return
    for key in ("code", "name", "stage", "type", "size"):
        node = section.entries[key].value if key in section.entries else None
        element = elements.get(getattr(units, key) or "")
        if not isinstance(node, TextNode) or element is None:
            continue
        if key == "size" and UNITS[element.unit].kind != "count":
            faults.add("PC108", node, key=key, expected=_A_COUNT, found=element.id)
        elif key != "size" and element.unit != "text":
            faults.add("PC108", node, key=key, expected=_A_TEXT, found=element.id)


def _stage(section: Section) -> Stage:
    return Stage(
        section.id, section.said("label"), tuple(word.text for word in section.texts("words", section.get("words")))
    )


def _element(section: Section, key: str, elements: Collection[str]) -> str:
    name = section.needed_scalar(key)
    return name.text if name is not None and section.refer(name, elements, AN_ELEMENT) else ""


def _pattern(section: Section) -> str:
    node = section.needed_scalar("code_pattern")
    if node is None:
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a doubtful [[ is only warned of, and then at every run
            re.compile(node.text)
    except (re.error, OverflowError, RecursionError, Warning):
        section.wrong("code_pattern", node, Text("正则表达式", "a regular expression"))
    return node.text


def _types(section: Section, stages: Collection[str]) -> dict[str, tuple[str, ...]]:
    return {
        entry.key.text: section.references(entry.key.text, entry.value, stages, A_STAGE)
        for entry in section.entries("types", section.need("types"))
    }


def _code_classes(section: Section, types: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return for each beginning of a code the types of school that may bear it."""
    if not section.has("code_classes"):
        return {}
    return {
        entry.key.text: section.references(entry.key.text, entry.value, types, A_TYPE)
        for entry in section.entries("code_classes", section.get("code_classes"))
    }
