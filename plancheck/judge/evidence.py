"""What is judged on: the readings of all years and lists side by side, and whom they are asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from plancheck.judge.frame import Frame, frame_of, units_in
from plancheck.judge.naming import DISTRICT
from plancheck.judge.target import goal
from plancheck.judge.waivers import Waivers
from plancheck.language import Text
from plancheck.model import Block, Coverage, Indicator, Level, Measure, Plan, Roster, Target


class Evidence(Struct, frozen=True):
    """The frames of a run: of units by year, of lists by form and year; and the waivers that are in force."""

    plan: Plan
    years: Mapping[int, Frame]
    lists: Mapping[tuple[str, int], Frame]
    waivers: Waivers = field(default_factory=Waivers)

    def frame(self, indicator: Indicator, year: int) -> Frame:
        """Return what an indicator looks at in a year: units, or the rows of its list. It may hold nothing."""
        if indicator.of:
            return self.lists.get((indicator.of, year)) or Frame(self.plan, year, (), (), listed=True)
        return self.years.get(year) or Frame(self.plan, year, (), ())

    def frames(self) -> Iterable[Frame]:
        """Return all frames, units before lists, in the order of years."""
        return (*self.years.values(), *self.lists.values())


def evidence_of(
    plan: Plan, blocks: Sequence[Block], roster: Roster | None, periods: Iterable[int], waivers: Waivers
) -> Evidence:
    """Put blocks side by side, by year and by list."""
    listed = {form.id for form in plan.forms.values() if form.rows == "list"}
    years = sorted({block.period for block in blocks} | set(periods))
    units = {year: frame_of(plan, year, [b for b in blocks if b.form not in listed], roster) for year in years}
    lists = {
        (form, year): _of_list(plan, year, form, blocks)
        for form in plan.forms
        if form in listed
        for year in sorted({block.period for block in blocks if block.form == form})
    }
    return Evidence(plan, units, lists, waivers)


def _of_list(plan: Plan, year: int, form: str, blocks: Sequence[Block]) -> Frame:
    """Make a list's frame. The district's own figures stand beside it, as formulas may speak of them."""
    rows = [block for block in blocks if block.period == year and block.form == form]
    district = [b for b in blocks if b.period == year and b.form != form and b.units and b.units[0].id == ""]
    return Frame(plan, year, [*rows, *district], units_in(rows), listed=True, complete=True)


class Who(Struct, frozen=True):
    """Whom a verdict is about: the district, a group of units that share the words `within`, or one unit."""

    level: Level
    unit: str | None
    name: Text
    within: tuple[tuple[str, str], ...] = ()

    @property
    def by(self) -> str:
        """The attribute (or stage) that sets a group apart; empty for the district and for units."""
        return self.within[-1][0] if self.within else ""

    def population(self, indicator: Indicator, frame: Frame) -> Sequence[int]:
        """Return the positions of the units that an indicator concerns."""
        stages = () if frame.listed else indicator.stages
        if self.level == "unit":
            assert self.unit is not None
            at = frame.position(self.unit)
            return (at,) if at is not None and frame.within(stages, indicator.where, at) else ()
        found = frame.scope(stages, indicator.where)
        for number, (by, word) in enumerate(self.within):
            part = frame.parted(stages, indicator.where, by).get(word, ())
            found = part if number == 0 else sorted(set(found) & set(part))
        return found


WHOLE_DISTRICT = Who("district", None, DISTRICT)


class Question(Struct, frozen=True):
    """One indicator, or the part of its measure that is worked out, asked about someone in one year."""

    indicator: Indicator
    measure: Measure
    evidence: Evidence
    who: Who
    frame: Frame
    population: Sequence[int]

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.evidence.plan

    @property
    def period(self) -> int:
        """The year."""
        return self.frame.period

    @property
    def target(self) -> Target:
        """The target that holds for whom it is asked about; the plan's words for all of them where each has its own."""
        return goal(self.indicator, self.period, self.key) or self.indicator.target

    @property
    def by(self) -> str:
        """By what targets differ: the attribute, or the stage."""
        return self.indicator.target_by or self.plan.units.stage

    @property
    def key(self) -> str:
        """The word that chooses among targets, "" where that is not one word."""
        if self.who.level == "unit":
            word = self.frame.column(self.by)[self.population[0]] if self.population and self.indicator.targets else ""
            return str(word or "")
        return dict(self.who.within).get(self.by, "")

    def at(self, year: int) -> Question:
        """Return the same question about another year."""
        frame = self.evidence.frame(self.indicator, year)
        return replace(self, frame=frame, population=self.who.population(self.indicator, frame))

    def about(self, who: Who) -> Question:
        """Return the same question about someone else."""
        return replace(self, who=who, population=who.population(self.indicator, self.frame))

    def of(self, measure: Measure) -> Question:
        """Return the question about a part of the measure."""
        return replace(self, measure=measure)

    def covered(self, reported: int, expected: int, used: Iterable[int]) -> Coverage:
        """Return how many of those expected reported, and how many pupils they have where the roster knows each school's.

        A school's pupils, of all its stages, count as reported when all its units concerned entered.
        """
        if not self.frame.sized:
            return Coverage(reported, expected)
        units = self.frame.units
        schools = {units[at].code: units[at].size for at in self.population}
        pupils = [size for size in schools.values() if size is not None]
        if not pupils or len(pupils) < len(schools):
            return Coverage(reported, expected)
        lacking = {units[at].code for at in set(self.population).difference(used)}
        without = sum(schools[code] or 0 for code in lacking)
        return Coverage(reported, expected, sum(pupils) - without, sum(pupils))


def ask(indicator: Indicator, evidence: Evidence, period: int, who: Who = WHOLE_DISTRICT) -> Question:
    """Ask an indicator about someone in one year."""
    frame = evidence.frame(indicator, period)
    return Question(indicator, indicator.measure, evidence, who, frame, who.population(indicator, frame))
