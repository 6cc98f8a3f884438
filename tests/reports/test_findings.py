"""Findings on the screen: worst first, in the order of the sheets, folded where there are too many."""

from __future__ import annotations

from plancheck.model import Finding
from plancheck.reports.findings import by_grade, finding_lines, plan_lines
from tests.reports.conftest import screen, texts
from tests.reports.fixture import FINDINGS


def test_worst_first() -> None:
    assert [(each, len(found)) for each, found in by_grade(FINDINGS).items()] == [
        ("error", 1), ("must", 2), ("explain", 1), ("warning", 12), ("note", 1),
    ]  # fmt: skip


def test_places_are_in_the_order_people_count_in() -> None:
    def found(sheet: str, cell: str) -> Finding:
        return Finding("PC306", "a.xlsx", sheet, cell)

    given = [found("表10", "A1"), found("表2", "AA3"), found("表2", "B10"), found("表2", "B3"), found("表2", "B9")]
    assert [(each.sheet, each.cell) for each in by_grade(given)["must"]] == [
        ("表2", "B3"), ("表2", "AA3"), ("表2", "B9"), ("表2", "B10"), ("表10", "A1"),
    ]  # fmt: skip


def test_a_finding_says_where_what_and_what_to_do() -> None:
    lines = texts(finding_lines(FINDINGS, screen(), all_of_them=False))
    at = lines.index("必须更正 2")
    assert lines[at + 1 : at + 4] == [
        "  returns.xlsx › 表3!H9  PC301 not-a-number",
        "    “合格人数”应为数字，现为“[2J山区”",
        "    → 请只填数字。",
    ]


def test_a_file_without_a_sheet_is_a_place_too() -> None:
    lines = texts(finding_lines([Finding("PC202", "empty.xlsx")], screen(lang="en"), all_of_them=False))
    assert lines == [
        "Not read or not judged 1",
        "  empty.xlsx  PC202 file-empty",
        "    The file is empty (0 bytes)",
        "    → Export or submit the file again.",
    ]


def test_beyond_ten_of_a_code_are_folded_and_notes_only_counted() -> None:
    lines = texts(finding_lines(FINDINGS, screen(), all_of_them=False))
    assert sum("PC220 return-missing" in line for line in lines) == 11
    assert "  另有 2 条 PC220 return-missing（用 -v 全部列出）" in lines
    assert lines[-1] == "说明 1 条（用 -v 列出）"


def test_verbose_folds_nothing() -> None:
    lines = texts(finding_lines(FINDINGS, screen(), all_of_them=True))
    assert sum("PC220 return-missing" in line for line in lines) == 12
    assert any("PC216" in line for line in lines)


def test_faults_of_a_plan_look_like_those_of_a_compiler() -> None:
    finding = Finding("PC107", "plan.yaml", cell="7:3", params={"where": "indicators", "key": "target"})
    assert list(plan_lines([finding], "en")) == [
        "plan.yaml:7:3: PC107 missing-key: indicators lacks 'target'",
        "    Add 'target: …'.",
    ]
    assert next(plan_lines([Finding("PC101", "x.yaml", params={"why": "?"})], "zh")).startswith(
        "x.yaml: PC101 plan-unreadable"
    )
