"""A pattern answers as a compiled expression does, and is compiled when first asked."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import plancheck
from plancheck.pattern import Pattern

ROOMS = Path(plancheck.__file__).parent


@pytest.mark.parametrize("asked", ["match", "fullmatch", "search", "split", "findall"])
def test_it_answers_as_re_does(asked: str) -> None:
    for text in ("a1b22", "22", "", "ab"):
        found, expected = (getattr(one, asked)(text) for one in (Pattern("([0-9]+)"), re.compile("([0-9]+)")))
        if isinstance(expected, re.Match):
            assert (found.span(), found.groups()) == (expected.span(), expected.groups())
        else:
            assert found == expected


def test_bytes_flags_and_the_rest() -> None:
    pattern = Pattern(rb"x(.)", re.IGNORECASE)
    assert pattern.sub(rb"\1", b"aXbxc") == b"abc"
    assert [found[1] for found in pattern.finditer(b"aXbxc")] == [b"b", b"c"]
    with pytest.raises(AttributeError, match="groups"):
        _ = pattern.groups


def test_it_is_compiled_when_first_asked() -> None:
    faulty = Pattern("(")
    with pytest.raises(re.error):
        faulty.search("")


def test_no_module_compiles_one_when_it_is_imported() -> None:
    compiling = [
        f"{file.relative_to(ROOMS)}:{node.lineno}"
        for file in ROOMS.rglob("*.py")
        for statement in ast.parse(file.read_text(encoding="utf-8")).body
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef)
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"
    ]
    assert compiling == []
