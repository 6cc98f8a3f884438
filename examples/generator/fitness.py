"""Fitness tests: 26,939 of 27,500 pupils pass, which is 97.96 % and prints as 98.0 %."""

from __future__ import annotations

from collections.abc import Sequence

from generator.nouns import GradeGroup, School, Section
from generator.places import MISSING_PRIMARY
from generator.shares import Dice, apportion

TESTED, FAILED, EXEMPT = 27_500, 561, 208
FAIL_WEIGHTS = {"小学": 1.0, "初中": 2.3, "高中": 2.9}
GROUPS = {
    "小学": ("1—2年级", "3—4年级", "5—6年级"),
    "初中": ("初一", "初二", "初三"),
    "高中": ("高一", "高二", "高三"),
}
EVEN_SCHOOL, EVEN_GROUP = "北房小学", "3—4年级"
"""147 of its 150 pupils pass: exactly 0.98, the rate that its clerk types into a cell without a percent format."""


def fill_fitness(pairs: Sequence[tuple[School, Section]], dice: Dice) -> None:
    """Fill in the fitness tests of all primary, junior and senior sections."""
    reporting: list[tuple[str, GradeGroup]] = []
    for school, part in pairs:
        part.groups = _groups(school.name, part, dice)
        if school.name == MISSING_PRIMARY:
            _fill_late(part.groups)
        else:
            reporting += [(part.stage, group) for group in part.groups]
    fixed = next(group for _, group in reporting if group.tested)
    free = [(stage, group) for stage, group in reporting if group is not fixed]
    pupils = [group.pupils for _, group in free]
    absent = sum(pupils) + fixed.pupils - TESTED - EXEMPT
    exempts = apportion(EXEMPT - fixed.exempt, dice.weights(pupils, 0.7))
    absents = apportion(absent - (fixed.pupils - fixed.exempt - fixed.tested), dice.weights(pupils, 0.9))
    for (_, group), exempt, away in zip(free, exempts, absents, strict=True):
        group.exempt, group.tested = exempt, group.pupils - exempt - away
    weights = [FAIL_WEIGHTS[stage] * group.tested * dice.between(0.6, 1.4) for stage, group in free]
    for (_, group), failed in zip(free, apportion(FAILED - fixed.failed, weights), strict=True):
        group.failed = failed
        group.excellent = round(group.tested * dice.between(0.15, 0.23))
        group.good = round(group.tested * dice.between(0.43, 0.52))
        group.passed = group.tested - group.failed - group.excellent - group.good
    for _, group in reporting:
        group.last_rate = min(round(1 - group.failed / group.tested - dice.between(-0.004, 0.012), 3), 1.0)


def _groups(name: str, part: Section, dice: Dice) -> list[GradeGroup]:
    """Split a section's pupils; the first grade of junior and senior schools is the year's entrants."""
    if name == EVEN_SCHOOL:
        return [GradeGroup("1—2年级", part.pupils - 308), GradeGroup(EVEN_GROUP, 153, 2, 150, 31, 74, 42, 3),
                GradeGroup("5—6年级", 155)]  # fmt: skip
    if part.stage == "小学":
        sizes = apportion(part.pupils, [dice.between(0.345, 0.355), 0.335, dice.between(0.305, 0.315)])
    else:
        sizes = [part.entrants, *apportion(part.pupils - part.entrants, [dice.between(0.5, 0.52), 0.49])]
    return [GradeGroup(group, size) for group, size in zip(GROUPS[part.stage], sizes, strict=True)]


def _fill_late(groups: Sequence[GradeGroup]) -> None:
    """Fill in the school that reports late: 118 of 121 pupils pass."""
    for group, exempt, away, failed in zip(groups, (1, 1, 0), (1, 0, 0), (0, 1, 2), strict=True):
        group.exempt, group.tested, group.failed = exempt, group.pupils - exempt - away, failed
        group.excellent, group.good = group.tested // 5, group.tested // 2
        group.passed = group.tested - failed - group.excellent - group.good
        group.last_rate = 0.975
