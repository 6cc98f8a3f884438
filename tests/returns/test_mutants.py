"""Files spoilt at random, from a fixed seed: whatever comes, plancheck ends with findings of its own."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest

from plancheck.codes import CODES, hint, message
from plancheck.model import Finding
from plancheck.pipeline import Request, assess
from plancheck.plan.lint import lint
from tests.conftest import PASS_RATE, ROOT, SMALL_PLAN, small_plan, write_workbook
from tests.returns.torture.ooxml import HEAD, SCHOOLS, parts, strings, zipped
from tests.returns.writers import Failed, Percent, write_csv, write_ods, write_xls
from tests.returns.xlsb_writer import write_xlsb

ROWS: Final[list[list[Any]]] = [list(HEAD), *(list(school) for school in SCHOOLS), ["", "合计", "", 1100, 1069]]
_PIECES: Final = (
    b"<", b">", b"&", b'"', b"</", b"/>", b"<!--", b"]]>", b"<!DOCTYPE a>", b"&#0;", b"&x;", b"\x00", b"\xff", b"-", b"9" * 12,
    b"<c>", b"<row>", b'r="', b"XFD1048576", b't="s"', b't="e"', b"<v>", b"<f>", b"\n", b",", b'"', b": ", b"- ", b"&a ", b"*a",
    "，".encode(), "９".encode(),
)  # fmt: skip


def _spoilt(source: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one to four of them changed, dropped, doubled, or a piece put in."""
    content = bytearray(source)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(content) + 1), chance.choice((1, 2, 8, 64))
        match chance.randrange(5):
            case 0:
                content[at : at + 1] = bytes((chance.randrange(256),))
            case 1:
                del content[at : at + length]
            case 2:
                content[at:at] = content[at : at + length]
            case 3:
                content[at:at] = chance.choice(_PIECES)
            case _:
                content[at : at + length] = chance.randbytes(length)
    return bytes(content)


def _spoilt_part(source: bytes, chance: random.Random) -> bytes:
    """Return the archive with one of its parts spoilt, and sound otherwise."""
    with zipfile.ZipFile(BytesIO(source)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(members))
    return zipped(members | {name: _spoilt(members[name], chance)})


def _sources(folder: Path) -> dict[str, bytes]:
    book = write_workbook(folder / "written.xlsx", {"表": ROWS, "二": [[1, 2], [3, 4]]}, {"二": ["A1:B1"]})
    rich = [*ROWS, ["1003", "丙校", "小学", Percent(0.5), Failed("#REF!")]]
    return {
        "book.xlsx": zipped(parts(strings=strings("a", "b"))),
        "written.xlsx": book.read_bytes(),
        "school.xlsx": (ROOT / "examples" / "school.xlsx").read_bytes(),
        "old.xls": write_xls(folder / "old.xls", ROWS).read_bytes(),
        "open.ods": write_ods(folder / "open.ods", ROWS).read_bytes(),
        "binary.xlsb": write_xlsb(
            folder / "binary.xlsb", rich, frozenset({2}), ((1, 2, 2, 2),), ((1, 3),)
        ).read_bytes(),
        "rich.xls": write_xls(folder / "rich.xls", rich).read_bytes(),
        "rich.ods": write_ods(folder / "rich.ods", rich).read_bytes(),
        "plain.csv": write_csv(folder / "plain.csv", ROWS, "utf-8").read_bytes(),
        "gb.csv": write_csv(folder / "gb.csv", ROWS, "gb18030").read_bytes(),
    }


_HOW: Final[tuple[tuple[str, Callable[[bytes, random.Random], bytes]], ...]] = (
    ("book.xlsx", _spoilt),
    ("book.xlsx", _spoilt_part),
    ("written.xlsx", _spoilt),
    ("written.xlsx", _spoilt_part),
    ("school.xlsx", _spoilt_part),
    ("old.xls", _spoilt),
    ("open.ods", _spoilt_part),
    ("binary.xlsb", _spoilt_part),
    ("rich.xls", _spoilt),
    ("rich.ods", _spoilt_part),
    ("plain.csv", _spoilt),
    ("gb.csv", _spoilt),
)


def _told(finding: Finding) -> None:
    assert finding.code in CODES
    assert finding.code != "PC901"
    for lang in ("zh", "en"):
        assert message(finding.code, finding.params, lang)
        assert hint(finding.code, finding.params, lang)


def _returns(folder: Path, first: int, count: int) -> None:
    plan, sources = small_plan(folder), _sources(folder)
    for seed in range(first, first + count):
        name, spoil = _HOW[seed % len(_HOW)]
        path = folder / f"mutant-{name}"
        path.write_bytes(spoil(sources[name], random.Random(seed)))
        found = assess(plan, Request((path,), year=2023, levels=frozenset({"district"})))
        for finding in found.findings:
            _told(finding)
        for sheet in found.sheets:
            assert sheet.read == sheet.used + sum(sheet.left_out.values()), seed


def _plans(folder: Path, first: int, count: int) -> None:
    source = (SMALL_PLAN + PASS_RATE).encode()
    path = folder / "mutant.yaml"
    for seed in range(first, first + count):
        path.write_bytes(_spoilt(source, random.Random(seed)))
        for finding in lint(path):
            _told(finding)


def test_800_returns_spoilt_at_random(tmp_path: Path) -> None:
    _returns(tmp_path, 0, 800)


def test_200_plans_spoilt_at_random(tmp_path: Path) -> None:
    _plans(tmp_path, 0, 200)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1_000, 9_000, 1_000))
def test_8000_returns_spoilt_at_random(first: int, tmp_path: Path) -> None:
    _returns(tmp_path, first, 1_000)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1_000, 3_000, 1_000))
def test_2000_plans_spoilt_at_random(first: int, tmp_path: Path) -> None:
    _plans(tmp_path, first, 1_000)
