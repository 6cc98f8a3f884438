"""Each check of the shipped plan, one by one: figures that fail it, and the same with what mends it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from plancheck.judge import check_returns
from plancheck.model import Block, Finding, Plan, ReadColumn, Unit, Value
from plancheck.quantity import Absent

FORMULAS = """
girls_of_pupils            | primary      | students=10 students_girls=11 | students_girls=10
migrants_of_pupils         | primary      | students=10 migrant_students=11 | migrant_students=10
disabled_of_pupils         | junior       | students=10 disabled_students=11 | disabled_students=0
entrants_of_pupils         | primary      | students=10 entrants=11 | entrants=10
pupils_by_grade            | primary      | students=60 students_grade_1=20 students_grade_2=19 students_grade_3=20 students_grade_4=blank students_sped=2 | students_sped=1
entrants_in_first_grade    | primary      | entrants=20 students_first_grade=21 | students_first_grade=20
entrants_of_first_grade    | junior       | entrants=20 students_grade_6=0 students_grade_7=21 students_grade_10=9 students_grade_1=9 | students_grade_7=20
nearby_of_entrants         | primary      | entrants=10 entrants_nearby=11 | entrants_nearby=10
large_classes              | primary      | classes=6 classes_over=7 | classes_over=6
classes_by_grade           | senior       | classes=6 classes_grade_10=2 classes_grade_11=2 classes_grade_12=1 classes_multigrade=blank | classes_grade_12=2
pupils_fit_in_classes      | primary      | students=241 classes=6 max_class_size=40 | students=240
pupils_two_skills          | primary      | students=10 students_2skills=11 | students_2skills=10
pupils_art_skill           | primary      | students=10 students_1art=11 | students_1art=10
pupils_programming         | primary      | students=10 students_1lang=11 | students_1lang=10
pupils_two_languages       | primary      | students_1lang=5 students_2lang=6 | students_2lang=5
courses_approved           | primary      | school_courses=5 school_courses_approved=6 | school_courses_approved=5
practice_of_lessons        | primary      | total_hours=30 practice_hours=31 | practice_hours=3
teacher_degrees            | junior       | teachers=10 teachers_postgrad=1 teachers_bachelor=7 teachers_college=1 teachers_senior_school=0 teachers_below=0 | teachers_below=1
teacher_degrees_short      | junior       | teachers=10 teachers_postgrad=1 teachers_bachelor=9 teachers_college=1 teachers_below=0 | teachers_college=0
certified_teachers         | primary      | teachers=10 teachers_certified=11 | teachers_certified=10
teachers_hours             | primary      | teachers=10 teachers_360h=11 | teachers_360h=10
teachers_it                | primary      | teachers=10 teachers_it_trained=11 | teachers_it_trained=10
teachers_under_contract    | primary      | teachers=10 teachers_contract=11 | teachers_contract=10
backbone_teachers          | primary      | teachers=10 backbone_city=4 backbone_district=7 | backbone_city=3
subject_leaders            | primary      | teachers=10 subject_leaders_city=4 subject_leaders_district=7 | subject_leaders_city=3
special_grade_teachers     | primary      | teachers=10 special_grade=11 | special_grade=10
dual_teachers              | vocational   | v_teachers_specialty=10 v_teachers_dual=11 | v_teachers_dual=10
specialty_teachers         | vocational   | teachers=10 v_teachers_specialty=11 | v_teachers_specialty=10
three_plus_two             | vocational   | students=10 v_3plus2_students=11 | v_3plus2_students=10
subject_teachers           | primary      | teachers=10 teachers_pe=4 teachers_music=4 teachers_art=3 | teachers_art=2
new_teachers_practised     | primary      | new_teachers=3 new_teachers_practice=4 | new_teachers_practice=3
new_teachers_trained       | primary      | new_teachers=3 new_teachers_year1=4 | new_teachers_year1=3
kg_staff_parts             | kindergarten | kg_staff=10 kg_heads=1 kg_teachers=6 kg_nurses=4 | kg_nurses=3
kg_degrees                 | kindergarten | kg_teachers=10 teachers_postgrad=1 teachers_bachelor=8 teachers_college=2 | teachers_bachelor=7
kg_college                 | kindergarten | kg_teachers=6 kg_teachers_college_plus=7 | kg_teachers_college_plus=6
kg_certified               | kindergarten | kg_teachers=6 kg_teachers_certified=7 | kg_teachers_certified=6
kg_classes_by_age          | kindergarten | kg_classes=6 kg_classes_small=2 kg_classes_middle=2 kg_classes_large=1 kg_classes_mixed=0 | kg_classes_mixed=1
kg_children_by_age         | kindergarten | kg_children=90 kg_children_small=30 kg_children_middle=31 kg_children_large=30 | kg_children_middle=30
kg_children_all_ages       | kindergarten | kg_children=90 kg_children_small=30 kg_children_middle=30 kg_children_large=blank kg_children_nursery=29 | kg_children_nursery=30
kg_girls_of_children       | kindergarten | kg_children=90 kg_girls=91 | kg_girls=90
kg_class_sizes             | kindergarten | kg_classes=6 kg_classes_size_ok=7 | kg_classes_size_ok=6
kg_public_is_inclusive     | kindergarten | kg_inclusive=no kg_ownership=public | kg_inclusive=yes
kg_activity                | kindergarten | kg_building_area=900 kg_activity_area=901 | kg_activity_area=900
fitness_parts              | primary      | fit_tested=100 fit_excellent=20 fit_good=50 fit_pass=27 fit_fail=2 | fit_fail=3
fitness_parts_short        | primary      | fit_tested=100 fit_excellent=1 fit_pass=100 | fit_pass=99
fitness_of_pupils          | primary      | fit_students=100 fit_tested=99 fit_exempt=2 | fit_exempt=1
fitness_tested_of_school   | primary      | students=100 fit_tested=101 | fit_tested=100
fitness_exempt_of_school   | primary      | students=100 fit_tested=99 fit_exempt=2 | fit_exempt=1
fitness_pupils_alike       | primary      | students=100 fit_students=99 | fit_students=100
fitness_rate_stated        | primary      | fit_tested=300 fit_excellent=96 fit_good=100 fit_pass=100 fit_pass_rate_stated=98.6 | fit_pass_rate_stated=98.7
good_rate_stated           | primary      | fit_tested=300 fit_excellent=96 fit_good=100 fit_good_rate_stated=65.4 | fit_good_rate_stated=65.3
excellent_share_stated     | primary      | fit_tested=300 fit_excellent=96 fit_excellent_share_stated=32.1 | fit_excellent_share_stated=32
good_share_stated          | primary      | fit_tested=300 fit_good=100 fit_good_share_stated=33.4 | fit_good_share_stated=33.3
pass_share_stated          | primary      | fit_tested=300 fit_pass=200 fit_pass_share_stated=66.6 | fit_pass_share_stated=66.7
fail_share_stated          | primary      | fit_tested=300 fit_fail=4 fit_fail_share_stated=1.2 | fit_fail_share_stated=1.3
myopic_of_checked          | primary      | vision_checked=100 myopic=101 | myopic=100
obese_of_checked           | primary      | health_checked=100 obese=60 overweight=41 | overweight=40
obese_alone                | primary      | health_checked=100 obese=101 | obese=100
myopic_rate_stated         | primary      | vision_checked=300 myopic=130 myopic_rate_stated=43.4 | myopic_rate_stated=43.3
obese_rate_stated          | primary      | health_checked=290 obese=41 obese_rate_stated=14.2 | obese_rate_stated=14.1
myopic_change_stated       | primary      | myopic_rate_stated=43.3 before.myopic_rate_stated=42.8 myopic_rate_change_stated=0.7 | myopic_rate_change_stated=0.6
myopic_change_counted      | primary      | myopic=130 vision_checked=300 before.myopic=77 before.vision_checked=180 myopic_rate_change_stated=0.7 | myopic_rate_change_stated=0.5
obese_change_stated        | primary      | obese_rate_stated=14.1 before.obese_rate_stated=15.3 obese_rate_change_stated=1.2 | obese_rate_change_stated=-1.2
obese_change_counted       | primary      | obese=41 health_checked=290 obese_rate_stated=14.1 before.obese=44 before.health_checked=288 obese_rate_change_stated=-0.9 | obese_rate_change_stated=-1.1
vision_of_pupils           | primary      | students=100 vision_checked=101 | vision_checked=100
health_of_pupils           | primary      | students=100 health_checked=101 | health_checked=100
vision_of_children         | kindergarten | kg_children=90 vision_checked=91 | vision_checked=90
health_of_children         | kindergarten | kg_children=90 health_checked=91 | health_checked=90
records_of_pupils          | primary      | students=10 health_records=11 | health_records=10
hazards_mended             | primary      | hazard_found=3 hazard_fixed=4 | hazard_fixed=3
safety_trained_of_due      | primary      | safety_due=10 safety_trained=11 | safety_trained=10
indoor_sports              | primary      | sports_area=900 indoor_sports_area=901 | indoor_sports_area=900
enrolled_of_disabled       |              | disabled_pop_6_15=90 disabled_enrolled=91 | disabled_enrolled=90
education_of_budget        |              | gen_public_budget_total=90 gen_public_budget_edu=91 | gen_public_budget_edu=90
education_share_stated     |              | gen_public_budget_total=90 gen_public_budget_edu=20 edu_share_stated=22.3 | edu_share_stated=22.2
townships_with_community   |              | townships=16 townships_community=17 | townships_community=16
units_appraised            |              | basic_units=16 basic_units_appraised=17 | basic_units_appraised=16
projects_evaluated         |              | fund_projects=16 fund_projects_evaluated=17 | fund_projects_evaluated=16
schools_inspected_of_open  |              | schools_open=120 schools_inspected=121 | schools_inspected=120
schools_supervised_of_open |              | schools_open=120 schools_supervised=121 | schools_supervised=120
stages_of_education        |              | gen_public_budget_edu=100 edu_spending_kindergarten=20 edu_spending_primary=30 edu_spending_junior=20 edu_spending_senior=20 edu_spending_vocational=11 | edu_spending_vocational=10
per_pupil_kindergarten     |              | edu_spending_kindergarten=1234 students_kindergarten=600 per_pupil_kindergarten_stated=20576 | per_pupil_kindergarten_stated=20575
per_pupil_primary          |              | edu_spending_primary=1234 students_primary=600 per_pupil_primary_stated=20576 | per_pupil_primary_stated=20575
per_pupil_junior           |              | edu_spending_junior=1234.5 students_junior=600 per_pupil_junior_stated=20573 | per_pupil_junior_stated=20575.3
per_pupil_senior           |              | edu_spending_senior=1234 students_senior=600 per_pupil_senior_stated=20576 | per_pupil_senior_stated=20558.4
per_pupil_vocational       |              | edu_spending_vocational=1234 students_vocational=600 per_pupil_vocational_stated=2057 | per_pupil_vocational_stated=20566.67
budget_swing               |              | gen_public_budget_edu=121 before.gen_public_budget_edu=100 | gen_public_budget_edu=120
pupils_swing               | primary      | students=121 before.students=100 | students=120
teachers_swing             | primary      | teachers=15 before.teachers=20 | teachers=17
children_swing             | kindergarten | kg_children=79 before.kg_children=100 | kg_children=80
pupils_vanished            | primary      | students=0 before.students=9 | students=1
teachers_vanished          | primary      | teachers=0 before.teachers=2 | teachers=1
tested_vanished            | primary      | fit_tested=0 before.fit_tested=2 | fit_tested=1
children_vanished          | kindergarten | kg_children=0 before.kg_children=9 | kg_children=1
classes_vanished           | primary      | classes=0 before.classes=2 | classes=1
eyes_vanished              | primary      | vision_checked=0 before.vision_checked=2 | vision_checked=1
examined_vanished          | primary      | health_checked=0 before.health_checked=2 | health_checked=1
equipment_vanished         | primary      | equipment_value=0 before.equipment_value=2 | equipment_value=1
area_vanished              | primary      | teaching_area=0 before.teaching_area=2 | teaching_area=1
entrants_vanished          | primary      | entrants=0 before.entrants=2 | entrants=1
kg_classes_vanished        | kindergarten | kg_classes=0 before.kg_classes=2 | kg_classes=1
kg_teachers_vanished       | kindergarten | kg_teachers=0 before.kg_teachers=2 | kg_teachers=1
sports_area_vanished       | primary      | sports_area=0 before.sports_area=2 | sports_area=1
books_vanished             | primary      | books=0 before.books=2 | books=1
multimedia_vanished        | primary      | multimedia_rooms=0 before.multimedia_rooms=2 | multimedia_rooms=1
kg_building_vanished       | kindergarten | kg_building_area=0 before.kg_building_area=2 | kg_building_area=1
kg_outdoor_vanished        | kindergarten | kg_outdoor_area=0 before.kg_outdoor_area=2 | kg_outdoor_area=1
hollow_school              | primary      | students=0 teachers=0 | teachers=1
hollow_kindergarten        | kindergarten | kg_children=0 kg_teachers=0 | kg_teachers=1
degrees_fall_short         | primary      | teachers=14 teachers_postgrad=blank teachers_bachelor=12 teachers_college=1 teachers_below=0 | teachers_college=2
part_left_out              | primary      | type=小学 students=100 teachers=9 teaching_area=blank sports_area=blank | sports_area=900
part_left_out_shared       | primary      | type=九年一贯制学校 students=100 teachers=blank fit_tested=99 teaching_area=blank | teachers=9
kg_part_left_out           | kindergarten | kg_children=90 kg_staff=blank kg_teachers=blank kg_building_area=900 | kg_teachers=9
pupils_to_a_teacher        | primary      | students=49 teachers=10 | students=50
children_to_a_teacher      | kindergarten | kg_children=91 kg_teachers=3 | kg_children=90
pupils_without_teachers    | primary      | students=1 teachers=0 | teachers=1
teachers_without_pupils    | primary      | students=0 teachers=1 | students=1
children_without_teachers  | kindergarten | kg_children=9 kg_teachers=0 | kg_teachers=1
teachers_without_children  | kindergarten | kg_children=0 kg_teachers=1 | kg_children=1
children_without_building  | kindergarten | kg_children=9 kg_building_area=0 | kg_building_area=90
class_size_compulsory      | junior       | max_class_size=46 | max_class_size=45
class_size_senior          | senior       | max_class_size=51 | max_class_size=50
average_class_compulsory   | junior       | students=271 classes=6 | students=270
average_class_senior       | senior       | students=301 classes=6 | students=300
kg_class_size              | kindergarten | kg_children=109 kg_classes=3 | kg_children=108
tested_enough              | primary      | fit_students=100 fit_tested=79 | fit_tested=80
tested_enough_of_school    | primary      | students=100 fit_tested=79 | fit_tested=80
examined_enough            | primary      | students=100 health_checked=79 | health_checked=80
children_examined_enough   | kindergarten | kg_children=100 health_checked=79 | health_checked=80
eyes_checked_enough        | primary      | students=100 vision_checked=79 | vision_checked=80
equipment_swing            | primary      | equipment_value=2037000 before.equipment_value=186 | equipment_value=203
area_swing                 | primary      | teaching_area=0.286 before.teaching_area=2860 | teaching_area=2860
equipment_in_range         | primary      | students=124 equipment_value=2037000 | equipment_value=203.7
area_in_range              | primary      | students=124 teaching_area=0.286 | teaching_area=2860
sports_area_in_range       | primary      | students=124 sports_area=41200000 | sports_area=4120
kg_area_in_range           | kindergarten | kg_children=90 kg_building_area=0.09 | kg_building_area=900
teacher_pay_in_range       |              | avg_teacher_salary=12.5 | avg_teacher_salary=125000
civil_pay_in_range         |              | avg_civil_salary=12.5 | avg_civil_salary=125000
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in FORMULAS.strip().splitlines()]
MUST_UNTIL = "stages_of_education"
"""The table stands in the order of the plan: down to here what must be corrected, below what is to be explained."""


