"""Every file of the torture set ends in its class, in time and in little memory, and is told in words that help."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PASS_RATE, SMALL_PLAN
from tests.returns.torture.child import Ended, run
from tests.returns.torture.legacy import LEGACY
from tests.returns.torture.ooxml import GOOD
from tests.returns.torture.texts import TEXTS
from tests.returns.torture.workbooks import WORKBOOKS, Class

pytestmark = pytest.mark.no_cover  # the time is the program's own, not that of watching what it covers

SLOWEST = 5
"""Seconds."""
LARGEST = 1024
"""MiB."""


def _checked(path: Path, folder: Path) -> Ended:
    plan = folder / "plan.yaml"
    plan.write_text(SMALL_PLAN + PASS_RATE, encoding="utf-8")
    options = ("--plan", str(plan), "--year", "2023", "--level", "district", "--format", "json", "-q", "--lang", "zh")
    return run(("run", str(path), *options), folder)


def _judge(made: Class, path: Path, folder: Path) -> None:
    ended = _checked(path, folder)
    assert ended.seconds < SLOWEST
    assert ended.peak < LARGEST
    assert ended.code == made.exit, ended.err[-2000:] + ended.out[-2000:]
    if made.exit == 2:
        assert path.name in ended.err
        return
    assert ended.err == ""
    document = json.loads(ended.out)
    findings = [finding for finding in document["findings"] if finding["code"] != "PC219"]
    assert tuple(finding["code"] for finding in findings) == made.codes
    if made.read:
        (verdict,) = document["verdicts"]
        assert f"{verdict['numerator']}/{verdict['denominator']}" == GOOD
    for finding in findings:
        _helps(finding, path)


def _helps(finding: Mapping[str, Any], path: Path) -> None:
    """The message names the file, says what is wrong, and what to do next; it holds no Python."""
    if finding["code"] == "PC404":  # what the fault of the cell leads to
        return
    assert finding["file"] == str(path)
    assert len(finding["message"]) < 300
    assert finding["message"]
    assert finding["hint"].endswith("。")
    assert "Error" not in finding["message"] + finding["hint"]
    assert "\x1b" not in finding["message"]


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_ends_in_its_class(name: str, tmp_path: Path) -> None:
    made = WORKBOOKS[name]
    _judge(made, made.make(tmp_path), tmp_path)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_file_ends_in_its_class(name: str, tmp_path: Path) -> None:
    made = TEXTS[name]
    _judge(made, made.make(tmp_path), tmp_path)


@pytest.mark.parametrize("name", LEGACY)
def test_a_workbook_of_another_format_ends_in_its_class(name: str, tmp_path: Path) -> None:
    made = LEGACY[name]
    _judge(made, made.make(tmp_path), tmp_path)


def test_the_set_is_whole() -> None:
    assert (len(WORKBOOKS) >= 55, len(TEXTS) >= 20, len(LEGACY) >= 15) == (True, True, True)
