"""Cells filled and commented by finding; what they looked like before is kept, so that marks come off again whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Color, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from plancheck.pattern import Pattern
from plancheck.reports.clean import clean_text

FILLS: Final = {"error": "FFC7CE", "must": "FFC7CE", "explain": "FFEB9C", "warning": "DDEBF7"}
"""The colour of each grade: red to be corrected, yellow to be explained, blue for warnings."""
_CELL: Final = Pattern(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_AUTHOR: Final = "plancheck"
_SEPARATOR: Final = "\n—— plancheck ——\n"
_SAID: Final = Pattern(r"(?:\A|—— plancheck ——\n)\[[^\]\n]+\] PC[0-9]{3}\n")
"""How a mark's comment begins, by which it is known where another program has put in another author, or none."""
_LONGEST: Final = 1_500


def mark(sheet: Worksheet, place: str, grade: str, said: Sequence[str]) -> list[str] | None:
    """Fill and comment one cell. Returns what restores it, None where the place is no cell."""
    if not _CELL.fullmatch(place):
        return None
    cell = _whole(sheet, place)
    before = [sheet.title, cell.coordinate, json.dumps(_fill(cell.fill)), cell.comment.text if cell.comment else ""]
    cell.fill = PatternFill("solid", fgColor=FILLS[grade])
    text = clean_text("\n".join(said))[:_LONGEST]
    comment = Comment(f"{before[3]}{_SEPARATOR}{text}" if before[3] else text, _AUTHOR)
    comment.width, comment.height = 320, min(60 + 18 * (len(comment.text) // 20 + comment.text.count("\n")), 400)
    cell.comment = comment
    return before


def _whole(sheet: Worksheet, place: str) -> Any:
    """Return a cell, of a merged one the first, which is the one that shows."""
    cell = sheet[place]
    if not isinstance(cell, MergedCell):
        return cell
    merged = next(each for each in sheet.merged_cells.ranges if cell.coordinate in each)
    return sheet.cell(merged.min_row, merged.min_col)


def _fill(fill: Any) -> dict[str, Any]:
    if getattr(fill, "patternType", None) is None:  # none, or a gradient, which is not kept
        return {}
    return {"pattern": fill.patternType, "fg": _colour(fill.fgColor), "bg": _colour(fill.bgColor)}


def _colour(colour: Color) -> dict[str, Any]:
    return {"type": colour.type, "value": colour.value, "tint": colour.tint}


def unmark(sheet: Worksheet, rows: Iterator[tuple[Any, ...]]) -> None:
    """Take the marks of an earlier run off a workbook, as the sheet of marks remembers its cells.

    The sheet came back from a school: what it says is believed only where it is of the right kind.
    """
    book: Any = sheet.parent
    for row in rows:
        name, place, fill, comment = (str(value or "") for value in (*row, "", "", "", "")[:4])
        if name not in book.sheetnames or not _CELL.fullmatch(place):
            continue
        cell = _whole(book[name], place)
        cell.fill = _restored(fill)
        said = cell.comment
        if said is not None and (said.author == _AUTHOR or _SAID.search(said.text)):
            cell.comment = Comment(comment, "") if comment else None


def _restored(text: str) -> PatternFill:
    try:
        kept = json.loads(text)
        front, back = (
            Color(**{kept[side]["type"]: kept[side]["value"]}, tint=kept[side]["tint"]) for side in ("fg", "bg")
        )
        return PatternFill(kept["pattern"], fgColor=front, bgColor=back)
    except (ValueError, TypeError, KeyError, AttributeError):
        return PatternFill()
