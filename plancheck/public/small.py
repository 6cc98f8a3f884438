"""Which figures must not be published: small counts of people, and whatever they could be worked out from.

Every total is an equation, total = the sum of its parts. An equation with one unknown gives it away, and so does one
whose unknowns add up to a small count; more of its figures are left out until neither is the case, in all equations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from plancheck.expression import names
from plancheck.model import (
    Amount,
    Assessment,
    Change,
    Compare,
    Dispersion,
    Ratio,
    Series,
    Verdict,
    formulas_of,
)
from plancheck.quantity import Number

_OF_AMOUNTS: Final = (Ratio, Amount, Series, Change, Compare, Dispersion)

Equation = tuple[int, tuple[int, ...]]
"""The place of a total among the verdicts, and those of its parts."""


def of_people(verdict: Verdict, assessment: Assessment) -> bool:
    """Return whether a verdict's figures count people: schools that are counted are no secret."""
    plan = assessment.plan
    indicator = plan.indicators[verdict.indicator]
    if verdict.tally or not isinstance(indicator.measure, _OF_AMOUNTS):
        return False
    used = {name.id for node in formulas_of(indicator.measure) for name in names(node)}
    return any(plan.elements[name].unit == "person" for name in used if name in plan.elements)


def hidden(verdicts: Sequence[Verdict], assessment: Assessment, least: int) -> frozenset[int]:
    """Return the places of the verdicts whose figures are left out."""
    of_persons = [at for at, verdict in enumerate(verdicts) if of_people(verdict, assessment)]
    small = {at for at in of_persons if _small(verdicts[at], least)}
    aside = _told_twice(verdicts, of_persons, small)
    unknown = small - aside
    equations = [*_equations(verdicts, [at for at in of_persons if at not in aside], assessment)]
    grown = True
    while grown:
        grown = False
        for equation in equations:
            more = _one_more(equation, unknown, verdicts, least)
            if more is not None:
                unknown.add(more)
                grown = True
    return frozenset(unknown | aside)


def _told_twice(verdicts: Sequence[Verdict], of_persons: Sequence[int], small: set[int]) -> set[int]:
    """Return the groups by a second attribute of each indicator and year in which something is left out.

    Sums by zones and by types of school, taken together, could give away what neither does alone.
    """
    kinds: dict[tuple[str, int], list[str]] = {}
    for at in of_persons:
        verdict = verdicts[at]
        if verdict.level == "group":
            known = kinds.setdefault((verdict.indicator, verdict.period), [])
            known += [] if verdict.by in known else [verdict.by]
    lacking = {(verdicts[at].indicator, verdicts[at].period) for at in small}
    return {
        at
        for at in of_persons
        for verdict in (verdicts[at],)
        for about in ((verdict.indicator, verdict.period),)
        if verdict.level == "group" and about in lacking and verdict.by != kinds[about][0]
    }


def _small(verdict: Verdict, least: int) -> bool:
    return any(0 < count < least for count in _counts((verdict,)))


def _counts(verdicts: Iterable[Verdict]) -> tuple[Number, Number, Number]:
    """Return the numerators, the denominators and what is left between them, each added up."""
    above: Number = 0
    below: Number = 0
    for verdict in verdicts:
        above += verdict.numerator or 0
        below += verdict.denominator or 0
    return above, below, below - above


def _one_more(equation: Equation, unknown: set[int], verdicts: Sequence[Verdict], least: int) -> int | None:
    """Return the figure to leave out next so that an equation gives nothing away; None where it does not."""
    total, parts = equation
    left_out = [at for at in parts if at in unknown]
    shown = sorted((at for at in parts if at not in unknown), key=lambda at: (verdicts[at].denominator or 0, at))
    if total in unknown:
        return shown[0] if not left_out and shown else None
    safe = len(left_out) != 1 and not any(0 < count < least for count in _counts(verdicts[at] for at in left_out))
    if safe:
        return None
    return next((at for at in shown if verdicts[at].denominator), total)


def _equations(verdicts: Sequence[Verdict], of_persons: Sequence[int], assessment: Assessment) -> Iterator[Equation]:
    """Yield for each indicator and year: the district of its units, the district of its groups, each group of its units."""
    about: dict[tuple[str, int], dict[tuple[str, str], list[int]]] = {}
    for at in of_persons:
        verdict = verdicts[at]
        kinds = about.setdefault((verdict.indicator, verdict.period), {})
        kinds.setdefault((verdict.level, verdict.by), []).append(at)  # townships are one whole, stages another
    for kinds in about.values():
        units = kinds.get(("unit", ""), [])
        for (level, _), found in kinds.items():
            if level != "district":
                yield from ((total, tuple(found)) for total in kinds.get(("district", ""), ()))
            for total in found if level == "group" else ():
                parts = tuple(at for at in units if _belongs(verdicts[at], verdicts[total], assessment))
                if parts:
                    yield total, parts


def _belongs(unit: Verdict, group: Verdict, assessment: Assessment) -> bool:
    """Return whether a unit is in a group; one of which nothing is known may be in any."""
    name = unit.unit or ""
    if group.by == assessment.plan.units.stage:
        return name.rpartition("/")[2] == group.unit
    known = None if assessment.roster is None else assessment.roster.units.get(name)
    return known is None or group.unit == known.attributes.get(group.by)
