"""`plancheck run`: judge returns and print, or write, what was found."""

# No `from __future__ import annotations` here: typer would evaluate the texts of 30 annotations, each twice, which takes
# 5 ms of every run.
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from msgspec.structs import replace

from plancheck.cli import usage
from plancheck.cli.given import existing, gathered, known, piped, replacements, waivers_in
from plancheck.cli.marked import folder_for, write_marked
from plancheck.cli.output import emit, outputs, spare_inputs
from plancheck.cli.plan_file import load_plan
from plancheck.cli.progress import progress
from plancheck.cli.session import Session, Stop, session_of
from plancheck.model import FAIL_ON, USUALLY_FAILS, Level, Plan
from plancheck.reports.formats import FORMATS

_LEVELS: Final[dict[str, Level]] = {"district": "district", "unit": "unit"}


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
    from plancheck.pipeline import Request, assess, find_roster

    session = session_of(context)
    form = None if form is None else usage.chosen(form, tuple(FORMATS), "--format", session)
    folder = folder_for(marked, session, force=force)
    wanted = outputs(output or (), form, session, force=force and (bool(output) or folder is None))
    least = least_shown(public_min, session, public=for_public, anonymous=anonymous)
    asked = Request(
        gathered(returns, session),
        usage.year(year, session),
        existing(roster, session),
        levels=levels(level, session),
        fail_on=failing(fail_on, session),
        jobs=usage.whole(jobs, "--jobs", session),
        as_of=usage.day(as_of, session),
        replacements=replacements(manifest, session),
        covered_only=not everything,
        known=known(baseline, session),
        needs=frozenset(level for each in wanted for level in FORMATS[each.form].needs),
        skip_hidden=skip_hidden,
        history=tuple(path for each in history or () if (path := existing(each, session)) is not None),
    )
    worked_with = load_plan(plan, session, quiet=quiet)
    chosen = indicators(usage.words_in(only or ()), worked_with, session)
    released = waivers_in(waivers, worked_with, session)
    request = replace(
        asked, only=chosen, by=grouping(by, worked_with, session), waivers=released, piped=piped(asked.files, session)
    )
    inputs = (
        *request.files,
        *map(Path, (worked_with.file, *worked_with.included)),
        find_roster(request),
        existing(manifest, session),
        existing(baseline, session),
        existing(waivers, session),
        *request.history,
    )
    spare_inputs(wanted, filter(None, inputs), returns, session)
    with progress(len(request.files), session, quiet=quiet) as told:
        assessment = assess(worked_with, request, told)
    shown = assessment
    if least:
        from plancheck.public import public

        shown = public(assessment, least, anonymous=anonymous)
    emit(shown, wanted, session, verbosity=verbose - quiet, rulings=rulings)
    write_marked(assessment, folder, session, request.piped)
    return 0 if exit_zero else assessment.exit_code


def least_shown(given: str | None, session: Session, *, public: bool, anonymous: bool) -> int:
    """Return below which number people are not published, 0 where nothing is to be published. Raises Stop."""
    alone = {"--public-min": given is not None, "--anonymous": anonymous}
    for option, used in alone.items():
        if used and not public:
            raise Stop(session.say("error.public_alone", option=option))
    return max(usage.whole(given or "5", "--public-min", session), 1) if public else 0


def levels(given: Sequence[str] | None, session: Session) -> frozenset[Level]:
    """Return the levels asked for, none for the usual ones. Raises Stop."""
    return frozenset(
        _LEVELS[usage.chosen(each, [*_LEVELS], "--level", session)] for each in usage.words_in(given or ())
    )


def indicators(names: Sequence[str], plan: Plan, session: Session) -> tuple[str, ...]:
    """Return the ids of indicators named by id or by number, in the plan's order. Raises Stop for a name that is none."""
    numbers = {str(each.no): each.id for each in plan.indicators.values() if each.no is not None}
    found = set()
    for name in names:
        indicator = numbers.get(name, name)
        if indicator not in plan.indicators:
            near = usage.suggestion(name, plan.indicators, session)
            raise usage.bad_value("--only", name, session.say("expected.indicator"), session, near)
        found.add(indicator)
    return tuple(name for name in plan.indicators if name in found)


def grouping(by: str | None, plan: Plan, session: Session) -> str | None:
    """Return the attribute to group by. Raises Stop when units have no such attribute."""
    return None if by is None else usage.chosen(by, (plan.units.stage, *plan.units.attributes), "--by", session)


def failing(given: Sequence[str] | None, session: Session) -> frozenset[str]:
    """Return what makes the exit code 1. Raises Stop."""
    if given is None:
        return USUALLY_FAILS
    return frozenset(usage.chosen(each, FAIL_ON, "--fail-on", session) for each in usage.words_in(given))
