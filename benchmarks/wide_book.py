"""A thousand schools and sixty indicators: a plan and a workbook made for each other, to measure what results cost."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl

SCHOOLS, INDICATORS = 1_000, 60
TYPES = ("primary", "小学", "小学部")


def wide(folder: Path) -> None:
    """Write the plan and the workbook."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.yaml").write_text(_plan(), encoding="utf-8")
    chance = random.Random(60)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("学校表")
    sheet.append(["2023年学校表"])
    pairs = [f"{part}{number:02}" for number in range(INDICATORS) for part in ("达标人数", "总人数")]
    sheet.append(["标识码", "学校名称", *pairs])
    for serial in range(SCHOOLS):
        figures: list[int] = []
        for _ in range(INDICATORS):
            whole = chance.randint(80, 900)
            figures += [whole - chance.randint(0, whole // 20), whole]
        sheet.append([f"{serial:04}", f"第{serial + 1}小学", *figures])
    book.save(folder / "returns.xlsx")


def _plan() -> str:
    stage, label, word = TYPES
    lines = [
        "plan: {id: wide, title: {zh: 宽规划, en: Wide plan}, document: 〔2021〕1号, baseline: 2020, target: 2025}",
        "units:",
        "  code: school_code",
        "  name: school_name",
        "  stage: stage",
        "  type: school_type",
        "  code_pattern: '[0-9]{4}'",
        "  attributes: [school_type]",
        f"  stages: {{{stage}: {{label: {{zh: {label}, en: {stage}}}, words: [{word}]}}}}",
        f"  types: {{{label}: [{stage}]}}",
        "elements:",
        "  school_code: {label: {zh: 标识码, en: Code}, unit: text}",
        "  school_name: {label: {zh: 学校名称, en: School}, unit: text}",
        "  school_type: {label: {zh: 办学类型, en: Type}, unit: text}",
        "  stage: {label: {zh: 学段, en: Stage}, unit: text}",
    ]
    names = []
    for number in range(INDICATORS):
        names += [f"met{number:02}", f"all{number:02}"]
        lines.append(f"  met{number:02}: {{label: {{zh: 达标人数{number:02}, en: Met {number}}}, unit: person}}")
        lines.append(f"  all{number:02}: {{label: {{zh: 总人数{number:02}, en: All {number}}}, unit: person}}")
    lines += [
        "forms:",
        "  schools:",
        "    title: {zh: 学校表, en: Schools}",
        "    rows: unit",
        f"    stage: {stage}",
        "    required: [school_name]",
        f"    columns: [school_code, school_name, {', '.join(names)}]",
        "indicators:",
    ]
    for number in range(INDICATORS):
        lines += [
            f"  rate{number:02}:",
            f"    no: {number + 1}",
            f"    label: {{zh: 第{number + 1}项达标率, en: Rate {number + 1}}}",
            "    unit: percent",
            f"    numerator: met{number:02}",
            f"    denominator: all{number:02}",
            "    target: '≥98'",
            "    due: by_end",
            "    baseline: 90",
            f"    source: {{clause: 第{number + 1}条, quote: ≥98}}",
        ]
    return "\n".join(lines) + "\n"
