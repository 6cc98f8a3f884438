"""One file read: preflight, door, and for each sheet the form recognised, its tables read, its rows accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from plancheck.language import all_of
from plancheck.model import Block, Explanation, Finding, Form, LaterTable, Recognised, Return, SheetAccount
from plancheck.returns import element_rows, list_rows, unit_rows
from plancheck.returns.account import account
from plancheck.returns.beside import is_figure, read_beside, say_beside, years_over
from plancheck.returns.body import table_of
from plancheck.returns.cell_form import forms_of, read_cells, said_elsewhere
from plancheck.returns.continued import take_continued
from plancheck.returns.doors import sheets
from plancheck.returns.header import LOOK_DOWN, Head, Matched, adopted, column_name, head_at, heads, match, titles_above
from plancheck.returns.labelled import ElementTable, find_tables
from plancheck.returns.labels import labels_of
from plancheck.returns.own_sheets import explanations_in, is_own, lost_its_keys, marked_cells, own_account
from plancheck.returns.period import in_folder, stated, stated_between
from plancheck.returns.preflight import Refused, look, remarks
from plancheck.returns.remarks import remark, remark_colours, remark_hidden_rows
from plancheck.returns.sheet import Sheet, cell_of
from plancheck.returns.table import Context, Notes
from plancheck.returns.texts import TALLEST, texts_of
from plancheck.returns.title_unit import Above, above_table
from plancheck.returns.unread import Wanted, remark_alike
from plancheck.returns.words import FormWords, key

_UNUSED_WORDS = frozenset(("序号", "备注", "编号", "说明"))


def read_file(path: Path, context: Context) -> Return:
    """Read one return. Whatever is wrong with the file becomes a finding; nothing is raised."""
    accounts: list[SheetAccount] = []
    findings: list[Finding] = []
    explanations: list[Explanation] = []
    blocks: list[Block] = []
    read: dict[int, Notes] = {}
    digest = ""
    try:
        candidate = look(path, context.piped)
        digest = candidate.sha256
        findings += [Finding(code, str(path), params=params) for code, params in remarks(candidate)]
        found = list(sheets(candidate))
        marks = marked_cells(found)
        elsewhere = said_elsewhere(found, context) if context.words.by_cells else {}
        copy = any(map(is_own, found))
        for sheet in found:
            if is_own(sheet):
                accounts.append(own_account(str(path), sheet))
                given, lost = explanations_in(str(path), sheet)
                explanations += given
                findings += lost
                continue
            own = marks.get(sheet.name, frozenset())
            skipped = _skipped(sheet, context)
            notes = Notes(str(path), sheet, skipped=skipped, marked=own, copy=copy, elsewhere=elsewhere)
            for part, closed in read_beside(notes, context, read_sheet, _best):
                read[len(accounts)] = part
                accounts.append(closed)
        take_continued(read, accounts, context, read_sheet)
        for notes in read.values():
            findings += notes.findings
            blocks += notes.blocks
        if all(account.read == account.left_out.get("blank", 0) for account in accounts):
            findings.append(Finding("PC260", str(path)))
    except Refused as refused:
        findings.append(Finding(refused.code, str(path), params=refused.params))
    return Return(str(path), digest, tuple(blocks), tuple(accounts), tuple(findings), tuple(explanations))


def _skipped(sheet: Sheet, context: Context) -> frozenset[int]:
    return frozenset(row - sheet.top for row in sheet.quirks.hidden_rows) if context.skip_hidden else frozenset()


class _Table(Struct, frozen=True):
    """One way to read a sheet from a row on, and what speaks for it, greatest best."""

    form: FormWords
    rank: tuple[bool, int, bool, bool]
    head: Head | None = None
    matched: Matched | None = None
    labelled: ElementTable | None = None
    why: Recognised | None = None

    def elements(self) -> set[str]:
        """Return the elements the table would read."""
        if self.labelled is not None:
            return {line.element for line in self.labelled.lines.found}
        return {column.element for column in self.matched.found} if self.matched else set()


def read_sheet(notes: Notes, context: Context) -> SheetAccount:
    """Read every table on a sheet and return the sheet's account."""
    sheet = notes.sheet
    height = len(sheet.rows)
    remark(notes)
    fixed = forms_of(sheet, context) if context.words.by_cells else []
    if len(fixed) == 1:
        return _read_cells(fixed[0], context, notes)
    if fixed:
        notes.find("PC208", "", {"first": fixed[0].title, "second": fixed[1].title})
    first = None if fixed else _best(notes, context, 0)
    if first is None:
        notes.left_out["other"] += sum(1 for row in sheet.rows if any(cell != "" for cell in row))
        notes.left_out["blank"] += height - notes.left_out["other"]
        if notes.left_out["other"] and not any(found.code == "PC208" for found in notes.findings):
            notes.gap = figures = any(is_figure(cell) for row in sheet.rows for cell in row)
            code = "PC514" if lost_its_keys(sheet) else "PC207" if figures else "PC228"
            notes.find(code, "", {"rows": notes.left_out["other"]})
        return account(notes, context)
    if first.labelled is not None:
        _report_twice(first.labelled.lines.twice, notes, context, rows=True)
        years = (*stated(sheet, _start(first)), *in_folder(Path(notes.file)))
        element_rows.read_table(first.labelled, context, notes, years)
        if first.labelled.beside is not None:
            say_beside(notes, first.labelled.label_column, first.labelled.beside)
        later: Sequence[_Table] = ()
    else:
        later = _read_headed_tables(first, context, notes)
    remark_hidden_rows(notes)
    remark_colours(notes)
    return _account(notes, context, first, later)


