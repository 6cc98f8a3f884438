"""The parts of the plan's document under which indicators stand: the optional `groups` section."""

from __future__ import annotations

from typing import Final

from plancheck.language import Text
from plancheck.model import Group
from plancheck.plan.section import Section

_A_GROUP: Final = Text("分组", "group")


def read_groups(root: Section) -> dict[str, Group]:
    """Read the `groups` section, in the document's order."""
    if not root.has("groups"):
        return {}
    return {section.id: Group(section.id, section.said("label")) for section in root.children("groups", _A_GROUP)}
