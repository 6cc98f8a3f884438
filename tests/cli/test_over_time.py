"""`plancheck run` over years: earlier results, waivers, and what another reading would change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from plancheck.reports.json_report import assessment_schema
from tests.cli.conftest import Line
from tests.conftest import SMALL_PLAN, write_workbook

INDICATORS = """
  pass_rate:
    no: 1
    label: {zh: 合格率, en: Pass rate}
    unit: percent
    numerator: passed
    denominator: tested
    target: "≥98"
    due: every_year
    restated: [{id: pass_rate@text, source: {clause: 二, quote: 超过97%}, target: 超过97%}]
    revised: [{since: 2025, target: "≥99", document: 文〔2025〕1号, why: {zh: 提高, en: raised}}]
    source: {clause: 一, quote: ≥98}
  rises:
    no: 2
    label: {zh: 每年提高, en: Rises}
    unit: point
    change: {from: prior_year}
    numerator: passed
    denominator: tested
    target: 提高1个百分点
    due: each_step
    source: {clause: 一, quote: 提高1个百分点}
"""
HEAD = ["标识码", "学校名称", "学段", "镇乡", "测试人数", "合格人数"]
WAIVERS = """waivers:
  - {unit: "", indicator: pass_rate, periods: [2023], approver: 区教委, document: 文〔2023〕5号, reason: 改建, from: 2023-09-01, to: 2024-08-31}
