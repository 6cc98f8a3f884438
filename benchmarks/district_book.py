"""Workload: a district's workbook, 110 rows by 60 columns over four sheets, and the district's two short sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from figures import SchoolUnit, Value, kindergarten, school_unit
from layouts import (
    FIRST_ROW,
    FITNESS,
    FITNESS_SHEET,
    KINDERGARTENS,
    KINDERGARTENS_SHEET,
    MONEY_SHEET,
    POPULATION_SHEET,
    SCHOOLS,
    SCHOOLS_SHEET,
    VISION,
    VISION_SHEET,
)
from school_form import WRITTEN
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

SEED = 110_60
ROWS = 110
TYPES = (
    *(("小学", ("小学",)),) * 52,
    *(("初级中学", ("初中",)),) * 20,
    *(("九年一贯制学校", ("小学", "初中")),) * 8,
    *(("完全中学", ("初中", "高中")),) * 10,
    ("中等职业学校", ("中职",)),
    ("特殊教育学校", ("特教",)),
)
"""The schools by type, with the stages of each: 110 units."""

YEAR_TITLE = "怀柔区2023—2024学年度"

SCHOOLS_HEAD = (
    "A3:A5 序号", "B3:B5 学校标识码", "C3:C5 学校名称", "D3:D5 办学类型", "E3:E5 学段",
    "F3:H3 在校学生数", "F4:F5 合  计", "G4:H4 其中", "G5 女", "H5 随迁子女",
    "I3:J3 招生数", "I4:I5 合计", "J4:J5 其中：\n就近入学", "K3:K5 班级数",
    "L3:Q3 专任\n教师", "L4:L5 合计", "M4:Q4 其中：学历", "M5 研究生", "N5 本科", "O5 专科", "P5 高中\n阶段", "Q5 高中阶段\n以下",
    "R3:S3 骨干教师", "R4:R5 市级及以上", "S4:S5 区级", "T3:U3 专业课专任教师", "T4:T5 合计", "U4:U5 其中：“双师型”",
    "V3:V5 智慧校园", "W3:W5 绿色学校", "X3:X5 平安校园", "Y3:Y5 备注",
)  # fmt: skip
KINDERGARTENS_HEAD = (
    "A3:A4 序号", "B3:B4 园名", "C3:C4 标识码", "D3:D4 镇乡", "E3:E4 办园性质", "F3:F4 是否普惠", "G3:G4 督导评估等级",
    "H3:H4 班级数", "I3:J3 在园幼儿数", "I4 合计", "J4 女", "K3:N3 教职工", "K4 合计", "L4 园长", "M4 专任教师", "N4 保育员",
    "O3:P3 专任教师", "O4 其中：专科及以上", "P4 持证", "Q3:R3 骨干教师", "Q4 市级及以上", "R4 区级",
)  # fmt: skip
FITNESS_HEAD = (
    "A3:A4 序号", "B3:B4 学校标识码", "C3:C4 学校名称", "D3:D4 学段", "E3:E4 免予执行人数", "F3:F4 参加测试人数",
    "G3:J3 其中", "G4 优秀人数", "H4 良好人数", "I4 及格人数", "J4 不及格人数", "K3:K4 合格率%",
)  # fmt: skip
VISION_HEAD = ("A3 学校标识码", "B3 学校名称", "C3 学段", "D3 视力检查人数", "E3 近视人数", "F3 体检人数")

MONEY: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("一般公共预算支出", (1_182_360, 1_209_870, 1_236_990, 1_262_368)),
    ("　其中：教育支出", (171_462, 177_090, 183_075, 188_093)),
    ("分学段教育支出（万元）", ()),
    ("　幼儿园", (16_105, 16_520, 16_836, 17_043)),
    ("　小学", (66_842, 69_180, 71_936, 73_852)),
    ("　初中", (38_420, 39_760, 41_150, 42_510)),
    ("　高中", (24_310, 25_205, 26_120, 26_985)),
    ("　中职", (7_980, 7_935, 7_930, 7_935)),
    ("分学段在校生数（人）", ()),
    ("　幼儿园", (11_342, 11_236, 11_104, 10_988)),
    ("　小学", (16_204, 16_512, 16_893, 17_569)),
    ("　初中", (6_318, 6_455, 6_590, 6_728)),
    ("　高中", (3_402, 3_481, 3_560, 3_644)),
    ("　中职", (1_310, 1_284, 1_262, 1_236)),
)  # fmt: skip


class Pen:
    """Writes the sheets of one workbook in its formats."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.body = book.add_format({"border": 1, "font_name": "宋体", "align": "center"})
        self.head = book.add_format({"border": 1, "bold": True, "bg_color": "#D9E2F3", "text_wrap": True})
        self.percent = book.add_format({"border": 1, "font_name": "宋体", "num_format": "0.0%"})

    def sheet(self, name: str, title: str, head: Sequence[str]) -> Worksheet:
        """Begin a sheet: title, 填报单位, the head in its merged ranges."""
        sheet = self.book.add_worksheet(name)
        assert isinstance(sheet, Worksheet)
        sheet.write("A1", title, self.book.add_format({"bold": True, "font_size": 16}))
        sheet.write("A2", "填报单位（盖章）：怀柔区教育委员会")
        for part in head:
            place, word = part.split(" ", 1)
            if ":" in place:
                sheet.merge_range(place, word, self.head)
            else:
                sheet.write(place, word, self.head)
        return sheet

    def table(self, sheet: Worksheet, elements: Sequence[str], rows: Sequence[Mapping[str, Value]]) -> None:
        """Write numbered rows, a row of sums, and the lines under a table."""
        top = FIRST_ROW[sheet.get_name()] - 1
        for number, said in enumerate(rows):
            row = {"": number + 1 if elements[0] == "" else None, **said}
            for column, element in enumerate(elements):
                value = None if element == "" and column else row[element]
                format_ = self.percent if element == "fit_pass_rate_stated" else self.body
                sheet.write(top + number, column, value, format_)
        below = top + len(rows)
        sheet.write(below, 1 if elements[0] else 0, "合计", self.body)
        for column, element in enumerate(elements):
            values = [value for said in rows if isinstance(value := said.get(element), int)]
            if values and element != "fit_pass_rate_stated":
                span = f"{xl_rowcol_to_cell(top, column)}:{xl_rowcol_to_cell(below - 1, column)}"
                sheet.write_formula(below, column, f"=SUM({span})", self.body, sum(values))
        sheet.write(below + 2, 0, "注：没有数据的单元格请留空，不要填“0”“无”“/”。")
        sheet.write(below + 3, 0, "单位负责人：        审核人：        填表人：        填表日期：2023年9月18日")


