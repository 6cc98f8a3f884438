"""Sheets that plancheck itself put into a marked copy: known by their first cell, read for explanations only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from plancheck.language import LANGS
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
from plancheck.wording import say


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
    """Return what a school wrote on the sheet of explanations, and a finding for each that cannot be told to belong to a check."""
    if _first(sheet.rows[0]) != EXPLANATIONS_SHEET or len(sheet.rows) < 2:
        return (), ()
    words = [text_of(cell) for cell in sheet.rows[1]]
    at = {key: words.index(key) for key in EXPLANATION_KEYS if key in words}
    if len(at) < len(EXPLANATION_KEYS):
        return (), (Finding("PC514", file, sheet.name, "A2"),)
    column = at["explanation"]
    merged = _merged(sheet, column)
    explanations: list[Explanation] = []
    findings: list[Finding] = []
    for number, row in enumerate(sheet.rows[3:], 4):
        said = {key: text_of(row[place]) if place < len(row) else "" for key, place in at.items()}
        period = int(said["period"]) if said["period"].isdecimal() and len(said["period"]) == 4 else None
        own = merged.get(number - 1, (said["explanation"], f"{letters(column)}{number}"))
        for text, cell, aside in ((*own, False), *((*each, True) for each in _beside(row, number, column, own[1]))):
            if not (text := tidy(text)):
                continue
            if not said["check"]:
                findings.append(_without_check(row, column, Finding("PC514", file, sheet.name, cell), text))
            elif not aside and (no_data(text) is not None or not any(map(str.isalpha, text))):
                findings.append(Finding("PC515", file, sheet.name, cell, params={"found": text}))
            else:
                one = Explanation(said["check"], said["unit"], period, said["value"], text, file, sheet.name, cell)
                explanations.append(replace(one, state="misplaced") if aside else one)
    return tuple(explanations), tuple(findings)


def _merged(sheet: Sheet, column: int) -> Mapping[int, tuple[str, str]]:
    """Return by row what is written in cells that are merged with the column's own, and where: it is said of all their rows.

    Merged with more than the column before it, they hold what plancheck wrote there.
    """
    return {
        row: (text_of(sheet.rows[top][left]), f"{letters(left)}{top + 1}")
        for top, left, bottom, right in sheet.merges or ()
        if column - 1 <= left <= column <= right and top < len(sheet.rows) and left < len(sheet.rows[top])
        for row in range(top, bottom + 1)
    }


def _beside(row: Sequence[Cell], number: int, column: int, own: str) -> Iterator[tuple[str, str]]:
    """Yield what stands beside the cell to explain in, and where: to the right of it, and before it where it is blank.

    Before it stands what was said of other figures, if anything was.
    """
    written = column < len(row) and text_of(row[column])
    for place in range(column + 1 if written else column - 1, len(row)):
        cell = f"{letters(place)}{number}"
        if place != column and cell != own:
            yield text_of(row[place]), cell


def _without_check(row: Sequence[Cell], column: int, lost: Finding, text: str) -> Finding:
    """Return what to say of a text in a row that names no check: one below the rows is misplaced, else its keys are lost."""
    if any(text_of(cell) for cell in row[:column]):
        return lost
    return replace(lost, code="PC517", params={"found": text})


def lost_its_keys(sheet: Sheet) -> bool:
    """Return whether a sheet is one of explanations by its head, though its first row or its hidden columns are gone."""
    return any(text_of(cell) in _TO_FILL for row in sheet.rows[:_HEAD] for cell in row)


_TO_FILL: Final = frozenset(say("column.explanation", lang) for lang in LANGS)
_HEAD: Final = 3
