"""docs/formats.md shows what the commands print: each excerpt is made by the command that stands above it.

`pytest tests/test_docs_formats.py --rewrite` makes the excerpts anew; read the difference before committing it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from plancheck.cli import main
from plancheck.reports.formats import FORMATS
from tests.conftest import ROOT

DOCS = ("docs/formats.md", "docs/formats.zh-CN.md")
EXCERPT = re.compile(r"<!-- excerpt: ([0-9 -]+) \| plancheck (.+?) -->\n```([a-z]+)\n(.*?)```", re.DOTALL)
WIDEST = 118


def _selected(ranges: str, out: str) -> Iterator[str]:
    """Yield the lines asked for, cut where they run over the page, with … between the ranges."""
    lines = out.removeprefix("\ufeff").splitlines()
    for number, each in enumerate(ranges.split()):
        if number:
            yield "…"
        first, _, last = each.partition("-")
        for line in lines[int(first) - 1 : int(last or first)]:
            yield line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…"


@pytest.mark.parametrize("doc", DOCS)
def test_every_excerpt_is_what_its_command_prints(
    doc: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    text = Path(doc).read_text(encoding="utf-8")

    def made(match: re.Match[str]) -> str:
        assert main(shlex.split(match[2])) in (0, 1)
        lines = "\n".join(_selected(match[1], capfd.readouterr().out))
        return f"<!-- excerpt: {match[1]} | plancheck {match[2]} -->\n```{match[3]}\n{lines}\n```"

    wanted = EXCERPT.sub(made, text)
    if request.config.getoption("--rewrite"):
        Path(doc).write_text(wanted, encoding="utf-8")
    assert Path(doc).read_text(encoding="utf-8") == wanted
    assert len(EXCERPT.findall(text)) == 9


@pytest.mark.parametrize("doc", DOCS)
def test_every_format_is_listed_and_shown(doc: str) -> None:
    text = (ROOT / doc).read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([a-z]+)` \| (?:`([.a-z]+)`)? ?\|", text, re.MULTILINE))
    assert listed == {form: each.suffixes[0] if each.suffixes else "" for form, each in FORMATS.items()}
    pictures = re.findall(r"\]\((pictures/[a-z-]+\.png)\)", text)
    assert len(pictures) == 4
    assert all((ROOT / "docs" / picture).read_bytes().startswith(b"\x89PNG") for picture in pictures)
    for form in FORMATS:
        assert re.search(rf"^## .*\b{form}\b", text, re.MULTILINE)
