"""The workbooks of one year: schools.xlsx, kindergartens.xlsx, district.xlsx; the ledgers are in `ledger_book.py`."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.last_year import rates_of
from generator.ledgers import FIGURES, SALARIES
from generator.money import POPULATION
from generator.nouns import District, GradeGroup, Health, School, Section
from generator.package import Book
from generator.pen import PERCENT, Value, foot, head, line, new_sheet, widths
from generator.practice import Practice, in_order, practice_of
from generator.sheet_district import write_money
from generator.sheet_health import figures_of
from generator.sheet_kindergartens import figures_of_kindergarten, identity_of_kindergarten
from generator.sheet_schools import STAGE_WORDS, figures_of_section, flags_of, identity_of
from generator.tables import Column, Table, count, text, write_table
from generator.years import TOTALS

FIRST = 2020
NOT_CHECKED = {2020: 2, 2021: 1}
"""Schools that do not check eyes regularly yet."""


def school_year(year: int) -> str:
    """Return a school year as titles write it."""
    return f"{year}—{year + 1}学年度"


def schools_book(district: District) -> Book:
    """Return 表1 (with everything schools report), 表3 and 表4."""
    workbook = Workbook()
    first = workbook.active
    assert isinstance(first, Worksheet)
    first.title = "表1 中小学"
    practice = practice_of(district)
    _schools(first, district, practice, ("小学", "初中", "高中", "特教"))
    _schools(workbook.create_sheet("表1 职业"), district, practice, ("中职",))
    _fitness(workbook.create_sheet("表3 体质健康"), district)
    _vision(workbook.create_sheet("表4 视力体检"), district)
    return Book(workbook)


def _reporting(district: District, *stages: str) -> list[tuple[School, Section]]:
    return [(school, part) for school, part in district.sections(*stages) if school.name not in district.missing]


_SCHOOL = (
    text("序号", 6),
    text("学校标识码", 14),
    text("学校名称", 18),
    text("办学类型", 14),
    text("学段"),
    text("办别"),
)
_COUNTS = tuple(map(count, (
    "在校学生数 > 合  计", "在校学生数 > 其中 > 女", "在校学生数 > 其中 > 随迁子女", "招生数 > 合计", "招生数 > 其中：就近入学",
    "班级数", "专任教师 > 合计", "专任教师 > 其中：学历 > 研究生", "专任教师 > 其中：学历 > 本科", "专任教师 > 其中：学历 > 专科",
    "专任教师 > 其中：学历 > 高中阶段", "专任教师 > 其中：学历 > 高中阶段以下", "骨干教师 > 市级及以上", "骨干教师 > 区级",
)))  # fmt: skip
_DUAL = (count("专业课专任教师 > 合计"), count("专业课专任教师 > 其中：“双师型”"))


def _schools(sheet: Worksheet, district: District, practice: Practice, stages: tuple[str, ...]) -> None:
    """Write the table of schools; that of the vocational school holds its specialty teachers too."""
    vocational = stages == ("中职",)
    further = _answered(practice, [practice.of(*pair) for pair in district.sections(*stages)])
    columns = [*_SCHOOL, *_COUNTS, *(_DUAL if vocational else ()), text("智慧校园"), text("绿色学校"), text("平安校园"),
               *(column for _, column in further), text("备注", 14)]  # fmt: skip
    blocks = []
    for label in ("小学", "初中", "高中", "特教") if not vocational else stages:
        rows: list[list[Value]] = []
        for school, part in _reporting(district, label):
            said = practice.of(school, part)
            dual: tuple[Value, ...] = district.specialty if vocational else ()
            rows.append([len(rows) + 1, *identity_of(school, part), *figures_of_section(part), *dual,
                         *flags_of(school), *(said[at] for at, _ in further), None])  # fmt: skip
        blocks.append(("" if vocational else f"{label}小计", rows))
    kind = "职业学校" if vocational else "中小学"
    title = f"怀柔区{school_year(district.year)}{kind}基本情况汇总表"
    notes = ("注：1.“学段”按小学部、初中部、高中部分行填写。2.示例数据：学校、标识码和数据均为虚构。",)
    second = {"A2:H2": "填报单位（盖章）：怀柔区教育委员会"}
    write_table(sheet, Table(title, second, columns, blocks, notes, f"{district.year}年9月18日"))


def _answered(practice: Practice, said: list[list[Value]]) -> list[tuple[int, Column]]:
    """Return the further columns that somebody on the sheet fills in, with their places."""
    return [(at, each) for at, each in enumerate(practice.columns) if any(row[at] is not None for row in said)]


_GRADES = ("优秀", "良好", "及格", "不及格")


def _fitness(sheet: Worksheet, district: District) -> None:
    percents = [Column((grade, word), word == "人数", "" if word == "人数" else PERCENT)
                for grade in _GRADES for word in ("人数", "%")]  # fmt: skip
    columns = [*_SCHOOL[:3], _SCHOOL[4], text("年级组", 12), count("在校生数"), count("免予执行人数"), count("参加测试人数"),
               *percents, *(Column((name,), number_format=PERCENT) for name in ("合格率%", "优良率%", "上年合格率%"))]  # fmt: skip
    blocks = []
    for stage in ("小学", "初中", "高中"):
        rows: list[list[Value]] = []
        for school, part in _reporting(district, stage):
            for group in part.groups:
                rows.append([len(rows) + 1, school.code, school.name, STAGE_WORDS[stage], group.name,
                             *_group(group), group.last_rate])  # fmt: skip
        blocks.append((f"{stage}小计", rows))
    title = f"怀柔区{school_year(district.year)}学生体质健康测试情况表"
    notes = ("注：合格率＝（优秀＋良好＋及格）÷参加测试人数，免予执行者不计入。",)
    second = {"A2:H2": "填报单位（盖章）：怀柔区教育委员会"}
    write_table(sheet, Table(title, second, columns, blocks, notes, f"{district.year}年12月20日"))


def _group(group: GradeGroup) -> list[Value]:
    figures = figures_of(group)
    if group.tested == 150 and figures[-2] == 0.98:  # this clerk writes the sign
        figures[-2] = "98%"
    return figures


def _vision(sheet: Worksheet, district: District) -> None:
    columns = [*_SCHOOL[:3], _SCHOOL[4], count("视力检查 > 检查人数"), count("视力检查 > 近视人数"),
               Column(("视力检查", "近视率%", "上年"), number_format=PERCENT), Column(("视力检查", "近视率%", "本年"), number_format=PERCENT),
               count("体检 > 体检人数"), count("体检 > 肥胖人数"),
               Column(("体检", "肥胖率%", "上年"), number_format=PERCENT), Column(("体检", "肥胖率%", "本年"), number_format=PERCENT),
               text("视力监测次数"), count("健康档案人数")]  # fmt: skip
    pairs = _reporting(district, "小学", "初中", "高中", "中职")
    codes = dict.fromkeys(school.code for school, part in pairs if part.stage != "中职")
    late = set(in_order(codes, "视力监测")[: NOT_CHECKED.get(district.year, 0)])
    rows: list[list[Value]] = []
    for at, (school, part) in enumerate(pairs):
        assert part.health is not None
        rows.append([at + 1, school.code, school.name, STAGE_WORDS[part.stage], *_health(part.health),
                     0 if school.code in late else 2, _records(part, at, district.year)])  # fmt: skip
    title = f"怀柔区{school_year(district.year)}学生视力、体检情况表"
    notes = ("注：“上年”为上一学年度同口径数据。",)
    second = {"A2:H2": "填报单位（盖章）：怀柔区教育委员会、区疾控中心"}
    write_table(sheet, Table(title, second, columns, [("", rows)], notes, f"{district.year}年12月20日"))


def _health(found: Health) -> list[Value]:
    myopia, obesity = rates_of(found)
    return [found.seen, found.myopic, found.last_myopic, myopia, found.examined, found.obese, found.last_obese, obesity]


def _records(part: Section, at: int, year: int) -> int:
    """Return for how many pupils a health record is kept: for all of them from 2022 on."""
    return part.pupils - (part.pupils // (25 if year == 2020 else 60) if year < 2022 and at % 3 == 0 else 0)


_KINDERGARTEN = (text("序号", 6), text("园名", 20), text("标识码", 14), text("镇乡", 16), text("办园性质", 12),
                 text("是否普惠"), text("督导评估等级"))  # fmt: skip
_KG_COUNTS = tuple(map(count, (
    "班级数 > 合计", "班级数 > 小", "班级数 > 中", "班级数 > 大", "班级数 > 混", "在园幼儿数 > 合  计", "在园幼儿数 > 女",
    "在园幼儿数 > 小", "在园幼儿数 > 中", "在园幼儿数 > 大", "教职工 > 合计", "教职工 > 园长", "教职工 > 专任教师",
    "教职工 > 保育员", "教职工 > 其他", "专任教师 > 其中：专科及以上", "专任教师 > 其中：持证", "骨干教师 > 市级及以上",
    "骨干教师 > 区级", "建筑面积（平方米）", "户外场地（平方米）",
)))  # fmt: skip


def kindergartens_book(district: District) -> Book:
    """Return 表2."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "表2 幼儿园"
    practice = practice_of(district)
    columns = [*_KINDERGARTEN, *_KG_COUNTS, text("是否中心园"), *practice.kg_columns, text("备注", 14)]
    reporting = [each for each in district.kindergartens if each.name not in district.missing]
    blocks = []
    for label, group in (
        ("公办园小计", [each for each in reporting if each.ownership == 1]),
        ("民办园小计", [each for each in reporting if each.ownership != 1]),
    ):
        rows: list[list[Value]] = [
            [number, *identity_of_kindergarten(each), *figures_of_kindergarten(each), "是" if each.central else "否",
             *practice.of_kindergarten(each), None]
            for number, each in enumerate(group, 1)
        ]  # fmt: skip
        blocks.append((label, rows))
    title = f"怀柔区{school_year(district.year)}幼儿园基本情况表"
    notes = ("注：1.“办园性质”填代码：1 公办园；2 普惠性民办园；3 非普惠性民办园。2.示例数据，均为虚构。",)
    second = {"A2:H2": "填报单位（盖章）：怀柔区教育委员会"}
    write_table(sheet, Table(title, second, columns, blocks, notes, f"{district.year}年9月18日"))
    return Book(workbook)