"""


@pytest.fixture(autouse=True)
def returns(folder: Path) -> None:
    """Two years of one school, each in a folder of its year."""
    Path("indicators.yaml").write_text(SMALL_PLAN + INDICATORS, encoding="utf-8")
    for year, passed in (("2022", 950), ("2023", 975)):
        (folder / year).mkdir()
        rows: list[list[object]] = [list(HEAD), ["1001", "甲校", "小学", "城关", 1000, passed]]
        write_workbook(folder / year / "甲校.xlsx", {"表": rows})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which plancheck is called."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def document(line: Line, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(line("run", *arguments, "--level", "district", "--format", "json").out)
    jsonschema.validate(found, json.loads(assessment_schema()))
    return found


def outcomes(found: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(verdict["indicator"], verdict["period"], verdict["outcome"]) for verdict in found["verdicts"]]


def test_several_years_in_one_run(line: Line) -> None:
    assert outcomes(document(line, "2022", "2023")) == [
        ("pass_rate", 2022, "not_met"),
        ("rises", 2022, "unknown"),
        ("pass_rate", 2023, "not_met"),
        ("rises", 2023, "met"),
    ]


def test_an_earlier_result_stands_for_a_year_without_returns(line: Line) -> None:
    line("run", "2022", "--level", "district", "-o", "2022.json")
    assert outcomes(document(line, "2023"))[-1] == ("rises", 2023, "unknown")
    found = document(line, "2023", "--history", "2022.json")
    assert found["periods"] == [2023]
    assert list(found["history"]) == ["2022.json"]
    rises = found["verdicts"][-1]
    assert (rises["outcome"], rises["base_year"], rises["numerator"], rises["denominator"]) == (
        "met", 2022, "97.5", "95",
    )  # fmt: skip
    assert {(reading["period"], reading["file"]) for reading in rises["readings"]} == {
        (2022, "2022/甲校.xlsx"),
        (2023, "2023/甲校.xlsx"),
    }


def test_an_earlier_result_that_is_none_is_named(line: Line) -> None:
    Path("2022.json").write_text("{}", encoding="utf-8")
    found = document(line, "2023", "--history", "2022.json")
    assert "PC243" in [finding["code"] for finding in found["findings"]]
    assert line("run", "2023", "--history", "none.json").code == 2


def test_a_waiver_releases_and_expires(line: Line) -> None:
    Path("waivers.yaml").write_text(WAIVERS, encoding="utf-8")
    found = document(line, "2023", "--waivers", "waivers.yaml", "--as-of", "2024-01-31")
    verdict = found["verdicts"][0]
    assert (verdict["outcome"], verdict["marks"], verdict["failing"]) == ("not_met", ["waived"], False)
    assert verdict["waiver"] == found["waivers"][0]
    assert verdict["waiver"] == {
        "unit": "", "indicator": "pass_rate", "periods": [2023], "approver": "区教委", "document": "文〔2023〕5号",
        "reason": "改建", "from": "2023-09-01", "to": "2024-08-31", "place": "waivers.yaml:2:5",
    }  # fmt: skip
    expired = document(line, "2023", "--waivers", "waivers.yaml", "--as-of", "2024-09-01")
    assert (expired["verdicts"][0]["marks"], expired["verdicts"][0]["failing"]) == ([], True)
    (finding,) = (finding for finding in expired["findings"] if finding["code"] == "PC412")
    assert (finding["file"], finding["cell"]) == ("waivers.yaml", "2:5")


def test_a_waiver_file_that_is_wrong_is_refused_with_its_place(line: Line) -> None:
    Path("waivers.yaml").write_text(WAIVERS.replace("pass_rate", "pass_rat"), encoding="utf-8")
    result = line("run", "2023", "--waivers", "waivers.yaml")
    assert result.code == 2
    assert "waivers.yaml:2:27" in result.err
    assert "PC109" in result.err


def test_rulings_tells_what_another_reading_would_change(line: Line) -> None:
    plain = line("run", "2023", "--level", "district").out
    told = line("run", "2023", "--level", "district", "--rulings").out
    assert "换一种口径" not in plain
    assert "换一种口径，结论会不同的\n  1 合格率（2023 年）：现为未达标；按“超过97%”（二），则为达标" in told
    assert "1 合格率（2023 年）：现为未达标；若先修约再比较，则为达标" in told
    assert "2025" not in told.partition("换一种口径")[2]  # the target to come is missed as well
    english = line("run", "2022", "--level", "district", "--rulings", "--lang", "en").out
    assert "What another reading would change\n  nothing" in english


def test_a_tally_s_and_a_revised_target_s_other_readings(line: Line) -> None:
    other = INDICATORS.replace('target: "≥98"', 'target: "≥97"').replace(
        "due: every_year", "level: unit\n    rounding: {places: 0, half: up}\n    due: every_year", 1
    )
    Path("indicators.yaml").write_text(SMALL_PLAN + other, encoding="utf-8")
    told = " ".join(line("run", "2023", "--rulings", "--lang", "en", "--only", "1").out.split())
    assert "1 Pass rate 甲校 (primary) (2023): met; by the target from 2025 on, '≥99': not met" in told
    Path("indicators.yaml").write_text(SMALL_PLAN + other.replace('target: "≥97"', 'target: "≥98"'), encoding="utf-8")
    told = " ".join(line("run", "2023", "--rulings", "--lang", "en", "--only", "1").out.split())
    assert "1 Pass rate 甲校 (primary) (2023): met; compared in full, without rounding: not met" in told


def test_groups_lie_apart(line: Line) -> None:
    write_workbook(Path("2023/乙校.xlsx"), {"表": [HEAD, ["1002", "乙校", "小学", "山乡", 500, 450]]})
    (spread,) = document(line, "2023", "--by", "township", "--only", "1")["spreads"]
    # 975/1000 and 450/500, weighted 2:1: mean 0.95, deviation √((2 × 0.025² + 0.05²) ÷ 3) = 0.035355, ÷ 0.95
    assert spread == {
        "indicator": "pass_rate", "period": 2023, "by": "township", "tally": False, "variation": "0.037216",
        "lowest": {"name": "山乡", "value": "90"}, "highest": {"name": "城关", "value": "97.5"},
    }  # fmt: skip


def test_groups_of_what_binds_each_unit_lie_apart_in_shares_of_units(line: Line) -> None:
    write_workbook(Path("2023/乙校.xlsx"), {"表": [HEAD, ["1002", "乙校", "小学", "山乡", 500, 450]]})
    each = INDICATORS.replace("due: every_year", "level: unit\n    due: every_year", 1)
    Path("indicators.yaml").write_text(SMALL_PLAN + each.replace("≥98", "≥97"), encoding="utf-8")
    found = document(line, "2023", "--by", "township", "--only", "1")
    (spread,) = found["spreads"]
    assert (spread["tally"], spread["lowest"]["value"], spread["highest"]["value"]) == (True, "0", "100")
    told = line("run", "2023", "--by", "township", "--only", "1", "--lang", "en").out
    assert "spread: 0% (山乡) to 100% (城关)" in told
