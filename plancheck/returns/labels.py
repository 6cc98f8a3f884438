"""The labelled rows of a sheet: the words in its left columns, how deep each stands, and under what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from plancheck.returns.filler import is_unit_word
from plancheck.returns.sheet import Cell
from plancheck.returns.texts import Texts
from plancheck.returns.words import FormWords, Path, header_unit, year_word

LABEL_COLUMNS: Final = 8
"""Columns from the left in which labels are looked for."""


class Labels(Struct, frozen=True):
    """The words in the left columns of a sheet, looked at once for all forms, by column: compared words, and grid rows."""

    words: Mapping[int, Sequence[str]]
    rows: Mapping[int, Sequence[int]]

    def best_for(self, form: FormWords) -> tuple[int, int, int | None]:
        """Return how many labels of a form its best column holds, that column, and another that holds two or more."""
        known = form.by_last.__contains__
        counts = [(sum(map(known, words)), -column) for column, words in self.words.items()]
        most, column = max(counts, default=(0, 0))
        other = next((-at for count, at in counts if count > 1 and at != column), None)
        return most, -column, other


def labels_of(texts: Texts) -> Labels:
    """Collect the words among which labels are looked for."""
    left = {column: held for column, held in texts.items() if column < LABEL_COLUMNS}
    rows = {column: [at for at, _ in held] for column, held in left.items()}
    return Labels({column: [word for _, word in held] for column, held in left.items()}, rows)


Label = tuple[int, str, int, str, bool]
"""A labelled row: where it stands, its compared word, its depth, its unit word, whether it has no values (a heading)."""


def label_of(row: Sequence[Cell], at: int, column: int, word: str) -> Label:
    """Return a labelled row by its word in a column."""
    depth, unit = _depth_and_unit(str(row[column]))
    beside = ""
    for cell in row[column + 1 :]:
        if type(cell) is float:  # nearly all there is
            return at, word, depth, beside or unit, False
        if cell != "":
            if not is_unit_word(cell):
                return at, word, depth, beside or unit, False
            beside = beside or str(cell).strip()
    return at, word, depth, beside or unit, True


@lru_cache(maxsize=500)
def _depth_and_unit(label: str) -> tuple[int, str]:
    """Return how deep a label stands, and the unit in it. Kept, as a thousand schools fill in one form."""
    plain = label.lstrip()
    return len(label) - len(plain) + (1 if plain.startswith(("其中", "#", "＃")) else 0), header_unit(label)


def paths_of(labels: Sequence[Label]) -> Iterator[tuple[int, Path, str, str]]:
    """Yield each labelled row with its path: the heading above it, the less indented rows above it, its own label; with its
    unit word and its heading's.
    """
    heading = of_heading = ""
    parents: list[tuple[int, str]] = []
    for at, word, depth, unit, is_heading in labels:
        while parents and parents[-1][0] >= depth:
            parents.pop()
        steps = [heading, *(step for _, step in parents), word]
        yield at, tuple(dict.fromkeys(step for step in steps if step)), unit, of_heading
        parents.append((depth, word))
        if is_heading and year_word(word) is None:
            heading, of_heading = word, unit
