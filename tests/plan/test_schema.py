"""The JSON Schema: valid, true of the plans that load, and never stricter than loading."""

from __future__ import annotations

import json
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from plancheck.codes import message
from plancheck.model import Finding
from plancheck.plan.faults import Faults
from plancheck.plan.forms import ROWS
from plancheck.plan.goals import DIRECTIONS
from plancheck.plan.indicators import KINDS, LEVELS, MEASURED, NATURES
from plancheck.plan.lint import lint
from plancheck.plan.load import examine
from plancheck.plan.measures import BASES, MEASURES
from plancheck.plan.schema import schema_text, structure_faults
from plancheck.plan.timing import HALVES, TIMINGS
from plancheck.plan.yaml_tree import read_tree
from plancheck.quantity import UNITS
from tests.plan.rich import RICH
from tests.plan.small import INDICATORS, SMALL, at, changed, places, written
from tests.plan.test_plan_codes import UNUSABLE

SCHEMA: dict[str, Any] = json.loads(schema_text())


def findings_of(text: str) -> tuple[Finding, ...]:
    tree = read_tree(text, Faults("plan.yaml"))
    faults = Faults("plan.yaml")
    for fault in () if tree is None else structure_faults(tree):
        faults.add("PC113", fault.place, why=fault.why)
    return faults.listed()


def test_the_schema_is_valid_and_closed() -> None:
    Draft7Validator.check_schema(SCHEMA)
    definitions = SCHEMA["definitions"].values()
    objects = [SCHEMA, *(one for one in definitions if "properties" in one)]  # not a mapping of ids
    assert len(objects) == 15
    assert all(one["additionalProperties"] is False for one in objects)


def test_the_schema_lists_the_words_that_loading_knows() -> None:
    definitions = SCHEMA["definitions"]
    assert definitions["element"]["properties"]["unit"]["enum"] == list(UNITS)
    indicator = definitions["indicator"]["properties"]
    assert indicator["unit"]["enum"] == list(MEASURED)
    assert indicator["better"]["enum"] == list(DIRECTIONS)
    assert indicator["level"]["enum"] == list(LEVELS)
    assert indicator["due"]["anyOf"][0]["enum"] == list(TIMINGS)
    assert indicator["kind"]["enum"] == list(KINDS)
    assert indicator["nature"]["enum"] == list(NATURES)
    assert indicator["change"]["properties"]["from"]["enum"] == list(BASES)
    assert indicator["rounding"]["properties"]["half"]["enum"] == list(HALVES)
    assert definitions["form"]["properties"]["rows"]["enum"] == list(ROWS)
    assert [branch["required"][0] for branch in definitions["indicator"]["else"]["oneOf"]] == list(MEASURES)


def test_every_key_has_a_description_for_who_writes_a_plan() -> None:
    bare = {"label", "source", "note", "conflict", "on", "id"}  # said by their definition or plain
    for name, definition in SCHEMA["definitions"].items():
        for key, value in definition.get("properties", {}).items():
            assert "description" in value or "allOf" in value or "$ref" in value, (name, key)
            assert key in bare or "description" in value or value["$ref"] != "#/definitions/text", (name, key)


FILES = (INDICATORS, *sorted(INDICATORS.with_suffix("").glob("*.yaml")))


@pytest.mark.parametrize(
    "text",
    [*(file.read_text(encoding="utf-8") for file in FILES), SMALL],
    ids=[*(file.stem for file in FILES), "small"],
)
def test_plans_that_load_are_what_the_schema_describes(text: str) -> None:
    assert findings_of(text) == ()


