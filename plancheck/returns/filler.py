"""Who fills in a form of labelled rows: the school's code, name and stage stand in labelled cells anywhere on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from plancheck.model import Unit
from plancheck.pattern import Pattern
from plancheck.quantity import KIN_WORDS, UNIT_WORDS, tidy
from plancheck.returns.identity import Known
from plancheck.returns.sheet import Cell, Sheet, text_of
from plancheck.returns.table import Context, Notes
from plancheck.returns.texts import TALLEST, Texts, texts_of
from plancheck.returns.words import key

DISTRICT: Final = Unit("", "", "", "")
_UNIT_WORDS: Final = UNIT_WORDS.union(*KIN_WORDS.values())
_PAIR: Final = Pattern(r"\s*([^：:]{2,20})[：:]\s*(\S.*)", re.DOTALL)


def is_unit_word(value: Cell) -> bool:
    """Return whether a cell holds nothing but a unit of measure."""
    return isinstance(value, str) and value.strip() in _UNIT_WORDS


def filler(context: Context, notes: Notes, stage: str) -> Known:
    """Find the unit that fills the form: its code, name and stage (else the form's) stand in labelled cells anywhere."""
    units = context.plan.units
    wanted = {units.code, units.name, units.stage, *units.attributes}
    said: dict[str, str] = {}
    place = ""
    more: list[tuple[str, str, str]] = []
    for at, column, element, value in labelled(notes.sheet, context, wanted, notes.texts):
        if element not in said:
            said[element] = value
            place = place or notes.cell(at, column)
        elif element in (units.code, units.name) and value != said[element]:
            more.append((notes.cell(at, column), element, value))
    if notes.owner is not None and not (said.get(units.code) or said.get(units.name)):
        return Known(notes.owner.unit, campus=notes.owner.campus)
    known = identified(said, place, stage, context, notes)
    told = {_another(each[1:], said, known, context): each for each in reversed(more)}
    code = next((code for code in ("PC275", "PC279") if code in told), None)
    if code is not None:
        place, _, value = told[code]
        notes.find(code, place, {"found": value})
    return known


def _another(what: tuple[str, str], said: Mapping[str, str], known: Known, context: Context) -> str:
    """Return the finding that a further code or name on the sheet is: another school's, or of none that a roster knows.

    甲小学（盖章） and an alias are the same school's: nothing is found.
    """
    element, value = what
    identifier = context.identifier
    if element == context.plan.units.code:
        return "PC275" if identifier.well_formed(value) else ""
    codes = identifier.codes_of(value)
    if codes:
        return "" if known.unit is None or known.unit.code in codes else "PC275"
    names = [said[element], *([known.unit.name] if known.unit is not None else ())]
    if any(value in name or name in value for name in names):
        return ""
    return "PC275" if identifier.roster is None else "PC279"


def identified(said: Mapping[str, str], place: str, stage: str, context: Context, notes: Notes) -> Known:
    """Return the unit that what is said of it, by element, stands for; `place` is where it is said."""
    units = context.plan.units
    code, name = said.get(units.code, ""), said.get(units.name, "")
    if not code and not name:
        notes.find("PC213", "", {"row": "1"})
        return Known(None)
    attributes = {name: said[name] for name in units.attributes if name in said}
    known = context.identifier.identify(code, name, said.get(units.stage, stage), attributes)
    for finding, params in known.findings:
        notes.find(finding, place, params, known.unit.id if known.unit else "")
    return known


def labelled(
    sheet: Sheet, context: Context, wanted: set[str], texts: Texts | None = None
) -> Iterator[tuple[int, int, str, str]]:
    """Yield (row, column, element, value) for 校名：X in one cell, or 校名 in one cell and X in the next filled one.

    `texts` are those of the sheet's first rows, where they have been looked at.
    """
    identity = context.words.identity
    held = texts_of(sheet, 0, len(sheet.rows)) if texts is None or len(sheet.rows) > TALLEST else texts
    # in a compared word stands a colon only if something follows it
    asked = sorted(
        (at, column, word) for column, words in held.items() for at, word in words if word in identity or ":" in word
    )
    for at, column, word in asked:
        row = sheet.rows[at]
        label, value = _label_and_value(str(row[column])) if ":" in word else (word, "")
        if (element := identity.get(label, "")) not in wanted:
            continue
        if not value:
            beside = (tidy(text_of(each)) for each in row[column + 1 :] if each != "" and not is_unit_word(each))
            value = next((text for text in beside if text not in ("文本", "—", "-")), "")
        if value:
            yield at, column, element, value


@lru_cache(maxsize=128)
def _label_and_value(text: str) -> tuple[str, str]:
    """Return the compared word of a label, and the value where both stand in one cell."""
    pair = _PAIR.match(text) if "：" in text or ":" in text else None
    return (key(pair[1]), tidy(pair[2])) if pair else (key(text), "")
