"""The descriptor by which `frictionless validate` checks the district workbook.

It does less than the 16 checks: frictionless knows no sums over rows and no ratios. What it can state is stated:
types, required columns, lower bounds, unique codes, codes of ten digits, yes or no.
"""

from __future__ import annotations

import json
from pathlib import Path

from layouts import (
    FIRST_ROW,
    FITNESS,
    FITNESS_SHEET,
    KINDERGARTENS,
    KINDERGARTENS_SHEET,
    SCHOOLS,
    SCHOOLS_SHEET,
    VISION,
    VISION_SHEET,
)

DESCRIPTOR = "district.package.json"
SHEETS = {
    SCHOOLS_SHEET: SCHOOLS,
    KINDERGARTENS_SHEET: KINDERGARTENS,
    FITNESS_SHEET: FITNESS,
    VISION_SHEET: VISION,
}
ROWS = 110
TEXTS = ("school_name", "school_type", "stage", "township", "kg_ownership", "kg_grade")
FLAGS = ("smart_campus", "green_school", "safe_campus", "kg_inclusive")


def write(folder: Path) -> None:
    """Write the descriptor beside district.xlsx."""
    resources = [_resource(number, name, elements) for number, (name, elements) in enumerate(SHEETS.items(), 1)]
    text = json.dumps({"name": "district", "resources": resources}, ensure_ascii=False, indent=1)
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8")


def _resource(number: int, sheet: str, elements: tuple[str, ...]) -> dict[str, object]:
    first = FIRST_ROW[sheet]
    aside = [*range(1, first), *range(first + ROWS, first + ROWS + 4)]
    return {
        "name": f"table{number}",
        "type": "table",
        "path": "district.xlsx",
        "format": "xlsx",
        "dialect": {"header": False, "commentRows": aside, "excel": {"sheet": sheet}},
        "schema": {"fields": [_field(element or f"column{at}") for at, element in enumerate(elements)]},
    }


def _field(element: str) -> dict[str, object]:
    if element == "school_code":
        return {"name": element, "type": "string", "constraints": {"required": True, "pattern": "[1-9][0-9]{9}"}}
    if element in TEXTS or element == "column24":  # 备注
        return {"name": element, "type": "string"}
    if element in FLAGS:
        return {"name": element, "type": "string", "constraints": {"enum": ["是", "否"]}}
    if element == "fit_pass_rate_stated":
        return {"name": element, "type": "number", "constraints": {"minimum": 0, "maximum": 1}}
    return {"name": element, "type": "integer", "constraints": {"minimum": 0}}
