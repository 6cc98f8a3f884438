"""The unit that stands above a table, 单位：万元, held against the units in which the plan asks for its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from plancheck.pattern import Pattern
from plancheck.quantity import KIN_WORDS, UnitOfMeasure, tidy
from plancheck.returns.sheet import Cell

_SAID: Final = Pattern(r"(?:^|[\s（(])(?:计量|金额|货币|数据)?单位\s*(?:(?:[：:]|为)\s*[（(]?|[（(])\s*([^\s（）()]+)")
_RENMINBI: Final = Pattern(r"[（(]?(?:人民币|RMB)[）)]?", re.IGNORECASE)
_AT_END: Final = Pattern(r"[（(]([^（）()]{1,6})[)）]$")
_KNOWN: Final = frozenset(word for words in KIN_WORDS.values() for word in words)
_BETWEEN: Final = Pattern(r"[、，,/;；和及]")
_CONVERTED: Final = frozenset(("10k_yuan",))
"""Amounts in units so large are of the sheet's; 元 is what an amount for each person is in, whatever stands above."""


class Above(Struct, frozen=True):
    """The units that stand above a table, and the grid rows of titles in which they would."""

    said: frozenset[str]
    rows: range


def units_said(rows: Sequence[Sequence[Cell]]) -> frozenset[str]:
    """Return the unit words of rows of titles; 填报单位：某学校 says who fills in and is none.

    区级表（元） and 2023年（元） say it without the word 单位.
    """
    found: set[str] = set()
    for row in rows:
        texts = [_plain(cell) for cell in row if isinstance(cell, str) and cell]
        if any("单位" in text for text in texts):
            for said in _SAID.findall(" ".join(texts)):  # 单位： and 元 may stand in two cells
                found.update(_BETWEEN.split(said))
        found.update(word for text in texts for word in _AT_END.findall(text) if word in _KNOWN)
    return frozenset(found)


@lru_cache(maxsize=128)
def _plain(text: str) -> str:
    """Return a text of a title without 人民币. Kept, as a thousand schools fill in one form."""
    return _RENMINBI.sub("", tidy(text))


def above_table(rows: Sequence[Sequence[Cell]], titles: range, before: Above, *, same: bool) -> Above:
    """Return the units above a table: those in its own titles, else those of the table above it, whose page goes on where the
    form is the `same`.
    """
    said = units_said(rows[titles.start : titles.stop])
    if said or not before.said:
        return Above(said, titles)
    return before if same else Above(frozenset(), before.rows)


def word_above(unit: UnitOfMeasure, said: frozenset[str]) -> str:
    """Return the word for a column that has no unit of its own: none where the plan's is meant, one that can be
    converted, or one that cannot, so that the figure is named and not used.
    """
    kin = [word for word in KIN_WORDS.get(unit.dimension, ()) if word in said]
    if all(word in unit.words for word in kin):
        return ""
    return kin[0] if len(kin) == 1 and unit.id in _CONVERTED else f"（表上方写明单位：{'、'.join(kin)}）"
