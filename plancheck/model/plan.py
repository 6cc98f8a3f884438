"""What a plan holds, once loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from plancheck.expression import Node
from plancheck.language import Text
from plancheck.quantity import Number


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the plan file, 1-based."""

    file: str
    line: int
    column: int


Reporter = Literal["unit", "district"]


@dataclass(frozen=True, slots=True)
class Element:
    """One thing a return reports. `words` are the header words it is found by, most usual first."""

    id: str
    label: Text
    unit: str
    words: tuple[str, ...]
    reporter: Reporter = "unit"
    stages: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of schooling (学段) with the words by which returns name it."""

    id: str
    label: Text
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Units:
    """How units are told apart: which elements identify them, what a code looks like, which stages exist.

    `types` gives for each word of `school_type` the stages such a school may have.
    """

    code: str
    name: str
    stage: str
    type: str
    code_pattern: str
    stages: Mapping[str, Stage]
    types: Mapping[str, tuple[str, ...]]
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """How a form holds one element: header paths (outermost word first), any of which may be the one used."""

    element: str
    paths: tuple[tuple[str, ...], ...]
    required: bool = False


FormRows = Literal["unit", "element"]


@dataclass(frozen=True, slots=True)
class Form:
    """A layout of a sheet.

    `rows: unit` has one row a unit (several, told apart by the columns in `by`, are added up) and elements across.
    `rows: element` has one row an element and the values across, under years or one value column; it is filled by
    one unit, or by the district.
    """

    id: str
    title: Text
    rows: FormRows
    columns: tuple[Column, ...]
    sheets: tuple[str, ...] = ()
    stage: str | None = None
    by: tuple[Column, ...] = ()
    reporter: Reporter = "unit"
    value_words: tuple[str, ...] = ()
    roster: bool = False


Operator = Literal[">=", ">", "<=", "<", "=="]


@dataclass(frozen=True, slots=True)
class Target:
    """A target in the plan's own wording and as it is read.

    `bound` is in the indicator's unit; None for a series, which is compared with its own year before.
    `implied` is true where the plan prints a bare number and the operator is a reading of it.
    """

    text: str
    operator: Operator
    bound: Fraction | None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Ratio:
    """The sum of `numerator` over units divided by the sum of `denominator`, over units that have both."""

    numerator: Node
    denominator: Node


@dataclass(frozen=True, slots=True)
class Share:
    """The share of schools for which `condition` holds, among those that answer."""

    condition: Node


@dataclass(frozen=True, slots=True)
class Series:
    """Amounts compared with the year before, part by part; every part must meet the target."""

    parts: Mapping[str, Node]
    labels: Mapping[str, Text] = field(default_factory=dict)


Measure = Ratio | Share | Series
Due = Literal["by_end", "every_year", "each_step"] | int


@dataclass(frozen=True, slots=True)
class Source:
    """Where the plan says it: the clause and its words."""

    clause: str
    quote: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is judged. `stages` and `where` bound the population; `declared` is an element that states the result."""

    id: str
    no: int | None
    label: Text
    unit: str
    measure: Measure
    target: Target
    due: Due
    level: Literal["district", "unit"]
    source: Source
    baseline: Number | None = None
    stages: tuple[str, ...] = ()
    where: Node | None = None
    declared: str | None = None
    formula: Mapping[str, str] = field(default_factory=dict)
    note: Text | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A recorded decision on a contradiction or gap of the plan: the readings that stand, the one taken, and why."""

    id: str
    on: tuple[str, ...]
    conflict: tuple[Source, ...]
    reading: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan file, loaded. Order of mappings is the file's order; `sha256` is of the file's bytes."""

    id: str
    title: Text
    document: str
    baseline_year: int
    target_year: int
    file: str
    sha256: str
    units: Units
    elements: Mapping[str, Element]
    forms: Mapping[str, Form]
    indicators: Mapping[str, Indicator]
    rulings: tuple[Ruling, ...] = ()

    def rulings_on(self, indicator: str) -> tuple[Ruling, ...]:
        """Return the rulings that concern an indicator."""
        return tuple(ruling for ruling in self.rulings if indicator in ruling.on)
