"""A place in a plan file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the plan file, 1-based."""

    file: str
    line: int
    column: int
