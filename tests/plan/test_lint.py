"""What lint accepts without a word, and what it adds to loading."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copy, copytree
from typing import NamedTuple

import pytest

from plancheck.codes import CODES, message
from plancheck.plan.lint import lint
from tests.plan.rich import MORE_ELEMENTS, MORE_FORMS, RICH, varied
from tests.plan.small import INDICATORS, SMALL, changed, faults, place_of, places, written


def test_the_huairou_plan_is_without_findings() -> None:
    assert lint(INDICATORS) == ()


def test_without_its_rulings_the_huairou_plan_shows_its_contradictions(tmp_path: Path) -> None:
    """The document's own: a table against the text, targets at or below the start, a number and two starts missing."""
    copytree(INDICATORS.parent / "indicators", tmp_path / "indicators")
    (tmp_path / "indicators" / "rulings.yaml").write_text("rulings: []\n", encoding="utf-8")
    copy(INDICATORS, tmp_path)
    told: dict[str, list[str]] = {}
    for finding in lint(tmp_path / "indicators.yaml"):
        told.setdefault(finding.code, []).append(str(finding.params.get("indicator") or finding.params.get("target")))
    assert told == {
        "PC126": [
            "preschool_enrollment_rate",
            "inclusive_kindergarten_coverage_rate",
            "compulsory_teacher_bachelor_rate",
            "vocational_dual_qualified_rate",
            "public_budget_edu_nondecreasing",
            "smart_campus_coverage_rate",
        ],
        "PC119": [">90", "50%以上"],
        "PC127": ["≥99", "100", "100", "100"],
        "PC129": [">85", ">70"],
        "PC117": ["None"],
    }


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(changed("no: 3", "no: 4") + (
            "  - id: number_3_missing\n    on: []\n    conflict: []\n"
            "    reading: {zh: 原缺, en: Missing}\n    why: {zh: 原缺, en: Missing}\n"
        ), id="a ruling speaks of the missing number"),
        pytest.param(changed('target: "≥98"', 'target: "≥97"'), id="a ruling is on the target below its baseline"),
        pytest.param(changed('target: "≥98"', 'target: ">100"'), id="a note speaks of more than 100 percent"),
        pytest.param(changed("no: 2\n", "no: 10\n").replace("    no: 10\n", ""), id="an indicator without a number"),
        pytest.param(changed('target: "100"', 'target: "≤100"'), id="at most 100 percent"),
        pytest.param(changed("forms:", "  remark: {label: {zh: 备注, en: Remark}, unit: text}\nforms:"), id="a text in no form"),
    ],
)  # fmt: skip
def test_what_is_accounted_for_is_accepted(text: str, tmp_path: Path) -> None:
    findings = lint(written(tmp_path, text))
    assert [place for place in places(findings) if place[0] != "PC117"] == []
    assert ("no: 2" in text) == (findings == ())


@pytest.mark.parametrize(("target", "baseline"), [('"≤5"', '"4"'), ('"<5"', '"4"'), ('"≥5"', '"6"')])
def test_a_target_easier_than_the_start_is_questioned(target: str, baseline: str, tmp_path: Path) -> None:
    text = changed('target: "100"', f"target: {target}").replace('baseline: "-"', f"baseline: {baseline}")
    assert places(lint(written(tmp_path, text))) == [("PC119", "74:3")]


class Doubt(NamedTuple):
    """A change to the rich plan and the one warning it must give, at the first place of `at`.

    `of` is the indicator from whose ruling it is to be taken out first; with the ruling the plan is accepted.
    """

    of: str
    old: str
    new: str
    code: str
    at: str
    zh: str
    en: str


DOUBTS = (
    Doubt("seats_built", "", "", "PC126", "{id: seats_built@annex",
          "“seats_built”按“9442（≥）”判定，附件1却说“9000以上”", "'seats_built' is judged by '9442 (≥)', but 附件1 says '9000以上'"),
    Doubt("pass_rate", 'baseline: "97.5"', "baseline: 98", "PC127", "pass_rate:\n",
          "基期 98 已达到目标“≥98”", "The baseline 98 meets the target '≥98' already"),
    Doubt("", 'baseline: "-"', "baseline: 100", "PC127", "smart_rate:\n",
          "基期 100 已达到目标“100”", "The baseline 100 meets the target '100' already"),
    Doubt("seats_built", "2022: 3060以上}\n", "2022: 7000以上}\n", "PC128", "2022: 7000",
          "2022 年的分年度目标“7000以上”与 2023 年的“≥6150”不衔接", "The goal '7000以上' of 2022 does not lead to '≥6150' of 2023"),
    Doubt("seats_built", "{2023: \"≥6150\"", "{2023: \"≥9500\"", "PC128", "2023: \"≥9500",
          "2023 年的分年度目标“≥9500”与 2025 年的“9442”不衔接", "The goal '≥9500' of 2023 does not lead to '9442' of 2025"),
    Doubt("seats_built", "{2023: \"≥6150\"", "{2025: \"≥9000\"", "PC128", "2025: \"≥9000",
          "2025 年的分年度目标“≥9000”与 2025 年的“9442”不衔接", "The goal '≥9000' of 2025 does not lead to '9442' of 2025"),
    Doubt("spread", "", "", "PC129", "baseline: —",
          "目标“≤0.50”的基期未知，到期之前无法判断进度",
          "The baseline of the target '≤0.50' is unknown, so no progress can be told before it is due"),
    Doubt("", "group: table", "group: text", "PC130", "table: {label",
          "没有指标用到分组“table”", "No indicator uses the group 'table'"),
    Doubt("", ", township, pupils]", ", township]", "PC138", "size: pupils",
          "名录中没有“pupils”这一列，无法按学生数说明覆盖面",
          "The roster has no column 'pupils', so coverage cannot be told by pupils"),
    Doubt("", "every: township", "every: area", "PC137", "every: area",
          "没有声明属性“area”的成员，一个单位都没有的成员会被漏掉",
          "The members of 'area' are not declared; one without any unit would be missed"),
)  # fmt: skip


