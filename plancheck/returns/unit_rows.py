"""Tables with one row a unit: every row is a unit's data, a total, a note, a blank or something that is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from msgspec.structs import replace

from plancheck.model import Block
from plancheck.pattern import Pattern
from plancheck.quantity import UNITS, Absent, tidy
from plancheck.returns.body import (
    FOOTER,
    Body,
    DataRow,
    HeadedTable,
    aside,
    body_of,
    by_year,
    filled,
    merged_down,
    read_column,
    says_total,
    stated_year,
)
from plancheck.returns.campuses import of_campus
from plancheck.returns.header import hits, leads_to_head
from plancheck.returns.identity import Known
from plancheck.returns.merged import set_aside_merged
from plancheck.returns.own_totals import own_totals, parting_columns
from plancheck.returns.period import Stated
from plancheck.returns.sheet import Cell, text_of
from plancheck.returns.side_by_side import by_columns, years_headed
from plancheck.returns.table import Context, Notes
from plancheck.returns.totals import totals_of
from plancheck.returns.unit_notes import with_notes
from plancheck.returns.unread import remark_columns
from plancheck.returns.words import key
from plancheck.returns.zeros import remark_zeros

_NUMBER: Final = Pattern(r"[0-9]+[.．][0-9]+([eE][+-]?[0-9]+)?")
"""A code that a spreadsheet has turned into a number, 2.11101E+09: no numbered note, though it begins like one."""
_NEXT_TO_HEAD: Final = 2
"""So many rows below a head may still be part of it: columns numbered, the units of their figures."""


def read_table(table: HeadedTable, context: Context, notes: Notes, stated: Sequence[Stated]) -> int:
    """Read the rows below the head into blocks. Returns the grid row after the table's last."""
    end, unit_rows, adding_up = _sort_rows(table, context, notes)
    table = with_notes(table, [row.row for row in unit_rows], end, context, notes)
    headed = years_headed(table, notes, unit_rows)
    taken = by_year(context, notes, stated, unit_rows, headed)
    covered = _merged_cells(table, context, notes, unit_rows)
    _remark_headless(table, notes, [row.row for row in unit_rows])
    if not unit_rows:
        notes.find("PC225", "", {"form": table.form.form.title})
    for year, rows in taken.items():
        notes.used += len(rows)
        for of, at in by_columns(table, context, notes, year, headed).items():
            part = replace(table, at=at)
            block = _block(part, context, body_of(table, rows, notes, covered), of)
            if of != year:
                if any(value is not Absent.BLANK for column in block.columns for value in column.values):
                    notes.blocks.append(replace(block, aside=True))
                continue
            remark_zeros(tuple(block.columns), rows, notes)
            # Totals over several years are nobody's.
            totals = totals_of(part, context.plan, notes, rows, (end, adding_up)) if len(taken) == 1 else ()
            notes.blocks.append(replace(block, totals=totals) if totals else block)
    return end


# ------------------------------------------------------------------------------------------- which rows


def _sort_rows(table: HeadedTable, context: Context, notes: Notes) -> tuple[int, list[DataRow], Mapping[int, bool]]:
    rows = notes.sheet.rows
    columns = Identity(table, context, notes)
    data = [match.at for match in table.at.values() if UNITS[context.plan.elements[match.element].unit].kind != "text"]
    unit_rows: list[DataRow] = []
    first = table.head.last + 1
    adding_up = own_totals(rows, first, parting_columns(table, context.plan.units), columns.who)
    for at in range(first, len(rows)):
        row = rows[at]
        if at in notes.skipped:
            notes.left_out["hidden"] += 1
            continue
        # The first two rows may still be part of the head, and some add up others: these are looked at closer.
        known = columns.known_at_once(at, row) if at >= first + _NEXT_TO_HEAD and at not in adding_up else None
        if known is not None:
            _identified(at, row, known, columns, notes, unit_rows)
            continue
        code, name = columns.code(at, row), columns.name(at, row)
        coded = code != "" and context.identifier.well_formed(code)
        if not code and not name:
            notes.left_out[_without_identity(at, row, data, notes)] += 1
        elif not code.isdigit() and _is_head(row, code, name, context):
            return at, unit_rows, adding_up
        elif not (coded or columns.has_stage(at, row)) and leads_to_head(notes.sheet, at, context.words):
            notes.left_out["note"] += 1
        elif at < first + _NEXT_TO_HEAD and (beside := aside(row)):
            notes.left_out[beside] += 1
        elif adding_up.get(at) or says_total(row, columns.width, coded=coded):
            notes.left_out["total"] += 1
        elif FOOTER.match(name or code) and not _NUMBER.fullmatch(name or code):
            notes.left_out["note"] += 1
        else:
            _identified(at, row, columns.identify(at, row), columns, notes, unit_rows)
    return len(rows), unit_rows, adding_up


