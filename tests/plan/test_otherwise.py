"""Other readings of an indicator: what they say takes the place of its own keys, and faults are told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from plancheck.model import Ratio
from plancheck.plan.lint import lint
from plancheck.plan.load import load
from tests.plan.small import changed, places, written

RATE = "    denominator: tested\n"
READING = "    otherwise: [{id: rate@all, label: {zh: 全部, en: all}, denominator: tested + passed}]\n"


def with_readings(text: str) -> str:
    return changed(RATE, RATE + text)


def test_a_reading_is_an_indicator_of_its_own(tmp_path: Path) -> None:
    plan = load(written(tmp_path, with_readings(READING)))
    (indicator,) = [one for one in plan.indicators.values() if one.otherwise]
    (reading,) = indicator.otherwise
    assert (reading.id, reading.label.zh, reading.label.en) == ("rate@all", "全部", "all")
    assert isinstance(indicator.measure, Ratio)
    assert isinstance(reading.indicator.measure, Ratio)
    assert reading.indicator.measure.numerator == indicator.measure.numerator
    assert reading.indicator.measure.denominator != indicator.measure.denominator
    assert (reading.indicator.target, reading.indicator.otherwise) == (indicator.target, ())


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("id: rate@all, ", "", ["PC107"]),
        ("rate@all", "Rate", ["PC108"]),
        ("label: {zh: 全部, en: all}, ", "", ["PC107"]),
        ("denominator: tested + passed", "denominator: tested + pased", ["PC109"]),
        ("denominator: tested + passed", "denominater: tested", ["PC106"]),
        ("denominator: tested + passed", "level: unit", ["PC106"]),
        ("denominator: tested + passed", "value: tested", ["PC108"]),
        ("[{", "[{id: rate@all, label: {zh: 又, en: again}}, {", ["PC123"]),
        # a fault of the indicator itself is not told again for its reading
        ("    otherwise", "    least: 1\n    otherwise", ["PC106"]),
    ],
)
def test_faults_are_told_once(old: str, new: str, codes: list[str], tmp_path: Path) -> None:
    assert [code for code, _ in places(lint(written(tmp_path, with_readings(READING.replace(old, new)))))] == codes
