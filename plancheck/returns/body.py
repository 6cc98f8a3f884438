"""What tables of units and lists share below their head: rows that are no data, rows by year, columns of values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, Literal
from unicodedata import normalize

from msgspec import Struct, field
from msgspec.structs import replace

from plancheck.language import Said
from plancheck.model import Element, Plan, ReadColumn, Unit, Value
from plancheck.pattern import Pattern
from plancheck.quantity import UNITS, Absent, Misread, Number, exact, no_data, read_number, show
from plancheck.returns.filler import is_unit_word
from plancheck.returns.header import Head, Match, Matched, column_name
from plancheck.returns.period import Period, Stated, period
from plancheck.returns.sheet import Cell, text_of
from plancheck.returns.table import Context, Lookup, Notes, lookup, plain_values, take, whole_numbers
from plancheck.returns.title_unit import Above, word_above
from plancheck.returns.words import FormWords, is_total, key
from plancheck.returns.years import read_year

FOOTER: Final = Pattern(
    r"^(注|备注|说明|填表说明|附件?|填表(人|日期|单位)?|填报(人|日期|单位)?|审核人?|(单位)?负责人|制表人?|联系(人|电话)|校长|园长|[0-9]{1,2}[.、．])"
    r"\s*([（(].*[)）])?\s*[：:0-9“”\"]|^(填[表写报])?[示样范]例"
)
_NUMBERING: Final = Pattern(
    r"[(（]?(?:[甲乙丙丁戊己庚辛壬癸]|L?[0-9]{1,3}|[A-Z])[)）]?|[\u2460-\u2473]|[(（]?[0-9]{1,3}[)）]?[=＝][-0-9+()（）×*÷/% ]+"
)
"""A column's number below its head: 甲, 1, （1）, ①, L24, and one that says how it is worked out, 3=1+2."""
_STEMS: Final = frozenset("甲乙丙丁戊己庚辛壬癸")
_STEMS_OF_A_ROW: Final = 2
_LEAST_NUMBERS: Final = 2
_NUMBERED: Final = frozenset(("栏次", "列次", "代码", "编号", "栏号", "—", "-", "－"))
"""What may stand beside such numbers."""
_FIRST_DIGITS: Final = Pattern("[0-9]+")
_WIDEST_STEP: Final = 3
"""Numbers of columns leave out as many as were taken from the form."""
_TURNED_AT_ONCE: Final = 500


class HeadedTable(Struct, frozen=True):
    """A table found on a sheet by its head: its form, the head, and where the form's columns stand in the grid.

    `beside` are the columns of other years (上年), `titles` the grid rows of titles above it. `doubts` are the words that
    tell why the unit of a figure is not clear, by grid column and row.
    """

    form: FormWords
    head: Head
    at: Mapping[str, Match]
    beside: tuple[Match, ...] = ()
    titles: range = range(0)
    doubts: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


class DataRow(Struct, frozen=True):
    """A grid row that belongs to a unit or to a thing of a list.

    `year` where the row itself states one; `key` is what tells rows of one unit apart, such as a grade group.
    """

    row: int
    unit: Unit
    year: int | None = None
    key: str = ""


def table_of(form: FormWords, head: Head, matched: Matched, above: Above, plan: Plan) -> HeadedTable:
    """Make the table from a head matched against a form; `above` are the units that stand above the head."""
    said = above.said

    def measured(match: Match) -> Match:
        word = "" if match.unit_word or not said else word_above(UNITS[plan.elements[match.element].unit], said)
        return replace(match, unit_word=word) if word else match

    at = {match.element: measured(match) for match in matched.found}
    return HeadedTable(form, head, at, tuple(map(measured, matched.beside)), above.rows)


# ------------------------------------------------------------------------------------ rows that are no data


def aside(row: Sequence[Cell]) -> str:
    """Return what a row right below the head is if it is no data: 甲 乙 丙 1 2 3, or the units of the columns."""
    texts = [text_of(cell).strip() for cell in row if cell != ""]
    if len(texts) >= 3:
        others = [text for text in texts if text not in _NUMBERED]
        numbers = [text for text in others if _NUMBERING.fullmatch(normalize("NFKC", text))]
        # beside 甲 乙 丙 may stand a remark
        if len(numbers) >= len(others) - (len(_STEMS.intersection(numbers)) >= _STEMS_OF_A_ROW):
            return "numbering" if len(numbers) >= _LEAST_NUMBERS and _in_order(numbers) else ""
    return "units" if texts and all(map(is_unit_word, texts)) else ""


