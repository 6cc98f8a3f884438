"""`plancheck inspect`: what was understood in a workbook, before anything is judged."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from plancheck.cli import usage
from plancheck.cli.given import existing, gathered, piped
from plancheck.cli.plan_file import load_plan
from plancheck.cli.session import session_of
from plancheck.codes import CODES
from plancheck.model import Return

_FORMATS: Final = ("table", "json")


def inspect(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="meta.file", help="argument.file")],
    plan: Annotated[str | None, typer.Option("--plan", metavar="meta.file", help="option.plan")] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="meta.year", help="option.year")] = None,
    roster: Annotated[str | None, typer.Option("--roster", metavar="meta.file", help="option.roster")] = None,
    form: Annotated[str, typer.Option("--format", metavar="table|json", help="option.format_screen")] = "table",
    skip_hidden: Annotated[bool, typer.Option("--skip-hidden", help="option.skip_hidden")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="option.no_plan")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="option.all")] = False,
) -> int:
    """Show what was understood; exit 1 where something must be corrected, 3 where something could not be read."""
    from plancheck.pipeline import Request, read
    from plancheck.reports import understanding

    session = session_of(context)
    form = usage.chosen(form, _FORMATS, "--format", session)
    worked_with = load_plan(plan, session, quiet=quiet)
    files = gathered([file], session)
    request = Request(
        files,
        usage.year(year, session),
        existing(roster, session),
        skip_hidden=skip_hidden,
        in_detail=True,
        piped=piped(files, session),
    )
    returns = read(worked_with, request).returns
    for each in returns:
        if form == "json":
            session.write_bytes((understanding.render_json(each, session.lang),))
        else:
            session.show(understanding.render(each, worked_with, session.screen(), all_of_them=verbose))
    return max(map(_exit_code, returns), default=3)


def _exit_code(found: Return) -> int:
    kinds = {(CODES[each.code].severity, CODES[each.code].kind) for each in found.findings}
    return 1 if ("error", "must") in kinds else 3 if ("error", "note") in kinds else 0
