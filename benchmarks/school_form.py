"""Workload: the form of one school, one item a row, last year and this year side by side."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from pathlib import Path
from random import Random

from figures import SchoolUnit, school_unit, year_before
from layouts import ITEMS, YEAR
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

SEED = 5_2023
STAGES = ("小学",) * 10 + ("初中",) * 6 + ("高中",) * 2 + ("中职", "特教")
"""The stages of twenty schools in a row."""

WRITTEN = datetime(2023, 9, 18, 9, 0)  # noqa: DTZ001 (a workbook's dates have no zone)


def one_school(folder: Path, serial: int) -> Path:
    """Write the workbook of school `serial`; the same school whatever others are written."""
    unit = school_unit(Random(SEED * 1_000_000 + serial), serial, STAGES[serial % len(STAGES)])
    path = folder / f"{unit.code}.xlsx"
    with Workbook(path) as book:
        book.set_properties({"created": WRITTEN, "author": unit.name})
        _write(book, unit, Random(serial))
    return path


def _write(book: Workbook, unit: SchoolUnit, dice: Random) -> None:
    sheet = book.add_worksheet("表5 单校自查")
    assert isinstance(sheet, Worksheet)
    frame = book.add_format({"border": 1, "font_name": "宋体"})
    head = book.add_format({"border": 1, "bold": True, "bg_color": "#D9E2F3", "align": "center"})
    sheet.merge_range("A1:G1", f"{unit.name}{YEAR}年自查填报表", book.add_format({"bold": True, "font_size": 16}))
    identity = [("学校标识码：", unit.code), ("学校名称：", unit.name), ("学段：", unit.stage)]
    if dice.random() < 0.25:  # some schools put a line of their own above the table
        identity.append(("填报单位（盖章）：", unit.name))
    for at, (label, value) in enumerate(identity, 1):
        sheet.write(at, 0, label)
        sheet.write(at, 2, value)
    top = len(identity) + 2
    sheet.write_row(
        top, 0, ("序号", "类别", "填报项目", "单位", f"{YEAR - 1}年", f"{YEAR}年", "说明(异常变动原因)"), head
    )
    before = year_before(dice, unit)
    for at, (_, label, measured, element) in enumerate(ITEMS, 1):
        row = (
            at,
            None,
            label,
            measured,
            before[element],
            unit.figures[element],
            "按实际情况调整" if dice.random() < 0.06 else None,
        )
        sheet.write_row(top + at, 0, row, frame)
    for category, group in groupby(enumerate(ITEMS, top + 1), key=lambda item: item[1][0]):
        rows = [at for at, _ in group]
        sheet.merge_range(rows[0], 1, rows[-1], 1, category, frame)
    foot = top + len(ITEMS) + 2
    sheet.write(foot, 0, "注：1.“其中”各项之和等于合计。2.与上年相比变动超过20%的，请在“说明”栏填写原因。")
    sheet.write(foot + 1, 0, "单位负责人：        审核人：        填表人：        填表日期：2023年9月18日")
    flags = [at for at, (_, _, measured, _) in enumerate(ITEMS, top + 1) if measured == "是/否"]
    sheet.data_validation(flags[0], 4, flags[-1], 5, {"validate": "list", "source": ["是", "否"]})
    sheet.set_column("A:A", 6)
    sheet.set_column("C:C", 34)
