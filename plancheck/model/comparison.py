"""Two results beside each other: what a result holds as far as it is compared, and what changed between two.

Words are those of the result, in the language it was written in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct


class Judged(Struct, frozen=True):
    """A verdict as it stands in a result. `rule` is all of it that the plan decides: target, operator, formula."""

    indicator: str
    label: str
    unit: str
    name: str
    period: int
    status: str
    value: str
    rule: str


class Seen(Struct, frozen=True):
    """A fault as it stands in a result: its kind or code, where, and in words."""

    code: str
    place: str
    unit: str
    words: str


class Held(Struct, frozen=True):
    """A value as it stands in a result, None where nothing was reported, with its cell."""

    value: str | None
    place: str


class Result(Struct, frozen=True):
    """What a result holds: verdicts by indicator, unit, period; faults by key; values by element, unit, period, number.

    A unit's value has a number because it may report in several rows. `asked` are the cells that a finding asks to
    correct or to explain.
    """

    name: str
    plan: str
    sha256: str
    verdicts: Mapping[tuple[str, str, int], Judged]
    faults: Mapping[str, Seen]
    values: Mapping[tuple[str, str, int, int], Held]
    units: frozenset[str]
    asked: frozenset[str]


class Move(Struct, frozen=True):
    """A verdict that is not what it was, or that only one result has; `by` says whether its rule or its data changed."""

    before: Judged | None
    after: Judged | None
    by: Literal["rule", "data"]


class Edit(Struct, frozen=True):
    """A value that is not what it was; `asked` tells whether a finding of the first result asked for it."""

    element: str
    unit: str
    period: int
    before: Held | None
    after: Held | None
    asked: bool


class Comparison(Struct, frozen=True):
    """What changed from one result to another."""

    before: Result
    after: Result
    fixed: tuple[Seen, ...]
    new: tuple[Seen, ...]
    standing: tuple[Seen, ...]
    moves: tuple[Move, ...]
    edits: tuple[Edit, ...]
    gone: tuple[str, ...]
    come: tuple[str, ...]
    rules: tuple[str, ...]
