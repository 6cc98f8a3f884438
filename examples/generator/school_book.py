"""school.xlsx: the form of one school, the primary school that is missing from returns.xlsx."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.nouns import District, School, Section
from generator.package import Book
from generator.pen import Value, choices, foot, head, label, left, line, new_sheet, widths
from generator.places import MISSING_PRIMARY

Row = tuple[str, str, Value, Value, str]
"""Item, unit, last year's value, this year's value, remark."""


def school_book(district: District) -> Book:
    """Return the workbook: one item a row, two years across."""
    school, part = next((s, p) for s, p in district.sections("小学") if s.name == MISSING_PRIMARY)
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "表5 单校自查"
    new_sheet(sheet, f"{school.name}2023年自查填报表", "G", {})
    for at, (text, value) in enumerate(
        (("学校标识码：", school.code), ("学校名称：", school.name), ("学段：", "小学"), ("填报年度：", "2023年")), 2
    ):
        label(sheet, f"A{at}", text)
        label(sheet, f"C{at}", value)
    head(sheet, [(f"{letter}6", text) for letter, text in zip("ABCDEFG", _HEAD, strict=True)])
    row, number = 7, 0
    for kind, items in _blocks(school, part).items():
        first = row
        for item, unit, before, now, remark in items:
            number += 1
            line(sheet, row, [number, kind if row == first else None, item, unit, before, now, remark or None])
            left(sheet, f"C{row}")
            if now in ("是", "否"):
                choices(sheet, f"E{row}:F{row}", '"是,否"')
            row += 1
        sheet.merge_cells(f"B{first}:B{row - 1}")
    foot(sheet, row, ("注：1.“其中”各项之和等于合计。2.与上年相比变动超过20%的，请在“说明”栏填写原因。",), "G")
    widths(sheet, {"A": 6, "B": 14, "C": 34, "D": 10, "G": 30}, 12, 7)
    return Book(workbook)


_HEAD = ("序号", "类别", "填报项目", "单位", "2022年", "2023年", "说明(异常变动原因)")


def _blocks(school: School, part: Section) -> dict[str, list[Row]]:
    return {
        "学生情况": _pupils(part),
        "教师队伍": _teachers(part),
        "体质健康": _fitness(part),
        "视力体检": _health(part),
        "课程与锻炼": _lessons(),
        "创建达标": _titles(school),
        "办学条件": _premises(),
    }


def _pupils(part: Section) -> list[Row]:
    return [
        ("在校学生数", "人", part.last_year, part.pupils, ""),
        ("　其中：女", "人", 56, part.girls, ""),
        ("　其中：随迁子女", "人", 8, part.migrants, ""),
        ("招生数", "人", 20, part.entrants, ""),
        ("　其中：就近入学", "人", 20, part.nearby, ""),
        ("毕业生数", "人", 19, 17, ""),
        ("班级数", "个", 6, part.classes, ""),
        ("最大班额", "人", 23, 25, ""),
    ]


def _teachers(part: Section) -> list[Row]:
    postgrad, bachelor, college, *less = part.degrees
    city, district = part.backbone
    return [
        ("专任教师数", "人", 15, part.teachers, "1名教师调入怀北小学"),
        ("　其中：研究生", "人", 0, postgrad, ""),
        ("　其中：本科", "人", 13, bachelor, ""),
        ("　其中：专科", "人", 2, college, ""),
        ("　其中：高中阶段及以下", "人", 0, sum(less), ""),
        ("市级骨干教师", "人", 0, city, ""),
        ("区级骨干教师", "人", 1, district, ""),
        ("临时用工人员数", "人", 5, 4, ""),
    ]


def _fitness(part: Section) -> list[Row]:
    sums = {name: sum(getattr(group, name) for group in part.groups)
            for name in ("exempt", "tested", "excellent", "good", "passed", "failed")}  # fmt: skip
    return [
        ("参加测试人数", "人", 114, sums["tested"], ""),
        ("免予执行人数", "人", 2, sums["exempt"], ""),
        ("优秀人数", "人", 21, sums["excellent"], ""),
        ("良好人数", "人", 53, sums["good"], ""),
        ("及格人数", "人", 37, sums["passed"], ""),
        ("不及格人数", "人", 3, sums["failed"], ""),
    ]


def _health(part: Section) -> list[Row]:
    assert part.health is not None
    found = part.health
    return [
        ("视力检查人数", "人", 116, found.seen, ""),
        ("　其中：近视", "人", 43, found.myopic, ""),
        ("体检人数", "人", 116, found.examined, ""),
        ("　其中：肥胖", "人", 18, found.obese, ""),
    ]


def _lessons() -> list[Row]:
    return [
        ("每周体育课节数", "节", 4, 5, "按规划要求增加1节"),
        ("每周劳动课课时", "课时", 1, 1, ""),
        ("劳动周次数", "次", 1, 1, ""),
    ]


def _titles(school: School) -> list[Row]:
    return [
        ("是否智慧校园", "是/否", "否", "是" if school.smart else "否", "2023年通过认定"),
        ("是否绿色学校", "是/否", "是", "是" if school.green else "否", ""),
        ("是否平安校园", "是/否", "是", "是" if school.safe else "否", ""),
        ("科技副校长", "是/否", "否", "是", "2023年聘任"),
    ]


def _premises() -> list[Row]:
    return [
        ("教学及辅助用房面积", "平方米", 2_860, 2_860, ""),
        ("体育运动场馆面积", "平方米", 4_120, 4_120, ""),
        ("教学仪器设备资产值", "万元", 186.4, 203.7, ""),
        ("网络多媒体教室", "间", 8, 8, ""),
        ("图书", "册", 5_870, 6_130, ""),
    ]
