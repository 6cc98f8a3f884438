"""Tables of labelled rows found: which rows of a sheet hold which elements of a form, and where its values stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from plancheck.returns.labels import Label, Labels, label_of, paths_of
from plancheck.returns.sheet import Sheet
from plancheck.returns.value_columns import value_columns
from plancheck.returns.words import Fit, FormWords, Path, Vocabulary, fit


class Line(Struct, frozen=True):
    """A grid row found to hold an element of the form; `heading_unit` is the unit word of the heading it stands under, at
    grid row `heading_row` (-1: none).

    `loose`: nothing in its words says that the heading is its own, and its depth or the rows before say that it need not be.
    """

    row: int
    element: str
    path: Path
    unit_word: str
    heading_unit: str = ""
    heading_row: int = -1
    loose: bool = False


class Lines(Struct, frozen=True, eq=False):
    """The rows of a form, and the elements that two rows claim. Compared by identity: schools share one form's."""

    found: tuple[Line, ...]
    twice: tuple[tuple[str, int, int], ...]


class ElementTable(Struct, frozen=True):
    """A table of labelled rows: where the labels and the values stand. `years` gives a column's year, None: this one; they
    are headed in row `head`. `beside` is the column of a second block of labels, which is not read.
    """

    form: FormWords
    label_column: int
    lines: Lines
    first: int
    head: int
    years: tuple[tuple[int, int | None], ...]
    beside: int | None = None


def find_tables(sheet: Sheet, words: Vocabulary, labels: Labels) -> Iterator[ElementTable]:
    """Yield the table of the form that most labels of the sheet belong to; of each form, where several have as many."""
    counts = [(labels.best_for(form), form) for form in words.forms if form.form.rows == "element"]
    most = max((count for (count, _, _), _ in counts), default=0)
    for (count, column, other), form in counts:
        if count == most > 0 and (table := _table(sheet, form, column, labels, words)) is not None:
            yield table if other is None else _beside(table, other, sheet, labels)


def _beside(table: ElementTable, other: int, sheet: Sheet, labels: Labels) -> ElementTable:
    """Leave the values of a second block of labels to it, where it has elements of the form that this one has not.

    Between two blocks stand the values of the left one; a column of headings (类别) has none.
    """
    unread = _unread(table.form, table.lines)
    if len(unread.intersection(labels.words[other])) < _LEAST_BESIDE:
        return table
    left, right = sorted((table.label_column, other))
    if not any(left < at < right for at, _ in value_columns(sheet, table.form, left, table.first)[1]):
        return table
    years = tuple((at, year) for at, year in table.years if at < other or other < table.label_column)
    return replace(table, beside=other, years=years)


_LEAST_BESIDE: Final = 2


@lru_cache(maxsize=32)
def _unread(form: FormWords, lines: Lines) -> frozenset[str]:
    """Return the last words of labels by which a form's elements are found that no line holds; kept like the places."""
    read = {line.element for line in lines.found}
    known = form.by_last.items()
    return frozenset(last for last, pairs in known if all(column.element not in read for column, _ in pairs))


def _table(sheet: Sheet, form: FormWords, column: int, labels: Labels, words: Vocabulary) -> ElementTable | None:
    # What stands above the form's first word is title and school: no heading, and no two schools' are the same.
    words_in, rows_at = labels.words[column], labels.rows[column]
    start = next((at for at, word in enumerate(words_in) if word in form.words), len(words_in))
    rows = tuple(
        [label_of(sheet.rows[at], at, column, word) for at, word in zip(rows_at[start:], words_in[start:], strict=True)]
    )
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
    needed: set[str] = set()
    for each in paths_of(labels):
        path = each.path
        for wanted, words in form.by_last.get(path[-1], ()):
            found = fit(words, path)
            if found is None:
                continue
            needs = bool(each.heading) and fit(words, path[1:]) is None
            needed |= {each.heading} if needs else set()
            loose = bool(each.heading) and not needs and (each.left or each.heading in needed)
            seen = path[1:] if loose and each.left else path
            line = Line(each.row, wanted.element, seen, each.unit, each.heading_unit, each.heading_row, loose)
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
