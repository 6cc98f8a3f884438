"""How the plan's contradictions were decided: the `rulings` section."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from plancheck.language import Text
from plancheck.model import Ruling, Source
from plancheck.plan.section import AN_ID, ID, Section
from plancheck.plan.yaml_tree import TextNode

A_RULING: Final = Text("口径裁定", "ruling")
_A_READING: Final = Text("冲突的表述", "conflicting reading")
AN_INDICATOR: Final = Text("指标", "indicator")


def read_rulings(root: Section, indicators: Collection[str]) -> tuple[Ruling, ...]:
    """Read the optional `rulings` section; `indicators` are the ids of all indicators."""
    rulings: list[Ruling] = []
    taken: dict[str, TextNode] = {}
    for section in root.items("rulings", root.get("rulings"), A_RULING):
        name = section.needed_scalar("id")
        if name is not None:
            _check_id(section, name, taken)
        rulings.append(
            Ruling(
                name.text if name is not None else "",
                on=section.references("on", section.need("on"), indicators, AN_INDICATOR),
                conflict=tuple(
                    read_source(part) for part in section.items("conflict", section.need("conflict"), _A_READING)
                ),
                reading=section.said("reading"),
                why=section.said("why"),
            )
        )
    return tuple(rulings)


def read_source(section: Section) -> Source:
    """Read a clause and its words."""
    return Source(section.text("clause"), section.text("quote"))


def source_of(section: Section) -> Source:
    """Read the clause and words behind `source`."""
    part = section.part("source")
    if part is None:
        return Source("", "")
    source = read_source(part)
    part.finish()
    return source


def _check_id(section: Section, name: TextNode, taken: dict[str, TextNode]) -> None:
    if not ID.fullmatch(name.text):
        section.wrong("id", name, AN_ID)
    first = taken.setdefault(name.text, name)
    if first is not name:
        section.faults.add("PC103", name, key=name.text, first=first.line)
