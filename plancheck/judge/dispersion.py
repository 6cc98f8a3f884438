"""The coefficient of variation (差异系数), weighted by pupils: S ÷ X̄, held against its bound by squares, never rounded."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from plancheck.judge.evidence import Question
from plancheck.judge.figures import Figures, Part, unread
from plancheck.judge.rounding import root
from plancheck.judge.sums import pairs
from plancheck.model import Dispersion, Reason
from plancheck.quantity import Number


def dispersion(question: Question, measure: Dispersion) -> Figures:
    """Work out how far units lie apart in `amount ÷ weight`. A unit without pupils weighs nothing."""
    found = pairs(question, measure.amount, measure.weight)
    counted = [part for part in found.both if part[2] > 0]
    used = [part[0] for part in found.both]
    coverage = question.covered(len(used), len(question.population), used)
    square = squared_variation(counted)
    if square is None:
        nodes = measure.amount, measure.weight
        reason = Reason("nothing_counted") if found.both else unread(question.frame, *nodes)
        return Figures(coverage, used=used, incomplete=found.incomplete, reason=reason)
    bound = question.target.bound
    value = root(square, () if bound is None else (bound,))
    return Figures(coverage, value, used=used, incomplete=found.incomplete, square=square)


def squared_variation(parts: Iterable[Part]) -> Fraction | None:
    """Return the square of the weighted coefficient of variation of amount ÷ weight; None where the mean is 0.

    With X̄ = Σa ÷ Σp and S² = Σp(a÷p − X̄)² ÷ Σp, S² ÷ X̄² is Σp · Σ(a²÷p) ÷ (Σa)² − 1. Units of one weight are
    taken together, so that a hundred thousand of them need few fractions.
    """
    by_weight: dict[Number, Number] = {}
    amounts: Number = 0
    weights: Number = 0
    for _, amount, weight in parts:
        amounts += amount
        weights += weight
        by_weight[weight] = by_weight.get(weight, 0) + amount * amount
    if amounts == 0:
        return None
    squares = sum((Fraction(squares) / weight for weight, squares in by_weight.items()), Fraction(0))
    return weights * squares / Fraction(amounts) ** 2 - 1
