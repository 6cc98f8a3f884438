"""Tables side by side on one sheet: each read as if it stood alone, where a blank column parts them and each is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol

from msgspec.structs import replace

from plancheck.language import Text
from plancheck.model import SheetAccount
from plancheck.quantity import Written, read_number
from plancheck.returns.header import LOOK_DOWN, Head, column_name, head_at, heads, match
from plancheck.returns.period import Stated, stated
from plancheck.returns.sheet import Cell, Quirks, Sheet, cell_of
from plancheck.returns.table import Context, Notes
from plancheck.returns.texts import Texts, texts_of
from plancheck.returns.words import FormWords

_NEITHER: Final = Text("均未使用", "neither was used")
_LEAST_TWICE: Final = 2
"""Columns that a head has twice, where it is two tables' and not one column given twice."""


class Table(Protocol):
    """A way to read a sheet, as far as it matters here."""

    @property
    def form(self) -> FormWords:
        """The form."""

    @property
    def head(self) -> Head | None:
        """Its head, None where it has labelled rows."""

    def elements(self) -> set[str]:
        """Return what it would read."""


Read = Callable[[Notes, Context], SheetAccount]
Best = Callable[[Notes, Context, int], Table | None]


def read_beside(notes: Notes, context: Context, read: Read, best: Best) -> Sequence[tuple[Notes, SheetAccount]]:
    """Read a sheet, or the tables that stand side by side on it, each with its own account."""
    account = read(notes, context)
    if not notes.gap:
        return [(notes, account)]
    parts = _parts(notes, context, best)
    if not parts:
        _remark(notes, account, context)
        return [(notes, account)]
    found = []
    for part in parts:
        own = Notes(
            notes.file,
            part,
            skipped=notes.skipped,
            marked=notes.marked,
            elsewhere=notes.elsewhere,
            copy=notes.copy,
            beside=tuple(other for other in parts if other is not part),
        )
        span = f"{column_name(part, 0)}:{column_name(part, max(map(len, part.rows)) - 1)}"
        found.append((own, replace(read(own, context), span=span)))
    return found


# ------------------------------------------------------------------------------------------- parts of a sheet


def _parts(notes: Notes, context: Context, best: Best) -> Sequence[Sheet]:
    """Return the parts of a sheet between blank columns, nothing where one of them is no whole table."""
    sheet = notes.sheet
    groups = list(_groups(sheet))
    if len(groups) == 1:
        return ()
    parts = [_part(sheet, number, *group) for number, group in enumerate(groups)]
    begins = [_begin(part, context, best) for part in parts]
    head = min((begin for begin in begins if begin is not None), default=0)
    return () if None in begins or _is_bridged(sheet, groups, head) else parts


