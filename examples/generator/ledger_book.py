"""ledgers.xlsx of a year: 表7 projects, 表8 tasks, 表9 schools named, 表10 specialties."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.ledgers import NAMED, PLAYGROUNDS, PROJECTS, SPECIALTIES, TASKS, Task, state_of
from generator.package import Book
from generator.pen import Value
from generator.tables import Table, count, text, write_table

_SYNTHETIC = "示例数据：进展、年份和学位数均为虚构。"


def ledger_book(year: int) -> Book:
    """Return the workbook. Two of its sheets say the year in their title; the others leave it to the folder."""
    workbook = Workbook()
    first = workbook.active
    assert isinstance(first, Worksheet)
    first.title = "表7 设施项目"
    _projects(first, year)
    _tasks(workbook.create_sheet("表8 重点任务"), year)
    _named(workbook.create_sheet("表9 名优学校"), year)
    _specialties(workbook.create_sheet("表10 专业设置"), year)
    return Book(workbook)


def _projects(sheet: Worksheet, year: int) -> None:
    columns = (text("序号", 6), text("项目类型"), text("基本情况 > 名称", 30), text("基本情况 > 建设地点", 24),
               text("主管部门 > 主管部门"), text("主管部门 > 建设主体", 26), text("学位情况 > 建设规模", 18),
               count("学位情况 > 可新增学位"), text("学位情况 > 已新增学位"), text("计划完成时间", 16),
               text("完成情况"), text("完成年份", 12), text("已建成操场数"), text("备注"))  # fmt: skip
    rows: list[list[Value]] = []
    for number, each in enumerate(PROJECTS, 1):
        state, done, seats = state_of(each, year)
        grounds = each.name == "学校操场建设"
        rows.append([number, each.kind, each.name, each.site, each.lead, each.builder, each.scale, each.seats,
                     None if grounds else seats, each.due, state, done, PLAYGROUNDS[year] if grounds else None,
                     None])  # fmt: skip
    title = f"怀柔区“十四五”（2021—2025年）教育设施项目进度表（{year}年）"
    second = {"A2:F2": "填报单位（盖章）：怀柔区教育委员会规划科"}
    notes = (f"注：1.项目和计划学位取自规划附件1。2.{_SYNTHETIC}",)
    first = write_table(sheet, Table(title, second, columns, [("", rows)], notes, f"{year}年12月31日"))
    _merge_kinds(sheet, first)


def _merge_kinds(sheet: Worksheet, first: int) -> None:
    """Merge 项目类型 down the left, as the plan's Annex 1 has it."""
    kinds = [each.kind for each in PROJECTS]
    begin = 0
    for at in range(1, len(kinds) + 1):
        if at == len(kinds) or kinds[at] != kinds[begin]:
            for row in range(first + begin + 1, first + at):
                sheet[f"B{row}"].value = None
            if at - begin > 1:
                sheet.merge_cells(f"B{first + begin}:B{first + at - 1}")
            begin = at


def _tasks(sheet: Worksheet, year: int) -> None:
    columns = (text("序号", 6), text("任务", 46), text("依据（章节）", 14), text("责任科室", 14), text("完成时限", 12),
               text("完成情况", 12), text("完成年份", 12), text("佐证材料（文号）", 22))  # fmt: skip
    rows = [[number, *_task(each, year)] for number, each in enumerate(TASKS, 1)]
    if year == 2022:  # the one fault of this workbook: a row that says nothing of what it is about
        rows.append([len(rows) + 1, None, "三（二）4", "体美科", "2025年", "推进中", None, None])
    second = {"A2:D2": "填报单位（盖章）：怀柔区教育委员会"}
    notes = (f"注：{_SYNTHETIC}",)
    write_table(sheet, Table("怀柔区重点任务台账", second, columns, [("", rows)], notes, f"{year}年12月31日"))


def _task(each: Task, year: int) -> list[Value]:
    done = each.done is not None and each.done <= year
    state = "已完成" if done else "推进中" if each.begun <= year else "未启动"
    evidence = f"怀教发〔{each.done}〕示例" if done else None
    return [each.name, each.clause, each.office, each.due, state, f"{each.done}年" if done else None, evidence]


def _named(sheet: Worksheet, year: int) -> None:
    columns = (
        text("序号", 6),
        text("学校（园、集团）名称", 30),
        text("称号", 26),
        text("认定年度", 12),
        text("备注", 14),
    )
    titled = [each for each in NAMED if each[2] <= year]
    rows: list[list[Value]] = [[number, *each, None] for number, each in enumerate(titled, 1)]
    second = {"A2:C2": "填报单位（盖章）：怀柔区教育委员会"}
    notes = (f"注：一校有多项称号的分行填写。{_SYNTHETIC}",)
    title = f"怀柔区名优学校（园）台账（{year}年）"
    write_table(sheet, Table(title, second, columns, [("", rows)], notes, f"{year}年12月31日"))


def _specialties(sheet: Worksheet, year: int) -> None:
    columns = (text("序号", 6), text("专业名称", 20), text("开设年度", 12), text("备注", 14))
    offered = [(name, since) for name, since in SPECIALTIES.items() if since <= year]
    rows: list[list[Value]] = [[number, name, since, None] for number, (name, since) in enumerate(offered, 1)]
    second = {"A2:C2": "填报单位（盖章）：怀柔职业学校"}
    write_table(sheet, Table("怀柔区专业设置台账", second, columns, [("", rows)], (f"注：{_SYNTHETIC}",),
                             f"{year}年12月31日"))  # fmt: skip