def _in_order(texts: Sequence[str]) -> bool:
    """Return whether numbers follow each other as those of columns do: 12, 120, 15 are figures of a row without a name."""
    digits = (_FIRST_DIGITS.search(normalize("NFKC", text)) for text in texts)
    numbers = [int(found[0]) for found in digits if found]
    return all(1 <= later - earlier <= _WIDEST_STEP for earlier, later in pairwise(numbers))


def says_total(row: Sequence[Cell], width: int, *, coded: bool = False) -> bool:
    """Return whether one of a row's first `width` cells names a total, or a mean.

    In a row with a school's code only the usual words do: nearly all rows have one, and to look for all words is slow.
    """
    if coded:
        return any(isinstance(cell, str) and "计" in cell and is_total(key(cell)) for cell in row[:width])
    return any(isinstance(cell, str) and is_total(key(cell)) for cell in row[:width])


def filled(row: Sequence[Cell]) -> list[Cell]:
    """Return the cells of a row that hold something."""
    return [cell for cell in row if cell != "" and not (isinstance(cell, str) and not cell.strip())]


def merged_down(notes: Notes, above: int, columns: set[int]) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Yield the cells of these columns, below grid row `above`, that a cell merged downwards covers, with its value."""
    sheet = notes.sheet
    for top, left, bottom, _ in sheet.merges or ():
        row, column = top - sheet.top, left - sheet.left
        if not above < row < len(sheet.rows) or column not in columns or column >= len(sheet.rows[row]):
            continue
        for covered in range(row + 1, min(bottom - sheet.top + 1, len(sheet.rows))):
            yield (covered, column), sheet.rows[row][column]


# ------------------------------------------------------------------------------------------- which year


def stated_year(said: str, at: str, context: Context, notes: Notes) -> int | Literal[Absent.UNREADABLE] | None:
    """Return the year a row's own cell says, None where it says that it has none. One that is not clear is a finding."""
    year = read_year(said)
    if isinstance(year, int):
        return year
    if year in (Absent.BLANK, Absent.NONE):
        return None
    notes.find("PC242", at, {"column": context.plan.elements["report_year"].label, "found": said})
    return Absent.UNREADABLE


def by_year(
    context: Context, notes: Notes, stated: Sequence[Stated], rows: Sequence[DataRow], headed: Sequence[Stated] = ()
) -> dict[int, list[DataRow]]:
    """Sort the rows by the year they or the sheet state; a row of no year, or not of the sheet's, is a finding.

    `headed` are years that columns are headed by, first the one that is taken where nothing else states a year.
    """
    own: dict[int | None, list[DataRow]] = {}
    for row in rows:
        own.setdefault(row.year, []).append(row)
    without = own.pop(None, [])
    taken: dict[int, list[DataRow]] = {}
    # a table of several years is sorted by them; a year that none of its rows states is another opinion on all
    given = None if context.year in own else context.year
    # so is one that nobody ordered: rows of 2022 under the title of 2023
    others = () if context.year is not None or any(each.year in own for each in stated) else stated
    for year, theirs in own.items():
        if year is not None:
            said = (Stated(year, notes.cell(theirs[0].row, 0)), *others)
            _decide(period((*said, *_at_odds(headed, said, given)), given), theirs, notes, taken)
    if without:
        _decide(period((*stated, *_at_odds(headed, stated, context.year)), context.year), without, notes, taken)
    return taken


def _at_odds(headed: Sequence[Stated], stated: Sequence[Stated], given: int | None) -> Sequence[Stated]:
    """Return the year of the columns where none of them is of a year that is stated or given: it is another opinion."""
    years = {given, *(each.year for each in stated)}
    return () if any(each.year in years for each in headed) else headed[:1]


def _decide(found: Period, rows: list[DataRow], notes: Notes, taken: dict[int, list[DataRow]]) -> None:
    if found.code:
        notes.find(found.code, "", dict(found.params))
    if found.year is None:
        notes.left_out["no_period"] += len(rows)
    else:
        taken.setdefault(found.year, []).extend(rows)


# -------------------------------------------------------------------------------------------- values


class Body(Struct, frozen=True):
    """The rows of one block, to be read column by column: what they are, their physical numbers, and their columns."""

    rows: Sequence[DataRow]
    notes: Notes
    found: Lookup
    numbers: Sequence[int]
    columns: Sequence[Sequence[Cell]]
    covered: Mapping[tuple[int, int], Cell]
    doubts: Mapping[int, Mapping[int, str]]

    def cells(self, at: int) -> Sequence[Cell]:
        """Return the cells of one grid column."""
        cells = self.columns[at] if at < len(self.columns) else [""] * len(self.rows)
        if self.covered:
            return [
                self.covered.get((own.row, at), "") if cell == "" else cell
                for own, cell in zip(self.rows, cells, strict=True)
            ]
        return cells


