"""The whole program on one page: load the plan, read the returns, judge, hand back an assessment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from glob import glob
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from plancheck.expression import PERIOD, Node, names
from plancheck.judge import (
    Scope,
    check_returns,
    doubted,
    exit_code,
    explained,
    judge,
    readiness,
    summary,
    with_last_year,
)
from plancheck.model import (
    STANDARD_INPUT,
    USUALLY_FAILS,
    Assessment,
    Block,
    Finding,
    Indicator,
    KOfN,
    Level,
    Narrative,
    Plan,
    Replacement,
    Return,
    Roster,
    Series,
    Waiver,
    formulas_of,
)
from plancheck.returns import (
    FILE_NAMES,
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
    standing,
    taken_from_history,
    vocabulary,
    with_history,
    without_superseded,
    year_folder,
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


class NothingToCheck(Exception):
    """No return was found under the paths given; `where` names them."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


SUFFIXES: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv")
"""What is taken for a return when a folder is searched; a file that is named is read whatever it is called."""


def gather(paths: Sequence[str]) -> tuple[Path, ...]:
    """Return the workbooks under files, folders and globs, each once, rosters left aside; "-" is standard input.

    Lock files (~$…) and hidden files are passed over in folders, links found there are not followed. Raises
    FileNotFoundError for a path that does not exist, NothingToCheck when nothing is left.
    """
    found: dict[Path, None] = {}
    for text in paths:
        path = Path(text)
        if not text:  # an empty variable of a script, which Path would take for this folder
            raise FileNotFoundError("“”")
        if text == STANDARD_INPUT:
            found[path] = None
        elif path.is_dir():
            found.update(dict.fromkeys(_in_folder(path)))
        elif path.exists():
            found[_file(path)] = None
        elif matches := sorted(glob(text, recursive=True)):
            found.update(dict.fromkeys(_file(Path(match)) for match in matches if Path(match).is_file()))
        else:
            raise FileNotFoundError(text)
    if not found:
        raise NothingToCheck("、".join(paths))
    return tuple(found)


def _file(path: Path) -> Path:
    return path.absolute() if path == Path(STANDARD_INPUT) else path  # a file that is called so: ./-


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.suffix.lower() in SUFFIXES and not hidden and not path.is_symlink() and path.is_file():
            yield path


def find_roster(request: Request) -> Path | None:
    """Return the roster: the one given, else one called roster.xlsx or …名录.xlsx among the returns or beside the first.

    Where the first return stands in a folder of its year, beside that folder is looked too.
    """
    if request.roster is not None:
        return request.roster
    among = [path for path in request.files if FILE_NAMES.fullmatch(path.name)]
    first = [path for path in request.files if path != Path(STANDARD_INPUT)][:1]
    of_year = map(year_folder, first)
    folders = dict.fromkeys((*(path.parent for path in first), *(each.parent for each in of_year if each)))
    beside = (path for folder in folders for path in sorted(folder.iterdir()) if FILE_NAMES.fullmatch(path.name))
    return next(iter(among), None) or next(beside, None)


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
    returns = submission.returns
    sent = [block for each in returns for block in each.blocks]
    blocks, twice = standing(sent, plan)
    periods = _periods(plan, blocks, request.year)
    levels = request.levels or _levels(plan, blocks)
    indicators = [plan.indicators[name] for name in request.only] if request.only else list(plan.indicators.values())
    not_covered = uncovered(plan, blocks) if request.covered_only and not request.only else ()
    indicators = [indicator for indicator in indicators if indicator.id not in not_covered]
    asked = levels | request.needs
    scope = Scope(indicators, periods, asked, request.by, request.waivers, request.as_of)
    own, blocks = blocks, with_history(blocks, submission.history, plan)
    taken = taken_from_history(own, blocks, plan, periods)
    checked = check_returns(plan, blocks, submission.roster, periods)
    judgement = judge(plan, checked.blocks, submission.roster, scope)
    found = doubted(judgement.verdicts, checked.suspects, blocks, plan)
    own_return = _levels(plan, blocks) == {"unit"}
    if own_return:
        before = Scope(indicators, [period - 1 for period in periods], frozenset({"unit"}))
        found = with_last_year(found, judge(plan, checked.blocks, submission.roster, before).verdicts)
    verdicts = tuple(verdict for verdict in found if verdict.level in (*levels, "group"))
    absent: list[Finding] = []
    if submission.roster is not None and "district" in levels:
        absent = list(missing(sent, submission.roster, plan, periods))
    read_findings = [each for one in (*returns, *submission.history) for each in one.findings]
    findings = (*submission.findings, *read_findings, *twice, *taken, *checked.findings, *judgement.findings, *absent)
    findings, explanations = explained(findings, [each for one in returns for each in one.explanations])
    return Assessment(
        plan,
        periods,
        verdicts,
        findings,
        tuple(sheet for each in returns for sheet in each.sheets),
        {each.file: each.sha256 for each in returns},
        summary(verdicts),
        exit_code(verdicts, findings, request.fail_on, request.known),
        submission.roster,
        request.as_of,
        spreads=judgement.spreads,
        waivers=request.waivers,
        history={each.file: each.sha256 for each in submission.history},
        not_covered=not_covered,
        fail_on=request.fail_on,
        known=request.known,
        matrix=tuple(verdict for verdict in found if verdict.level not in (*levels, "group")),
        checks=checked.counts,
        explanations=explanations,
        readiness=readiness(findings, {each.file for each in returns}) if own_return else None,
    )


