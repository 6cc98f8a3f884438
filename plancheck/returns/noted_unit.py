"""A unit that a note names below, beside or above a table, 注：金额单位为元: where it is another than the one taken for a
figure, the figure is named and not used, as nobody can tell which of the two its clerk had in mind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from plancheck.pattern import Pattern
from plancheck.quantity import KIN_WORDS, UnitOfMeasure, scale_to, tidy
from plancheck.returns.sheet import Cell
from plancheck.returns.words import Path

_WORD: Final = "|".join(sorted({word for words in KIN_WORDS.values() for word in words}, key=len, reverse=True))
_LARGE: Final = "|".join(sorted({*KIN_WORDS["money"], *KIN_WORDS["area"]}, key=len, reverse=True))
_OF: Final = r"([^，,。.．；;：:\s（()）]*?)"
"""What the words that follow are said of: 设备值单位为元."""
_END: Final = r"(?=$|[，,。.．；;、\s（()）])"
_NAMED: Final = Pattern(
    rf"{_OF}[（(]?(?:计量|金额|货币|数据|统计)?单位(?:统一|一律|均|都)?\s*(?:[：:为是]\s*)?[（(]?"
    rf"((?:{_WORD})(?:[、，,/;；和及](?:{_WORD}))*){_END}(?:[（(]([^（()）]*)[)）])?"
)
_BY: Final = Pattern(rf"{_OF}(?:统一|一律|均|都)?[以按用]({_LARGE})(?:为(?:计量|货币)?单位|计|填|统计|表示|反映)()")
_IS: Final = Pattern(rf"{_OF}(?:统一|一律|均|都)?[为是]({_LARGE}){_END}()")
_ALONE: Final = Pattern(rf"[（(]?({'|'.join(sorted(KIN_WORDS['money'], key=len, reverse=True))})[)）]?")
_AT_ALL: Final = Pattern(rf"(?:{_WORD}){_END}|[以按用](?:{_LARGE})")
"""What each of them holds, found in one pass."""
_SAYING: Final = ((_NAMED, ("单位",)), (_BY, ("以", "按", "用")), (_IS, ("为", "是")))
"""Each beside the words one of which it cannot do without."""
_BETWEEN: Final = Pattern(r"[、，,/;；和及]")
_RENMINBI: Final = Pattern(r"人民币|RMB", re.IGNORECASE)
_EACH: Final = Pattern("生均|人均|每生|每人|平均|工资|单价")
_LONGEST: Final = 24


class Noted(Struct, frozen=True):
    """A unit as a note names it: where, in which words, the unit's own word, and what it is said of (empty: of all)."""

    place: str
    quote: str
    word: str
    of: str

    def is_of(self, path: Path) -> bool:
        """Return whether it is said of a column or row by its name."""
        return len(path[-1]) > 1 and path[-1] in self.of

    def is_of_each(self) -> bool:
        """Return whether it is said of amounts for each person, which are in 元 whatever the totals are in."""
        return _EACH.search(self.of) is not None

    def words(self) -> str:
        """Return what stands behind a figure that is named for it, and is no unit of measure."""
        return f"（{self.place}：{self.quote}）"


def telling(cell: Cell) -> bool:
    """Return whether a cell may name a unit at all: to be asked first, as nearly none does."""
    return isinstance(cell, str) and ("单位" in cell or "元" in cell or "亩" in cell)


def noted(place: str, text: str) -> Iterator[Noted]:
    """Yield the units that a text names."""
    return (Noted(place, *each) for each in _in_text(text))


@lru_cache(maxsize=500)
def _in_text(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return the units a text names, each with the words that do and of what. Kept, as a thousand schools have one form's notes."""
    plain = _RENMINBI.sub("", tidy(text))
    found: list[tuple[str, str, str]] = []
    for pattern, signs in _SAYING if _AT_ALL.search(plain) else ():
        for named in pattern.finditer(plain) if any(sign in plain for sign in signs) else ():
            if pattern is not _NAMED and "单位" in named[1]:  # the first pattern has seen it
                continue
            quote = named[0].strip("（(")
            quote = quote if len(quote) <= _LONGEST else f"…{quote[-_LONGEST:]}"
            found += ((quote, word, named[1] + (named[3] or "")) for word in _BETWEEN.split(named[2]))
    return tuple(found)


def unit_alone(cell: Cell) -> str:
    """Return the unit of money that a cell holds and nothing else, or an empty text."""
    found = _ALONE.fullmatch(_RENMINBI.sub("", tidy(cell))) if isinstance(cell, str) else None
    return found[1] if found else ""


def doubt(unit: UnitOfMeasure, path: Path, taken: str, said: Sequence[Noted], others: Sequence[Path]) -> str:
    """Return what makes figures of a column or row doubtful: a note that names another unit than the one taken for them
    (empty: the plan's). Nothing where all agree.

    What is said of it by its name goes before what is said of all; what is said of one of the `others` is none of its.
    """
    kin = [each for each in said if each.word in KIN_WORDS.get(unit.dimension, ())]
    own = [each for each in kin if each.is_of(path)]
    general = (
        each
        for each in kin
        if (unit.scale == 1 or not each.is_of_each()) and not any(each.is_of(other) for other in others if other)
    )
    other = (each for each in own or general if not _same(unit, each.word, taken))
    return next((each.words() for each in other), "")


def _same(unit: UnitOfMeasure, word: str, taken: str) -> bool:
    if word == taken or (not taken and word in unit.words):
        return True
    scale = scale_to(unit, word)
    return scale is not None and scale == scale_to(unit, taken)
