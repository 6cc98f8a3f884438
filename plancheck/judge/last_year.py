"""Each unit's own value of the year before, beside its value of the year judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from plancheck.model import Verdict
from plancheck.quantity import Number


def with_last_year(verdicts: Iterable[Verdict], earlier: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts of units, each with the value that one of the `earlier` verdicts gives for the year before."""
    values: Mapping[tuple[str, str | None, int], Number] = {
        (each.indicator, each.unit, each.period + 1): each.value
        for each in earlier
        if each.level == "unit" and each.value is not None
    }
    return tuple(
        replace(each, last_year=values.get((each.indicator, each.unit, each.period))) if each.level == "unit" else each
        for each in verdicts
    )
