"""`plancheck run --marked`: where copies go, and that nothing else is ever written."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Line
from tests.conftest import ROOT


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A school's own return with one figure that cannot be, beside the roster."""
    shutil.copy(ROOT / "examples" / "roster.xlsx", tmp_path)
    book = openpyxl.load_workbook(ROOT / "examples" / "school.xlsx")
    sheet = book.worksheets[-1]
    (row,) = (row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 3).value == "参加测试人数")
    sheet.cell(row, 6).value = 400
    book.save(tmp_path / "mine.xlsx")
    return tmp_path / "mine.xlsx"


def test_a_copy_is_written_and_the_return_untouched(line: Line, school: Path) -> None:
    before = hashlib.sha256(school.read_bytes()).hexdigest()
    result = line("run", "mine.xlsx", "--marked", "out/copies", "--lang", "zh")
    assert result.code == 1
    assert "已写入 out/copies/2111160018-mine-marked.xlsx" in result.err
    assert hashlib.sha256(school.read_bytes()).hexdigest() == before
    assert [path.name for path in Path("out/copies").iterdir()] == ["2111160018-mine-marked.xlsx"]
    lines = result.out.splitlines()
    assert lines[0] == "需修改 2 处"
    assert lines.index("必须更正 2") < lines.index("各单位")
    again = line("run", "out/copies", "--roster", "roster.xlsx", "--lang", "en")
    assert again.out.splitlines()[0] == "to be corrected: 2"


def test_a_folder_with_something_in_it_needs_force(line: Line, school: Path) -> None:
    assert line("run", "mine.xlsx", "--marked", ".").code == 2
    refused = line("run", "mine.xlsx", "--marked", str(school))
    assert (refused.code, refused.err) == (2, f"错误：{school} 不是文件夹\n")
    assert line("run", "mine.xlsx", "--marked", ".", "--force", "-q").code == 1
    assert Path("2111160018-mine-marked.xlsx").exists()


def test_where_copies_cannot_be_written_is_said_first(
    line: Line, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, _: Path(path).resolve() != school.parent.resolve())
    for folder in ("out", "out/deeper", "."):
        result = line("run", "mine.xlsx", "--marked", folder, "--force")
        assert (result.code, result.out, result.err) == (2, "", f"错误：无法写入 {folder}：没有权限\n")


def test_a_marked_copy_in_its_own_folder_is_an_input_and_stays(line: Line, school: Path) -> None:
    line("run", "mine.xlsx", "--marked", "out", "-q")
    before = Path("out/2111160018-mine-marked.xlsx").read_bytes()
    result = line("run", "out", "--roster", "roster.xlsx", "--marked", "out", "--force", "-q")
    assert result.code == 2
    assert "是输入文件，不能覆盖" in result.err
    assert Path("out/2111160018-mine-marked.xlsx").read_bytes() == before
    assert school.exists()


def test_a_return_that_cannot_be_opened_is_said_and_the_others_are_marked(line: Line, school: Path) -> None:
    assert school.exists()
    Path("bad.xlsx").write_bytes(b"PK\x03\x04")
    result = line("run", "mine.xlsx", "bad.xlsx", "--marked", "out", "-q")
    assert [path.name for path in Path("out").iterdir()] == ["2111160018-mine-marked.xlsx"]
    assert "bad.xlsx" in line("run", "mine.xlsx", "bad.xlsx", "-q", "--format", "json").out
    assert result.code == 1