@pytest.mark.parametrize(
    ("old", "new", "cell", "begins", "zh", "en"),
    [
        ("due: by_end", "duo: by_end", "62:5", "no: 1",
         "不符合规划文件的结构：indicators > pass_rate：有未知的键（Additional properties are not allowed ('duo' was unexpected)）",
         "Not the structure of a plan file: indicators > pass_rate: Additional properties are not allowed ('duo' was unexpected)"),
        ("rows: element", "rows: elements", "51:11", "elements",
         "不符合规划文件的结构：forms > district > rows：不在可选值之内（'elements' is not one of ['unit', 'element', 'list', 'cells']）",
         "Not the structure of a plan file: forms > district > rows: 'elements' is not one of ['unit', 'element', 'list', 'cells']"),
    ],
)  # fmt: skip
def test_a_fault_of_structure_has_its_place_and_words(
    old: str, new: str, cell: str, begins: str, zh: str, en: str
) -> None:
    text = changed(old, new)
    finding = next(one for one in findings_of(text) if one.cell == cell)
    assert finding.code == "PC113"
    assert at(text, cell).startswith(begins)
    assert message("PC113", finding.params, "zh") == zh
    assert message("PC113", finding.params, "en") == en


def test_numbers_and_truths_are_typed_as_an_editor_would() -> None:
    assert findings_of(changed('baseline: "97.5"', "baseline: 97.5").replace("roster: true", "roster: false")) == ()


def test_lint_adds_what_only_the_schema_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stricter = json.dumps({"properties": {"rulings": {"maxItems": 0}, "plan": {"maxProperties": 1}}})
    monkeypatch.setattr(import_module("plancheck.plan.schema"), "schema_text", lambda: stricter)
    path = written(tmp_path, changed("document: ", "dokument: "))
    # The part `plan` has a fault of its own already, so nothing is said of it twice.
    assert places(lint(path)) == [("PC107", "1:1"), ("PC106", "4:3"), ("PC113", "94:3")]


# ------------------------------------------------------------- whatever the schema refuses, loading refuses as well


