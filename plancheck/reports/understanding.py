"""What was understood in a return, before anything is judged: forms, columns, rows, odd values, findings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

from plancheck.language import Lang
from plancheck.model import Plan, Return, SheetAccount
from plancheck.reports.clean import clean_text
from plancheck.reports.findings import finding_lines
from plancheck.reports.json_report import finding_document
from plancheck.reports.page import Column, Line, Piece, Row, grid, hanging, packed
from plancheck.reports.rows import account_text
from plancheck.reports.symbols import Screen
from plancheck.wording import WORDS, say

SCHEMA: Final = "plancheck/inspect/1"
_MOST_VALUES: Final = 20


def render(found: Return, plan: Plan, screen: Screen, *, all_of_them: bool = False) -> Iterator[Line]:
    """Yield what was understood, sheet by sheet, then the findings."""
    for text in hanging("", found.file, screen.room, 2):
        yield (Piece(text, "strong"),)
    if not found.sheets:
        yield (Piece(say("inspect.nothing", screen.lang)),)
    for account in found.sheets:
        yield (Piece(""),)
        yield from _sheet(account, plan, screen, all_of_them=all_of_them)
    if found.findings:
        yield (Piece(""),)
        yield from finding_lines(found.findings, screen, all_of_them=all_of_them)


def _sheet(account: SheetAccount, plan: Plan, screen: Screen, *, all_of_them: bool) -> Iterator[Line]:
    for text in hanging("", account.sheet, screen.room, 2):
        yield (Piece(text, "strong"),)
    for text in packed(_facts(account, plan, screen.lang), screen.room - 2):
        yield (Piece(f"  {text}"),)
    for text in hanging("  ", account_text(account, screen.lang), screen.room, 4):
        yield (Piece(text),)
    labels = {element.id: element.label.say(screen.lang) for element in plan.elements.values()}
    yield from _table(
        ("column.letter", "column.header", "column.element"),
        [
            (letter, header, f"{labels.get(element, element)} ({element})")
            for letter, header, element in account.columns
        ],
        screen,
    )
    if account.understood:
        count = len(account.understood)
        yield (Piece(f"  {say('inspect.understood', screen.lang, count=count)}", "strong"),)
        most = count if all_of_them else _MOST_VALUES
        odd = [(cell, f"“{raw}”", read_as(value, screen.lang)) for cell, raw, value in account.understood[:most]]
        yield from _table(("column.cell", "column.raw", "column.read_as"), odd, screen)
        if count > most:
            yield (Piece(f"  {say('inspect.more', screen.lang, count=count - most)}", "quiet"),)


def _facts(account: SheetAccount, plan: Plan, lang: Lang) -> Iterator[str]:
    if account.form is None:
        yield say("inspect.no_form", lang)
    else:
        yield say("inspect.form", lang, title=plan.forms[account.form].title, form=account.form)
        year = account.period
        yield say("inspect.no_period", lang) if year is None else say("inspect.period", lang, year=str(year))
    if account.header is not None:
        first, last = account.header
        yield say("inspect.header_one" if first == last else "inspect.header", lang, first=first, last=last)
    if account.hidden:
        parts = [say(f"hidden.{what}", lang, count=count) for what, count in account.hidden.items()]
        yield say("inspect.hidden", lang, what=("、" if lang == "zh" else ", ").join(parts))


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


def render_json(found: Return, lang: Lang) -> str:
    """Return the same as one JSON document."""
    document = {
        "schema": SCHEMA,
        "file": clean_text(found.file),
        "sha256": found.sha256,
        "sheets": [_sheet_document(account) for account in found.sheets],
        "findings": [finding_document(finding, lang) for finding in found.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _sheet_document(account: SheetAccount) -> dict[str, object]:
    return {
        "sheet": clean_text(account.sheet),
        "form": account.form,
        "period": account.period,
        "header": None if account.header is None else list(account.header),
        "columns": [
            {"column": letter, "header": clean_text(header), "element": element}
            for letter, header, element in account.columns
        ],
        "read": account.read,
        "used": account.used,
        "left_out": dict(account.left_out),
        "hidden": dict(account.hidden),
        "understood": [
            {"cell": cell, "raw": clean_text(raw), "value": clean_text(value)}
            for cell, raw, value in account.understood
        ],
    }