def district_book(year: int) -> Book:
    """Return 表6, the population and the district's year in figures."""
    workbook = Workbook()
    first = workbook.active
    assert isinstance(first, Worksheet)
    first.title = "表6 区级经费"
    write_money(first, year - FIRST + 1, SALARIES)
    population = [number for _, number in POPULATION] if year not in TOTALS else TOTALS[year].population
    rows = [(label, "人", number) for (label, _), number in zip(POPULATION, population, strict=True)]
    _items(workbook.create_sheet("区级基础数据表"), "怀柔区区级基础数据表", year, rows)
    figures = [(label, unit, values[year - FIRST]) for label, unit, values in FIGURES]
    _items(workbook.create_sheet("区级年度工作"), "怀柔区区级年度工作数据表", year, figures)
    return Book(workbook)


def _items(sheet: Worksheet, title: str, year: int, rows: list[tuple[str, str, Value]]) -> None:
    new_sheet(sheet, title, "D", {"A2:D2": "填报单位：怀柔区教育委员会（示例数据，均为虚构）"})
    head(sheet, (("A3", "序号"), ("B3", "项目"), ("C3", "单位"), ("D3", f"{year}年")))
    for number, row in enumerate(rows, 1):
        line(sheet, 3 + number, [number, *row])
    foot(sheet, 4 + len(rows), ("注：适龄人口为常住人口；人员只报数，不报姓名。",), "D", f"{year}年12月31日")
    widths(sheet, {"A": 6, "B": 40, "C": 8, "D": 14}, 10, 4)
