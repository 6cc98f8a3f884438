"""What each unit's own figures come to, all units at once: indicators that bind every unit, and k of n of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct, field

from plancheck.judge.counts import answers
from plancheck.judge.evidence import Question, Who, ask
from plancheck.judge.figures import Figures, Part, fitting, holds, meets, ratio_of, scale_of, unread
from plancheck.judge.measures import figures
from plancheck.judge.rounding import rounded
from plancheck.judge.sums import Pairs, amounts, pairs
from plancheck.judge.target import COMPARE, goal, rising
from plancheck.language import Text, all_of
from plancheck.model import (
    Amount,
    Compare,
    Count,
    Finding,
    KOfN,
    Ratio,
    Reason,
    Share,
    Shortfall,
    Target,
    formulas_of,
)
from plancheck.quantity import Number

_BILLION: Final = 10**9


class Own(Struct, frozen=True):
    """The units whose own figures meet their targets, and those whose figures do not, with these figures.

    A value is `scale` times numerator over denominator; `against`: the numerator is held against the denominator.
    Units in neither list are not known. `pairs` has those with one figure only.
    """

    met: list[int] = field(default_factory=list)
    missed: list[tuple[Part, Target]] = field(default_factory=list)
    scale: int = 1
    against: bool = False
    pairs: Pairs = field(default_factory=lambda: Pairs((), ()))

    def value(self, part: Part) -> Number:
        """Return a unit's value in the indicator's unit."""
        return part[1] if self.against else ratio_of(part[1], part[2], self.scale)


def own(question: Question, instead: Target | None = None) -> Own:
    """Hold each unit of the population against the target of its own; `instead`: all against another one."""
    match question.measure:
        case Ratio(numerator, denominator):
            scale = scale_of(question.indicator)
            found = pairs(question, numerator, denominator, part_of_whole=scale == 100)
            result = Own(scale=scale, pairs=found)
            parts: Sequence[Part] = [part for part in found.both if part[2] != 0]
        case Compare(amount, against):
            found = pairs(question, amount, against)
            result, parts = Own(against=True, pairs=found), found.both
        case Amount(node):
            result, parts = Own(), amounts(question, node)
        case Share(condition) | Count(condition):
            scale = scale_of(question.indicator)
            said = answers(question, condition, each_unit=True).known()
            result, parts = Own(scale=scale), [(at, int(answer), 1) for at, answer in said]
        case KOfN():
            return _own_of_several(question, question.measure)
        case _:
            return _one_by_one(question, instead)
    for target, alike in _by_target(question, parts, instead):
        _hold(question, result, alike, target)
    return result


def _by_target(
    question: Question, parts: Sequence[Part], instead: Target | None
) -> Iterator[tuple[Target, Sequence[Part]]]:
    """Yield targets with the figures of those they are for; a unit without the word that chooses one is named."""
    indicator, period = question.indicator, question.period
    common = instead or goal(indicator, period)
    if common is not None:
        yield common, parts
        return
    words = question.frame.column(question.by)
    groups: dict[str, list[Part]] = {}
    for part in parts:
        groups.setdefault(str(words[part[0]] or ""), []).append(part)
    without = 0
    for word, alike in groups.items():
        target = goal(indicator, period, word)
        if target is None:
            without += len(alike)
        else:
            yield target, alike
    if without and question.who.level != "unit":
        label = question.plan.elements[question.by].label
        finding = Finding("PC406", params={"count": without, "attribute": label}, period=period)
        question.frame.note(finding, question.by)


def _hold(question: Question, result: Own, parts: Sequence[Part], target: Target) -> None:
    """Tell those that meet a target from those that do not."""
    compare, rounding = COMPARE[target.operator], question.indicator.rounding
    if result.against:
        fits = [compare(part[1], part[2]) for part in parts]
    elif rounding is not None:
        fits = [holds(rounded(result.value(part), rounding), target) for part in parts]
    else:
        fits = fitting(parts, target, result.scale)
    pairs_of = list(zip(parts, fits, strict=True))
    result.met.extend([part[0] for part, fit in pairs_of if fit])
    result.missed.extend([(part, target) for part, fit in pairs_of if not fit])


def _one_by_one(question: Question, instead: Target | None) -> Own:
    """Ask each unit for itself, where there is no shorter way: a change needs its own year before."""
    result = Own()
    for at in question.population:
        each = question.about(Who("unit", question.frame.units[at].id, Text("", "")))
        found = figures(each)
        target = instead or each.target
        if found.value is not None and meets(found, target, question.indicator.rounding):
            result.met.append(at)
        elif found.value is not None:
            result.missed.append(((at, found.value, 1), target))
    return result


# --------------------------------------------------------------------------------------------- k of n


class Several(Struct):
    """How one unit stands with several indicators: how many it meets, which it misses, and of these which by far."""

    met: int = 0
    missed: list[str] = field(default_factory=list)
    far: list[str] = field(default_factory=list)

    def outcome(self, measure: KOfN) -> bool | None:
        """Return whether it meets enough and misses none by far; None where the ones not known could decide."""
        unknown = len(measure.indicators) - self.met - len(self.missed)
        if self.far or self.met + unknown < measure.least:
            return False
        return True if unknown == 0 else None


def several(question: Question, measure: KOfN) -> dict[int, Several]:
    """Ask several indicators of each unit of the population."""
    found = {at: Several() for at in question.population}
    for name in measure.indicators:
        indicator = question.plan.indicators[name]
        result = own(ask(indicator, question.evidence, question.period, question.who))
        for at in result.met:
            if at in found:
                found[at].met += 1
        for part, target in result.missed:
            if part[0] in found:
                found[part[0]].missed.append(name)
                if not _near(result, part, target, measure.floor):
                    found[part[0]].far.append(name)
    return found


def _near(result: Own, part: Part, target: Target, floor: Fraction) -> bool:
    """Return whether a missed target is reached to the share `floor`: of a ceiling, not exceeded by more than that."""
    value = result.value(part)
    bound = part[2] if result.against else target.bound
    assert bound is not None
    return value >= floor * bound if rising(target) else value * floor <= bound


def _own_of_several(question: Question, measure: KOfN) -> Own:
    result = Own()
    for at, each in several(question, measure).items():
        outcome = each.outcome(measure)
        if outcome:
            result.met.append(at)
        elif outcome is False:
            result.missed.append(((at, each.met, 1), question.target))
    return result


def k_of_n(question: Question, measure: KOfN) -> Figures:
    """Work out k of n for one unit: how many it meets, which others it misses by more than is allowed."""
    (at,) = question.population
    found = several(question, measure)[at]
    known, every = found.met + len(found.missed), len(measure.indicators)
    coverage = question.covered(known, every, question.population)
    outcome = found.outcome(measure)
    if outcome is None:
        reason = Reason("too_few_known", {"known": known, "every": every})
        return Figures(coverage, None, found.met, every, (at,), reason=reason)
    labels = [question.plan.indicators[name].label for name in found.far or found.missed]
    why = Reason("far_below" if found.far else "missed", {"indicators": all_of(labels)}) if labels else None
    return Figures(coverage, found.met, found.met, every, (at,), reason=why, decided=outcome)


# ---------------------------------------------------------------------------------------------- tally


def tally(question: Question, instead: Target | None = None) -> Figures:
    """Count the units whose own figures meet their targets: all must. One that does not decides, whoever is missing."""
    result = own(question, instead)
    missed = [part[0] for part, _ in result.missed]
    judged, every = len(result.met) + len(missed), len(question.population)
    coverage = question.covered(judged, every, (*result.met, *missed))
    pairs = result.pairs
    if not judged:
        reason = Reason("no_pair") if pairs.incomplete else _nothing(question)
        return Figures(coverage, incomplete=pairs.incomplete, exceeding=pairs.exceeding, reason=reason)
    waivers, units, period = question.evidence.waivers, question.frame.units, question.period
    waived = all(waivers.of(units[at].id, question.indicator.id, period) for at in missed) if missed else False
    return Figures(
        coverage,
        ratio_of(len(result.met), judged, 100),
        len(result.met),
        judged,
        sorted((*result.met, *missed)),
        incomplete=pairs.incomplete,
        exceeding=pairs.exceeding,
        low=ratio_of(len(result.met), every, 100),
        high=ratio_of(every - len(missed), every, 100),
        decided=not missed,
        shortfalls=_shortfalls(question, result),
        waived=waived,
    )


def _nothing(question: Question) -> Reason:
    frame, measure = question.frame, question.measure
    if isinstance(measure, KOfN):
        return Reason("too_few_known", {"known": 0, "every": len(measure.indicators)})
    return unread(frame, *formulas_of(measure))


def _shortfalls(question: Question, result: Own) -> Sequence[Shortfall]:
    """Return the units that miss their target, the one with the worst figure first. Each lacks itself."""
    units, sign = question.frame.units, 1 if rising(question.target) else -1
    order = sorted(result.missed, key=lambda one: (sign * _rank(result, one[0]), units[one[0][0]].id))
    return [Shortfall(units[part[0]].id, question.frame.called(part[0]), 1, result.value(part)) for part, _ in order]


def _rank(result: Own, part: Part) -> int:
    """Return a value in whole billionths, which sort faster than fractions do."""
    return int(part[1] * _BILLION // (1 if result.against else part[2]))
