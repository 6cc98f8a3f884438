"""Each further kind of measure, target and timing becomes exactly what the plan states."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from plancheck.expression import Binary, Logic, Name, Node, Not, Number, OneOf, Word
from plancheck.language import Text
from plancheck.model import (
    Amount,
    Change,
    Compare,
    Count,
    Dispersion,
    EveryGroup,
    Group,
    KOfN,
    Measure,
    Members,
    Milestone,
    Narrative,
    Plan,
    Ratio,
    Restatement,
    Revision,
    Rounding,
    Source,
    Superseded,
    Target,
)
from plancheck.plan.lint import lint
from plancheck.plan.load import load
from tests.plan.rich import RICH, varied
from tests.plan.small import SMALL, faults, places, written


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return load(written(tmp_path_factory.mktemp("plan"), RICH))


def test_units_have_groups_and_a_size(rich: Plan) -> None:
    assert rich.units.groups == {"township": ("甲镇", "乙镇")}
    assert rich.units.size == "pupils"


def test_the_document_has_parts(rich: Plan) -> None:
    assert list(rich.groups.values()) == [
        Group("table", Text("专栏", "The table")),
        Group("text", Text("正文", "The text")),
    ]
    assert (rich.indicators["pass_rate"].group, rich.indicators["lessons"].group) == ("table", "text")
    assert rich.indicators["peaks"].group == ""


def test_grades_stand_best_first(rich: Plan) -> None:
    assert list(rich.elements["grade"].choices) == ["a", "b", "c", "not_rated"]
    assert rich.elements["grade"].unit == "grade"


def test_a_list_has_a_key(rich: Plan) -> None:
    form = rich.forms["projects"]
    assert (form.rows, form.key) == ("list", "project")
    assert [column.element for column in form.columns] == ["project", "finished", "finished_in", "seats"]


def test_what_tells_rows_of_a_list_apart_is_a_column_of_it(tmp_path: Path) -> None:
    columns = "columns: [project, finished, finished_in, seats]"
    path = written(tmp_path, varied(columns, "by: [finished, finished_in]\n    columns: [project, seats]"))
    form = load(path).forms["projects"]
    assert [column.element for column in form.by] == ["finished", "finished_in"]
    assert [finding for finding in lint(path) if finding.code in ("PC115", "PC116")] == []


@pytest.mark.parametrize(
    ("indicator", "measure"),
    [
        ("lessons", Amount(Name("books"))),
        ("books_by_area", Ratio(Name("books"), Name("tested"))),
        ("peaks", Count(OneOf(Name("grade"), (Word("a"), Word("b"))))),
        ("townships", EveryGroup("township", Binary("==", Name("kind"), Word("public")), 2)),
        ("lead_schools", Members({"third": ("第三小学", "三小"), "first": ("第一中学",)}, Name("finished"))),
        ("myopia_change", Change(Ratio(Name("passed"), Name("tested")), "prior_year")),
        ("money_growth", Change(Amount(Name("money")), "average_per_year", relative=True)),
        ("pay", Compare(Name("money"), Binary("-", Name("money"), Number(Fraction(1))))),
        ("spread", Dispersion(Name("books"), Name("tested"))),
        ("most_of", KOfN(("lessons", "smart_rate"), 1, Fraction(17, 20))),
        ("new_school", Milestone(("七小", "第七小学新建"), Name("finished"), "finished_in", "seats", 960)),
        ("seats_built", Amount(Name("seats"))),
        ("rank", Narrative(Text("没有指明衡量的指标", "No measure is named"))),
    ],
)
def test_each_measure(rich: Plan, indicator: str, measure: Measure) -> None:
    assert rich.indicators[indicator].measure == measure


@pytest.mark.parametrize(
    ("indicator", "unit", "kind", "target"),
    [
        ("lessons", "thing", "stage_threshold", Target("小学≥5，初中4以上", ">=", None)),
        ("books_by_area", "number", "threshold", Target("甲镇≥30，乙镇≥20", ">=", None)),
        ("peaks", "school", "range", Target("5—10所", ">=", Fraction(5), upper=Fraction(10))),
        ("townships", "percent", "coverage", Target("全覆盖", ">=", Fraction(100))),
        ("lead_schools", "percent", "threshold", Target("全部", ">=", Fraction(100))),
        ("myopia_change", "point", "change", Target("每年下降一个百分点", "<=", Fraction(-1))),
        ("money_growth", "percent", "change", Target("年均增长不低于5%", ">=", Fraction(5))),
        ("pay", "10k_yuan", "comparison", Target("不低于", ">=", None)),
        ("spread", "number", "threshold", Target("≤0.50", "<=", Fraction(1, 2))),
        ("most_of", "number", "threshold", Target("≥1", ">=", Fraction(1))),
        ("new_school", "number", "milestone", Target("完成", ">=", None)),
        ("seats_built", "thing", "threshold", Target("9442", ">=", Fraction(9442), implied=True)),
        ("rank", "number", "narrative", Target("", ">=", None)),
        ("money_kept", "10k_yuan", "monotone", Target("只增不减", ">=", None)),
        ("pass_rate", "percent", "threshold", Target("≥98", ">=", Fraction(98))),
    ],
)
def test_each_target(rich: Plan, indicator: str, unit: str, kind: str, target: Target) -> None:
    one = rich.indicators[indicator]
    assert (one.unit, one.kind, one.target) == (unit, kind, target)


def test_targets_of_stages_bound_the_stages(rich: Plan) -> None:
    lessons = rich.indicators["lessons"]
    assert lessons.targets == {"primary": Target("≥5", ">=", Fraction(5)), "junior": Target("4以上", ">=", Fraction(4))}
    assert (lessons.target_by, lessons.stages, lessons.level) == ("", ("primary", "junior"), "unit")


def test_targets_of_an_attribute(rich: Plan) -> None:
    books = rich.indicators["books_by_area"]
    assert books.targets == {"甲镇": Target("≥30", ">=", Fraction(30)), "乙镇": Target("≥20", ">=", Fraction(20))}
    assert (books.target_by, books.stages) == ("township", ())


def test_an_attribute_without_declared_members_takes_any_value(tmp_path: Path) -> None:
    text = varied("{by: township, 甲镇:", "{by: area, 城区:")
    assert list(load(written(tmp_path, text)).indicators["books_by_area"].targets) == ["城区", "乙镇"]


def test_conditions_speak_of_the_year_the_stage_and_the_grade(rich: Plan) -> None:
    assert rich.indicators["peaks"].where == Logic(
        "and",
        (
            Binary("!=", Name("grade"), Word("not_rated")),
            Binary(">=", Name("period", 25), Number(Fraction(2022))),
            Binary("==", Name("stage", 44), Word("primary")),
        ),
    )


def test_timing(rich: Plan) -> None:
    indicators = rich.indicators
    assert (indicators["books_by_area"].due, indicators["books_by_area"].condition) == ("none", "")
    assert (indicators["peaks"].due, indicators["peaks"].condition) == ("none", "随棚改同步完成")
    assert (indicators["rank"].due, indicators["new_school"].due) == ("none", 2023)
    assert indicators["townships"].years == (2023, 2024)
    assert indicators["townships"].least_coverage == Fraction(4, 5)
    assert indicators["books_by_area"].rounding == Rounding(1, "even")
    assert (indicators["peaks"].nature, indicators["pay"].nature) == ("aspiration", "binding")


def test_goals_over_time(rich: Plan) -> None:
    seats = rich.indicators["seats_built"]
    assert list(seats.steps.items()) == [
        (2022, Target("3060以上", ">=", Fraction(3060))),
        (2023, Target("≥6150", ">=", Fraction(6150))),
    ]
    assert seats.revised == (
        Revision(2024, Target("≥9000", ">=", Fraction(9000)), "文〔2024〕3号", Text("调整", "Changed")),
    )
    assert seats.superseded == Superseded(2025, Text("改", "Replaced"), "peaks")
    assert seats.of == "projects"


def test_restatements_stay_with_what_they_restate(rich: Plan) -> None:
    assert rich.indicators["seats_built"].restated == (
        Restatement(
            "seats_built@annex",
            Source("附件1", "学位"),
            Target("9000以上", ">=", Fraction(9000)),
            Text("附件", "Annex"),
        ),
        Restatement("seats_again", Source("正文 11", "学位")),
    )


def test_rounding_up(tmp_path: Path) -> None:
    plan = load(written(tmp_path, varied("{places: 1}", "{places: 0, half: up}")))
    assert plan.indicators["books_by_area"].rounding == Rounding(0, "up")


@pytest.mark.parametrize(
    ("formula", "tree"),
    [
        ('grade >= "A级"', OneOf(Name("grade"), (Word("a"),))),
        ('"B" <= grade', OneOf(Name("grade", 7), (Word("a"), Word("b")))),
        ('grade > "c"', OneOf(Name("grade"), (Word("a"), Word("b")))),
        ('grade <= "b"', OneOf(Name("grade"), (Word("b"), Word("c")))),
        ('grade < "a"', OneOf(Name("grade"), (Word("b"), Word("c")))),
        ('not (评估等级 > "B级")', Not(OneOf(Name("grade", 5), (Word("a"),)))),
        ('grade == "未评"', Binary("==", Name("grade"), Word("not_rated"))),
        ('stage in ["primary", "初中部"]', OneOf(Name("stage"), (Word("primary"), Word("junior")))),
    ],
)
def test_comparisons_of_grades_and_stages(formula: str, tree: Node, tmp_path: Path) -> None:
    plan = load(written(tmp_path, varied('count: grade >= "B"', f"count: '{formula}'")))
    assert plan.indicators["peaks"].measure == Count(tree)


def test_all_faults_of_the_new_keys_come_at_once(tmp_path: Path) -> None:
    text = (
        RICH.replace("size: pupils", "size: project")
        .replace("key: project", "key: projct")
        .replace("group: text", "group: txt")
        .replace("every: township", "every: townshp")
        .replace("from: prior_year", "from: last_year")
        .replace("k_of: [lessons", "k_of: [lesons")
        .replace("planned: 960", "planned: many")
        .replace("by: peaks", "by: peeks")
    )
    codes = [code for code, _ in places(faults(written(tmp_path, text)))]
    assert codes == ["PC108", "PC109", "PC109", "PC109", "PC108", "PC109", "PC108", "PC109"]


def test_the_report_is_broken_down_by_attributes_or_the_stage(tmp_path: Path) -> None:
    said = SMALL.replace("attributes: [area]\n", "attributes: [area]\n  breakdown: [stage, area]\n")
    assert load(written(tmp_path, said)).units.breakdown == ("stage", "area")
    assert load(written(tmp_path, SMALL)).units.breakdown == ()
    (fault,) = faults(written(tmp_path, said.replace("breakdown: [stage, area]", "breakdown: [stage, arae]")))
    assert (fault.code, fault.cell, fault.params["name"]) == ("PC109", "14:22", "arae")
    assert fault.params["suggestion"] == Text("，是否应为“area”？", "; did you mean 'area'?")
