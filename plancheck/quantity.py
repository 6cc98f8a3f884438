"""Exact amounts with units: the one place where text becomes a number, and a number text."""

from __future__ import annotations

import re
from enum import Enum
from fractions import Fraction
from math import isfinite
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from plancheck.language import Text
from plancheck.pattern import Pattern

Number = int | Fraction
Kind = Literal["count", "amount", "year", "percent", "yes_no", "choice", "text"]


class UnitOfMeasure(Struct, frozen=True):
    """What a number counts: its kind, the words cells and headers use for it, and its scale in `dimension`.

    `signed`: it is a change, which may be below 0, may be written in words (下降0.5), and is no share of anything.
    """

    id: str
    label: Text
    kind: Kind
    words: tuple[str, ...] = ()
    dimension: str = ""
    scale: int = 1
    signed: bool = False


UNITS: dict[str, UnitOfMeasure] = {
    unit.id: unit
    for unit in (
        UnitOfMeasure("person", Text("人", "people"), "count", ("人", "名", "位", "人次", "个"), "person"),
        UnitOfMeasure("school", Text("所", "schools"), "count", ("所", "个", "校"), "thing"),
        UnitOfMeasure("thing", Text("个", ""), "count", ("个", "项", "间", "册", "台", "套", "班", "本"), "thing"),
        UnitOfMeasure("time", Text("次", "times"), "count", ("次",), "time"),
        UnitOfMeasure("lesson", Text("节", "lessons"), "amount", ("节", "课时", "学时"), "lesson"),
        UnitOfMeasure("minute", Text("分钟", "minutes"), "amount", ("分钟", "分"), "minute"),
        UnitOfMeasure("yuan", Text("元", "yuan"), "amount", ("元",), "money"),
        UnitOfMeasure("10k_yuan", Text("万元", "10,000 yuan"), "amount", ("万元",), "money", 10_000),
        UnitOfMeasure("m2", Text("平方米", "m²"), "amount", ("平方米", "㎡", "m²", "m2", "平米"), "area"),
        UnitOfMeasure("year", Text("年", "years"), "year", ("年",), "year"),
        UnitOfMeasure("number", Text("", ""), "amount"),
        UnitOfMeasure("percent", Text("%", "%"), "percent", ("%", "百分比"), "percent"),
        UnitOfMeasure(
            "point",
            Text("个百分点", "percentage points"),
            "percent",
            ("个百分点", "百分点", "%"),
            "percent",
            1,
            signed=True,
        ),
        UnitOfMeasure("yes_no", Text("是/否", "yes/no"), "yes_no", ("是/否",)),
        UnitOfMeasure("choice", Text("", ""), "choice"),
        UnitOfMeasure("grade", Text("等级", "grade"), "choice"),
        UnitOfMeasure("text", Text("", ""), "text"),
    )
}

_YUAN = {
    "元": 1,
    "百元": 100,
    "千元": 1_000,
    "万元": 10_000,
    "十万元": 100_000,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
}
_MONEY_SCALES = {f"{currency}{word}": scale for currency in ("", "人民币") for word, scale in _YUAN.items()}
_MAGNITUDES = {"万": 10_000, "亿": 100_000_000}
UNIT_WORDS: frozenset[str] = frozenset(word for unit in UNITS.values() for word in unit.words) | _MONEY_SCALES.keys()

KIN_WORDS = {
    "money": (*_MONEY_SCALES,),
    "area": (
        *UNITS["m2"].words, "千平方米", "万平方米", "万㎡", "万m²", "平方公里", "亩", "公顷",
    ),
    "person": ("人", "名", "百人", "千人", "万人"),
}  # fmt: skip
"""By dimension the words for units that may stand over or beside figures; only money is converted."""


