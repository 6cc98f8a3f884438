"""The district in 2020, 2021 and 2022: its totals, invented but for the facts of 2020 that the plan's text gives.

Kindergartens of 2020 are the plan's own: 10,988 children, 6,698 of them in public ones (60.96 %), 10,873 in inclusive
ones (98.95 %), of 11,024 aged 3 to 6 (99.67 %). 2023 is the district of `district.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Totals:
    """A year's totals. By stage: pupils are those of `money.STUDENTS`; `degrees` as in `schools.DEGREES`."""

    entrants: dict[str, int]
    not_nearby: dict[str, int]
    classes: dict[str, int]
    teachers: dict[str, int]
    degrees: dict[str, dict[int, int]]
    backbone: dict[str, tuple[int, int]]
    specialty: tuple[int, int]
    tested: int
    failed: int
    exempt: int
    excellent: float
    good: float
    smart: int
    green: int
    not_safe: frozenset[str]
    public_children: int
    private_children: int
    not_inclusive: dict[str, int]
    kg_teachers: int
    without_college: int
    kg_backbone: tuple[int, int]
    kg_grade_b: int
    population: tuple[int, int, int, int]
    missing: frozenset[str] = frozenset()


SPECIAL_PUPILS = {2020: 88, 2021: 90, 2022: 92}
TEACHING_POINT = ("2111160020", "范各庄教学点", "雁栖", 38)
"""Merged into 雁栖学校 on 2021-08-31: of the four years it reports only 2020."""

MYOPIC = {2020: (25_000, 13_375), 2021: (25_500, 13_336), 2022: (26_000, 13_442)}
"""Pupils of primary, junior and senior schools seen, and short-sighted: 53.50 %, 52.30 %, 51.70 %."""
OBESE = {2020: (25_000, 4_500), 2021: (25_000, 4_250), 2022: (26_000, 4_472)}
"""Examined, and obese: 18.00 %, exactly one point less, then 17.20 %: a rise."""

TOTALS = {
    2020: Totals(
        entrants={"小学": 2_780, "初中": 2_190, "高中": 1_130, "中职": 430, "特教": 10},
        not_nearby={"小学": 24, "初中": 25},
        classes={"小学": 478, "初中": 242, "高中": 100, "中职": 44, "特教": 9},
        teachers={"小学": 1_150, "初中": 760, "高中": 472, "中职": 100, "特教": 36},
        degrees={"小学": {0: 30, 2: 62, 3: 4}, "初中": {0: 60, 2: 10}, "高中": {0: 94, 2: 2},
                 "中职": {0: 16, 2: 3}, "特教": {0: 1, 2: 2}},
        backbone={"小学": (20, 140), "初中": (18, 92), "高中": (18, 48), "中职": (2, 8), "特教": (1, 3)},
        specialty=(75, 63), tested=25_200, failed=756, exempt=190, excellent=0.158, good=0.43,
        smart=9, green=10, not_safe=frozenset(),
        public_children=6_698, private_children=4_290, not_inclusive={"龙山博雅幼儿园": 115},
        kg_teachers=900, without_college=18, kg_backbone=(5, 53), kg_grade_b=35,
        population=(11_024, 4_690, 124, 124),
    ),
    2021: Totals(
        entrants={"小学": 2_860, "初中": 2_230, "高中": 1_170, "中职": 418, "特教": 11},
        not_nearby={"小学": 26, "初中": 30},
        classes={"小学": 487, "初中": 247, "高中": 103, "中职": 43, "特教": 9},
        teachers={"小学": 1_148, "初中": 760, "高中": 472, "中职": 100, "特教": 37},
        degrees={"小学": {0: 40, 2: 60, 3: 3}, "初中": {0: 72, 2: 10}, "高中": {0: 101, 2: 2},
                 "中职": {0: 18, 2: 3}, "特教": {0: 2, 2: 2}},
        backbone={"小学": (21, 147), "初中": (19, 97), "高中": (19, 52), "中职": (2, 8), "特教": (1, 3)},
        specialty=(76, 64), tested=25_700, failed=719, exempt=196, excellent=0.169, good=0.45,
        smart=16, green=17, not_safe=frozenset(),
        public_children=6_690, private_children=4_384,
        not_inclusive={"龙山博雅幼儿园": 118, "雁栖月亮船幼儿园": 78},
        kg_teachers=897, without_college=15, kg_backbone=(5, 54), kg_grade_b=41,
        population=(11_300, 4_775, 128, 127),
    ),
    2022: Totals(
        entrants={"小学": 2_950, "初中": 2_270, "高中": 1_205, "中职": 410, "特教": 12},
        not_nearby={"小学": 20, "初中": 27},
        classes={"小学": 498, "初中": 252, "高中": 105, "中职": 42, "特教": 10},
        teachers={"小学": 1_146, "初中": 760, "高中": 472, "中职": 100, "特教": 37},
        degrees={"小学": {0: 49, 2: 59, 3: 3}, "初中": {0: 84, 2: 9}, "高中": {0: 110, 2: 1},
                 "中职": {0: 20, 2: 2}, "特教": {0: 3, 2: 1}},
        backbone={"小学": (23, 153), "初中": (20, 103), "高中": (21, 56), "中职": (2, 9), "特教": (1, 4)},
        specialty=(78, 66), tested=26_300, failed=500, exempt=202, excellent=0.18, good=0.46,
        smart=24, green=23, not_safe=frozenset({"北房中学"}),
        public_children=6_640, private_children=4_464,
        not_inclusive={"龙山博雅幼儿园": 121, "雁栖月亮船幼儿园": 96, "泉河金色童年幼儿园": 83},
        kg_teachers=894, without_college=12, kg_backbone=(6, 55), kg_grade_b=48,
        population=(11_268, 4_790, 125, 125),
        missing=frozenset({"渤海小学", "汤河口中学", "泉河小雨点幼儿园", "杨宋童画幼儿园"}),
    ),
}  # fmt: skip
