"""Forms whose values stand in fixed cells, as a national data system exports them: `rows: cells`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from plancheck.language import Text
from plancheck.model import Column, Element, Form
from plancheck.pattern import Pattern
from plancheck.plan.elements import REPORTERS
from plancheck.plan.section import Section
from plancheck.plan.units import A_STAGE, AN_ELEMENT
from plancheck.plan.yaml_tree import Node, TextNode

_ADDRESS: Final = Pattern(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_AN_ADDRESS: Final = Text("单元格地址，如 C6", "a cell address, such as C6")
_SHEETS: Final = Text(
    "工作表名的列表，可用 *，如 [教基3112*]",
    "a list of sheet names, in which * stands for anything, such as [教基3112*]",
)


def cell_form(
    section: Section, elements: Mapping[str, Element], known: Collection[str], stages: Collection[str]
) -> Form:
    """Read one form with fixed cells. Its sheets must be named, as nothing else tells them."""
    stage = section.scalar("stage")
    if stage is not None:
        section.refer(stage, stages, A_STAGE)
    cells = {
        entry.key.text: address
        for entry in section.entries("cells", section.need("cells"))
        if section.refer(entry.key, known, AN_ELEMENT) and (address := _address(section, entry.key.text, entry.value))
    }
    sheets = tuple(sheet.text for sheet in section.texts("sheets", section.need("sheets")))
    node = section.get("sheets")
    if node is not None and not sheets:
        section.wrong("sheets", node, _SHEETS)
    return Form(
        id=section.id,
        title=section.said("title"),
        rows="cells",
        columns=tuple(Column(name, ()) for name in cells if name in elements),
        sheets=sheets,
        stage=stage.text if stage is not None else None,
        reporter=section.one_of("reporter", REPORTERS, "unit"),
        cells={name: address for name, address in cells.items() if name in elements},
        labels=_labels(section),
    )


def _labels(section: Section) -> dict[str, str]:
    """Return the words that must stand at an address."""
    labels: dict[str, str] = {}
    for entry in section.entries("labels", section.get("labels")):
        if not _ADDRESS.fullmatch(entry.key.text):
            section.wrong("labels", entry.key, _AN_ADDRESS)
        elif isinstance(entry.value, TextNode) and entry.value.text.strip():
            labels[entry.key.text] = entry.value.text.strip()
        else:
            section.wrong(entry.key.text, entry.value, _WORDS)
    return labels


_WORDS: Final = Text("此处应有的文字", "the words that stand there")


def _address(section: Section, key: str, node: Node) -> str:
    if isinstance(node, TextNode) and _ADDRESS.fullmatch(node.text.strip()):
        return node.text.strip()
    section.wrong(key, node, _AN_ADDRESS)
    return ""
