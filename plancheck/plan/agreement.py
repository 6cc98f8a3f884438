"""What only shows when all indicators are read: ids given twice, and rules over indicators that are not each unit's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from plancheck.language import Text
from plancheck.model import Indicator, KOfN
from plancheck.plan.faults import Place
from plancheck.plan.section import Section
from plancheck.plan.yaml_tree import ListNode, MapNode, TextNode

_DISTRICT: Final = Text("是区级指标", "is one of the district")
_ANOTHER_RULE: Final = Text("本身是 k_of", "is a k_of itself")


def check_agreement(indicators: Mapping[str, Indicator], sections: Mapping[str, Section]) -> None:
    """Note what disagrees between indicators, each at its place."""
    first: dict[str, Place] = {name: section.place for name, section in sections.items()}
    for section in sections.values():
        for node in _restated_ids(section):
            if first.setdefault(node.text, node) is not node:
                section.faults.add("PC123", node, id=node.text, first=section.faults.spelled(first[node.text]))
        measure = indicators[section.id].measure
        if isinstance(measure, KOfN):
            _check_units(section, measure, indicators)


def _restated_ids(section: Section) -> Iterator[TextNode]:
    for key in ("restated", "otherwise"):
        node = section.get(key)
        for item in node.items if isinstance(node, ListNode) else ():
            entry = item.entries.get("id") if isinstance(item, MapNode) else None
            if entry is not None and isinstance(entry.value, TextNode):
                yield entry.value


def _check_units(section: Section, measure: KOfN, indicators: Mapping[str, Indicator]) -> None:
    """Note each named indicator that is not judged unit by unit."""
    for node in section.texts("k_of", section.get("k_of")):
        named = indicators.get(node.text) if node.text in measure.indicators else None
        if named is not None and isinstance(named.measure, KOfN):
            section.faults.add("PC132", node, name=node.text, why=_ANOTHER_RULE)
        elif named is not None and named.level != "unit":
            section.faults.add("PC132", node, name=node.text, why=_DISTRICT)
