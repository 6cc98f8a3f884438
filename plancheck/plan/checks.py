"""Edits of returns (校验): the `checks` section, conditions that must hold or be explained, and patterns."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Final, get_args

from msgspec.structs import replace

from plancheck.expression import Node, Number
from plancheck.language import Text
from plancheck.model import Check, Grade, Mark, Missing, Pattern, Stage
from plancheck.plan.formulas import Vocabulary, read_formula
from plancheck.plan.section import Section
from plancheck.plan.units import A_STAGE, AN_ELEMENT

A_CHECK: Final = Text("校验", "check")
PATTERNS: Final[Mapping[Pattern, Grade]] = {
    "totals": "must",
    "year_before": "must",
    "stages": "must",
    "other_stages": "must",
    "code_class": "must",
    "copied": "explain",
    "unchanged": "explain",
    "empty": "explain",
    "all_full": "explain",
}
"""What no formula over one unit can say, and whether it must be corrected."""
_KINDS: Final = ("must", "explain", "pattern")
_ONE_OF_THEM: Final = "must | explain | pattern"
_ONLY_ONE: Final = Text(f"唯一的一种（{_ONE_OF_THEM}）", f"the only one ({_ONE_OF_THEM})")
_MISSING: Final[tuple[Missing, ...]] = get_args(Missing)


def read_checks(root: Section, vocabulary: Vocabulary, stages: Mapping[str, Stage]) -> dict[str, Check]:
    """Read the optional `checks` section."""
    if not root.has("checks"):
        return {}
    words = replace(vocabulary, of_checks=True)
    return {section.id: _check(section, words, stages) for section in root.children("checks", A_CHECK)}


def _check(section: Section, vocabulary: Vocabulary, stages: Collection[str]) -> Check:
    kinds = [kind for kind in _KINDS if section.has(kind)]
    if not kinds:
        section.faults.add("PC107", section.place, where=section.name, key=_ONE_OF_THEM)
    for surplus in kinds[1:]:
        place = section.need(surplus) or section.place
        section.faults.add("PC108", place, key=surplus, expected=_ONLY_ONE, found=", ".join(kinds))
    check = Check(
        section.id,
        section.said("label"),
        "must",
        stages=section.references("stages", section.get("stages"), stages, A_STAGE),
        cure=section.said_or_none("cure"),
        mark=Mark(section.faults.file, section.place.line, section.place.column),
    )
    if kinds[:1] == ["pattern"]:
        pattern = section.one_of("pattern", tuple(PATTERNS))
        others = section.references("except", section.get("except"), vocabulary.known, AN_ELEMENT)
        return replace(check, grade=PATTERNS[pattern], pattern=pattern, others=others)
    grade: Grade = "explain" if kinds[:1] == ["explain"] else "must"
    written = section.scalar(grade)
    return replace(
        check,
        grade=grade,
        condition=_formula(section, grade, vocabulary) if kinds else Number(Fraction(0)),
        formula=written.text.strip() if written is not None else "",
        where=_formula(section, "where", vocabulary) if section.has("where") else None,
        missing=section.one_of("missing", _MISSING, "skip"),
    )


def _formula(section: Section, key: str, vocabulary: Vocabulary) -> Node:
    node = section.needed_scalar(key)
    if node is None:
        return Number(Fraction(0))  # never judged: a fault has been noted
    return read_formula(node, "condition", vocabulary, section.faults)