def district_book(path: Path) -> None:
    """Write the workbook."""
    units = list(_units(Random(SEED)))
    assert len(units) == ROWS
    dice = Random(SEED + 1)
    kindergartens = [kindergarten(dice, serial) for serial in range(1, ROWS + 1)]
    with Workbook(path) as book:
        book.set_properties({"created": WRITTEN, "author": "怀柔区教育委员会"})
        pen = Pen(book)
        schools = pen.sheet(SCHOOLS_SHEET, f"{YEAR_TITLE}中小学基本情况汇总表", SCHOOLS_HEAD)
        numbering = [*"甲乙丙丁戊", *range(1, len(SCHOOLS) - 5), "己"]
        schools.write_row(FIRST_ROW[SCHOOLS_SHEET] - 2, 0, numbering, pen.head)
        said = [_said(unit) for unit in units]
        pen.table(schools, SCHOOLS, said)
        sheet = pen.sheet(KINDERGARTENS_SHEET, f"{YEAR_TITLE}幼儿园基本情况表", KINDERGARTENS_HEAD)
        pen.table(sheet, KINDERGARTENS, kindergartens)
        pen.table(pen.sheet(FITNESS_SHEET, f"{YEAR_TITLE}学生体质健康测试情况表", FITNESS_HEAD), FITNESS, said)
        pen.table(pen.sheet(VISION_SHEET, f"{YEAR_TITLE}视力、体检情况表", VISION_HEAD), VISION, said)
        _money(pen)
        _population(pen, units, kindergartens)


def _units(dice: Random) -> Iterator[SchoolUnit]:
    for serial, (kind, stages) in enumerate(TYPES, 1):
        first: SchoolUnit | None = None
        for stage in stages:
            unit = school_unit(dice, serial, stage, kind)
            if first is not None:  # a school is smart, green and safe as a whole
                unit.figures.update(
                    {name: first.figures[name] for name in ("smart_campus", "green_school", "safe_campus")}
                )
            first = first or unit
            yield unit


def _said(unit: SchoolUnit) -> dict[str, Value]:
    tested, failed = unit.figures["fit_tested"], unit.figures["fit_fail"]
    rate = round((tested - failed) / tested, 4) if isinstance(tested, int) and isinstance(failed, int) else None
    identity: dict[str, Value] = {"school_code": unit.code, "school_name": unit.name, "school_type": unit.type}
    return {**identity, "stage": unit.stage, **unit.figures, "fit_pass_rate_stated": rate}


def _money(pen: Pen) -> None:
    head = ("A3 项目", *(f"{letter}3 {year}年" for letter, year in zip("BCDEFG", range(2020, 2026), strict=True)))
    sheet = pen.sheet(MONEY_SHEET, "怀柔区区级经费情况表", head)
    sheet.write("A2", "单位：万元")
    for row, (label, amounts) in enumerate(MONEY, 3):
        sheet.write_row(row, 0, (label, *amounts), pen.body)
    for row, label in enumerate(
        ("确保一般公共预算教育支出逐年只增不减", "确保按在校学生人数平均的一般公共预算教育支出逐年只增不减"),
        3 + len(MONEY),
    ):
        sheet.write_row(row, 0, (label, *("是",) * 3, "否" if "平均" in label else "是"), pen.body)


def _population(pen: Pen, units: Sequence[SchoolUnit], kindergartens: Sequence[Mapping[str, Value]]) -> None:
    children = sum(value for each in kindergartens if isinstance(value := each["kg_children"], int))
    seniors = sum(
        v for unit in units if unit.stage in ("高中", "中职") and isinstance(v := unit.figures["students"], int)
    )
    figures = (("3—6岁适龄人口", children * 100 // 99), ("15—17岁适龄人口", seniors * 100 // 102),
               ("6—15岁残疾适龄人口", 126), ("残疾儿童入学人数", 126))  # fmt: skip
    sheet = pen.sheet(POPULATION_SHEET, "怀柔区区级基础数据表", ("A3 序号", "B3 项目", "C3 单位", "D3 2023年"))
    for number, (label, count) in enumerate(figures, 1):
        sheet.write_row(2 + number, 0, (number, label, "人", count), pen.body)
