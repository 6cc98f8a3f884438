"""The invented district in an earlier year: the same schools, with the totals of that year shared out among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.district import SEED, build
from generator.fitness import FAIL_WEIGHTS, GROUPS
from generator.kindergartens import fill_kindergarten
from generator.money import STUDENTS, YEARS
from generator.nouns import District, GradeGroup, Health, Kindergarten, School, Section
from generator.places import TOWNSHIPS
from generator.schools import MIGRANT_SHARES, MYOPIA, NOT_GREEN, NOT_SMART, OBESITY
from generator.shares import Dice, apportion
from generator.years import MYOPIC, OBESE, SPECIAL_PUPILS, TEACHING_POINT, TOTALS, Totals

Pairs = Sequence[tuple[School, Section]]
EXAMINED = ("小学", "初中", "高中")


def build_earlier(year: int) -> District:
    """Return the district of 2020, 2021 or 2022, those that did not report included: the same one every time."""
    dice, totals, district = Dice(SEED + year), TOTALS[year], build()
    district.year, district.missing, district.specialty = year, totals.missing, totals.specialty
    if year == 2020:
        _with_teaching_point(district)
    for stage in totals.entrants:
        _fill_stage(stage, district.sections(stage), _pupils(stage, year), totals, dice)
    _fill_fitness(district.sections(*EXAMINED), totals, dice)
    _fill_health(district, year, dice)
    _name(district.schools, totals.smart, NOT_SMART, lambda school, holds: setattr(school, "smart", holds))
    _name(district.schools, totals.green, NOT_GREEN, lambda school, holds: setattr(school, "green", holds))
    for school in district.schools:
        school.safe = school.name not in totals.not_safe
    _fill_kindergartens(district.kindergartens, totals, dice)
    return district


def _with_teaching_point(district: District) -> None:
    code, name, short, pupils = TEACHING_POINT
    township, zone = TOWNSHIPS[short]
    point = School(code, name, township, zone, "教学点", "范各庄小学", 1996, [Section("小学", pupils)])
    district.schools.append(point)


def _pupils(stage: str, year: int) -> int:
    return SPECIAL_PUPILS[year] if stage == "特教" else STUDENTS[stage][YEARS.index(year)]


def _fill_stage(stage: str, pairs: Pairs, pupils: int, totals: Totals, dice: Dice) -> None:
    """Share out a stage's totals; the teaching point keeps the pupils it has and is far too small for more."""
    sizes = apportion(pupils, dice.weights([part.pupils for _, part in pairs], 0.03))
    for (school, part), size in zip(pairs, sizes, strict=True):
        part.pupils = size
        part.girls = round(size * dice.between(0.465, 0.495))
        part.migrants = round(size * MIGRANT_SHARES[school.zone] * dice.between(0.8, 1.2))
    for (_, part), entrants, classes, teachers in zip(
        pairs,
        apportion(totals.entrants[stage], dice.weights(sizes, 0.05)),
        apportion(totals.classes[stage], sizes, 2),
        apportion(totals.teachers[stage], dice.weights(sizes, 0.05), 4),
        strict=True,
    ):
        part.entrants, part.classes, part.teachers = entrants, classes, teachers
        part.degrees, part.backbone, part.nearby = [0, 0, 0, 0, 0], [0, 0], None
    if stage in totals.not_nearby:
        elsewhere = apportion(totals.not_nearby[stage], dice.weights(sizes, 0.9))
        for (_, part), number in zip(pairs, elsewhere, strict=True):
            part.nearby = part.entrants - number
    teachers = [part.teachers for _, part in pairs]
    for level, total in totals.degrees[stage].items():
        for (_, part), number in zip(pairs, apportion(total, dice.weights(teachers, 0.3)), strict=True):
            part.degrees[level] = number
    for rank, total in enumerate(totals.backbone[stage]):
        for (_, part), number in zip(pairs, apportion(total, dice.weights(teachers, 0.3)), strict=True):
            part.backbone[rank] = number
    for _, part in pairs:
        part.degrees[1] = part.teachers - sum(part.degrees)


def _fill_fitness(pairs: Pairs, totals: Totals, dice: Dice) -> None:
    groups: list[tuple[str, GradeGroup]] = []
    for _, part in pairs:
        sizes = apportion(part.pupils, [dice.between(0.33, 0.36), 0.34, 0.31])
        part.groups = [GradeGroup(name, size) for name, size in zip(GROUPS[part.stage], sizes, strict=True)]
        groups += [(part.stage, group) for group in part.groups]
    pupils = [group.pupils for _, group in groups]
    exempts = apportion(totals.exempt, dice.weights(pupils, 0.7))
    absents = apportion(sum(pupils) - totals.tested - totals.exempt, dice.weights(pupils, 0.7))
    for (_, group), exempt, away in zip(groups, exempts, absents, strict=True):
        group.exempt, group.tested = exempt, group.pupils - exempt - away
    weights = [FAIL_WEIGHTS[stage] * group.tested * dice.between(0.6, 1.4) for stage, group in groups]
    for (_, group), failed in zip(groups, apportion(totals.failed, weights), strict=True):
        group.failed = failed
        group.excellent = round(group.tested * totals.excellent * dice.between(0.85, 1.15))
        group.good = round(group.tested * totals.good * dice.between(0.94, 1.06))
        group.passed = group.tested - failed - group.excellent - group.good
        group.last_rate = min(round(1 - failed / group.tested - dice.between(-0.004, 0.012), 3), 1.0)


