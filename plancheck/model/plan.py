"""What a plan holds, once loaded."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from msgspec import Struct, field

from plancheck.expression import Node
from plancheck.language import Text
from plancheck.model.check import Check
from plancheck.model.measure import Due, Measure, Revision, Rounding, Target
from plancheck.model.place import Mark
from plancheck.quantity import Number

Reporter = Literal["unit", "district"]


class Element(Struct, frozen=True):
    """One thing a return reports. `words` are the header words it is found by, most usual first.

    Of a grade, `choices` stand best first; the choice `not_rated` is outside the order.
    """

    id: str
    label: Text
    unit: str
    words: tuple[str, ...]
    reporter: Reporter = "unit"
    stages: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Stage(Struct, frozen=True):
    """A stage of schooling (学段) with the words by which returns name it."""

    id: str
    label: Text
    words: tuple[str, ...]


class Units(Struct, frozen=True):
    """How units are told apart: which elements identify them, what a code looks like, which stages exist.

    `types` gives for each word of `school_type` the stages such a school may have. `groups` names the members that an
    attribute must have (the 16 townships), whether units report from there or not. `size` is the roster's element
    that tells how many pupils a unit has. `breakdown` are the attributes (or the stage) by which the annual report tells
    groups apart. `code_classes` gives for the beginning of a code the types of school that may bear it.
    """

    code: str
    name: str
    stage: str
    type: str
    code_pattern: str
    stages: Mapping[str, Stage]
    types: Mapping[str, tuple[str, ...]]
    attributes: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    size: str | None = None
    breakdown: tuple[str, ...] = ()
    code_classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Column(Struct, frozen=True):
    """How a form holds one element: header paths (outermost word first), any of which may be the one used."""

    element: str
    paths: tuple[tuple[str, ...], ...]
    required: bool = False


FormRows = Literal["unit", "element", "list", "cells"]


class Form(Struct, frozen=True):
    """A layout of a sheet.

    `rows: unit` has one row a unit (several, told apart by the columns in `by`, are added up) and elements across.
    `rows: element` has one row an element and the values across, under years or one value column; it is filled by one
    unit, or by the district. `rows: list` is a ledger (台账): one row a thing, known by the element `key`; rows of one
    key are told apart by the columns in `by`. `rows: cells` has each element in a fixed cell, by its address in
    `cells`, on a sheet known by its name (a pattern of `sheets`); `labels` are words that must stand at an address.
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
    key: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


class Source(Struct, frozen=True):
    """Where the plan says it: the clause and its words."""

    clause: str
    quote: str


class Restatement(Struct, frozen=True):
    """The same commitment said again elsewhere in the plan, perhaps with another target."""

    id: str
    source: Source
    target: Target | None = None
    note: Text | None = None


class AnotherReading(Struct, frozen=True):
    """The same commitment by another formula or of others: what it would be judged by, as an indicator of its own."""

    id: str
    label: Text
    indicator: Indicator


class Superseded(Struct, frozen=True):
    """From the year `since` on an indicator cannot be assessed any more; `by` is the one that took its place."""

    since: int
    why: Text
    by: str | None = None


class Group(Struct, frozen=True):
    """A part of the plan's document under which indicators stand."""

    id: str
    label: Text


Kind = Literal[
    "threshold", "stage_threshold", "count", "range", "coverage", "monotone", "change", "grade", "comparison",
    "yes_no", "milestone", "narrative",
]  # fmt: skip
"""What sort of commitment it is, in the words of the plan's reader; the measure says how it is judged."""


class Indicator(Struct, frozen=True):
    """What is judged.

    `stages` and `where` bound the population; `of` is the list whose rows are the population, else units. `targets`
    hold instead of `target` for units of a stage, or of a value of the attribute `target_by`; `steps` are the goals of
    years on the way; `revised` targets hold from a year on. `condition` words a due date that hangs on something.
    `years`: judged in these years only. `least_coverage` is the share of units below which it cannot be judged.
    `declared` is an element that states the result. `formula` keeps the formulas as written, by key.
    """

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
    kind: Kind = "threshold"
    group: str = ""
    of: str = ""
    nature: Literal["binding", "aspiration"] = "binding"
    targets: Mapping[str, Target] = field(default_factory=dict)
    target_by: str = ""
    steps: Mapping[int, Target] = field(default_factory=dict)
    revised: tuple[Revision, ...] = ()
    condition: str = ""
    years: tuple[int, ...] = ()
    least_coverage: Fraction | None = None
    rounding: Rounding | None = None
    restated: tuple[Restatement, ...] = ()
    otherwise: tuple[AnotherReading, ...] = ()
    superseded: Superseded | None = None


class Ruling(Struct, frozen=True):
    """A recorded decision on a contradiction or gap of the plan: the readings that stand, the one taken, and why."""

    id: str
    on: tuple[str, ...]
    conflict: tuple[Source, ...]
    reading: Text
    why: Text


class Plan(Struct, frozen=True):
    """A plan file, loaded. Order of mappings is the file's order; indicators stand in the order of their groups.

    `sha256` is of the file's bytes, and of the included files' after them; `included` gives theirs one by one.
    """

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
    groups: Mapping[str, Group] = field(default_factory=dict)
    included: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, Check] = field(default_factory=dict)

    def rulings_on(self, indicator: str) -> tuple[Ruling, ...]:
        """Return the rulings that concern an indicator."""
        return tuple(ruling for ruling in self.rulings if indicator in ruling.on)
