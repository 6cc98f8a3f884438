"""What the district reports itself: 表6, the population, the cover and the hidden dictionary."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from generator.money import BUDGET, EDUCATION, OTHER, POPULATION, REPORTED, SPENDING, STUDENTS, YEARS
from generator.pen import Value, foot, head, label, landscape, left, line, new_sheet, widths


def write_money(
    sheet: Worksheet, reported: int = REPORTED, salaries: Sequence[tuple[str, tuple[Value, ...]]] = ()
) -> None:
    """Write 表6: years across, of which the first `reported` have figures; `salaries` are further rows."""
    new_sheet(sheet, "怀柔区区级经费情况表", "G", {"A2": "单位：万元"})
    head(sheet, [("A3", "项目"), *((f"{letter}3", f"{year}年") for letter, year in zip("BCDEFG", YEARS, strict=True))])
    rows: list[tuple[str, tuple[Value, ...], str]] = [
        ("一般公共预算支出", BUDGET, "#,##0"),
        ("　其中：教育支出", EDUCATION, "#,##0"),
        ("　　　　占比", tuple(round(part / whole, 4) for part, whole in zip(EDUCATION, BUDGET, strict=True)), "0.00%"),
        ("分学段教育支出（万元）", (), "General"),
        *((f"　{stage}", spent, "#,##0") for stage, spent in SPENDING.items()),
        ("　特教及其他", OTHER, "#,##0"),
        ("分学段在校生数（人）", (), "General"),
        *((f"　{stage}", students, "#,##0") for stage, students in STUDENTS.items()),
        ("分学段生均（元）", (), "General"),
        *((f"　{stage}", _per_student(stage), "#,##0.00") for stage in SPENDING),
        ("确保一般公共预算教育支出逐年只增不减", ("是",) * len(YEARS), "General"),
        ("确保按在校学生人数平均的一般公共预算教育支出逐年只增不减", ("是",) * len(YEARS), "General"),
    ]
    rows += [(text, values, "#,##0") for text, values in salaries]
    for at, (text, all_values, number_format) in enumerate(rows, 4):
        values = all_values[:reported]
        blanks = [None] * (len(YEARS) - len(values))
        line(sheet, at, [text, *values, *blanks], dict.fromkeys(range(2, 8), number_format))
        left(sheet, f"A{at}")
    foot(sheet, 4 + len(rows), ("注：1.按财政年度填报。2.“分学段生均”＝分学段教育支出÷分学段在校生数。",), "G")
    widths(sheet, {"A": 60}, 14, 7)
    landscape(sheet, "B4", "1:3")


def _per_student(stage: str) -> tuple[float, ...]:
    """Return the spending per student in yuan, to the fen, for each year with figures."""
    return tuple(
        round(spent * 10_000 / students, 2) for spent, students in zip(SPENDING[stage], STUDENTS[stage], strict=True)
    )


def write_population(sheet: Worksheet) -> None:
    """Write the district's population figures."""
    new_sheet(sheet, "怀柔区区级基础数据表", "D", {"A2:D2": "填报单位：怀柔区教育委员会、区统计局、区残疾人联合会"})
    head(sheet, (("A3", "序号"), ("B3", "项目"), ("C3", "单位"), ("D3", "2023年")))
    for number, (text, count) in enumerate(POPULATION, 1):
        line(sheet, 3 + number, [number, text, "人", count])
    foot(sheet, 4 + len(POPULATION), ("注：适龄人口为常住人口。",), "D")
    widths(sheet, {"A": 6, "B": 30, "C": 8, "D": 14}, 10, 4)


def write_cover(sheet: Worksheet) -> None:
    """Write the cover."""
    new_sheet(sheet, "怀柔区教育事业发展主要指标监测上报表", "F", {})
    for place, text in (
        ("B3", "（2023—2024学年度）"),
        ("B5", "填报单位（盖章）：怀柔区教育委员会"),
        ("B6", "报出日期：2023年9月18日"),
        ("B8", "目录：表1 中小学、表1 职业、表2 幼儿园、表3 体质健康、表4 视力体检、表6 区级经费、区级基础数据表"),
        ("B10", "示例文件：除区级总数外，学校、标识码和数据均为虚构。"),
    ):
        label(sheet, place, text)
    widths(sheet, {"A": 6}, 14, 6)


_DICTIONARY = (
    ("是否", ("是", "否")),
    ("学段", ("小学部", "初中部", "高中部", "中职", "特教")),
    ("办园性质", ("公办园", "普惠性民办园", "非普惠性民办园")),
    ("评估等级", ("一级", "二级", "三级", "未评")),
)


def write_dictionary(sheet: Worksheet) -> None:
    """Write the word lists behind the drop-downs, and hide the sheet as templates do."""
    head(sheet, (("A1", "代码类别"), ("B1", "代码"), ("C1", "含义")))
    row = 2
    for kind, words in _DICTIONARY:
        for number, word in enumerate(words, 1):
            line(sheet, row, [kind, number, word])
            row += 1
    sheet.sheet_state = "hidden"
