"""The roster: who is expected to report, with the names each school is known by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from plancheck.language import Said, Text, all_of
from plancheck.model import Finding, Plan, Roster, Unit
from plancheck.pattern import Pattern
from plancheck.quantity import Misread, no_data, read_number, tidy
from plancheck.returns.dates import iso_day
from plancheck.returns.doors import sheets
from plancheck.returns.header import LOOK_DOWN, head_at, heads, match
from plancheck.returns.identity import Identifier
from plancheck.returns.preflight import Refused, look
from plancheck.returns.sheet import Cell, Sheet, text_of
from plancheck.returns.texts import texts_of
from plancheck.returns.words import FormWords, Vocabulary, key

FILE_NAMES: Final = Pattern(r"(roster|.*名录.*)\.(xlsx|xlsm|xls|ods|csv)", re.IGNORECASE)
"""How a roster is called where it is not given: roster.xlsx, 学校名录.xlsx."""
_LIST: Final = Pattern(r"[、,，;；/\s]+")
_CLOSED: Final = ("撤", "停办", "关闭", "注销", "closed")


class RosterUnusable(Exception):
    """A roster that cannot be used; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def read_roster(path: Path, plan: Plan, words: Vocabulary) -> tuple[Roster, tuple[Finding, ...]]:
    """Read a roster workbook: one row a school, its stages in a list. Raises RosterUnusable."""
    form = next((form for form in words.forms if form.form.roster), None)
    try:
        candidate = look(path)
        for sheet in sheets(candidate) if form else ():
            rows = _rows(sheet, form, words) if form else None
            if rows is not None:
                return _roster(rows, plan, path, sheet.name, candidate.sha256)
    except Refused as refused:
        raise RosterUnusable(Finding(refused.code, str(path), params=refused.params)) from None
    why = Text("没有找到名录的表头", "no roster's head was found in it")
    raise RosterUnusable(Finding("PC223", str(path), params={"why": why}))


Row = tuple[int, Mapping[str, str]]


def _rows(sheet: Sheet, form: FormWords, words: Vocabulary) -> list[Row] | None:
    """Return the sheet's rows by element, with their physical numbers; None where the head is no roster's."""
    required = {column.element for column in form.required}
    for first in heads(texts_of(sheet, 0, LOOK_DOWN), words):
        head = head_at(sheet, first, words)
        at = {found.element: found.at for found in match(head, form).found}
        if required <= at.keys():
            body = enumerate(sheet.rows[head.last + 1 :], sheet.top + head.last + 2)
            return [(number, {element: _cell(row, column) for element, column in at.items()}) for number, row in body]
    return None


def _cell(row: Sequence[Cell], column: int) -> str:
    return tidy(text_of(row[column])) if column < len(row) else ""


class _Gathered(Struct):
    """What is gathered while the rows of a roster are read."""

    plan: Plan
    file: str
    sheet: str
    identifier: Identifier
    units: dict[str, Unit] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    campuses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def find(self, code: str, row: int, params: Mapping[str, Said]) -> None:
        """Record a finding at a row."""
        self.findings.append(Finding(code, self.file, self.sheet, f"A{row}", params=params))


def _roster(rows: Sequence[Row], plan: Plan, path: Path, sheet: str, digest: str) -> tuple[Roster, tuple[Finding, ...]]:
    found = _Gathered(plan, str(path), sheet, Identifier(plan.units, None))
    for number, row in rows:
        if row[plan.units.code]:
            _school(number, row, found)
    if not found.units:
        why = Text("没有一所学校", "it lists no school")
        raise RosterUnusable(Finding("PC223", str(path), params={"why": why}))
    known_as = {alias: tuple(dict.fromkeys(codes)) for alias, codes in found.aliases.items()}
    return Roster(str(path), digest, found.units, known_as, found.campuses), tuple(found.findings)


def _school(number: int, row: Mapping[str, str], found: _Gathered) -> None:
    """Take one school into the roster, also one that has closed: returns of earlier years may speak of it."""
    units = found.plan.units
    code, name = row[units.code], row[units.name]
    if not found.identifier.well_formed(code):
        found.find("PC221", number, {"found": code})
        return
    opened, closed = _date("opened", number, row, found), _date("closed", number, row, found)
    if not closed and any(word in row.get("status", "") for word in _CLOSED):
        closed = "-"
    size = _size(number, row, found)
    attributes = {element: row.get(element, "") for element in units.attributes}
    for word in filter(None, _LIST.split(row[units.stage])):
        stage = found.identifier.stage(word)
        if stage is None:
            known = all_of(each.label for each in units.stages.values())
            found.find("PC217", number, {"name": name, "found": word, "known": known})
            continue
        unit = Unit(f"{code}/{stage}", code, name, stage, attributes, opened, closed, size)
        first = found.units.setdefault(unit.id, unit)
        if first is not unit:
            found.find("PC239", number, {"code": code, "name": name, "first": first.name})
    campuses = tuple(dict.fromkeys(filter(None, _LIST.split(row.get("campuses", "")))))
    if campuses:
        found.campuses[code] = campuses
    for alias in {name, *campuses, *_LIST.split(row.get("aliases", ""))} - {""}:
        found.aliases.setdefault(key(alias), []).append(code)


def _date(element: str, number: int, row: Mapping[str, str], found: _Gathered) -> str:
    """Return the date in a column of the roster, empty where there is none or none can be read."""
    written = row.get(element, "")
    if no_data(written) is not None:
        return ""
    day = iso_day(written)
    if day is None:
        label = found.plan.elements[element].label
        found.find("PC238", number, {"name": row[found.plan.units.name], "column": label, "found": written})
    return day or ""


def _size(number: int, row: Mapping[str, str], found: _Gathered) -> int | None:
    """Return how many pupils a school has, all its stages together; None where the roster does not say it."""
    units = found.plan.units
    written = row.get(units.size or "", "")
    if no_data(written) is not None:
        return None
    said = read_number(written)
    if isinstance(said, Misread) or said.percent or said.value < 0 or Fraction(said.value).denominator != 1:
        label = found.plan.elements[units.size or ""].label
        found.find("PC409", number, {"name": row[units.name], "column": label, "found": written})
        return None
    return int(said.value)