MORE = (
    ("share: ", "narrative: {zh: 甲, en: A}\n    share: "),
    ("share: ", "at_least: 2\n    share: "),
    ("share: ", "change: {from: prior_year}\n    share: "),
    ("share: ", "count: smart\n    share: "),
    ("share: ", "weight: tested\n    share: "),
    ("    level: unit\n", "    level: unit\n    nature: hope\n"),
    ("    level: unit\n", "    level: unit\n    coverage: 80\n"),
    ("    level: unit\n", "    level: unit\n    rounding: {half: up}\n"),
    ("    level: unit\n", "    level: unit\n    years: []\n"),
    ("    level: unit\n", "    level: unit\n    superseded: {since: 2022}\n"),
    ("    level: unit\n", "    level: unit\n    revised: [{since: 2022}]\n"),
    ("    level: unit\n", "    level: unit\n    restated: [{id: A, source: {clause: a, quote: b}}]\n"),
    ("    level: unit\n", "    level: unit\n    steps: {soon: '5'}\n"),
    ("due: 2023", "due: {if: later}"),
    ("attributes: [area]", "attributes: [area]\n  groups: {area: []}"),
    ("rulings:\n", "groups: {}\nrulings:\n"),
    ("rows: unit\n    by", "rows: list\n    by"),
    ("rows: unit\n    by", "rows: unit\n    key: name\n    by"),
    ("rows: unit\n    by", "rows: unit\n    values: [a]\n    by"),
    ("    values: [填报值]\n", "    by: [money]\n"),
    ("unit: choice", "unit: text"),
    ("    choices: {public: [公办, '1'], private: [民办, '2']}\n", ""),
    ("columns: [money, kept]", "columns: []"),
    ("columns: [money, kept]", "columns: {}"),
    ("columns: [money, kept]", "columns: money"),
    ("columns: [money, kept]", "columns: [money, [kept]]"),
    ("[人数 > 测试, 参测人数]", "[]"),
    ("series: {primary: money × 2, other: money}", "series: {}"),
    ("series: {primary: money × 2, other: money}", "series: [money]"),
    ("series: {primary: money × 2, other: money}", "series: {primary: [money]}"),
    ("target: 只增不减", "target: {primary: [只增不减]}"),
    ("baseline: 2020", "baseline: 1066"),
    ("baseline: 2020", "baseline: 二〇二〇"),
    ("document: 文〔2021〕1号", "document:"),
    ("document: 文〔2021〕1号", "document: ''"),
    ("stages:\n    primary", "stages:\n    Primary"),
    ("words: [初中部]", "words: 初中部"),
    ("words: [初中部]", "words: [{a: b}]"),
    ("words: [初中部]", "words: "),
    ("rulings:\n", "rulings: {}\nrules:\n"),
    ("quote: 超过98%}]", "quote: 超过98%, page: 3}]"),
    ("on: [pass_rate]", "on: pass_rate"),
    ("level: unit", "level: school"),
    ("due: 2023", "due: 23"),
    ("no: 1", "no: 0"),
    ("no: 1", "no: 10000"),
    ("no: 1", "no: -1"),
    ("no: 1", "no: 1.5"),
    ("baseline: \"-\"", "baseline: [1]"),
    ("roster: true", "roster: 1"),
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [changed(old, new) for old, new in MORE] + [changed(case.old, case.new) for case in UNUSABLE],
)
def test_what_the_schema_refuses_does_not_load(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = written(tmp_path_factory.mktemp("plan"), text)
    examined = examine(path)
    if findings_of(text):
        assert examined.findings
    # Each fault of structure is one that loading has seen in the same part of the file, so lint says it once.
    assert lint(path) == examined.findings


@pytest.mark.parametrize(("old", "new"), MORE)
def test_the_schema_sees_the_faults_of_structure(old: str, new: str) -> None:
    assert findings_of(changed(old, new)) != ()


def test_what_stands_in_a_key_out_of_place_is_no_second_fault(tmp_path: Path) -> None:
    text = SMALL.replace("en: Type}, unit: text", "en: Type}, unit: text, choices: {a: b}")
    assert [code for code, _ in places(lint(written(tmp_path, text)))] == ["PC106"]


_SMALL: Final[tuple[Any, ...]] = (
    "",
    "x",
    5,
    2024,
    -1,
    1.5,
    True,
    None,
    "primary",
    "tested",
    "≥5",
    [],
    {},
    ["a"],
    {"a": "b"},
)
_LEAVES = st.sampled_from(_SMALL).map(deepcopy)  # a mutant may write into one


ADDED = (
    "x", "no", "target", "choices", "values", "by", "key", "of", "value", "count", "change", "milestone", "least",
    "floor", "steps", "years", "narrative", "due", "unit",
)  # fmt: skip


@st.composite
def mutants(draw: st.DrawFn) -> Any:
    """The small plan with a few of its parts removed, replaced, or given a key of their own."""
    plan = yaml.load(draw(st.sampled_from([SMALL, RICH])), yaml.CSafeLoader)
    for _ in range(draw(st.integers(1, 3))):
        parts = list(_parts(plan))
        holder, key = parts[draw(st.integers(0, len(parts) - 1))]
        change = draw(st.sampled_from(["remove", "replace", "add"]))
        if change == "remove":
            del holder[key]
        elif change == "replace":
            holder[key] = draw(_LEAVES)
        elif isinstance(holder[key], dict):
            holder[key][draw(st.sampled_from(ADDED))] = draw(_LEAVES)
    return plan


def _parts(node: Any) -> Any:
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield node, key
        yield from _parts(node[key])


@settings(max_examples=60, deadline=None)
@given(mutants())
def test_loading_is_never_laxer_than_the_schema(tmp_path_factory: pytest.TempPathFactory, mutant: Any) -> None:
    text = yaml.dump(mutant, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    path = written(tmp_path_factory.getbasetemp(), text)
    if findings_of(text):
        assert examine(path).findings, text
    assert all(code != "PC113" for code, _ in places(lint(path))), text
