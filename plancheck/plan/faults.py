"""Where the faults of a plan and of the files it includes are gathered, each with its place, some with a suggestion."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct

from plancheck.language import Said, Text
from plancheck.model import Finding

# Comparing words is slow: a hostile file must not buy hours of it with a megabyte of misspelt names.
_MOST_SUGGESTIONS: Final = 50
_MOST_CANDIDATES: Final = 2_000
_LONGEST_WORD: Final = 60
_MOST_LISTED: Final = 10


class Place(Protocol):
    """Anything that stands in a file at a line and a column, both counted from 1; line 0 is the file as a whole."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The character in the line."""

    @property
    def file(self) -> str:
        """The file; empty for the one that the faults are of."""


class Spot(Struct, frozen=True):
    """A bare place."""

    line: int
    column: int
    file: str = ""


def whole(file: Path | str) -> Spot:
    """Return the place of a file as a whole."""
    return Spot(0, 0, str(file))


def first_of(ids: Iterable[str]) -> str:
    """Return ids for a message, and no more of them than a reader takes in."""
    first = tuple(islice(ids, _MOST_LISTED + 1))
    return ", ".join(first[:_MOST_LISTED]) + (" …" if len(first) > _MOST_LISTED else "")


class PlanUnusable(Exception):
    """A plan file that cannot be used; `findings` holds every fault that was seen in it, in the file's order."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(f"{finding.file}:{finding.cell} {finding.code}" for finding in findings[:20]))
        self.findings = findings


class Faults:
    """Gathers findings instead of stopping at the first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[tuple[int, int, Finding]] = []
        self._files = {file: 0}
        self._suggestions = 0

    def __len__(self) -> int:
        return len(self._found)

    def add(self, code: str, place: Place, **params: Said) -> None:
        """Note the fault `code` at a place."""
        cell = f"{place.line}:{place.column}" if place.line else ""
        finding = Finding(code, file=place.file or self.file, cell=cell, params=params)
        self._found.append((place.line, place.column, finding))

    def spelled(self, place: Place) -> str:
        """Return a place in words that fit in a message about another one."""
        return f"{Path(place.file or self.file).name}:{place.line}"

    def join(self, other: Faults) -> None:
        """Take over the faults that another one gathered, in the same file or in a further one."""
        self._found += other._found
        for file in other._files:
            self._files.setdefault(file, len(self._files))

    def unknown(self, name: str, place: Place, known: Collection[str], what: Text) -> None:
        """Note that `name` is none of the known things of the kind `what`."""
        self.add("PC109", place, name=name, what=what, suggestion=self.suggestion(name, known))

    def suggestion(self, word: str, known: Collection[str]) -> Text:
        """Return the known word most like `word`, as the end of a sentence; empty when none is like it."""
        if self._suggestions == _MOST_SUGGESTIONS or len(word) > _LONGEST_WORD or len(known) > _MOST_CANDIDATES:
            return Text("", "")
        from difflib import get_close_matches

        self._suggestions += 1
        near = get_close_matches(word, known, n=1)
        return Text(f"，是否应为“{near[0]}”？", f"; did you mean '{near[0]}'?") if near else Text("", "")

    def listed(self) -> tuple[Finding, ...]:
        """Return the findings in the order of the files, as they came to be read, and of their places."""
        ordered = sorted(self._found, key=lambda found: (self._files.get(found[2].file, 0), *found[:2]))
        return tuple(finding for _, _, finding in ordered)
