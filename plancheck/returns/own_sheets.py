"""Sheets that plancheck itself put into a marked copy: known by their first cell, read for explanations only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plancheck.model import (
    EXPLANATION_KEYS,
    EXPLANATIONS_SHEET,
    MARKS_SHEET,
    OWN_SHEET,
    Explanation,
    Finding,
    SheetAccount,
)
from plancheck.quantity import no_data, tidy
from plancheck.returns.sheet import Cell, Sheet, letters, text_of


def is_own(sheet: Sheet) -> bool:
    """Return whether plancheck made a sheet."""
    return sheet.top == sheet.left == 0 and bool(sheet.rows) and _first(sheet.rows[0]).startswith(OWN_SHEET)


def _first(row: Sequence[Cell]) -> str:
    return text_of(row[0]) if row else ""


def marked_cells(found: Sequence[Sheet]) -> Mapping[str, frozenset[str]]:
    """Return by sheet the cells whose comments are plancheck's marks alone."""
    cells: dict[str, set[str]] = {}
    for sheet in found:
        if is_own(sheet) and _first(sheet.rows[0]) == MARKS_SHEET:
            for row in sheet.rows[1:]:
                name, cell, _, before = (text_of(each) for each in (*row, "", "", "", "")[:4])
                if not before:
                    cells.setdefault(name, set()).add(cell)
    return {name: frozenset(each) for name, each in cells.items()}


def own_account(file: str, sheet: Sheet) -> SheetAccount:
    """Return the account of such a sheet: all of its rows are left out."""
    return SheetAccount(file, sheet.name, None, len(sheet.rows), 0, {"marks": len(sheet.rows)})


def explanations_in(file: str, sheet: Sheet) -> tuple[tuple[Explanation, ...], tuple[Finding, ...]]:
    """Return what a school wrote on the sheet of explanations, and a finding for each row that has lost its keys."""
    if _first(sheet.rows[0]) != EXPLANATIONS_SHEET or len(sheet.rows) < 2:
        return (), ()
    words = [text_of(cell) for cell in sheet.rows[1]]
    at = {key: words.index(key) for key in EXPLANATION_KEYS if key in words}
    if len(at) < len(EXPLANATION_KEYS):
        return (), (Finding("PC514", file, sheet.name, "A2"),)
    explanations: list[Explanation] = []
    findings: list[Finding] = []
    for number, row in enumerate(sheet.rows[3:], 4):
        said = {key: text_of(row[column]) if column < len(row) else "" for key, column in at.items()}
        text, cell = tidy(said["explanation"]), f"{letters(at['explanation'])}{number}"
        if not text:
            continue
        if not said["check"]:
            findings.append(Finding("PC514", file, sheet.name, cell))
            continue
        if no_data(text) is not None or not any(map(str.isalpha, text)):
            findings.append(Finding("PC515", file, sheet.name, cell, params={"found": text}))
            continue
        period = int(said["period"]) if said["period"].isdecimal() and len(said["period"]) == 4 else None
        value = said["value"]
        explanations.append(Explanation(said["check"], said["unit"], period, value, text, file, sheet.name, cell))
    return tuple(explanations), tuple(findings)
