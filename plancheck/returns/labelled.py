"""Tables of labelled rows found: which rows of a sheet hold which elements of a form, and where its values stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import dropwhile

from msgspec import Struct

from plancheck.returns.labels import Label, Labels, label_of, paths_of
from plancheck.returns.sheet import Sheet
from plancheck.returns.value_columns import value_columns
from plancheck.returns.words import Fit, FormWords, Path, Vocabulary, fit


class Line(Struct, frozen=True):
    """A grid row found to hold an element of the form."""

    row: int
    element: str
    path: Path
    unit_word: str


class Lines(Struct, frozen=True, eq=False):
    """The rows of a form, and the elements that two rows claim. Compared by identity: schools share one form's."""

    found: tuple[Line, ...]
    twice: tuple[tuple[str, int, int], ...]


class ElementTable(Struct, frozen=True):
    """A table of labelled rows: where the labels and the values stand. `years` gives a column's year, None: this one; they
    are headed in row `head`.
    """

    form: FormWords
    label_column: int
    lines: Lines
    first: int
    head: int
    years: tuple[tuple[int, int | None], ...]


def find_tables(sheet: Sheet, words: Vocabulary, labels: Labels) -> Iterator[ElementTable]:
    """Yield the table of the form that most labels of the sheet belong to; of each form, where several have as many."""
    counts = [(labels.best_for(form), form) for form in words.forms if form.form.rows == "element"]
    most = max((count for (count, _), _ in counts), default=0)
    for (count, column), form in counts:
        if count == most > 0 and (table := _table(sheet, form, column, labels, words)) is not None:
            yield table


def _table(sheet: Sheet, form: FormWords, column: int, labels: Labels, words: Vocabulary) -> ElementTable | None:
    # What stands above the form's first word is title and school: no heading, and no two schools' are the same.
    known = dropwhile(lambda label: label[1] not in form.words, labels.words[column])
    rows = tuple(label_of(sheet.rows[at], at, column, word) for at, word in known)
    lines = _lines(form, rows)
    if not lines.found:
        return None
    # Who reports may be the first of the labelled rows; the head of the values stands below that.
    figures = (line.row for line in lines.found if line.element not in words.texts)
    first = next(figures, lines.found[0].row)
    return ElementTable(form, column, lines, first, *value_columns(sheet, form, column, first))


@lru_cache(maxsize=32)
def _lines(form: FormWords, labels: tuple[Label, ...]) -> Lines:
    """Find a form's elements among labelled rows. Kept, as a hundred schools fill in one form."""
    best: dict[str, tuple[Fit, list[Line]]] = {}
    for row, path, unit in paths_of(labels):
        for wanted, words in form.by_last.get(path[-1], ()):
            found = fit(words, path)
            if found is None:
                continue
            line = Line(row, wanted.element, path, unit)
            before = best.get(wanted.element)
            if before is None or found.rank() > before[0].rank():
                best[wanted.element] = (found, [line])
            elif found.rank() == before[0].rank():
                before[1].append(line)
    lines = tuple(own[0] for _, own in best.values() if len(own) == 1)
    twice = tuple((element, own[0].row, own[1].row) for element, (_, own) in best.items() if len(own) > 1)
    return shared(tuple(sorted(lines, key=lambda line: line.row)), twice)


@lru_cache(maxsize=32)
def shared(found: tuple[Line, ...], twice: tuple[tuple[str, int, int], ...]) -> Lines:
    """Return the same object for the same lines: what a school left blank makes other labels, but the same form."""
    return Lines(found, twice)
