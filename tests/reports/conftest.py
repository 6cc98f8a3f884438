"""What the tests of reports share."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from plancheck.language import Lang
from plancheck.model import Assessment
from plancheck.reports.page import Line
from plancheck.reports.symbols import Screen, symbols
from tests.reports import fixture


@pytest.fixture
def assessment() -> Assessment:
    """Return the hand-built assessment."""
    return fixture.assessment()


def screen(room: int = 80, lang: Lang = "zh", encoding: str = "utf-8") -> Screen:
    """Return a screen to lay lines out for."""
    return Screen(room, symbols(encoding), lang)


def texts(lines: Iterable[Line]) -> list[str]:
    """Return lines as they stand on the screen, spaces at their ends included."""
    return ["".join(piece.text for piece in line) for line in lines]
