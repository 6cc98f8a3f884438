"""Header rows: where a table's head begins and ends, and the path of words above each column."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from plancheck.returns.sheet import Cell, Sheet, letters, text_of
from plancheck.returns.texts import Texts, known
from plancheck.returns.words import (
    LAST_YEAR,
    THIS_YEAR,
    YEAR_BEFORE,
    Fit,
    FormWords,
    Path,
    Vocabulary,
    fit,
    header_unit,
    key,
    of_other_year,
    path_of,
    year_of,
    year_word,
)

LOOK_DOWN = 60
"""Rows from the top within which a table's head must begin."""
DEEPEST_HEAD = 8
MOST_IN_TITLE = 3
"""Cells that a row of titles fills at most: who fills in, the year, the unit."""


class Head(Struct, frozen=True):
    """A table's head: first and last row (0-based in the grid) and the path and unit word of each column.

    `now` is the latest of the years that columns are headed by; it is left out of the paths of the columns `of_now`.
    """

    first: int
    last: int
    paths: tuple[Path, ...]
    units: tuple[str, ...]
    now: int | None = None
    of_now: frozenset[int] = frozenset()


class Match(Struct, frozen=True):
    """A column of the sheet taken for a column of the form. `year` is the one it is headed by, `YEAR_BEFORE` for 上年."""

    element: str
    at: int
    path: Path
    unit_word: str
    year: int | None = None


class Matched(Struct, frozen=True):
    """A head held against a form: columns found, elements claimed by two columns, columns not part of the form.

    `beside` are columns that hold the form's elements of other years than the others (上年, 2022年).
    """

    found: tuple[Match, ...]
    twice: tuple[tuple[str, int, int], ...]
    unused: tuple[int, ...]
    beside: tuple[Match, ...] = ()


def heads(texts: Texts, words: Vocabulary, start: int = 0) -> Iterator[int]:
    """Yield the grid rows in which a head may begin: two cells or more hold words of the plan's forms.

    `texts` are those of the grid rows from `start` on.
    """
    for row, count in known(texts, words.words).items():
        if count > 1 and row < start + LOOK_DOWN:
            yield row


def hits(row: Sequence[Cell], words: Vocabulary) -> int:
    """Return how many cells of a row hold a word by which columns are found."""
    return sum(1 for cell in row if isinstance(cell, str) and cell and key(cell) in words.words)


def leads_to_head(sheet: Sheet, at: int, words: Vocabulary) -> bool:
    """Return whether a grid row is the title of a head just below: 某表（续） and 单位：人, printed again on a new page."""
    for row in sheet.rows[at : at + DEEPEST_HEAD]:
        held = [cell for cell in row if cell != ""]
        if hits(row, words) >= max(2, len(held) / 2):
            return row is not sheet.rows[at]
        if len(held) > MOST_IN_TITLE or not all(isinstance(cell, str) for cell in held):
            return False
    return False


def titles_above(sheet: Sheet, head: int) -> int:
    """Return the first of the grid rows of titles above a head, or the head's own row where there is none."""
    at = head
    while at > 0 and len(row := sheet.rows[at - 1]) - row.count("") <= MOST_IN_TITLE and all_words(row):
        at -= 1
    return at


def all_words(row: Sequence[Cell]) -> bool:
    """Return whether a row holds no figure, date or the like."""
    return all(isinstance(cell, str) for cell in row)


def head_at(sheet: Sheet, first: int, words: Vocabulary) -> Head:
    """Read the head that begins in grid row `first`."""
    last = _last_row(sheet, first, words)
    return Head(first, last, *_columns(tuple(map(tuple, _filled(sheet, first, last)))))


