"""What schools and kindergartens report besides the basic tables: lessons, skills, staff, safety, and 是 or 否.

All invented. A practice spreads from year to year: who has it keeps it, so that each kind of promise is seen kept in
one year and not in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.nouns import District, Kindergarten, School, Section
from generator.pen import Value
from generator.places import TOWNSHIPS
from generator.shares import Dice, apportion
from generator.tables import Column, count, text

PJH = ("小学", "初中", "高中")
PJ = ("小学", "初中")
WITHOUT_CENTRAL_SCHOOL = {1: "琉璃庙镇"}  # in 2021 its school is not yet recognised anew
ALL = ("小学", "初中", "高中", "中职", "特教")
FIRST = 2020

FLAGS: tuple[tuple[str, Sequence[str], tuple[int, int, int, int]], ...] = (
    ("依法治校规范校", ALL, (12, 20, 28, 34)),
    ("科技副校长", PJH, (4, 15, 26, 37)),
    ("学校章程", ALL, (38, 38, 38, 38)),
    ("开齐课程开足课时", PJH, (38, 33, 38, 38)),
    ("“零起点”教学", ("小学",), (23, 21, 23, 23)),
    ("卫生人员配备达标", ALL, (27, 31, 34, 36)),
    ("年度计划", ALL, (36, 38, 38, 38)),
    ("STEAM教育", PJH, (5, 12, 20, 28)),
    ("校园诗词大会", PJH, (20, 28, 38, 38)),
    ("一校一案", ALL, (15, 25, 33, 36)),
    ("管理标准达标", PJ, (38, 34, 38, 38)),
    ("一体化办学", PJH, (6, 10, 14, 18)),
    ("法治教育实践活动", ("初中", "高中"), (8, 12, 15, 16)),
    ("家长委员会", ALL, (35, 38, 38, 38)),
    ("专职思政课教师配齐", PJH, (18, 24, 30, 34)),
    ("康复设施和专业教师配齐", ("特教",), (0, 0, 1, 1)),
    ("五项管理 > 作业", PJ, (38, 38, 38, 38)),
    ("五项管理 > 睡眠", PJ, (31, 34, 38, 38)),
    ("五项管理 > 手机", PJ, (38, 38, 38, 38)),
    ("五项管理 > 读物", PJ, (35, 38, 38, 38)),
    ("五项管理 > 体质", PJ, (30, 33, 38, 38)),
    ("课后服务", PJ, (28, 38, 38, 38)),
    ("隐患整改 > 整改责任", ALL, (38, 38, 38, 38)),
    ("隐患整改 > 整改措施", ALL, (36, 37, 38, 38)),
    ("隐患整改 > 整改资金", ALL, (34, 36, 37, 38)),
    ("隐患整改 > 整改期限", ALL, (37, 38, 38, 38)),
)
"""Header, the stages whose sections answer, and how many schools (of those with such a stage) say 是 in each year."""

KG_FLAGS = (
    ("卫生人员配备达标", (60, 66, 72, 78)),
    ("年度计划", (78, 78, 78, 78)),
    ("一体化办学", (4, 9, 16, 24)),
    ("隐患整改 > 整改责任", (78, 78, 78, 78)),
    ("隐患整改 > 整改措施", (75, 78, 78, 78)),
    ("隐患整改 > 整改资金", (74, 76, 77, 78)),
    ("隐患整改 > 整改期限", (78, 78, 78, 78)),
)

SKILLS = {
    "掌握2项运动技能学生数": (0.70, 0.78, 0.86, 0.92),
    "学会1项以上艺术特长学生数": (0.75, 0.81, 0.88, 0.93),
    "掌握1种以上程序设计语言学生数": (0.22, 0.48, 0.70, 0.82),
    "掌握2种以上程序设计语言学生数": (0.03, 0.10, 0.20, 0.27),
}
PE = {"小学": 5, "初中": 4, "高中": 3}
TEMPORARY = (642, 610, 640, 585)
"""Temporary staff of all schools and kindergartens: fewer, more (although four units did not report), fewer."""
NEW_TEACHERS, NOT_INDUCTED = (71, 64, 68, 62), (6, 2, 0, 0)
NOT_TRAINED_IN_IT, WITHOUT_CONTRACT = (980, 430, 150, 0), (40, 20, 8, 0)
NOT_APPROVED, NOT_TRAINED_FOR_SAFETY, WITHOUT_RECORD = (9, 4, 0, 2), (930, 310, 60, 0), (610, 190, 0, 0)
LABOUR_TOPICS, THREE_PLUS_TWO = (12, 16, 18, 20), (180, 196, 196, 214)


@dataclass(slots=True)
class Practice:
    """The further figures, by school or kindergarten code and stage, in the order of the columns."""

    columns: tuple[Column, ...]
    kg_columns: tuple[Column, ...]
    sections: dict[tuple[str, str], dict[str, Value]] = field(default_factory=dict)
    kindergartens: dict[str, dict[str, Value]] = field(default_factory=dict)

    def of(self, school: School, part: Section) -> list[Value]:
        """Return a section's further figures."""
        said = self.sections[school.code, part.stage]
        return [said.get(" > ".join(column.path)) for column in self.columns]

    def of_kindergarten(self, each: Kindergarten) -> list[Value]:
        """Return a kindergarten's further figures."""
        said = self.kindergartens[each.code]
        return [said.get(" > ".join(column.path)) for column in self.kg_columns]


