"""Hostile text in every field of returns, roster and plan reaches every output harmless, and can be read there."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from plancheck.reports.clean import clean_text
from plancheck.reports.page import width
from tests.cli import hostile

CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
COMMAND = re.compile(r"(?m)^\s*::|##\[")
FORMULA = tuple("=+-@\t\r＝＋－＠")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, bytes]]:
    """Return what every command printed and wrote."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile.make(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", "80")
        patch.delenv("FORCE_COLOR", raising=False)
        yield dict(hostile.run_all(folder))


def plain(data: bytes) -> str:
    """Return text in which nothing is a control sequence, or a command to a CI system."""
    text = data.decode()
    assert not CONTROL.search(text)
    assert not COMMAND.search(text)
    return text


def screen(data: bytes) -> str:
    text = plain(data)
    assert max(map(width, text.splitlines())) <= 80
    return text


def wide(data: bytes) -> str:
    text = plain(data)
    assert max(map(width, text.splitlines())) <= 100
    return text


def values(document: object) -> Iterator[str]:
    """Yield each text of a document of JSON, keys among them."""
    if isinstance(document, dict):
        for key, each in document.items():
            yield key
            yield from values(each)
    elif isinstance(document, list):
        for each in document:
            yield from values(each)
    elif isinstance(document, str):
        yield document


def jsonic(data: bytes) -> str:
    plain(data)
    texts = [*values(json.loads(data))]
    assert not [text for text in texts if CONTROL.search(text) or COMMAND.search(text)]
    return "\n".join(texts)


def sarif(data: bytes) -> str:
    text = jsonic(data)
    for result in json.loads(data)["runs"][0]["results"]:
        for place in result["locations"]:
            assert re.fullmatch(r"[-A-Za-z0-9._~/%]+", place["physicalLocation"]["artifactLocation"]["uri"])
    return text


def sheet_of_csv(data: bytes) -> str:
    text = plain(data.replace(b"\r\n", b"\n")).removeprefix("\ufeff")
    rows = [*csv.reader(io.StringIO(text, newline=""))]
    assert {len(row) for row in rows} == {len(rows[0])}
    for row in rows:
        assert not [cell for cell in row if cell.startswith(FORMULA) and not re.fullmatch(r"-[0-9.]+", cell)]
    return text


def markdown(data: bytes) -> str:
    text = plain(data)
    foreign = re.sub(r"\\.", "", text)  # what is escaped is shown
    own = re.sub(r"</?sub>|\*\*[^*\n]*\*\*", "", foreign)
    assert not re.search(r"[<`\[\]]|(?<![a-z])javascript:", own.replace("javascript:", ""))
    pipes = {line.count("|") for line in foreign.splitlines() if line.startswith("|")}
    assert len(pipes) == 1
    return re.sub(r"\\(.)", r"\1", text)


class Page(html.parser.HTMLParser):
    """Collects the tags, the attributes and the texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.targets: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag and its attributes."""
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.targets += [value or "" for name, value in attrs if name in ("href", "src", "action", "xlink:href")]
        self.texts += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        """Take a text."""
        self.texts.append(data)


def page(data: bytes) -> str:
    found = Page()
    found.feed(plain(data))
    assert [tag for tag, _ in found.tags].count("script") == 1
    assert not [name for _, names in found.tags for name in names if name.startswith("on")]
    assert {tag for tag, _ in found.tags}.isdisjoint({"img", "iframe", "bold", "failure", "object", "embed", "link"})
    assert not [target for target in found.targets if not target.startswith("#")]
    return "\n".join(found.texts)


def junit(data: bytes) -> str:
    text = plain(data)
    root = ET.fromstring(text)  # noqa: S314 - what was written a moment ago
    known = {
        "testsuites",
        "testsuite",
        "properties",
        "property",
        "testcase",
        "failure",
        "error",
        "skipped",
        "system-out",
    }
    assert {each.tag for each in root.iter()} <= known
    assert root.get("failures") == str(len(root.findall(".//failure")))
    return "\n".join((each.text or "") + "\n".join(each.attrib.values()) for each in root.iter())


def github(data: bytes) -> str:
    text = data.decode()
    assert not CONTROL.search(text)
    for line in text.splitlines():
        assert re.fullmatch(r"::(error|warning|notice) (file|title)=[^:,]+(,(line|title)=[^:,]+)*::[^\r]*", line)
    return text.replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")


