"""What lint accepts without a word, and what it adds to loading."""

from __future__ import annotations

from pathlib import Path

import pytest

from plancheck.plan import lint
from tests.plan.small import INDICATORS, SMALL, changed, faults, places, written


def test_the_huairou_plan_is_without_findings() -> None:
    assert lint(INDICATORS) == ()


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


def test_a_broken_plan_gives_lint_what_loading_says(tmp_path: Path) -> None:
    path = written(tmp_path, changed("due: by_end", "due: later").replace("numerator: passed", "numerator: passd"))
    assert lint(path) == faults(path)
    assert places(lint(path)) == [("PC109", "65:16"), ("PC108", "70:10")]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert places(lint(tmp_path / "absent.yaml")) == [("PC101", "")]


def test_a_long_gap_is_cut_short(tmp_path: Path) -> None:
    (finding,) = lint(written(tmp_path, SMALL.replace("no: 3", "no: 9999")))
    assert finding.params["missing"] == "3, 4, 5, 6, 7, 8, 9, 10, 11, 12 …"
