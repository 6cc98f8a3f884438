"""The table of traps in the documentation is made from the cases, and every trap has something that shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from plancheck.language import LANGS, Lang, Text
from plancheck.pipeline import Request, assess
from plancheck.reports import json_report
from tests.conftest import ROOT, MakeWorkbook, small_plan
from tests.returns.torture.legacy import LEGACY
from tests.returns.torture.texts import TEXTS
from tests.returns.torture.workbooks import WORKBOOKS
from tests.test_cases import LOADED

TRAPS: Final[list[dict[str, Any]]] = list(
    yaml.safe_load_all((ROOT / "tests/cases/traps.yaml").read_text(encoding="utf-8"))
)
TORTURE: Final = WORKBOOKS | TEXTS | LEGACY
CASES: Final = {f"{stem}: {case['case']}": case for stem, case in LOADED}
DOCUMENTS: Final[Mapping[Lang, Path]] = {"zh": ROOT / "docs/traps.zh-CN.md", "en": ROOT / "docs/traps.md"}
CONSEQUENCES: Final = {"PC404", "PC219"}
"""What follows from another finding, or stands in every run without a roster."""

_INTRODUCTION: Final = Text(
    """# 上报表常见的 52 种问题

[English](traps.md)

学校手工填表会出现的问题，以及 plancheck 怎样处理：读懂的记录在 `plancheck inspect` 里，说不清的在单元格处指出，不猜。
“代码”是会出现的问题代码，用 `plancheck explain PC301` 查看；没有代码的，照读不误。
本表由 `tests/cases/traps.yaml` 生成，每一行都有测试。

| # | 问题 | 例子 | plancheck 怎样做 | 代码 |
|---|---|---|---|---|
""",
    """# Fifty-two ways in which returns come out wrong

[中文](traps.zh-CN.md)

What happens when schools fill in workbooks by hand, and what plancheck makes of it: what is understood is recorded and
shown by `plancheck inspect`, what is not clear is named at its cell, and nothing is guessed. The codes are those of the
findings (`plancheck explain PC301`); where there is none, the return is simply read.
The table is made from `tests/cases/traps.yaml`; each row is tested.

| # | trap | example | what plancheck does | codes |
|---|---|---|---|---|
""",
)


def _parts(number: int) -> Iterator[dict[str, Any]]:
    return (part for part in TRAPS if part["trap"] == number)


def _codes(part: Mapping[str, Any]) -> Iterator[str]:
    for case in (part, *(CASES[name] for name in part.get("see", ()))):
        yield from (finding[0] for finding in case.get("findings", ()))
    for name in part.get("torture", ()):
        yield from TORTURE[name].codes


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _table(lang: Lang) -> str:
    rows = []
    for number in range(1, 53):
        first = next(_parts(number))
        raised = {code for part in _parts(number) for code in _codes(part)} - CONSEQUENCES
        codes = sorted(raised.union(*(part.get("codes", ()) for part in _parts(number))))
        cells = (first["title"][lang], first["example"], first["does"][lang], ", ".join(codes))
        rows.append(f"| {number} | {' | '.join(map(_cell, cells))} |\n")
    return _INTRODUCTION.say(lang) + "".join(rows)


@pytest.mark.parametrize("lang", LANGS)
def test_the_documentation_tells_what_the_cases_show(lang: Lang, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--rewrite"):
        DOCUMENTS[lang].write_text(_table(lang), encoding="utf-8")
    assert DOCUMENTS[lang].read_text(encoding="utf-8") == _table(lang)


@pytest.mark.parametrize("number", range(1, 53))
def test_every_trap_is_shown(number: int) -> None:
    parts = list(_parts(number))
    assert set(parts[0]["title"]) == set(parts[0]["does"]) == set(LANGS)
    for part in parts:
        shown: Sequence[str] = [*part.get("torture", ()), *part.get("see", ()), *part.get("tests", ())]
        assert "case" in part or shown
        assert set(part.get("torture", ())) <= set(TORTURE)
        assert set(part.get("see", ())) <= set(CASES)
        assert all((ROOT / test).exists() for test in part.get("tests", ()))


def test_who_filled_a_return_in_reaches_no_report(tmp_path: Path, make_workbook: MakeWorkbook) -> None:
    rows = [
        ["标识码", "学校名称", "学段", "测试人数", "合格人数", "联系人", "身份证号"],
        ["1001", "甲校", "小学", 100, 99, "王小明", "110227201001010011"],
        ["填表人：张三", "", "", "", "", "", ""],
        ["联系电话：010-69600000", "", "", "", "", "", ""],
    ]
    found = assess(small_plan(tmp_path), Request((make_workbook({"表": rows}),), year=2023))
    document = json_report.render(found, "zh")
    assert json.loads(document)["verdicts"]
    for text in ("王小明", "110227201001010011", "张三", "69600000"):
        assert text not in document
