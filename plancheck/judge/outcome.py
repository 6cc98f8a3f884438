"""One verdict from the figures that decide it: outcome, progress, how far, who holds the gap, and what else may be said."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from plancheck.judge.basis import basis_of
from plancheck.judge.evidence import Question
from plancheck.judge.figures import Figures, compared, meets, settled
from plancheck.judge.gap import closing, gap_of, gap_of_units, shortfalls, without_largest
from plancheck.judge.measures import figures
from plancheck.judge.otherwise import other_rounding, other_targets
from plancheck.judge.own import k_of_n, tally
from plancheck.judge.target import goal, is_due, progress, required, rising
from plancheck.language import Said
from plancheck.model import (
    Change,
    Coverage,
    Indicator,
    KOfN,
    Otherwise,
    Outcome,
    Progress,
    Reason,
    Target,
    Verdict,
    VerdictMark,
    Waiver,
)
from plancheck.quantity import Number, show

NOT_ASKED: Final = frozenset({"other_years", "base_year"})
"""Reasons for which an indicator does not apply, rather than that it is not known."""


def figures_of(question: Question) -> Figures:
    """Return the figures that decide: a unit's own, the tally of units where each is bound, else those of the whole."""
    measure, out = question.measure, set_aside(question)
    if out is not None:
        # The figures of the base year are what later years are held against: they are kept, for results to be history.
        used = figures(question.of(measure.of)).used if isinstance(measure, Change) and out.key == "base_year" else ()
        return Figures(Coverage(0, len(question.population)), used=used, reason=out)
    if question.who.level == "unit":
        return k_of_n(question, measure) if isinstance(measure, KOfN) else figures(question)
    return tally(question) if tallied(question) else figures(question)


def set_aside(question: Question) -> Reason | None:
    """Return why an indicator is not judged in a year, or not for a unit."""
    indicator, period = question.indicator, question.period
    if indicator.years and period not in indicator.years:
        return Reason("other_years", {"years": ", ".join(map(str, indicator.years))})
    gone = indicator.superseded
    if gone is not None and period >= gone.since:
        said: dict[str, Said] = {"since": str(gone.since), "why": gone.why}
        if gone.by is None:
            return Reason("superseded", said)
        return Reason("superseded_by", {**said, "by": question.plan.indicators[gone.by].label})
    if question.who.level == "unit" and goal(indicator, period, question.key) is None:
        return Reason("no_target", {"attribute": question.plan.elements[question.by].label})
    measure = indicator.measure
    if isinstance(measure, Change) and measure.base != "prior_year" and period <= question.plan.baseline_year:
        return Reason("base_year", {"year": str(question.plan.baseline_year)})
    return None


def tallied(question: Question) -> bool:
    """Return whether a verdict counts the units that meet what binds each of them."""
    return question.who.level != "unit" and (
        question.indicator.level == "unit" or isinstance(question.indicator.measure, KOfN)
    )


def verdict_of(question: Question, found: Figures, waiver: Waiver | None = None) -> Verdict:
    """Return the verdict on figures; `waiver` is the one that releases whom it is about."""
    indicator, who, target = question.indicator, question.who, question.target
    plain = Verdict(
        indicator.id, who.level, who.unit, who.name, question.period, "unknown",
        is_due(indicator, question.plan, question.period), target, found.coverage,
        marks=marks_of(question, waiver),
        numerator=found.numerator,
        denominator=found.denominator,
        base_year=found.base_year,
        waiver=waiver,
        by=who.by,
        of_part=found.part,
        readings=basis_of(question, found),
    )  # fmt: skip
    outcome, unknown = outcome_of(question, found)
    if unknown is not None:
        return replace(plain, outcome=outcome, reason=unknown)
    met = outcome == "met"
    of_units = tallied(question)
    lacks = () if met or who.level == "unit" else shortfalls(question, found)
    gap = None if met else gap_of_units(found) if of_units else gap_of(question, found)
    on_path = found.decided is None and not isinstance(question.measure, Change)
    wanted = required(indicator, question.plan, question.period, target) if on_path and not plain.due else None
    provisional = not settled(found, target, indicator.rounding) or not (
        met or plain.due or _sure(found, target, wanted)
    )
    return replace(
        plain,
        outcome="met" if met else "not_met",
        progress=None if met or plain.due else _progress(found, target, wanted),
        provisional=provisional,
        value=found.value,
        required=wanted,
        gap=gap,
        reason=_remark(question, found, provisional=provisional, met=met),
        shortfalls=lacks,
        tally=of_units,
        bounds=_bounds(found, target),
        rounded=None if of_units else compared(found, indicator.rounding),
        closing=closing(gap, lacks),
        without_largest=None if of_units else without_largest(question, found, lacks),
        otherwise=_otherwise(question, found),
        marks=(*plain.marks, "waived") if found.waived and "waived" not in plain.marks else plain.marks,
    )


