"""One sheet as a look at its own records finds it: cells by place, and what values alone do not tell."""

from __future__ import annotations

from plancheck.language import Text
from plancheck.returns.scan import COLOURED_BY_DESIGN, LEAST_COLOURED
from plancheck.returns.sheet import Cell, Merge, Quirks, letters

Place = tuple[int, int]
"""Row and column on the sheet, 0-based."""


class FoundSheet:
    """What is gathered of a sheet; of an .ods, .xls or .xlsb the cells are its numbers only."""

    def __init__(self, name: str = "", *, hidden: bool = False) -> None:
        self.name = name
        self.hidden = hidden
        self.cells: dict[Place, Cell] = {}
        self.percent: set[Place] = set()
        self.errors: dict[Place, str] = {}
        self.uncalculated: set[Place] = set()
        self.broken: dict[Place, Text] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns = 0
        self.linked: list[str] = []
        self.comments: list[str] = []
        self.grounds: dict[int | str, list[Place]] = {}
        self.disordered = False

    def ground(self, style: int | str, place: Place) -> None:
        """Take a filled cell with a coloured ground."""
        self.grounds.setdefault(style, []).append(place)

    def _coloured(self) -> frozenset[Place]:
        """Return the cells on a coloured ground, of each style that no great part of the sheet has."""
        most = len(self.cells) // COLOURED_BY_DESIGN + LEAST_COLOURED
        return frozenset(place for places in self.grounds.values() if len(places) <= most for place in places)

    def quirks(self) -> Quirks:
        """Return what the values alone do not tell."""
        hidden = {"rows": len(self.hidden_rows), "columns": self.hidden_columns, "sheet": int(self.hidden)}
        return Quirks(
            frozenset(self.percent),
            self.errors,
            frozenset(self.uncalculated),
            {what: count for what, count in hidden.items() if count},
            broken=self.broken,
            hidden_rows=frozenset(self.hidden_rows),
            linked=tuple(self.linked),
            comments=tuple(self.comments),
            coloured=self._coloured(),
        )


def name_of(place: Place) -> str:
    """Return the name Excel gives to a place."""
    return f"{letters(place[1])}{place[0] + 1}"
