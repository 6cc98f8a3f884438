"""What an indicator measures and what is asked of it: measures, targets, timing. Read after `plan`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, assert_never

from msgspec import Struct, field

from plancheck.expression import Node
from plancheck.language import Text

# ------------------------------------------------------------------------------------------- measures


class Ratio(Struct, frozen=True):
    """The sum of `numerator` over units divided by the sum of `denominator`, over units that have both."""

    numerator: Node
    denominator: Node


class Amount(Struct, frozen=True):
    """A plain value: the district's own, else the sum over the units; of a unit its own."""

    amount: Node


class Share(Struct, frozen=True):
    """The share of schools (or of the rows of a list) for which `condition` holds, among those that answer."""

    condition: Node


class Count(Struct, frozen=True):
    """How many schools (or rows of a list) there are for which `condition` holds."""

    condition: Node


class EveryGroup(Struct, frozen=True):
    """The share of the groups of attribute `by` (each township) with `least` schools or more that hold `condition`."""

    by: str
    condition: Node
    least: int = 1


class Members(Struct, frozen=True):
    """A named set: the share of its members (id -> the names each may have) that a list holds with `condition`."""

    members: Mapping[str, tuple[str, ...]]
    condition: Node | None = None


class Series(Struct, frozen=True):
    """Amounts compared with the year before, part by part; every part must meet the target."""

    parts: Mapping[str, Node]
    labels: Mapping[str, Text] = field(default_factory=dict)


Base = Literal["prior_year", "baseline_year", "average_per_year"]
"""With what a change compares: the year before, the plan's baseline year, or that one spread over the years since."""


class Change(Struct, frozen=True):
    """How far a rate or amount moved from a named base: in its own unit (percentage points), or relative, in percent."""

    of: Ratio | Amount
    base: Base
    relative: bool = False


class Compare(Struct, frozen=True):
    """One amount held against another of the same year and unit, such as pay against pay or seats against entrants."""

    amount: Node
    against: Node


class Dispersion(Struct, frozen=True):
    """The coefficient of variation of `amount ÷ weight` over units, weighted by `weight` (pupils): 差异系数."""

    amount: Node
    weight: Node


class KOfN(Struct, frozen=True):
    """Of the named unit-level indicators at least `least` met, and each other one at `floor` of its target or more."""

    indicators: tuple[str, ...]
    least: int
    floor: Fraction


class Milestone(Struct, frozen=True):
    """One row of a list, found by any of `names`, for which `done` holds, by its due year.

    `year` is the element that holds the year of completion, `delivered` the element to be held against `planned`.
    """

    names: tuple[str, ...]
    done: Node
    year: str | None = None
    delivered: str | None = None
    planned: int | None = None


class Narrative(Struct, frozen=True):
    """A commitment that no figures can check, and why; kept and listed, never judged."""

    reason: Text


Measure = (
    Ratio
    | Amount
    | Share
    | Count
    | EveryGroup
    | Members
    | Series
    | Change
    | Compare
    | Dispersion
    | KOfN
    | Milestone
    | Narrative
)


def formulas_of(measure: Measure) -> tuple[Node, ...]:
    """Return every formula of a measure, in the order of its fields."""
    match measure:
        case Ratio(first, second) | Compare(first, second) | Dispersion(first, second):
            return first, second
        case Amount(node) | Share(node) | Count(node):
            return (node,)
        case EveryGroup(_, condition):
            return (condition,)
        case Members(_, condition):
            return () if condition is None else (condition,)
        case Series(parts):
            return tuple(parts.values())
        case Change(of):
            return formulas_of(of)
        case Milestone():
            return (measure.done,)
        case KOfN() | Narrative():
            return ()
        case _:
            assert_never(measure)


# -------------------------------------------------------------------------------------------- targets

Operator = Literal[">=", ">", "<=", "<", "=="]


class Target(Struct, frozen=True):
    """A target in the plan's own wording and as it is read.

    `bound` is in the indicator's unit; None where something of the data is the bound (a series' year before, the
    other amount of a comparison). `upper` ends a range such as 5—10: going beyond it is remarked, never failed.
    `implied` is true where the plan prints a bare number and the operator is a reading of it.
    """

    text: str
    operator: Operator
    bound: Fraction | None
    implied: bool = False
    upper: Fraction | None = None


class Revision(Struct, frozen=True):
    """A target that holds from a year on, and the document that changed it."""

    since: int
    target: Target
    document: str
    why: Text


Due = Literal["by_end", "every_year", "each_step", "none"] | int
"""When a target must be met: at the plan's end, each year, each step between years, no date set, or a given year."""


class Rounding(Struct, frozen=True):
    """修约值比较 of GB/T 8170: the value is rounded to `places` decimals before it is compared."""

    places: int
    half: Literal["even", "up"] = "even"
