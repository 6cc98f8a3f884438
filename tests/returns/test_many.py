"""A parser that dies takes only its own file along."""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from plancheck.codes import message
from plancheck.model import Plan, Return
from plancheck.pipeline import Request, assess
from plancheck.returns.contained import contained_sheets, end
from plancheck.returns.doubt import doubtful_sheets
from plancheck.returns.preflight import Candidate, Refused, look
from plancheck.returns.read import read_file
from plancheck.returns.sheet import Sheet
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


def _candidate(make_workbook: MakeWorkbook) -> Candidate:
    return look(make_workbook({"表": ROWS}))


def _refusal(candidate: Candidate) -> Refused:
    with pytest.raises(Refused) as refused:
        contained_sheets(candidate)
    return refused.value


@pytest.fixture
def anew() -> Iterator[None]:
    """Let the process for workbooks in doubt begin with what the test puts in its way, and end after it."""
    end()
    yield
    end()


@pytest.mark.usefixtures("anew")
def test_one_file_alone_that_makes_its_parser_abort_is_contained(
    make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(_: Candidate) -> list[Sheet]:
        faulthandler.disable()
        os.abort()

    monkeypatch.setattr("plancheck.returns.contained.doubtful_sheets", dying)
    refused = _refusal(_candidate(make_workbook))
    assert refused.code == "PC251"
    assert message(refused.code, refused.params, "zh") == "文件无法读取：读取程序因它而中止"


@pytest.mark.usefixtures("anew")
def test_a_file_that_hangs_its_parser_is_given_up_and_the_next_one_is_read(
    make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hanging(_: Candidate) -> list[Sheet]:
        sleep(60)
        raise AssertionError

    monkeypatch.setattr("plancheck.returns.contained.SECONDS", 0.2)
    monkeypatch.setattr("plancheck.returns.contained.doubtful_sheets", hanging)
    candidate = _candidate(make_workbook)
    begin = monotonic()
    refused = _refusal(candidate)
    assert refused.code == "PC252"
    assert message(refused.code, refused.params, "en").startswith("Reading took more than 0 seconds")
    assert monotonic() - begin < 30  # not the minute it hangs, on a machine however busy
    monkeypatch.undo()
    assert [sheet.name for sheet in contained_sheets(candidate)] == ["表"]


@pytest.mark.usefixtures("anew")
@pytest.mark.parametrize("fault", ["dies", "has no memory left"])
def test_no_file_answers_for_what_others_did_to_the_process(
    fault: str, make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that read a file before is spent; the next file is read by a fresh one."""
    read: list[str] = []

    def spent(candidate: Candidate) -> list[Sheet]:
        read.append(candidate.file)
        if len(read) > 1 and fault == "dies":
            faulthandler.disable()
            os.abort()
        if len(read) > 1:
            raise MemoryError
        return doubtful_sheets(candidate)

    monkeypatch.setattr("plancheck.returns.contained.doubtful_sheets", spent)
    files = [look(make_workbook({"表": ROWS}, name=f"{name}.xlsx")) for name in "abc"]
    assert [[sheet.name for sheet in contained_sheets(file)] for file in files] == [["表"]] * 3


@pytest.mark.usefixtures("anew")
def test_a_file_that_keeps_its_parser_busy_is_given_up(
    make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_: Candidate) -> list[Sheet]:
        while True:
            pass

    monkeypatch.setattr("plancheck.returns.contained.SECONDS", 0.2)
    monkeypatch.setattr("plancheck.returns.contained.doubtful_sheets", busy)
    assert _refusal(_candidate(make_workbook)).code == "PC252"


@pytest.mark.usefixtures("anew")
def test_a_machine_that_is_busy_with_other_things_makes_no_file_unreadable(
    make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waiting(_: Candidate) -> list[Sheet]:
        sleep(0.6)
        return []

    monkeypatch.setattr("plancheck.returns.contained.SECONDS", 0.2)
    monkeypatch.setattr("plancheck.returns.contained.doubtful_sheets", waiting)
    assert contained_sheets(_candidate(make_workbook)) == []


@pytest.mark.usefixtures("anew")
def test_a_file_that_eats_memory_is_given_up(make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch) -> None:
    def eating(_: Candidate) -> list[Sheet]:
        bytearray(2**30)
        raise AssertionError

    monkeypatch.setattr("plancheck.returns.contained.doubtful_sheets", eating)
    refused = _refusal(_candidate(make_workbook))
    assert (refused.code, message(refused.code, refused.params, "en")) == (
        "PC251",
        "The file cannot be read: reading it takes too much memory",
    )
