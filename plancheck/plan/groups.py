"""The parts of the plan's document under which indicators stand: the optional `groups` section."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from plancheck.language import Text
from plancheck.model import Group, Indicator
from plancheck.plan.section import Section

_A_GROUP: Final = Text("分组", "group")


def read_groups(root: Section) -> dict[str, Group]:
    """Read the `groups` section, in the document's order."""
    if not root.has("groups"):
        return {}
    return {section.id: Group(section.id, section.said("label")) for section in root.children("groups", _A_GROUP)}


def in_order(indicators: Mapping[str, Indicator], groups: Collection[str]) -> dict[str, Indicator]:
    """Return the indicators group by group, as the document has them, in whatever files they stand; the others last."""
    places = {group: place for place, group in enumerate(groups)}
    return dict(sorted(indicators.items(), key=lambda item: places.get(item[1].group, len(places))))
