"""Tables with one row an element: the form one school fills in, and the district's tables with years across."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import dropwhile
from typing import Final

from plancheck.model import Block, ReadColumn, Unit
from plancheck.quantity import UNIT_WORDS, UNITS, tidy
from plancheck.returns.identity import Known
from plancheck.returns.period import Stated, period
from plancheck.returns.sheet import Cell, Sheet, letters, text_of
from plancheck.returns.standing import of_campus
from plancheck.returns.table import Context, Notes, lookup, plain_values, take
from plancheck.returns.words import (
    LAST_YEAR,
    THIS_YEAR,
    Fit,
    FormWords,
    Path,
    fit,
    header_unit,
    is_total,
    key,
    year_word,
)

LABEL_COLUMNS: Final = 8
"""Columns from the left in which labels are looked for."""
TALLEST: Final = 2_000
"""Rows from the top within which labels are looked for."""
DISTRICT: Final = Unit("", "", "", "")
_PAIR: Final = re.compile(r"\s*([^：:]{2,20})[：:]\s*(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A grid row found to hold an element of the form."""

    row: int
    element: str
    path: Path
    unit_word: str


@dataclass(frozen=True, slots=True)
class ElementTable:
    """A table of labelled rows: where the labels and the values stand. `years` gives a column's year, None: this one."""

    form: FormWords
    label_column: int
    lines: tuple[Line, ...]
    twice: tuple[tuple[str, int, int], ...]
    first: int
    years: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """The words in the left columns of a sheet, looked at once for all forms, by column: (grid row, compared word)."""

    words: Mapping[int, Sequence[tuple[int, str]]]

    def best_for(self, form: FormWords) -> tuple[int, int]:
        """Return how many labels of a form its best column holds, and that column."""
        known = form.by_last
        counts = ((sum(1 for _, word in words if word in known), -column) for column, words in self.words.items())
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


def find_tables(sheet: Sheet, forms: Sequence[FormWords], labels: Labels) -> Iterator[ElementTable]:
    """Yield the table of the form that most labels of the sheet belong to; of each form, where several have as many."""
    counts = [(labels.best_for(form), form) for form in forms if form.form.rows == "element"]
    most = max((count for (count, _), _ in counts), default=0)
    for (count, column), form in counts:
        if count == most > 0 and (table := _table(sheet, form, column, labels)) is not None:
            yield table


def _table(sheet: Sheet, form: FormWords, column: int, labels: Labels) -> ElementTable | None:
    # What stands above the form's first word is title and school: no heading, and no two schools' are the same.
    known = dropwhile(lambda label: label[1] not in form.words, labels.words[column])
    rows = tuple(_label(sheet.rows[at], at, column, word) for at, word in known)
    lines, twice = _lines(form, rows)
    if not lines:
        return None
    first = lines[0].row
    return ElementTable(form, column, lines, twice, first, _value_columns(sheet, form, column, first))


Label = tuple[int, str, int, str, bool]
"""A labelled row: where it stands, its compared word, its depth, its unit word, whether it has no values (a heading)."""


def _label(row: Sequence[Cell], at: int, column: int, word: str) -> Label:
    text = str(row[column])
    plain = text.lstrip()
    depth = len(text) - len(plain) + (1 if plain.startswith(("其中", "#", "＃")) else 0)
    beside = [cell for cell in row[column + 1 :] if cell != ""]
    unit = beside[0].strip() if beside and isinstance(beside[0], str) and _is_unit(beside[0]) else header_unit(text)
    return at, word, depth, unit, all(_is_unit(cell) for cell in beside)


@lru_cache(maxsize=64)
def _lines(form: FormWords, labels: tuple[Label, ...]) -> tuple[tuple[Line, ...], tuple[tuple[str, int, int], ...]]:
    """Find a form's elements among labelled rows. Kept, as a hundred schools fill in one form."""
    best: dict[str, tuple[Fit, list[Line]]] = {}
    for row, path, unit in _paths(labels):
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
    return tuple(sorted(lines, key=lambda line: line.row)), twice


def _paths(labels: Sequence[Label]) -> Iterator[tuple[int, Path, str]]:
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


def _is_unit(value: Cell) -> bool:
    return isinstance(value, str) and value.strip() in UNIT_WORDS


def _value_columns(sheet: Sheet, form: FormWords, label_column: int, first: int) -> tuple[tuple[int, int | None], ...]:
    """Find the value columns in the rows above the first line: years across, else 本年 / 填报值, else the first number."""
    words = {key(word) for word in form.form.value_words} | THIS_YEAR
    for row in range(first - 1, -1, -1):
        cells = [
            (at, key(text_of(cell))) for at, cell in enumerate(sheet.rows[row]) if at > label_column and cell != ""
        ]
        years = tuple((at, year) for at, word in cells if (year := year_word(word)) is not None)
        if years:
            return years
        this_year = tuple((at, None) for at, word in cells if word in words)
        if this_year:
            last_year = tuple((at, -1) for at, word in cells if word in LAST_YEAR)
            return this_year + last_year
    return ()


