"""A place in a plan file."""

from __future__ import annotations

from msgspec import Struct


class Mark(Struct, frozen=True):
    """A place in the plan file, 1-based."""

    file: str
    line: int
    column: int
