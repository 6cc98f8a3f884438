"""A sheet as the doors hand it over: a grid of plain values with what the values alone do not tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from msgspec import Struct, field

from plancheck.language import Said, Text
from plancheck.pattern import Pattern

Cell = float | int | str | bool | date | datetime | time | timedelta
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column; 0-based on the sheet."""


class Quirks(Struct, frozen=True):
    """What a fast reader does not see, by (row, column), 0-based on the sheet.

    `formats_seen` tells whether percent formats could be looked up at all. `broken` are cells whose content cannot be
    told, with the reason; `linked` and `comments` name cells as Excel does. `coloured` are cells on a coloured ground,
    unless so many are that it must be the sheet's design.
    """

    percent: frozenset[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    hidden: Mapping[str, int] = field(default_factory=dict)
    formats_seen: bool = True
    broken: Mapping[tuple[int, int], Text] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    linked: Sequence[str] = ()
    comments: Sequence[str] = ()
    coloured: frozenset[tuple[int, int]] = frozenset()


class Sheet(Struct, frozen=True):
    """A grid of cells whose first stands at row `top`, column `left` (0-based); blanks are empty texts.

    `remarks` are findings (code, cell, params) of the door that opened it.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    top: int = 0
    left: int = 0
    merges: tuple[Merge, ...] | None = None
    quirks: Quirks = field(default_factory=Quirks)
    remarks: tuple[tuple[str, str, Mapping[str, Said]], ...] = ()


_ERROR = Pattern(
    r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA)|(?:Err|错误)[:：][0-9]{3}"
)
"""How error values are shown; LibreOffice numbers those that Excel has no name for."""
_REFERENCE = Pattern(r"([A-Z]{1,7})([0-9]{1,18})")


def cell_of(reference: bytes | str) -> tuple[int, int]:
    """Return the row and column (0-based) of a cell named as in Excel. Raises ValueError for what is no such name."""
    match = _REFERENCE.fullmatch(reference if isinstance(reference, str) else reference.decode("ascii"))
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def shows_error(text: str) -> bool:
    """Return whether a text is an error value as a cell shows it: in a .csv it is a text like any other."""
    return _ERROR.fullmatch(text.strip()) is not None


@lru_cache(maxsize=256)
def letters(column: int) -> str:
    """Return a column's letters from its 0-based number: 0 -> A, 26 -> AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def text_of(cell: Cell) -> str:
    """Return a cell as text: whole floats without their point, dates in ISO form."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return cell if isinstance(cell, str) else str(cell)
