"""Each limit lets through what it allows, to the last one, and refuses one more, by name and number."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from plancheck.codes import message
from plancheck.returns.contained import end
from plancheck.returns.doors import sheets
from plancheck.returns.limits import LIMITS
from plancheck.returns.preflight import Refused, look
from plancheck.returns.scan import beyond
from tests.returns.torture.ooxml import ROWS, book, cell, parts, relations, sheet, written


def _file(folder: Path, n: int) -> Path:
    path = folder / "a.csv"
    path.write_bytes(b"1,2\n".ljust(n, b"3"))
    return path


def _parts(folder: Path, n: int) -> Path:
    return written(folder, **{f"xl/{number}": "" for number in range(n - len(parts()))})


def _unpacked(folder: Path, n: int) -> Path:
    return written(folder, **{"xl/filler": "x" * (n - sum(len(str(text).encode()) for text in parts().values()))})


def _sheets(folder: Path, n: int) -> Path:
    return written(folder, book=book(n), relations=relations(n))


def _cells(folder: Path, n: int) -> Path:
    return written(
        folder, sheet=sheet(f'<row r="1">{"".join(cell(f"{letter}1", 1) for letter in "ABCDEFGHIJKLMNOP"[:n])}</row>')
    )


def _merges(folder: Path, n: int) -> Path:
    merged = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(10, 10 + n))
    return written(folder, sheet=sheet(after=f"<mergeCells>{merged}</mergeCells>"))


def _rows(folder: Path, n: int) -> Path:
    return written(folder, sheet=sheet(f'<row r="{n}">{cell(f"A{n}", 1)}</row>'))


def _columns(folder: Path, n: int) -> Path:
    return written(folder, sheet=sheet(f'<row r="1">{cell(f"{chr(64 + n)}1", 1)}</row>'))


def _stray(folder: Path, n: int) -> Path:
    far = "".join(f'<row r="{row}">{cell(f"XFD{row}", 1)}</row>' for row in range(1_000_000, 1_000_000 + n))
    return written(folder, sheet=sheet("".join(ROWS) + far))


SMALLER: Final[dict[str, tuple[int, Callable[[Path, int], Path]]]] = {
    "file": (1_000, _file),
    "parts": (20, _parts),
    "unpacked": (10_000, _unpacked),
    "sheets": (5, _sheets),
    "cells": (10, _cells),
    "merges": (8, _merges),
    "rows": (12, _rows),
    "columns": (9, _columns),
    "stray": (6, _stray),
}
"""Each limit set so low that a test can stand on it, and how to make a file that asks for n."""


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """Let the process for workbooks in doubt begin with the limits of the test, and forget patterns made for others."""
    end()
    beyond.cache_clear()
    yield
    end()
    beyond.cache_clear()


@pytest.mark.parametrize("name", SMALLER)
@pytest.mark.parametrize("over", [-1, 0, 1])
def test_a_limit_switches_exactly(name: str, over: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit, make = SMALLER[name]
    monkeypatch.setitem(LIMITS, name, replace(LIMITS[name], most=limit))
    path = make(tmp_path, limit + over)
    if over <= 0:
        assert list(sheets(look(path)))
        return
    with pytest.raises(Refused) as refused:
        list(sheets(look(path)))
    assert refused.value.code == "PC206"
    what = LIMITS[name].what.en
    assert (
        message("PC206", refused.value.params, "en")
        == f"The file exceeds a safety limit: {what} is {limit + 1:,}, limit {limit:,}"
    )


@pytest.mark.parametrize(("length", "broken"), [(32_766, False), (32_767, False), (32_768, True)])
def test_the_text_of_a_cell_is_limited(length: int, broken: bool, tmp_path: Path) -> None:
    shared = sheet(f'<row r="1"><c  r="A1" t="str"><v>{"x" * length}</v></c></row><!-- -->')  # read carefully
    (found,) = sheets(look(written(tmp_path, sheet=shared)))
    assert bool(found.quirks.broken) == broken


def test_the_ratio_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, **{"xl/filler": bytes(2 * 2**20)})
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/filler")
    ratio = info.file_size // info.compress_size
    for limit in (ratio - 1, ratio, ratio + 1):
        monkeypatch.setitem(LIMITS, "ratio", replace(LIMITS["ratio"], most=limit))
        if limit >= ratio:
            assert list(sheets(look(path)))
        else:
            with pytest.raises(Refused) as refused:
                look(path)
            assert refused.value.code == "PC206"


def test_the_limits_are_those_promised() -> None:
    assert {name: limit.most for name, limit in LIMITS.items()} == {
        "file": 104_857_600,
        "parts": 5_000,
        "unpacked": 314_572_800,
        "ratio": 200,
        "sheets": 200,
        "cells": 5_000_000,
        "merges": 50_000,
        "rows": 1_048_576,
        "columns": 16_384,
        "text": 32_767,
        "stray": 100,
        "memory": 805_306_368,
    }