@lru_cache(maxsize=64)
def _columns(
    grid: tuple[tuple[str, ...], ...],
) -> tuple[tuple[Path, ...], tuple[str, ...], int | None, frozenset[int]]:
    """Return what the texts of a head say of its columns. Kept, as a thousand schools fill in one form."""
    width = max((len(row) for row in grid), default=0)
    paths, units = [], []
    for column in range(width):
        texts = [row[column] for row in grid if column < len(row) and row[column]]
        paths.append(path_of(texts))
        units.append(header_unit(texts[-1]) if texts else "")
    years = [year_of(path) for path in paths]
    now = max((year for year, _ in years if year not in (None, YEAR_BEFORE)), default=None)
    bare = [_without(path) for path in paths]
    # what has a column of 本年 has none of a year that is this
    said = {without for path, without in zip(paths, bare, strict=True) if without != path}
    of_now = frozenset(
        at for at, (year, path) in enumerate(years) if now is not None and year == now and path not in said
    )
    plain = tuple(years[at][1] if at in of_now else path for at, path in enumerate(bare))
    return plain, tuple(units), now, of_now


def _without(path: Path) -> Path:
    """Leave 本年 out of a path."""
    return tuple(word for word in path if word not in THIS_YEAR) or path


def _last_row(sheet: Sheet, first: int, words: Vocabulary) -> int:
    """Follow the head down: through cells merged over rows, then through rows of words under blank cells."""
    last = first
    for top, _, bottom, _ in sheet.merges or ():
        if top - sheet.top == first and bottom - sheet.top - first < DEEPEST_HEAD:
            last = max(last, bottom - sheet.top)
    identity = [
        column for column, cell in enumerate(sheet.rows[first]) if isinstance(cell, str) and key(cell) in words.identity
    ]
    while (
        last + 1 < len(sheet.rows)
        and last + 1 - first < DEEPEST_HEAD
        and _continues(sheet, first, last, identity, words)
    ):
        last += 1
    return last


def _continues(sheet: Sheet, first: int, last: int, identity: Sequence[int], words: Vocabulary) -> bool:
    """Return whether the row below `last` belongs to the head: it names no unit, and has words of the form or for years,
    or words that part what stands above them, where merged cells are lost.
    """
    row = sheet.rows[last + 1]
    if any(column < len(row) and row[column] != "" for column in identity):
        return False
    texts = [cell for cell in row if cell != ""]
    if len(texts) < 2 or not all(isinstance(cell, str) or _is_year(cell) for cell in texts):
        return False
    years = sum(map(_is_year, texts))
    known = hits(row, words) + years
    of_which = sum(1 for cell in texts if isinstance(cell, str) and key(cell) == "其中")
    return known + of_which >= max(len(texts) / 3, 1 + of_which) or _parts(sheet, first, last)


def _is_year(cell: Cell) -> bool:
    word = key(text_of(cell)) if isinstance(cell, str | float | int) else ""
    return word in LAST_YEAR or word in THIS_YEAR or year_word(word) is not None


def _parts(sheet: Sheet, first: int, last: int) -> bool:
    """Return whether the row below `last` has words under a headed cell and, beside these, under cells without a head."""
    row = sheet.rows[last + 1]
    headed = {column for above in sheet.rows[first : last + 1] for column, cell in enumerate(above) if cell != ""}
    under = False
    for column, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip():
            under = False
        elif column in headed:
            under = True
        elif under:
            return True
    return False


def _filled(sheet: Sheet, first: int, last: int) -> list[list[str]]:
    """Return the head's cells as texts, each merged range filled with its text; without merges, rows filled rightwards."""
    width = max(len(sheet.rows[row]) for row in range(first, last + 1))
    grid = [
        [str(cell) if not isinstance(cell, float) else f"{cell:g}" for cell in sheet.rows[row]]
        + [""] * (width - len(sheet.rows[row]))
        for row in range(first, last + 1)
    ]
    for merged in sheet.merges or ():
        top, bottom = merged[0] - sheet.top, merged[2] - sheet.top
        left, right = merged[1] - sheet.left, merged[3] - sheet.left
        if top < first or bottom > last or left < 0 or left >= width:
            continue
        text = grid[top - first][left]
        for row in range(top - first, bottom - first + 1):
            for column in range(left, min(right, width - 1) + 1):
                grid[row][column] = text
    if sheet.merges is None:
        _fill_rightwards(grid)
    return grid