def original(file: str, piped: bytes = b"") -> Original | Finding:
    """Return the workbook of a return, to be marked; a finding where it cannot be opened for that."""
    try:
        return open_original(Path(file), piped)
    except Refused as refused:
        return Finding(refused.code, file, params=refused.params)


def uncovered(plan: Plan, blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the indicators that the returns do not speak of: no list of theirs was read, or no element of a formula.

    The numbered rows of the plan's table are never among them: what is missing there is unknown, and is said so.
    """
    forms = frozenset(block.form for block in blocks)
    elements = frozenset(element for block in blocks for element in block.elements())

    def read(node: Node) -> bool:
        # Year, stage and attributes are known of every unit, whether a return states them or not.
        known = (PERIOD, plan.units.stage, *plan.units.attributes)
        named = [name.id for name in names(node) if name.id not in known]
        return not named or any(name in elements for name in named)

    def covered(indicator: Indicator) -> bool:
        measure = indicator.measure
        if indicator.of:
            return indicator.of in forms
        if isinstance(measure, KOfN):
            return any(covered(plan.indicators[name]) for name in measure.indicators)
        # One part of a series speaks for all; of a numerator and a denominator each must be there.
        enough = any if isinstance(measure, Series) else all
        return not isinstance(measure, Narrative) and enough(map(read, formulas_of(measure)))

    return tuple(each.id for each in plan.indicators.values() if each.no is None and not covered(each))


def _periods(plan: Plan, blocks: Sequence[Block], given: int | None) -> tuple[int, ...]:
    """Return the years the run is about: the given one, those the returns state, else the latest with figures.

    Years standing side by side in one table are history for the year reported, not years of their own; nor does a
    ledger alone make a year one that is reported, unless there is nothing else.
    """
    if given is not None:
        return (given,)
    own = [(plan.forms[block.form], block.period) for block in blocks if not block.aside]
    schools = {period for form, period in own if form.rows != "list" and form.reporter == "unit"}
    ledgers = {period for form, period in own if form.rows == "list"}
    for stated in (schools, ledgers):
        if stated:
            return tuple(sorted(stated))
    return tuple({max(block.period for block in blocks)} if blocks else ())


def _levels(plan: Plan, blocks: Sequence[Block]) -> frozenset[Level]:
    """Return the levels to judge when none is asked for: one school's own returns are judged for its units."""
    schools = {unit.code for block in blocks if plan.forms[block.form].rows != "list" for unit in block.units}
    return frozenset({"unit"}) if len(schools) == 1 and "" not in schools else frozenset({"district"})
