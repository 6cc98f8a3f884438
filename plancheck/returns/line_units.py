"""The units of labelled rows: beside them, at their heading, above them all, and what notes and remarks make doubtful."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache

from msgspec.structs import replace

from plancheck.quantity import KIN_WORDS, UNITS
from plancheck.returns.labelled import Line, Lines, shared
from plancheck.returns.noted_unit import doubt
from plancheck.returns.table import Context, Notes
from plancheck.returns.title_unit import units_said, word_above
from plancheck.returns.unit_notes import beside_figures, said_in_row


def measured(lines: Lines, first: int, read: Container[int], context: Context, notes: Notes) -> Lines:
    """Return the rows with their units: beside them, at their heading, above grid row `first`, and with what notes and remarks make doubtful.

    `read` are the columns of labels and values.
    """
    lines = _under_headings(lines, context)
    used = {line.row for line in lines.found}
    beside = {line: told for line in _money(lines, context) if any(told := beside_figures(line.row, read, notes))}
    own = lines
    if beside:
        found = (replace(line, unit_word=beside[line][0]) if line in beside else line for line in lines.found)
        own = shared(tuple(found), lines.twice)
    # what a heading says above the first figures is said of its own rows
    top = min((line.heading_row for line in lines.found if line.heading_row >= 0 and line.heading_unit), default=first)
    above = units_said(notes.sheet.rows[: min(top, first)])
    now = _in_units(own, above, context) if above else own
    said = [each for at in range(len(notes.sheet.rows)) if at not in used for each in said_in_row(at, notes)]
    if not said and not beside:
        return now
    paths = [line.path for line in lines.found]

    def doubted(line: Line, taken: Line) -> Line:
        words = [*said, *beside.get(line, ("", ()))[1]]
        unit = UNITS[context.plan.elements[line.element].unit]
        why = "" if line.unit_word else doubt(unit, line.path, taken.unit_word, words, paths)
        return replace(taken, unit_word=why) if why else taken

    return shared(tuple(map(doubted, lines.found, now.found)), lines.twice)


@lru_cache(maxsize=32)
def _under_headings(lines: Lines, context: Context) -> Lines:
    """Return the rows with the unit of their heading where that is one for what they count: 小学 under 分学段生均（元）.

    What may be no more of the heading, as 一般公共预算支出 after it, has its unit only where that is the plan's own.
    """

    def taken(line: Line) -> Line:
        unit, heading = UNITS[context.plan.elements[line.element].unit], line.heading_unit
        fitting = unit.words if line.loose else KIN_WORDS.get(unit.dimension, ())
        return replace(line, unit_word=heading) if heading and not line.unit_word and heading in fitting else line

    found = tuple(map(taken, lines.found))
    return lines if found == lines.found else shared(found, lines.twice)


@lru_cache(maxsize=32)
def _money(lines: Lines, context: Context) -> tuple[Line, ...]:
    """Return the rows of amounts of money without a unit of their own."""
    elements = context.plan.elements
    return tuple(
        line for line in lines.found if not line.unit_word and UNITS[elements[line.element].unit].dimension == "money"
    )


@lru_cache(maxsize=32)
def _in_units(lines: Lines, said: frozenset[str], context: Context) -> Lines:
    """Return the rows with the unit that stands above them all, where they have none of their own."""
    elements = context.plan.elements
    found = tuple(
        line if line.unit_word else replace(line, unit_word=word_above(UNITS[elements[line.element].unit], said))
        for line in lines.found
    )
    return lines if found == lines.found else shared(found, lines.twice)
