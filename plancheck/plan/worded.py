"""Ids with the words that lead to each: the choices of an element, the members of a set. A word leads to one id only."""

from __future__ import annotations

from plancheck.plan.section import AN_ID, ID, Section
from plancheck.plan.yaml_tree import Node


def worded(section: Section, key: str, node: Node | None) -> dict[str, tuple[str, ...]]:
    """Return id -> its words, as the mapping behind a key gives them."""
    found: dict[str, tuple[str, ...]] = {}
    taken: dict[str, int] = {}
    for entry in section.entries(key, node):
        if not ID.fullmatch(entry.key.text):
            section.wrong(key, entry.key, AN_ID)
        words = section.some_texts(entry.key.text, entry.value)
        for word in words:
            if word.text in taken:
                section.faults.add("PC103", word, key=word.text, first=taken[word.text])
            taken.setdefault(word.text, word.line)
        found[entry.key.text] = tuple(word.text for word in words)
    return found
