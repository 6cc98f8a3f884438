"""How a line of `plancheck run` is written: its arguments and options, as typer reads them and as its help tells them."""

# No `from __future__ import annotations` here: typer would evaluate the texts of 30 annotations, each twice, which takes
# 5 ms of every run.
from typing import Annotated

import typer

from plancheck.cli.run import Asked, run_returns
from plancheck.cli.session import session_of
from plancheck.reports.formats import FORMATS


def run(
    context: typer.Context,
    returns: Annotated[list[str], typer.Argument(metavar="meta.returns", help="argument.returns")],
    plan: Annotated[str | None, typer.Option("--plan", metavar="meta.file", help="option.plan")] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="meta.year", help="option.year")] = None,
    roster: Annotated[str | None, typer.Option("--roster", metavar="meta.file", help="option.roster")] = None,
    manifest: Annotated[str | None, typer.Option("--manifest", metavar="meta.file", help="option.manifest")] = None,
    history: Annotated[list[str] | None, typer.Option("--history", metavar="meta.file", help="option.history")] = None,
    waivers: Annotated[str | None, typer.Option("--waivers", metavar="meta.file", help="option.waivers")] = None,
    only: Annotated[list[str] | None, typer.Option("--only", metavar="meta.id", help="option.only")] = None,
    everything: Annotated[bool, typer.Option("--all", help="option.everything")] = False,
    level: Annotated[list[str] | None, typer.Option("--level", metavar="district|unit", help="option.level")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="meta.attribute", help="option.by")] = None,
    form: Annotated[str | None, typer.Option("--format", metavar="|".join(FORMATS), help="option.format")] = None,
    output: Annotated[
        list[str] | None, typer.Option("--output", "-o", metavar="meta.file", help="option.output")
    ] = None,
    rulings: Annotated[bool, typer.Option("--rulings", help="option.by_rulings")] = False,
    marked: Annotated[str | None, typer.Option("--marked", metavar="meta.folder", help="option.marked")] = None,
    force: Annotated[bool, typer.Option("--force", help="option.force")] = False,
    fail_on: Annotated[list[str] | None, typer.Option("--fail-on", metavar="meta.list", help="option.fail_on")] = None,
    baseline: Annotated[str | None, typer.Option("--baseline", metavar="meta.file", help="option.baseline")] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="option.exit_zero")] = False,
    for_public: Annotated[bool, typer.Option("--public", help="option.public")] = False,
    public_min: Annotated[
        str | None, typer.Option("--public-min", metavar="meta.number", help="option.public_min")
    ] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="option.anonymous")] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="meta.date", help="option.as_of")] = None,
    jobs: Annotated[str, typer.Option("--jobs", metavar="meta.number", help="option.jobs")] = "0",
    skip_hidden: Annotated[bool, typer.Option("--skip-hidden", help="option.skip_hidden")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="option.quiet")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="option.verbose")] = False,
) -> int:
    """Judge returns and return the exit code of the assessment."""
    given = {name: value for name, value in locals().items() if name != "context"}
    return run_returns(Asked(**given), session_of(context))
