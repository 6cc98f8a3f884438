"""An assessment that may be published: no small counts of people, no names of people, perhaps none of schools."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from plancheck.model import Assessment, Roster, Unit, Verdict
from plancheck.public.disguise import disguised
from plancheck.public.small import hidden, of_people
from plancheck.public.text import without_phones

__all__ = ["public"]

_KEPT: Final = ("PC219", "PC220")
"""Findings that quote no cell: that there is no roster, and who sent no return."""


def public(assessment: Assessment, least: int = 5, *, anonymous: bool = False) -> Assessment:
    """Return what of an assessment may be published.

    A count of people below `least` is left out with all that it could be worked out from. Readings, sheets, free text
    and all findings that quote a cell go, and with them people and telephone numbers. What failed and the exit code
    stay. `anonymous`: schools get numbers.
    """
    everything = (*assessment.verdicts, *assessment.matrix)
    small = hidden(everything, assessment, least)
    shown = [_published(verdict, assessment, hide=at in small, least=least) for at, verdict in enumerate(everything)]
    out_of = {everything[at].indicator for at in small}
    clean = replace(
        assessment,
        verdicts=tuple(shown[: len(assessment.verdicts)]),
        matrix=tuple(shown[len(assessment.verdicts) :]),
        findings=tuple(finding for finding in assessment.findings if finding.code in _KEPT),
        sheets=(),
        files={f"return-{number:03}": digest for number, digest in enumerate(assessment.files.values(), 1)},
        roster=None if assessment.roster is None else _roster(assessment.roster, assessment.plan.units.attributes),
        spreads=tuple(spread for spread in assessment.spreads if spread.indicator not in out_of),
        waivers=tuple(replace(waiver, approver="", reason="", place="") for waiver in assessment.waivers),
        explanations=(),
        least_shown=least,
    )
    return disguised(clean) if anonymous else clean


def _published(verdict: Verdict, assessment: Assessment, *, hide: bool, least: int) -> Verdict:
    from plancheck.model import Coverage, Reason

    waiver = None if verdict.waiver is None else replace(verdict.waiver, approver="", reason="", place="")
    name = replace(verdict.name, zh=without_phones(verdict.name.zh), en=without_phones(verdict.name.en))
    # what another formula comes to is in no equation of `small`, and beside the first it may tell what lies between
    others = tuple(replace(other, value=None) for other in verdict.otherwise)
    plain = replace(verdict, name=name, waiver=waiver, readings=(), otherwise=others)
    if not of_people(verdict, assessment):
        return plain
    # each of these tells of single schools, or of those that are missing
    coverage = Coverage(verdict.coverage.reported, verdict.coverage.expected)
    plain = replace(plain, coverage=coverage, shortfalls=(), bounds=None, closing=(), without_largest=None)
    if not hide:
        return plain
    return replace(
        plain, value=None, numerator=None, denominator=None, gap=None, rounded=None, last_year=None, otherwise=(),
        reason=Reason("suppressed", {"least": least}),
    )  # fmt: skip


def _roster(roster: Roster, attributes: tuple[str, ...]) -> Roster:
    units = {
        name: Unit(
            unit.id, unit.code, without_phones(unit.name), unit.stage,
            {each: without_phones(unit.attributes[each]) for each in attributes if each in unit.attributes},
            unit.opened, unit.closed,
        )
        for name, unit in roster.units.items()
    }  # fmt: skip
    return Roster("roster", roster.sha256, units, {})
