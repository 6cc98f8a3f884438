"""What is reported: the `elements` section."""

from __future__ import annotations

import keyword
from collections.abc import Collection
from typing import Final, get_args

from plancheck.expression import FUNCTIONS, PERIOD
from plancheck.language import Text
from plancheck.model import Element, Reporter
from plancheck.plan.section import Section
from plancheck.plan.units import A_STAGE, AN_ELEMENT
from plancheck.plan.worded import worded
from plancheck.quantity import UNITS

REPORTERS: Final[tuple[Reporter, ...]] = get_args(Reporter)
CHOSEN: Final = ("choice", "grade")
"""The units of elements that have choices."""
NOT_RATED: Final = "not_rated"
"""The choice of a grade that is outside its order."""
A_HEADER: Final = Text("表头用词，层级写作“上级 > 下级”", "a header word, levels as 'upper > lower'")


def read_elements(root: Section, stages: Collection[str]) -> dict[str, Element]:
    """Read the `elements` section."""
    return {section.id: _element(section, stages) for section in root.children("elements", AN_ELEMENT)}


def path(word: str) -> tuple[str, ...]:
    """Return the header path of a word: `a > b` is b under a. Empty when a level is."""
    levels = tuple(level.strip() for level in f" {word} ".split(" > "))
    return levels if all(levels) else ()


def _element(section: Section, stages: Collection[str]) -> Element:
    _check_name(section)
    label = section.said("label")
    words = section.texts("words", section.get("words"))
    for word in words:
        if not path(word.text):
            section.wrong("words", word, A_HEADER)
    unit = section.one_of("unit", tuple(UNITS))
    return Element(
        id=section.id,
        label=label,
        unit=unit,
        # A word that repeats the label adds nothing.
        words=tuple(dict.fromkeys((label.zh, *(word.text for word in words)))),
        reporter=section.one_of("reporter", REPORTERS, "unit"),
        stages=section.references("stages", section.get("stages"), stages, A_STAGE),
        # Elsewhere `choices` is not asked for, and so is an unknown key.
        choices=worded(section, "choices", section.need("choices")) if unit in CHOSEN else {},
    )


def _check_name(section: Section) -> None:
    """A formula must be able to name the element."""
    if keyword.iskeyword(section.id) or section.id in FUNCTIONS or section.id == PERIOD:
        expected = Text("公式用词以外的编号", "an id that is no word of formulas")
        section.faults.add("PC108", section.place, key=section.id, expected=expected, found=section.id)
