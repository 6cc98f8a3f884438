"""表1: one row for each stage of each school; the vocational school on a sheet of its own."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from generator.nouns import District, School, Section
from generator.pen import Value, choices, foot, head, landscape, line, new_sheet, total_line, widths
from generator.places import MISSING_PRIMARY
from generator.schools import DUAL_QUALIFIED, SPECIALTY_TEACHERS

FLAGS = "数据字典!$C$2:$C$3"
STAGE_WORDS = {"小学": "小学部", "初中": "初中部", "高中": "高中部", "中职": "中职", "特教": "特教"}
TYPE_LABELS = {"小学": "小学小计", "初级中学": "初级中学小计", "九年一贯制学校": "九年一贯制学校小计",
               "完全中学": "完全中学小计", "特殊教育学校": "特殊教育学校小计"}  # fmt: skip

_HEAD = (
    ("A3:A5", "序号"), ("B3:B5", "学校标识码"), ("C3:C5", "学校名称"), ("D3:D5", "办学类型"), ("E3:E5", "学段"),
    ("F3:F5", "办别"),
    ("G3:I3", "在校学生数"), ("G4:G5", "合  计"), ("H4:I4", "其中"), ("H5", "女"), ("I5", "随迁子女"),
    ("J3:K3", "招生数"), ("J4:J5", "合计"), ("K4:K5", "其中：\n就近入学"),
    ("L3:L5", "班级数"),
    ("M3:R3", "专任\n教师"), ("M4:M5", "合计"), ("N4:R4", "其中：学历"), ("N5", "研究生"), ("O5", "本科"),
    ("P5", "专科"), ("Q5", "高中\n阶段"), ("R5", "高中阶段\n以下"),
    ("S3:T3", "骨干教师"), ("S4:S5", "市级及以上"), ("T4:T5", "区级"),
    ("U3:U5", "智慧校园"), ("V3:V5", "绿色学校"), ("W3:W5", "平安校园"), ("X3:X5", "备注"),
)  # fmt: skip
_NUMBERING = [*"甲乙丙丁戊己", *range(1, 18), "庚"]
_NOTES = (
    "注：1.“学段”按小学部、初中部、高中部分行填写。2.“骨干教师”含学科带头人，一人多项称号按最高一项计一次。",
    "    3.没有数据的单元格请留空，不要填“0”“无”“/”。",
)
_NO_MIGRANT_COUNT = "琉璃庙小学"
_FIRST, _LAST = 7, 20
"""The columns that are added up: G to T."""


def write_schools(sheet: Worksheet, district: District) -> dict[str, int | float]:
    """Write the sheet; return what the formulas of its last row come to."""
    new_sheet(sheet, "怀柔区2023—2024学年度中小学基本情况汇总表", "X",
              {"A2:H2": "填报单位（盖章）：怀柔区教育委员会", "V2:X2": "单位：人、个"})  # fmt: skip
    head(sheet, _HEAD)
    line(sheet, 6, _NUMBERING)
    subtotals: dict[int, list[int]] = {}
    row, number = 7, 0
    for type_, label in TYPE_LABELS.items():
        schools = [school for school in district.schools if school.type == type_ and school.name != MISSING_PRIMARY]
        first, sums = row, [0] * (_LAST - _FIRST + 1)
        for school in schools:
            for part in school.sections:
                number += 1
                figures = figures_of_section(part)
                if school.name == _NO_MIGRANT_COUNT:
                    figures[2] = None
                line(sheet, row, [number, *identity_of(school, part), *figures, *flags_of(school), None])
                sums = [total + (figure or 0) for total, figure in zip(sums, figures, strict=True)]
                row += 1
        if row - first > 1:
            sheet.merge_cells(f"D{first}:D{row - 1}")
        total_line(sheet, row, [label, *sums, *[None] * 4], 6)
        subtotals[row] = sums
        row += 1
    results = _grand_total(sheet, row, subtotals)
    foot(sheet, row + 1, _NOTES, "X")
    choices(sheet, f"U7:W{row - 1}", FLAGS)
    widths(sheet, {"A": 6, "B": 14, "C": 18, "D": 12, "X": 16}, 9, 24)
    landscape(sheet, "D7", "1:6")
    _imperfections(sheet)
    return results


def _grand_total(sheet: Worksheet, row: int, subtotals: dict[int, list[int]]) -> dict[str, int | float]:
    """Write the one row of formulas: the sum of the subtotals."""
    letters = [get_column_letter(column) for column in range(_FIRST, _LAST + 1)]
    formulas = [f"=SUM({','.join(f'{letter}{at}' for at in subtotals)})" for letter in letters]
    total_line(sheet, row, ["合    计", *formulas, *[None] * 4], 6)
    sums = [sum(column) for column in zip(*subtotals.values(), strict=True)]
    return {f"{letter}{row}": value for letter, value in zip(letters, sums, strict=True)}


def identity_of(school: School, part: Section) -> list[Value]:
    """Return code, name, type, stage and 办别."""
    return [school.code, school.name, school.type, STAGE_WORDS[part.stage], "公办"]


def figures_of_section(part: Section) -> list[int | None]:
    """Return the figures from 在校学生数 to 骨干教师."""
    return [part.pupils, part.girls, part.migrants, part.entrants, part.nearby, part.classes, part.teachers,
            *part.degrees, *part.backbone]  # fmt: skip


def flags_of(school: School) -> list[Value]:
    """Return whether the school is 智慧校园, 绿色学校 and 平安校园."""
    return ["是" if flag else "否" for flag in (school.smart, school.green, school.safe)]


def _imperfections(sheet: Worksheet) -> None:
    """Do to the sheet what clerks do: each of these is understood, or named, and none is a fault of the figures."""
    rows = {sheet[f"C{row}"].value: row for row in range(7, 40)}
    pupils = sheet[f"G{rows['青春路小学']}"]
    assert pupils.value == 1204
    pupils.value, pupils.number_format = "1,204", "@"  # a number kept as text
    entrants = sheet[f"J{rows['渤海小学']}"]
    entrants.value = str(entrants.value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    sheet[f"I{rows[_NO_MIGRANT_COUNT]}"].value = "—"  # no data
    sheet[f"V{rows['龙山小学']}"].value = "是（2022年认定）"
    sheet[f"C{rows['汤河口小学']}"].value = "汤河口镇小学"  # the code is right, the name is not the roster's
    sheet.row_dimensions[rows["长哨营小学"]].hidden = True


_VOCATIONAL_HEAD = (
    ("A3:A5", "序号"), ("B3:B5", "学校标识码"), ("C3:C5", "学校名称"), ("D3:D5", "办学类型"), ("E3:E5", "学段"),
    ("F3:F5", "办别"),
    ("G3:I3", "在校学生数"), ("G4:G5", "合计"), ("H4:I4", "其中"), ("H5", "女"), ("I5", "随迁子女"),
    ("J3:J5", "招生数"), ("K3:K5", "班级数"),
    ("L3:O3", "专任教师"), ("L4:L5", "合计"), ("M4:O4", "其中：学历"), ("M5", "研究生"), ("N5", "本科"), ("O5", "专科"),
    ("P3:Q3", "专业课专任教师"), ("P4:P5", "合计"), ("Q4:Q5", "其中：“双师型”"),
    ("R3:S3", "骨干教师"), ("R4:R5", "市级及以上"), ("S4:S5", "区级"),
    ("T3:T5", "智慧校园"), ("U3:U5", "绿色学校"), ("V3:V5", "平安校园"), ("W3:W5", "备注"),
)  # fmt: skip


def write_vocational(sheet: Worksheet, district: District) -> None:
    """Write the vocational school's sheet."""
    new_sheet(sheet, "怀柔区2023—2024学年度职业学校基本情况表", "W",
              {"A2:H2": "填报单位（盖章）：怀柔区教育委员会", "U2:W2": "单位：人、个"})  # fmt: skip
    head(sheet, _VOCATIONAL_HEAD)
    line(sheet, 6, [*"甲乙丙丁戊己", *range(1, 17), "庚"])
    figures: Sequence[int] = ()
    for school, part in district.sections("中职"):
        figures = [part.pupils, part.girls, part.migrants, part.entrants, part.classes, part.teachers,
                   *part.degrees[:3], SPECIALTY_TEACHERS, DUAL_QUALIFIED, *part.backbone]  # fmt: skip
        line(sheet, 7, [1, *identity_of(school, part), *figures, *flags_of(school), None])
    total_line(sheet, 8, ["合计", *figures, *[None] * 4], 6)
    foot(sheet, 9, ("注：“双师型”教师按市教委认定口径填写，分母为专业课专任教师。",), "W")
    choices(sheet, "T7:V7", FLAGS)
    widths(sheet, {"A": 6, "B": 14, "C": 18, "D": 14, "Q": 12, "W": 16}, 9, 23)
    landscape(sheet, "D7", "1:6")
