"""The program: commands put together, a line run, and everything that can go wrong turned into an exit code."""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Final

import typer

from plancheck import __version__
from plancheck.cli.common import read_common
from plancheck.cli.help import Command, Group, try_help
from plancheck.cli.session import Session, Stop, open_session, session_of
from plancheck.cli.usage import chosen, is_usage_error, usage_text
from plancheck.codes import CODES, message
from plancheck.language import LANGS
from plancheck.reports.clean import clean_text

USAGE: Final = 2
INTERNAL: Final = 70
INTERRUPTED: Final = 130
_FAULT: Final = "PC901"

_COMMANDS: Final = {
    "run": ("run", "run"),
    "inspect": ("inspect", "inspect"),
    "lint": ("lint", "lint"),
    "list": ("list", "list_command"),
    "explain": ("explain", "explain"),
    "diff": ("diff", "diff"),
    "schema": ("schema", "schema"),
}
"""Command -> its module in plancheck.cli and its function there."""


def program(arguments: Sequence[str]) -> typer.Typer:
    """Put the program together: of its commands only the one that is called, so that the others cost no start-up time."""
    app = typer.Typer(
        name="plancheck",
        cls=Group,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        invoke_without_command=True,
    )
    app.callback()(plancheck)
    called = [name for name in arguments[:1] if name in _COMMANDS]
    for name in called or _COMMANDS:
        module, function = _COMMANDS[name]
        app.command(name, cls=Command)(getattr(import_module(f"plancheck.cli.{module}"), function))
    return app


def plancheck(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", "-V", help="option.version")] = False,
) -> None:
    """Say the version, or go on to the command."""
    if version:
        session_of(context).write(f"plancheck {__version__}\n")
        raise typer.Exit(0)
    if context.invoked_subcommand is None:
        session_of(context).write(context.get_help() + "\n")
        raise typer.Exit(USAGE)


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
    except (KeyboardInterrupt, typer.Abort):
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
    command = typer.main.get_command(program(arguments))
    result = command.main(args=list(arguments), prog_name="plancheck", standalone_mode=False, obj=session)
    if result == INTERRUPTED:  # typer has turned the interrupt into an exit already
        raise KeyboardInterrupt
    return int(result or 0)


def _stopped(stop: Stop, session: Session) -> int:
    for number, line in enumerate(stop.lines):
        label = session.say("error.label") if stop.labelled and number == 0 else ""
        session.tell(label + line)
    return stop.code


def _misused(error: Exception, arguments: Sequence[str], session: Session) -> int:
    named = [name for name in arguments[:1] if name in _COMMANDS]
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
    return locale.getlocale()[0] or ""
