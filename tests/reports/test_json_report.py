"""The machine form: the pinned document, valid against its own schema, the same bytes every time."""

from __future__ import annotations

import json

import jsonschema
import pytest
from msgspec.structs import replace

from plancheck.language import LANGS, Lang
from plancheck.model import Assessment
from plancheck.reports.json_report import assessment_schema, pieces, render

PINNED = ["schema", "plan", "periods", "verdicts", "findings", "rows", "summary", "exit"]
PINNED_VERDICT = [
    "indicator", "no", "level", "unit", "name", "period", "outcome", "progress", "provisional", "marks", "value",
    "numerator", "denominator", "target", "coverage", "gap", "reason", "readings",
]  # fmt: skip
PINNED_FINDING = [
    "code",
    "name",
    "severity",
    "kind",
    "file",
    "sheet",
    "cell",
    "unit",
    "message",
    "hint",
    "period",
    "check",
]


@pytest.mark.parametrize("lang", LANGS)
def test_document_is_valid_against_its_schema(assessment: Assessment, lang: Lang) -> None:
    schema = json.loads(assessment_schema())
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(json.loads(render(assessment, lang)), schema)


def test_empty_document_is_valid(assessment: Assessment) -> None:
    empty = replace(assessment, verdicts=(), findings=(), sheets=(), files={}, roster=None, exit_code=3)
    jsonschema.validate(json.loads(render(empty, "zh")), json.loads(assessment_schema()))


def test_schema_refuses_a_document_without_its_parts() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": "plancheck/assessment/1"}, json.loads(assessment_schema()))


def test_pinned_keys_stand_in_their_order(assessment: Assessment) -> None:
    document = json.loads(render(assessment, "zh"))
    assert [key for key in document if key in PINNED] == PINNED
    assert [key for key in document["verdicts"][0] if key in PINNED_VERDICT] == PINNED_VERDICT
    assert list(document["findings"][0]) == PINNED_FINDING
    assert document["rows"][0] == {
        "file": "returns.xlsx", "sheet": "表3", "read": 9, "used": 4, "left_out": {"header": 2, "total": 2, "no_unit": 1},
    }  # fmt: skip
    assert document["exit"] == 1


def test_a_rate(assessment: Assessment) -> None:
    verdict = json.loads(render(assessment, "zh"))["verdicts"][1]
    assert verdict["value"] == {"exact": "2449/2500", "display": "97.96"}
    assert (verdict["numerator"], verdict["denominator"]) == ("2449", "2500")
    assert verdict["target"] == {"text": "≥98", "operator": ">=", "bound": "98", "implied": False}
    assert verdict["coverage"] == {"reported": 41, "expected": 42}
    assert verdict["gap"] == {"amount": "0.04", "unit": "point", "people": 1}
    assert verdict["required"] == "97.6"
    assert (verdict["status"], verdict["due"], verdict["failing"]) == ("on_track", False, False)
    assert verdict["reason"] == "1 个单位未报，可能改变结论"
    assert verdict["formula"] == "passed ÷ tested"
    assert verdict["readings"][0] == {
        "file": "returns.xlsx", "sheet": "表3", "cell": "H5", "raw": "９７", "value": "97", "element": "passed",
        "unit": "2101/primary", "period": 2023,
    }  # fmt: skip


def test_a_gap_is_not_rounded(assessment: Assessment) -> None:
    verdict = json.loads(render(assessment, "zh"))["verdicts"][3]
    assert verdict["gap"] == {"amount": "5/3", "unit": "point", "people": 1}
    assert verdict["value"] == {"exact": "5/6", "display": "83.33"}


def test_an_amount(assessment: Assessment) -> None:
    verdict = json.loads(render(assessment, "en"))["verdicts"][6]
    assert verdict["value"] == {"exact": "188000", "display": "188000"}
    assert verdict["target"]["bound"] is None
    assert verdict["gap"] == {"amount": "93", "unit": "10k_yuan", "people": None}


def test_an_unknown(assessment: Assessment) -> None:
    verdict = json.loads(render(assessment, "zh"))["verdicts"][5]
    assert (verdict["value"], verdict["gap"], verdict["progress"]) == (None, None, None)
    assert verdict["reason"] == "没有读到合格人数"


def test_language_changes_words_only(assessment: Assessment) -> None:
    def figures(lang: Lang) -> list[object]:
        verdicts = json.loads(render(assessment, lang))["verdicts"]
        return [
            {key: value for key, value in each.items() if key not in ("name", "label", "reason")} for each in verdicts
        ]

    assert figures("zh") == figures("en")


def test_same_bytes_every_time(assessment: Assessment) -> None:
    assert render(assessment, "zh") == render(assessment, "zh") == "".join(pieces(assessment, "zh"))


def test_foreign_text_is_clean_and_encodable(assessment: Assessment) -> None:
    hostile = replace(assessment, files={"a\ud800\x1b.xlsx": ""})
    text = render(hostile, "zh")
    assert text.encode()
    assert "\\u001b" not in text
    assert json.loads(text)["verdicts"][7]["name"] == "[2J山区"