def package(data: bytes) -> str:
    """Look through the parts of an Office file: no formula, link or part of theirs."""
    texts: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            assert not name.startswith("/")
            assert ".." not in name.split("/")
            if not name.endswith((".xml", ".rels")):
                continue
            for each in ET.fromstring(archive.read(name)).iter():  # noqa: S314 - what was written a moment ago
                tag = each.tag.rpartition("}")[2]
                assert tag not in ("f", "oleObject", "externalReference", "fldSimple", "instrText") or "evil" not in (
                    each.text or ""
                )
                assert (
                    tag != "Relationship" or each.get("TargetMode") != "External" or each.get("Target") == "roster.xlsx"
                )
                texts.append(each.text or "")
    assert not [text for text in texts if CONTROL.search(text)]
    return "\n".join(texts)


def workbook(data: bytes) -> str:
    text = package(data)
    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" and "evil" in str(cell.value)]
    return text


def copy(data: bytes) -> str:
    """Look through a marked copy: the school's own cells stay as they were, without control characters; ours are clean."""
    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    ours = [book[name] for name in book.sheetnames if str(book[name]["A1"].value).startswith("plancheck/")]
    texts = [str(cell.value) for sheet in ours for row in sheet.iter_rows() for cell in row if cell.value is not None]
    texts += [cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    links = [cell.hyperlink for sheet in ours for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links
    assert not [link for link in links if link.target]
    assert not [text for text in texts if CONTROL.search(text)]
    return "\n".join(texts)


NAMES = tuple(hostile.PAYLOADS)
PLAN = tuple(which for which in NAMES if which not in ("ansi", "c1", "control", "long", "carriage"))
NONE: tuple[str, ...] = ()
OUTPUTS: Mapping[str, tuple[Callable[[bytes], str], tuple[str, ...]]] = {
    "run": (screen, NAMES),
    "github": (github, PLAN),
    "own": (screen, NAMES),
    "inspect csv": (screen, NAMES),
    "inspect xlsx": (screen, NAMES),
    "inspect json": (jsonic, NAMES),
    "explain verdict": (screen, PLAN),
    "explain unit": (screen, PLAN),
    "explain indicator": (screen, PLAN),
    "list": (screen, NONE),
    "list json": (jsonic, NONE),
    "list checks": (screen, NONE),
    "diff": (screen, NAMES),
    "diff json": (jsonic, NAMES),
    "diff of returns": (jsonic, NAMES),
    "public": (screen, PLAN),
    "out.txt": (wide, NAMES),
    "out.json": (jsonic, NAMES),
    "first.json": (jsonic, NAMES),
    "out.csv": (sheet_of_csv, NAMES),
    "out.md": (markdown, PLAN),
    "out.xlsx": (workbook, NAMES),
    "out.xml": (junit, NAMES),
    "out.sarif": (sarif, NAMES),
    "out.html": (page, NAMES),
    "out.docx": (package, PLAN),
    "out.receipt.txt": (screen, PLAN),
    "public.html": (page, PLAN),
    "cmd-2J-error-x-b-marked.xlsx": (copy, NAMES),
    "甲-bold-quot-marked.xlsx": (copy, NAMES),
}
"""How each output is looked through, and which payloads it has to show: those of the plan where it shows no field of returns,
or folds them."""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", OUTPUTS)
def test_it_is_harmless_and_can_be_read(name: str, lang: str, made: Mapping[str, bytes]) -> None:
    look, shown = OUTPUTS[name]
    found = "".join(look(made[f"{name} {lang}"]).split())
    assert [which for which in shown if f"名{which}名" not in found] == []


def test_nothing_else_was_made_and_no_message_is_a_command(made: Mapping[str, bytes]) -> None:
    names = {name.rpartition(" ")[0] for name in made}
    assert {name for name in names if not name.endswith(" stderr")} == set(OUTPUTS)
    assert not [
        name for name, data in made.items() if name.rpartition(" ")[0].endswith(" stderr") and not plain_or_none(data)
    ]


def plain_or_none(data: bytes) -> bool:
    return not CONTROL.search(data.decode()) and not COMMAND.search(data.decode()) and b"PC901" not in data


def test_payloads_come_back_letter_for_letter_where_nothing_has_to_be_taken_out(made: Mapping[str, bytes]) -> None:
    document = jsonic(made["out.json zh"])
    for which, payload in hostile.PAYLOADS.items():
        if which not in ("newline", "tab", "carriage", "long"):  # white space at the edges is no part of a name
            assert clean_text(payload).strip() in document, which


def test_a_file_is_written_only_where_it_was_asked_for(made: Mapping[str, bytes]) -> None:
    assert made
    assert sorted(path.name for path in Path.cwd().iterdir()) == [
        "marked",
        "out",
        "plan.yaml",
        "returns",
        "roster.xlsx",
    ]
