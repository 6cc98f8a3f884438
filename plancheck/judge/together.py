"""Verdicts made of those of groups: where each stage, or word of an attribute, has a target of its own."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from plancheck.judge.basis import Basis, basis_of
from plancheck.judge.evidence import Question, Who
from plancheck.judge.figures import Figures, meets, ratio_of
from plancheck.judge.measures import figures
from plancheck.judge.otherwise import other_targets
from plancheck.judge.outcome import marks_of, set_aside, tallied, verdict_of
from plancheck.judge.target import goal, is_due
from plancheck.language import Text, all_of
from plancheck.model import Coverage, Gap, Progress, Reason, Target, Verdict, Waiver

_SLOWEST_FIRST: tuple[Progress, ...] = ("behind", "on_track", "not_due")


class Part(Struct, frozen=True):
    """One group with its figures and its verdict."""

    question: Question
    found: Figures
    verdict: Verdict


def splits(question: Question) -> bool:
    """Return whether a verdict is made of those of groups that have targets of their own."""
    return (
        question.who.level != "unit"
        and goal(question.indicator, question.period, question.key) is None
        and not tallied(question)
        and set_aside(question) is None
    )


def parts_of(question: Question, waiver: Waiver | None = None) -> list[Part]:
    """Judge each group that has a target; not one of which it is known that no unit belongs to it."""
    parts: list[Part] = []
    stages = question.indicator.stages if question.by == question.plan.units.stage else ()
    for word in question.indicator.targets:
        if stages and word not in stages:
            continue
        name = group_name(word, question.by, question)
        part = question.about(Who("group", word, name, (*question.who.within, (question.by, word))))
        if part.population or not question.frame.complete:
            found = figures(part)
            parts.append(Part(part, found, verdict_of(part, found, waiver)))
    return parts


def group_name(word: str, by: str, question: Question) -> Text:
    """Return the name of a group: a stage's label, or the attribute's word."""
    stages = question.plan.units.stages
    return stages[word].label if by == question.plan.units.stage else Text(word, word)


def together(question: Question, parts: Sequence[Part], waiver: Waiver | None = None) -> Verdict:
    """Make one verdict of those of groups: met where each one's is, not met where one's is not, else unknown."""
    groups = [part.verdict for part in parts]
    judged = [group for group in groups if group.outcome in ("met", "not_met")]
    missed = [group for group in judged if group.outcome == "not_met"]
    unknown = [group for group in groups if group.outcome == "unknown"]
    coverages = [group.coverage for group in groups]
    who, met = question.who, len(judged) - len(missed)
    plain = Verdict(
        question.indicator.id, who.level, who.unit, who.name, question.period, "unknown",
        is_due(question.indicator, question.plan, question.period), question.target,
        Coverage(sum(each.reported for each in coverages), sum(each.expected for each in coverages)),
        marks=marks_of(question, waiver),
        waiver=waiver,
        by=who.by,
        readings=Basis(tuple(each for part in parts for each in basis_of(part.question, part.found).parts)),
    )  # fmt: skip
    if not judged or (unknown and not missed):
        return replace(plain, reason=_named("groups_unknown", unknown) if unknown else Reason("nothing_counted"))
    certain = any(not group.provisional for group in missed)
    return replace(
        plain,
        outcome="not_met" if missed else "met",
        progress=None if plain.due or not missed else _slowest(missed),
        provisional=not certain and any(group.provisional for group in judged),
        value=ratio_of(met, len(judged), 100),
        numerator=met,
        denominator=len(judged),
        gap=Gap(ratio_of(len(missed), len(judged), 100), "point", len(missed)) if missed else None,
        reason=_named("groups_failing", missed) if missed else None,
        tally=True,
        otherwise=tuple(other_targets(question, lambda target: _each_meets(parts, target))),
    )


def _each_meets(parts: Sequence[Part], target: Target) -> bool | None:
    rounding = parts[0].question.indicator.rounding
    said = [meets(part.found, target, rounding) if part.found.known else None for part in parts]
    return False if False in said else None if None in said else True


def _slowest(missed: Sequence[Verdict]) -> Progress:
    return next(each for each in _SLOWEST_FIRST if any(group.progress == each for group in missed))


def _named(key: str, groups: Sequence[Verdict]) -> Reason:
    return Reason(key, {"groups": all_of(group.name for group in groups)})
