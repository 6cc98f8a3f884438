"""The readings a verdict rests on."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from msgspec import Struct

from plancheck.expression import names
from plancheck.judge.evidence import Question
from plancheck.judge.figures import Figures
from plancheck.judge.frame import Frame
from plancheck.model import KOfN, Measure, Members, Milestone, Reading, formulas_of
from plancheck.quantity import Absent


class Basis(Struct, frozen=True):
    """Readings, made when iterated: a district's may be a hundred thousand.

    Each part is a frame, elements, and positions of units; None stands for the district's own.
    """

    parts: tuple[tuple[Frame, tuple[str, ...], Sequence[int] | None], ...]

    def __iter__(self) -> Iterator[Reading]:
        for frame, elements, positions in self.parts:
            for reading in frame.readings(elements, positions):
                if not isinstance(reading.value, Absent):
                    yield reading


def basis_of(question: Question, found: Figures) -> Basis:
    """Return the readings a verdict rests on: of the units that entered, and the district's own, in each year.

    For the district also what the condition on the population says of those that it keeps out.
    """
    elements = dict.fromkeys(_elements(question.measure, question))
    of_district = tuple(name for name in elements if question.plan.elements[name].reporter == "district")
    of_units = tuple(name for name in elements if name not in of_district)
    frames: list[tuple[Frame, Sequence[int]]] = [(question.frame, found.used), *found.frames]
    parts: list[tuple[Frame, tuple[str, ...], Sequence[int] | None]] = []
    for frame, used in frames:
        parts += ((frame, of_units, used), (frame, of_district, None))
        if question.who.level == "district":
            parts.append((frame, _choosing(question, of_units), frame.scope(question.indicator.stages, None)))
    return Basis(tuple(part for part in parts if part[1]))


def _choosing(question: Question, besides: Container[str]) -> tuple[str, ...]:
    """Return the elements by which a condition chooses the population, but for those that are told already."""
    where = question.indicator.where
    found = dict.fromkeys(name.id for name in names(where)) if where is not None else ()
    elements, attributes = question.plan.elements, (question.plan.units.stage, *question.plan.units.attributes)
    return tuple(
        name
        for name in found
        if name in elements and elements[name].reporter == "unit" and name not in attributes and name not in besides
    )


def _elements(measure: Measure, question: Question) -> Iterator[str]:
    """Yield the elements that a measure rests on."""
    plan = question.plan
    if isinstance(measure, KOfN):
        for indicator in measure.indicators:
            yield from _elements(plan.indicators[indicator].measure, question)
    if isinstance(measure, Milestone | Members) and question.frame.listed:
        yield plan.forms[question.indicator.of].key  # the name by which the row was found
    if isinstance(measure, Milestone):
        yield from filter(None, (measure.year, measure.delivered))
    named = (name.id for node in formulas_of(measure) for name in names(node))
    identities = () if question.frame.listed else (plan.units.stage, *plan.units.attributes)
    yield from (name for name in named if name in plan.elements and name not in identities)