def outcome_of(question: Question, found: Figures) -> tuple[Outcome, Reason | None]:
    """Return what figures come to against the target, and why they come to nothing, where they do."""
    unknown = found.reason if not found.known else _too_few(question.indicator, found)
    if unknown is not None:
        return "not_applicable" if unknown.key in NOT_ASKED else "unknown", unknown
    return "met" if meets(found, question.target, question.indicator.rounding) else "not_met", None


def marks_of(question: Question, waiver: Waiver | None) -> tuple[VerdictMark, ...]:
    """Return what is to be remarked on a verdict: advisory below the district, an aspiration, waived."""
    indicator, who = question.indicator, question.who
    own_target = bool(indicator.targets) and question.key != ""
    advisory = indicator.level == "district" and who.level != "district" and not own_target
    marks: tuple[VerdictMark, ...] = ("advisory",) if advisory and not isinstance(indicator.measure, KOfN) else ()
    marks += ("aspiration",) if indicator.nature == "aspiration" else ()
    return marks if waiver is None else (*marks, "waived")


def _too_few(indicator: Indicator, found: Figures) -> Reason | None:
    least, coverage = indicator.least_coverage, found.coverage
    if least is None or coverage.reported >= least * coverage.expected:
        return None
    said: dict[str, Said] = {
        "reported": coverage.reported,
        "expected": coverage.expected,
        "least": show(least * 100, 1),
    }
    return Reason("coverage_too_low", said)


def _progress(found: Figures, target: Target, wanted: Number | None) -> Progress:
    return "not_due" if found.value is None or wanted is None else progress(target, found.value, wanted)


def _sure(found: Figures, target: Target, wanted: Number | None) -> bool:
    """Return whether missing returns leave the progress as it is: on track at the worst, or behind at the best."""
    if not found.missing or wanted is None:
        return True
    worst, best = (found.low, found.high) if rising(target) else (found.high, found.low)
    on_track = worst is not None and progress(target, worst, wanted) == "on_track"
    return on_track or (best is not None and progress(target, best, wanted) == "behind")


def _remark(question: Question, found: Figures, *, provisional: bool, met: bool) -> Reason | None:
    """Return what the figures do not say: that it may still turn, why it is missed, or that it goes beyond a range."""
    indicator, upper = question.indicator, question.target.upper
    if provisional:
        return Reason("missing_returns", {"count": found.missing})
    if found.reason is not None:
        return found.reason
    if found.waived:
        return Reason("all_waived")
    if met and upper is not None and found.value is not None and not tallied(question) and found.value > upper:
        return Reason("over_range", {"upper": str(upper)})
    if not met and indicator.condition:
        return Reason("condition", {"condition": indicator.condition})
    return None


def _bounds(found: Figures, target: Target) -> tuple[Number, Number] | None:
    """Return the worst and the best value that missing returns could bring; of a tally more is always better."""
    if not found.missing or found.low is None or found.high is None:
        return None
    upwards = rising(target) or found.decided is not None
    return (found.low, found.high) if upwards else (found.high, found.low)


def _otherwise(question: Question, found: Figures) -> tuple[Otherwise, ...]:
    indicator = question.indicator

    def under(target: Target) -> bool | None:
        return tally(question, target).decided if tallied(question) else meets(found, target, indicator.rounding)

    rounding = other_rounding(question, found)
    return (*other_targets(question, under), *((rounding,) if rounding else ()))
