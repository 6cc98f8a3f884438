"""What one run found out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from plancheck.language import Said, Text
from plancheck.model.plan import Plan, Target
from plancheck.model.returns import Finding, Reading, Roster, SheetAccount
from plancheck.quantity import Number

Level = Literal["district", "unit", "group"]
Outcome = Literal["met", "not_met", "unknown", "not_applicable"]
Progress = Literal["on_track", "behind", "not_due"]
Status = Literal["met", "on_track", "behind", "not_due", "not_met", "unknown", "not_applicable"]
VerdictMark = Literal["advisory", "aspiration", "waived"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the expected units reported both parts; pupils where the roster gives sizes."""

    reported: int
    expected: int


@dataclass(frozen=True, slots=True)
class Gap:
    """How far from the target: in the indicator's unit, and as the smallest whole number of people or schools."""

    amount: Number
    unit: str
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A unit's part in a missed target: how many people or schools it lacks by its own figures."""

    unit: str
    name: Text
    people: int
    value: Number


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is where figures do not say it; words in `codes.REASONS`."""

    key: str
    params: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One indicator judged for one unit, group or the district in one period.

    `value`, `required` and the target's bound are in the indicator's unit (98 for 98 %); `numerator` over
    `denominator` is the exact fraction. `required` is what the straight path from baseline to target asks this
    year. `readings` may be long: it is made when iterated.
    """

    indicator: str
    level: Level
    unit: str | None
    name: Text
    period: int
    outcome: Outcome
    due: bool
    target: Target
    coverage: Coverage
    progress: Progress | None = None
    provisional: bool = False
    marks: tuple[VerdictMark, ...] = ()
    value: Number | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    required: Number | None = None
    gap: Gap | None = None
    reason: Reason | None = None
    shortfalls: tuple[Shortfall, ...] = ()
    readings: Iterable[Reading] = field(default=(), compare=False, repr=False)

    @property
    def status(self) -> Status:
        """The one word a report prints: the outcome, or before the due year the progress."""
        return self.progress if self.outcome == "not_met" and self.progress is not None else self.outcome

    @property
    def failing(self) -> bool:
        """Whether a binding target that is due is not met."""
        return self.outcome == "not_met" and self.due and not self.marks


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything one run found: the matrix of verdicts, the findings, and what became of each sheet.

    `files` gives the SHA-256 of each return; `summary` counts verdicts by outcome and by progress.
    """

    plan: Plan
    periods: tuple[int, ...]
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    sheets: tuple[SheetAccount, ...]
    files: Mapping[str, str]
    summary: Mapping[str, int]
    exit_code: int
    roster: Roster | None = None
    as_of: str = ""
