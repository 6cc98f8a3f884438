"""Ratios of sums and shares of schools: numerator and denominator over the units that have both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from plancheck.expression import Node, names
from plancheck.judge.frame import Frame
from plancheck.judge.target import COMPARE
from plancheck.language import Said, Text
from plancheck.model import Coverage, Finding, Indicator, Ratio, Reason, Share, Target
from plancheck.quantity import Number


@dataclass(frozen=True, slots=True)
class Figures:
    """What a measure comes to over a population.

    `used` and `incomplete` are unit positions: those that entered, and those that have one part only. `counts` pairs
    for each used unit (of a share: school) a position with its own numerator and denominator. `open_above`: missing
    units can only add to the numerator (a sum of the units held against the district's own figure).
    """

    numerator: Number | None
    denominator: Number | None
    coverage: Coverage
    used: Sequence[int]
    counts: Sequence[tuple[int, Number, Number]] = ()
    incomplete: Sequence[int] = ()
    exceeding: Sequence[tuple[int, Number, Number]] = ()
    reason: Reason | None = None
    open_above: bool = False
    whole_schools: bool = False


def figures(indicator: Indicator, frame: Frame, population: Sequence[int]) -> Figures:
    """Work out a ratio or a share over a population of units."""
    match indicator.measure:
        case Share():
            return _share(indicator.measure, frame, population)
        case Ratio() as ratio:
            if frame.of_district(ratio.numerator):
                return _district_ratio(ratio, frame)
            if frame.of_district(ratio.denominator):
                return _against_district(ratio, frame, population)
            return _pairs(ratio, frame, population, part_of_whole=indicator.unit == "percent")
        case _:
            raise TypeError("a series has no figures of one period")


def _pairs(ratio: Ratio, frame: Frame, population: Sequence[int], *, part_of_whole: bool) -> Figures:
    above, below = frame.values(ratio.numerator), frame.values(ratio.denominator)
    counts: list[tuple[int, Number, Number]] = []
    incomplete: list[int] = []
    exceeding: list[tuple[int, Number, Number]] = []
    for at in population:
        part, whole = above[at], below[at]
        if part is None or whole is None:
            if part is not None or whole is not None:
                incomplete.append(at)
            continue
        assert not isinstance(part, str) and not isinstance(whole, str)
        (exceeding if part_of_whole and part > whole else counts).append((at, part, whole))
    numerator, denominator = _sum([count[1] for count in counts]), _sum([count[2] for count in counts])
    reason = None
    if not counts:
        reason = Reason("no_pair") if incomplete else _unread(frame, ratio.numerator, ratio.denominator)
    elif denominator == 0:
        reason = Reason("nothing_counted")
    coverage = Coverage(len(counts), len(population))
    used = [count[0] for count in counts]
    return Figures(numerator, denominator, coverage, used, counts, incomplete, exceeding, reason)


def _sum(values: Sequence[Number]) -> Number:
    total = sum(values)
    return total.numerator if isinstance(total, Fraction) and total.denominator == 1 else total


def elements_in(frame: Frame, *nodes: Node) -> Text:
    """Return the labels of the elements that formulas speak of, for a message."""
    found = (frame.plan.elements.get(name.id) for node in nodes for name in names(node))
    labels = list(dict.fromkeys(element.label for element in found if element is not None))
    return Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


def _unread(frame: Frame, *nodes: Node) -> Reason:
    return Reason("no_reading", {"elements": elements_in(frame, *nodes)})


def _against_district(ratio: Ratio, frame: Frame, population: Sequence[int]) -> Figures:
    """A sum over the units held against the district's own figure, such as children against population."""
    above = frame.values(ratio.numerator)
    below = frame.district_value(ratio.denominator)
    counts = [(at, value, 0) for at in population if (value := above[at]) is not None and not isinstance(value, str)]
    coverage = Coverage(len(counts), len(population))
    used = [count[0] for count in counts]
    if not counts or below is None or isinstance(below, str):
        missing = ratio.numerator if not counts else ratio.denominator
        return Figures(None, None, coverage, used, reason=_unread(frame, missing))
    reason = Reason("nothing_counted") if below == 0 else None
    return Figures(_sum([count[1] for count in counts]), below, coverage, used, reason=reason, open_above=True)


def _district_ratio(ratio: Ratio, frame: Frame) -> Figures:
    above, below = frame.district_value(ratio.numerator), frame.district_value(ratio.denominator)
    if above is None or below is None or isinstance(above, str) or isinstance(below, str):
        missing = [node for node, value in ((ratio.numerator, above), (ratio.denominator, below)) if value is None]
        return Figures(None, None, Coverage(0, 1), (), reason=_unread(frame, *missing))
    return Figures(above, below, Coverage(1, 1), (), reason=Reason("nothing_counted") if below == 0 else None)


def _share(share: Share, frame: Frame, population: Sequence[int]) -> Figures:
    """Count schools: the units of one school answer for it together, and must agree."""
    answers = frame.values(share.condition)
    schools: dict[str, list[int]] = {}
    for at in population:
        schools.setdefault(frame.units[at].code, []).append(at)
    counts: list[tuple[int, Number, Number]] = []
    used: list[int] = []
    for positions in schools.values():
        if len(positions) == 1:
            (at,) = positions
            if answers[at] is not None:
                counts.append((at, int(bool(answers[at])), 1))
                used.append(at)
            continue
        said = {answers[at] for at in positions} - {None}
        if len(said) == 1:
            counts.append((positions[0], int(bool(said.pop())), 1))
            used += [at for at in positions if answers[at] is not None]
        elif len(said) > 1:
            _disagree(frame, share, positions[0])
    coverage = Coverage(len(counts), len(schools))
    if not counts:
        reason = _unread(frame, share.condition)
        return Figures(None, None, coverage, used, reason=reason, whole_schools=True)
    return Figures(sum(int(count[1]) for count in counts), len(counts), coverage, used, counts, whole_schools=True)


def _disagree(frame: Frame, share: Share, position: int) -> None:
    unit = frame.units[position]
    params: dict[str, Said] = {"name": unit.name, "element": elements_in(frame, share.condition)}
    finding = Finding("PC403", unit=unit.id, params=params)
    if finding not in frame.findings:
        frame.findings.append(finding)


def settled(found: Figures, target: Target, scale: int) -> bool:
    """Return whether the missing units could not change the outcome, however they reported (worst and best case)."""
    missing = found.coverage.expected - found.coverage.reported
    if missing <= 0:
        return True
    assert target.bound is not None and found.numerator is not None and found.denominator
    compare = COMPARE[target.operator]
    if found.whole_schools:
        schools = found.denominator + missing
        worst, best = Fraction(found.numerator) * scale / schools, Fraction(found.numerator + missing) * scale / schools
        return compare(worst, target.bound) == compare(best, target.bound)
    if found.open_above:
        return target.operator in (">=", ">") and compare(
            Fraction(found.numerator) * scale / found.denominator, target.bound
        )
    return False


def value_of(found: Figures, indicator: Indicator) -> Number:
    """Return the figures' value in the indicator's unit: 98 for 98 %."""
    assert found.numerator is not None and found.denominator
    value = Fraction(found.numerator) / found.denominator * scale_of(indicator)
    return value.numerator if value.denominator == 1 else value


def scale_of(indicator: Indicator) -> int:
    """Return by what a bare ratio is multiplied to be in the indicator's unit."""
    return 100 if indicator.unit == "percent" else 1
