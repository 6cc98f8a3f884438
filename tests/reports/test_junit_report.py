"""JUnit, read back by an independent reader: suites, cases, and three ends that are told apart as the exit code does."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from junitparser import JUnitXml
from msgspec.structs import replace

from plancheck.judge import exit_code
from plancheck.language import LANGS, Lang
from plancheck.model import Assessment, Finding
from plancheck.reports.clean import clean_text
from plancheck.reports.junit_report import render
from tests.reports import rich
from tests.reports.hostile import TEXTS, quoted


def _read(assessment: Assessment, lang: Lang = "zh") -> dict[str, dict[str, str]]:
    """Return for each suite its cases, each with how it ended."""
    document = JUnitXml.fromstring(render(assessment, lang).encode())
    return {
        str(suite.name): {str(case.name): type(case.result[0]).__name__ if case.result else "passed" for case in suite}
        for suite in document
    }


def test_a_suite_for_the_district_each_group_each_unit_and_each_return() -> None:
    assert [*_read(rich.assessment())] == [
        "全区 2023", "[2J山区 山区 2023", "=1+1（小学） 2101/primary 2023", "第二小学|<b>（小学） 2102/primary 2023",
        "[2J山区（初中） 2103/junior 2023", "returns.xlsx", "empty.xlsx", "报表/乡 1#.xlsx",
    ]  # fmt: skip


def test_each_verdict_ends_as_it_counts() -> None:
    assert _read(rich.assessment())["全区 2023"] == {
        "1 学前教育入园率 [enrolment]": "passed",
        "2 中小学生体质健康测试达标率 [fitness]": "passed",  # on the path to its target
        "3 义务教育专任教师中本科及以上学历比例 [bachelor]": "Skipped",  # behind, which fails nothing unless asked
        "4 智慧校园覆盖率 [smart_rate]": "Skipped",  # an aspiration
        "6 残疾儿童义务教育入学率 [disabled]": "Skipped",  # waived
        "8 “双师型”教师比例 [dual]": "Error",
        "9 教育支出逐年只增不减 [budget]": "Failure",
    }


def test_fail_on_moves_the_line() -> None:
    asked = replace(rich.assessment(), fail_on=frozenset({"behind", "unknown", "explain"}))
    found = _read(asked)
    ends = found["全区 2023"]
    assert ends["3 义务教育专任教师中本科及以上学历比例 [bachelor]"] == "Failure"
    assert ends["8 “双师型”教师比例 [dual]"] == "Failure"
    assert ends["9 教育支出逐年只增不减 [budget]"] == "Skipped"
    assert found["returns.xlsx"]["PC401 declared-differs 表6!E27"] == "Failure"
    assert found["returns.xlsx"]["PC301 not-a-number 表3!H9"] == "Skipped"


def test_what_the_baseline_knows_is_skipped_and_says_so(assessment: Assessment) -> None:
    known = replace(assessment, known=frozenset({"budget||2023|not_met", "PC202|empty.xlsx||||1"}))
    found = _read(known, "en")
    assert found["District 2023"]["9 Spending never falls [budget]"] == "Skipped"
    assert found["empty.xlsx"]["PC202 file-empty"] == "Skipped"
    assert "(known from the baseline)" in render(known, "en")


@pytest.mark.parametrize("fail_on", [frozenset(), frozenset({"not_met"}), frozenset({"must"}), frozenset({"explain"})])
@pytest.mark.parametrize("keep", ["everything", "met", "unknown", "advisory", "nothing"])
def test_a_document_without_failures_and_errors_is_an_exit_0(
    assessment: Assessment, fail_on: frozenset[str], keep: str
) -> None:
    kept = {
        "everything": assessment.verdicts,
        "met": assessment.verdicts[:1],
        "unknown": assessment.verdicts[5:6],
        "advisory": (replace(assessment.verdicts[5], marks=("advisory",)),),
        "nothing": (),
    }[keep]
    findings = assessment.findings if keep == "everything" else ()
    made = replace(
        assessment, verdicts=kept, findings=findings, fail_on=fail_on, exit_code=exit_code(kept, findings, fail_on)
    )
    ends = {end for suite in _read(made).values() for end in suite.values()}
    assert made.exit_code == (1 if "Failure" in ends else 3 if "Error" in ends else 0)


@pytest.mark.parametrize("lang", LANGS)
def test_counts_agree_with_the_cases(lang: Lang) -> None:
    document = JUnitXml.fromstring(render(rich.assessment(), lang).encode())
    given = [(suite.tests, suite.failures, suite.errors, suite.skipped) for suite in document]
    found = [[*suite.values()] for suite in _read(rich.assessment(), lang).values()]
    assert given == [(len(ends), ends.count("Failure"), ends.count("Error"), ends.count("Skipped")) for ends in found]
    root = ET.fromstring(render(rich.assessment(), lang))  # noqa: S314 - our own document
    assert root.get("tests") == str(sum(suite[0] for suite in given))


@pytest.mark.parametrize("text", TEXTS)
def test_foreign_text_comes_back_whole(assessment: Assessment, text: str) -> None:
    finding = Finding("PC309", text, text, "B2", params={"column": "x", "found": text})
    root = ET.fromstring(  # noqa: S314 - our own document
        render(replace(assessment, findings=(finding,), verdicts=()), "zh").encode()
    )
    said = clean_text(text)
    failure = root.find("./testsuite/testcase/failure")
    assert failure is not None
    assert quoted(text) in (failure.text or "")
    assert quoted(text) in failure.get("message", "")
    assert root[0].get("name") == said
    assert {each.tag for each in root.iter()} == {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure",
    }  # fmt: skip