def _identified(
    at: int, row: Sequence[Cell], known: Known, columns: Identity, notes: Notes, unit_rows: list[DataRow]
) -> None:
    for code, params in known.findings:
        notes.find(code, notes.cell(at, columns.place), params, known.unit.id if known.unit else "")
    if known.unit is None:
        notes.left_out["unknown_unit"] += 1
    elif (year := columns.year(at, row)) is Absent.UNREADABLE:
        notes.left_out["no_period"] += 1
    else:
        key_of_row = of_campus(columns.key(at, row), known.campus)
        unit_rows.append(DataRow(at, known.unit, year, key_of_row))


class Identity:
    """Where the identifying columns of a table stand, and what a row says in them; merged cells count for each row."""

    def __init__(self, table: HeadedTable, context: Context, notes: Notes) -> None:
        units = context.plan.units
        at = {element: match.at for element, match in table.at.items()}
        self._context, self._notes = context, notes
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
        self._merged = dict(merged_down(notes, table.head.last, own - {-1}))
        self._last = max(own)
        self._before = [column for column in range(self.width) if column not in (self._code, self._name)]
        self._beside = [at[name] for name in (units.stage, *units.attributes) if name in at]
        self._told: dict[tuple[Cell, ...], tuple[str, Mapping[str, str]]] = {}

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

    def year(self, at: int, row: Sequence[Cell]) -> int | Literal[Absent.UNREADABLE] | None:
        """Return the year the row states, if it does."""
        said = self._text(at, row, self._year) if self._year >= 0 else ""
        return stated_year(said, self._notes.cell(at, self._year), self._context, self._notes) if said else None

    def key(self, at: int, row: Sequence[Cell]) -> str:
        """Return what tells rows of one unit apart."""
        return " ".join([tidy(self._text(at, row, column)) for column in self._keys]) if self._keys else ""

    def who(self, at: int) -> tuple[str, str]:
        """Return which school and stage a row names, as they are written."""
        row = self._notes.sheet.rows[at]
        return tidy(self.code(at, row) or self.name(at, row)), tidy(self._text(at, row, self._stage))

    def has_stage(self, at: int, row: Sequence[Cell]) -> bool:
        """Return whether a row names a stage as it should be."""
        return self._context.identifier.stage(self._text(at, row, self._stage)) is not None

    def identify(self, at: int, row: Sequence[Cell]) -> Known:
        """Return the row's unit."""
        stage, attributes = self._besides(at, row)
        return self._context.identifier.identify(self.code(at, row), tidy(self.name(at, row)), stage, attributes)

    def _besides(self, at: int, row: Sequence[Cell]) -> tuple[str, Mapping[str, str]]:
        """Return what a row says of its unit besides code and name: its stage and its attributes."""
        attributes = {name: tidy(self._text(at, row, column)) for name, column in self._attributes}
        return self._text(at, row, self._stage) or self._form_stage, attributes

    def known_at_once(self, at: int, row: Sequence[Cell]) -> Known | None:
        """Return the unit of a row that is one's beyond doubt, as nearly all are; None: look closer at the row.

        Its code is as codes are, and its name one word of letters and digits that names no total and begins no note.
        """
        if self._merged or self._code < 0 or self._name < 0 or self._last >= len(row):
            return None
        code, name = row[self._code], row[self._name]
        if type(code) is not str or type(name) is not str or not (code.isascii() and code.isdigit() and name.isalnum()):
            return None
        identifier = self._context.identifier
        if "计" in name or FOOTER.match(name) or not identifier.well_formed(code):
            return None
        if self._before and says_total(row, self.width, coded=True):
            return None
        # Thousands of rows say the same of stage and attributes: it is understood once, and only texts are kept, as 1 is TRUE.
        said = tuple([row[column] for column in self._beside])
        told = self._told.get(said)
        if told is None:
            told = self._besides(at, row)
            if all(type(cell) is str for cell in said):
                self._told[said] = told
        return identifier.known(code, name, *told, [])


