"""Whether figures are there: filled in, asked for and left blank, or 0 where a check says that an absent one is."""

from __future__ import annotations

from collections.abc import Collection

from plancheck.judge.evaluate import Values
from plancheck.judge.tables import Table
from plancheck.model import Reading
from plancheck.quantity import Absent

_NOTHING = (Absent.BLANK, Absent.NONE)


def filled(element: str, table: Table) -> Values:
    """Return for each row whether something stands there; that there is none (无, —) is an answer too."""
    return [value is not None or _stands(table.reading(element, at)) for at, value in enumerate(table.column(element))]


def asked(element: str, table: Table) -> Values:
    """Return for each row whether a form that its unit handed in has a place for an element."""
    of = units_asked((element,), table)
    return [unit.id in of for unit in table.units]


def blank(element: str, table: Table) -> Values:
    """Return for each row whether a form has a place for an element, and nothing stands there."""
    places = asked(element, table)
    return places if True not in places else [a and not f for a, f in zip(places, filled(element, table), strict=True)]


def units_asked(elements: Collection[str], table: Table) -> Collection[str]:
    """Return the ids of the units that handed in a form with a place for one of the elements."""
    return {unit.id for block in table.blocks if not block.places().isdisjoint(elements) for unit in block.units}


def or_zero(element: str, table: Table) -> Values:
    """Return an element's values, 0 where there is none; what is not known or cannot be read stays absent."""
    return [
        0 if value is None and _is_nothing(table.reading(element, at)) else value
        for at, value in enumerate(table.column(element))
    ]


def _stands(reading: Reading | None) -> bool:
    return reading is not None and reading.value is not Absent.BLANK


def _is_nothing(reading: Reading | None) -> bool:
    return reading is None or reading.value in _NOTHING
