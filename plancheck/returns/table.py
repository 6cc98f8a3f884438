"""What both layouts share while a table is read: the context, the places of findings, the account of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, field

from plancheck.language import Said
from plancheck.model import Block, Element, Finding, Plan, Unit, Value, plain
from plancheck.quantity import Absent, Kind, Number, exact
from plancheck.returns.cells import PLAIN, Facts, Understood, understand
from plancheck.returns.identity import Identifier
from plancheck.returns.sheet import Cell, Quirks, Sheet, letters, text_of
from plancheck.returns.texts import Texts
from plancheck.returns.words import Vocabulary


class Context(Struct, frozen=True, eq=False):
    """What a table is read with: the plan, its words, the roster's units, and what the command line says.

    Compared by identity, so that what was found for all its files can be kept.
    """

    plan: Plan
    words: Vocabulary
    identifier: Identifier
    year: int | None
    skip_hidden: bool = False
    in_detail: bool = False
    """Whether sheets are accounted for in detail, for who asks what was understood."""
    piped: bytes = b""
    """The return that was piped in, if one was."""


class Owner(Struct, frozen=True):
    """Who reports on a sheet that does not say so, and on which sheet that stands; `year` where that sheet has one."""

    unit: Unit
    campus: str
    sheet: str
    year: int | None


class Notes(Struct):
    """What is gathered while one sheet is read."""

    file: str
    sheet: Sheet
    findings: list[Finding] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    understood: list[tuple[str, str, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    used: int = 0
    skipped: frozenset[int] = frozenset()
    """Hidden grid rows, where they are not to be read."""
    marked: frozenset[str] = frozenset()
    """Cells whose comments plancheck itself made."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """What other sheets of the workbook say of who reports, where forms with fixed cells need it."""
    copy: bool = False
    """Whether the workbook is a copy with plancheck's marks, whose colours are not the school's."""
    gap: bool = False
    """Whether several tables may stand side by side on it."""
    beside: tuple[Sheet, ...] = ()
    """The other parts of the sheet, where it is one of several tables side by side."""
    nameless: int | None = None
    """The grid row of its first figures, where it is one school's and does not say whose."""
    texts: Texts | None = None
    """The texts of its first rows, looked at once."""
    owner: Owner | None = None
    """Whose it is taken for, where it does not say so itself."""

    def cell(self, row: int, column: int) -> str:
        """Return the name Excel gives to a grid cell."""
        return f"{letters(self.sheet.left + column)}{self.sheet.top + row + 1}"

    def find(self, code: str, cell: str, params: Mapping[str, Said], unit: str = "") -> None:
        """Record a finding at a cell (or a column's letters) of the sheet."""
        self.findings.append(Finding(code, self.file, self.sheet.name, cell, unit, dict(params)))


class Lookup(Struct, frozen=True):
    """The quirks of a sheet by grid cell, and which columns have any."""

    quirks: Quirks
    top: int
    left: int
    columns: frozenset[int]

    def facts(self, row: int, column: int, unit_word: str) -> Facts:
        """Return what is known of a grid cell besides its value."""
        if column not in self.columns:
            return (
                PLAIN
                if not unit_word and self.quirks.formats_seen
                else Facts(formats_seen=self.quirks.formats_seen, unit_word=unit_word)
            )
        at = (row + self.top, column + self.left)
        return Facts(
            at in self.quirks.percent,
            self.quirks.errors.get(at, ""),
            at in self.quirks.uncalculated,
            self.quirks.formats_seen,
            unit_word,
            at in self.quirks.broken,
        )


def lookup(sheet: Sheet) -> Lookup:
    """Prepare a sheet's quirks for reading its grid."""
    quirks = sheet.quirks
    kinds = (quirks.percent, quirks.errors, quirks.uncalculated, quirks.broken)
    odd = {column - sheet.left for cells in kinds for _, column in cells}
    return Lookup(quirks, sheet.top, sheet.left, frozenset(odd))


_NUMBERS: Final = frozenset((float, int))
FINITE: Final = 1e300
_ANSWERS: Final[Mapping[object, bool]] = {"是": True, "否": False}


def plain_value(cell: Cell, kind: Kind) -> Number | bool | None:
    """Return a plain number or 是/否, nearly all there is; None: look closer at this cell."""
    if kind == "yes_no":
        return _ANSWERS.get(cell)
    number: Any = cell  # a type a cell is too dear to check twice on a million cells
    if type(number) not in _NUMBERS or not 0 <= number < FINITE:
        return None
    if kind == "count":
        return int(number) if number % 1 == 0 else None
    return exact(number) if kind == "amount" else None


def plain_values(cells: Sequence[Cell], kind: Kind) -> Sequence[Number | bool | None]:
    """Return the plain value of each cell of a column, None where it is to be looked at closer."""
    if kind == "yes_no":
        return [*map(_ANSWERS.get, cells)]
    return [plain_value(cell, kind) for cell in cells]


def whole_numbers(cells: Sequence[Any], kind: Kind) -> Sequence[int]:
    """Return a column of nothing but whole numbers at one go; nothing for any other."""
    whole = kind in ("count", "amount") and set(map(type, cells)) == {int}
    return cells if whole and min(cells) >= 0 else ()


def take(cell: Cell, element: Element, facts: Facts, notes: Notes, at: str, unit: str) -> Understood:
    """Understand one cell and record what there is to say of it."""
    result = understand(cell, element, facts)
    if result.code:
        notes.find(result.code, at, result.params, unit)
    elif result.otherwise and (
        notes.sheet.name or text_of(cell) != said(result.value)
    ):  # a .csv, without a name, is all text
        notes.understood.append((at, text_of(cell), said(result.value)))
    return result


def said(value: Value | Absent) -> str:
    """Return an understood value as `inspect` shows it."""
    return f"<{value.value}>" if isinstance(value, Absent) else plain(value)
