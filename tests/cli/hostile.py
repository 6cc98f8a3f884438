"""Returns, a roster, a plan and a file's name with hostile text in every field, and every output made of them once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from plancheck.cli import main
from tests.conftest import PASS_RATE, SMALL_PLAN, Rows

PAYLOADS: Mapping[str, str] = {
    "formula": '=HYPERLINK("http://evil.example","x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "wide": "＝1+1",
    "tab": "\t=1+1",
    "markup": "[/bold][bold red]x[link=http://evil.example]y[/link]",
    "ansi": "\x1b[2J\x1b]0;title\x07x",
    "c1": "\x9b2Jx",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "end": "</script></title></td></testcase><failure/>",
    "bidi": "\u202egnp.exe\u2066\u200f",
    "path": "../../etc/passwd",
    "newline": "a\n::error::x\n##[error]y",
    "carriage": "a\r::error file=x::y",
    "percent": "%0A::error::x %s {0} {x}",
    "control": "\x08\x0cx",
    "escaped": "_x001B_[2J_x0000_",
    "pipe": "| a | `b` | [c](javascript:alert(1)) ![d](http://evil.example/d.png)",
    "cdata": "]]><failure/><!--",
    "quotes": '",\'"; a, b',
    "entity": "&#0;&lt;b&gt;&amp;",
    "long": "甲" * 1_200,
}
"""What a field may hold; each is followed by a name of its own, by which it is found again."""


def named(which: str) -> str:
    """Return a payload with its name behind it."""
    return f"{PAYLOADS[which]}名{which}名"


def _csv(path: Path) -> None:
    head = ["标识码", "学校名称", "学段", "镇乡", "测试人数", "合格人数", "合格率", "平安校园", "等级", "面积"]
    rows = [head + [named(which) for which in PAYLOADS]]
    for at, which in enumerate(PAYLOADS):
        bad = named(which)
        rows.append([f"{1001 + at}", bad, "小学", bad, "100", "90", "", "", "", ""])
        rows.append([f"{2001 + at}", f"乙{at}", "小学", "城关", bad, bad, bad, bad, bad, bad])
        rows.append([bad, bad, "小学", "城关", "100", "90", "", "", "", ""])
        rows.append([f"{3001 + at}", f"丙{at}", bad, "城关", "100", "90", "", "", "", ""])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _xlsx(path: Path) -> None:
    book: Any = openpyxl.Workbook()
    for at, which in enumerate(PAYLOADS):
        bad = _writable(named(which))
        title = "".join(each for each in bad if each not in "[]:*?/\\\t\n")[-30:].strip("'")
        sheet = book.create_sheet(title)
        rows: Rows = [["标识码", "学校名称", "学段", "测试人数", "合格人数"], [f"{4001 + at}", f"丁{at}", "小学", bad, 40],
                [f"{5001 + at}", bad, "小学", 40, 30], [f"{6001 + at}", bad, "小学", 40, 30]]  # fmt: skip
        for row, cells in enumerate(rows, 1):
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(row, column, value)
                cell.data_type = "s" if isinstance(value, str) else "n"
    own = book["Sheet"]
    own.title = "说明"
    own.append(["plancheck/explanations/1"])
    own.append(["check", "unit", "period", "value", "explanation"])
    own.append(["校验"])
    for at, which in enumerate(PAYLOADS):
        bad = _writable(named(which))
        for cells in (["few", f"{5001 + at}/primary", "2023", "tested=40", bad], [bad] * 5):
            own.append([None] * 5)
            for column, value in enumerate(cells, 1):
                cell = own.cell(own.max_row + (column == 1), column, value)
                cell.data_type = "s"
    book.save(path)


def _writable(text: str) -> str:
    """Return what a workbook can hold: control characters stand in it by number, as Excel writes them."""
    return "".join(f"_x{ord(each):04X}_" if ord(each) < 32 and each not in "\t\n" else each for each in text)


def _roster(path: Path) -> None:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "学校名录"
    head = ["标识码", "学校名称", "曾用名", "学段", "镇乡", "启用日期", "停办日期", "校区", "在校生数"]
    rows = [head]
    for at, which in enumerate(PAYLOADS):
        bad = _writable(named(which))
        rows.append([f"{1001 + at}", bad, bad, "小学", bad, bad, "", bad, bad])
        rows += [[f"{first + at}", f"{word}{at}", "", "小学", bad, "", "", "", "100"]
                 for first, word in ((2001, "乙"), (4001, "丁"), (5001, "戊"), (6001, "己"))]  # fmt: skip
    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row, column, value)
            cell.data_type = "s"
    book.save(path)


def _plan(path: Path) -> None:
    plan = yaml.safe_load(SMALL_PLAN + PASS_RATE)
    bad = "".join(named(which) for which in PAYLOADS if which not in ("ansi", "c1", "control", "long", "carriage"))
    plan["plan"]["title"] = {"zh": bad, "en": bad}
    plan["plan"]["document"] = bad
    for element in plan["elements"].values():
        element["label"]["en"] = f"{element['label']['en']} {bad}"
    one = plan["indicators"]["pass_rate"]
    one["no"] = one.pop(False)  # PyYAML takes a bare no for an answer
    one.update(
        label={"zh": f"合格率{bad}", "en": bad}, note={"zh": bad, "en": bad}, source={"clause": bad, "quote": bad}
    )
    one["due"] = "by_end"
    plan["checks"] = {
        "few": {"explain": "tested > 50", "label": {"zh": bad, "en": bad}, "cure": {"zh": bad, "en": bad}},
        "part": {"must": "passed <= tested", "label": {"zh": bad, "en": bad}},
    }
    # a column without words of its own has nothing behind its colon
    path.write_text(
        yaml.safe_dump(plan, width=10_000).replace(": null\n", ":\n").replace("'no':", "no:"), encoding="utf-8"
    )


FILES = ("=cmd\x1b[2J\u202e\n::error::x|`<b>.csv", "+甲[bold]&quot;.xlsx")


def make(folder: Path) -> None:
    """Write the plan, the roster and the returns into a folder."""
    (folder / "returns").mkdir()
    _plan(folder / "plan.yaml")
    _roster(folder / "roster.xlsx")
    _csv(folder / "returns" / FILES[0])
    _xlsx(folder / "returns" / FILES[1])


_COMMON = ("--plan", "plan.yaml", "--year", "2023", "--roster", "roster.xlsx")
_FORMS = ("txt", "json", "csv", "md", "xlsx", "xml", "sarif", "html", "docx", "receipt.txt")
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "run": ("run", "returns", *_COMMON, "--by", "township", "--level", "unit", "--level", "district", "--marked", "marked", "-v",
            *(each for form in _FORMS for each in ("-o", f"out/out.{form}")), "-o", "-"),
    "github": ("run", "returns", *_COMMON, "--format", "github"),
    "own": ("run", f"returns/{FILES[1]}", *_COMMON, "-o", "out/first.json", "-o", "-"),
    "inspect csv": ("inspect", f"returns/{FILES[0]}", *_COMMON, "-v"),
    "inspect xlsx": ("inspect", f"returns/{FILES[1]}", *_COMMON),
    "inspect json": ("inspect", f"returns/{FILES[0]}", *_COMMON, "--format", "json"),
    "explain verdict": ("explain", "pass_rate", "returns", *_COMMON, "-v"),
    "explain unit": ("explain", "pass_rate", "returns", *_COMMON, "--unit", "1001/primary"),
    "explain indicator": ("explain", "pass_rate", "--plan", "plan.yaml"),
    "list": ("list", "elements", "--plan", "plan.yaml"),
    "list json": ("list", "elements", "--plan", "plan.yaml", "--format", "json"),
    "list checks": ("list", "checks", "--plan", "plan.yaml"),
    "diff": ("diff", "out/first.json", "out/out.json", "-v"),
    "diff json": ("diff", "out/first.json", "out/out.json", "--format", "json"),
    "diff of returns": ("diff", f"returns/{FILES[1]}", f"returns/{FILES[0]}", *_COMMON, "--format", "json"),
    "public": ("run", "returns", *_COMMON, "--public", "-o", "out/public.html", "-o", "-"),
}  # fmt: skip


def run_all(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what every command prints and writes, by name, once for both languages."""
    for lang in ("zh", "en"):
        (folder / "out").mkdir(exist_ok=True)
        for name, command in COMMANDS.items():
            out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
            with redirect_stdout(out), redirect_stderr(err):
                main([*command, "--lang", lang, *(("--force",) if command[0] == "run" and "-o" in command else ())])
            for stream, text in (("", out), (" stderr", err)):
                text.flush()
                yield f"{name}{stream} {lang}", text.buffer.getvalue()
        for file in sorted((*(folder / "out").iterdir(), *(folder / "marked").iterdir())):
            yield f"{file.name} {lang}", file.read_bytes()