def _groups(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of the columns that stand side by side without a blank one between them."""
    held = sorted({column for row in sheet.rows for column, cell in enumerate(row) if cell != ""})
    first = last = held[0]
    for column in held[1:]:
        if column > last + 1:
            yield first, last
            first = column
        last = column
    yield first, last


def _part(sheet: Sheet, number: int, first: int, last: int) -> Sheet:
    """Return a part with what is said of its cells; what is said of the sheet goes to its first part."""
    rows = [row[first : last + 1] for row in sheet.rows]
    left = sheet.left + first
    quirks = _within(sheet.quirks, left, left + last - first)
    quirks = replace(quirks, hidden={}) if number else quirks
    return Sheet(sheet.name, rows, sheet.top, left, sheet.merges, quirks, () if number else sheet.remarks)


def _within(quirks: Quirks, left: int, right: int) -> Quirks:

    def own(cells: Sequence[str]) -> Sequence[str]:
        return [cell for cell in cells if left <= cell_of(cell)[1] <= right]

    return replace(
        quirks,
        broken={place: why for place, why in quirks.broken.items() if left <= place[1] <= right},
        linked=own(quirks.linked),
        comments=own(quirks.comments),
    )


def _begin(part: Sheet, context: Context, best: Best) -> int | None:
    """Return where a whole table's head begins: with all that its form requires, and who or what each row is."""
    table = best(Notes("", part), context, 0)
    return table.head.first if table and table.head and _is_whole(table.form, table.elements(), context) else None


def _is_whole(form: FormWords, elements: set[str], context: Context) -> bool:
    return not _who(form, context).isdisjoint(elements) and {column.element for column in form.required} <= elements


def _who(form: FormWords, context: Context) -> set[str]:
    units = context.plan.units
    return {form.form.key} if form.form.rows == "list" else {units.code, units.name}


def _is_bridged(sheet: Sheet, groups: Sequence[tuple[int, int]], head: int) -> bool:
    """Return whether a cell below the titles is merged over a blank column, which is then none that parts."""
    gaps = [sheet.left + last + 1 for _, last in groups[:-1]]
    return any(
        left <= gap <= right
        for top, left, bottom, right in sheet.merges or ()
        if bottom >= sheet.top + head
        for gap in gaps
    )


def years_over(notes: Notes, head: int, context: Context) -> Sequence[Stated]:
    """Return the years stated over a table whose head begins in a grid row, else over those beside it: one title may be for all."""
    own = stated(notes.sheet, head)
    return own or [
        each for other in notes.beside for each in stated(other, next(heads(_texts(other), context.words), 0))
    ]


def _texts(sheet: Sheet) -> Texts:
    return texts_of(sheet, 0, LOOK_DOWN)


# ------------------------------------------------------------------------------------------- what is not read


def _remark(notes: Notes, account: SheetAccount, context: Context) -> None:
    """Name a second table that stands beside the first and is not read, or two of which none is."""
    if account.form is None:
        twice = next(_twice(notes.sheet, context), None)
        if twice is not None:
            notes.findings[:] = [found for found in notes.findings if found.code != "PC207"]
            say_beside(notes, *twice, neither=True)
    elif account.header is not None:
        second = _second(notes.sheet, account, context)
        if second is not None:
            say_beside(notes, cell_of(f"{account.columns[0][0]}1")[1] - notes.sheet.left, second)


def say_beside(notes: Notes, first: int, second: int, *, neither: bool = False) -> None:
    """Name two tables by the columns in which they begin; the second, unless `neither` is, is the one that is not used."""
    here = column_name(notes.sheet, second)
    use = _NEITHER if neither else Text(f"从 {here} 列起的未使用", f"the one from {here} was not used")
    left, right = (column_name(notes.sheet, at) for at in sorted((first, second)))
    notes.find("PC278", here, {"first": left, "second": right, "use": use})


def _twice(sheet: Sheet, context: Context) -> Iterator[tuple[int, int]]:
    """Yield where two tables of one form begin whose columns all stand in a head twice."""
    for row in heads(_texts(sheet), context.words):
        head = head_at(sheet, row, context.words)
        for form in context.words.forms:
            if form.form.rows in ("unit", "list"):
                found = match(head, form).twice
                if len(found) >= _LEAST_TWICE and _is_whole(form, {element for element, _, _ in found}, context):
                    who = [(first, second) for element, first, second in found if element in _who(form, context)]
                    yield min(first for first, _ in who), min(second for _, second in who)


def _second(sheet: Sheet, account: SheetAccount, context: Context) -> int | None:
    """Return where another whole table begins among the columns that the first one does not use."""
    assert account.header is not None
    head = head_at(sheet, account.header[0] - 1 - sheet.top, context.words)
    used = {letter for letter, _, _ in account.columns}
    free = tuple(() if column_name(sheet, at) in used else path for at, path in enumerate(head.paths))
    for form in context.words.forms:
        if form.form.rows in ("unit", "list"):
            found = match(replace(head, paths=free), form).found
            if len(found) >= _LEAST_TWICE and _is_whole(form, {each.element for each in found}, context):
                return min(each.at for each in found)
    return None


def is_figure(cell: Cell) -> bool:
    """Return whether a cell holds a number, if stored as text."""
    return isinstance(cell, float | int) or (isinstance(cell, str) and isinstance(read_number(cell), Written))