def value_of(text: str) -> Value | Absent:
    """Return a value of the table: yes, no, a number, a choice, or none."""
    if text in ("yes", "no"):
        return text == "yes"
    if text == "blank":
        return Absent.BLANK
    number = Fraction(text) if text[-1].isdigit() else None
    return text if number is None else number.numerator if number.denominator == 1 else number


def found(plan: Plan, check: str, stage: str, written: Mapping[str, str]) -> list[Finding]:
    """Return what one check finds in the figures of one unit, or of the district where no stage is given."""
    attributes = {"school_type": written["type"]} if "type" in written else {}
    unit = Unit("1/" + stage, "1", "甲校", stage, attributes) if stage else Unit("", "", "", "")
    years: dict[int, list[ReadColumn]] = {}
    for key, text in written.items():
        if key == "type":
            continue
        element = key.removeprefix("before.")
        years.setdefault(2022 if key != element else 2023, []).append(ReadColumn(element, "C", [7], [value_of(text)]))
    form = "schools" if stage else next(each.id for each in plan.forms.values() if each.reporter == "district")
    blocks = [Block(form, "a.xlsx", "表", year, [unit], tuple(columns)) for year, columns in years.items()]
    return [each for each in check_returns(plan, blocks, None, [2023]).findings if each.check == check]


