"""The pinned document: every key by its name and type, in what a whole run prints. Written from the interface's text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest

from plancheck.codes import CODES

ROOT = Path(__file__).parents[2]
EXACT: Final = re.compile(r"-?\d+(\.\d+)?(/\d+)?")
"""An exact number: 2418/2467, 98.5, 12."""
DISPLAY: Final = re.compile(r"-?\d+(\.\d+)?")
DIGEST: Final = re.compile("[0-9a-f]{64}")
PROGRAM: Final = (sys.executable, "-m", "plancheck")


Shape = Any
"""A type, a pattern, a set of allowed values, a tuple of alternatives, a list of one shape, a dict of key -> shape."""

READING: Final = {
    "file": str, "sheet": str, "cell": re.compile("[A-Z]{1,3}[1-9][0-9]*"), "raw": str, "value": (str, None),
    "element": str,
}  # fmt: skip
VERDICT: Final = {
    "indicator": str,
    "no": (int, None),
    "level": {"district", "unit", "group"},
    "unit": (str, None),
    "name": str,
    "period": int,
    "outcome": {"met", "not_met", "unknown", "not_applicable"},
    "progress": ({"on_track", "behind", "not_due"}, None),
    "provisional": bool,
    "marks": [{"advisory", "aspiration", "waived"}],
    "value": ({"exact": EXACT, "display": DISPLAY}, None),
    "numerator": (EXACT, None),
    "denominator": (EXACT, None),
    "target": {"text": str, "operator": {">=", ">", "<=", "<", "=="}, "bound": (EXACT, None)},
    "coverage": {"reported": int, "expected": int},
    "gap": ({"amount": EXACT, "unit": str, "people": (int, None)}, None),
    "reason": (str, None),
    "readings": [READING],
}
FINDING: Final = {
    "code": re.compile(r"PC\d\d\d"), "name": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "severity": {"error", "warning", "note"}, "kind": {"must", "explain", "note"},
    "file": str, "sheet": str, "cell": str, "unit": str, "message": str, "hint": str,
}  # fmt: skip
DOCUMENT: Final = {
    "schema": {"plancheck/assessment/1"},
    "plan": {"id": str, "title": str, "sha256": DIGEST},
    "periods": [int],
    "verdicts": [VERDICT],
    "findings": [FINDING],
    "rows": [{"file": str, "sheet": str, "read": int, "used": int, "left_out": dict}],
    "summary": {"met": int, "not_met": int, "unknown": int},
    "exit": int,
}


def faults(found: Any, shape: Shape, at: str = "$") -> list[str]:
    """Return where a document has not the shape; keys beyond those of the shape are no fault."""
    if isinstance(shape, dict):
        if not isinstance(found, dict):
            return [f"{at} is no object"]
        missing = [f"{at} has no {key}" for key in shape if key not in found]
        return missing + [
            each for key, of in shape.items() if key in found for each in faults(found[key], of, f"{at}.{key}")
        ]
    if isinstance(shape, list):
        if not isinstance(found, list):
            return [f"{at} is no list"]
        return [each for number, item in enumerate(found) for each in faults(item, shape[0], f"{at}[{number}]")]
    if isinstance(shape, tuple):
        return min((faults(found, each, at) for each in shape), key=len)
    return [] if _is(found, shape) else [f"{at} is {found!r}"]


def _is(found: Any, shape: Shape) -> bool:
    if shape is None or isinstance(shape, set):
        return found is None if shape is None else found in shape
    if isinstance(shape, re.Pattern):
        return isinstance(found, str) and shape.fullmatch(found) is not None
    return type(found) is shape  # so that true is no number


def document(*arguments: str) -> Any:
    """Return what a run prints."""
    command = (*PROGRAM, "run", *arguments, "--format", "json", "--as-of", "2024-01-15", "-q")
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=False).stdout)


@pytest.fixture(scope="module")
def printed() -> Any:
    """Return the document of the district's return and one school's own form, at each level."""
    levels = ("--level", "district,unit", "--by", "township", "--all")
    return document("examples/returns.xlsx", "examples/school.xlsx", *levels)


def test_each_key_has_its_name_and_type(printed: Any) -> None:
    assert faults(printed, DOCUMENT) == []
    keys = list(printed)
    assert sorted(DOCUMENT, key=keys.index) == list(DOCUMENT)


def test_the_shape_is_not_met_by_anything(printed: Any) -> None:
    broken = json.loads(json.dumps(printed))
    first = broken["verdicts"][0]
    first["value"]["exact"] = 0.98
    first["unit"] = 1
    first["provisional"] = 0
    first["readings"][0]["cell"] = "5B"
    del broken["findings"][0]["hint"]
    assert len(faults(broken, DOCUMENT)) == 5


def test_every_alternative_occurs(printed: Any) -> None:
    """What the shape allows must be seen, or the test above says nothing of it."""
    verdicts = printed["verdicts"]
    assert {each["level"] for each in verdicts} == {"district", "unit", "group"}
    assert {each["outcome"] for each in verdicts} == {"met", "not_met", "unknown"}
    assert {each["progress"] for each in verdicts} == {"on_track", "behind", "not_due", None}
    assert {mark for each in verdicts for mark in each["marks"]} == {"advisory", "aspiration"}
    assert {type(each["no"]) for each in verdicts} == {int, type(None)}
    assert {each["gap"] and each["gap"]["people"] is None for each in verdicts} == {None, True, False}
    assert {each["severity"] for each in printed["findings"]} == {"error", "warning", "note"}
    assert {each["kind"] for each in printed["findings"]} == {"must", "explain", "note"}
    assert {"total", "blank", "header", "note"} <= {key for each in printed["rows"] for key in each["left_out"]}


def test_a_district_has_no_unit_a_unit_its_code_and_stage_a_group_its_word(printed: Any) -> None:
    units: dict[str, set[str | None]] = {}
    for each in printed["verdicts"]:
        units.setdefault(each["level"], set()).add(each["unit"])
    assert units["district"] == {None}
    assert all(unit and re.fullmatch(r"\d{10}(/[a-z]+)?", unit) for unit in units["unit"])
    assert {"怀柔镇", "雁栖镇"} <= units["group"]
    assert not any(unit is None or re.search(r"\d", unit) for unit in units["group"])


def test_a_gap_is_in_points_for_a_rate_and_in_its_unit_for_an_amount(printed: Any) -> None:
    district = {each["indicator"]: each for each in printed["verdicts"] if each["level"] == "district"}
    # 26,939 and 118 of 27,500 and 121 pupils: 98 % of 27,621 is 27,068.58, so 12 more than 27,057
    lacking = Fraction(98 * 27_621 - 100 * 27_057, 27_621)
    assert district["fitness_pass_rate"]["gap"] == {"amount": str(lacking), "unit": "point", "people": 12}
    assert district["public_budget_edu_nondecreasing"]["gap"] is None
    # spending per primary pupil: 73,852 x 10,000 / 17,569 now, 71,936 x 10,000 / 16,893 the year before
    per_pupil = district["per_student_public_budget_edu_nondecreasing"]["gap"]
    fall = Fraction(71_936 * 10_000, 16_893) - Fraction(73_852 * 10_000, 17_569)
    assert per_pupil == {"amount": str(fall), "unit": "yuan", "people": None}


def test_the_published_schema_accepts_it_and_names_each_pinned_key(printed: Any) -> None:
    done = subprocess.run((*PROGRAM, "schema", "assessment"), cwd=ROOT, capture_output=True, check=True)
    schema = json.loads(done.stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(printed, schema)
    assert set(DOCUMENT) <= set(schema["required"])
    parts = schema["definitions"]
    assert set(VERDICT) <= set(parts["verdict"]["required"])
    assert set(FINDING) <= set(parts["finding"]["required"])
    assert set(READING) <= set(parts["reading"]["required"])


def test_each_finding_is_that_of_its_code(printed: Any) -> None:
    for each in printed["findings"]:
        code = CODES[each["code"]]
        assert (each["name"], each["severity"], each["kind"]) == (code.name, code.severity, code.kind)
        assert each["message"]
        assert each["hint"]


def test_one_school_s_own_form_says_whether_it_can_go_in(printed: Any) -> None:
    nothing = {"correct": 0, "explain": 0, "explained": 0, "empty": False}
    assert printed["readiness"] is None  # of two returns there is no one answer
    assert document("examples/school.xlsx")["readiness"] == {**nothing, "ready": True}
    found = document("examples/school-to-correct.xlsx")
    kinds = [each["kind"] for each in found["findings"]]
    assert found["readiness"] == {**nothing, "ready": False, "correct": 4, "explain": 3}
    assert (kinds.count("must"), kinds.count("explain")) == (4, 3)


def test_the_summary_counts_the_verdicts_and_the_exit_is_that_of_the_process(printed: Any) -> None:
    for outcome in ("met", "not_met", "unknown", "not_applicable"):
        assert printed["summary"][outcome] == sum(each["outcome"] == outcome for each in printed["verdicts"])
    for arguments, code in (
        (("examples/returns.xlsx",), 1),
        (("examples/school.xlsx",), 0),
        (("examples/returns.xlsx", "--only", "5", "--fail-on", "not_met"), 0),
    ):
        command = (*PROGRAM, "run", *arguments, "--format", "json", "-q")
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == json.loads(done.stdout)["exit"] == code