def _read_cells(form: Form, context: Context, notes: Notes) -> SheetAccount:
    read_cells(form, context, notes, in_folder(Path(notes.file)))
    remark_hidden_rows(notes)
    remark_colours(notes)
    labels = {element: context.plan.elements[element].label.zh for element in form.cells}
    cells = tuple((address, labels[element], element) for element, address in form.cells.items())
    why = Recognised(len(cells), len(cells), complete=True, named=True)
    closed = account(notes, context)
    used = {cell_of(address)[0] + 1 for address in form.cells.values()} if notes.used else set()
    unused = tuple(row for row in closed.unused if row not in used)  # who reports stands in no block
    return replace(closed, form=form.id, columns=cells, why=why, unused=unused)


def _start(table: _Table) -> int:
    return table.head.first if table.head is not None else table.labelled.first if table.labelled is not None else 0


def _read_headed_tables(first: _Table, context: Context, notes: Notes) -> Sequence[_Table]:
    """Read a table of units or a list, and any further ones below it, each under a head of its own; return those."""
    table: _Table | None = first
    read: list[_Table] = []
    begin = titles = 0
    above = Above(frozenset(), range(0))
    own, folder = years_over(notes, _start(first), context), in_folder(Path(notes.file))
    while table is not None and table.head is not None and table.matched is not None:
        head, before = table.head, (read or [table])[-1]
        read.append(table)
        notes.left_out["header"] += head.last + 1 - begin
        form = table.form.form
        _report_head(table, notes, context)
        rows = list_rows if form.rows == "list" else unit_rows
        above = above_table(notes.sheet.rows, range(titles, head.first), above, same=table.form is before.form)
        end = rows.read_table(
            table_of(table.form, head, table.matched, above, context.plan), context, notes, (*own, *folder)
        )
        begin = end
        table = _best(notes, context, end) if end < len(notes.sheet.rows) else None
        if table is not None and table.head is not None and table.head.first != end:
            table = None
        titles = titles_above(notes.sheet, end)
        own = stated_between(notes.sheet, titles, end) or own
    rest = len(notes.sheet.rows) - begin
    if rest > 0:
        notes.left_out["other"] += rest
        if not any(found.code == "PC208" for found in notes.findings):
            notes.find("PC207", str(notes.sheet.top + begin + 1), {"rows": rest})
    return read[1:]


def _best(notes: Notes, context: Context, start: int) -> _Table | None:
    """Return the form that fits the sheet best from a grid row on; two that fit alike are a finding and none."""
    found = sorted(_candidates(notes, context, start), key=lambda table: table.rank, reverse=True)
    if not found or (found[0].rank[1] == 0 and not found[0].rank[0]):
        return None
    best = found[0]
    rival = next((table for table in found[1:] if table.rank == best.rank and table.form is not best.form), None)
    if rival is not None:
        notes.find("PC208", "", {"first": best.form.form.title, "second": rival.form.form.title})
        return None
    other = next((table for table in found[1:] if table.form is not best.form), None)
    best = replace(best, why=_why(best, other, context)) if context.in_detail else best
    # Rows that are parts of a unit are added up; what the form does not ask of each part may be repeated on each.
    if best.head is None or best.matched is None or best.form.form.by or best.form.form.rows == "list":
        return best
    return replace(best, matched=adopted(best.head, best.matched, context.words))


def _why(best: _Table, other: _Table | None, context: Context) -> Recognised:
    form = best.form.form
    figures = {column.element for column in (*form.columns, *form.by)} - _saying_nothing(form, context)
    _, found, complete, named = best.rank
    if best.labelled is not None:  # who reports stands above the labels
        complete = {column.element for column in best.form.required} - context.words.texts <= best.elements()
    second = (other.form.form.id, other.rank[1]) if other is not None else ("", 0)
    return Recognised(found, len(figures), complete, named, *second)


def _saying_nothing(form: Form, context: Context) -> frozenset[str]:
    """Return the elements that do not speak for a form: texts that only say who a unit is, or what a list reports."""
    units = context.plan.units
    identity = frozenset((units.code, units.name, units.stage, "report_year", *units.attributes))
    return identity if form.rows == "list" else context.words.texts


