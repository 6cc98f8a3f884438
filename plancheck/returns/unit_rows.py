"""Tables with one row a unit: every row is a unit's data, a total, a note, a blank or something that is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from plancheck.model import Block, Element, FormRows, ReadColumn, Unit, Value
from plancheck.quantity import UNIT_WORDS, UNITS, Absent, tidy
from plancheck.returns.header import Head, Match, Matched, column_name, hits
from plancheck.returns.identity import Known
from plancheck.returns.period import Period, Stated, period
from plancheck.returns.sheet import Cell, text_of
from plancheck.returns.table import Context, Lookup, Notes, lookup, plain_values, take
from plancheck.returns.words import FormWords, is_total, key, year_word

ROWS: Final[FormRows] = "unit"
_NUMBERING: Final = re.compile(r"[甲乙丙丁戊己庚辛壬癸]|L?[0-9]{1,3}")
_FOOTER: Final = re.compile(
    r"^(注|备注|说明|填表说明|附件?|填表(人|日期|单位)?|填报(人|日期|单位)?|审核人?|(单位)?负责人|制表人?|联系(人|电话)|校长|园长|[0-9]{1,2}[.、．])"
    r"\s*([（(].*[)）])?\s*[：:0-9“”\"]"
)


@dataclass(frozen=True, slots=True)
class UnitTable:
    """A table found on a sheet: its form, its head and where the form's columns stand in the grid."""

    form: FormWords
    head: Head
    at: Mapping[str, Match]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A grid row that belongs to a unit; `year` where the row itself states one, `key` its grade group or the like."""

    row: int
    unit: Unit
    year: int | None
    key: str


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of a block: what they are, their physical numbers, and their cells column by column."""

    rows: Sequence[UnitRow]
    numbers: Sequence[int]
    columns: Sequence[Sequence[Cell]]


def table_of(form: FormWords, head: Head, matched: Matched) -> UnitTable:
    """Make the table from a head matched against a form."""
    return UnitTable(form, head, {match.element: match for match in matched.found})


def read_table(table: UnitTable, context: Context, notes: Notes, stated: Sequence[Stated]) -> int:
    """Read the rows below the head into blocks. Returns the grid row after the table's last."""
    end, unit_rows = _sort_rows(table, context, notes)
    taken = _years(context, notes, stated, unit_rows)
    if not unit_rows:
        notes.find("PC225", "", {"form": table.form.form.title})
    for year, rows in taken.items():
        notes.used += len(rows)
        notes.blocks.append(_block(table, context, notes, year, rows))
    return end


# ------------------------------------------------------------------------------------------- which rows


def _sort_rows(table: UnitTable, context: Context, notes: Notes) -> tuple[int, list[UnitRow]]:
    rows = notes.sheet.rows
    columns = _Identity(table, context, notes)
    data = [match.at for match in table.at.values() if UNITS[context.plan.elements[match.element].unit].kind != "text"]
    unit_rows: list[UnitRow] = []
    first = table.head.last + 1
    for at in range(first, len(rows)):
        row = rows[at]
        code, name = columns.code(at, row), columns.name(at, row)
        if not code and not name:
            notes.left_out[_without_identity(at, row, data, notes)] += 1
        elif not code.isdigit() and _is_head(row, code, name, context):
            return at, unit_rows
        elif at < first + 2 and (aside := _aside(row)):
            notes.left_out[aside] += 1
        elif _total(row, columns.width):
            notes.left_out["total"] += 1
        elif _FOOTER.match(name or code):
            notes.left_out["note"] += 1
        else:
            _identified(at, row, columns, notes, unit_rows)
    return len(rows), unit_rows


def _identified(at: int, row: Sequence[Cell], columns: _Identity, notes: Notes, unit_rows: list[UnitRow]) -> None:
    known = columns.identify(at, row)
    for code, params in known.findings:
        notes.find(code, notes.cell(at, columns.place), params, known.unit.id if known.unit else "")
    if known.unit is None:
        notes.left_out["unknown_unit"] += 1
    else:
        unit_rows.append(UnitRow(at, known.unit, columns.year(at, row), columns.key(at, row)))


