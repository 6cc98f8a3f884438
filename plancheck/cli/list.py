"""`plancheck list`: indicators, elements, forms, rulings of a plan, and the finding codes."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from plancheck.cli import usage
from plancheck.cli.plan_file import load_plan
from plancheck.cli.session import session_of

_FORMATS: Final = ("table", "json")


def list_command(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="meta.what", help="argument.list")] = "indicators",
    plan: Annotated[str | None, typer.Option("--plan", metavar="meta.file", help="option.plan")] = None,
    form: Annotated[str, typer.Option("--format", metavar="table|json", help="option.format_screen")] = "table",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="option.no_plan")] = False,
) -> int:
    """Print one list."""
    from plancheck.reports import listing

    session = session_of(context)
    form = usage.chosen(form, _FORMATS, "--format", session)
    what = usage.chosen(what, tuple(listing.LISTS), session.say("meta.what"), session)
    worked_with = load_plan(plan, session, quiet=quiet)
    if form == "json":
        session.write_bytes((listing.render_json(what, worked_with, session.lang),))
    else:
        session.show(listing.render(what, worked_with, session.screen()))
    return 0
