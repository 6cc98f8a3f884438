"""A parser that dies takes only its own file along."""

from __future__ import annotations

import faulthandler
import os
from pathlib import Path

import pytest

from plancheck.model import Plan, Return
from plancheck.pipeline import Request, assess
from plancheck.returns.read import read_file
from plancheck.returns.table import Context
from tests.conftest import MakeWorkbook, small_plan

ROWS = [["标识码", "学校名称", "学段", "测试人数", "合格人数"], ["1001", "甲校", "小学", 100, 99]]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return small_plan(tmp_path)


def test_a_parser_that_aborts_is_contained(
    plan: Plan, make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other files are judged all the same, and the one at fault is named."""

    def dying(path: Path, context: Context) -> Return:
        if path.name == "b.xlsx":
            faulthandler.disable()  # or the death would be told on the test's screen
            os.abort()
        return read_file(path, context)

    monkeypatch.setattr("plancheck.returns.many.read_file", dying)
    files = tuple(make_workbook({"表": ROWS}, name=f"{name}.xlsx") for name in "abc")
    found = assess(plan, Request(files, year=2023, jobs=2, levels=frozenset({"district"})))
    broken = [finding for finding in found.findings if finding.code == "PC205"]
    assert [Path(finding.file).name for finding in broken] == ["b.xlsx"]
    assert found.verdicts[0].numerator == 99
    assert found.exit_code == 1  # a.xlsx and c.xlsx hold the same unit
