"""What became of the rows of each sheet, in words: rows read = rows used + rows left out, with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plancheck.language import Lang
from plancheck.model import SheetAccount
from plancheck.reports.page import Line, Piece, hanging
from plancheck.reports.place import place
from plancheck.reports.symbols import Screen
from plancheck.wording import WORDS, say


def account_text(account: SheetAccount, lang: Lang) -> str:
    """Return the account of a sheet in one sentence."""
    left = "".join(say("rows.left", lang, reason=_reason(key, lang), count=n) for key, n in account.left_out.items())
    return say("rows.account", lang, read=account.read, used=account.used, left=left)


def _reason(key: str, lang: Lang) -> str:
    return say(f"rows.{key}", lang) if f"rows.{key}" in WORDS else key


def account_lines(accounts: Iterable[SheetAccount], screen: Screen) -> Iterator[Line]:
    """Yield one account a sheet."""
    for account in accounts:
        where = place(account.file, account.name(), "", screen.signs, screen.lang)
        yield from ((Piece(text, "quiet"),) for text in hanging("  ", where, screen.room, 4))
        yield from ((Piece(text),) for text in hanging("    ", account_text(account, screen.lang), screen.room, 4))
