"""Every file in tests/cases: a plan fragment and cells, and the verdicts and findings they must give.

A case states `indicators` and `checks` (texts, indented by two), `sheets` (rows of cells), optionally `merges`, `roster` (rows),
`year` and `levels`. `verdicts` lists `[indicator, unit or "", period, outcome (with ~ where provisional), value, n/N]`; `findings` lists
`[code, sheet, cell]`, all there are but those codes named in `besides`. What a return may hold besides is told in `case_files`;
`understood` lists `[cell, raw, value]` read otherwise than they stand, `left_out` what became of the other rows of a sheet.
`also` lists `[indicator, unit or "", period, attribute, value]` for what else a verdict says: reason (its key), progress,
marks, bounds, gap, people, closing, and the like.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from plancheck.model import Measure, Narrative, Verdict
from plancheck.pipeline import Request, assess
from tests.case_files import files_of
from tests.conftest import PASS_RATE, small_plan, write_workbook

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
LOADED = [
    (file.stem, case)
    for file in CASES
    for case in yaml.safe_load_all(file.read_text(encoding="utf-8"))
    if "case" in case
]


@pytest.mark.parametrize("case", [case for _, case in LOADED], ids=[f"{stem}: {case['case']}" for stem, case in LOADED])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    checks = f"\nchecks:\n{case['checks']}" if "checks" in case else ""
    plan = small_plan(tmp_path, case.get("indicators", PASS_RATE), checks)
    files = files_of(case, tmp_path)
    roster = write_workbook(tmp_path / "roster.xlsx", {"名录": case["roster"]}) if "roster" in case else None
    levels = frozenset(case.get("levels", ["district"]))
    found = assess(plan, Request(files, year=case.get("year", 2023), roster=roster, levels=levels))

    assert [_row(verdict) for verdict in found.verdicts] == case["verdicts"]
    for indicator, unit, period, attribute, value in case.get("also", ()):
        (verdict,) = (
            each
            for each in found.verdicts
            if (each.indicator, each.unit or "", each.period) == (indicator, unit, period)
        )
        assert _said(verdict, attribute) == value
    besides = {"PC219", *case.get("besides", ())}
    findings = [[each.code, each.sheet, each.cell] for each in found.findings if each.code not in besides]
    assert findings == case.get("findings", [])
    assert found.exit_code == case["exit"]
    if "understood" in case:
        assert [list(each) for sheet in found.sheets for each in sheet.understood] == case["understood"]
    for sheet in found.sheets:
        assert dict(sheet.left_out) == case.get("left_out", {}).get(sheet.sheet, dict(sheet.left_out))
        assert sheet.read == sheet.used + sum(sheet.left_out.values())


def test_each_measure_is_seen_met_not_met_and_not_judged(tmp_path: Path) -> None:
    """What no figures can check is the one that is never judged."""
    seen: dict[type, Counter[str]] = {measure: Counter() for measure in get_args(Measure)}
    for number, (_, case) in enumerate(LOADED):
        folder = tmp_path / str(number)
        folder.mkdir()
        plan = small_plan(folder, case.get("indicators", PASS_RATE))
        for indicator, _, _, outcome, *_ in case["verdicts"]:
            seen[type(plan.indicators[indicator].measure)][outcome] += 1
    assert seen.pop(Narrative) == {}
    for measure, outcomes in seen.items():
        assert min(outcomes[outcome] for outcome in ("met", "not_met", "unknown")) > 0, measure


def _row(verdict: Verdict) -> list[Any]:
    value = None if verdict.value is None else str(Fraction(verdict.value))
    coverage = f"{verdict.coverage.reported}/{verdict.coverage.expected}"
    outcome = ("~" if verdict.provisional else "") + verdict.outcome
    return [verdict.indicator, verdict.unit or "", verdict.period, outcome, value, coverage]


def _said(verdict: Verdict, attribute: str) -> Any:
    """Return what a verdict says under a name, as a case writes it: exact numbers as text, lists of units as lists."""
    gap = verdict.gap
    said: dict[str, Any] = {
        "reason": verdict.reason and verdict.reason.key,
        "gap": gap and f"{Fraction(gap.amount)} {gap.unit}",
        "people": gap and gap.people,
        "bounds": verdict.bounds and [str(Fraction(end)) for end in verdict.bounds],
        "shortfalls": [[lack.unit, lack.people] for lack in verdict.shortfalls],
        "otherwise": [
            [each.key, each.outcome, *([] if each.value is None else [str(Fraction(each.value))])]
            for each in verdict.otherwise
        ],
        "pupils": [verdict.coverage.pupils_reported, verdict.coverage.pupils_expected],
        "target": verdict.target.text,
    }
    if attribute in said:
        return said[attribute]
    value = getattr(verdict, attribute)
    return list(value) if isinstance(value, tuple) else str(value) if isinstance(value, Fraction) else value
