"""Checks run over the returns: what must be corrected or explained, and which readings are suspect because of it."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from plancheck.expression import PERIOD, Node, calls, names
from plancheck.judge.check_words import Side, findings_of
from plancheck.judge.edits import Asking, asking, counting_absent, plain_formula, same_in_all
from plancheck.judge.evaluate import Values, evaluate
from plancheck.judge.folding import UNKNOWN, folded
from plancheck.judge.frame import Frame, frame_of
from plancheck.judge.history import own_figures_first
from plancheck.judge.patterns import Found, pattern_found
from plancheck.judge.presence import rows_asked
from plancheck.judge.suspects import Suspects, without_suspects
from plancheck.judge.tables import DistrictTable, FormRows, rows_of_forms
from plancheck.judge.unchanged import unchanged
from plancheck.language import Text
from plancheck.model import Block, Check, CheckCount, Finding, Plan, Roster
from plancheck.quantity import UNITS


class Checked(Struct, frozen=True):
    """The blocks with what is suspect taken out, what was found, how often each check held, and what is suspect."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()
    counts: tuple[CheckCount, ...] = ()
    suspects: Suspects = field(default_factory=dict)


_CASES: Final = frozenset(("if",))
_STATED: Final = frozenset(("agrees",))


def check_returns(plan: Plan, blocks: Sequence[Block], roster: Roster | None, periods: Sequence[int]) -> Checked:
    """Hold the returns of some periods against the plan's checks.

    Where the plan checks 上年 columns, last year's figures stand as they were reported last year, whatever this year's
    returns say beside theirs. Where a check that must hold does not, each of its inputs of the year is suspect: no
    verdict rests on it.
    """
    if not plan.checks:
        return Checked(tuple(blocks))
    differing: list[Finding] = []
    standing = list(blocks)
    if any(check.pattern == "year_before" for check in plan.checks.values()):
        standing, differing = own_figures_first(plan, blocks, roster)
    of_units = [block for block in standing if plan.forms[block.form].rows != "list"]
    years = {block.period for block in of_units} | set(periods)
    frames = {year: frame_of(plan, year, of_units, roster) for year in sorted(years)}
    results: list[tuple[Check, int, Found]] = []
    for period in periods:
        table = _Year(frames[period], frames.get(period - 1), rows_of_forms(frames[period]))
        for each in plan.checks.values():
            found = _pattern(each, table, differing) if each.pattern is not None else _formula(each, table)
            results.append((each, period, found))
    before = _of_years_before(plan, frames, of_units, periods)
    suspects: dict[tuple[str, str, int], tuple[Text, ...]] = {}
    for each, period, found in (*results, *before):
        for element, unit in found.inputs if each.grade == "must" else ():
            suspects[element, unit, period] = (*suspects.get((element, unit, period), ()), each.label)
    return Checked(
        without_suspects(standing, suspects),
        (
            *(each for each in differing if (each.period or 0) + 1 not in periods),  # of a year that no check is about
            *(finding for _, _, found in (*results, *before) for finding in found.findings),
        ),
        tuple(
            CheckCount(each.id, period, found.held, len(found.findings), found.skipped)
            for each, period, found in results
        ),
        suspects,
    )


class _Year(Struct, frozen=True):
    """One year's frame, the year before's, and the forms in which a unit has several rows."""

    frame: Frame
    before: Frame | None
    forms: Sequence[FormRows]


def _of_years_before(
    plan: Plan, frames: Mapping[int, Frame], blocks: Sequence[Block], periods: Sequence[int]
) -> Sequence[tuple[Check, int, Found]]:
    """Return which checks that must hold do not among last year's figures that stand beside this year's.

    They were checked when they were reported, so what is not copied whole is not asked for, nor whether a stated rate
    was right; but counts that cannot be right together no verdict may compare with.
    """
    results: list[tuple[Check, int, Found]] = []
    for last in sorted({period - 1 for period in periods} - {*periods}):
        aside = [block for block in blocks if block.aside and block.period == last]
        if not aside:
            continue
        beside = {(block.file, block.sheet) for block in aside}
        told_of = frozenset[str]().union(*(block.places() for block in aside), _known_of_units(plan))
        year = _Year(frames[last], None, rows_of_forms(frames[last]))
        for each in plan.checks.values():
            if each.grade != "must" or each.condition is None or calls(each.condition, _STATED):
                continue
            if not told_of.issuperset(name.id for name in names(each.condition)):
                continue
            found = _formula(replace(each, missing="skip"), year)
            told = [_of_year_before(one, last) for one in found.findings if (one.file, one.sheet) in beside]
            units = {one.unit for one in told}
            inputs = frozenset((element, unit) for element, unit in found.inputs if unit in units)
            results.append((each, last, Found(findings=told, inputs=inputs)))
    return results


def _known_of_units(plan: Plan) -> Collection[str]:
    """Return the names in formulas for which nothing is reported."""
    return (PERIOD, plan.units.stage, *plan.units.attributes)


