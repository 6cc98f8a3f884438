"""Where things stand in the workloads: written by the generator, known beforehand to the alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

YEAR = 2023

SCHOOLS_SHEET = "表1 中小学"
SCHOOLS = (
    "", "school_code", "school_name", "school_type", "stage", "students", "students_girls", "migrant_students",
    "entrants", "entrants_nearby", "classes", "teachers", "teachers_postgrad", "teachers_bachelor", "teachers_college",
    "teachers_senior_school", "teachers_below", "backbone_city", "backbone_district", "v_teachers_specialty",
    "v_teachers_dual", "smart_campus", "green_school", "safe_campus", "",
)  # fmt: skip
"""The element in each column of a sheet; nothing where a column holds none. Here data begin in row 7."""

KINDERGARTENS_SHEET = "表2 幼儿园"
KINDERGARTENS = (
    "", "school_name", "school_code", "township", "kg_ownership", "kg_inclusive", "kg_grade", "kg_classes",
    "kg_children", "", "kg_staff", "kg_heads", "kg_teachers", "kg_nurses", "kg_teachers_college_plus",
    "kg_teachers_certified", "backbone_city", "backbone_district",
)  # fmt: skip

FITNESS_SHEET = "表3 体质健康"
FITNESS = (
    "", "school_code", "school_name", "stage", "fit_exempt", "fit_tested", "fit_excellent", "fit_good", "fit_pass",
    "fit_fail", "fit_pass_rate_stated",
)  # fmt: skip

VISION_SHEET = "表4 视力体检"
VISION = ("school_code", "school_name", "stage", "vision_checked", "myopic", "health_checked")

FIRST_ROW = {SCHOOLS_SHEET: 7, KINDERGARTENS_SHEET: 5, FITNESS_SHEET: 5, VISION_SHEET: 4}
"""The sheet row (from 1) in which the data of each district sheet begin."""

UNIT_SHEETS = (
    (SCHOOLS_SHEET, SCHOOLS, ""),
    (KINDERGARTENS_SHEET, KINDERGARTENS, "幼儿园"),
    (FITNESS_SHEET, FITNESS, ""),
)
"""What the checks need of a district: sheet, its elements, the stage of its rows where they do not say it."""

MONEY_SHEET = "表6 区级经费"
MONEY_ROWS = {
    "　其中：教育支出": "gen_public_budget_edu",
    "　幼儿园": "kindergarten",
    "　小学": "primary",
    "　初中": "junior",
    "　高中": "senior",
    "　中职": "vocational",
}
"""Labels in column A. The stages come twice: spending in 万元 first, then pupils. Column B is 2020, E is 2023."""

POPULATION_SHEET = "区级基础数据表"
POPULATION_ROWS = {
    "3—6岁适龄人口": "pop_3_6",
    "15—17岁适龄人口": "pop_15_17",
    "6—15岁残疾适龄人口": "disabled_pop_6_15",
    "残疾儿童入学人数": "disabled_enrolled",
}
"""Labels in column B, figures in column D."""

IDENTITY_ROWS = {"学校标识码：": "school_code", "学校名称：": "school_name", "学段：": "stage"}
"""Above the form of one school: labels in column A, values in column C."""

ITEMS = (
    ("学生情况", "在校学生数", "人", "students"),
    ("学生情况", "　其中：女", "人", "students_girls"),
    ("学生情况", "　其中：随迁子女", "人", "migrant_students"),
    ("学生情况", "招生数", "人", "entrants"),
    ("学生情况", "　其中：就近入学", "人", "entrants_nearby"),
    ("学生情况", "毕业生数", "人", "graduates"),
    ("学生情况", "班级数", "个", "classes"),
    ("学生情况", "最大班额", "人", "max_class_size"),
    ("学生情况", "残疾学生数", "人", "disabled_students"),
    ("教师队伍", "专任教师数", "人", "teachers"),
    ("教师队伍", "　其中：研究生", "人", "teachers_postgrad"),
    ("教师队伍", "　其中：本科", "人", "teachers_bachelor"),
    ("教师队伍", "　其中：专科", "人", "teachers_college"),
    ("教师队伍", "　其中：高中阶段及以下", "人", "teachers_below"),
    ("教师队伍", "持有教师资格证", "人", "teachers_certified"),
    ("教师队伍", "市级骨干教师", "人", "backbone_city"),
    ("教师队伍", "区级骨干教师", "人", "backbone_district"),
    ("教师队伍", "专业课专任教师", "人", "v_teachers_specialty"),
    ("教师队伍", "　其中：“双师型”", "人", "v_teachers_dual"),
    ("教师队伍", "临时用工人员数", "人", "temp_staff"),
    ("体质健康", "参加测试人数", "人", "fit_tested"),
    ("体质健康", "免予执行人数", "人", "fit_exempt"),
    ("体质健康", "优秀人数", "人", "fit_excellent"),
    ("体质健康", "良好人数", "人", "fit_good"),
    ("体质健康", "及格人数", "人", "fit_pass"),
    ("体质健康", "不及格人数", "人", "fit_fail"),
    ("视力体检", "视力检查人数", "人", "vision_checked"),
    ("视力体检", "　其中：近视", "人", "myopic"),
    ("视力体检", "体检人数", "人", "health_checked"),
    ("视力体检", "　其中：肥胖", "人", "obese"),
    ("课程与锻炼", "每周体育课节数", "节", "pe_lessons_week"),
    ("课程与锻炼", "每周劳动课课时", "课时", "labor_lessons_week"),
    ("课程与锻炼", "劳动周次数", "次", "labor_weeks"),
    ("创建达标", "是否智慧校园", "是/否", "smart_campus"),
    ("创建达标", "是否绿色学校", "是/否", "green_school"),
    ("创建达标", "是否平安校园", "是/否", "safe_campus"),
    ("创建达标", "科技副校长", "是/否", "science_vp"),
    ("创建达标", "学校章程", "是/否", "charter"),
    ("创建达标", "年度计划", "是/否", "annual_plan"),
    ("创建达标", "消防培训次数", "次", "fire_trainings"),
    ("办学条件", "教学及辅助用房面积", "平方米", "teaching_area"),
    ("办学条件", "体育运动场馆面积", "平方米", "sports_area"),
    ("办学条件", "教学仪器设备资产值", "万元", "equipment_value"),
    ("办学条件", "网络多媒体教室", "间", "multimedia_rooms"),
    ("办学条件", "图书", "册", "books"),
)
"""The form of one school: category, label (column C), unit, element; last year in column E, this year in column F."""

ITEM_ROWS = {label: element for _, label, _, element in ITEMS}

LARGE_SHEET = "表1 中小学"
LARGE_FIRST_ROW = 4
LARGE = {
    "学校标识码": "school_code", "学校名称": "school_name", "办学类型": "school_type", "学段": "stage",
    "所在镇乡": "township", "在校学生数": "students", "女生": "students_girls", "随迁子女数": "migrant_students",
    "招生数": "entrants", "就近入学人数": "entrants_nearby", "毕业生数": "graduates", "班级数": "classes",
    "最大班额": "max_class_size", "残疾学生数": "disabled_students", "专任教师数": "teachers",
    "研究生学历": "teachers_postgrad", "本科学历": "teachers_bachelor", "专科毕业": "teachers_college",
    "高中阶段及以下": "teachers_below", "持有教师资格证": "teachers_certified", "市级骨干教师": "backbone_city",
    "区级骨干教师": "backbone_district", "专业课专任教师数": "v_teachers_specialty", "“双师型”教师数": "v_teachers_dual",
    "临时用工人员数": "temp_staff", "每周体育课节数": "pe_lessons_week", "每周劳动课课时": "labor_lessons_week",
    "劳动周次数": "labor_weeks", "智慧校园": "smart_campus", "绿色学校": "green_school", "平安校园": "safe_campus",
    "科技副校长": "science_vp", "学校章程": "charter", "年度计划": "annual_plan", "消防培训次数": "fire_trainings",
    "教学及辅助用房面积": "teaching_area", "体育运动场馆面积": "sports_area", "教学仪器设备资产值": "equipment_value",
    "网络多媒体教室": "multimedia_rooms", "图书": "books",
}  # fmt: skip
"""The 40 columns of the large workbook in their order: header word and element. The header is row 3."""


def positions(elements: tuple[str, ...]) -> dict[str, int]:
    """Return where each element stands in a row, counted from 0."""
    return {element: at for at, element in enumerate(elements) if element}


ITSELF = {element: element for element in (*IDENTITY_ROWS.values(), *ITEM_ROWS.values())}
"""The places of elements in a row that is a mapping from element to value."""


def items(rows: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield element and value of each labelled row of one school's form."""
    for row in rows:
        if row[0] in IDENTITY_ROWS:
            yield IDENTITY_ROWS[row[0]], row[2]
        elif row[2] in ITEM_ROWS:
            yield ITEM_ROWS[row[2]], row[5]


def population(labels: Mapping[Any, Any]) -> dict[str, int]:
    """Return the population figures by element, given the figures by label."""
    return {element: int(labels[label]) for label, element in POPULATION_ROWS.items()}


def money(rows: Iterable[Any]) -> dict[str, tuple[int, int]]:
    """Return last year's and this year's amounts: the budget, and by stage spending and then "stage pupils"."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row[0] in MONEY_ROWS:
            name = MONEY_ROWS[row[0]]
            found[f"{name} pupils" if name in found else name] = int(row[3]), int(row[4])
    return found
