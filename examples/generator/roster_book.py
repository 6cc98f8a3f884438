"""roster.xlsx: who is expected to report."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.nouns import District
from generator.package import Book
from generator.pen import Value, head, landscape, line, new_sheet, widths
from generator.places import AREA_TYPES

_HEAD = ("学校标识码", "学校名称", "曾用名/简称", "办学类型", "学段", "办别", "是否普惠", "城乡类型", "所在镇乡",
         "片区", "状态", "启用日期", "停办日期", "在校生数")  # fmt: skip
_CLOSED: list[Value] = ["2111160020", "范各庄教学点", "范各庄小学", "教学点", "小学", "公办", None, "镇区", "雁栖镇",
                        "平原", "已撤并", date(1996, 9, 1), date(2021, 8, 31), None]  # fmt: skip
"""Merged into 雁栖学校 in 2021: on the roster, no longer expected."""
_ALIASES = {
    "泉河中心幼儿园": "泉河街道中心幼儿园",
    "怀柔中心幼儿园": "怀柔镇中心幼儿园",
    "雁栖湖幼儿园": "雁栖国际幼儿园",
}


def roster_book(district: District) -> Book:
    """Return the workbook: one row a school, kindergartens last. 在校生数 is of the year before."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "学校名录"
    new_sheet(
        sheet, "怀柔区学校（幼儿园）名录", "N", {"A2:F2": "编制单位：怀柔区教育委员会（示例，学校和标识码均为虚构）"}
    )
    head(sheet, [(f"{letter}3", text) for letter, text in zip("ABCDEFGHIJKLMN", _HEAD, strict=True)])
    for at, row in enumerate(_rows(district), 4):
        line(sheet, at, row, {12: "yyyy-mm-dd", 13: "yyyy-mm-dd"})
    widths(sheet, {"A": 14, "B": 22, "C": 26, "D": 16, "E": 14, "I": 18, "L": 13, "M": 13}, 10, 14)
    landscape(sheet, "C4", "1:3")
    return Book(workbook)


def _rows(district: District) -> list[list[Value]]:
    rows: list[list[Value]] = []
    for school in district.schools:
        stages = "、".join(part.stage for part in school.sections)
        pupils = sum(part.last_year for part in school.sections)
        rows.append([school.code, school.name, school.aliases or None, school.type, stages, "公办", None,
                     AREA_TYPES[school.zone], school.township, school.zone, "在办", _day(school.opened), None,
                     pupils])  # fmt: skip
    rows.append(_CLOSED)
    for each in district.kindergartens:
        ownership, inclusive = "公办" if each.ownership == 1 else "民办", "否" if each.ownership == 3 else "是"
        rows.append([each.code, each.name, _ALIASES.get(each.name), "幼儿园", "幼儿园", ownership, inclusive,
                     AREA_TYPES[each.zone], each.township, each.zone, "在办", _day(each.opened), None,
                     each.last_year])  # fmt: skip
    return rows


def _day(year: int) -> date:
    return date(year, 9, 1)