class _Identity:
    """Where the identifying columns of a table stand, and what a row says in them; merged cells count for each row."""

    def __init__(self, table: UnitTable, context: Context, notes: Notes) -> None:
        units = context.plan.units
        at = {element: match.at for element, match in table.at.items()}
        self._identifier = context.identifier
        self._code, self._name, self._stage = at.get(units.code, -1), at.get(units.name, -1), at.get(units.stage, -1)
        self._year = at.get("report_year", -1)
        self._attributes = [(name, at[name]) for name in units.attributes if name in at]
        self._keys = [at[column.element] for column in table.form.form.by if column.element in at]
        self._form_stage = table.form.form.stage or ""
        self.place = self._code if self._code >= 0 else self._name
        self.width = max(self._code, self._name) + 1
        own = {
            self._code,
            self._name,
            self._stage,
            self._year,
            *self._keys,
            *(column for _, column in self._attributes),
        }
        self._merged = dict(_merged(notes, table.head.last, own - {-1}))

    def _text(self, at: int, row: Sequence[Cell], column: int) -> str:
        if column < 0 or column >= len(row):
            return ""
        cell = row[column]
        if cell == "":
            cell = self._merged.get((at, column), "")
        return cell.strip() if isinstance(cell, str) else text_of(cell)

    def code(self, at: int, row: Sequence[Cell]) -> str:
        """Return the code as text."""
        return self._text(at, row, self._code)

    def name(self, at: int, row: Sequence[Cell]) -> str:
        """Return the name."""
        return self._text(at, row, self._name)

    def year(self, at: int, row: Sequence[Cell]) -> int | None:
        """Return the year the row states, if it does."""
        return year_word(key(self._text(at, row, self._year))) if self._year >= 0 else None

    def key(self, at: int, row: Sequence[Cell]) -> str:
        """Return what tells rows of one unit apart."""
        return " ".join(tidy(self._text(at, row, column)) for column in self._keys)

    def identify(self, at: int, row: Sequence[Cell]) -> Known:
        """Return the row's unit."""
        attributes = {name: tidy(self._text(at, row, column)) for name, column in self._attributes}
        stage = self._text(at, row, self._stage) or self._form_stage
        return self._identifier.identify(self.code(at, row), tidy(self.name(at, row)), stage, attributes)


