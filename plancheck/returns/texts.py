"""The texts of a sheet, looked at once for all that looks for words: where they stand, and as they are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from itertools import zip_longest
from typing import Final

from plancheck.returns.sheet import Sheet
from plancheck.returns.words import key

TALLEST: Final = 2_000
"""Rows from the top within which labels are looked for."""
Texts = Mapping[int, Sequence[tuple[int, str]]]
"""By grid column that has any, from the left: (grid row, compared word) of each text."""


def texts_of(sheet: Sheet, first: int, last: int) -> Texts:
    """Return the texts of the grid rows from `first` to before `last`."""
    columns = enumerate(zip_longest(*sheet.rows[first:last], fillvalue=""))
    found = (
        (column, [(at, key(cell)) for at, cell in enumerate(cells, first) if type(cell) is str and cell])
        for column, cells in columns
    )
    return {column: texts for column, texts in found if texts}


def known(texts: Texts, words: Container[str]) -> Counter[int]:
    """Return how many of the words stand in each grid row, from the top."""
    rows = [at for held in texts.values() for at, word in held if word in words]
    return Counter(sorted(rows))