def read_table(table: ElementTable, context: Context, notes: Notes, stated: Sequence[Stated]) -> None:
    """Read the form's rows into one block a year, for the unit the sheet names, or for the district."""
    form = table.form.form
    latest = _this_year(table, context, notes, stated)
    known = Known(DISTRICT) if form.reporter == "district" else _known(context, notes)
    unit = known.unit
    table = replace(table, lines=tuple(line for line in table.lines if line.row not in notes.skipped))
    used = {line.row for line in table.lines}
    for at, row in enumerate(notes.sheet.rows):
        if at not in used:
            notes.left_out["hidden" if at in notes.skipped else _aside(at, row, table)] += 1
    years = {at: _year(year, latest) for at, year in table.years}
    if unit is None or not any(year is not None for year in years.values()):
        notes.left_out["unknown_unit" if unit is None else "no_period"] += len(used)
        return
    notes.used += len(used)
    keys = (of_campus("", known.campus),) if known.campus else ()
    told = [_block(table, context, notes, (unit, year, at)) for at, year in years.items() if year is not None]
    filled = [block for block in told if block.columns]
    own = max((block.period for block in filled), default=0)
    notes.blocks += [replace(block, keys=keys, aside=block.period < own) for block in filled]


def _year(column_year: int | None, latest: int | None) -> int | None:
    if column_year is None:
        return latest
    return latest - 1 if column_year == -1 and latest is not None else column_year if column_year > 0 else None


def _this_year(table: ElementTable, context: Context, notes: Notes, stated: Sequence[Stated]) -> int | None:
    """Return the year of a 本年 column. Columns that carry their years need none."""
    if not table.years:
        notes.find("PC209", "", {"form": table.form.form.title, "column": _VALUE_COLUMN, "words": "填报值、2023年"})
        return None
    if all(year is not None and year > 0 for _, year in table.years):
        return None
    found = period(stated, context.year)
    if found.code:
        notes.find(found.code, "", dict(found.params))
    return found.year


_VALUE_COLUMN: Final = "填报值"


def _aside(at: int, row: Sequence[Cell], table: ElementTable) -> str:
    if not any(cell != "" for cell in row):
        return "blank"
    if at < table.first:
        return "header"
    label = row[table.label_column] if table.label_column < len(row) else ""
    if isinstance(label, str) and is_total(key(label)):
        return "total"
    return "note" if sum(1 for cell in row if cell != "") == 1 else "other"


def _block(table: ElementTable, context: Context, notes: Notes, which: tuple[Unit, int, int]) -> Block:
    unit, year, at = which
    found = lookup(notes.sheet)
    letter = letters(notes.sheet.left + at)
    columns = []
    for line in table.lines:
        element = context.plan.elements[line.element]
        if UNITS[element.unit].kind == "text":
            continue
        row = notes.sheet.rows[line.row]
        cell = row[at] if at < len(row) else ""
        number = notes.sheet.top + line.row + 1
        measured = UNITS[element.unit]
        word = "" if line.unit_word in measured.words else line.unit_word
        (value,) = plain_values((cell,), measured.kind) if not word and at not in found.columns else (None,)
        if value is not None:
            columns.append(ReadColumn(element.id, letter, _alone(number), (value,), _NO_RAWS))
            continue
        facts = found.facts(line.row, at, word)
        if cell == "" and not (facts.error or facts.uncalculated or facts.broken):
            continue
        result = take(cell, element, facts, notes, f"{letter}{number}", unit.id)
        columns.append(ReadColumn(element.id, letter, (number,), (result.value,), {0: facts.error or text_of(cell)}))
    return Block(table.form.form.id, notes.file, notes.sheet.name, year, [unit], tuple(columns))


_NO_RAWS: Final[Mapping[int, str]] = {}
"""One empty mapping for all: a thousand forms have fifty thousand columns."""


@lru_cache(maxsize=4_096)
def _alone(row: int) -> tuple[int]:
    return (row,)


@lru_cache(maxsize=64)
def columns_of(lines: tuple[Line, ...], letter: str, top: int) -> tuple[tuple[str, str, str], ...]:
    """Return for an account where each line stands, its path and its element; kept, as schools share one form."""
    return tuple((f"{letter}{top + line.row + 1}", " > ".join(line.path), line.element) for line in lines)


def _known(context: Context, notes: Notes) -> Known:
    """Find the unit that fills the form: its code, name and stage stand in labelled cells anywhere on the sheet."""
    units = context.plan.units
    wanted = {units.code, units.name, units.stage, *units.attributes}
    said: dict[str, str] = {}
    place = ""
    for at, column, element, value in _labelled(notes.sheet, context, wanted):
        if element not in said:
            said[element] = value
            place = place or notes.cell(at, column)
    code, name = said.get(units.code, ""), said.get(units.name, "")
    if not code and not name:
        notes.find("PC213", "", {"row": "1"})
        return Known(None)
    attributes = {name: said.get(name, "") for name in units.attributes}
    known = context.identifier.identify(code, name, said.get(units.stage, ""), attributes)
    for finding, params in known.findings:
        notes.find(finding, place, params, known.unit.id if known.unit else "")
    return known


def _labelled(sheet: Sheet, context: Context, wanted: set[str]) -> Iterator[tuple[int, int, str, str]]:
    """Yield (row, column, element, value) for 校名：X in one cell, or 校名 in one cell and X in the next filled one."""
    identity = context.words.identity
    for at, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            if not isinstance(cell, str) or not cell:
                continue
            pair = _PAIR.match(cell) if "：" in cell or ":" in cell else None
            element = identity.get(key(pair[1] if pair else cell), "")
            if element not in wanted:
                continue
            beside = (tidy(text_of(other)) for other in row[column + 1 :] if other != "" and not _is_unit(other))
            value = tidy(pair[2]) if pair else next((text for text in beside if text not in ("文本", "—", "-")), "")
            if value:
                yield at, column, element, value
