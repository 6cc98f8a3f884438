"""What a run is about where nobody says: which years, which levels, and the indicators that the returns speak of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from plancheck.expression import PERIOD, Node, names
from plancheck.model import Block, Indicator, KOfN, Level, Narrative, Plan, Series, formulas_of


def periods_of(plan: Plan, blocks: Sequence[Block]) -> tuple[int, ...]:
    """Return the years that returns are about: those they state, else the latest with figures.

    Years standing side by side in one table are history for the year reported, not years of their own; nor does a
    ledger alone make a year one that is reported, unless there is nothing else.
    """
    own = [(plan.forms[block.form], block.period) for block in blocks if not block.aside]
    schools = {period for form, period in own if form.rows != "list" and form.reporter == "unit"}
    ledgers = {period for form, period in own if form.rows == "list"}
    for stated in (schools, ledgers):
        if stated:
            return tuple(sorted(stated))
    return tuple({max(block.period for block in blocks)} if blocks else ())


def levels_of(plan: Plan, blocks: Sequence[Block]) -> frozenset[Level]:
    """Return the levels to judge when none is asked for: one school's own returns are judged for its units."""
    schools = {unit.code for block in blocks if plan.forms[block.form].rows != "list" for unit in block.units}
    return frozenset({"unit"}) if len(schools) == 1 and "" not in schools else frozenset({"district"})


def not_checkable(indicators: Iterable[Indicator], levels: Collection[Level]) -> tuple[str, ...]:
    """Return the commitments that no figures can check; they are the district's."""
    if "district" not in levels:
        return ()
    return tuple(each.id for each in indicators if isinstance(each.measure, Narrative))


def uncovered(plan: Plan, blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the indicators that the returns do not speak of: no list of theirs was read, or no element of a formula.

    Of what no figures can check no returns speak; it is told for itself. The numbered rows of the plan's table are never
    among them: what is missing there is unknown, and is said so.
    """
    forms = frozenset(block.form for block in blocks)
    elements = frozenset[str]().union(*(block.elements() for block in blocks))

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
        return isinstance(measure, Narrative) or enough(map(read, formulas_of(measure)))

    return tuple(each.id for each in plan.indicators.values() if each.no is None and not covered(each))
