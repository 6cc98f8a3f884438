"""Where a part of a plan's tree begins and ends, found by its path of keys and numbers."""

from __future__ import annotations

from collections.abc import Iterable

from plancheck.plan.faults import Place, Spot
from plancheck.plan.yaml_tree import ListNode, MapNode, Node


def node_at(tree: Node, path: Iterable[str | int]) -> Node:
    """Return the part at a path; the last one there is, where the path leads further than the tree."""
    node = tree
    for step in path:
        node = _step(node, step)
    return node


def begin(tree: Node, path: Iterable[str | int]) -> Spot:
    """Return the place at which a part begins: that of its key, if it has one."""
    *above, last = path if (path := tuple(path)) else ("",)
    parent = node_at(tree, above)
    if isinstance(parent, MapNode) and isinstance(last, str) and last in parent.entries:
        return _spot(parent.entries[last].key)
    return _spot(_step(parent, last))


def _spot(place: Place) -> Spot:
    return Spot(place.line, place.column, place.file)


Span = tuple[tuple[int, int], tuple[int, int]]
"""Line and column of the first and of the last thing."""


def spans(tree: Node, path: Iterable[str | int]) -> dict[str, Span]:
    """Return for each file from which a part comes the places between which it stands there."""
    path = tuple(path)
    node = node_at(tree, path)
    found: dict[str, Span] = {}
    # What a file as a whole lacks is told at its very beginning.
    places: list[Place] = [begin(tree, path) if path else Spot(0, 0, node.file)]
    pending = [node]
    while pending:
        part = pending.pop()
        places.append(part)
        if isinstance(part, MapNode):
            for entry in part.entries.values():
                places.append(entry.key)
                pending.append(entry.value)
        elif isinstance(part, ListNode):
            pending += part.items
    for place in places:
        here = (place.line, place.column)
        first, last = found.get(place.file, (here, here))
        found[place.file] = min(first, here), max(last, here)
    return found


def _step(node: Node, step: str | int) -> Node:
    if isinstance(node, MapNode) and isinstance(step, str) and step in node.entries:
        return node.entries[step].value
    if isinstance(node, ListNode) and isinstance(step, int):
        return node.items[step]
    return node
