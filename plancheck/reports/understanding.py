"""What was understood in a return, before anything is judged: forms, columns, rows, odd values, findings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from plancheck.language import Lang, joined, listed
from plancheck.model import Finding, Plan, Recognised, Return, SheetAccount
from plancheck.quantity import show
from plancheck.reports.clean import clean_text
from plancheck.reports.figures import exactly
from plancheck.reports.findings import finding_lines, grade
from plancheck.reports.json_report import finding_document
from plancheck.reports.page import Column, Line, Piece, Row, grid, hanging, packed
from plancheck.reports.place import file_text
from plancheck.reports.rows import account_text
from plancheck.reports.symbols import Screen
from plancheck.wording import WORDS, say

SCHEMA: Final = "plancheck/inspect/1"
_MOST_VALUES: Final = 20


def render(found: Return, plan: Plan, screen: Screen, *, all_of_them: bool = False) -> Iterator[Line]:
    """Yield what was understood, sheet by sheet, then the findings."""
    for text in hanging("", file_text(found.file, screen.lang), screen.room, 2):
        yield (Piece(text, "strong"),)
    if not found.sheets:
        yield (Piece(say("inspect.nothing", screen.lang)),)
    for account in found.sheets:
        yield (Piece(""),)
        yield from _sheet(account, plan, screen, all_of_them=all_of_them)
        yield from _doubt(_doubtful(account, found), screen)
    if found.findings:
        yield (Piece(""),)
        yield from finding_lines(found.findings, screen, all_of_them=all_of_them)


def _sheet(account: SheetAccount, plan: Plan, screen: Screen, *, all_of_them: bool) -> Iterator[Line]:
    for text in hanging("", account.name(), screen.room, 2):
        yield (Piece(text, "strong"),)
    for text in packed(_facts(account, plan, screen.lang), screen.room - 2):
        yield (Piece(f"  {text}"),)
    for text in hanging("  ", _why(account, screen.lang), screen.room, 4) if account.why else ():
        yield (Piece(text),)
    for text in hanging("  ", account_text(account, screen.lang), screen.room, 4):
        yield (Piece(text),)
    if account.form is not None and account.unused:
        rows = say("inspect.unused", screen.lang, rows=_ranges(account.unused, screen.lang))
        yield from ((Piece(text),) for text in hanging("  ", rows, screen.room, 4))
    labels = {element.id: element.label.say(screen.lang) for element in plan.elements.values()}
    yield from _columns(account.columns, labels, screen)
    for later in account.later:
        facts = (
            say("inspect.later", screen.lang, title=plan.forms[later.form].title, form=later.form),
            _header(later.header, screen.lang),
        )
        yield from ((Piece(f"  {text}", "strong"),) for text in packed(facts, screen.room - 2))
        yield from _columns(later.columns, labels, screen)
    yield from _totals(account, labels, screen, all_of_them=all_of_them)
    if account.understood:
        count = len(account.understood)
        yield (Piece(f"  {say('inspect.understood', screen.lang, count=count)}", "strong"),)
        most = count if all_of_them else _MOST_VALUES
        odd = [(cell, f"“{raw}”", read_as(value, screen.lang)) for cell, raw, value in account.understood[:most]]
        yield from _table(("column.cell", "column.raw", "column.read_as"), odd, screen)
        if count > most:
            yield (Piece(f"  {say('inspect.more', screen.lang, count=count - most)}", "quiet"),)


def _columns(columns: Sequence[tuple[str, str, str]], labels: Mapping[str, str], screen: Screen) -> Iterator[Line]:
    """Yield which column was taken for which element."""
    yield from _table(
        ("column.letter", "column.header", "column.element"),
        [(letter, header, f"{labels.get(element, element)} ({element})") for letter, header, element in columns],
        screen,
    )


def _header(rows: tuple[int, int], lang: Lang) -> str:
    first, last = rows
    return say("inspect.header_one" if first == last else "inspect.header", lang, first=first, last=last)


def _facts(account: SheetAccount, plan: Plan, lang: Lang) -> Iterator[str]:
    if account.form is None:
        yield say("inspect.own" if "marks" in account.left_out else "inspect.no_form", lang)
    else:
        yield say("inspect.form", lang, title=plan.forms[account.form].title, form=account.form)
        year = account.period
        yield say("inspect.no_period", lang) if year is None else say("inspect.period", lang, year=str(year))
    if account.header is not None:
        yield _header(account.header, lang)
    if account.hidden:
        parts = [say(f"hidden.{what}", lang, count=count) for what, count in account.hidden.items()]
        yield say("inspect.hidden", lang, what=listed(parts, lang))


def _totals(account: SheetAccount, labels: Mapping[str, str], screen: Screen, *, all_of_them: bool) -> Iterator[Line]:
    """Yield the totals that are not the sum of their rows; all of them where all is asked for."""
    if not account.totals:
        return
    differ = [total for total in account.totals if total.written != total.added]
    count = len(account.totals)
    yield (Piece(f"  {say('inspect.totals', screen.lang, count=count, agree=count - len(differ))}", "strong"),)
    shown = account.totals if all_of_them else differ
    yield from _table(
        ("column.row", "column.total", "column.element", "column.written", "column.added"),
        [
            (str(each.row), each.label, labels.get(each.element, each.element), show(each.written), show(each.added))
            for each in shown
        ],
        screen,
    )


def _why(account: SheetAccount, lang: Lang) -> str:
    """Return in words what speaks for the form."""
    why = account.why
    assert why is not None
    said = [
        say("why.found", lang, found=why.found, of=why.of),
        say("why.complete" if why.complete else "why.incomplete", lang),
        *([say("why.named", lang)] if why.named else []),
        *([say("why.next", lang, form=why.next, count=why.next_found)] if why.next else []),
    ]
    return say("inspect.why", lang, reasons=joined(said, lang))


def _ranges(numbers: Sequence[int], lang: Lang) -> str:
    """Return 1, 2, 3, 7 as 1—3、7."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    dash = "—" if lang == "zh" else "–"
    return _first([f"{first}" if first == last else f"{first}{dash}{last}" for first, last in parts], lang)


