"""Waivers: which are in force on the day of the run, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from plancheck.judge.naming import THE_DISTRICT
from plancheck.language import Said
from plancheck.model import Finding, Plan, Verdict, Waiver

Released = tuple[str, str, int]
"""A unit's id, a school's code or "" for the district; an indicator; a year."""


class Waivers(Struct, frozen=True):
    """The waivers that are in force, by whom they release from what."""

    given: Mapping[Released, Waiver] = field(default_factory=dict)

    def of(self, unit: str, indicator: str, period: int) -> Waiver | None:
        """Return the waiver that releases a unit, by its own id or as part of its school; "" is the district."""
        found = self.given.get((unit, indicator, period))
        code, stage, _ = unit.partition("/")
        return found or (self.given.get((code, indicator, period)) if stage else None)


def in_force(waivers: Iterable[Waiver], as_of: str) -> Waivers:
    """Return the waivers that hold on a day: from the first to the last day of each, both included."""
    return Waivers(
        {
            (waiver.unit, waiver.indicator, period): waiver
            for waiver in waivers
            if waiver.since <= as_of <= waiver.until
            for period in waiver.periods
        }
    )


def waiver_findings(
    waivers: Sequence[Waiver], as_of: str, plan: Plan, units: Collection[str], verdicts: Sequence[Verdict]
) -> Iterator[Finding]:
    """Yield what is wrong with waivers: expired ones first, and among these the ones whose target is not met now.

    One that was renewed is not among them.

    `units` are the ids and codes of all units known; with none known nobody can be said to be unknown.
    """
    failing = {
        (unit, verdict.indicator, verdict.period)
        for verdict in verdicts
        if verdict.failing
        for unit in (verdict.unit or "", *(lack.unit for lack in verdict.shortfalls))
    }

    def bites(waiver: Waiver) -> bool:
        return any(
            indicator == waiver.indicator and period in waiver.periods and waiver.unit in (unit, unit.partition("/")[0])
            for unit, indicator, period in failing
        )

    held = in_force(waivers, as_of)
    expired = [
        waiver
        for waiver in waivers
        if waiver.until < as_of and not all(held.of(waiver.unit, waiver.indicator, year) for year in waiver.periods)
    ]
    for waiver in sorted(expired, key=lambda each: not bites(each)):
        yield _finding("PC412", waiver, plan, {"until": waiver.until, "document": waiver.document})
    for waiver in waivers:
        if waiver.indicator not in plan.indicators:
            yield _finding("PC415", waiver, plan, {"found": waiver.indicator})
        elif waiver.unit and units and waiver.unit not in units:
            yield _finding("PC414", waiver, plan, {"found": waiver.unit})
        elif waiver.since > as_of:
            yield _finding("PC413", waiver, plan, {"since": waiver.since})


def _finding(code: str, waiver: Waiver, plan: Plan, params: Mapping[str, Said]) -> Finding:
    """Return a finding at the waiver's place, which is written file:line:column."""
    indicator = plan.indicators.get(waiver.indicator)
    said: dict[str, Said] = {
        "unit": waiver.unit or THE_DISTRICT,
        "indicator": waiver.indicator if indicator is None else indicator.label,
        **params,
    }
    file, *cell = waiver.place.rsplit(":", 2)
    return Finding(code, file, "", ":".join(cell), waiver.unit, said)
