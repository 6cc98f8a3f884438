"""The figures of schools, shared out so that the district's totals come out as designed."""

from __future__ import annotations

from collections.abc import Sequence

from generator.nouns import Health, School, Section
from generator.places import CLASS_DIGITS, MISSING_PRIMARY, SCHOOLS, TOWNSHIPS
from generator.shares import Dice, apportion

LAST_YEAR = {"小学": 16_893, "初中": 6_590, "高中": 3_560, "中职": 1_262, "特教": 92}
ENTRANTS = {"小学": 3_158, "初中": 2_320, "高中": 1_238, "中职": 402, "特教": 12}
NOT_NEARBY = {"小学": 18, "初中": 20}
CLASSES = {"小学": 516, "初中": 257, "高中": 107, "中职": 42, "特教": 10}
TEACHERS = {"小学": 1_136, "初中": 760, "高中": 472, "中职": 100, "特教": 38}
DEGREES = {
    "小学": {0: 58, 2: 58, 3: 3},
    "初中": {0: 96, 2: 9},
    "高中": {0: 118, 2: 1},
    "中职": {0: 21, 2: 2},
    "特教": {0: 3, 2: 1},
}
"""Teachers by education level: 0 研究生, 2 专科, 3 高中阶段; the rest hold a bachelor's degree."""
BACKBONE = {"小学": (24, 157), "初中": (21, 108), "高中": (22, 60), "中职": (2, 9), "特教": (1, 4)}
"""All totals above are of the sections that report; the primary school that does not comes on top."""

SPECIALTY_TEACHERS, DUAL_QUALIFIED = 80, 68

NOT_SMART = {"琉璃庙小学", "长哨营小学", "九渡河小学", "九渡河中学", "喇叭沟门学校", "汤河口中学"}
NOT_GREEN = {
    "琉璃庙小学",
    "红军庄小学",
    "迎宾路小学",
    "北房中学",
    "桥梓中学",
    "郭家坞学校",
    "青龙路中学",
    "渤海小学",
    "湖光中学",
}
NOT_SAFE = {"杨宋中学"}

MIGRANT_SHARES = {"城区": 0.28, "平原": 0.22, "山区": 0.06}
MYOPIA = {"小学": 0.36, "初中": 0.67, "高中": 0.79, "中职": 0.71}
OBESITY = {"小学": 0.142, "初中": 0.157, "高中": 0.149, "中职": 0.163}


def build_schools(dice: Dice) -> list[School]:
    """Return every school on the roster with its figures, fitness tests apart."""
    serials: dict[str, int] = {}
    schools = []
    for plan in SCHOOLS:
        digits = CLASS_DIGITS[plan.type]
        serials[digits] = serials.get(digits, 0) + 1
        township, zone = TOWNSHIPS[plan.township]
        sections = [Section(stage, pupils) for stage, pupils in plan.pupils.items()]
        code = f"{digits}11160{serials[digits]:03d}"
        schools.append(School(code, plan.name, township, zone, plan.type, plan.aliases, plan.opened, sections))
    for school in schools:
        school.smart = school.name not in NOT_SMART
        school.green = school.name not in NOT_GREEN
        school.safe = school.name not in NOT_SAFE
    for stage in ENTRANTS:
        _fill_stage(
            stage, [(school, part) for school in schools for part in school.sections if part.stage == stage], dice
        )
    return schools


def _fill_stage(stage: str, pairs: Sequence[tuple[School, Section]], dice: Dice) -> None:
    late = next((part for school, part in pairs if school.name == MISSING_PRIMARY), None)
    parts = [part for _, part in pairs if part is not late]
    if late is not None:
        _fill_late(late)
    for school, part in pairs:
        part.girls = round(part.pupils * dice.between(0.465, 0.495))
        part.migrants = round(part.pupils * MIGRANT_SHARES[school.zone] * dice.between(0.8, 1.2))
    before = apportion(LAST_YEAR[stage], dice.weights([part.pupils for _, part in pairs], 0.03))
    for (_, part), number in zip(pairs, before, strict=True):
        part.last_year = number
    pupils = [part.pupils for part in parts]
    for part, entrants, classes, teachers in zip(
        parts,
        apportion(ENTRANTS[stage], dice.weights(pupils, 0.05)),
        apportion(CLASSES[stage], pupils, 2),
        apportion(TEACHERS[stage], dice.weights(pupils, 0.05), 7),
        strict=True,
    ):
        part.entrants, part.classes, part.teachers = entrants, classes, teachers
    if stage in NOT_NEARBY:
        elsewhere = apportion(NOT_NEARBY[stage], dice.weights(pupils, 0.9))
        for part, number in zip(parts, elsewhere, strict=True):
            part.nearby = part.entrants - number
    _fill_teachers(stage, parts, dice)
    if stage in MYOPIA:
        for _, part in pairs:
            part.health = _health(stage, part.pupils, dice)


def _fill_late(part: Section) -> None:
    """Fill in the school that is missing from the return and reports late, on a form of its own."""
    part.entrants, part.nearby, part.classes, part.teachers = 22, 22, 6, 14
    part.degrees, part.backbone = [0, 13, 1, 0, 0], [0, 1]


def _fill_teachers(stage: str, parts: Sequence[Section], dice: Dice) -> None:
    teachers = [part.teachers for part in parts]
    for level, total in DEGREES[stage].items():
        for part, number in zip(parts, apportion(total, dice.weights(teachers, 0.6)), strict=True):
            part.degrees[level] = number
    for rank, total in enumerate(BACKBONE[stage]):
        for part, number in zip(parts, apportion(total, dice.weights(teachers, 0.3)), strict=True):
            part.backbone[rank] = number
    for part in parts:
        part.degrees[1] = part.teachers - sum(part.degrees)


def _health(stage: str, pupils: int, dice: Dice) -> Health:
    seen = pupils - round(pupils * dice.between(0.002, 0.012))
    myopic = round(seen * MYOPIA[stage] * dice.between(0.93, 1.07))
    examined = seen - dice.whole(0, 2)
    obese = round(examined * OBESITY[stage] * dice.between(0.9, 1.1))
    last_myopic = round(myopic / seen + dice.between(-0.004, 0.019), 3)
    last_obese = round(obese / examined + dice.between(-0.006, 0.012), 3)
    return Health(seen, myopic, last_myopic, examined, obese, last_obese)
