"""A comparison on the screen and as JSON."""

from __future__ import annotations

import json

import jsonschema
import pytest
from msgspec.structs import replace

from plancheck.compare import compare, result_of, with_readings
from plancheck.language import LANGS, Lang
from plancheck.model.comparison import Comparison, Result
from plancheck.reports.diff_report import diff_schema, render, render_json
from plancheck.reports.figures import reading_text
from plancheck.reports.json_report import render as as_json
from plancheck.reports.page import width
from tests.conftest import ROOT
from tests.reports import fixture, rich
from tests.reports.conftest import screen, texts
from tests.reports.fixture import READINGS

GOLDEN = ROOT / "tests" / "golden"


def _found(lang: Lang = "zh") -> Comparison:
    def read(result: Result, value: int) -> Result:
        readings = (replace(READINGS[0], value=value), replace(READINGS[1], unit=f"21{value}/primary"))
        return with_readings(result, readings, reading_text)

    before = read(result_of(as_json(fixture.assessment(), lang), "before.json"), 97)
    after = result_of(as_json(rich.assessment(), lang), "after.json")
    return compare(before, replace(read(after, 98), sha256="d" * 64))


def test_the_screen(request: pytest.FixtureRequest) -> None:
    found = "".join(f"{line.rstrip()}\n" for line in texts(render(_found(), screen(100), {"passed": "合格人数"})))
    if request.config.getoption("--rewrite"):
        (GOLDEN / "diff.zh.txt").write_text(found, encoding="utf-8")
    assert found == (GOLDEN / "diff.zh.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGS)
def test_the_document_is_valid_and_as_expected(lang: Lang, request: pytest.FixtureRequest) -> None:
    text = render_json(_found(lang))
    schema = json.loads(diff_schema())
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(json.loads(text), schema)
    if request.config.getoption("--rewrite") and lang == "zh":
        (GOLDEN / "diff.zh.json").write_text(text, encoding="utf-8")
    if lang == "zh":
        assert text == (GOLDEN / "diff.zh.json").read_text(encoding="utf-8")


def test_long_lists_are_folded_on_the_screen_and_whole_in_json() -> None:
    nothing = replace(fixture.assessment(), findings=(), verdicts=())
    readings = [replace(READINGS[0], element=f"e{number}") for number in range(25)]
    before = with_readings(result_of(as_json(nothing, "zh"), "a"), readings, reading_text)
    changed = [replace(each, value=1) for each in readings]
    found = compare(before, with_readings(before, changed, reading_text))
    folded = texts(render(found, screen(), {}))
    assert "  另有 5 处（用 -v 列出）" in folded
    assert len([*render(found, screen(), {}, all_of_them=True)]) == len(folded) + 4
    assert len(json.loads(render_json(found))["values"]) == 25


@pytest.mark.parametrize("room", [40, 80])
@pytest.mark.parametrize("lang", LANGS)
def test_no_line_is_too_wide_and_none_is_alive(room: int, lang: Lang) -> None:
    lines = texts(render(_found(lang), screen(room, lang), {}))
    assert max(map(width, lines)) <= room
    assert "\x1b" not in "".join(lines)
