"""The unit that stands above a table, 单位：万元, held against the units in which the plan asks for its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from plancheck.quantity import UnitOfMeasure, tidy
from plancheck.returns.sheet import Cell

_SAID: Final = re.compile(r"(?:^|[\s（(])(?:计量|金额|货币|数据)?单位\s*(?:[：:]\s*[（(]?|[（(])\s*([^\s（）()]+)")
_RENMINBI: Final = re.compile(r"[（(]?(?:人民币|RMB)[）)]?", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[、，,/;；和及]")
_KIN: Final[Mapping[str, tuple[str, ...]]] = {
    "money": ("元", "百元", "千元", "万元", "十万元", "百万元", "千万元", "亿元"),
    "area": ("平方米", "㎡", "m²", "m2", "平米", "千平方米", "万平方米", "万㎡", "万m²", "平方公里", "亩", "公顷"),
    "person": ("人", "名", "百人", "千人", "万人"),
}
_CONVERTED: Final = frozenset(("10k_yuan",))
"""Amounts in units so large are of the sheet's; 元 is what an amount for each person is in, whatever stands above."""


def units_said(rows: Sequence[Sequence[Cell]]) -> frozenset[str]:
    """Return the unit words of rows of titles; 填报单位：某学校 says who fills in and is none."""
    found: set[str] = set()
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and "单位" in cell:
                for said in _SAID.findall(_RENMINBI.sub("", tidy(cell))):
                    found.update(_BETWEEN.split(said))
    return frozenset(found)


def word_above(unit: UnitOfMeasure, said: frozenset[str]) -> str:
    """Return the word for a column that has no unit of its own: none where the plan's is meant, one that can be
    converted, or one that cannot, so that the figure is named and not used.
    """
    kin = [word for word in _KIN.get(unit.dimension, ()) if word in said]
    if len(kin) != 1 or kin[0] in unit.words:
        return ""
    return kin[0] if unit.id in _CONVERTED else f"（表上方写明单位：{kin[0]}）"
