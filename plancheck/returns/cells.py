"""What one cell means for one element: a value, a kind of absence, or a finding that says what stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Final

from msgspec import Struct, field

from plancheck.language import Said, all_of
from plancheck.model import Element, Value, plain
from plancheck.pattern import Pattern
from plancheck.quantity import (
    UNITS,
    Absent,
    Misread,
    Number,
    UnitOfMeasure,
    exact,
    no_data,
    read_change,
    read_number,
    read_yes_no,
    scale_to,
    tidy,
)
from plancheck.returns.sheet import Cell, shows_error, text_of
from plancheck.returns.years import read_year


class Facts(Struct, frozen=True):
    """What is known of a cell besides its value."""

    percent: bool = False
    error: str = ""
    uncalculated: bool = False
    formats_seen: bool = True
    unit_word: str = ""
    broken: bool = False
    """Its content could not be told; the door has said so."""
    share: bool = False
    """It stands in a column of rates that is written in shares of one throughout: 0.98 is 98 %."""


class Understood(Struct, frozen=True):
    """A cell as understood. `code` is the finding it raises, if any; `otherwise`: it was not read as it stands."""

    value: Value | Absent
    code: str = ""
    params: Mapping[str, Said] = field(default_factory=dict)
    otherwise: bool = False


PLAIN: Final = Facts()
_SENTENCE: Final = Pattern(r"[_＿]{2,}|[0-9０-９].*[；;，。、：:].*[0-9０-９_＿]", re.DOTALL)
"""A text with blanks to fill in, or with several numbers."""
_LONGEST_SHOWN: Final = 60
_MISREAD_CODES: Final = {
    Misread.NOT_A_NUMBER: "PC301",
    Misread.DOUBTFUL_MARK: "PC317",
    Misread.FOREIGN_UNIT: "PC307",
    Misread.APPROXIMATE: "PC308",
}


def understand(cell: Cell, element: Element, facts: Facts = PLAIN) -> Understood:
    """Read one cell for one element. Nothing is guessed: what is not clear becomes a finding."""
    if facts.broken:
        return Understood(Absent.UNREADABLE)
    if facts.error:
        return _fault("PC302", element, facts.error)
    if facts.uncalculated:
        return _fault("PC303", element, "")
    if cell == "":
        return Understood(Absent.BLANK)
    if isinstance(cell, str) and shows_error(cell):
        return _fault("PC302", element, cell.strip())
    unit = UNITS[element.unit]
    match unit.kind:
        case "text":
            return Understood(tidy(text_of(cell)) or Absent.BLANK)
        case "choice":
            return _choice(cell, element)
        case "yes_no":
            return _yes_no(cell, element)
        case "year":
            return _year(cell, element)
        case "count" | "amount" | "percent":
            return _number(cell, element, unit, facts)


def shortened(text: str) -> str:
    """Return a text short enough for a message."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _fault(code: str, element: Element, found: str, **more: Said) -> Understood:
    return Understood(Absent.UNREADABLE, code, {"column": element.label, "found": shortened(found), **more})


def _absent(cell: Cell) -> Understood | None:
    if isinstance(cell, str) and (absent := no_data(cell)) is not None:
        return Understood(absent, otherwise=absent is not Absent.BLANK)
    return None


def _choice(cell: Cell, element: Element) -> Understood:
    text = tidy(text_of(cell))
    for choice, words in element.choices.items():
        if text == choice or text in words:
            return Understood(choice)
    known = all_of(words[0] if words else choice for choice, words in element.choices.items())
    return _absent(cell) or _fault("PC310", element, text, known=known)


def _yes_no(cell: Cell, element: Element) -> Understood:
    if isinstance(cell, bool):
        return Understood(cell)
    text = text_of(cell)
    answer = read_yes_no(text)
    if answer is not None:
        return Understood(answer, otherwise=text not in ("是", "否"))
    return _absent(cell) or _fault("PC309", element, text)