def body_of(
    table: HeadedTable, rows: Sequence[DataRow], notes: Notes, covered: Mapping[tuple[int, int], Cell] | None = None
) -> Body:
    """Turn rows into columns. `covered` are cells filled from a cell merged downwards."""
    sheet = notes.sheet
    numbers = [sheet.top + row.row + 1 for row in rows]
    columns = _turned([sheet.rows[row.row] for row in rows])
    return Body(rows, notes, lookup(sheet), numbers, columns, covered or {}, table.doubts)


def _turned(rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    """Turn rows into columns, and floats that are whole into whole numbers where all of some hundred cells are such.

    Some hundred rows after another: these fit into the processor's cache, a hundred thousand do not.
    """
    width = max(map(len, rows), default=0)
    even = [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows]
    columns: list[list[Cell]] = [[] for _ in range(width)]
    for first in range(0, len(even), _TURNED_AT_ONCE):
        turned = zip(*even[first : first + _TURNED_AT_ONCE], strict=True)
        for column, cells in zip(columns, turned, strict=True):
            column.extend(_whole(cells))
    return columns


def _whole(cells: Sequence[Any]) -> Iterable[Cell]:
    try:
        return map(int, cells) if all(map(float.is_integer, cells)) else cells
    except TypeError:  # one that is no float
        return cells


def read_column(match: Match, element: Element, body: Body) -> ReadColumn:
    """Read one column: plain whole numbers and 是/否 at one go, what is left cell by cell."""
    at, notes, found = match.at, body.notes, body.found
    measured = UNITS[element.unit]
    cells = body.cells(at)
    doubts = body.doubts.get(at, {})
    simple = at not in found.columns and match.unit_word in ("", *measured.words) and not doubts
    if simple and (whole := whole_numbers(cells, measured.kind)):
        return ReadColumn(element.id, column_name(notes.sheet, at), body.numbers, whole)
    quick = plain_values(cells, measured.kind) if simple else [None] * len(cells)
    # Not `None in quick`: each amount would be asked whether it equals None, which a fraction answers slowly.
    doubtful = [index for index, value in enumerate(quick) if value is None]
    values: list[Value | Absent] = [Absent.BLANK if value is None else value for value in quick]
    raws: dict[int, str] = {}
    shares = measured.kind == "percent" and not measured.signed and _all_shares(cells, at, body)
    if shares:
        notes.find("PC320", column_name(notes.sheet, at), _as_shares(element, cells))
    for index in doubtful:
        cell = cells[index]
        if simple and cell == "":
            continue
        row = body.rows[index]
        facts = found.facts(row.row, at, doubts.get(row.row, match.unit_word))
        if shares and cell != "":
            facts = replace(facts, share=True)
        result = take(cell, element, facts, notes, notes.cell(row.row, at), row.unit.id)
        values[index] = result.value
        if cell != "" or facts.error:
            raws[index] = facts.error or text_of(cell)
    return ReadColumn(element.id, column_name(notes.sheet, at), body.numbers, values, raws)


def _all_shares(cells: Sequence[Cell], at: int, body: Body) -> bool:
    """Return whether a column of rates is written in shares of one: each of its figures, more than one, is 1 at most.

    A percent sign or format in it says that its clerk knows of them: then a bare 0.98 beside it may be either.
    """
    pairs = zip(body.rows, cells, strict=True)
    found = [(row, cell) for row, cell in pairs if not isinstance(cell, str) or no_data(cell) is None]
    figures = [_bare(cell) for _, cell in found]
    return (
        len(figures) > 1
        and all(figure is not None and 0 <= figure <= 1 for figure in figures)
        and any(figure not in (0, 1) for figure in figures)
        and not any(body.found.facts(row.row, at, "").percent for row, _ in found)
    )


def _as_shares(element: Element, cells: Sequence[Cell]) -> dict[str, Said]:
    """Return what is to be said of a column that is read as shares: its first figure that tells."""
    first = next(figure for figure in map(_bare, cells) if figure is not None and figure not in (0, 1))
    share = exact(first) if isinstance(first, float) else first
    return {"column": element.label, "found": show(share, 4), "percent": show(share * 100)}


def _bare(cell: Cell) -> Number | float | None:
    """Return a number without sign or unit, also where it is stored as text."""
    if isinstance(cell, str):
        written = read_number(cell)
        return None if isinstance(written, Misread) or written.percent or written.unit else written.value
    return cell if isinstance(cell, float | int) and not isinstance(cell, bool) else None
