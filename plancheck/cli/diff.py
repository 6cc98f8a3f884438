"""`plancheck diff`: what changed between two results, or two submissions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer
from msgspec import Struct

from plancheck.cli import usage
from plancheck.cli.given import existing, gathered, piped
from plancheck.cli.plan_file import load_plan
from plancheck.cli.result_file import read_result
from plancheck.cli.session import Session, Stop, session_of
from plancheck.model import STANDARD_INPUT, Plan
from plancheck.model.comparison import Result

_FORMATS: Final = ("table", "json")


def diff(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="meta.before", help="argument.before")],
    after: Annotated[str, typer.Argument(metavar="meta.after", help="argument.after")],
    plan: Annotated[str | None, typer.Option("--plan", metavar="meta.file", help="option.plan")] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="meta.year", help="option.year")] = None,
    roster: Annotated[str | None, typer.Option("--roster", metavar="meta.file", help="option.roster")] = None,
    form: Annotated[str, typer.Option("--format", metavar="table|json", help="option.format_screen")] = "table",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="option.no_plan")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="option.all")] = False,
) -> int:
    """Compare, and return 1 where there are new faults."""
    from plancheck.compare import compare
    from plancheck.reports import diff_report

    session = session_of(context)
    form = usage.chosen(form, _FORMATS, "--format", session)
    of_year, with_roster = usage.year(year, session), existing(roster, session)
    if before == after == STANDARD_INPUT:
        raise Stop(session.say("error.twice", path=STANDARD_INPUT))
    submitted = [path for path in (before, after) if not _is_result(path)]
    worked_with = load_plan(plan, session, quiet=quiet) if submitted else None
    read_as = _Reading(worked_with, of_year, with_roster, everything=len(submitted) == 2)
    found = compare(*(_result(path, read_as, session) for path in (before, after)))
    if form == "json":
        session.write_bytes((diff_report.render_json(found),))
    else:
        elements = {} if worked_with is None else worked_with.elements
        labels = {name: each.label.say(session.lang) for name, each in elements.items()}
        session.show(diff_report.render(found, session.screen(), labels, all_of_them=verbose))
    return 1 if found.new else 0


class _Reading(Struct, frozen=True):
    """By what submissions are read. A result in JSON holds the values behind verdicts only, so that `everything` that
    was read is compared between two submissions alone.
    """

    plan: Plan | None
    year: int | None
    roster: Path | None
    everything: bool


def _is_result(path: str) -> bool:
    return path.lower().endswith(".json")


def _result(path: str, by: _Reading, session: Session) -> Result:
    """Return what a file in JSON holds, else what the returns under a path come to."""
    if by.plan is None or _is_result(path):
        file = existing(path, session)
        assert file is not None
        return read_result(file, session)
    from plancheck.compare import result_of, with_readings
    from plancheck.pipeline import Request, judged, read
    from plancheck.reports import json_report
    from plancheck.reports.figures import reading_text

    files = gathered([path], session)
    request = Request(files, by.year, by.roster, covered_only=True, piped=piped(files, session))
    submission = read(by.plan, request)
    result = result_of(json_report.render(judged(by.plan, submission, request), session.lang), path)
    if not by.everything:
        return result
    blocks = [block for each in submission.returns for block in each.blocks]
    readings = (
        block.reading(column, at) for block in blocks for column in block.columns for at in range(len(block.units))
    )
    return with_readings(result, readings, reading_text)