def _fill_rightwards(grid: list[list[str]]) -> None:
    """Fill blank upper cells from the left where a lower row has words: a .csv or .ods has lost its merged cells."""
    for depth, row in enumerate(grid[:-1]):
        carried = ""
        for column, text in enumerate(row):
            if text:
                carried = text
            elif carried and any(lower[column] for lower in grid[depth + 1 :]):
                row[column] = carried
            else:
                carried = ""


@lru_cache(maxsize=256)
def match(head: Head, form: FormWords) -> Matched:
    """Find the form's columns in a head. An element that two columns fit equally well is matched by neither.

    Kept, as a thousand schools fill in one form.
    """
    best = _best(enumerate(head.paths), head, form)
    claimed = [candidate for _, candidates in best.values() for candidate in candidates]
    found, twice = _settled(best)
    taken = {candidate.at for candidate in claimed}
    beside: list[Match] = []
    for year, paths in _other_years(head, taken).items() if form.form.rows == "unit" and not form.form.roster else ():
        best = _best(paths, head, form)
        once, more = _settled(best)
        beside += (replace(each, path=head.paths[each.at], year=year) for each in once)
        twice += more
        taken |= {candidate.at for _, candidates in best.values() for candidate in candidates}
    unused = tuple(at for at, path in enumerate(head.paths) if path and at not in taken)
    return Matched(found, twice, unused, tuple(beside))


def _other_years(head: Head, taken: Container[int]) -> Mapping[int, Sequence[tuple[int, Path]]]:
    """Return the columns not taken that are headed by a year of their own, with their paths without it."""
    found: dict[int, list[tuple[int, Path]]] = {}
    for at, path in enumerate(head.paths):
        year, bare = year_of(path)
        if year is not None and at not in taken:
            found.setdefault(year, []).append((at, bare))
    return found


_Best = Mapping[str, tuple[Fit, list[Match]]]
"""The columns that fit an element best, and how well."""


def _best(paths: Iterable[tuple[int, Path]], head: Head, form: FormWords) -> _Best:
    """Find the columns that fit the form's elements best."""
    best: dict[str, tuple[Fit, list[Match]]] = {}
    for at, path in paths:
        for column, wanted in form.by_last.get(path[-1], ()) if path else ():
            found = fit(wanted, path)
            if found is None or of_other_year(path, wanted):
                continue
            candidate = Match(column.element, at, path, head.units[at], head.now if at in head.of_now else None)
            before = best.get(column.element)
            if before is None or found.rank() > before[0].rank():
                best[column.element] = (found, [candidate])
            elif found.rank() == before[0].rank() and before[1][-1].at != at:
                before[1].append(candidate)
    return best


def _settled(best: _Best) -> tuple[tuple[Match, ...], tuple[tuple[str, int, int], ...]]:
    """Return the elements that one column fits best, and those that two do."""
    once = tuple(candidates[0] for _, candidates in best.values() if len(candidates) == 1)
    return once, tuple((element, c[0].at, c[1].at) for element, (_, c) in best.items() if len(c) > 1)


def adopted(head: Head, matched: Matched, words: Vocabulary) -> Matched:
    """Add the columns that are no part of the form but are called as one element of the plan is, and no other.

    A district may ask on one sheet what the plan asks on two. Only the whole path counts: 优秀 is a result of the
    fitness tests, 考核 > 优秀 is not.
    """
    by_element: dict[str, list[Match]] = {}
    for at in matched.unused:
        called = words.elements.get(head.paths[at], ())
        if len(called) == 1:
            by_element.setdefault(called[0], []).append(Match(called[0], at, head.paths[at], head.units[at]))
    known = {match.element for match in matched.found} | {element for element, _, _ in matched.twice}
    new = tuple(each[0] for element, each in by_element.items() if len(each) == 1 and element not in known)
    taken = {match.at for match in new}
    unused = tuple(at for at in matched.unused if at not in taken)
    return replace(matched, found=(*matched.found, *new), unused=unused)


def column_name(sheet: Sheet, at: int) -> str:
    """Return the letters of a grid column as Excel shows them."""
    return letters(sheet.left + at)
