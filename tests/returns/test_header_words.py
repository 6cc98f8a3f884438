"""Each header word that schools use is accepted as it stands: across the head of a table, and down one school's form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from plancheck.model import Plan, Return
from plancheck.returns import Context, Identifier, read_files, vocabulary
from tests.conftest import MakeWorkbook

# The table of fields that circulates with the returns: element, header word, who reports it.
# K kindergarten, P primary, J junior, H senior, V vocational, S special.
WORDS: Final = """
school_code 学校标识码 KPJHVS | school_name 学校名称 KPJHVS | school_type 办学类型 KPJHVS | stage 学段 KPJHVS
ownership 办别 KPJHVS | area_type 城乡类型 KPJHVS | township 所在镇乡 KPJHVS | report_year 填报年度 KPJHVS
filled_by 填表人 KPJHVS | checked_by 审核人 KPJHVS | principal 负责人 KPJHVS | phone 联系电话 KPJHVS
fill_date 填表日期 KPJHVS
kg_children 在园幼儿数 K | kg_ownership 办园性质 K | kg_inclusive 是否普惠 K | kg_grade 督导评估等级 K
is_central_kg 是否中心园 K | kg_classes 班级数 K | kg_classes_size_ok 班额符合规定班数 K | kg_staff 教职工数 K
kg_heads 园长 K | kg_teachers 专任教师 K | kg_nurses 保育员 K | kg_teachers_college_plus 其中:专科及以上 K
kg_teachers_certified 持证 K | kg_building_area 校舍建筑面积 K | kg_activity_area 幼儿活动用房面积 K
kg_outdoor_area 户外活动场地面积 K
students 在校生数 PJHVS | entrants 招生数 PJHVS | entrants_nearby 其中:就近入学 PJHVS | graduates 毕业生数 PJHVS
migrant_students 随迁子女 PJHVS | classes 班级数 PJH | max_class_size 最大班额 PJH | classes_over 大班额班数 PJH
disabled_students 残疾学生数 PJS | teachers 专任教师数 PJHVS | teachers_postgrad 其中:研究生 KPJHVS
teachers_bachelor 本科 KPJHVS | teachers_college 专科 KPJHVS | teachers_below 高中阶段及以下 KPJHVS
teachers_certified 持有教师资格证 KPJHVS | teachers_360h 近5年满360学时 KPJHVS
teachers_it_trained 信息技术培训 KPJHVS | teachers_contract 聘用合同 KPJHVS
subject_leaders_city 市级学科带头人 KPJHVS | subject_leaders_district 区级学科带头人 KPJHVS
backbone_city 市级骨干教师 KPJHVS | backbone_district 区级骨干教师 KPJHVS | special_grade 特级教师 KPJHVS
teachers_pe 体育专任教师 PJ | teachers_music 音乐专任教师 PJ | teachers_art 美术专任教师 PJ
v_teachers_specialty 专业课专任教师 V | v_teachers_dual 其中:“双师型” V | v_3plus2_students 3+2学生 V
temp_staff 临时用工人员数 KPJHVS | new_teachers 新任教师 KPJHVS
fit_tested 体质健康测试人数 PJHV | fit_exempt 免予执行 PJHV | fit_excellent 优秀 PJHV | fit_good 良好 PJHV
fit_pass 及格 PJHV | fit_fail 不及格 PJHV
vision_checked 视力检查人数 KPJH | myopic 近视人数 KPJH | health_checked 体检人数 KPJH | obese 肥胖 KPJH
overweight 超重 KPJH
pe_lessons_week 每周体育课节数 PJHV | labor_lessons_week 每周劳动课课时 PJHV | practice_hours 综合实践课时 PJHV
total_hours 总课时 PJHV
smart_campus 是否智慧校园 KPJHVS | green_school 是否绿色学校 KPJHVS | safe_campus 是否平安校园 KPJHVS
fire_trainings 消防培训次数 KPJHVS | fire_trained_staff 消防培训人数 KPJHVS | safety_trained 安全培训人数 KPJHVS
hazard_found 隐患数 KPJHVS | hazard_fixed 整改数 KPJHVS
teaching_area 教学及辅助用房面积 PJH | sports_area 体育运动场馆面积 PJH | indoor_sports_area 其中室内 PJH
equipment_value 教学仪器设备资产值 PJH | multimedia_rooms 网络多媒体教室 PJH | books 图书 PJH
"""
DISTRICT: Final = """
pop_3_6 适龄人口 a | disabled_pop_6_15 残疾适龄人口 a | disabled_enrolled 入学 a
gen_public_budget_total 一般公共预算支出 b | gen_public_budget_edu 其中教育支出 b | avg_teacher_salary 平均工资 b
"""
SCHOOLS: Final = {
    "K": ("1111160001", "幼儿园", "幼儿园"),
    "P": ("2111160001", "小学", "小学"),
    "J": ("3111160001", "初级中学", "初中"),
    "H": ("3411160001", "高级中学", "高中"),
    "V": ("3611160001", "中等职业学校", "中职"),
    "S": ("5111160001", "特殊教育学校", "特教"),
}
CHOSEN: Final = {"kg_ownership": ("公办园", "public"), "kg_grade": ("A级", "a")}
PEOPLE: Final = frozenset(("filled_by", "checked_by", "principal", "phone", "fill_date"))


def table(text: str, who: str) -> list[tuple[str, str]]:
    """Return (element, header word) of those who report it."""
    entries = (entry.split() for line in text.splitlines() for entry in line.split("|") if entry.strip())
    return [(element, word.replace(":", "：")) for element, word, reporters in entries if who in reporters]


def cells(who: str, plan: Plan) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield (element, header word, what the cell holds, what must be read; None: no figure)."""
    code, kind, stage = SCHOOLS[who]
    identity = {"school_code": code, "school_name": "甲校", "school_type": kind, "stage": stage, "report_year": "2023"}
    for number, (element, word) in enumerate(table(WORDS, who), 1000):
        unit = plan.elements[element].unit
        if element in CHOSEN:
            yield element, word, *CHOSEN[element]
        elif unit == "text":
            yield element, word, identity.get(element, "某某"), None
        else:
            yield element, word, *(("是", True) if unit == "yes_no" else (number, number))


