"""The invented district as a whole."""

from __future__ import annotations

from generator.fitness import fill_fitness
from generator.kindergartens import build_kindergartens
from generator.nouns import District
from generator.places import MISSING_KINDERGARTEN, MISSING_PRIMARY
from generator.schools import DUAL_QUALIFIED, SPECIALTY_TEACHERS, build_schools
from generator.shares import Dice

SEED = 20_231_101


def build() -> District:
    """Return the district: the same one every time."""
    dice = Dice(SEED)
    district = District(
        build_schools(dice),
        build_kindergartens(dice),
        2023,
        frozenset({MISSING_PRIMARY, MISSING_KINDERGARTEN}),
        (SPECIALTY_TEACHERS, DUAL_QUALIFIED),
    )
    fill_fitness(district.sections("小学", "初中", "高中"), dice)
    return district
