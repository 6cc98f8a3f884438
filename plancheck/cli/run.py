"""`plancheck run`: judge returns and print, or write, what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from plancheck.cli import usage
from plancheck.cli.given import existing, gathered, known, piped, replacements, waivers_in
from plancheck.cli.marked import folder_for, write_marked
from plancheck.cli.output import Output, emit, outputs, spare_inputs
from plancheck.cli.plan_file import load_plan
from plancheck.cli.progress import progress
from plancheck.cli.session import Session, Stop
from plancheck.model import FAIL_ON, USUALLY_FAILS, Level, Plan
from plancheck.reports.formats import FORMATS

if TYPE_CHECKING:
    from plancheck.pipeline import Request

_LEVELS: Final[dict[str, Level]] = {"district": "district", "unit": "unit"}


class Asked(Struct, frozen=True):
    """What a line of `run` asks, as it was written: nothing is checked yet. What the fields mean stands in its help."""

    returns: Sequence[str]
    plan: str | None = None
    year: str | None = None
    roster: str | None = None
    manifest: str | None = None
    history: Sequence[str] | None = None
    waivers: str | None = None
    only: Sequence[str] | None = None
    everything: bool = False
    level: Sequence[str] | None = None
    by: str | None = None
    form: str | None = None
    output: Sequence[str] | None = None
    rulings: bool = False
    marked: str | None = None
    force: bool = False
    fail_on: Sequence[str] | None = None
    baseline: str | None = None
    exit_zero: bool = False
    for_public: bool = False
    public_min: str | None = None
    anonymous: bool = False
    as_of: str | None = None
    jobs: str = "0"
    skip_hidden: bool = False
    quiet: bool = False
    verbose: bool = False


def run_returns(asked: Asked, session: Session) -> int:
    """Judge returns and return the exit code of the assessment. Raises Stop where the line cannot be followed."""
    from plancheck.pipeline import assess

    form = None if asked.form is None else usage.chosen(asked.form, tuple(FORMATS), "--format", session)
    folder = folder_for(asked.marked, session, force=asked.force)
    force = asked.force and (bool(asked.output) or folder is None)
    wanted = outputs(asked.output or (), form, session, force=force)
    least = least_shown(asked.public_min, session, public=asked.for_public, anonymous=asked.anonymous)
    request = _request(asked, wanted, session)
    plan = load_plan(asked.plan, session, quiet=asked.quiet)
    request = _of_plan(request, asked, plan, session)
    spare_inputs(wanted, _inputs(request, asked, plan), asked.returns, session)
    with progress(len(request.files), session, quiet=asked.quiet) as told:
        assessment = assess(plan, request, told)
    shown = assessment
    if least:
        from plancheck.public import public

        shown = public(assessment, least, anonymous=asked.anonymous)
    emit(shown, wanted, session, verbosity=asked.verbose - asked.quiet, rulings=asked.rulings)
    write_marked(assessment, folder, session, request.piped)
    return 0 if asked.exit_zero else assessment.exit_code


def _request(asked: Asked, wanted: Sequence[Output], session: Session) -> Request:
    """Return what is asked, as far as it can be said without the plan. Raises Stop."""
    from plancheck.pipeline import Request

    return Request(
        gathered(asked.returns, session),
        usage.year(asked.year, session),
        existing(asked.roster, session),
        levels=levels(asked.level, session),
        fail_on=failing(asked.fail_on, session),
        jobs=usage.whole(asked.jobs, "--jobs", session),
        as_of=usage.day(asked.as_of, session),
        replacements=replacements(asked.manifest, session),
        covered_only=not asked.everything,
        known=known(asked.baseline, session),
        needs=frozenset(level for each in wanted for level in FORMATS[each.form].needs),
        skip_hidden=asked.skip_hidden,
        history=tuple(path for each in asked.history or () if (path := existing(each, session)) is not None),
    )


def _of_plan(request: Request, asked: Asked, plan: Plan, session: Session) -> Request:
    """Return the request with what is said in the plan's words, and what is piped in. Raises Stop."""
    chosen = indicators(usage.words_in(asked.only or ()), plan, session)
    released = waivers_in(asked.waivers, plan, session)
    by = grouping(asked.by, plan, session)
    return replace(request, only=chosen, by=by, waivers=released, piped=piped(request.files, session))


def _inputs(request: Request, asked: Asked, plan: Plan) -> Iterator[Path]:
    """Yield the files that are read, none of which an output may take the place of."""
    from plancheck.pipeline import find_roster

    yield from request.files
    yield from map(Path, (plan.file, *plan.included))
    if roster := find_roster(request):
        yield roster
    yield from map(Path, filter(None, (asked.manifest, asked.baseline, asked.waivers)))
    yield from request.history


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
