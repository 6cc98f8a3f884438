"""The whole program on one page: read the returns by a plan, judge them, hand back an assessment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, field

from plancheck.judge import (
    Scope,
    broken_down,
    check_returns,
    doubted,
    exit_code,
    explained,
    judge,
    levels_of,
    not_checkable,
    periods_of,
    readiness,
    summary,
    uncovered,
    with_last_year,
)
from plancheck.model import (
    USUALLY_FAILS,
    Assessment,
    Finding,
    Level,
    Plan,
    Replacement,
    Return,
    Roster,
    Waiver,
)
from plancheck.returns import (
    Context,
    Identifier,
    Original,
    Refused,
    RosterUnusable,
    missing,
    open_original,
    read_files,
    read_history,
    read_roster,
    roster_among,
    standing,
    taken_from_history,
    vocabulary,
    with_history,
    without_halves,
    without_superseded,
)

Progress = Callable[[int, int], None]
"""Told after each workbook: how many are read, of how many."""


class Request(Struct, frozen=True):
    """What one run is asked to do. `levels` empty: district, or units where all returns are one school's.

    `only` names the indicators to judge; without it `covered_only` leaves out those the returns do not speak of.
    `known` faults, those of a baseline, fail nothing. `needs` are levels to judge beyond `levels`, for outputs that
    show them; they count in nothing. `history` are earlier results, whose figures stand for years without returns.
    `piped` is the return that the file "-" stands for.
    """

    files: tuple[Path, ...]
    year: int | None = None
    roster: Path | None = None
    only: tuple[str, ...] = ()
    levels: frozenset[Level] = field(default_factory=frozenset)
    by: str | None = None
    fail_on: frozenset[str] = USUALLY_FAILS
    jobs: int = 0
    as_of: str = ""
    replacements: tuple[Replacement, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    history: tuple[Path, ...] = ()
    covered_only: bool = False
    known: frozenset[str] = frozenset()
    needs: frozenset[Level] = field(default_factory=frozenset)
    skip_hidden: bool = False
    in_detail: bool = False
    piped: bytes = b""


class Submission(Struct, frozen=True):
    """What was handed in: the returns as read, the roster they are held against, and earlier results."""

    returns: tuple[Return, ...]
    roster: Roster | None
    findings: tuple[Finding, ...] = ()
    history: tuple[Return, ...] = ()


def find_roster(request: Request) -> Path | None:
    """Return the roster: the one given, else one among the returns or beside them."""
    return request.roster or roster_among(request.files)


def read(plan: Plan, request: Request, progress: Progress | None = None) -> Submission:
    """Read every return; an unreadable one becomes a finding, and the others are read all the same."""
    words = vocabulary(plan)
    path = find_roster(request)
    roster: Roster | None = None
    findings: tuple[Finding, ...] = (Finding("PC219"),)
    if path is not None:
        try:
            roster, findings = read_roster(path, plan, words)
        except RosterUnusable as unusable:
            findings = (unusable.finding,)
    identifier = Identifier(plan.units, roster)
    context = Context(plan, words, identifier, request.year, request.skip_hidden, request.in_detail, request.piped)
    files, set_aside = without_superseded([file for file in request.files if file != path], request.replacements)
    returns = read_files(files, context, request.jobs, progress)
    history = tuple(read_history(path, plan, roster) for path in request.history)
    return Submission(returns, roster, (*findings, *set_aside), history)


def assess(plan: Plan, request: Request, progress: Progress | None = None) -> Assessment:
    """Read the returns and judge them."""
    return judged(plan, read(plan, request, progress), request)


def judged(plan: Plan, submission: Submission, request: Request) -> Assessment:
    """Judge what was handed in."""
    returns, roster = submission.returns, submission.roster
    sent = [block for each in returns for block in each.blocks]
    own, twice = standing(sent, plan)
    blocks = with_history(own, submission.history, plan)
    levels = request.levels or levels_of(plan, own)
    not_covered = uncovered(plan, own) if request.covered_only and not request.only else ()
    indicators = [plan.indicators[name] for name in request.only or plan.indicators if name not in not_covered]
    periods = periods_of(plan, own) if request.year is None else (request.year,)
    scope = Scope(indicators, periods, levels | request.needs, request.by, request.waivers, request.as_of)
    taken = taken_from_history(own, blocks, plan, periods)
    checked = check_returns(plan, blocks, roster, periods)
    one_school = levels_of(plan, blocks) == {"unit"}
    # What each campus says is checked all the same, and one that looks at its own return is told of its own.
    entering, silent = (checked.blocks, ()) if one_school else without_halves(checked.blocks, roster)
    judgement = judge(plan, entering, roster, scope)
    found = doubted(judgement.verdicts, checked.suspects, blocks, plan)
    alone = len(returns) == 1 and not sent  # nobody's figures: whose return it is cannot be told, but it is one
    if one_school:
        before = Scope(indicators, [period - 1 for period in periods], frozenset({"unit"}))
        found = with_last_year(found, judge(plan, entering, roster, before).verdicts)
    verdicts = tuple(verdict for verdict in found if verdict.level in (*levels, "group"))
    aside = [verdict for verdict in found if verdict.level not in (*levels, "group")]
    if "group" in request.needs:
        aside += doubted(broken_down(plan, entering, roster, scope), checked.suspects, blocks, plan)
    absent = (*(missing(sent, roster, plan, periods) if roster is not None and "district" in levels else ()), *silent)
    of_files = [each for one in (*returns, *submission.history) for each in one.findings]
    findings = (*submission.findings, *of_files, *twice, *taken, *checked.findings, *judgement.findings, *absent)
    written = [each for one in returns for each in one.explanations]
    findings, explanations = explained(findings, written, returns, plan.checks)
    return Assessment(
        plan,
        periods,
        verdicts,
        findings,
        tuple(sheet for each in returns for sheet in each.sheets),
        {each.file: each.sha256 for each in returns},
        summary(verdicts),
        exit_code(verdicts, findings, request.fail_on, request.known),
        roster,
        request.as_of,
        spreads=judgement.spreads,
        waivers=request.waivers,
        history={each.file: each.sha256 for each in submission.history},
        not_covered=not_covered,
        not_checkable=not_checkable(indicators, levels),
        fail_on=request.fail_on,
        known=request.known,
        matrix=tuple(aside),
        checks=checked.counts,
        explanations=explanations,
        readiness=readiness(findings, {each.file for each in returns}, empty=not sent) if one_school or alone else None,
    )


def original(file: str, piped: bytes = b"") -> Original | Finding:
    """Return the workbook of a return, to be marked; a finding where it cannot be opened for that."""
    try:
        return open_original(Path(file), piped)
    except Refused as refused:
        return Finding(refused.code, file, params=refused.params)
