"""Every kind of measure worked out over a population: one table from measures to those who can."""

from __future__ import annotations

from typing import assert_never

from plancheck.judge.counts import count, every_group, members, share
from plancheck.judge.dispersion import dispersion
from plancheck.judge.evidence import Question
from plancheck.judge.figures import Figures
from plancheck.judge.milestone import milestone
from plancheck.judge.series import change, series
from plancheck.judge.sums import amount, compare, ratio
from plancheck.model import (
    Amount,
    Change,
    Compare,
    Count,
    Coverage,
    Dispersion,
    EveryGroup,
    KOfN,
    Members,
    Milestone,
    Narrative,
    Ratio,
    Reason,
    Series,
    Share,
)


def figures(question: Question) -> Figures:
    """Work out a measure. Those of each unit's own (`KOfN`) are told by `own`, a narrative by nobody."""
    frame, measure = question.frame, question.measure
    if frame.listed and not frame.units:
        form = question.plan.forms[question.indicator.of]
        return Figures(Coverage(0, 1), reason=Reason("no_list", {"form": form.title, "year": str(frame.period)}))
    match measure:
        case Ratio():
            return ratio(question, measure)
        case Amount():
            return amount(question, measure)
        case Share():
            return share(question, measure)
        case Count():
            return count(question, measure)
        case EveryGroup():
            return every_group(question, measure)
        case Members():
            return members(question, measure)
        case Series():
            return series(question, measure)
        case Change():
            return _change(question, measure)
        case Compare():
            return compare(question, measure)
        case Dispersion():
            return dispersion(question, measure)
        case Milestone():
            return milestone(question, measure)
        case KOfN() | Narrative():
            raise TypeError(f"{type(measure).__name__} has no figures of a population")
        case _:
            assert_never(measure)


def _change(question: Question, measure: Change) -> Figures:
    """Work out both years of a change: this one, and the one before or the plan's first."""
    base_year = question.period - 1 if measure.base == "prior_year" else question.plan.baseline_year
    of = question.of(measure.of)
    return change(question, measure, figures(of), figures(of.at(base_year)), base_year)
