"""The figures of the 78 kindergartens."""

from __future__ import annotations

from collections.abc import Sequence

from generator.nouns import Kindergarten
from generator.places import (
    MISSING_KINDERGARTEN,
    NOT_INCLUSIVE,
    PRIVATE_KINDERGARTENS,
    PUBLIC_KINDERGARTENS,
    TOWNSHIPS,
)
from generator.shares import Dice, apportion

PUBLIC_CHILDREN, PRIVATE_CHILDREN, LAST_YEAR = 6_698, 4_290, 11_104
MISSING_CHILDREN, MISSING_TEACHERS = 96, 8
TEACHERS, WITHOUT_COLLEGE, BACKBONE = 892, 11, (6, 56)
"""Of the kindergartens that report."""

PUBLIC_SIZES = {"城区": 340, "平原": 220, "山区": 72}
CLASS_LIMITS = (25, 30, 35)
MIXED_BELOW = 60
_CENTRAL = "中心幼儿园"


def build_kindergartens(dice: Dice) -> list[Kindergarten]:
    """Return every kindergarten on the roster with its figures: the public ones, then the private ones."""
    public = [(f"{short}{_CENTRAL}", short) for short in TOWNSHIPS]
    public += [(f"{name}幼儿园", short) for short, names in PUBLIC_KINDERGARTENS.items() for name in names]
    private = [
        (f"{short}{word}幼儿园", short) for short, words in PRIVATE_KINDERGARTENS.items() for word in words.split()
    ]
    sizes = [round(PUBLIC_SIZES[TOWNSHIPS[short][1]]) for _, short in public]
    kindergartens: list[Kindergarten] = []
    for (name, short), children in zip(public, apportion(PUBLIC_CHILDREN, dice.weights(sizes, 0.15)), strict=True):
        kindergartens.append(_kindergarten(len(kindergartens), name, short, 1, children))
    for (name, short), children in zip(private, _private_sizes([name for name, _ in private], dice), strict=True):
        ownership = 3 if name in NOT_INCLUSIVE else 2
        kindergartens.append(_kindergarten(len(kindergartens), name, short, ownership, children))
    for each in kindergartens:
        fill_kindergarten(each, dice)
    _fill_teachers(kindergartens, dice)
    before = apportion(LAST_YEAR, dice.weights([each.children for each in kindergartens], 0.04))
    for each, children in zip(kindergartens, before, strict=True):
        each.last_year = children
    return kindergartens


def _kindergarten(index: int, name: str, short: str, ownership: int, children: int) -> Kindergarten:
    township, zone = TOWNSHIPS[short]
    central = name.endswith(_CENTRAL)
    opened = 1992 + index % 9 if ownership == 1 else 2003 + index % 15
    return Kindergarten(f"1111160{index + 1:03d}", name, township, zone, ownership, central, children, opened)


def _private_sizes(names: Sequence[str], dice: Dice) -> list[int]:
    fixed = {**NOT_INCLUSIVE, MISSING_KINDERGARTEN: MISSING_CHILDREN}
    free = [name for name in names if name not in fixed]
    rest = PRIVATE_CHILDREN - sum(fixed.values())
    shared = dict(zip(free, apportion(rest, dice.weights([100] * len(free), 0.45)), strict=True))
    return [fixed.get(name) or shared[name] for name in names]


def fill_kindergarten(each: Kindergarten, dice: Dice) -> None:
    """Fill in what follows from a kindergarten's children."""
    each.girls = round(each.children * dice.between(0.46, 0.5))
    each.by_age = apportion(each.children, [dice.between(0.28, 0.31), 0.34, 0.37])
    if each.children < MIXED_BELOW:
        each.classes = [0, 0, 0, -(-each.children // 28)]
    else:
        each.classes = [-(-number // limit) for number, limit in zip(each.by_age, CLASS_LIMITS, strict=True)] + [0]
    each.heads = 1 + (each.children > 150) + (each.children > 350)
    each.nurses = sum(each.classes)
    each.other_staff = 2 + each.children // 45
    each.grade = (
        "一级" if each.ownership == 1 and dice.between(0, 1) < 0.6 else "二级" if dice.between(0, 1) < 0.7 else "三级"
    )
    each.building_area = round(each.children * dice.between(8.5, 12.5))
    each.outdoor_area = round(each.children * dice.between(4.2, 7.8))


def _fill_teachers(kindergartens: Sequence[Kindergarten], dice: Dice) -> None:
    late = next(each for each in kindergartens if each.name == MISSING_KINDERGARTEN)
    late.teachers = late.college_plus = late.certified = MISSING_TEACHERS
    reporting = [each for each in kindergartens if each is not late]
    for each, number in zip(
        reporting, apportion(TEACHERS, dice.weights([each.children for each in reporting], 0.1), 2), strict=True
    ):
        each.teachers = number
    private = [each for each in reporting if each.ownership != 1]
    without = apportion(WITHOUT_COLLEGE, dice.weights([each.teachers for each in private], 0.8))
    lacking = {each.code: number for each, number in zip(private, without, strict=True)}
    for each in reporting:
        each.college_plus = each.teachers - lacking.get(each.code, 0)
        each.certified = each.teachers - (dice.between(0, 1) < 0.15)
    for rank, total in enumerate(BACKBONE):
        weights = [each.teachers * (3 if each.ownership == 1 else 1) for each in reporting]
        for each, number in zip(reporting, apportion(total, dice.weights(weights, 0.4)), strict=True):
            each.backbone[rank] = number
