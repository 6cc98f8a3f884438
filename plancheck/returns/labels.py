"""The labelled rows of a sheet: the words in its left columns, how deep each stands, and under what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from plancheck.returns.filler import is_unit_word
from plancheck.returns.sheet import Cell, Sheet
from plancheck.returns.words import FormWords, Path, header_unit, key, year_word

LABEL_COLUMNS: Final = 8
"""Columns from the left in which labels are looked for."""
TALLEST: Final = 2_000
"""Rows from the top within which labels are looked for."""


class Labels(Struct, frozen=True):
    """The words in the left columns of a sheet, looked at once for all forms, by column: (grid row, compared word)."""

    words: Mapping[int, Sequence[tuple[int, str]]]

    def best_for(self, form: FormWords) -> tuple[int, int]:
        """Return how many labels of a form its best column holds, and that column."""
        known = form.by_last
        counts = ((len([word for _, word in words if word in known]), -column) for column, words in self.words.items())
        most, column = max(counts, default=(0, 0))
        return most, -column


def labels_of(sheet: Sheet) -> Labels:
    """Collect the words among which labels are looked for."""
    words: dict[int, list[tuple[int, str]]] = {}
    for at, row in enumerate(sheet.rows[:TALLEST]):
        for column, cell in enumerate(row[:LABEL_COLUMNS]):
            if isinstance(cell, str) and cell:
                words.setdefault(column, []).append((at, key(cell)))
    return Labels(words)


Label = tuple[int, str, int, str, bool]
"""A labelled row: where it stands, its compared word, its depth, its unit word, whether it has no values (a heading)."""


def label_of(row: Sequence[Cell], at: int, column: int, word: str) -> Label:
    """Return a labelled row by its word in a column."""
    text = str(row[column])
    plain = text.lstrip()
    depth = len(text) - len(plain) + (1 if plain.startswith(("其中", "#", "＃")) else 0)
    beside = [cell for cell in row[column + 1 :] if cell != ""]
    unit = str(beside[0]).strip() if beside and is_unit_word(beside[0]) else header_unit(text)
    return at, word, depth, unit, all(map(is_unit_word, beside))


def paths_of(labels: Sequence[Label]) -> Iterator[tuple[int, Path, str]]:
    """Yield each labelled row with its path: the heading above it, the less indented rows above it, its own label."""
    heading = ""
    parents: list[tuple[int, str]] = []
    for at, word, depth, unit, is_heading in labels:
        while parents and parents[-1][0] >= depth:
            parents.pop()
        steps = [heading, *(step for _, step in parents), word]
        yield at, tuple(dict.fromkeys(step for step in steps if step)), unit
        parents.append((depth, word))
        if is_heading and year_word(word) is None:
            heading = word
