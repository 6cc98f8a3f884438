"""Both languages are whole: nothing is said outside the tables of words, and no output of one speaks the other.

The words stand side by side in literal tables, not in catalogues: both are read together, nothing is compiled or
installed, and a word that is missing in one language cannot be written down.
"""

from __future__ import annotations

import ast
import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec import Struct
from msgspec.structs import replace

from plancheck.cli.program import program
from plancheck.codes import CODES, REASONS
from plancheck.compare import compare, result_of
from plancheck.language import LANGS, Lang, Text
from plancheck.model import Assessment, Return
from plancheck.reports import diff_report, listing, trace, understanding
from plancheck.reports.formats import FORMATS, document
from plancheck.reports.json_report import render as as_json
from plancheck.wording import WORDS
from tests.cli.conftest import Line
from tests.conftest import ROOT
from tests.reports import rich
from tests.reports.conftest import screen, texts

CHINESE = re.compile("[\u3400-\u9fff]+")
ENGLISH = re.compile("[A-Za-z][A-Za-z_]+")

SAID = {
    **WORDS,
    **{f"reason.{key}": text for key, text in REASONS.items()},
    **{f"{code.id}.message": code.message for code in CODES.values()},
    **{f"{code.id}.hint": code.hint for code in CODES.values()},
}

# What Chinese sentences call by its name: programs, formats, what is typed on a command line or in a plan file.
NAMES = frozenset(
    """
    plancheck Excel WPS JSON Schema YAML UTF SHA PC pip install xlsx txt json csv md xml sarif html docx htm yaml svg
    indicators elements forms checks rulings codes plan assessment inspect diff roster table stage township result results lang zh en
    not_met behind unknown must explain run list file by year unit level least on note reporter columns number_ k_of
    override include due every_year to units groups relative rounding GB primary true and or not in min max abs sum if PLANCHECK_LANG help force format public output all schema receipt
    """.split()
)
# What English sentences quote: words that stand in Chinese returns and plans.
QUOTED = frozenset("名录 以上 不低于 超过 只增不减 全覆盖 下降 个百分点 专任教师 本科 年 月 待定 是 否".split())


@pytest.mark.parametrize("key", SAID)
def test_no_sentence_mixes_the_languages(key: str) -> None:
    without = re.sub(r"\{[^}]*\}|--[a-z-]+", " ", SAID[key].zh)
    assert set(ENGLISH.findall(without)) <= NAMES
    assert set(CHINESE.findall(SAID[key].en)) <= QUOTED


def test_no_allowance_is_left_over() -> None:
    words = {word for text in SAID.values() for word in ENGLISH.findall(re.sub(r"\{[^}]*\}", " ", text.zh))}
    quoted = {word for text in SAID.values() for word in CHINESE.findall(text.en)}
    assert quoted == QUOTED
    assert NAMES - words <= {"lang", "zh", "en", "results", "html", "docx", "htm", "svg"}  # in help and in file names


# -------------------------------------------------------------------------- nothing outside the tables

# Names of fonts and of styles, and what two English words that are no sentence stand for.
NO_SENTENCES = frozenset(
    ("bold red", "percentage points", "percentage point", "Times New Roman", "List Bullet", "Table Grid",
     "仿宋", "黑体", "宋体", "回执.txt", "一二三四五六七八九")
)  # fmt: skip


def _literals(source: str) -> Iterator[str]:
    """Yield the strings of a module that are no docstrings."""
    tree = ast.parse(source)
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.value


@pytest.mark.parametrize(
    "path", [*ROOT.glob("plancheck/cli/**/*.py"), *ROOT.glob("plancheck/reports/**/*.py")], ids=str
)
def test_nothing_is_said_outside_the_tables(path: Path) -> None:
    sentences = [
        each
        for each in _literals(path.read_text(encoding="utf-8"))
        if (CHINESE.search(each) or re.search("[A-Za-z]{2,} [A-Za-z]{2,}", each))
        and not each.lstrip().startswith(("<", "plancheck ", "--lang"))
        and each not in NO_SENTENCES
    ]
    assert sentences == []


# -------------------------------------------------------------- outputs in English over data without Chinese


