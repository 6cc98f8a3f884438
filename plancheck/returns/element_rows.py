"""Tables with one row an element: the form one school fills in, and the district's tables with years across."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from plancheck.language import Text
from plancheck.model import Block, Element, OneRow, Places, Value
from plancheck.pattern import Pattern
from plancheck.quantity import UNITS, Absent, Kind
from plancheck.returns.campuses import of_campus
from plancheck.returns.filler import DISTRICT, filler
from plancheck.returns.identity import Known
from plancheck.returns.labelled import ElementTable, Line, Lines, shared
from plancheck.returns.line_units import measured
from plancheck.returns.merged import set_aside_merged
from plancheck.returns.period import Stated, period
from plancheck.returns.sheet import Cell, letters, text_of
from plancheck.returns.table import FINITE, Context, Notes, lookup, plain_value, take
from plancheck.returns.unread import Wanted, remark_rows
from plancheck.returns.words import is_total, key


def read_table(table: ElementTable, context: Context, notes: Notes, stated: Sequence[Stated]) -> None:
    """Read the form's rows into one block a year, for the unit the sheet names, or for the district."""
    form = table.form.form
    heads = {notes.cell(table.head, at) for at, _ in table.years}
    stated = [each for each in stated if each.place not in heads]
    if not stated and notes.owner is not None and notes.owner.year is not None:
        stated = [Stated(notes.owner.year, notes.owner.sheet)]
    latest = _this_year(table, context, notes, stated)
    known = Known(DISTRICT) if form.reporter == "district" else filler(context, notes, form.stage or "")
    unit = known.unit
    if unit is None and any(found.code == "PC213" for found in notes.findings):
        notes.nameless = table.first
    if notes.skipped:
        shown = tuple(line for line in table.lines.found if line.row not in notes.skipped)
        table = replace(table, lines=shared(shown, table.lines.twice))
    table = replace(table, lines=measured(table.lines, table.first, _read(table), context, notes))
    used = {line.row for line in table.lines.found}
    for at, row in enumerate(notes.sheet.rows):
        if at not in used:
            notes.left_out["hidden" if at in notes.skipped else _aside(at, row, table)] += 1
    _remark_misplaced(table, context, notes, used)
    _remark_shifted(table, notes)
    years = {at: _year(year, latest) for at, year in table.years}
    if unit is None or not any(year is not None for year in years.values()) or _at_odds(table, context, notes, stated):
        notes.left_out["unknown_unit" if unit is None else "no_period"] += len(used)
        return
    keys = (of_campus("", known.campus),) if known.campus else ()
    told = _by_year(table, context, notes, unit.id, years)
    if told and all(columns is None for columns in told.values()):
        notes.left_out["no_period"] += len(used)
        return
    if not told:
        notes.find("PC225", "", {"form": form.title})
        notes.left_out["blank"] += len(used)
        return
    notes.used += len(used)
    own = _own_year(table, context, notes, stated, (years, told))
    units = (unit,)
    for year, columns in told.items():
        if columns is not None:
            block = Block(form.id, notes.file, notes.sheet.name, year, units, columns, keys, aside=year != own)
            notes.blocks.append(block)


def _own_year(
    table: ElementTable,
    context: Context,
    notes: Notes,
    stated: Sequence[Stated],
    columns: tuple[Mapping[int, int | None], Mapping[int, OneRow | None]],
) -> int:
    """Return the year the form is handed in for: the one given, stated, or the latest told of. A school's column of that year, left
    blank beside another, is a finding.
    """
    years, told = columns
    said = [context.year, *(each.year for each in stated)]
    own = next((year for year in said if year in told), None)
    if own is not None or table.form.form.reporter == "district":
        return max(told) if own is None else own
    blank = next(((at, year) for at, year in years.items() if year is not None and year in said), None)
    if blank is None:
        return max(told)
    at, year = blank
    notes.find("PC276", notes.cell(table.head, at), {"year": str(year), "other": str(max(told))})
    return year


