"""Verdicts: each indicator judged for the district, for groups of units, or for each unit, in one period.

Three ways lead to one. A figure is held against its target. An indicator of level `unit` binds each unit by its own
figures, and the district's verdict is a tally of them. Where each stage (or word of an attribute) has a target of its
own, each is judged as a group, and the district meets it where every group does.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from plancheck.judge.evidence import Evidence, Question, Who, ask
from plancheck.judge.figures import Figures
from plancheck.judge.naming import unit_name
from plancheck.judge.outcome import figures_of, outcome_of, tallied, verdict_of
from plancheck.judge.together import group_name, parts_of, splits, together
from plancheck.model import (
    Amount,
    Change,
    Compare,
    Count,
    Dispersion,
    Indicator,
    KOfN,
    Otherwise,
    Ratio,
    Series,
    Share,
    Verdict,
    formulas_of,
)


class Judged(Struct, frozen=True):
    """A verdict on the district, the question and the figures behind it, and the groups it is made of."""

    question: Question
    verdict: Verdict
    found: Figures | None
    groups: tuple[Verdict, ...] = ()


def district_verdict(indicator: Indicator, evidence: Evidence, period: int) -> Judged:
    """Judge an indicator for the whole district."""
    question = ask(indicator, evidence, period)
    waiver = evidence.waivers.of("", indicator.id, period)
    if splits(question):
        parts = parts_of(question, waiver)
        whole = _read_otherwise(question, together(question, parts, waiver))
        return Judged(question, whole, None, tuple(_read_otherwise(part.question, part.verdict) for part in parts))
    found = figures_of(question)
    return Judged(question, _read_otherwise(question, verdict_of(question, found, waiver)), found)


def group_verdicts(indicator: Indicator, evidence: Evidence, period: int, by: str) -> Iterator[Verdict]:
    """Judge an indicator for each group of units that share an attribute, or a stage."""
    whole = ask(indicator, evidence, period)
    if not _of_parts(whole):
        return
    for word in whole.frame.parted(indicator.stages, indicator.where, by):
        if word:
            question = whole.about(Who("group", word, group_name(word, by, whole), ((by, word),)))
            split = splits(question)
            found = together(question, parts_of(question)) if split else verdict_of(question, figures_of(question))
            yield _read_otherwise(question, found)


def unit_verdicts(indicator: Indicator, evidence: Evidence, period: int, only: frozenset[str]) -> Iterator[Verdict]:
    """Judge an indicator for each of the units `only`, by its own figures."""
    whole = ask(indicator, evidence, period)
    if not _of_parts(whole) or isinstance(indicator.measure, Dispersion):
        return
    for at in whole.population:
        unit = whole.frame.units[at]
        if unit.id in only:
            question = whole.about(Who("unit", unit.id, unit_name(unit, evidence.plan)))
            waiver = evidence.waivers.of(unit.id, indicator.id, period)
            yield _read_otherwise(question, verdict_of(question, figures_of(question), waiver))


def _read_otherwise(question: Question, verdict: Verdict) -> Verdict:
    """Return a verdict with what whom it is about comes to by other formulas, or as part of others."""
    if not question.indicator.otherwise or verdict.outcome not in ("met", "not_met"):
        return verdict
    return replace(verdict, otherwise=(*verdict.otherwise, *_other_formulas(question)))


def _other_formulas(question: Question) -> Iterator[Otherwise]:
    """Yield each other reading; one that does not concern a group or unit, or cannot be told of a part, is left out there.

    A share of units or groups that meet it is no value in the indicator's unit.
    """
    for other in question.indicator.otherwise:
        asked = ask(other.indicator, question.evidence, question.period, question.who)
        if question.who.level == "district" or (asked.population and _of_parts(asked)):
            if splits(asked):
                yield Otherwise(other.id, asked.target, together(asked, parts_of(asked)).outcome)
                continue
            found = figures_of(asked)
            outcome, unknown = outcome_of(asked, found)
            of_units = tallied(asked)
            yield Otherwise(other.id, asked.target, outcome, None if of_units or unknown is not None else found.value)


def _of_parts(whole: Question) -> bool:
    """Return whether an indicator can be judged for a part of the district."""
    if whole.frame.listed:
        return False
    of_district = whole.frame.of_district
    measure = whole.measure.of if isinstance(whole.measure, Change) else whole.measure
    match measure:
        case Ratio():
            return not of_district(measure.denominator)
        case Share() | Count() | KOfN():
            return True
        case Amount() | Series():
            return not all(map(of_district, formulas_of(measure)))
        case Compare() | Dispersion():
            return not any(map(of_district, formulas_of(measure)))
        case _:
            return False