def _english(value: Any) -> Any:
    """Return data in which only what is said in Chinese, and so must not be printed, is Chinese."""
    if isinstance(value, Text):
        return Text("漢", CHINESE.sub("x", value.en))
    if isinstance(value, str):
        return CHINESE.sub("x", value)
    if isinstance(value, Struct):
        changed = {name: _english(getattr(value, name)) for name in value.__struct_fields__}
        return replace(value, **changed)
    if isinstance(value, Mapping):
        return {_english(key): _english(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return type(value)(*map(_english, value)) if hasattr(value, "_fields") else tuple(map(_english, value))
    return value


def _visible(form: str, made: bytes) -> str:
    """Return what a reader of a document sees."""
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(made))
        cells = (str(cell.value or "") for sheet in book for row in sheet.iter_rows() for cell in row)
        return "\n".join((*book.sheetnames, *cells))
    if form == "docx":
        text = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
        return html.unescape(re.sub("<[^>]+>", "\n", text))
    text = made.decode()
    if form == "html":
        text = re.sub("(?s)<(style|script).*?</\\1>|<!--.*?-->", " ", text)
    return html.unescape(re.sub("<[^>]+>", "\n", text)) if form in ("html", "junit", "md") else text


def _screens(assessment: Assessment, lang: Lang) -> str:
    """Return what the smaller commands print of an assessment."""
    wide = screen(200, lang)
    result = result_of(as_json(assessment, lang), "a.json")
    nothing = result_of(as_json(replace(assessment, verdicts=(), findings=()), lang), "b.json")
    plan = assessment.plan
    found = Return("a.xlsx", "c" * 64, (), assessment.sheets, assessment.findings)
    lines = [
        *(
            line
            for verdict in assessment.verdicts
            for line in trace.render(verdict, assessment, wide, all_of_them=True)
        ),
        *(line for each in plan.indicators.values() for line in listing.explain_indicator(each, plan, wide)),
        *(line for what in listing.LISTS if what != "codes" for line in listing.render(what, plan, wide)),
        *understanding.render(found, plan, wide, all_of_them=True),
        *diff_report.render(compare(nothing, result), wide, {}, all_of_them=True),
        *diff_report.render(compare(result, nothing), wide, {}, all_of_them=True),
    ]
    return "\n".join(texts(lines))


@pytest.mark.parametrize("form", FORMATS)
def test_english_documents_hold_no_chinese_but_data(form: str) -> None:
    made = b"".join(document(form, _english(rich.assessment()), "en"))
    assert set(CHINESE.findall(_visible(form, made))) <= QUOTED


def test_english_screens_hold_no_chinese_but_data() -> None:
    assert set(CHINESE.findall(_screens(_english(rich.assessment()), "en"))) <= QUOTED


# ------------------------------------------------------------------------- outputs in Chinese hold no English


def _data(value: Any) -> Iterator[str]:
    """Yield every word of the data that is not said in English: ids, files, what stands in cells."""
    if isinstance(value, Text):
        yield from ENGLISH.findall(value.zh)
    elif isinstance(value, str):
        yield from ENGLISH.findall(value)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _data(getattr(value, name))
    elif isinstance(value, Mapping):
        for item in value.items():
            yield from _data(item)
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _data(one)


def _names(assessment: Assessment) -> frozenset[str]:
    codes = {word for code in CODES.values() for word in (code.id[:2], *code.name.split("-"))}
    return NAMES | codes | set(_data(assessment))


@pytest.mark.parametrize("form", ["table", "csv", "md", "xlsx", "junit", "html", "docx"])
def test_chinese_documents_hold_no_english_but_names(form: str) -> None:
    made = b"".join(document(form, rich.assessment(), "zh"))
    seen = re.sub(r"\b[0-9a-f]{12,64}\b", " ", _visible(form, made))  # digests of files
    assert set(ENGLISH.findall(seen)) <= _names(rich.assessment())


def test_chinese_annotations_hold_no_english_but_names() -> None:
    text = b"".join(document("github", rich.assessment(), "zh")).decode()
    said = re.sub(r"%0A|^::[a-z]+ |(file|line|title)=", "\n", text, flags=re.MULTILINE)
    assert set(ENGLISH.findall(said)) <= _names(rich.assessment())


def test_chinese_screens_hold_no_english_but_names() -> None:
    assert set(ENGLISH.findall(_screens(rich.assessment(), "zh"))) <= _names(rich.assessment()) | {"json"}


COMMANDS = ("", *(str(each.name) for each in program(()).registered_commands))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", COMMANDS)
def test_help_speaks_one_language(line: Line, command: str, lang: Lang) -> None:
    said = line(*filter(None, (command,)), "--help", "--lang", lang).out.partition("示例：")[0]
    if lang == "en":
        assert set(CHINESE.findall(said)) <= QUOTED
    else:
        words = set(ENGLISH.findall(re.sub(r"--?[a-z][a-z-]*", " ", said)))
        assert words <= NAMES | {*FORMATS, *COMMANDS, "district", "traceback"}
