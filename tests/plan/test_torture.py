"""Broken and hostile plan files: every one ends in its class, in time and in little memory, and says where and why."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

import pytest

from tests.plan.small import SMALL
from tests.returns.torture.child import run

pytestmark = pytest.mark.no_cover  # the time is the program's own, not that of watching what it covers

SLOWEST: Final = 5
LARGEST: Final = 1024

_BOMB: Final = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}x]\n" for n in range(1, 10))
_MERGE: Final = "b0: &b0 {k0: v}\n" + "".join(
    f"b{n}: &b{n} {{<<: [{', '.join([f'*b{n - 1}'] * 9)}], k{n}: v}}\n" for n in range(1, 9)
)

PLANS: Final[dict[str, tuple[str | bytes, str]]] = {
    "nothing": (b"", "PC101"),
    "a comment only": ("# 规划\n", "PC101"),
    "a mark only": (b"\xef\xbb\xbf", "PC101"),
    "a text instead of a mapping": ("十四五规划\n", "PC108"),
    "a list instead of a mapping": ("- 1\n- 2\n", "PC108"),
    "aliases that multiply": (SMALL + _BOMB, "PC104"),
    "merges that multiply": (SMALL + _MERGE, "PC104"),
    "an alias of itself": (SMALL + "more: &a [*a]\n", "PC104"),
    "an alias of nothing": (SMALL + "more: *nothing\n", "PC104"),
    "a tag that builds objects": (SMALL + "more: !!python/object/apply:os.system ['id']\n", "PC104"),
    "a tag of one's own": (SMALL + "more: !mine x\n", "PC104"),
    "a binary tag": (SMALL + "more: !!binary aGk=\n", "PC104"),
    "nested 5,000 deep in brackets": (SMALL + "more: " + "[" * 5_000 + "]" * 5_000 + "\n", "PC105"),
    "nested 60 deep by indentation": (SMALL + "".join(" " * n + "a:\n" for n in range(60)), "PC105"),
    "300,000 nodes": (SMALL + "more: [" + "1," * 300_000 + "]\n", "PC105"),
    "more than two megabytes": (SMALL + "# " + "长" * 1_000_000 + "\n", "PC105"),
    "one key of a hundred thousand signs": (SMALL + "a" * 100_000 + ": 1\n", "PC102"),
    "the same key twice": (SMALL + "forms: {}\n", "PC103"),
    "two documents": (SMALL + "---\nplan: x\n", "PC102"),
    "a directive that is none": ("%FOO bar\n---\n" + SMALL, "PC102"),
    "a version to come": ("%YAML 9.9\n---\n" + SMALL, "PC102"),
    "a tab for indentation": (SMALL + "more:\n\ta: 1\n", "PC102"),
    "a quote never closed": (SMALL + 'more: "a\n', "PC102"),
    "a bracket never closed": (SMALL + "more: [a, b\n", "PC102"),
    "a NUL": (SMALL + "more: a\0b\n", "PC102"),
    "a control character": (SMALL + "more: a\x1b[2Jb\n", "PC102"),
    "a lone surrogate": (SMALL.encode() + b"more: \xed\xa0\x80\n", "PC101"),
    "GB18030": (SMALL.encode("gb18030"), "PC101"),
    "UTF-16": (SMALL.encode("utf-16"), "PC101"),
    "binary data": (bytes(range(256)) * 40, "PC101"),
    "a workbook": (b"PK\x03\x04" + bytes(200), "PC102"),
    "a key that is a mapping": (SMALL + "? {a: b}\n: c\n", "PC102"),
    "full-width colons": (SMALL.replace("baseline: 2020", "baseline：2020"), "PC102"),
    "a formula that never ends": (SMALL.replace("denominator: tested", "denominator: " + "(" * 3_000 + "tested"), "PC110"),
    "a formula that would run code": (SMALL.replace("denominator: tested", "denominator: __import__('os').system('id')"), "PC110"),
    "a formula of powers": (SMALL.replace("denominator: tested", "denominator: 9**9**9**9"), "PC110"),
}  # fmt: skip
"""Content, and the one code that must be found. What makes a plan unusable ends with exit code 2."""
BESIDES: Final = {"PC106"}
"""The key that a hostile value stands behind is unknown as well."""


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_ends_in_its_class(name: str, tmp_path: Path) -> None:
    content, code = PLANS[name]
    path = tmp_path / "plan.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    _ends(path, code, tmp_path)


def test_a_pipe_and_a_folder_are_no_plans(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    for name in ("pipe.yaml", "folder.yaml"):
        _ends(tmp_path / name, "PC101", tmp_path)


def _ends(path: Path, code: str, folder: Path) -> None:
    ended = run(("lint", str(path), "--format", "json", "--lang", "zh"), folder)
    assert ended.code == 2, ended.err[-1_000:]
    assert ended.seconds < SLOWEST
    assert ended.peak < LARGEST
    assert "Traceback" not in ended.err
    findings = json.loads(ended.out)
    assert {finding["code"] for finding in findings} - BESIDES == {code}
    for finding in findings:
        assert finding["file"] == str(path)
        assert finding["message"]
        assert finding["hint"]
        assert len(finding["message"]) < 400
        assert "\x1b" not in finding["message"]


def test_the_set_is_whole() -> None:
    assert len(PLANS) >= 30