def _candidates(notes: Notes, context: Context, start: int) -> list[_Table]:
    sheet = notes.sheet
    found: list[_Table] = []
    texts = texts_of(sheet, start, start + (LOOK_DOWN if start else TALLEST))
    for row in heads(texts, context.words, start):
        head = head_at(sheet, row, context.words)
        above, lasts = _titles(sheet, head.first), {path[-1] for path in head.paths if path}
        for form in context.words.forms:
            if form.form.rows not in ("unit", "list") or form.by_last.keys().isdisjoint(lasts):
                continue
            if (matched := match(head, form)).found:
                elements = {column.element for column in matched.found}
                rank = _rank(form, elements, _saying_nothing(form.form, context), above)
                found.append(_Table(form, rank, head, matched))
        if found:
            break
    if start == 0:
        notes.texts = texts
        for labelled in find_tables(sheet, context.words, labels_of(texts)):
            elements = {line.element for line in labelled.lines.found}
            rank = _rank(labelled.form, elements, context.words.texts, _titles(sheet, labelled.first))
            found.append(_Table(labelled.form, rank, labelled=labelled))
    return found


def _titles(sheet: Sheet, above: int) -> list[str]:
    """Return the sheet's name and the words above a table, as they are compared; the name comes first."""
    return [
        key(sheet.name),
        *(key(cell) for row in sheet.rows[:above] for cell in row if isinstance(cell, str) and cell),
    ]


def _rank(
    form: FormWords, elements: set[str], texts: frozenset[str], titles: Sequence[str]
) -> tuple[bool, int, bool, bool]:
    """Return what speaks for a form: a roster that calls itself one, elements found, required ones, its title."""
    required = {column.element for column in form.required}
    hint = any(form.title in text for text in titles[1:]) or titles[0] in form.sheets
    roster = form.form.roster and required <= elements and any(form.title[-2:] in text for text in titles)
    return roster, len(elements - texts), required <= elements, hint


def _report_head(table: _Table, notes: Notes, context: Context) -> None:
    """Name what a head lacks, holds twice, or holds beyond the form."""
    assert table.head is not None and table.matched is not None
    form, matched, sheet = table.form.form, table.matched, notes.sheet
    _report_twice(matched.twice, notes, context, rows=False)
    doubtful = {element for element, _, _ in matched.twice}
    for column in table.form.required:
        if column.element not in table.elements() | doubtful:
            _missing(form, column.element, notes, context, notes.cell(table.head.last, 0).lstrip("A"))
    wanted = Wanted(table.form, table.elements() | doubtful)
    paths = [(at, table.head.paths[at]) for at in matched.unused if table.head.paths[at][-1] not in _UNUSED_WORDS]
    names = [
        f"{column_name(sheet, at)} {' > '.join(path)}"
        for at, path in paths
        if not remark_alike(notes, wanted, column_name(sheet, at), path[-1])
    ]
    notes.gap = () in table.head.paths or any(path[-1] in context.words.identity for _, path in paths)
    if names:
        notes.find("PC226", "", {"count": len(names), "columns": all_of(names)})


def _missing(form: Form, element: str, notes: Notes, context: Context, row: str) -> None:
    words = context.plan.elements[element].words
    label = context.plan.elements[element].label
    notes.find("PC209", row, {"form": form.title, "column": label, "words": all_of(words)})


def _report_twice(twice: Sequence[tuple[str, int, int]], notes: Notes, context: Context, *, rows: bool) -> None:
    for element, first, second in twice:
        places = [str(notes.sheet.top + at + 1) if rows else column_name(notes.sheet, at) for at in (first, second)]
        label = context.plan.elements[element].label
        notes.find("PC210", places[1], {"column": label, "first": places[0], "second": places[1]})


def _account(notes: Notes, context: Context, table: _Table, later: Sequence[_Table]) -> SheetAccount:
    """Close the account of a sheet that a form was found on."""
    sheet = notes.sheet
    closed = replace(account(notes, context), form=table.form.form.id, why=table.why)
    if table.head is not None and table.matched is not None:
        first, *others = (_headed(each, sheet) for each in (table, *later))
        return replace(closed, header=first.header, columns=first.columns, later=tuple(others))
    assert table.labelled is not None
    letter = column_name(sheet, table.labelled.label_column)
    return replace(closed, columns=element_rows.columns_of(table.labelled.lines, letter, sheet.top))


def _headed(table: _Table, sheet: Sheet) -> LaterTable:
    """Return what an account says of a table with a head."""
    assert table.head is not None and table.matched is not None
    columns = tuple(
        (column_name(sheet, m.at), " > ".join(m.path), m.element) for m in (*table.matched.found, *table.matched.beside)
    )
    return LaterTable(table.form.form.id, (sheet.top + table.head.first + 1, sheet.top + table.head.last + 1), columns)