def _first(words: Sequence[str], lang: Lang) -> str:
    """Return words in a row, and no more of them than a line is to hold."""
    return listed([*words[:_MOST_VALUES], *(["…"] if len(words) > _MOST_VALUES else [])], lang)


def _doubtful(account: SheetAccount, found: Return) -> list[Finding]:
    """Return the findings on a sheet that leave a cell in doubt: nothing was read there, or it has to be explained."""
    here = (each for each in found.findings if each.sheet == account.sheet and _stands_in(each.cell, account.span))
    return [each for each in here if grade(each) in ("error", "must", "explain")]


def _stands_in(cell: str, span: str) -> bool:
    """Return whether a cell, where it is one, stands in the columns of one of several tables side by side."""
    column = cell.rstrip("0123456789")
    first, _, last = span.partition(":")
    within = (len(first), first) <= (len(column), column) <= (len(last), last)
    return cell != "" and (not span or not column or within)


def _doubt(findings: Sequence[Finding], screen: Screen) -> Iterator[Line]:
    if findings:
        cells = _first([f"{each.cell} {each.code}" for each in findings], screen.lang)
        text = say("inspect.doubt", screen.lang, count=len(findings), cells=cells)
        yield from ((Piece(line, "doubtful"),) for line in hanging("  ", text, screen.room, 4))


def read_as(value: str, lang: Lang) -> str:
    """Return how a value was read, with the ways of holding none in words."""
    key = f"absent.{value[1:-1]}"
    return say(key, lang) if value.startswith("<") and key in WORDS else value


def _table(headings: tuple[str, ...], cells: Sequence[tuple[str, ...]], screen: Screen) -> Iterator[Line]:
    if not cells:
        return
    columns = [Column(say(heading, screen.lang), main=number == 1) for number, heading in enumerate(headings)]
    rows = [Row(each) for each in cells]
    table = grid(columns, rows, screen.room - 4)
    for line in table.heading(screen.signs.rule):
        yield Piece("    "), *line
    for row in rows:
        for line in table.lines(row):
            yield Piece("    "), *line


def inspect_schema() -> str:
    """Return the JSON Schema (draft-07) of the document."""
    return Path(__file__).with_name("inspect.schema.json").read_text(encoding="utf-8")


def render_json(found: Return, lang: Lang) -> str:
    """Return the same as one JSON document."""
    document = {
        "schema": SCHEMA,
        "file": clean_text(found.file),
        "sha256": found.sha256,
        "sheets": [_sheet_document(account, _doubtful(account, found)) for account in found.sheets],
        "findings": [finding_document(finding, lang) for finding in found.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _why_document(why: Recognised | None) -> dict[str, object] | None:
    if why is None:
        return None
    return {
        "found": why.found,
        "of": why.of,
        "complete": why.complete,
        "named": why.named,
        "next": why.next or None,
        "next_found": why.next_found,
    }


def _columns_document(columns: Sequence[tuple[str, str, str]]) -> list[dict[str, str]]:
    return [{"column": letter, "header": clean_text(header), "element": element} for letter, header, element in columns]


def _sheet_document(account: SheetAccount, doubtful: Sequence[Finding]) -> dict[str, object]:
    return {
        "sheet": clean_text(account.sheet),
        **({"span": account.span} if account.span else {}),
        "form": account.form,
        "why": _why_document(account.why),
        "period": account.period,
        "header": None if account.header is None else list(account.header),
        "columns": _columns_document(account.columns),
        "later": [
            {"form": later.form, "header": list(later.header), "columns": _columns_document(later.columns)}
            for later in account.later
        ],
        "read": account.read,
        "used": account.used,
        "left_out": dict(account.left_out),
        "unused": list(account.unused),
        "hidden": dict(account.hidden),
        "totals": [
            {
                "row": total.row,
                "label": clean_text(total.label),
                "element": total.element,
                "written": exactly(total.written),
                "added": exactly(total.added),
            }
            for total in account.totals
        ],
        "doubtful": [{"cell": each.cell, "code": each.code} for each in doubtful],
        "understood": [
            {"cell": cell, "raw": clean_text(raw), "value": clean_text(value)}
            for cell, raw, value in account.understood
        ],
    }
