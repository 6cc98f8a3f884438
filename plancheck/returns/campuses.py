"""Schools that report by campus: what they come to is not known while one of their campuses has sent nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from plancheck.model import Block, Finding, ReadColumn, Roster
from plancheck.quantity import Absent

_AT_CAMPUS: Final = "@"

Heard = Mapping[str, Mapping[int, set[str]]]
"""A school's code -> the years of its returns -> the campuses that have sent something."""


def of_campus(key: str, campus: str) -> str:
    """Return the key of a row that tells a campus's figures from those of the school's other campuses."""
    return f"{key}{_AT_CAMPUS}{campus}" if campus else key


def campus_of(key: str) -> str:
    """Return the campus whose figures a row with this key holds, empty where they are the whole school's."""
    return key.rpartition(_AT_CAMPUS)[2] if _AT_CAMPUS in key else ""


def without_halves(blocks: Sequence[Block], roster: Roster | None) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Return the blocks without the figures of schools one of whose campuses is silent, and a finding for each campus.

    A campus may have other stages than its school, and other forms: it is silent where it has sent nothing at all. One
    that is first heard of in a later year is taken to be new then.
    """
    heard = _heard(blocks) if roster is not None and roster.campuses else {}
    if roster is None or not heard:
        return tuple(blocks), ()
    findings: list[Finding] = []
    half: set[tuple[str, int]] = set()
    for code, years in heard.items():
        for year in sorted(years):
            known = {campus for when, campuses in years.items() if when >= year for campus in campuses}
            silent = [campus for campus in roster.campuses.get(code, ()) if campus not in known]
            half |= {(code, year)} if silent else set()
            findings += [_silent(code, campus, year, roster) for campus in silent]
    return tuple(_without(block, half) if half else block for block in blocks), tuple(findings)


def _heard(blocks: Iterable[Block]) -> Heard:
    heard: dict[str, dict[int, set[str]]] = {}
    for block in blocks:
        for code, campus in _of_campuses(block):
            heard.setdefault(code, {}).setdefault(_sent_in(block), set()).add(campus)
    return heard


def _of_campuses(block: Block) -> Iterator[tuple[str, str]]:
    """Yield the school's code and the campus of each row that is a campus's."""
    for unit, key in zip(block.units, block.keys, strict=False):  # most blocks have no keys
        if campus := campus_of(key):
            yield unit.code, campus


def _sent_in(block: Block) -> int:
    """Return the year of the returns: what is told of last year was sent a year later."""
    return block.period + 1 if block.aside else block.period


def _silent(code: str, campus: str, year: int, roster: Roster) -> Finding:
    name = next((unit.name for unit in roster.units.values() if unit.code == code), code)
    params = {"name": name, "campus": campus, "year": str(year)}
    return Finding("PC270", unit=code, params=params, period=year)


def _without(block: Block, half: set[tuple[str, int]]) -> Block:
    year = _sent_in(block)
    gone = {
        index
        for index, (unit, key) in enumerate(zip(block.units, block.keys, strict=False))
        if (unit.code, year) in half and campus_of(key)
    }
    if not gone:
        return block
    return replace(block, columns=tuple(_blank(column, gone) for column in block.columns), totals=())


def _blank(column: ReadColumn, gone: set[int]) -> ReadColumn:
    values = [Absent.BLANK if index in gone else value for index, value in enumerate(column.values)]
    return replace(column, values=values)
