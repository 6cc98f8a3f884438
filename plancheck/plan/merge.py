"""One file of a plan laid over those before it: sections grow by id, and an entry is changed only where it says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from plancheck.language import Text
from plancheck.plan.faults import Faults
from plancheck.plan.rulings import A_RULING, AN_INDICATOR
from plancheck.plan.section import TRUE_OR_FALSE, shown
from plancheck.plan.units import AN_ELEMENT
from plancheck.plan.yaml_tree import Entry, ListNode, MapNode, Node, TextNode

OVERRIDE: Final = "override"
_BY_ID: Final[Mapping[str, Text]] = {
    "elements": AN_ELEMENT,
    "forms": Text("报表", "form"),
    "groups": Text("分组", "group"),
    "indicators": AN_INDICATOR,
    "checks": Text("校验", "check"),
}
"""Sections that are mappings of ids, and what their entries are."""


def merge(below: MapNode, above: MapNode, faults: Faults) -> MapNode:
    """Return the tree `above` laid over the tree `below`."""
    entries = dict(below.entries)
    for key, entry in above.entries.items():
        first = entries.get(key)
        value = _section(key, first.value if first is not None else None, entry.value, faults)
        entries[key] = Entry(first.key if first is not None else entry.key, value)
    return MapNode(entries, below.line, below.column, below.file)


def _section(key: str, below: Node | None, above: Node, faults: Faults) -> Node:
    match above:
        case MapNode() if key in _BY_ID:
            return _by_id(below if isinstance(below, MapNode) else None, above, _BY_ID[key], faults)
        case MapNode() if isinstance(below, MapNode):
            return _laid_over(below, above)
        case ListNode() if key == "rulings":
            return _rulings(below if isinstance(below, ListNode) else None, above, faults)
        case _:
            return above


def _laid_over(below: MapNode, above: MapNode) -> MapNode:
    """Return a mapping whose keys take the place of those below, one by one."""
    return MapNode({**below.entries, **above.entries}, below.line, below.column, below.file)


def _by_id(below: MapNode | None, above: MapNode, what: Text, faults: Faults) -> MapNode:
    entries = dict(below.entries) if below is not None else {}
    known = tuple(entries)
    for name, entry in above.entries.items():
        value, overrides = _without_override(entry.value, faults)
        first = entries.get(name)
        if overrides and first is None:
            _unknown(entry.key, known, what, faults)
        elif overrides and first is not None and isinstance(value, MapNode) and isinstance(first.value, MapNode):
            entries[name] = Entry(first.key, _laid_over(first.value, value))
            continue
        elif first is not None:
            faults.add("PC123", entry.key, id=name, first=faults.spelled(first.key))
            continue
        entries[name] = Entry(entry.key, value)
    place = below or above
    return MapNode(entries, place.line, place.column, place.file)


def _rulings(below: ListNode | None, above: ListNode, faults: Faults) -> ListNode:
    """Return the rulings of both; one that stands twice in one file is found when they are read."""
    items = list(below.items) if below is not None else []
    known = {_id_of(item): at for at, item in enumerate(items)}
    known.pop("", None)
    for item in above.items:
        value, overrides = _without_override(item, faults)
        name = _id_of(value)
        at = known.get(name)
        first = items[at] if at is not None else None
        if at is not None and overrides and isinstance(value, MapNode) and isinstance(first, MapNode):
            items[at] = _laid_over(first, value)
            continue
        if first is not None:
            faults.add("PC123", item, id=name, first=faults.spelled(first))
            continue
        if overrides:
            _unknown(item, known, A_RULING, faults, name)
        items.append(value)
    place = below or above
    return ListNode(tuple(items), place.line, place.column, place.file)


def _id_of(item: Node) -> str:
    entry = item.entries.get("id") if isinstance(item, MapNode) else None
    return entry.value.text if entry is not None and isinstance(entry.value, TextNode) else ""


def _without_override(node: Node, faults: Faults) -> tuple[Node, bool]:
    """Return an entry without its `override`, and whether it says that it changes an earlier one."""
    entry = node.entries.get(OVERRIDE) if isinstance(node, MapNode) else None
    if entry is None or not isinstance(node, MapNode):
        return node, False
    said = entry.value.text if isinstance(entry.value, TextNode) else ""
    if said not in ("true", "false"):
        faults.add("PC108", entry.value, key=OVERRIDE, expected=TRUE_OR_FALSE, found=shown(entry.value))
    rest = {key: each for key, each in node.entries.items() if key != OVERRIDE}
    return MapNode(rest, node.line, node.column, node.file), said != "false"


def _unknown(place: Node, known: Collection[str], what: Text, faults: Faults, name: str = "") -> None:
    name = place.text if isinstance(place, TextNode) else name
    faults.add("PC124", place, id=name, what=what, suggestion=faults.suggestion(name, known))
