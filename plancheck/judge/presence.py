"""Whether figures are there: filled in, asked for and left blank, or 0 where a check says that an absent one is.

A sheet may have a hundred thousand rows: no row is looked at where a whole column, or its absence, answers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from plancheck.judge.evaluate import Values
from plancheck.judge.tables import Table
from plancheck.quantity import Absent

_NOTHING = (Absent.BLANK, Absent.NONE)


def filled(element: str, table: Table) -> Values:
    """Return for each row whether something stands there; that there is none (无, —) is an answer too."""
    values = table.column(element)
    if None not in values:
        return [True] * len(values)
    if not _has_place(element, table):
        return [value is not None for value in values]
    standing = table.standing(element)
    return [value is not None or standing.get(at, Absent.BLANK) is not Absent.BLANK for at, value in enumerate(values)]


def asked(element: str, table: Table) -> Sequence[bool]:
    """Return for each row whether a form that its unit handed in has a place for an element."""
    return rows_asked((element,), table)


def blank(element: str, table: Table) -> Values:
    """Return for each row whether a form has a place for an element, and nothing stands there."""
    places = asked(element, table)
    return places if True not in places else [a and not f for a, f in zip(places, filled(element, table), strict=True)]


def rows_asked(elements: Collection[str], table: Table) -> Sequence[bool]:
    """Return for each row whether its unit handed in a form with a place for one of the elements."""
    asking = [block for block in table.blocks if not block.places().isdisjoint(elements)]
    if not asking or any([*block.units] == [*table.units] for block in asking):
        return [bool(asking)] * len(table.units)
    of = {unit.id for block in asking for unit in block.units}
    return [unit.id in of for unit in table.units]


def or_zero(element: str, table: Table) -> Values:
    """Return an element's values, 0 where there is none; what is not known or cannot be read stays absent."""
    values = table.column(element)
    if None not in values:
        return values
    if not _has_place(element, table):
        return [0 if value is None else value for value in values]
    standing = table.standing(element)
    return [
        0 if value is None and standing.get(at, Absent.BLANK) in _NOTHING else value for at, value in enumerate(values)
    ]


def known(element: str, table: Table) -> Values:
    """Return true for each row that has a value, and that it is not known for each other."""
    values = table.column(element)
    if None not in values:
        return [True] * len(values)
    return [None if value is None else True for value in values]


def _has_place(element: str, table: Table) -> bool:
    return any(element in block.places() for block in table.blocks)