def _merged(notes: Notes, above: int, columns: set[int]) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Yield the cells of identifying columns that are covered by a cell merged downwards, with its value."""
    sheet = notes.sheet
    for top, left, bottom, _ in sheet.merges or ():
        row, column = top - sheet.top, left - sheet.left
        if row <= above or column not in columns or bottom == top or column >= len(sheet.rows[row]):
            continue
        for covered in range(row + 1, bottom - sheet.top + 1):
            yield (covered, column), sheet.rows[row][column]


def _is_head(row: Sequence[Cell], code: str, name: str, context: Context) -> bool:
    words = context.words
    return (key(code) in words.identity or key(name) in words.identity) and hits(row, words) >= 2


def _aside(row: Sequence[Cell]) -> str:
    """Return what a row right below the head is if it is no data: 甲 乙 丙 1 2 3, or the units of the columns."""
    texts = [text_of(cell).strip() for cell in row if cell != ""]
    if len(texts) >= 3 and all(_NUMBERING.fullmatch(text) for text in texts):
        return "numbering"
    return "units" if texts and all(text in UNIT_WORDS for text in texts) else ""


def _total(row: Sequence[Cell], width: int) -> bool:
    return any(isinstance(cell, str) and "计" in cell and is_total(key(cell)) for cell in row[:width])


def _without_identity(at: int, row: Sequence[Cell], data: Sequence[int], notes: Notes) -> str:
    filled = [cell for cell in row if cell != "" and not (isinstance(cell, str) and not cell.strip())]
    if not filled:
        return "blank"
    if aside := _aside(row):
        return aside
    if _total(row, len(row)):
        return "total"
    texts = [cell for cell in filled if isinstance(cell, str)]
    if texts and _FOOTER.match(texts[0].strip()):
        return "note"
    values = [row[column] for column in data if column < len(row) and row[column] != ""]
    if any(isinstance(value, float | int) and value != 0 for value in values) or any(
        _has_digit(value) for value in values
    ):
        notes.find("PC213", notes.cell(at, 0), {"row": str(notes.sheet.top + at + 1)})
        return "no_unit"
    return "note" if texts and not values else "ghost"


def _has_digit(value: Cell) -> bool:
    return isinstance(value, str) and any(c.isdigit() and c not in "0０" for c in value)


# ----------------------------------------------------------------------------------------- which year


def _years(
    context: Context, notes: Notes, stated: Sequence[Stated], rows: Sequence[UnitRow]
) -> dict[int, list[UnitRow]]:
    """Sort the rows by the year they or the sheet state. Rows of no year are left out, with a finding."""
    by_year: dict[int | None, list[UnitRow]] = {}
    for row in rows:
        by_year.setdefault(row.year, []).append(row)
    without = by_year.pop(None, [])
    taken: dict[int, list[UnitRow]] = {}
    # a table of several years is sorted by them; a year that none of its rows states is another opinion on all
    given = None if context.year in by_year else context.year
    for year, own in by_year.items():
        if year is not None:
            _decide(period((Stated(year, notes.cell(own[0].row, 0)),), given), own, notes, taken)
    if without:
        _decide(period(stated, context.year), without, notes, taken)
    return taken


def _decide(found: Period, rows: list[UnitRow], notes: Notes, taken: dict[int, list[UnitRow]]) -> None:
    if found.code:
        notes.find(found.code, "", dict(found.params))
    if found.year is None:
        notes.left_out["no_period"] += len(rows)
    else:
        taken.setdefault(found.year, []).extend(rows)


# -------------------------------------------------------------------------------------------- values


def _block(table: UnitTable, context: Context, notes: Notes, year: int, rows: Sequence[UnitRow]) -> Block:
    found = lookup(notes.sheet)
    body = Body(
        rows,
        [notes.sheet.top + row.row + 1 for row in rows],
        tuple(zip_longest(*(notes.sheet.rows[row.row] for row in rows), fillvalue="")),
    )
    skipped = {context.plan.units.code, context.plan.units.name, context.plan.units.stage, "report_year"}
    skipped |= {*context.plan.units.attributes, *(column.element for column in table.form.form.by)}
    asked = {column.element for column in table.form.form.columns}
    # Who filled it in, and their telephone, are known for what they are and stay in the workbook.
    skipped |= {name for name in table.at if name not in asked and context.plan.elements[name].unit == "text"}
    columns = tuple(
        _column(match, context.plan.elements[match.element], body, notes, found)
        for element, match in table.at.items()
        if element not in skipped
    )
    keys = [row.key for row in rows] if table.form.form.by else ()
    return Block(table.form.form.id, notes.file, notes.sheet.name, year, [row.unit for row in rows], columns, keys)


def _column(match: Match, element: Element, body: Body, notes: Notes, found: Lookup) -> ReadColumn:
    """Read one column: plain whole numbers and 是/否 at one go, what is left cell by cell."""
    at = match.at
    measured = UNITS[element.unit]
    cells = body.columns[at] if at < len(body.columns) else [""] * len(body.rows)
    if (
        measured.kind == "percent"
        and not found.quirks.formats_seen
        and any(isinstance(cell, float | int) for cell in cells)
    ):
        notes.find("PC227", column_name(notes.sheet, at), {})
    simple = at not in found.columns and match.unit_word in ("", *measured.words)
    quick = plain_values(cells, measured.kind) if simple else [None] * len(cells)
    doubtful = [index for index, value in enumerate(quick) if value is None] if None in quick else []
    values: list[Value | Absent] = [Absent.BLANK if value is None else value for value in quick]
    raws: dict[int, str] = {}
    for index in doubtful:
        unit_row, cell = body.rows[index], cells[index]
        if simple and cell == "":
            continue
        facts = found.facts(unit_row.row, at, match.unit_word)
        result = take(cell, element, facts, notes, notes.cell(unit_row.row, at), unit_row.unit.id)
        values[index] = result.value
        if cell != "" or facts.error:
            raws[index] = facts.error or text_of(cell)
    return ReadColumn(element.id, column_name(notes.sheet, at), body.numbers, values, raws)