def read(path: Path, plan: Plan) -> Return:
    words = vocabulary(plan)
    (found,) = read_files([path], Context(plan, words, Identifier(plan.units, None), None), 1)
    return found


def values(found: Return) -> dict[str, Any]:
    return {column.element: column.values[0] for block in found.blocks for column in block.columns}


@pytest.mark.parametrize("who", SCHOOLS)
def test_every_word_heads_a_column(who: str, huairou: Plan, make_workbook: MakeWorkbook) -> None:
    asked = list(cells(who, huairou))
    found = read(
        make_workbook({"Sheet1": [[word for _, word, _, _ in asked], [cell for _, _, cell, _ in asked]]}), huairou
    )
    read_values = values(found)
    assert {element: read_values.get(element) for element, _, _, wanted in asked if wanted is not None} == {
        element: wanted for element, _, _, wanted in asked if wanted is not None
    }
    assert {element for _, _, element in found.sheets[0].columns} >= {element for element, _, _, _ in asked}
    assert found.blocks[0].units[0].id == f"{SCHOOLS[who][0]}/{list(huairou.units.stages)['KPJHVS'.index(who)]}"
    assert found.blocks[0].period == 2023
    assert not found.findings
    assert not read_values.keys() & PEOPLE  # known for what they are, and left where they stand


@pytest.mark.parametrize("who", SCHOOLS)
def test_every_word_labels_a_row(who: str, huairou: Plan, make_workbook: MakeWorkbook) -> None:
    asked = list(cells(who, huairou))
    rows = [[number, word, None, cell] for number, (_, word, cell, _) in enumerate(asked, 1)]
    found = read(make_workbook({"2023年": [["序号", "填报项目", "单位", "填报值"], *rows]}), huairou)
    figures = {element: wanted for element, _, _, wanted in asked if wanted is not None and element != "kg_grade"}
    assert {element: values(found).get(element) for element in figures} == figures
    assert not found.findings


@pytest.mark.parametrize("form", "ab")
def test_the_words_of_the_district_label_rows(form: str, huairou: Plan, make_workbook: MakeWorkbook) -> None:
    asked = table(DISTRICT, form)
    rows = [[word, number] for number, (_, word) in enumerate(asked, 1000)]
    found = read(make_workbook({"Sheet1": [["指标", "2023年"], *rows]}), huairou)
    assert values(found) == {element: number for number, (element, _) in enumerate(asked, 1000)}
    assert not found.findings


def test_only_a_whole_path_is_adopted_from_another_form(huairou: Plan, make_workbook: MakeWorkbook) -> None:
    upper = ["学校名称", "学段", "在校生数", "招生数", "专任教师数", "教师考核", None]
    head = [upper, [None, None, None, None, None, "优秀", "不及格"]]
    merges = {"2023年": ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:G1"]}
    found = read(make_workbook({"2023年": [*head, ["甲校", "小学", 90, 15, 8, 7, 1]]}, merges=merges), huairou)
    assert values(found) == {"students": 90, "entrants": 15, "teachers": 8}
    assert [finding.code for finding in found.findings] == ["PC226"]


def test_the_stage_a_row_states_goes_before_that_of_the_form(huairou: Plan, make_workbook: MakeWorkbook) -> None:
    head = ["学校名称", "学段", "在园幼儿数", "是否普惠", "班级数"]
    rows = [["甲园", None, 90, "是", 3], ["乙小学", "小学", 30, "是", 1]]
    found = read(make_workbook({"2023年": [head, *rows]}), huairou)
    assert [unit.id for unit in found.blocks[0].units] == ["甲园/kindergarten", "乙小学/primary"]
