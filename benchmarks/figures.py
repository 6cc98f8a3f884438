"""Invented figures of schools and kindergartens: they add up, their rates lie around the plan's targets."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

Value = int | float | str | None

STAGES = {"小学": (120, 1800), "初中": (150, 1100), "高中": (300, 1500), "中职": (200, 1300), "特教": (30, 120)}
"""The stages, and between how many pupils a unit of each has."""

CODES = {
    "小学": "21",
    "初级中学": "31",
    "九年一贯制学校": "31",
    "完全中学": "34",
    "高级中学": "34",
    "中等职业学校": "36",
    "特殊教育学校": "51",
}
SINGLE = {"小学": "小学", "初中": "初级中学", "高中": "高级中学", "中职": "中等职业学校", "特教": "特殊教育学校"}
"""The type of a school that has one stage only."""

TOWNSHIPS = (
    "泉河街道",
    "龙山街道",
    "怀柔镇",
    "雁栖镇",
    "庙城镇",
    "北房镇",
    "杨宋镇",
    "桥梓镇",
    "怀北镇",
    "渤海镇",
    "宝山镇",
)


class SchoolUnit(NamedTuple):
    """One stage of one school, with what it reports by element."""

    code: str
    name: str
    type: str
    stage: str
    township: str
    figures: dict[str, Value]


def school_unit(dice: Random, serial: int, stage: str, school_type: str = "") -> SchoolUnit:
    """Invent one unit; `serial` (below a million) makes its school's code and name."""
    kind = school_type or SINGLE[stage]
    code = f"{CODES[kind]}11{serial:06d}"
    return SchoolUnit(code, f"第{serial}{kind}", kind, stage, TOWNSHIPS[serial % len(TOWNSHIPS)], _figures(dice, stage))


def year_before(dice: Random, unit: SchoolUnit) -> dict[str, Value]:
    """Invent what a unit had a year earlier: a few pupils more or fewer, whose parts add up too, and the same buildings."""
    pupils = unit.figures["students"]
    assert isinstance(pupils, int)
    then = round(pupils * dice.uniform(0.93, 1.04))
    return (
        unit.figures
        | _pupils(dice, unit.stage, then)
        | _teachers(dice, unit.stage, then)
        | _health(dice, unit.stage, then)
    )


def _figures(dice: Random, stage: str) -> dict[str, Value]:
    pupils = dice.randint(*STAGES[stage])
    figures: dict[str, Value] = {**_pupils(dice, stage, pupils), **_teachers(dice, stage, pupils)}
    figures |= _health(dice, stage, pupils)
    figures |= {
        "pe_lessons_week": dice.randint(3, 5),
        "labor_lessons_week": dice.randint(1, 2),
        "labor_weeks": dice.randint(0, 2),
        "smart_campus": _yes(dice, 0.86),
        "green_school": _yes(dice, 0.72),
        "safe_campus": _yes(dice, 0.99),
        "science_vp": _yes(dice, 0.6),
        "charter": _yes(dice, 0.97),
        "annual_plan": _yes(dice, 0.95),
        "fire_trainings": dice.randint(1, 6),
        "teaching_area": pupils * 5 + dice.randint(200, 900),
        "sports_area": pupils * 7 + dice.randint(500, 2500),
        "equipment_value": round(pupils * dice.uniform(0.3, 0.6), 2),
        "multimedia_rooms": pupils // 35 + 2,
        "books": pupils * dice.randint(28, 45),
    }
    return figures


def _yes(dice: Random, chance: float) -> str:
    return "是" if dice.random() < chance else "否"


def _pupils(dice: Random, stage: str, pupils: int) -> dict[str, Value]:
    entrants = pupils // (6 if stage == "小学" else 3)
    nearby = entrants - (dice.randint(0, 4) if dice.random() < 0.4 else 0)
    classes = pupils // 36 + 1
    return {
        "students": pupils,
        "students_girls": round(pupils * dice.uniform(0.45, 0.52)),
        "migrant_students": round(pupils * dice.uniform(0.02, 0.2)),
        "entrants": entrants,
        "entrants_nearby": max(nearby, 0) if stage in ("小学", "初中") else None,
        "graduates": max(entrants - dice.randint(0, 9), 0),
        "classes": classes,
        "max_class_size": min(pupils // classes + dice.randint(1, 6), 45),
        "disabled_students": dice.randint(0, 4),
    }


def _teachers(dice: Random, stage: str, pupils: int) -> dict[str, Value]:
    teachers = pupils // 13 + 4
    college = dice.randint(0, 2) if stage in ("小学", "初中") else 0
    postgrad = round(teachers * dice.uniform(0.2, 0.4) if stage == "高中" else teachers * dice.uniform(0, 0.12))
    specialty = round(teachers * 0.6) if stage == "中职" else None
    return {
        "teachers": teachers,
        "teachers_postgrad": postgrad,
        "teachers_bachelor": teachers - postgrad - college,
        "teachers_college": college,
        "teachers_senior_school": 0,
        "teachers_below": 0,
        "teachers_certified": teachers - dice.randint(0, 1),
        "backbone_city": round(teachers * dice.uniform(0, 0.04)),
        "backbone_district": round(teachers * dice.uniform(0.06, 0.16)),
        "v_teachers_specialty": specialty,
        "v_teachers_dual": None if specialty is None else specialty - dice.randint(0, specialty // 4),
        "temp_staff": dice.randint(0, 12),
    }


def _health(dice: Random, stage: str, pupils: int) -> dict[str, Value]:
    seen = pupils - dice.randint(0, 8)
    found: dict[str, Value] = {
        "vision_checked": seen,
        "myopic": round(seen * dice.uniform(0.35, 0.75)),
        "health_checked": seen,
        "obese": round(seen * dice.uniform(0.08, 0.2)),
    }
    parts = ("fit_tested", "fit_exempt", "fit_excellent", "fit_good", "fit_pass", "fit_fail")
    if stage == "特教":
        return found | dict.fromkeys(parts)
    exempt = dice.randint(0, 3)
    tested = seen - exempt
    failed = round(tested * dice.uniform(0, 0.04))
    excellent, good = round(tested * dice.uniform(0.15, 0.23)), round(tested * dice.uniform(0.43, 0.52))
    counts = (tested, exempt, excellent, good, tested - failed - excellent - good, failed)
    return found | dict(zip(parts, counts, strict=True))


def kindergarten(dice: Random, serial: int) -> dict[str, Value]:
    """Invent one kindergarten, by element."""
    children = dice.randint(60, 420)
    ownership = dice.choices((1, 2, 3), (60, 36, 4))[0]
    teachers = children // 12 + 2
    return {
        "school_code": f"1111{serial:06d}",
        "school_name": f"第{serial}幼儿园",
        "township": TOWNSHIPS[serial % len(TOWNSHIPS)],
        "kg_ownership": ("公办园", "普惠性民办园", "非普惠性民办园")[ownership - 1],
        "kg_inclusive": "否" if ownership == 3 else "是",
        "kg_grade": dice.choice(("一级", "二级", "三级", "未评")),
        "kg_classes": children // 28 + 1,
        "kg_children": children,
        "girls": round(children * dice.uniform(0.45, 0.52)),
        "kg_staff": teachers + children // 28 + 6,
        "kg_heads": 2,
        "kg_teachers": teachers,
        "kg_nurses": children // 28 + 1,
        "kg_teachers_college_plus": teachers - (dice.random() < 0.2),
        "kg_teachers_certified": teachers - (dice.random() < 0.1),
        "backbone_city": int(dice.random() < 0.2),
        "backbone_district": dice.randint(0, 4),
    }
