"""`plancheck explain`: a code, an indicator, or one verdict traced to cells and clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from plancheck.cli import usage
from plancheck.cli.given import existing, gathered, piped
from plancheck.cli.plan_file import load_plan
from plancheck.cli.session import Session, Stop, session_of
from plancheck.codes import BY_NAME, CODES
from plancheck.model import Assessment, Level, Plan, Verdict


def explain(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="meta.what", help="argument.what")],
    returns: Annotated[
        list[str] | None, typer.Argument(metavar="meta.returns", help="argument.explained_returns")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="meta.code", help="option.unit")] = None,
    plan: Annotated[str | None, typer.Option("--plan", metavar="meta.file", help="option.plan")] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="meta.year", help="option.year")] = None,
    roster: Annotated[str | None, typer.Option("--roster", metavar="meta.file", help="option.roster")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="option.no_plan")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="option.all")] = False,
) -> int:
    """Explain one thing."""
    from plancheck.pipeline import Request, assess
    from plancheck.reports import listing, trace

    session = session_of(context)
    screen = session.screen()
    code = CODES.get(what.upper()) or BY_NAME.get(what)
    if code is not None:
        session.show(listing.explain_code(code, screen))
        return 0
    worked_with = load_plan(plan, session, quiet=quiet)
    indicator = indicator_named(what, worked_with, session)
    if not returns:
        if unit is not None:
            raise Stop(session.say("error.unit_alone"))
        session.show(listing.explain_indicator(worked_with.indicators[indicator], worked_with, screen))
        return 0
    level: Level = "district" if unit is None else "unit"
    files = gathered(returns, session)
    request = Request(
        files,
        usage.year(year, session),
        existing(roster, session),
        (indicator,),
        frozenset({level}),
        piped=piped(files, session),
    )
    assessment = assess(worked_with, request)
    for number, verdict in enumerate(verdicts_of(unit, assessment, session)):
        session.write("\n" if number else "")
        session.show(trace.render(verdict, assessment, screen, all_of_them=verbose))
    return 0


def indicator_named(what: str, plan: Plan, session: Session) -> str:
    """Return the id of an indicator called by id or number. Raises Stop with the most similar code or id."""
    numbered = (each.id for each in plan.indicators.values() if str(each.no) == what)
    indicator = next(numbered, what)
    if indicator in plan.indicators:
        return indicator
    near = usage.suggestion(what, (*plan.indicators, *CODES, *BY_NAME), session)
    raise Stop(session.say("error.no_such_thing", found=what, suggestion=near))


def verdicts_of(unit: str | None, assessment: Assessment, session: Session) -> Sequence[Verdict]:
    """Return the verdicts to trace: the district's, or those of a unit named code or code/stage. Raises Stop."""
    if unit is None:
        found = assessment.verdicts
        words = session.say("error.no_verdict")
    else:
        found = tuple(
            each for each in assessment.verdicts if each.unit == unit or (each.unit or "").split("/")[0] == unit
        )
        words = session.say("error.no_unit", found=unit)
    if not found:
        raise Stop(words, code=3 if unit is None else 2)
    return found
