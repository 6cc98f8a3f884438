"""How far the groups of an attribute lie apart on an indicator: the extremes, and how they vary weighted by their size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plancheck.judge.dispersion import squared_variation
from plancheck.judge.figures import Part
from plancheck.judge.rounding import root
from plancheck.model import Spread, Verdict
from plancheck.quantity import Number


def spreads(verdicts: Iterable[Verdict], by: str) -> Iterator[Spread]:
    """Yield the spread of each indicator and year over groups by `by`, where at least two groups have a value."""
    together: dict[tuple[str, int], list[tuple[Verdict, Number]]] = {}
    for verdict in verdicts:
        if verdict.level == "group" and verdict.value is not None:
            together.setdefault((verdict.indicator, verdict.period), []).append((verdict, verdict.value))
    for (indicator, period), groups in together.items():
        if len(groups) > 1:
            lowest, highest = (choose(groups, key=lambda group: group[1]) for choose in (min, max))
            yield Spread(
                indicator,
                period,
                by,
                (lowest[0].name, lowest[1]),
                (highest[0].name, highest[1]),
                _variation([group for group, _ in groups]),
                lowest[0].tally,
            )


def _variation(groups: list[Verdict]) -> Number | None:
    """Return the coefficient of variation of numerator ÷ denominator, weighted by the denominators."""
    parts: list[Part] = [
        (0, group.numerator, group.denominator)
        for group in groups
        if group.numerator is not None and group.denominator is not None and group.denominator > 0
    ]
    square = squared_variation(parts) if len(parts) == len(groups) else None
    return None if square is None else root(square)
