"""A target in the plan's own wording -> what is compared: one table from words to operators.

The convention is that of 民法典 art. 1259: 以上, 以下, 以内 include the number; 超过 and 不满 do not. Where a plan means
something else, it says so by writing the sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from plancheck.language import Text
from plancheck.model import Operator, Target
from plancheck.quantity import UNITS, Written, read_number, scale_to, tidy

Better = Literal["more", "less"]

PREFIXES: Final[dict[str, Operator]] = {
    **dict.fromkeys((">", "超过", "大于", "高于", "多于"), ">"),
    **dict.fromkeys(("≥", ">=", "不低于", "不少于", "不小于", "至少", "达到", "占到", "达"), ">="),
    **dict.fromkeys(("≤", "<=", "不超过", "不高于", "不大于", "不多于", "至多"), "<="),
    **dict.fromkeys(("<", "低于", "小于", "少于", "不满"), "<"),
    **dict.fromkeys(("=", "=="), "=="),
}
"""What stands before the number. Full-width signs are read as the half-width ones."""

SUFFIXES: Final[dict[str, Operator]] = {"以上": ">=", "以下": "<=", "以内": "<="}
"""What stands behind the number."""

SERIES: Final[dict[str, Operator]] = {
    **dict.fromkeys(("只增不减", "不减少"), ">="),
    **dict.fromkeys(("逐年增加", "逐年增长"), ">"),
    **dict.fromkeys(("逐年减少", "逐年下降", "逐年压缩"), "<"),
    **dict.fromkeys(("只减不增", "不增加"), "<="),
}
"""Wordings that compare each year with the one before."""

_LONGEST_FIRST: Final = sorted(PREFIXES, key=len, reverse=True)
_SIGNS: Final = str.maketrans("＞＜＝≧≦", "><=≥≤")


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a wording is not taken for a target."""

    why: Text


_NO_NUMBER: Final = Unclear(Text("看不出数值", "no number is seen"))
_YES: Final = Unclear(
    Text(
        "“是”没有说明与什么比较；逐年不减请写“只增不减”",
        "是 does not say what is compared; write 只增不减 for 'never falls'",
    )
)
_CONTRADICTION: Final = Unclear(
    Text("前后用词相互矛盾", "the words before and behind the number contradict each other")
)
_PERCENT: Final = Unclear(
    Text("指标的单位不是百分比，数后不应有“%”", "the indicator's unit is not percent, but the number has a % sign")
)
_OTHER_UNIT: Final = Unclear(Text("数后的单位与指标的单位不符", "the unit behind the number is not the indicator's"))


def read_target(text: str, unit: str, better: Better = "more") -> Target | Unclear:
    """Read a target written for an indicator in `unit`; a bare number is a limit on the side of `better`, and implied."""
    wording = tidy(text).translate(_SIGNS)
    if wording in SERIES:
        return Target(text, SERIES[wording], None)
    if wording == "是":
        return _YES
    before, number, behind = _split(wording)
    operators = {operator for operator in (before, behind) if operator is not None}
    if len(operators) == 2:
        return _CONTRADICTION
    written = read_number(number)
    if not isinstance(written, Written):
        return _NO_NUMBER
    factor = scale_to(UNITS[unit], written.unit)
    if written.percent and unit != "percent":
        return _PERCENT
    if factor is None or (written.percent and written.unit):
        return _OTHER_UNIT
    implied: Operator = ">=" if better == "more" else "<="
    return Target(
        text, operators.pop() if operators else implied, Fraction(written.value) * factor, not (before or behind)
    )


def _split(wording: str) -> tuple[Operator | None, str, Operator | None]:
    """Return the operator said before the number, the number, and the operator said behind it."""
    prefix = next((word for word in _LONGEST_FIRST if wording.startswith(word)), "")
    suffix = next((word for word in SUFFIXES if wording.endswith(word)), "")
    number = wording[len(prefix) : len(wording) - len(suffix)].strip()
    return PREFIXES.get(prefix), number, SUFFIXES.get(suffix)
