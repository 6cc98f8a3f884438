"""A line run, and everything that can go wrong turned into an exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from plancheck.cli.common import read_common
from plancheck.cli.session import INTERRUPTED, USAGE, Session, Stop, open_session
from plancheck.cli.usage import chosen, is_usage_error, usage_text
from plancheck.codes import CODES, message
from plancheck.language import LANGS
from plancheck.reports.clean import clean_text

INTERNAL: Final = 70
_FAULT: Final = "PC901"


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; whatever goes wrong is said in one language and one line."""
    common = read_common(arguments, os.environ, _system_language() if os.name == "nt" else "")
    session = open_session(common.lang)
    try:
        if common.unknown is not None:
            chosen(common.unknown, LANGS, "--lang", session)
        return _dispatch(common.rest, session)
    except Stop as stop:
        return _stopped(stop, session)
    except KeyboardInterrupt:
        session.tell(session.say("notice.interrupted"))
        return INTERRUPTED
    except Exception as error:
        if is_usage_error(error):
            return _misused(error, common.rest, session)
        if common.traceback:
            raise
        session.tell(_internal(error, session))
        return INTERNAL


def _dispatch(arguments: Sequence[str], session: Session) -> int:
    if arguments[:1] == ("run",):
        from plancheck.cli.run import run_returns
        from plancheck.cli.short_line import short_line

        asked = short_line(arguments[1:])
        if asked is not None:
            return run_returns(asked, session)
    from plancheck.cli.program import call

    return call(arguments, session)


def _stopped(stop: Stop, session: Session) -> int:
    for number, line in enumerate(stop.lines):
        label = session.say("error.label") if stop.labelled and number == 0 else ""
        session.tell(label + line)
    return stop.code


def _misused(error: Exception, arguments: Sequence[str], session: Session) -> int:
    from plancheck.cli.help import try_help
    from plancheck.cli.program import COMMANDS

    named = [name for name in arguments[:1] if name in COMMANDS]
    path = " ".join(("plancheck", *map(str, named)))
    session.tell(session.say("error.label") + usage_text(error, session))
    session.tell(try_help(path, session))
    return USAGE


def _internal(error: Exception, session: Session) -> str:
    """Return one line on a bug: what it is and where in the program it arose."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" ({Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno})" if place is not None else ""
    why = " ".join(clean_text(f"{type(error).__name__}: {error}{where}").split())
    return f"{_FAULT} {CODES[_FAULT].name}: {message(_FAULT, {'why': why}, session.lang)}"


def _system_language() -> str:
    import locale

    return locale.getlocale()[0] or ""
