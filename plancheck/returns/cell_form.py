"""Forms with fixed cells, as a national data system exports them: the sheet is known by its name, values by their address.

Who reports often stands on one sheet of the workbook only; the others take it from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Final

from plancheck.model import Block, Form, ReadColumn, Unit
from plancheck.quantity import UNITS, tidy
from plancheck.returns.filler import DISTRICT, identified
from plancheck.returns.period import Stated, bare_year, period, stated
from plancheck.returns.sheet import Cell, Sheet, cell_of, letters, text_of
from plancheck.returns.table import Context, Notes, lookup, take
from plancheck.returns.words import key


def forms_of(sheet: Sheet, context: Context) -> list[Form]:
    """Return the forms with fixed cells whose sheet this is, by its name."""
    name = key(sheet.name)
    return [
        words.form
        for words in context.words.forms
        if words.form.rows == "cells" and any(fnmatchcase(name, key(pattern)) for pattern in words.form.sheets)
    ]


def said_elsewhere(sheets: Sequence[Sheet], context: Context) -> Mapping[str, str]:
    """Return what the sheets with fixed cells say of who reports, by element; the first sheet to say it has the word."""
    found: dict[str, str] = {}
    for sheet in sheets:
        for form in forms_of(sheet, context):
            for element, text in _identity(form, sheet, context):
                found.setdefault(element, text)
            for each in stated_in(form, sheet):
                found.setdefault(_YEAR, str(each.year))
    return found


_YEAR: Final = "report_year"


def stated_in(form: Form, sheet: Sheet) -> tuple[Stated, ...]:
    """Return the years that a sheet states: in its name, above its cells, in the cell for the year reported."""
    first = min(cell_of(address)[0] for address in form.cells.values()) - sheet.top
    address = form.cells.get(_YEAR, "")
    year = bare_year(text_of(_at(sheet, address))) if address else None
    return (*stated(sheet, max(first, 0)), *(() if year is None else (Stated(year, address),)))


def _identity(form: Form, sheet: Sheet, context: Context) -> Iterator[tuple[str, str]]:
    units = context.plan.units
    for element in (units.code, units.name, units.stage, *units.attributes):
        if element in form.cells and (text := tidy(text_of(_at(sheet, form.cells[element])))):
            yield element, text


def _at(sheet: Sheet, address: str) -> Cell:
    row, column = cell_of(address)
    row, column = row - sheet.top, column - sheet.left
    inside = 0 <= row < len(sheet.rows) and 0 <= column < len(sheet.rows[row])
    return sheet.rows[row][column] if inside else ""


def read_cells(form: Form, context: Context, notes: Notes, around: Sequence[Stated]) -> None:
    """Read the form's cells into one block. Where a label does not stand at its address nothing is read: a finding.

    The year is the sheet's own or that of the folders `around` it, else what another sheet states. A form that only
    says who reports needs neither a year nor, of a school of several stages, one of them.
    """
    sheet = notes.sheet
    addresses = [cell_of(address) for element, address in form.cells.items()]
    rows = {row - sheet.top for row, _ in addresses} & set(range(len(sheet.rows))) - notes.skipped
    for at, row in enumerate(sheet.rows):
        if at not in rows:
            filled = any(cell != "" for cell in row)
            notes.left_out["hidden" if at in notes.skipped else "other" if filled else "blank"] += 1
    moved = _moved(form, notes)
    only_names = all(UNITS[context.plan.elements[each].unit].kind == "text" for each in form.cells)
    before = len(notes.findings)
    unit = DISTRICT if form.reporter == "district" else _unit(form, context, notes)
    named = unit is not None
    if only_names and {each.code for each in notes.findings[before:]} == {"PC217"}:
        del notes.findings[before:]
        named = True
    found = period(_years(form, notes, around), context.year)
    if found.code and not (only_names and found.code == "PC211"):
        notes.find(found.code, "", dict(found.params))
    if moved or not named or (found.year is None and not only_names):
        reason = "other" if moved else "no_period" if named else "unknown_unit"
        notes.left_out[reason] += len(rows)
        return
    notes.used += len(rows)
    if unit is not None and found.year is not None:
        notes.blocks.append(_block(form, context, notes, unit, found.year))


def _moved(form: Form, notes: Notes) -> bool:
    """Return whether a label does not stand at its address; each that does not is a finding."""
    moved = False
    for address, label in form.labels.items():
        text = text_of(_at(notes.sheet, address))
        if key(text) != key(label):
            notes.find("PC261", address, {"form": form.title, "expected": label, "found": tidy(text)})
            moved = True
    return moved


def _years(form: Form, notes: Notes, around: Sequence[Stated]) -> tuple[Stated, ...]:
    own = (*stated_in(form, notes.sheet), *around)
    year = notes.elsewhere.get(_YEAR)
    return own or (() if year is None else (Stated(int(year), ""),))


def _unit(form: Form, context: Context, notes: Notes) -> Unit | None:
    own = dict(_identity(form, notes.sheet, context))
    units = context.plan.units
    here = units.code in own or units.name in own
    place = next((form.cells[each] for each in (units.code, units.name) if each in own), "")
    known = identified({**notes.elsewhere, **own}, place, form.stage or "", context, notes)
    if not here and (units.code in notes.elsewhere or units.name in notes.elsewhere):
        # The sheet that names the school says what there is to say of it.
        notes.findings[:] = [each for each in notes.findings if each.cell or each.code in _OF_THE_SHEET]
    return known.unit


_OF_THE_SHEET = frozenset(("PC218", "PC254", "PC255", "PC256"))


def _block(form: Form, context: Context, notes: Notes, unit: Unit, year: int) -> Block:
    found = lookup(notes.sheet)
    columns = []
    for name, address in form.cells.items():
        element = context.plan.elements[name]
        row, column = cell_of(address)
        if UNITS[element.unit].kind == "text" or row - notes.sheet.top in notes.skipped:
            continue
        cell = _at(notes.sheet, address)
        facts = found.facts(row - notes.sheet.top, column - notes.sheet.left, "")
        result = take(cell, element, facts, notes, address, unit.id)
        raws = {0: facts.error or text_of(cell)} if cell != "" or facts.error else {}
        columns.append(ReadColumn(name, letters(column), (row + 1,), (result.value,), raws))
    return Block(form.id, notes.file, notes.sheet.name, year, [unit], tuple(columns))
