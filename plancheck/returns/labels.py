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


class Labelled(Struct, frozen=True):
    """A labelled row with its path: the heading above it, the less indented rows above it, its own label.

    `heading` is the word of that heading (its grid row `heading_row`), `heading_unit` its unit word. `left`: it stands no
    deeper than the heading, and rows between stood deeper.
    """

    row: int
    path: Path
    unit: str
    heading: str
    heading_unit: str
    heading_row: int
    left: bool


def paths_of(labels: Sequence[Label]) -> Iterator[Labelled]:
    """Yield each labelled row with its path."""
    heading = of_heading = ""
    row_of_heading, depth_of_heading, deeper, left = -1, 0, False, False
    parents: list[tuple[int, str]] = []
    for at, word, depth, unit, is_heading in labels:
        deeper, left = deeper or depth > depth_of_heading, left or (deeper and depth <= depth_of_heading)
        while parents and parents[-1][0] >= depth:
            parents.pop()
        steps = [heading, *(step for _, step in parents), word]
        path = tuple(dict.fromkeys(step for step in steps if step))
        yield Labelled(at, path, unit, heading, of_heading, row_of_heading, left)
        parents.append((depth, word))
        if is_heading and year_word(word) is None:
            heading, of_heading = word, unit
            row_of_heading, depth_of_heading, deeper, left = at, depth, False, False
