"""What one run found out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct, field

from plancheck.language import Said, Text
from plancheck.model.check import CheckCount, Explanation, Readiness
from plancheck.model.measure import Target
from plancheck.model.plan import Plan
from plancheck.model.returns import Finding, Reading, Roster, SheetAccount
from plancheck.quantity import Number

ASSESSMENT_SCHEMA: Final = "plancheck/assessment/1"
"""The name and version of the machine form of an assessment: how it is written, and read back as history."""

USUALLY_FAILS: Final = frozenset({"not_met", "must"})
"""What makes a run fail unless it is told otherwise."""

Level = Literal["district", "unit", "group"]
Outcome = Literal["met", "not_met", "unknown", "not_applicable"]
Progress = Literal["on_track", "behind", "not_due"]
Status = Literal["met", "on_track", "behind", "not_due", "not_met", "unknown", "not_applicable"]
VerdictMark = Literal["advisory", "aspiration", "waived"]


class Coverage(Struct, frozen=True):
    """How many of the units expected reported both parts, and how many pupils their schools have, if the roster says."""

    reported: int
    expected: int
    pupils_reported: int | None = None
    pupils_expected: int | None = None


class Gap(Struct, frozen=True):
    """How far from the target: in the indicator's unit, and as the smallest whole number of people or schools."""

    amount: Number
    unit: str
    people: int | None = None


class Shortfall(Struct, frozen=True):
    """A unit's part in a missed target: how many people or schools it lacks by its own figures."""

    unit: str
    name: Text
    people: int
    value: Number


class Reason(Struct, frozen=True):
    """Why a verdict is what it is where figures do not say it; words in `codes.REASONS`."""

    key: str
    params: Mapping[str, Said] = field(default_factory=dict)


class Waiver(Struct, frozen=True):
    """A recorded release of one unit (or the district, "") from one indicator for some periods.

    `since` and `until` are ISO dates, both included: the days on which the waiver itself is in force.
    """

    unit: str
    indicator: str
    periods: tuple[int, ...]
    approver: str
    document: str
    reason: str
    since: str
    until: str
    place: str = ""


class Otherwise(Struct, frozen=True):
    """What a verdict would be under another reading: a restatement's target, a revision not yet in force, rounding.

    `value` where it is another formula, or of others: what these come to.
    """

    key: str
    target: Target
    outcome: Outcome
    value: Number | None = None


class Spread(Struct, frozen=True):
    """How far the groups of one attribute lie apart on one indicator: the extremes, and the coefficient of variation.

    `variation` is weighted by the groups' denominators (pupils), as a decimal to six places. `tally`: the values are
    shares in percent of units that meet the indicator.
    """

    indicator: str
    period: int
    by: str
    lowest: tuple[Text, Number]
    highest: tuple[Text, Number]
    variation: Number | None = None
    tally: bool = False


class Verdict(Struct, frozen=True):
    """One indicator judged for one unit, group or the district in one period.

    `value`, `required` and the target's bound are in the indicator's unit (98 for 98 %); `numerator` over `denominator`
    is the exact fraction. `required` is what the straight path from baseline to target asks this year. For a series, a
    comparison and a change `numerator` is the amount now and `denominator` the one it is held against, of the year
    `base_year`. `tally`: the indicator is each unit's own (or each group has a target of its own), and `value` is the
    share in percent of those that meet it, `numerator` of `denominator`. `bounds` are the worst and the best value that
    returns still missing could bring. `rounded` is the value that was compared where the indicator says so. `closing`
    is the smallest set of units whose reaching the target would close the gap, the first of `shortfalls`;
    `without_largest` the value without the unit that lacks most. `last_year` is the unit's own value of the year
    before. `by` is the attribute whose word the units of a group share. `of_part` is the part of a series whose amount
    the value is, where it has several: the one that did worst, each year perhaps another. `readings` may be long: it is
    made when iterated.
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
    tally: bool = False
    base_year: int | None = None
    bounds: tuple[Number, Number] | None = None
    rounded: Number | None = None
    closing: tuple[str, ...] = ()
    without_largest: Number | None = None
    otherwise: tuple[Otherwise, ...] = ()
    waiver: Waiver | None = None
    last_year: Number | None = None
    by: str = ""
    of_part: Text | None = None
    readings: Iterable[Reading] = ()

    @property
    def status(self) -> Status:
        """The one word a report prints: the outcome, or before the due year the progress."""
        return self.progress if self.outcome == "not_met" and self.progress is not None else self.outcome

    @property
    def moved(self) -> Number | None:
        """By how much the unit's own value differs from that of the year before, None where either is not known."""
        if self.value is None or self.last_year is None:
            return None
        return Fraction(self.value) - self.last_year

    @property
    def superseded(self) -> bool:
        """Whether it is unknown because the plan says that it cannot be assessed any more; that fails no run."""
        return self.reason is not None and self.reason.key in ("superseded", "superseded_by")

    @property
    def failing(self) -> bool:
        """Whether a binding target that is due is not met."""
        return self.outcome == "not_met" and self.due and not self.marks

    @property
    def lack(self) -> Number:
        """The gap as a share of what is asked, by which gaps of different units are ranked; 0 where it has no such share."""
        asked = self.target.bound if self.target.bound is not None else self.denominator
        return 0 if self.gap is None or not asked else Fraction(self.gap.amount) / abs(Fraction(asked))


class Assessment(Struct, frozen=True):
    """Everything one run found: the matrix of verdicts, the findings, and what became of each sheet.

    `files` gives the SHA-256 of each return; `summary` counts verdicts by outcome and by progress. `explanations`
    are for the district to accept. `readiness` stands where one school's own returns are looked at. `not_covered` are
    the indicators that were left out because the returns do not speak of them. `history` gives the SHA-256 of each
    earlier result that figures of earlier years were taken from. `fail_on` and the faults `known` from
    a baseline are what the exit code was drawn from. `matrix` are verdicts on units that nobody asked for but an
    output shows; they count in no summary and fail nothing. `least_shown` is set in a version for the public: counts of
    people below it are left out. `not_checkable` are the commitments asked for that no figures can check.
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
    spreads: tuple[Spread, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    history: Mapping[str, str] = field(default_factory=dict)
    not_covered: tuple[str, ...] = ()
    checks: tuple[CheckCount, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    readiness: Readiness | None = None
    fail_on: frozenset[str] = USUALLY_FAILS
    known: frozenset[str] = frozenset()
    matrix: tuple[Verdict, ...] = ()
    least_shown: int = 0
    not_checkable: tuple[str, ...] = ()

    @property
    def last_period(self) -> int:
        """The last of the years judged, 0 where there is none."""
        return max(self.periods, default=0)
