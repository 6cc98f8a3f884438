"""What a return holds, once read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Final

from msgspec import Struct, field

from plancheck.language import Said
from plancheck.model.check import Explanation
from plancheck.quantity import Absent, Number

STANDARD_INPUT: Final = "-"
"""What a return is called that is no file: it was piped in."""

Value = Number | bool | str
"""What a cell can mean: an exact number, yes or no, or a word (a choice's id, a text)."""


class Finding(Struct, frozen=True):
    """A fault or a remark, with its place. Its words are those of `codes` for `code`, filled with `params`.

    `check` is the plan's check that found it, `value` the inputs it rests on, by which an explanation is matched;
    `also` are the places of its other inputs: file, sheet, cell.
    """

    code: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    unit: str = ""
    params: Mapping[str, Said] = field(default_factory=dict)
    period: int | None = None
    check: str = ""
    value: str = ""
    also: tuple[tuple[str, str, str], ...] = ()


class Unit(Struct, frozen=True):
    """Who reports: one stage of one school. `id` is `code/stage`; attributes are those of roster or return.

    `size` is how many pupils its school has, by the roster. `opened` and `closed` are ISO dates, empty where the roster
    gives none; `closed` is "-" where it is known only that the school has closed.
    """

    id: str
    code: str
    name: str
    stage: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    opened: str = ""
    closed: str = ""
    size: int | None = None

    def in_being(self, period: int) -> bool:
        """Return whether the unit exists on 1 September of the year, the day of which returns speak."""
        day = first_of_september(period)
        return self.opened <= day and (not self.closed or self.closed > day)


def first_of_september(period: int) -> str:
    """Return the day of which the returns of a year speak: the school year's first, as in the national statistics."""
    return f"{period:04}-09-01"


class Roster(Struct, frozen=True):
    """Which units there are and were. `aliases` leads from a name with all white space removed to school codes.

    `campuses` names, by code, the places that may report a school's figures each for itself.
    """

    file: str
    sha256: str
    units: Mapping[str, Unit]
    aliases: Mapping[str, tuple[str, ...]]
    campuses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def expected(self, period: int) -> tuple[Unit, ...]:
        """Return the units that are to report of a year: those in being on 1 September."""
        return tuple(unit for unit in self.units.values() if unit.in_being(period))


class Reading(Struct, frozen=True):
    """One value as understood, with its place and what stood there."""

    element: str
    unit: str
    period: int
    value: Value | Absent
    file: str
    sheet: str
    cell: str
    raw: str


class ReadColumn(Struct, frozen=True):
    """The values of one element in one block, in the order of the block's units.

    Columns rather than readings, because a return may hold a hundred thousand rows. `raws` keeps what stood in a
    cell where it is not simply the value; `rows` are physical row numbers.
    """

    element: str
    letter: str
    rows: Sequence[int]
    values: Sequence[Value | Absent]
    raws: Mapping[int, str] = field(default_factory=dict)


class Places(Struct, frozen=True, eq=False):
    """Where the values of a one-unit form stand: element -> its number, and the letter and row of each."""

    numbers: Mapping[str, int]
    letter: str
    rows: Sequence[int]


class OneRow(Struct, frozen=True):
    """The columns of a block of one row, each made when it is asked for; what was left blank is none.

    A thousand schools that fill in one form share its places; only the values are their own.
    """

    places: Places
    values: Sequence[Value | Absent]
    raws: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(value is not Absent.BLANK for value in self.values)

    def __iter__(self) -> Iterator[ReadColumn]:
        return map(self._column, self.filled())

    def __getitem__(self, number: int) -> ReadColumn:
        return self._column([*self.filled()][number])

    def of(self, element: str) -> Iterator[ReadColumn]:
        """Yield the column of an element, if there is one."""
        number = self.places.numbers.get(element)
        if number is not None and self.values[number] is not Absent.BLANK:
            yield self._column(element)

    def given(self, element: str) -> Sequence[Value | Absent]:
        """Return the value of an element, nothing if there is none."""
        number = self.places.numbers.get(element)
        return () if number is None or self.values[number] is Absent.BLANK else self.values[number : number + 1]

    def filled(self) -> Iterator[str]:
        """Yield the elements that are not left blank."""
        pairs = zip(self.places.numbers, self.values, strict=True)
        return (element for element, value in pairs if value is not Absent.BLANK)

    def _column(self, element: str) -> ReadColumn:
        number = self.places.numbers[element]
        raws = {0: self.raws[number]} if number in self.raws else {}
        return ReadColumn(element, self.places.letter, (self.places.rows[number],), (self.values[number],), raws)


class Total(Struct, frozen=True):
    """A row of totals (合计, 小计): its physical row, its label, the block's rows it adds up, and its values by element."""

    row: int
    label: str
    first: int
    last: int
    values: Mapping[str, Number]


class Block(Struct, frozen=True):
    """What one form on one sheet says of one period: units down, elements across. The district's unit id is "".

    `keys` tell several rows of one unit apart (a grade group, a campus); such rows are added up. `aside`: what a
    return says of a year before its own (上年), beside the figures it was sent for.
    """

    form: str
    file: str
    sheet: str
    period: int
    units: Sequence[Unit]
    columns: tuple[ReadColumn, ...] | OneRow
    keys: Sequence[str] = ()
    totals: tuple[Total, ...] = ()
    aside: bool = False

    def elements(self) -> Iterable[str]:
        """Return what the block speaks of."""
        if isinstance(self.columns, OneRow):
            return self.columns.filled()
        return (column.element for column in self.columns)

    def places(self) -> AbstractSet[str]:
        """Return what the block has a place for, blank or not."""
        if isinstance(self.columns, OneRow):
            return self.columns.places.numbers.keys()
        return {column.element for column in self.columns}

    def holding(self, element: str) -> Iterable[ReadColumn]:
        """Return the columns that hold an element."""
        if isinstance(self.columns, OneRow):
            return self.columns.of(element)
        return (column for column in self.columns if column.element == element)

    def given(self, element: str) -> Sequence[Value | Absent]:
        """Return the values of an element, row by row; empty where the block does not speak of it."""
        if isinstance(self.columns, OneRow):
            return self.columns.given(element)
        return next((column.values for column in self.columns if column.element == element), ())

    def reading(self, column: ReadColumn, index: int) -> Reading:
        """Return one value of the block with its place."""
        value = column.values[index]
        row = column.rows[index]
        raw = column.raws.get(index)
        return Reading(
            column.element,
            self.units[index].id,
            self.period,
            value,
            self.file,
            self.sheet,
            f"{column.letter}{row}",
            raw if raw is not None else "" if isinstance(value, Absent) else plain(value),
        )


def plain(value: Value) -> str:
    """Return a value as a cell would show it without any format."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        return repr(value.numerator / value.denominator)
    return str(value)


class Recognised(Struct, frozen=True):
    """Why a sheet was taken for a form: how many of the form's figures it holds, whether all it requires are among them,
    whether its title or name says so, and the form that came next, with how many of its own.
    """

    found: int
    of: int
    complete: bool
    named: bool
    next: str = ""
    next_found: int = 0


class SheetTotal(Struct, frozen=True):
    """One figure of a row of totals: as it is written, and what the rows it adds up come to."""

    row: int
    label: str
    element: str
    written: Number
    added: Number


class LaterTable(Struct, frozen=True):
    """A further table below the first of a sheet: its form, the rows of its head, and its columns as an account has them."""

    form: str
    header: tuple[int, int]
    columns: tuple[tuple[str, str, str], ...]


class SheetAccount(Struct, frozen=True):
    """What became of a sheet: the form seen in it, where its parts stand, and every row used or left out.

    `read == used + sum(left_out.values())`. `columns` pairs a column letter and its header path with an element; in a
    form of rows the letter is a cell. `understood` lists cells read otherwise than they stand, `unused` the physical
    numbers of rows that hold something and were not used, the head's among them. `form`, `header` and `columns` are
    the sheet's first table's, `later` has those below it. `span` are the columns (A:F) of one of several tables side by
    side, each of which has an account of its own.
    """

    file: str
    sheet: str
    form: str | None
    read: int
    used: int
    left_out: Mapping[str, int]
    period: int | None = None
    header: tuple[int, int] | None = None
    columns: tuple[tuple[str, str, str], ...] = ()
    hidden: Mapping[str, int] = field(default_factory=dict)
    understood: tuple[tuple[str, str, str], ...] = ()
    why: Recognised | None = None
    totals: tuple[SheetTotal, ...] = ()
    unused: tuple[int, ...] = ()
    later: tuple[LaterTable, ...] = ()
    span: str = ""

    def name(self) -> str:
        """Return the sheet's name, with the columns where it is one of several tables side by side."""
        return f"{self.sheet} {self.span}" if self.span else self.sheet


class Replacement(Struct, frozen=True):
    """One return that takes the place of another, as a manifest says: names or ends of paths."""

    file: str
    by: str


class Return(Struct, frozen=True):
    """One workbook as submitted, read."""

    file: str
    sha256: str
    blocks: tuple[Block, ...] = ()
    sheets: tuple[SheetAccount, ...] = ()
    findings: tuple[Finding, ...] = ()
    explanations: tuple[Explanation, ...] = ()