def _remark_misplaced(table: ElementTable, context: Context, notes: Notes, used: Collection[int]) -> None:
    """Name what stands in the columns of values and was not read, and what is merged over several lines of them."""
    read = {*used, *(row for _, *rows in table.lines.twice for row in rows)}
    rows = [at for at in range(table.head + 1, len(notes.sheet.rows)) if at not in read and at not in notes.skipped]
    columns = [at for at, _ in table.years]
    if rows and columns:
        found = {line.element for line in table.lines.found} | {element for element, *_ in table.lines.twice}
        remark_rows(notes, Wanted(table.form, found), table.label_column, columns, rows)
    if notes.sheet.merges:
        lines: dict[int, Text | None] = {
            line.row: context.plan.elements[line.element].label for line in table.lines.found
        }
        set_aside_merged(notes, lines, dict.fromkeys(columns, Text(_VALUE_COLUMN, "value")))


def _remark_shifted(table: ElementTable, notes: Notes) -> None:
    """Name a column right of the values that holds many figures under no head, or under one of remarks: all may stand a column
    too far.
    """
    rows, last = notes.sheet.rows, max((at for at, _ in table.years), default=None)
    if last is None:
        return
    head = rows[table.head]
    # Who reports may stand above the figures.
    lines = [line.row for line in table.lines.found if line.row >= table.first]
    for at in range(last + 1, len(head) if table.beside is None else min(table.beside, len(head))):
        if head[at] != "" and not _REMARKS.search(text_of(head[at])):
            continue
        held = [row for row in lines if at < len(rows[row]) and type(rows[row][at]) in (float, int)]
        if len(held) >= max(_LEAST_SHIFTED, len(lines) / 2):
            notes.find("PC280", notes.cell(held[0], at), {"column": letters(notes.sheet.left + at), "count": len(held)})


_REMARKS: Final = Pattern("说明|备注|原因")
_LEAST_SHIFTED: Final = 2


def _read(table: ElementTable) -> Container[int]:
    """Return the columns of labels and values."""
    return {table.label_column, *(at for at, _ in table.years)}


def _by_year(
    table: ElementTable, context: Context, notes: Notes, unit: str, years: Mapping[int, int | None]
) -> Mapping[int, OneRow | None]:
    """Return the values of each year that has any, None where two columns are of one year: budget and accounts are used by neither."""
    told: dict[int, OneRow | None] = {}
    column: dict[int, str] = {}
    for at, year in years.items():
        if year is None:
            continue
        values = _columns(table, context, notes, (unit, at))
        if len(values) == 0:
            continue
        here = letters(notes.sheet.left + at)
        if year in told:
            label = Text(f"{year}年", str(year))
            notes.find("PC210", here, {"column": label, "first": column[year], "second": here})
        told[year], column[year] = (None if year in told else values), column.get(year, here)
    return told


def _at_odds(table: ElementTable, context: Context, notes: Notes, stated: Sequence[Stated]) -> bool:
    """Return whether a school's form is of two years by what stands above it, or speaks of years none of which that is of; that is
    a finding.

    The district's figures of a year may be those of the years before it: accounts are closed late.
    """
    headed = [Stated(year, notes.cell(table.head, at)) for at, year in table.years if year is not None and year > 0]
    if table.form.form.reporter != "unit" or context.year is not None or len(headed) < len(table.years):
        return False
    latest = max(headed, key=lambda each: each.year, default=None)
    if latest is None or not stated:
        return False
    apart = len({each.year for each in stated}) > 1
    if not apart and any(each.year == one.year for each in headed for one in stated):
        return False
    found = period(stated if apart else (*stated, latest), None)
    notes.find(found.code, "", dict(found.params))
    return True


def _year(column_year: int | None, latest: int | None) -> int | None:
    if column_year is None:
        return latest
    return latest - 1 if column_year == -1 and latest is not None else column_year if column_year > 0 else None


def _this_year(table: ElementTable, context: Context, notes: Notes, stated: Sequence[Stated]) -> int | None:
    """Return the year of a 本年 column. Columns that carry their years need none."""
    if not table.years:
        notes.find("PC209", "", {"form": table.form.form.title, "column": _VALUE_COLUMN, "words": "填报值、2023年"})
        return None
    if all(year is not None and year > 0 for _, year in table.years):
        return None
    found = period(stated, context.year)
    if found.code:
        notes.find(found.code, "", dict(found.params))
    return found.year


_VALUE_COLUMN: Final = "填报值"


