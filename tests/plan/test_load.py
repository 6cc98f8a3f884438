"""A plan file becomes exactly the plan it states."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from plancheck.codes import message
from plancheck.expression import Binary, Logic, Name, Number, Word
from plancheck.language import Text
from plancheck.model import (
    Column,
    Element,
    Form,
    Indicator,
    Mark,
    Plan,
    Ratio,
    Ruling,
    Series,
    Share,
    Source,
    Stage,
    Target,
    Units,
)
from plancheck.plan import PlanUnusable
from plancheck.plan.load import load
from tests.plan.small import INDICATORS, ROOT, SMALL, changed, faults, places, written


@pytest.fixture
def small(tmp_path: Path) -> Plan:
    return load(written(tmp_path, SMALL))


def test_the_plan_says_who_it_is(small: Plan, tmp_path: Path) -> None:
    assert (small.id, small.title, small.document) == ("small", Text("小规划", "Small plan"), "文〔2021〕1号")
    assert (small.baseline_year, small.target_year) == (2020, 2025)
    assert small.file == str(tmp_path / "plan.yaml")
    assert small.sha256 == hashlib.sha256(SMALL.encode()).hexdigest()


def test_units(small: Plan) -> None:
    assert small.units == Units(
        code="code",
        name="name",
        stage="stage",
        type="type",
        code_pattern="[0-9]{10}",
        stages={
            "primary": Stage("primary", Text("小学", "primary"), ()),
            "junior": Stage("junior", Text("初中", "junior"), ("初中部",)),
        },
        types={"小学": ("primary",), "九年一贯制": ("primary", "junior")},
        attributes=("area",),
    )


def test_elements(small: Plan) -> None:
    assert list(small.elements) == [
        "code", "name", "stage", "type", "area", "group", "tested", "passed", "smart", "kind", "money", "kept",
    ]  # fmt: skip
    assert small.elements["tested"] == Element(
        "tested", Text("测试人数", "Tested"), "person", ("测试人数", "测试 > 合计")
    )
    assert small.elements["passed"].stages == ("primary", "junior")
    assert small.elements["kind"].choices == {"public": ("公办", "1"), "private": ("民办", "2")}
    assert small.elements["money"] == Element("money", Text("教育支出", "Money"), "10k_yuan", ("教育支出",), "district")


def test_forms(small: Plan) -> None:
    assert small.forms["schools"] == Form(
        id="schools",
        title=Text("学校表", "Schools"),
        rows="unit",
        columns=(
            Column("code", (("标识码",),)),
            Column("name", (("学校名称",),), required=True),
            Column("stage", (("学段",),)),
            Column("tested", (("人数", "测试"), ("参测人数",)), required=True),
            Column("passed", (("达标人数",),)),
            Column("smart", (("智慧校园",),)),
            Column("kind", (("办学性质",),)),
        ),
        sheets=("表1",),
        by=(Column("group", (("年级组",),)),),
    )
    assert small.forms["district"] == Form(
        id="district",
        title=Text("区级表", "District"),
        rows="element",
        columns=(Column("money", (("教育支出",),)), Column("kept", (("是否不减",),))),
        reporter="district",
        value_words=("填报值",),
    )
    assert small.forms["roster"].roster


def test_words_with_levels_become_paths_where_a_form_writes_none(tmp_path: Path) -> None:
    plan = load(written(tmp_path, changed("tested: [人数 > 测试, 参测人数]", "tested:")))
    assert plan.forms["schools"].columns[3] == Column("tested", (("测试人数",), ("测试", "合计")), required=True)


def test_a_form_of_one_stage(tmp_path: Path) -> None:
    plan = load(written(tmp_path, changed("    sheets: [表1]\n", "    stage: junior\n")))
    assert plan.forms["schools"].stage == "junior"


def test_a_ratio_in_every_detail(small: Plan, tmp_path: Path) -> None:
    assert small.indicators["pass_rate"] == Indicator(
        id="pass_rate",
        no=1,
        label=Text("达标率", "Pass rate"),
        unit="percent",
        measure=Ratio(Name("passed", 0), Name("tested", 0)),
        target=Target("≥98", ">=", Fraction(98)),
        due="by_end",
        level="district",
        source=Source("专栏 1", "达标率 97.5 ≥98"),
        baseline=Fraction(195, 2),
        stages=("primary",),
        where=Binary("==", Name("area", 0), Word("农村")),
        formula={"numerator": "passed", "denominator": "tested", "where": 'area == "农村"'},
        note=Text("说明", "Remark"),
        mark=Mark(str(tmp_path / "plan.yaml"), 61, 3),
    )


def test_a_share_may_name_elements_and_choices_in_chinese(small: Plan) -> None:
    indicator = small.indicators["smart_rate"]
    assert indicator.measure == Share(Logic("and", (Name("smart", 0), Binary("==", Name("kind", 9), Word("public")))))
    assert indicator.formula == {"share": '智慧校园 and kind == "公办"'}
    assert indicator.target == Target("100", ">=", Fraction(100), implied=True)
    assert (indicator.due, indicator.level) == (2023, "unit")
    assert indicator.baseline is None


def test_a_series_has_parts_with_labels(small: Plan) -> None:
    indicator = small.indicators["money_kept"]
    assert indicator.measure == Series(
        {"primary": Binary("*", Name("money", 0), Number(Fraction(2))), "other": Name("money", 0)},
        {"primary": Text("小学", "primary"), "other": Text("other", "other")},
    )
    assert indicator.formula == {"series.primary": "money × 2", "series.other": "money"}
    assert indicator.target == Target("只增不减", ">=", None)
    assert (indicator.due, indicator.declared, indicator.baseline) == ("each_step", "kept", None)


def test_a_series_of_one_part_has_no_name_for_it(tmp_path: Path) -> None:
    plan = load(written(tmp_path, changed("{primary: money × 2, other: money}", "money")))
    assert plan.indicators["money_kept"].measure == Series({"": Name("money", 0)})
    assert plan.indicators["money_kept"].formula == {"series": "money"}


@pytest.mark.parametrize("nothing", ['    baseline: "97.5"\n', "—", '"-"'])
def test_no_baseline_is_none_and_never_zero(nothing: str, tmp_path: Path) -> None:
    old, new = (nothing, "") if nothing.startswith(" ") else ('"97.5"', nothing)
    assert load(written(tmp_path, changed(old, new))).indicators["pass_rate"].baseline is None


@pytest.mark.parametrize(("text", "baseline"), [("0", 0), ("97", 97), ("97.5%", Fraction(195, 2)), ("９７", 97)])
def test_a_baseline_is_exact(text: str, baseline: int | Fraction, tmp_path: Path) -> None:
    plan = load(written(tmp_path, changed('"97.5"', f'"{text}"')))
    assert plan.indicators["pass_rate"].baseline == baseline


def test_better_less_turns_a_bare_number_round(tmp_path: Path) -> None:
    plan = load(written(tmp_path, changed('target: "100"', "target: 5\n    better: less")))
    assert plan.indicators["smart_rate"].target == Target("5", "<=", Fraction(5), implied=True)


def test_rulings(small: Plan) -> None:
    assert small.rulings == (
        Ruling(
            id="pass_rate_text",
            on=("pass_rate",),
            conflict=(Source("正文", "超过98%"),),
            reading=Text("按专栏", "The table"),
            why=Text("专栏为准", "It prevails"),
        ),
    )
    assert [ruling.id for ruling in small.rulings_on("pass_rate")] == ["pass_rate_text"]


def test_rulings_may_be_left_out(tmp_path: Path) -> None:
    assert load(written(tmp_path, SMALL[: SMALL.index("rulings:")])).rulings == ()


def test_two_rulings_of_one_id_are_refused(tmp_path: Path) -> None:
    text = SMALL + SMALL[SMALL.index("  - id: pass_rate_text") :]
    assert places(faults(written(tmp_path, text))) == [("PC103", "99:9")]


def test_a_path_written_in_a_form_may_repeat_another_elements_word_on_purpose(tmp_path: Path) -> None:
    plan = load(written(tmp_path, changed("      passed:\n", "      passed: [智慧校园]\n")))
    assert [column.paths for column in plan.forms["schools"].columns[4:6]] == [(("智慧校园",),), (("智慧校园",),)]


# ------------------------------------------------------------------------------------------------ the Huairou plan


@pytest.fixture(scope="module")
def huairou() -> Plan:
    return load(INDICATORS)


def test_the_huairou_plan_holds_the_sixteen_rows_of_the_table(huairou: Plan) -> None:
    # Number, 2020 and 2025 as the table 教育事业发展主要指标 prints them; None is its dash, or 是.
    table = [
        (1, 98, ">98"), (2, 98, ">90"), (3, 99, "≥99"), (4, 100, "100"), (5, 100, "100"), (6, 97, "≥98"), (8, 98, "99"),
        (9, 96, ">97"), (10, Fraction("19.9"), ">30"), (11, 84, "≥85"), (12, 12, "15"), (13, None, "只增不减"),
        (14, None, "只增不减"), (15, None, ">85"), (16, None, ">70"), (17, 100, "100"),
    ]  # fmt: skip
    rows = [one for one in huairou.indicators.values() if one.no is not None]
    assert [(one.no, one.baseline, one.target.text) for one in rows] == table
    implied = {one.no for one in rows if one.target.implied}
    assert implied == {4, 5, 8, 12, 17}


def test_the_huairou_money_series_has_five_stages(huairou: Plan) -> None:
    measure = huairou.indicators["per_student_public_budget_edu_nondecreasing"].measure
    assert isinstance(measure, Series)
    assert [label.zh for label in measure.labels.values()] == ["幼儿园", "小学", "初中", "高中", "中职"]


def test_the_same_cell_of_the_kindergarten_form_answers_two_elements(huairou: Plan) -> None:
    columns = {column.element: column for column in huairou.forms["kindergartens"].columns}
    assert columns["teachers"].paths == (("教职工", "专任教师"), ("专任教师数",), ("专任教师",))
    assert columns["kg_teachers"].paths == (("专任教师",), ("教职工", "专任教师"), ("专任教师数",))


# ---------------------------------------------------------------------------------------------- files that are none


@pytest.mark.parametrize(
    ("content", "cell", "why"),
    [
        (b"", "", "the file is empty"),
        (b"# nothing\n", "", "the file is empty"),
        ("plan:\n  title: 规划".encode("gbk"), "2:10", "it is not UTF-8 (perhaps GBK); save it as UTF-8"),
        ("plan: 规划".encode("utf-16"), "1:1", "it is encoded in UTF-16"),
    ],
)
def test_a_file_that_cannot_be_read(content: bytes, cell: str, why: str, tmp_path: Path) -> None:
    (finding,) = faults(written(tmp_path, content))
    assert (finding.code, finding.cell) == ("PC101", cell)
    assert message("PC101", finding.params, "en") == f"The plan file cannot be read: {why}"
    assert message("PC101", finding.params, "zh").startswith("无法读取规划文件：")


def test_a_path_that_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    whys = {
        tmp_path / "absent.yaml": "there is no such file",
        tmp_path: "it is a folder",
        tmp_path / "pipe": "it is not a regular file",
    }
    for path, why in whys.items():
        (finding,) = faults(path)
        assert (finding.code, finding.file, finding.cell) == ("PC101", str(path), "")
        assert message("PC101", finding.params, "en") == f"The plan file cannot be read: {why}"
    (finding,) = faults(Path("a\0b"))
    assert finding.code == "PC101"


def test_permission_denied_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, SMALL)
    monkeypatch.setattr(Path, "open", denied)
    (finding,) = faults(path)
    assert message("PC101", finding.params, "zh") == "无法读取规划文件：没有读取权限"


def test_two_megabytes_are_the_limit(tmp_path: Path) -> None:
    filled = SMALL.encode() + b"#" * (2_000_000 - len(SMALL.encode()))
    assert load(written(tmp_path, filled)).id == "small"
    (finding,) = faults(written(tmp_path, filled + b"#"))
    assert (finding.code, finding.cell) == ("PC105", "")
    assert message("PC105", finding.params, "en") == "The plan file is too large or too deep: size exceeds 2 MB"
    assert message("PC105", finding.params, "zh") == "规划文件过大或嵌套过深：大小 超过 2 MB"


def test_a_byte_order_mark_is_no_part_of_the_plan(tmp_path: Path) -> None:
    assert load(written(tmp_path, SMALL.encode("utf-8-sig"))).id == "small"


@pytest.mark.parametrize("text", ["- a\n", "plan\n", "98.0\n"])
def test_a_file_that_is_no_mapping(text: str, tmp_path: Path) -> None:
    assert places(faults(written(tmp_path, text))) == [("PC108", "1:1")]


def test_the_exception_names_its_faults(tmp_path: Path) -> None:
    path = written(tmp_path, changed("due: by_end", "due: later"))
    with pytest.raises(PlanUnusable, match=r"plan\.yaml:70:10 PC108"):
        load(path)


def test_loading_a_plan_imports_no_schema_library() -> None:
    program = (
        "import sys, pathlib, plancheck.plan.load as plan; plan.load(pathlib.Path('indicators.yaml'));"
        "sys.exit('jsonschema' in sys.modules or 'difflib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
