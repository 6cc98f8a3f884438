"""Where a part of a plan's tree begins and ends, found by its path of keys and numbers."""

from __future__ import annotations

from collections.abc import Iterable

from plancheck.plan.yaml_tree import ListNode, MapNode, Node


def node_at(tree: Node, path: Iterable[str | int]) -> Node:
    """Return the part at a path; the last one there is, where the path leads further than the tree."""
    node = tree
    for step in path:
        node = _step(node, step)
    return node


def begin(tree: Node, path: Iterable[str | int]) -> tuple[int, int]:
    """Return the line and column at which a part begins: those of its key, if it has one."""
    *above, last = path if (path := tuple(path)) else ("",)
    parent = node_at(tree, above)
    if isinstance(parent, MapNode) and isinstance(last, str) and last in parent.entries:
        key = parent.entries[last].key
        return (key.line, key.column)
    node = _step(parent, last)
    return (node.line, node.column)


def end(node: Node) -> tuple[int, int]:
    """Return the line and column of the last thing in a part."""
    last = (node.line, node.column)
    pending = [node]
    while pending:
        part = pending.pop()
        last = max(last, (part.line, part.column))
        if isinstance(part, MapNode):
            pending += (entry.value for entry in part.entries.values())
        elif isinstance(part, ListNode):
            pending += part.items
    return last


def _step(node: Node, step: str | int) -> Node:
    if isinstance(node, MapNode) and isinstance(step, str) and step in node.entries:
        return node.entries[step].value
    if isinstance(node, ListNode) and isinstance(step, int):
        return node.items[step]
    return node