def _year(cell: Cell, element: Element) -> Understood:
    year = read_year(cell)
    if year is None:
        return _fault("PC242", element, tidy(text_of(cell)))
    return Understood(year, otherwise=year is not Absent.BLANK and text_of(cell) != str(year))


def _number(cell: Cell, element: Element, unit: UnitOfMeasure, facts: Facts) -> Understood:
    if isinstance(cell, bool):
        return _fault("PC301", element, text_of(cell))
    if isinstance(cell, date | datetime | time | timedelta):
        return _fault("PC311", element, str(cell))
    if isinstance(cell, str):
        return _absent(cell) or _written(cell, element, unit, facts)
    try:
        value = exact(cell)
    except (ValueError, OverflowError):
        return _fault("PC313", element, str(cell))
    if facts.percent:
        shown = _digits(Fraction(value) * 100)
        return (
            _checked(Fraction(value) * 100, element, unit)
            if unit.kind == "percent"
            else _fault("PC314", element, f"{shown}%", unit=unit.label)
        )
    if facts.share:
        return _scaled(Fraction(value) * 100, element, unit, "", otherwise=True)
    if _of_shares(unit) and (0 < value < 1 or (value == 1 and not facts.formats_seen)):
        return _fault("PC304", element, text_of(cell), percent=_digits(Fraction(value) * 100))
    return _scaled(value, element, unit, facts.unit_word, otherwise=False)


def _of_shares(unit: UnitOfMeasure) -> bool:
    """Return whether a figure may be a share of one instead: 0.98 may be 98 %, but a change by 0.98 points is just that."""
    return unit.kind == "percent" and not unit.signed


_MANY: Final = ("万", "亿")


def _written(text: str, element: Element, unit: UnitOfMeasure, facts: Facts) -> Understood:
    written = read_change(text) if unit.signed else read_number(text)
    if written is Misread.NOT_A_NUMBER and _SENTENCE.search(text):
        return _fault("PC318", element, tidy(text))
    if isinstance(written, Misread):
        return _fault(_MISREAD_CODES[written], element, tidy(text), unit=unit.label)
    if written.percent and unit.kind != "percent":
        return _fault("PC314", element, tidy(text), unit=unit.label)
    if facts.share:
        return _scaled(Fraction(written.value) * 100, element, unit, "", otherwise=True)
    if _of_shares(unit) and not written.percent and 0 < written.value < 1:
        return _fault("PC304", element, tidy(text), percent=_digits(Fraction(written.value) * 100))
    if unit.scale > 1 and not written.unit and facts.unit_word != "元" and tidy(text).endswith(_MANY):
        return _fault(
            "PC307", element, tidy(text), unit=unit.label
        )  # 200万 among 万元 is 200 of them, or 200万 of them
    word = written.unit or ("" if written.percent else facts.unit_word)
    return _scaled(
        written.value, element, unit, word, otherwise=True, text=tidy(text) if written.unit else f"{tidy(text)}{word}"
    )


def _scaled(
    value: Number, element: Element, unit: UnitOfMeasure, word: str, *, otherwise: bool, text: str = ""
) -> Understood:
    scale = scale_to(unit, word) if word and word not in unit.words else 1
    if scale is None:
        return _fault("PC307", element, text or f"{_digits(value)}{word}", unit=unit.label)
    understood = _checked(value if scale == 1 else value * scale, element, unit)
    return understood if understood.code else Understood(understood.value, otherwise=otherwise or scale != 1)


def _checked(value: Number, element: Element, unit: UnitOfMeasure) -> Understood:
    if isinstance(value, Fraction) and value.denominator == 1:
        value = value.numerator
    if value < 0 and not unit.signed:
        return _fault("PC306", element, _digits(value))
    if unit.kind == "count" and not isinstance(value, int):
        return _fault("PC305", element, _digits(value))
    if unit.kind == "percent" and not -100 <= value <= 100:
        return _fault("PC312", element, _digits(value))
    return Understood(value)


def _digits(value: Number) -> str:
    """Return all the digits of a value: 99.999 people, told as 100.00, would leave the school at a loss."""
    return str(value.numerator) if value.denominator == 1 else plain(value)