class Absent(Enum):
    """The ways of not holding a value; zero is none of them."""

    BLANK = "blank"
    NONE = "none"  # declared: there is nothing to report
    UNKNOWN = "unknown"  # declared: not counted, not yet known
    UNREADABLE = "unreadable"  # something stands there; a finding says what
    SUSPECT = "suspect"  # it is read, but a check that must hold does not


class Misread(Enum):
    """Why a text is no number; each has a finding code of its own in `codes`."""

    NOT_A_NUMBER = "not_a_number"
    FOREIGN_UNIT = "foreign_unit"
    APPROXIMATE = "approximate"
    DOUBTFUL_MARK = "doubtful_mark"


class Written(Struct, frozen=True):
    """A number as written: its exact value, whether a percent sign stood behind it, and its unit word."""

    value: Number
    percent: bool = False
    unit: str = ""


# An explicit table, not NFKC: NFKC would turn 12① into 121 and 3² into 32.
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％﹪－−﹣＋", "0123456789.,%%---+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u2060\u00ad"), None)
_NUMBER = Pattern(r"([-+]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?(%?)(.*)", re.DOTALL)
_DOUBTFUL = Pattern(r"[-+]?[0-9]+(?:[,。][0-9]+)+(?:\.[0-9]+)?%?")
_GROUPED = Pattern(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?%?")
_LONGEST_NUMBER = 64
_FIFTEEN_DIGITS = 10**15
_CHANGE = Pattern(r"(?:(上升|提高|增加|增长|升|增|↑)|下降|降低|减少|降|减|↓)了?(?![-+])")
_UNCHANGED = frozenset(("持平", "不变", "无变化", "没有变化"))
_APPROXIMATE = Pattern(r"^(大?约|近|超过?|[><≥≤])|(左右|上下|以上|以下|多|余)$")
_NO_DATA: dict[str, Absent] = {
    "": Absent.BLANK,
    **dict.fromkeys(("-", "--", "—", "——", "–", "/", "\\", "／", "＼", "*", "…", "……", "..."), Absent.NONE),
    **dict.fromkeys(("无", "空", "没有", "不适用", "N/A", "n/a", "NA"), Absent.NONE),
    **dict.fromkeys(("未统计", "暂未统计", "不详", "暂无", "待定", "未知"), Absent.UNKNOWN),
}
_YES = frozenset("是 有 √ ✓ ✔ ☑ 1 Y y YES Yes yes TRUE True true 达标 合格 已完成 ●".split())
_NO = frozenset("否 无 没有 × ✗ ✘ 0 N n NO No no FALSE False false 未达标 不达标 不合格 未完成".split())
_REMARK = Pattern(r"(\S+?)[（(][^（()）]*[)）]")


def tidy(text: str) -> str:
    """Return `text` without invisible characters and with each run of white space as one space."""
    if text.isalnum():  # as nearly all are: letters and digits only
        return text
    return " ".join(text.translate(_INVISIBLE).split())


def exact(value: float) -> Number:
    """Return the number a cell shows for the float `value`: the shortest digits that give this float.

    A workbook stores 93.9 % as the nearest double to 0.939; its shortest digits are the ones typed.
    Raises ValueError for NaN and the infinities.
    """
    if not isfinite(value):
        raise ValueError("not a finite number")
    if value == int(value):
        return int(value)
    # Up to 15 digits no two decimals share a float; most cells have two decimals at most, and text is slow.
    hundredths = round(value * 100)
    if abs(hundredths) < _FIFTEEN_DIGITS and hundredths / 100 == value:
        return Fraction(hundredths, 100)
    return Fraction(repr(value))


def no_data(text: str) -> Absent | None:
    """Return which kind of "no data" the cell text declares, or None when it says something else."""
    return _NO_DATA.get(tidy(text).translate(_FULL_WIDTH))


def read_number(text: str) -> Written | Misread:
    """Read a number as people write it in cells: full-width digits, thousands groups, %, 万, a unit word.

    An ideographic stop or a comma that does not group by three is not read as a decimal point: `98，5` is
    DOUBTFUL_MARK, never 985 or 98.5.
    """
    plain = tidy(text).translate(_FULL_WIDTH)
    if _APPROXIMATE.search(plain):
        return Misread.APPROXIMATE
    if _DOUBTFUL.fullmatch(plain) and not _GROUPED.fullmatch(plain):
        return Misread.DOUBTFUL_MARK
    match = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST_NUMBER else None
    if match is None:
        return Misread.NOT_A_NUMBER
    sign, digits, decimals, percent, rest = match.groups()
    magnitude, unit = _unit_word(rest.strip())
    if magnitude is None:
        return (
            Misread.FOREIGN_UNIT if unit and not any(c.isdigit() or c in ".,。" for c in unit) else Misread.NOT_A_NUMBER
        )
    amount = Fraction(sign + digits.replace(",", "") + (decimals or "")) * magnitude
    return Written(_whole(amount), bool(percent), unit)


def read_change(text: str) -> Written | Misread:
    """Read a change as people write it: −0.5, 下降0.5个百分点, ↑0.5, 持平."""
    plain = tidy(text).translate(_FULL_WIDTH)
    if plain in _UNCHANGED:
        return Written(0)
    said = _CHANGE.match(plain)
    if said is None:
        return read_number(plain)
    written = read_number(plain[said.end() :])
    return written if isinstance(written, Misread) or said[1] else replace(written, value=-written.value)


def _unit_word(rest: str) -> tuple[int | None, str]:
    """Split what stands behind the digits into a magnitude (万, 亿) and a known unit word."""
    if not rest or rest in UNIT_WORDS:
        return 1, rest
    magnitude = _MAGNITUDES.get(rest[0])
    if magnitude is not None and (len(rest) == 1 or rest[1:] in UNIT_WORDS):
        return magnitude, rest[1:]
    return None, rest


def scale_to(unit: UnitOfMeasure, word: str) -> Fraction | None:
    """Return by what to multiply an amount written in `word` to have it in `unit`; None when the two do not mix."""
    if not word or word in unit.words:
        return Fraction(1)
    if unit.dimension == "money" and word in _MONEY_SCALES:
        return Fraction(_MONEY_SCALES[word], unit.scale)
    return None


def read_yes_no(text: str) -> bool | None:
    """Return what a yes/no cell says; a remark in brackets is allowed, 是（2022年认定）. None: not clear (○, 是,否)."""
    plain = tidy(text).translate(_FULL_WIDTH)
    remark = _REMARK.fullmatch(plain)
    word = remark.group(1) if remark else plain
    return True if word in _YES else False if word in _NO else None


def _whole(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value


def show(value: Number, places: int = 2, against: Number | None = None) -> str:
    """Return `value` in decimal, at least `places` places where it is not whole, more when `against` asks for it.

    The text never stands on another side of `against` than the value does: 97.996 against 98 is "97.996",
    not "98.00". Digits past the shown ones are rounded half to even. Of two that are equal and never end, such as one
    third and one third, no decimals tell so; they are shown alike.
    """
    numerator, denominator = value.numerator, value.denominator
    if denominator == 1:
        return str(numerator)
    if value == against and pow(10, denominator.bit_length(), denominator):
        against = None
    scaled = _nearest(numerator * 10**places, denominator)
    while against is not None and _side(scaled, 10**places, against) != _side(numerator, denominator, against):
        places += 1
        scaled = _nearest(numerator * 10**places, denominator)
    return _decimal(scaled, places)


def _nearest(numerator: int, denominator: int) -> int:
    """Return the whole number next to a fraction, of two the even one."""
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2))


def _side(numerator: int, denominator: int, against: Number) -> int:
    ours, other = numerator * against.denominator, against.numerator * denominator
    return (ours > other) - (ours < other)


def _decimal(scaled: int, places: int) -> str:
    """Return `scaled` in units of 10**-places, with exactly `places` decimals."""
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 10**places)
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"