_COUNTS = ("临时用工人员数", "新任教师", "新任教师岗前实习", "新任教师首年培训", "信息技术培训人数", "聘用合同人数")
_LESSONS = ("每周体育课节数", "每周劳动课课时", "综合实践课时", "总课时", "校内锻炼时间", "校外锻炼时间", "劳动周次数",
            "专题教育学时", "消防安全教育课时")  # fmt: skip
_SAFETY = ("消防培训次数", "应参加安全培训人数", "安全培训人数")
_OTHERS = ("校本课程数", "已审定校本课程数", "体育运动场馆面积", "3+2学生数")


def practice_of(district: District) -> Practice:
    """Return what everybody of the district reports in its year."""
    at, pairs = district.year - FIRST, district.sections(*ALL)
    numbers = (*_COUNTS, *SKILLS, *_OTHERS, *_SAFETY[1:])
    heads = (*_COUNTS, *_LESSONS, *SKILLS, *_OTHERS, *_SAFETY, *(flag for flag, _, _ in FLAGS), "是否中心小学")
    kg_heads = (*_COUNTS[:-1], *_SAFETY, *(flag for flag, _ in KG_FLAGS))
    found = Practice(*(tuple(count(name) if name in numbers else text(name) for name in names)
                       for names in (heads, kg_heads)))  # fmt: skip
    for school, part in pairs:
        found.sections[school.code, part.stage] = {}
    for each in district.kindergartens:
        found.kindergartens[each.code] = {}
    _flags(district, found, at)
    _lessons(pairs, found, at)
    _pupils(pairs, found, at)
    _staff(district, found, at)
    _safety(district, found, at)
    return found


def in_order(names: Iterable[str], salt: str) -> list[str]:
    """Return names in an order of their own for each salt, the same in every year."""
    dice = Dice(sum(ord(letter) * 31**at for at, letter in enumerate(salt)) % 2**31)
    drawn = [(dice.between(0, 1), name) for name in names]
    return [name for _, name in sorted(drawn)]


def _flags(district: District, found: Practice, at: int) -> None:
    for flag, stages, counts in FLAGS:
        pairs = district.sections(*stages)
        holders = set(in_order(dict.fromkeys(school.code for school, _ in pairs), flag)[: counts[at]])
        for school, part in pairs:
            found.sections[school.code, part.stage][flag] = "是" if school.code in holders else "否"
    for flag, counts in KG_FLAGS:
        kept = set(in_order([each.code for each in district.kindergartens], flag)[: counts[at]])
        for code, said in found.kindergartens.items():
            said[flag] = "是" if code in kept else "否"
    without = WITHOUT_CENTRAL_SCHOOL.get(at, "")
    central = {next(school.code for school, _ in district.sections("小学") if school.township == township)
               for township, _ in TOWNSHIPS.values() if township != without}  # fmt: skip
    for school, part in district.sections("小学"):
        found.sections[school.code, part.stage]["是否中心小学"] = "是" if school.code in central else "否"


Pairs = Sequence[tuple[School, Section]]


