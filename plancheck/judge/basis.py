"""The readings a verdict rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plancheck.expression import names
from plancheck.judge.evidence import Question
from plancheck.judge.figures import Figures
from plancheck.judge.frame import Frame
from plancheck.model import KOfN, Measure, Milestone, Reading, formulas_of
from plancheck.quantity import Absent


@dataclass(frozen=True, slots=True)
class Basis:
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
    """Return the readings a verdict rests on: of the units that entered, and the district's own, in each year."""
    elements = dict.fromkeys(_elements(question.measure, question))
    of_district = tuple(name for name in elements if question.plan.elements[name].reporter == "district")
    of_units = tuple(name for name in elements if name not in of_district)
    frames: list[tuple[Frame, Sequence[int]]] = [(question.frame, found.used), *found.frames]
    return Basis(
        tuple(
            part for frame, used in frames for part in ((frame, of_units, used), (frame, of_district, None)) if part[1]
        )
    )


def _elements(measure: Measure, question: Question) -> Iterator[str]:
    """Yield the elements that a measure rests on."""
    plan = question.plan
    if isinstance(measure, KOfN):
        for indicator in measure.indicators:
            yield from _elements(plan.indicators[indicator].measure, question)
    if isinstance(measure, Milestone):
        yield from filter(None, (measure.year, measure.delivered))
    named = (name.id for node in formulas_of(measure) for name in names(node))
    identities = () if question.frame.listed else (plan.units.stage, *plan.units.attributes)
    yield from (name for name in named if name in plan.elements and name not in identities)