@pytest.mark.parametrize(("check", "stage", "fails", "mended"), ROWS, ids=[row[0] for row in ROWS])
def test_a_check_of_the_plan(huairou: Plan, check: str, stage: str, fails: str, mended: str) -> None:
    wrong = dict(pair.split("=") for pair in fails.split())
    must = [row[0] for row in ROWS].index(check) <= [row[0] for row in ROWS].index(MUST_UNTIL)
    (finding,) = found(huairou, check, stage, wrong)
    assert (finding.code, huairou.checks[check].grade) == (("PC501", "must") if must else ("PC502", "explain"))
    assert not found(huairou, check, stage, {**wrong, **dict(pair.split("=") for pair in mended.split())})


def test_every_check_with_a_formula_is_in_the_table(huairou: Plan) -> None:
    assert [row[0] for row in ROWS] == [each.id for each in huairou.checks.values() if each.condition is not None]


def test_the_patterns_are_those_that_no_formula_says(huairou: Plan) -> None:
    patterns = {each.pattern: each.grade for each in huairou.checks.values() if each.pattern is not None}
    assert patterns == {
        "code_class": "must", "stages": "must", "other_stages": "must", "totals": "must", "year_before": "must",
        "copied": "explain", "unchanged": "explain", "empty": "explain", "all_full": "explain",
    }  # fmt: skip