def _lessons(pairs: Pairs, found: Practice, at: int) -> None:
    sections = [(f"{school.code}/{part.stage}", school, part) for school, part in pairs if part.stage in PJH]

    def lacking(what: str, counts: tuple[int, int, int, int]) -> set[str]:
        return set(in_order([name for name, _, _ in sections], what)[: counts[at]])

    too_few_pe, half_labour = lacking("体育", (12, 6, 2, 0)), lacking("劳动", (3, 1, 0, 0))
    little_practice, inside = lacking("实践", (8, 5, 3, 0)), lacking("校内", (6, 3, 1, 0))
    outside, no_week, no_fire = (
        lacking("校外", (20, 15, 9, 4)),
        lacking("劳动周", (5, 2, 0, 0)),
        lacking("消防", (2, 0, 0, 0)),
    )
    for name, school, part in sections:
        total = {"小学": 1_040, "初中": 1_190, "高中": 1_225}[part.stage]
        said = found.sections[school.code, part.stage]
        said["每周体育课节数"] = PE[part.stage] - (name in too_few_pe)
        said["每周劳动课课时"] = 0.5 if name in half_labour else 1
        said["综合实践课时"] = round(total * 0.09) if name in little_practice else -(-total * 11 // 100)
        said["总课时"] = total
        said["校内锻炼时间"] = 50 if name in inside else 60 + len(school.name) % 3 * 10
        said["校外锻炼时间"] = 40 if name in outside else 60
        said["劳动周次数"] = 0 if name in no_week else 1
        said["消防安全教育课时"] = 0 if name in no_fire else 2 + len(school.name) % 3
    for school, part in pairs:
        if part.stage == "中职":
            said = found.sections[school.code, part.stage]
            said["专题教育学时"], said["3+2学生数"] = LABOUR_TOPICS[at], THREE_PLUS_TWO[at]


def _pupils(pairs: Pairs, found: Practice, at: int) -> None:
    own = [(school, part) for school, part in pairs if part.stage in PJH]
    for name, shares in SKILLS.items():
        for school, part in own:
            asked = part.stage in PJ or "程序" in name
            found.sections[school.code, part.stage][name] = round(part.pupils * shares[at]) if asked else None
    courses = [3 + part.pupils // 200 for _, part in own]
    not_approved = apportion(NOT_APPROVED[at], [number if number > 4 else 0.1 for number in courses])
    for (school, part), number, less in zip(own, courses, not_approved, strict=True):
        said = found.sections[school.code, part.stage]
        said["校本课程数"], said["已审定校本课程数"] = number, number - less
        crowded = school.zone == "城区"
        said["体育运动场馆面积"] = round(
            part.pupils * ({"小学": 7.9, "初中": 10.6, "高中": 11.2}[part.stage] - crowded)
        )


def _staff(district: District, found: Practice, at: int) -> None:
    """Share out staff over sections and kindergartens alike."""
    everybody = [(found.sections[school.code, part.stage], part.teachers, part.stage)
                 for school, part in district.sections(*ALL)]  # fmt: skip
    everybody += [(found.kindergartens[each.code], each.teachers, "幼儿园") for each in district.kindergartens]
    teachers = [number for _, number, _ in everybody]
    _put(everybody, "临时用工人员数", apportion(TEMPORARY[at], [number + 4 for number in teachers]))
    new = apportion(NEW_TEACHERS[at], teachers)
    _put(everybody, "新任教师", new)
    _put(everybody, "新任教师岗前实习", new)
    short = apportion(NOT_INDUCTED[at], new)
    _put(everybody, "新任教师首年培训", [number - less for number, less in zip(new, short, strict=True)])
    untrained = apportion(NOT_TRAINED_IN_IT[at], teachers)
    _put(everybody, "信息技术培训人数", [number - less for number, less in zip(teachers, untrained, strict=True)])
    schools = [each for each in everybody if each[2] in PJH]
    loose = apportion(WITHOUT_CONTRACT[at], [number for _, number, _ in schools])
    _put(schools, "聘用合同人数", [number - less for (_, number, _), less in zip(schools, loose, strict=True)])


def _put(who: Sequence[tuple[dict[str, Value], int, str]], name: str, numbers: Sequence[int]) -> None:
    for (said, _, _), number in zip(who, numbers, strict=True):
        said[name] = number


def _safety(district: District, found: Practice, at: int) -> None:
    pairs = district.sections(*ALL)
    everybody: list[tuple[dict[str, Value], int, str]] = [
        (found.sections[school.code, part.stage], part.pupils + part.teachers, f"{school.code}/{part.stage}")
        for school, part in pairs
    ]
    everybody += [(found.kindergartens[each.code], each.children + each.teachers, each.code)
                  for each in district.kindergartens]  # fmt: skip
    _put(everybody, "应参加安全培训人数", [number for _, number, _ in everybody])
    away = apportion(NOT_TRAINED_FOR_SAFETY[at], [number for _, number, _ in everybody])
    _put(everybody, "安全培训人数", [number - less for (_, number, _), less in zip(everybody, away, strict=True)])
    idle = set(in_order([name for _, _, name in everybody], "消防培训")[: (7, 3, 1, 0)[at]])
    _put(everybody, "消防培训次数", [0 if name in idle else 1 for _, _, name in everybody])
