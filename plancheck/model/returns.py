"""What a return holds, once read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from plancheck.language import Said
from plancheck.quantity import Absent, Number

Value = Number | bool | str
"""What a cell can mean: an exact number, yes or no, or a word (a choice's id, a text)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault or a remark, with its place. Its words are those of `codes` for `code`, filled with `params`."""

    code: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    unit: str = ""
    params: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unit:
    """Who reports: one stage of one school. `id` is `code/stage`; attributes are those of roster or return."""

    id: str
    code: str
    name: str
    stage: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is expected to report. `aliases` leads from a name with all white space removed to school codes."""

    file: str
    sha256: str
    units: Mapping[str, Unit]
    aliases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One value as understood, with its place and what stood there."""

    element: str
    unit: str
    period: int
    value: Value | Absent
    file: str
    sheet: str
    cell: str
    raw: str


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """The values of one element in one block, in the order of the block's units.

    Columns rather than readings, because a return may hold a hundred thousand rows. `raws` keeps what stood in a
    cell where it is not simply the value; `rows` are physical row numbers.
    """

    element: str
    letter: str
    rows: Sequence[int]
    values: Sequence[Value | Absent]
    raws: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where the values of a one-unit form stand: element -> its number, and the letter and row of each."""

    numbers: Mapping[str, int]
    letter: str
    rows: Sequence[int]


@dataclass(frozen=True, slots=True)
class OneRow:
    """The columns of a block of one row, each made when it is asked for.

    A thousand schools that fill in one form share its places; only the values are their own.
    """

    places: Places
    values: Sequence[Value | Absent]
    raws: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[ReadColumn]:
        return map(self._column, self.places.numbers)

    def __getitem__(self, number: int) -> ReadColumn:
        return self._column([*self.places.numbers][number])

    def of(self, element: str) -> Iterator[ReadColumn]:
        """Yield the column of an element, if there is one."""
        if element in self.places.numbers:
            yield self._column(element)

    def _column(self, element: str) -> ReadColumn:
        number = self.places.numbers[element]
        raws = {0: self.raws[number]} if number in self.raws else {}
        return ReadColumn(element, self.places.letter, (self.places.rows[number],), (self.values[number],), raws)


@dataclass(frozen=True, slots=True)
class Block:
    """What one form on one sheet says of one period: units down, elements across. The district's unit id is "".

    `keys` tell several rows of one unit apart (a grade group); such rows are added up.
    """

    form: str
    file: str
    sheet: str
    period: int
    units: Sequence[Unit]
    columns: tuple[ReadColumn, ...] | OneRow
    keys: Sequence[str] = ()

    def holding(self, element: str) -> Iterable[ReadColumn]:
        """Return the columns that hold an element."""
        if isinstance(self.columns, OneRow):
            return self.columns.of(element)
        return (column for column in self.columns if column.element == element)

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


@dataclass(frozen=True, slots=True)
class SheetAccount:
    """What became of a sheet: the form seen in it, where its parts stand, and every row used or left out.

    `read == used + sum(left_out.values())`. `columns` pairs a column letter and its header path with an element;
    in a form of rows the letter is a cell. `understood` lists cells read otherwise than they stand.
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


@dataclass(frozen=True, slots=True)
class Return:
    """One workbook as submitted, read."""

    file: str
    sha256: str
    blocks: tuple[Block, ...] = ()
    sheets: tuple[SheetAccount, ...] = ()
    findings: tuple[Finding, ...] = ()