def _is_head(row: Sequence[Cell], code: str, name: str, context: Context) -> bool:
    words = context.words
    return (key(code) in words.identity or key(name) in words.identity) and hits(row, words) >= 2


def _without_identity(at: int, row: Sequence[Cell], data: Sequence[int], notes: Notes) -> str:
    held = filled(row)
    if not held:
        return "blank"
    if beside := aside(row):
        return beside
    if says_total(row, len(row)):
        return "total"
    # A note begins its row; 注：新建 behind figures is a remark on them.
    texts = [cell for cell in held if isinstance(cell, str)]
    if isinstance(held[0], str) and FOOTER.match(held[0].strip()):
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


# -------------------------------------------------------------------------------------------- values


def _merged_cells(
    table: HeadedTable, context: Context, notes: Notes, rows: Sequence[DataRow]
) -> Mapping[tuple[int, int], Cell]:
    """Return what a cell merged downwards says of each row, 是 or 公办园; figures merged over several rows are set aside."""
    if not notes.sheet.merges:
        return {}
    elements = {match.at: context.plan.elements[match.element] for match in (*table.at.values(), *table.beside)}
    kinds = {at: UNITS[element.unit].kind for at, element in elements.items()}
    figures = {at: elements[at].label for at, kind in kinds.items() if kind in _FIGURES}
    set_aside_merged(notes, dict.fromkeys(row.row for row in rows), figures)
    return dict(merged_down(notes, table.head.last, {at for at, kind in kinds.items() if kind in ("yes_no", "choice")}))


def _remark_headless(table: HeadedTable, notes: Notes, rows: Sequence[int]) -> None:
    """Name figures under no head, right of who reports: to the left the rows are numbered."""
    width = max((len(notes.sheet.rows[at]) for at in rows[:1]), default=0)
    beyond = range(len(table.head.paths), width)
    headless = [at for at, path in enumerate(table.head.paths) if not path]
    who = min((match.at for match in table.at.values()), default=0)
    remark_columns(notes, [at for at in (*headless, *beyond) if at > who], rows)


_FIGURES: Final = frozenset(("count", "amount", "percent"))


def _block(table: HeadedTable, context: Context, body: Body, year: int) -> Block:
    rows, notes = body.rows, body.notes
    skipped = {context.plan.units.code, context.plan.units.name, context.plan.units.stage, "report_year"}
    skipped |= {*context.plan.units.attributes, *(column.element for column in table.form.form.by)}
    asked = {column.element for column in table.form.form.columns}
    # Who filled it in, and their telephone, are known for what they are and stay in the workbook.
    skipped |= {name for name in table.at if name not in asked and context.plan.elements[name].unit == "text"}
    columns = tuple(
        read_column(match, context.plan.elements[match.element], body)
        for element, match in table.at.items()
        if element not in skipped
    )
    keys = [row.key for row in rows] if table.form.form.by or any(row.key for row in rows) else ()
    return Block(table.form.form.id, notes.file, notes.sheet.name, year, [row.unit for row in rows], columns, keys)
