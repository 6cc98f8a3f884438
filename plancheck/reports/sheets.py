"""Sheets of a workbook as plain values: columns, rows of cells, links; how they are drawn is the business of others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

from plancheck.model import Status

CellStyle = Literal["", "title", "strong", "middle", "number", "centre"] | Status
"""How a cell looks: plain text (in the middle), a heading, a figure (in the centre), or the colour of a status."""


class Cell(NamedTuple):
    """One cell: its text, its style, and where it leads: `internal:'sheet'!A1` or `external:path#'sheet'!A1`."""

    text: str
    style: CellStyle = ""
    link: str = ""


class Column(NamedTuple):
    """A column: its heading, and its width in characters."""

    heading: str
    width: float


class Sheet(Struct, frozen=True):
    """One sheet. With a `head` the columns' headings stand in the first row, frozen and with filters.

    `held` columns at the left stay in view. `wide` sheets are printed across, without the last `unprinted` columns.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    head: bool = True
    held: int = 0
    wide: bool = True
    unprinted: int = 0


def texts(*each: str) -> list[Cell]:
    """Return plain cells."""
    return [Cell(text) for text in each]
