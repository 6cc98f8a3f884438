"""表3 and 表4: fitness tests by grade group, eyesight and health by section."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from generator.fitness import EVEN_GROUP, EVEN_SCHOOL
from generator.last_year import pass_rate, rates_of
from generator.nouns import District, GradeGroup, Health, School, Section
from generator.pen import PERCENT, Value, foot, head, landscape, line, new_sheet, total_line, widths
from generator.places import MISSING_PRIMARY
from generator.sheet_schools import STAGE_WORDS

_FITNESS_HEAD = (
    ("A3:A4", "序号"), ("B3:B4", "学校标识码"), ("C3:C4", "学校名称"), ("D3:D4", "学段"), ("E3:E4", "年级组"),
    ("F3:F4", "在校\n生数"), ("G3:G4", "免予执行\n人数"), ("H3:H4", "参加测试\n人数"),
    ("I3:J3", "优秀"), ("I4", "人数"), ("J4", "%"),
    ("K3:L3", "良好"), ("K4", "人数"), ("L4", "%"),
    ("M3:N3", "及格"), ("M4", "人数"), ("N4", "%"),
    ("O3:P3", "不及格"), ("O4", "人数"), ("P4", "%"),
    ("Q3:Q4", "合格率%"), ("R3:R4", "优良率%"), ("S3:S4", "上年合格率%"), ("T3:T4", "备注"),
)  # fmt: skip
_PERCENTS = dict.fromkeys((10, 12, 14, 16, 17, 18, 19), PERCENT)
_COUNTS = ("pupils", "exempt", "tested", "excellent", "good", "passed", "failed")


def write_fitness(sheet: Worksheet, district: District) -> None:
    """Write 表3: a row for each grade group, a subtotal for each stage."""
    new_sheet(sheet, "怀柔区2023—2024学年度学生体质健康测试情况表", "T",
              {"A2:H2": "填报单位（盖章）：怀柔区教育委员会", "S2:T2": "单位：人"})  # fmt: skip
    head(sheet, _FITNESS_HEAD)
    row, number = 5, 0
    everybody: list[GradeGroup] = []
    for stage in ("小学", "初中", "高中"):
        groups: list[GradeGroup] = []
        for school, part in _reporting(district, stage):
            for group in part.groups:
                number += 1
                identity: list[Value] = [number, school.code, school.name, STAGE_WORDS[stage], group.name]
                line(sheet, row, [*identity, *figures_of(group), group.last_rate, None], _PERCENTS)
                if (school.name, group.name) == (EVEN_SCHOOL, EVEN_GROUP):
                    sheet[
                        f"Q{row}"
                    ].number_format = "General"  # 0.98: is it 98 % or 0.98 %? The one fault of the workbook
                row += 1
            groups += part.groups
        total_line(sheet, row, [f"{stage}小计", *figures_of(_added(groups)), None, None], 5, _PERCENTS)
        everybody += groups
        row += 1
    total_line(sheet, row, ["合  计", *figures_of(_added(everybody)), None, None], 5, _PERCENTS)
    foot(
        sheet,
        row + 1,
        ("注：1.合格率＝（优秀＋良好＋及格）÷参加测试人数，免予执行者不计入。2.比例保留一位小数。",),
        "T",
    )
    widths(sheet, {"A": 6, "B": 14, "C": 18, "S": 10, "T": 14}, 9, 20)
    landscape(sheet, "F5", "1:4")


def _reporting(district: District, *stages: str) -> list[tuple[School, Section]]:
    return [(school, part) for school, part in district.sections(*stages) if school.name != MISSING_PRIMARY]


def _added(groups: Sequence[GradeGroup]) -> GradeGroup:
    return GradeGroup("", *(sum(getattr(group, count) for group in groups) for count in _COUNTS))


def figures_of(group: GradeGroup) -> list[Value]:
    """Return the figures from 在校生数 to 优良率; rates with one decimal of a percent, as clerks type them."""
    grades: list[Value] = []
    for count in (group.excellent, group.good, group.passed, group.failed):
        grades += [count, round(count / group.tested, 3)]
    good_or_better = group.excellent + group.good
    rates = [pass_rate(group), round(good_or_better / group.tested, 3)]
    return [group.pupils, group.exempt, group.tested, *grades, *rates]


_VISION_HEAD = (
    ("A3:A5", "序号"), ("B3:B5", "学校标识码"), ("C3:C5", "学校名称"), ("D3:D5", "学段"),
    ("E3:I3", "视力检查"), ("E4:E5", "检查人数"), ("F4:F5", "近视人数"), ("G4:I4", "近视率%"),
    ("G5", "上年"), ("H5", "本年"), ("I5", "增减\n百分点"),
    ("J3:N3", "体检"), ("J4:J5", "体检人数"), ("K4:K5", "肥胖人数"), ("L4:N4", "肥胖率%"),
    ("L5", "上年"), ("M5", "本年"), ("N5", "增减\n百分点"), ("O3:O5", "备注"),
)  # fmt: skip
_VISION_FORMATS = {7: PERCENT, 8: PERCENT, 9: "0.0", 12: PERCENT, 13: PERCENT, 14: "0.0"}


def write_vision(sheet: Worksheet, district: District) -> None:
    """Write 表4: a row for each section, with the rates of the year before on the left of this year's."""
    new_sheet(sheet, "怀柔区2023—2024学年度学生视力、体检情况表", "O",
              {"A2:H2": "填报单位（盖章）：怀柔区教育委员会、区疾控中心", "N2:O2": "单位：人"})  # fmt: skip
    head(sheet, _VISION_HEAD)
    row, seen = 6, [0, 0, 0, 0]
    for number, (school, part) in enumerate(_reporting(district, "小学", "初中", "高中", "中职"), 1):
        assert part.health is not None
        found = part.health
        line(
            sheet,
            row,
            [number, school.code, school.name, STAGE_WORDS[part.stage], *_health(found), None],
            _VISION_FORMATS,
        )
        counts = (found.seen, found.myopic, found.examined, found.obese)
        seen = [total + count for total, count in zip(seen, counts, strict=True)]
        row += 1
    sums: list[Value] = [seen[0], seen[1], None, round(seen[1] / seen[0], 3), None,
                         seen[2], seen[3], None, round(seen[3] / seen[2], 3), None]  # fmt: skip
    total_line(sheet, row, ["合  计", *sums, None], 4, _VISION_FORMATS)
    foot(sheet, row + 1, ("注：近视率、肥胖率保留一位小数；“上年”为上一学年度同口径数据。",), "O")
    widths(sheet, {"A": 6, "B": 14, "C": 18, "O": 14}, 9, 15)
    landscape(sheet, "E6", "1:5")


def _health(found: Health) -> list[Value]:
    myopia, obesity = rates_of(found)
    more_myopic, more_obese = myopia - found.last_myopic, obesity - found.last_obese
    return [found.seen, found.myopic, found.last_myopic, myopia, round(more_myopic * 100, 1),
            found.examined, found.obese, found.last_obese, obesity, round(more_obese * 100, 1)]  # fmt: skip
