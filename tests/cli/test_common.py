"""The language is known before anything else is, wherever it is named."""

from __future__ import annotations

import pytest

from plancheck.cli.common import Common, read_common
from plancheck.language import Lang


@pytest.mark.parametrize(
    ("environment", "system", "lang"),
    [
        ({}, "", "en"),
        ({"LANG": "zh_CN.UTF-8"}, "", "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "", "en"),
        ({"LANG": "C", "LC_MESSAGES": "zh_CN.GBK"}, "", "zh"),
        ({"LANG": "zh_CN.UTF-8", "PLANCHECK_LANG": "en"}, "", "en"),
        ({"LC_ALL": "", "LANG": "zh_TW"}, "", "zh"),
        ({}, "Chinese (Simplified)_China", "zh"),
        ({"LANG": "en_US.UTF-8"}, "zh_CN", "en"),
    ],
)
def test_language_of_the_environment(environment: dict[str, str], system: str, lang: Lang) -> None:
    assert read_common([], environment, system).lang == lang


@pytest.mark.parametrize(
    ("arguments", "common"),
    [
        (["run", "a", "--lang", "zh"], Common("zh", False, ("run", "a"))),
        (["--lang=zh", "run", "a"], Common("zh", False, ("run", "a"))),
        (["run", "--traceback", "a"], Common("en", True, ("run", "a"))),
        (["run", "--", "--lang"], Common("en", False, ("run", "--", "--lang"))),
        (["run", "--lang", "fr"], Common("en", False, ("run",), "fr")),
        (["run", "--lang"], Common("en", False, ("run",), "")),
    ],
)
def test_what_is_taken_off_the_line(arguments: list[str], common: Common) -> None:
    assert read_common(arguments, {}, "") == common
