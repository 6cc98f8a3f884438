"""The roster: who is expected to report, with the names each school is known by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from plancheck.language import Text
from plancheck.model import Finding, Plan, Roster, Unit
from plancheck.quantity import tidy
from plancheck.returns.doors import sheets
from plancheck.returns.header import head_at, heads, match
from plancheck.returns.identity import Identifier
from plancheck.returns.preflight import Refused, look
from plancheck.returns.sheet import Cell, Sheet, text_of
from plancheck.returns.words import FormWords, Vocabulary, key

FILE_NAMES: Final = re.compile(r"(roster|.*名录.*)\.(xlsx|xlsm|xls|ods|csv)", re.IGNORECASE)
"""How a roster is called where it is not given: roster.xlsx, 学校名录.xlsx."""
_LIST: Final = re.compile(r"[、,，;；/\s]+")
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
    for first in heads(sheet, words):
        head = head_at(sheet, first, words)
        at = {found.element: found.at for found in match(head, form).found}
        if required <= at.keys():
            body = enumerate(sheet.rows[head.last + 1 :], sheet.top + head.last + 2)
            return [(number, {element: _cell(row, column) for element, column in at.items()}) for number, row in body]
    return None


def _cell(row: Sequence[Cell], column: int) -> str:
    return tidy(text_of(row[column])) if column < len(row) else ""


def _roster(rows: Sequence[Row], plan: Plan, path: Path, sheet: str, digest: str) -> tuple[Roster, tuple[Finding, ...]]:
    units: dict[str, Unit] = {}
    aliases: dict[str, list[str]] = {}
    findings: list[Finding] = []
    identifier = Identifier(plan.units, None)
    for number, row in rows:
        code, name = row[plan.units.code], row[plan.units.name]
        if not code or any(word in row.get("status", "") for word in _CLOSED):
            continue
        if not identifier.well_formed(code):
            findings.append(Finding("PC221", str(path), sheet, f"A{number}", params={"found": code}))
            continue
        attributes = {element: row.get(element, "") for element in plan.units.attributes}
        for word in filter(None, _LIST.split(row[plan.units.stage])):
            stage = identifier.stage(word)
            if stage is None:
                known = "、".join(each.label.zh for each in plan.units.stages.values())
                params = {"name": name, "found": word, "known": known}
                findings.append(Finding("PC217", str(path), sheet, f"A{number}", params=params))
                continue
            unit = Unit(f"{code}/{stage}", code, name, stage, attributes)
            units[unit.id] = unit
        for alias in {name, *_LIST.split(row.get("aliases", ""))} - {""}:
            aliases.setdefault(key(alias), []).append(code)
    if not units:
        why = Text("没有一所学校", "it lists no school")
        raise RosterUnusable(Finding("PC223", str(path), params={"why": why}))
    known_as = {alias: tuple(dict.fromkeys(codes)) for alias, codes in aliases.items()}
    return Roster(str(path), digest, units, known_as), tuple(findings)
