"""What a verdict would be under another reading: a restatement's target, a revision yet to come, rounding or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from plancheck.judge.evidence import Question
from plancheck.judge.figures import Figures, meets
from plancheck.language import Said
from plancheck.model import Finding, Otherwise, Outcome, Rounding, Target
from plancheck.quantity import show

Under = Callable[[Target], bool | None]
"""Whether figures are what another target asks; None where that is not known."""


def other_targets(question: Question, under: Under) -> Iterator[Otherwise]:
    """Yield the outcome under each restatement with a target of its own, and under revisions of later years."""
    indicator = question.indicator
    for restated in indicator.restated:
        if restated.target is not None:
            yield Otherwise(restated.id, restated.target, _outcome(met=under(restated.target)))
    for revision in indicator.revised:
        if revision.since > question.period:
            yield Otherwise(f"revised:{revision.since}", revision.target, _outcome(met=under(revision.target)))


def _outcome(*, met: bool | None) -> Outcome:
    return "unknown" if met is None else "met" if met else "not_met"


def other_rounding(question: Question, found: Figures) -> Otherwise | None:
    """Return the outcome with rounding to the target's decimals, or without it where it is rounded, if that differs."""
    indicator, target = question.indicator, question.target
    if found.decided is not None or found.held or found.value is None or target.bound is None:
        return None
    other = None if indicator.rounding is not None else Rounding(decimals(target))
    met, would = meets(found, target, indicator.rounding), meets(found, target, other)
    return None if met == would else Otherwise("exact" if other is None else "rounding", target, _outcome(met=would))


def rounding_finding(question: Question, found: Figures) -> Finding:
    """Return the note that a verdict hangs on whether the value is rounded."""
    bound, value = question.target.bound, found.value
    assert value is not None
    params: dict[str, Said] = {
        "indicator": question.indicator.label,
        "value": show(value, 2, bound),
        "target": question.target.text,
        "places": decimals(question.target),
    }
    return Finding("PC416", params=params, period=question.period)


def decimals(target: Target) -> int:
    """Return how many decimals a target is written with (98.0: one), at least as many as its bound needs; six at most."""
    written = max((len(each) for each in re.findall(r"[.．]([0-9]+)", target.text)), default=0)
    bound = target.bound or 0
    return next((places for places in range(written, 6) if (Fraction(bound) * 10**places).denominator == 1), 6)