@pytest.mark.parametrize("doubt", DOUBTS, ids=lambda doubt: f"{doubt.code} {doubt.new.strip()[:30]}")
def test_a_doubt_is_told_until_a_ruling_speaks_of_it(doubt: Doubt, tmp_path: Path) -> None:
    text = varied(doubt.old, doubt.new) if doubt.old else RICH
    bare = re.sub(rf"(\bon: \[[^]]*?)\b{doubt.of}\b(?:, )?", r"\1", text, count=1) if doubt.of else text
    path = written(tmp_path, bare)
    assert faults(path) == ()
    # Taking the indicator out of its ruling may bring up a second doubt on it; this one is told once.
    (told,) = [one for one in lint(path) if one.code == doubt.code]
    assert (told.cell, told.file) == (place_of(bare, doubt.at), str(path))
    assert message(doubt.code, told.params, "zh") == doubt.zh
    assert message(doubt.code, told.params, "en") == doubt.en
    assert CODES[doubt.code].severity == "warning"
    if doubt.of:
        assert lint(written(tmp_path, text)) == ()


@pytest.mark.parametrize("other", ["9442", "9442以上", "不少于9442"])
def test_a_restatement_of_the_same_target_is_none_of_another(other: str, tmp_path: Path) -> None:
    text = varied("target: 9000以上, note", f"target: {other}, note").replace("on: [seats_built]", "on: []")
    assert lint(written(tmp_path, text)) == ()


def test_a_restatement_of_one_stage_agrees_with_that_stage(tmp_path: Path) -> None:
    again = "    restated: [{id: again, target: 不低于4, source: {clause: 甲, quote: 乙}}]\n"
    assert lint(written(tmp_path, varied("    group: text\n", f"    group: text\n{again}"))) == ()
    other = again.replace("4", "3")
    assert "PC126" in [
        one.code for one in lint(written(tmp_path, varied("    group: text\n", f"    group: text\n{other}")))
    ]


def test_a_list_that_no_indicator_counts_is_told(tmp_path: Path) -> None:
    text = changed("indicators:\n", f"{MORE_FORMS}indicators:\n").replace("forms:\n", f"{MORE_ELEMENTS}forms:\n")
    told = [one for one in lint(written(tmp_path, text)) if one.code == "PC130"]
    assert [one.params["name"] for one in told] == ["projects"]
    assert message("PC130", told[0].params, "zh") == "没有指标用到台账“projects”"


def test_a_falling_target_has_steps_that_fall(tmp_path: Path) -> None:
    spread = "target: ≤0.50\n"
    for steps, amiss in (("{2022: ≤0.60, 2023: ≤0.55}", False), ("{2022: ≤0.55, 2023: ≤0.60}", True)):
        path = written(tmp_path, varied(spread, f"{spread}    steps: {steps}\n").replace("on: [spread]", "on: []"))
        assert ("PC128" in [code for code, _ in places(lint(path))]) is amiss


def test_a_level_to_be_kept_may_be_met_from_the_start(tmp_path: Path) -> None:
    text = changed("on: [pass_rate]", "on: []").replace('baseline: "97.5"', "baseline: 98")
    assert places(lint(written(tmp_path, text))) == [("PC127", "61:3")]
    assert lint(written(tmp_path, text.replace("due: by_end", "due: every_year"))) == ()


def test_a_broken_plan_gives_lint_what_loading_says(tmp_path: Path) -> None:
    path = written(tmp_path, changed("due: by_end", "due: later").replace("numerator: passed", "numerator: passd"))
    assert lint(path) == faults(path)
    assert places(lint(path)) == [("PC109", "65:16"), ("PC108", "70:10")]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert places(lint(tmp_path / "absent.yaml")) == [("PC101", "")]


def test_a_long_gap_is_cut_short(tmp_path: Path) -> None:
    (finding,) = lint(written(tmp_path, SMALL.replace("no: 3", "no: 9999")))
    assert finding.params["missing"] == "3, 4, 5, 6, 7, 8, 9, 10, 11, 12 …"


def test_a_gap_that_a_reader_takes_in_is_told_whole(tmp_path: Path) -> None:
    (finding,) = lint(written(tmp_path, SMALL.replace("no: 3", "no: 13")))
    assert finding.params["missing"] == "3, 4, 5, 6, 7, 8, 9, 10, 11, 12"
