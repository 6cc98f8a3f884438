"""What the invented district consists of. Counts are people or classes unless said otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class GradeGroup:
    """One row of the fitness form. `last_rate` is the pass rate of the year before, as a share."""

    name: str
    pupils: int
    exempt: int = 0
    tested: int = 0
    excellent: int = 0
    good: int = 0
    passed: int = 0
    failed: int = 0
    last_rate: float = 0.0


@dataclass(slots=True)
class Health:
    """Eyesight and health examinations of one section; rates of the year before as shares."""

    seen: int
    myopic: int
    last_myopic: float
    examined: int
    obese: int
    last_obese: float


@dataclass(slots=True)
class Section:
    """One stage of one school. `degrees`: 研究生, 本科, 专科, 高中阶段, 高中阶段以下; `backbone`: 市级及以上, 区级."""

    stage: str
    pupils: int
    last_year: int = 0
    girls: int = 0
    migrants: int = 0
    entrants: int = 0
    nearby: int | None = None
    classes: int = 0
    teachers: int = 0
    degrees: list[int] = field(default_factory=lambda: [0, 0, 0, 0, 0])
    backbone: list[int] = field(default_factory=lambda: [0, 0])
    groups: list[GradeGroup] = field(default_factory=list)
    health: Health | None = None


@dataclass(slots=True)
class School:
    """A school with its sections and its three titles."""

    code: str
    name: str
    township: str
    zone: str
    type: str
    aliases: str
    opened: int
    sections: list[Section]
    smart: bool = True
    green: bool = True
    safe: bool = True


@dataclass(slots=True)
class Kindergarten:
    """`ownership`: 1 公办园, 2 普惠性民办园, 3 非普惠性民办园. `by_age`: 小, 中, 大; `classes`: 小, 中, 大, 混龄."""

    code: str
    name: str
    township: str
    zone: str
    ownership: int
    central: bool
    children: int
    opened: int
    last_year: int = 0
    girls: int = 0
    by_age: list[int] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)
    heads: int = 1
    teachers: int = 0
    nurses: int = 0
    other_staff: int = 0
    college_plus: int = 0
    certified: int = 0
    backbone: list[int] = field(default_factory=lambda: [0, 0])
    grade: str = ""
    building_area: int = 0
    outdoor_area: int = 0


@dataclass(slots=True)
class District:
    """Everybody on the roster, those that did not report, `missing` by name, included.

    `specialty`: specialty teachers of the vocational school, and the dual-qualified of them.
    """

    schools: list[School]
    kindergartens: list[Kindergarten]
    year: int
    missing: frozenset[str]
    specialty: tuple[int, int]

    def sections(self, *stages: str) -> list[tuple[School, Section]]:
        """Return the sections of these stages, in the order of the roster."""
        return [(school, part) for school in self.schools for part in school.sections if part.stage in stages]