def _fill_health(district: District, year: int, dice: Dice) -> None:
    """Share out those seen and examined; the vocational school, which no target counts, comes on top."""
    pairs = district.sections(*EXAMINED)
    seen, myopic = _shared(pairs, MYOPIC[year], MYOPIA, dice)
    examined, obese = _shared(pairs, OBESE[year], OBESITY, dice)
    for (_, part), *figures in zip(pairs, seen, myopic, examined, obese, strict=True):
        part.health = _health(*figures, dice)
    for _, part in district.sections("中职"):
        part.health = _health(part.pupils, round(part.pupils * 0.71), part.pupils, round(part.pupils * 0.16), dice)


def _shared(pairs: Pairs, totals: tuple[int, int], rates: dict[str, float], dice: Dice) -> tuple[list[int], list[int]]:
    whole = apportion(totals[0], [part.pupils for _, part in pairs])
    weights = [number * rates[part.stage] for number, (_, part) in zip(whole, pairs, strict=True)]
    return whole, apportion(totals[1], dice.weights([round(weight) for weight in weights], 0.08))


def _health(seen: int, myopic: int, examined: int, obese: int, dice: Dice) -> Health:
    last_myopic = round(myopic / seen + dice.between(-0.004, 0.019), 3)
    last_obese = round(obese / examined + dice.between(-0.006, 0.012), 3)
    return Health(seen, myopic, last_myopic, examined, obese, last_obese)


def _name(schools: Sequence[School], many: int, never: set[str], put: Callable[[School, bool], None]) -> None:
    """Give a title to the first `many` schools that hold it in 2023, one year's after the other's."""
    holders = [school for school in schools if school.name not in never]
    order = sorted(range(len(holders)), key=lambda at: (at * 7 % len(holders), at))
    chosen = {holders[at].name for at in order[:many]}
    for school in schools:
        put(school, school.name in chosen)


def _fill_kindergartens(kindergartens: Sequence[Kindergarten], totals: Totals, dice: Dice) -> None:
    public = [each for each in kindergartens if each.ownership == 1]
    private = [each for each in kindergartens if each.ownership != 1]
    for each, children in zip(public, _sizes(public, totals.public_children, dice), strict=True):
        each.children = children
    for each in private:
        each.ownership = 3 if each.name in totals.not_inclusive else 2
    free = [each for each in private if each.ownership == 2]
    rest = totals.private_children - sum(totals.not_inclusive.values())
    for each, children in zip(free, _sizes(free, rest, dice), strict=True):
        each.children = children
    for each in private:
        each.children = totals.not_inclusive.get(each.name, each.children)
    for each in kindergartens:
        fill_kindergarten(each, dice)
    _fill_teachers(kindergartens, private, totals, dice)
    ranked = sorted(kindergartens, key=lambda each: (each.ownership != 1, -each.children, each.code))
    for at, each in enumerate(ranked):
        each.grade = "二级" if at < totals.kg_grade_b else "三级" if at < totals.kg_grade_b + 25 else "未评"
        each.grade = "一级" if at < totals.kg_grade_b // 3 else each.grade


def _sizes(kindergartens: Sequence[Kindergarten], total: int, dice: Dice) -> list[int]:
    return apportion(total, dice.weights([each.children for each in kindergartens], 0.05))


def _fill_teachers(
    kindergartens: Sequence[Kindergarten], private: Sequence[Kindergarten], totals: Totals, dice: Dice
) -> None:
    weights = dice.weights([each.children for each in kindergartens], 0.1)
    for each, number in zip(kindergartens, apportion(totals.kg_teachers, weights, 2), strict=True):
        each.teachers = number
    without = apportion(totals.without_college, dice.weights([each.teachers for each in private], 0.8))
    lacking = {each.code: number for each, number in zip(private, without, strict=True)}
    for each in kindergartens:
        each.college_plus = each.teachers - lacking.get(each.code, 0)
        each.certified = each.teachers - (dice.between(0, 1) < 0.2)
    for rank, total in enumerate(totals.kg_backbone):
        heavy = [each.teachers * (3 if each.ownership == 1 else 1) for each in kindergartens]
        for each, number in zip(kindergartens, apportion(total, dice.weights(heavy, 0.4)), strict=True):
            each.backbone[rank] = number
