"""表2: one row for each kindergarten."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from generator.nouns import District, Kindergarten
from generator.pen import Value, choices, foot, head, landscape, line, new_sheet, total_line, widths
from generator.places import MISSING_KINDERGARTEN
from generator.sheet_schools import FLAGS

_HEAD = (
    ("A3:A4", "序号"), ("B3:B4", "园名"), ("C3:C4", "标识码"), ("D3:D4", "镇乡"), ("E3:E4", "办园性质"),
    ("F3:F4", "是否普惠"), ("G3:G4", "督导评估\n等级"),
    ("H3:L3", "班级数"), ("H4", "合计"), ("I4", "小"), ("J4", "中"), ("K4", "大"), ("L4", "混"),
    ("M3:Q3", "在园幼儿数"), ("M4", "合  计"), ("N4", "女"), ("O4", "小"), ("P4", "中"), ("Q4", "大"),
    ("R3:V3", "教职工"), ("R4", "合计"), ("S4", "园长"), ("T4", "专任教师"), ("U4", "保育员"), ("V4", "其他"),
    ("W3:X3", "专任教师"), ("W4", "其中：专科\n及以上"), ("X4", "其中：持证"),
    ("Y3:Z3", "骨干教师"), ("Y4", "市级及以上"), ("Z4", "区级"),
    ("AA3:AA4", "建筑面积\n（平方米）"), ("AB3:AB4", "户外场地\n（平方米）"), ("AC3:AC4", "是否\n中心园"),
    ("AD3:AD4", "备注"),
)  # fmt: skip
_NOTES = (
    "注：1.“办园性质”填代码：1 公办园；2 普惠性民办园；3 非普惠性民办园。",
    "    2.“督导评估等级”按最近一次评估结果填写，未评估的填“未评”。",
)


def write_kindergartens(sheet: Worksheet, district: District) -> None:
    """Write the sheet: public kindergartens, private ones, and what they come to."""
    new_sheet(sheet, "怀柔区2023—2024学年度幼儿园基本情况表", "AD",
              {"A2:H2": "填报单位（盖章）：怀柔区教育委员会", "AA2:AD2": "单位：人、个、平方米"})  # fmt: skip
    head(sheet, _HEAD)
    reporting = [each for each in district.kindergartens if each.name != MISSING_KINDERGARTEN]
    row, number = 5, 0
    for label, group in (
        ("公办园小计", [each for each in reporting if each.ownership == 1]),
        ("民办园小计", [each for each in reporting if each.ownership != 1]),
    ):
        for each in group:
            number += 1
            line(
                sheet,
                row,
                [
                    number,
                    *identity_of_kindergarten(each),
                    *figures_of_kindergarten(each),
                    "是" if each.central else "否",
                    None,
                ],
            )
            row += 1
        total_line(sheet, row, [label, *_sums(group), None, None], 7)
        row += 1
    total_line(sheet, row, ["合  计", *_sums(reporting), None, None], 7)
    foot(sheet, row + 1, _NOTES, "AD")
    choices(sheet, f"F5:F{row - 1} AC5:AC{row - 1}", FLAGS)
    widths(sheet, {"A": 6, "B": 20, "C": 14, "D": 16, "AD": 14}, 8, 30)
    landscape(sheet, "D5", "1:4")


def identity_of_kindergarten(each: Kindergarten) -> list[Value]:
    """Return the columns from 园名 to 督导评估等级."""
    inclusive = "否" if each.ownership == 3 else "是"
    return [each.name, each.code, each.township, each.ownership, inclusive, each.grade]


def figures_of_kindergarten(each: Kindergarten) -> list[int]:
    """Return the figures from 班级数 to 户外场地."""
    staff = (each.heads, each.teachers, each.nurses, each.other_staff)
    return [sum(each.classes), *each.classes, each.children, each.girls, *each.by_age, sum(staff), *staff,
            each.college_plus, each.certified, *each.backbone, each.building_area, each.outdoor_area]  # fmt: skip


def _sums(group: Sequence[Kindergarten]) -> list[int]:
    return [sum(column) for column in zip(*(figures_of_kindergarten(each) for each in group), strict=True)]
