"""The program as typer knows it: its commands put together, and one of them called."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Final

import typer

from plancheck import __version__
from plancheck.cli.help import Command, Group
from plancheck.cli.session import INTERRUPTED, USAGE, Session, session_of

COMMANDS: Final = {
    "run": ("run_command", "run"),
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
    called = [name for name in arguments[:1] if name in COMMANDS]
    for name in called or COMMANDS:
        module, function = COMMANDS[name]
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


def call(arguments: Sequence[str], session: Session) -> int:
    """Call the command that a line names and return its exit code. Raises KeyboardInterrupt and typer's own errors."""
    command = typer.main.get_command(program(arguments))
    try:
        result = command.main(args=list(arguments), prog_name="plancheck", standalone_mode=False, obj=session)
    except typer.Abort:
        raise KeyboardInterrupt from None
    if result == INTERRUPTED:  # typer has turned the interrupt into an exit already
        raise KeyboardInterrupt
    return int(result or 0)
