"""The files of a case: a workbook from rows of cells, with what rows alone do not say, or a text file."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment

from tests.conftest import write_workbook


def files_of(case: Mapping[str, Any], folder: Path) -> tuple[Path, ...]:
    """Write the case's return, and those `files` handed in. `csv: {text, encoding}` is a text file instead."""
    if "csv" in case:
        path = folder / case.get("name", "return.csv")
        path.write_bytes(case["csv"]["text"].encode(case["csv"].get("encoding", "utf-8")))
        return (path,)
    path = write_workbook(folder / case.get("name", "return.xlsx"), case["sheets"], case.get("merges"))
    if "hidden" in case or "comments" in case:
        _dress(path, case.get("hidden", {}), case.get("comments", {}))
    if "xml" in case:
        _rewrite(path, case["xml"])
    return (path, *(write_workbook(folder / name, sheets) for name, sheets in case.get("files", {}).items()))


def _dress(path: Path, hidden: Mapping[str, Any], comments: Mapping[str, Mapping[str, str]]) -> None:
    """Hide rows, columns or sheets, and put comments on cells."""
    book = openpyxl.load_workbook(path)
    for name, what in hidden.items():
        sheet = book[name]
        for row in what.get("rows", ()):
            sheet.row_dimensions[row].hidden = True
        for column in what.get("columns", ()):
            sheet.column_dimensions[column].hidden = True
        if what.get("sheet"):
            sheet.sheet_state = "hidden"
    for name, cells in comments.items():
        for cell, text in cells.items():
            book[name][cell].comment = Comment(text, "x")
    book.save(path)


def _rewrite(path: Path, changes: Sequence[tuple[str, str]]) -> None:
    """Change the XML of the sheets: what openpyxl would not write."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            for old, new in changes:
                if name.startswith("xl/worksheets/sheet"):
                    content = content.replace(old.encode(), new.encode())  # noqa: PLW2901  # one change after the other
            archive.writestr(name, content)
