"""A target in the plan's own wording -> what is compared: tables from words to operators.

The convention is that of 民法典 art. 1259: 以上, 以下, 以内 include the number; 超过 and 不满 do not. Where a plan means
something else, it says so by writing the sign.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from plancheck.language import Text
from plancheck.model import Operator, Target
from plancheck.pattern import Pattern
from plancheck.quantity import UNITS, Written, read_number, scale_to, tidy

Better = Literal["more", "less"]

PREFIXES: Final[dict[str, Operator]] = {
    **dict.fromkeys((">", "超过", "大于", "高于", "多于"), ">"),
    **dict.fromkeys(("≥", ">=", "不低于", "不少于", "不小于", "至少", "达到", "占到", "达"), ">="),
    **dict.fromkeys(("≤", "<=", "不超过", "不高于", "不大于", "不多于", "至多"), "<="),
    **dict.fromkeys(("<", "低于", "小于", "少于", "不满"), "<"),
    **dict.fromkeys(("=", "=="), "=="),
}
"""What stands before the number; alone, it compares with another amount. Full-width signs are read as half-width."""

SUFFIXES: Final[dict[str, Operator]] = {"以上": ">=", "以下": "<=", "以内": "<="}
"""What stands behind the number."""

SERIES: Final[dict[str, Operator]] = {
    **dict.fromkeys(("只增不减", "不减少"), ">="),
    **dict.fromkeys(("逐年增加", "逐年增长"), ">"),
    **dict.fromkeys(("逐年减少", "逐年下降", "逐年压缩"), "<"),
    **dict.fromkeys(("只减不增", "不增加"), "<="),
}
"""Wordings that compare each year with the one before."""

ALL: Final = frozenset(("全部", "全覆盖", "每个", "每位", "全员"))
"""Wordings that mean 100 %."""

DONE: Final = frozenset(("完成", "建成", "成立", "出台", "发布"))
"""What a milestone asks for."""

Sort = Literal["number", "change", "series", "amount", "done"]
"""With what a target compares: a number, a change by a number, the year before, another amount, that it is done."""

_LONGEST_FIRST: Final = sorted(PREFIXES, key=len, reverse=True)
_SIGNS: Final = str.maketrans("＞＜＝≧≦", "><=≥≤")
_CHANGE: Final = Pattern(
    r"(?:比上年|较上年|比基期|较基期)?(?:平均)?(?:每年|年均|逐年)?"
    r"(?:(?P<down>下降|降低|减少)|上升|提高|增长|增加)(?P<amount>.+)"
)
_TURNED: Final[dict[Operator, Operator]] = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "==": "=="}
_NUMERALS: Final = {word: str(number) for number, word in enumerate("一二三四五六七八九十", 1)} | {"两": "2"}
_DASH: Final = r"(?:[-－‐‑–—―~～〜]{1,2}|至|到)"
_RANGE: Final = Pattern(rf"([0-9０-９][^-－‐‑–—―~～〜至到]*?)\s*{_DASH}\s*([0-9０-９].*)")


class Unclear(Struct, frozen=True):
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
_NOT_A_SHARE: Final = Unclear(
    Text("“全部”一类的话即100%，指标的单位须是 percent", "words such as 全部 mean 100 %; the unit must be percent")
)
_TURNED_RANGE: Final = Unclear(
    Text("区间的起点须小于终点", "a range must begin below its end, and no word may stand against it")
)


def sort_of(text: str) -> Sort:
    """Return with what a wording compares, without reading its number."""
    wording = _plain(text)
    if wording in SERIES:
        return "series"
    if wording in PREFIXES:
        return "amount"
    if wording in DONE:
        return "done"
    return "change" if _CHANGE.fullmatch(wording) else "number"


def read_target(text: str, unit: str, better: Better = "more") -> Target | Unclear:
    """Read a target written for an indicator in `unit`; a bare number is a limit on the side of `better`, and implied."""
    wording = _plain(text)
    match sort_of(text):
        case "series":
            return Target(text, SERIES[wording], None)
        case "amount":
            return Target(text, PREFIXES[wording], None)
        case "done":
            return Target(text, ">=", None)
        case "change":
            return _change(text, wording, unit)
        case "number":
            if wording == "是":
                return _YES
            if wording in ALL:
                return Target(text, ">=", Fraction(100)) if unit == "percent" else _NOT_A_SHARE
            return _number(text, wording, unit, better)


def _plain(text: str) -> str:
    return tidy(text).translate(_SIGNS)


def _number(text: str, wording: str, unit: str, better: Better) -> Target | Unclear:
    before, number, behind = _split(wording)
    operators = {operator for operator in (before, behind) if operator is not None}
    if len(operators) == 2:
        return _CONTRADICTION
    ends = _RANGE.fullmatch(number)
    if ends is not None:
        return _range(text, (ends[1], ends[2]), unit, operators)
    bound = _amount(number, unit)
    if isinstance(bound, Unclear):
        return bound
    implied: Operator = ">=" if better == "more" else "<="
    return Target(text, operators.pop() if operators else implied, bound, not (before or behind))


def _change(text: str, wording: str, unit: str) -> Target | Unclear:
    """Read 下降1个百分点 as ≤ -1, and 上升 and its like as ≥; a numeral may be Chinese here."""
    found = _CHANGE.fullmatch(wording)
    assert found is not None
    before, number, behind = _split(found["amount"])
    if before and behind and before != behind:
        return _CONTRADICTION
    number = _NUMERALS.get(number[:1], number[:1]) + number[1:]
    amount = _amount(number, unit)
    if isinstance(amount, Unclear):
        return amount
    operator = before or behind or ">="
    return Target(text, _TURNED[operator], -amount) if found["down"] else Target(text, operator, amount)


def _range(text: str, ends: tuple[str, str], unit: str, operators: set[Operator]) -> Target | Unclear:
    """Read 5—10名: at least 5; what goes beyond 10 is remarked, never failed."""
    upper = _amount(ends[1], unit)
    if isinstance(upper, Unclear):
        return upper
    low, high = read_number(ends[0]), read_number(ends[1])
    behind = high.unit if isinstance(low, Written) and isinstance(high, Written) and not low.unit else ""
    lower = _amount(ends[0] + behind, unit)
    if isinstance(lower, Unclear):
        return lower
    return Target(text, ">=", lower, upper=upper) if lower < upper and operators <= {">="} else _TURNED_RANGE


def _amount(number: str, unit: str) -> Fraction | Unclear:
    """Return a number, perhaps with a unit word, in the indicator's unit."""
    written = read_number(number)
    if not isinstance(written, Written):
        return _NO_NUMBER
    factor = scale_to(UNITS[unit], written.unit)
    if written.percent and unit != "percent":
        return _PERCENT
    if factor is None or (written.percent and written.unit):
        return _OTHER_UNIT
    return Fraction(written.value) * factor


def _split(wording: str) -> tuple[Operator | None, str, Operator | None]:
    """Return the operator said before the number, the number, and the operator said behind it."""
    prefix = next((word for word in _LONGEST_FIRST if wording.startswith(word)), "")
    suffix = next((word for word in SUFFIXES if wording.endswith(word)), "")
    number = wording[len(prefix) : len(wording) - len(suffix)].strip()
    return PREFIXES.get(prefix), number, SUFFIXES.get(suffix)