def _of_year_before(finding: Finding, year: int) -> Finding:
    return replace(finding, code="PC519", params={**finding.params, "year": str(year)})


def _pattern(check: Check, year: _Year, differing: Sequence[Finding]) -> Found:
    assert check.pattern is not None
    if check.pattern == "year_before":
        last = year.frame.period - 1
        return Found(findings=[replace(each, check=check.id) for each in differing if each.period == last])
    if check.pattern == "unchanged":
        return unchanged(check, year.frame, year.before)
    return pattern_found(check, check.pattern, year.frame)


def _formula(check: Check, year: _Year) -> Found:
    assert check.condition is not None
    condition = check.condition
    if check.missing in ("skip_all", "zero"):
        condition = counting_absent(condition, _figures(year.frame.plan), always=check.missing == "zero")
        check = replace(check, condition=condition)
    asked = asking(condition)
    parts = [_held_against(check, asked, *where) for where in _tables(asked, year)]
    return Found(
        sum(part.held for part in parts),
        sum(part.skipped for part in parts),
        [finding for part in parts for finding in part.findings],
        frozenset().union(*(part.inputs for part in parts)),
    )


def _figures(plan: Plan) -> Container[str]:
    """Return the elements that are numbers, of which 0 is one."""
    return {each.id for each in plan.elements.values() if UNITS[each.unit].kind in ("count", "amount", "percent")}


def _tables(asked: Asking, year: _Year) -> Iterator[tuple[Side, Sequence[int]]]:
    """Yield what to hold it against, and which rows: the district where only its own figures are asked, else units.

    Where units have several rows in one form that holds all that is asked, it is their rows; but what is filled in is asked of a unit.
    """
    frame, elements = year.frame, year.frame.plan.elements
    if all(element in elements and elements[element].reporter == "district" for element, _ in asked.elements):
        before = None if year.before is None else DistrictTable(year.before)
        yield Side(DistrictTable(frame), before, frame.plan), (0,)
        return
    apart: set[str] = set()
    known = _known_of_units(frame.plan)
    reported = [element for element, _ in asked.elements if element not in known]
    of_rows = all(back == 0 for _, back in asked.elements) and not asked.of_cells
    for rows in year.forms if of_rows else ():
        if rows.holds(reported):
            apart |= {unit.id for unit in rows.units}
            yield Side(rows, None, frame.plan), range(len(rows.units))
    every = range(len(frame.units))
    others = [at for at in every if frame.units[at].id not in apart] if apart else every
    yield Side(frame, year.before, frame.plan), others


def _held_against(check: Check, asked: Asking, where: Side, population: Sequence[int]) -> Found:
    """Return how often a check holds in the rows that it concerns.

    A row that reports nothing of what is asked is no concern of it, unless what is absent counts as 0; where only some of
    it is absent, `missing` says whether the check is skipped or fails.
    """
    plain, units = asked.plain, where.table.units
    now = [element for element, back in asked.elements if back == 0]
    cases = check.missing in ("skip", "skip_all") and calls(plain, _CASES)
    # One that nobody reports an input of is not asked at all, unless it is of several cases and somebody reports one.
    if check.missing == "skip" and not cases and not _all_reported(asked, where):
        return Found()
    concerned = _concerned(check, asked, where, population)
    answers = _evaluated(plain, where) if concerned else ()
    if not answers or (cases and not _any_value(answers)):
        return Found()
    columns = [where.column(element) for element in now]
    doubtful = [at for at in concerned if not answers[at]]
    failing: list[int] = []
    held, skipped = len(concerned) - len(doubtful), 0
    for at in doubtful:
        if answers[at] is not None:
            failing.append(at)
        elif any(values[at] is not None for values in columns):
            skipped += check.missing == "skip"
            failing += [at] if check.missing == "fail" else []
    return Found(
        held,
        skipped,
        findings_of(check, asked, where, failing),
        frozenset((element, units[at].id) for at in failing for element in now),
    )


def _all_reported(asked: Asking, where: Side) -> bool:
    """Return whether somebody reports each of a formula's inputs; no column is made behind one that nobody reports."""
    return all(_any_value(where.column(name)) for name in asked.names)


def _evaluated(plain: Node, where: Side) -> Values:
    shorter = folded(plain, lambda name: same_in_all(name, where.column))
    size = len(where.table.units)
    return [None] * size if shorter == UNKNOWN else evaluate(shorter, where.column, size)


def _any_value(values: Values) -> bool:
    return any(value is not None for value in values)


def _concerned(check: Check, asked: Asking, where: Side, population: Sequence[int]) -> Sequence[int]:
    units = where.table.units
    if check.missing == "zero" or asked.of_cells:  # whoever hands in nothing of it is no concern of it either
        handed_in = rows_asked([element for element, back in asked.elements if back == 0], where.table)
        population = [at for at in population if handed_in[at]]
    if check.stages:
        population = [at for at in population if units[at].stage in check.stages]
    if check.where is None:
        return population
    answers = _evaluated(plain_formula(check.where), where)
    return [at for at in population if answers[at]]
