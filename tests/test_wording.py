"""Each word exists in both languages, with the same placeholders, and is used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import plancheck
from plancheck.wording import PARTS, WORDS, say

PACKAGE = Path(plancheck.__file__).parent
SOURCES = {
    path: path.read_text(encoding="utf-8")
    for folder in ("cli", "reports")
    for path in sorted((PACKAGE / folder).rglob("*.py"))
}
SOURCES |= {path: path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "reports").glob("*/*.j2"))}
# Families whose keys are put together from a status, a level and the like.
BUILT = (
    "status",
    "mark",
    "level",
    "due",
    "column",
    "exit",
    "grade",
    "rows",
    "hidden",
    "absent",
    "severity",
    "kind",
    "commitment",
    "help",
    "why",
    "explanation",
    "diff",
    "term",
    "measure",
    "base",
    "beside",
)


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_each_word_stands_in_one_table() -> None:
    assert sum(map(len, PARTS)) == len(WORDS)


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_things(key: str) -> None:
    assert _placeholders(WORDS[key].zh) == _placeholders(WORDS[key].en)
    assert bool(WORDS[key].zh) == bool(WORDS[key].en)


@pytest.mark.parametrize("key", [key for key in WORDS if key.split(".")[0] not in BUILT])
def test_every_word_is_used(key: str) -> None:
    assert any(f'"{key}"' in text or f"'{key}'" in text for text in SOURCES.values())


def test_every_word_asked_for_exists() -> None:
    asked = re.compile(r"""(?:say\(|help=|metavar=)["']([a-z]+\.[a-z_0-9]+)["']""")
    missing = {key for text in SOURCES.values() for key in asked.findall(text)} - WORDS.keys()
    assert not missing


def test_say_fills_placeholders_in_the_language() -> None:
    assert say("head.returns", "zh", count=3) == "上报表 3 份"
    assert say("head.returns", "en", count=3) == "returns: 3"
    with pytest.raises(KeyError):
        say("no.such.word", "zh")