def _aside(at: int, row: Sequence[Cell], table: ElementTable) -> str:
    if not any(cell != "" for cell in row):
        return "blank"
    if at < table.first:
        return "header"
    label = row[table.label_column] if table.label_column < len(row) else ""
    if isinstance(label, str) and is_total(key(label)):
        return "total"
    return "note" if sum(1 for cell in row if cell != "") == 1 else "other"


def _columns(table: ElementTable, context: Context, notes: Notes, which: tuple[str, int]) -> OneRow:
    """Read one column of values."""
    unit, at = which
    found, rows = lookup(notes.sheet), notes.sheet.rows
    asked, places = _asked(table.lines, context, letters(notes.sheet.left + at), notes.sheet.top)
    cells: list[Cell] = [row[at] if at < len(row) else "" for line in asked.lines for row in (rows[line.row],)]
    raws: dict[int, str] = {}
    values: list[Value | Absent | None] = [None] * len(cells) if at in found.columns else _plain(cells, asked)
    for number, value in enumerate(values):
        if value is not None:
            continue
        line, cell = asked.lines[number], cells[number]
        facts = found.facts(line.row, at, asked.words[number])
        if cell == "" and not (facts.error or facts.uncalculated or facts.broken):
            values[number] = Absent.BLANK
            continue
        place = f"{places.letter}{places.rows[number]}"
        values[number] = take(cell, asked.elements[number], facts, notes, place, unit).value
        raws[number] = facts.error or text_of(cell)
    return OneRow(places, tuple(map(_shared, values)), raws or _NO_RAWS)


def _plain(cells: Sequence[Any], asked: Asked) -> list[Value | Absent | None]:
    """Return what the cells of a column plainly say, nearly all there is; None: look closer at this one."""
    values: list[Value | Absent | None] = [Absent.BLANK if cell == "" else None for cell in cells]
    counts = [number for number in asked.counts if cells[number] != ""]
    whole = [cells[number] for number in counts]
    if set(map(type, whole)) == {float} and min(whole) >= 0 and max(whole) < FINITE:
        for number, count in zip(counts, map(int, whole), strict=True):
            values[number] = count if count == cells[number] else None
    for number, value in enumerate(values):
        if value is None and not asked.words[number]:
            values[number] = plain_value(cells[number], asked.kinds[number])
    return values


def _shared(value: Value | Absent | None) -> Value | Absent:
    """Return the same object for the same number: a thousand schools tell much the same ones, each 32 bytes long."""
    assert value is not None
    if type(value) is not int or len(_numbers) >= _MOST_SHARED:
        return value
    return _numbers.setdefault(value, value)


_numbers: Final[dict[int, int]] = {}
_MOST_SHARED: Final = 10_000
_NO_RAWS: Final[Mapping[int, str]] = {}


class Asked(Struct, frozen=True):
    """What a column of values is asked for: the rows of figures, their elements, of what kind these are, and the unit word of
    each if it is another than its own; `counts` are those of whole numbers that have none.
    """

    lines: tuple[Line, ...]
    elements: tuple[Element, ...]
    kinds: tuple[Kind, ...]
    words: tuple[str, ...]
    counts: tuple[int, ...]


@lru_cache(maxsize=32)
def _asked(lines: Lines, context: Context, letter: str, top: int) -> tuple[Asked, Places]:
    """Return what a column of values is asked for, and where. Kept, as a thousand schools fill in one form."""
    pairs = [(line, context.plan.elements[line.element]) for line in lines.found]
    figures = [(line, element, UNITS[element.unit]) for line, element in pairs if UNITS[element.unit].kind != "text"]
    kinds = tuple(unit.kind for _, _, unit in figures)
    words = tuple("" if line.unit_word in unit.words else line.unit_word for line, _, unit in figures)
    counts = tuple(at for at, kind in enumerate(kinds) if kind == "count" and not words[at])
    found = tuple(line for line, _, _ in figures)
    places = Places(
        {line.element: number for number, line in enumerate(found)}, letter, tuple(top + line.row + 1 for line in found)
    )
    return Asked(found, tuple(element for _, element, _ in figures), kinds, words, counts), places


@lru_cache(maxsize=32)
def columns_of(lines: Lines, letter: str, top: int) -> tuple[tuple[str, str, str], ...]:
    """Return for an account where each line stands, its path and its element; kept like the places."""
    return tuple((f"{letter}{top + line.row + 1}", " > ".join(line.path), line.element) for line in lines.found)
