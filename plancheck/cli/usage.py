"""Errors of use, in both languages: values checked by hand, and what typer itself found wrong with a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from plancheck.cli.session import Session, Stop
from plancheck.language import listed
from plancheck.pattern import Pattern
from plancheck.reports.clean import clean_text
from plancheck.wording import WORDS

_SURPLUS: Final = Pattern(r"\bextra\b.*\((.+)\)")
"""How typer says that a line goes on after its last argument."""


def suggestion(word: str, known: Iterable[str], session: Session) -> str:
    """Return the known word most like `word`, as the end of a sentence; empty when none is like it."""
    from difflib import get_close_matches

    words = list(known)
    near = get_close_matches(word, words, n=1) or [each for each in words if word and each.startswith(word)]
    return session.say("error.did_you_mean", name=near[0]) if near else ""


def bad_value(option: str, found: str, known: str, session: Session, near: str = "") -> Stop:
    """Return the error that an option or argument cannot have a value, and what it can be."""
    return Stop(session.say("error.bad_value", option=option, found=clean_text(found), suggestion=near, known=known))


def chosen(found: str, known: Sequence[str], option: str, session: Session) -> str:
    """Return `found` if it is one of the `known` words. Raises Stop."""
    if found in known:
        return found
    raise bad_value(option, found, listed(known, session.lang), session, suggestion(found, known, session))


def words_in(values: Sequence[str]) -> tuple[str, ...]:
    """Return the words of repeated options, each of which may hold several between commas.

    Where there is no word in them (an empty variable of a script) they are returned as they are, to be refused.
    """
    words = (word.strip() for value in values for word in value.replace("，", ",").replace("、", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word)) or tuple(values)


def year(found: str | None, session: Session) -> int | None:
    """Return a year of four digits. Raises Stop."""
    if found is None:
        return None
    if len(found) == 4 and found.isascii() and found.isdigit():
        return int(found)
    raise bad_value("--year", found, session.say("expected.year"), session)


def whole(found: str, option: str, session: Session) -> int:
    """Return a whole number from 0 up. Raises Stop."""
    if found.isascii() and found.isdigit() and len(found) <= 4:
        return int(found)
    raise bad_value(option, found, session.say("expected.whole"), session)


def day(found: str | None, session: Session) -> str:
    """Return a date in ISO form, today's when none is given. Raises Stop."""
    if found is None:
        return datetime.now().astimezone().date().isoformat()
    try:
        return date.fromisoformat(found).isoformat()
    except ValueError:
        raise bad_value("--as-of", found, session.say("expected.date"), session) from None


def is_usage_error(error: Exception) -> bool:
    """Tell whether typer raised `error` over a faulty line. Its releases carry click under different names."""
    return hasattr(error, "format_message")


def usage_text(error: Any, session: Session) -> str:
    """Return what typer found wrong, in the session's language."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = suggestion(error.option_name, error.possibilities or (), session)
        return session.say("error.no_option", option=clean_text(error.option_name), suggestion=near)
    message = clean_text(error.format_message())
    if kind == "BadOptionUsage":
        key = "error.a_value" if " take " in message else "error.no_value"
        return session.say(key, option=clean_text(error.option_name))
    parameter = getattr(error, "param", None)
    if kind == "MissingParameter" and parameter is not None:
        name = parameter.metavar or parameter.name
        return session.say("error.missing", what=session.say(name) if name in WORDS else name)
    if surplus := _SURPLUS.search(message):
        return session.say("error.surplus", found=surplus[1])
    return session.say("error.usage", message=message)
