"""The sheets a marked copy gets: first the list of findings with links to their cells, then the one to explain on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plancheck.codes import hint, message
from plancheck.language import Lang
from plancheck.model import EXPLANATION_KEYS, EXPLANATIONS_SHEET, OWN_SHEET, Check, Explanation, Finding
from plancheck.reports.clean import clean_text
from plancheck.reports.findings import grade
from plancheck.reports.marked.marks import FILLS
from plancheck.reports.page import width
from plancheck.wording import say

FINDINGS: Final = f"{OWN_SHEET}findings/1"
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_HEAD: Final = PatternFill("solid", fgColor="D9D9D9")
_TO_FILL: Final = PatternFill("solid", fgColor="FFF9DB")
_FIRST_EXPLAINED: Final = 4


def write(sheet: Worksheet, row: int, column: int, text: str | int, *, bold: bool = False) -> Any:
    """Write a cell; a text stays a text, whatever it begins with, also when the cell is edited and entered again."""
    cell = sheet.cell(row, column)
    cell.value = clean_text(text) if isinstance(text, str) else text
    if isinstance(text, str):
        cell.data_type = "s"
        cell.quotePrefix = True
    cell.alignment = _WRAPPED
    if bold:
        cell.font = Font(bold=True)
    return cell


def _grow(sheet: Worksheet, row: int, texts: Mapping[str, int]) -> None:
    """Make a row as high as its longest text needs, given the width of its column: not every program does so itself."""
    lines = max(-(-width(line) // room) for text, room in texts.items() for line in text.split("\n"))
    sheet.row_dimensions[row].height = 15 * max(lines, 1)


def link(cell: Any, sheet: str, place: str) -> None:
    """Make a cell lead to another of the workbook; nowhere, where the sheet was given another name.

    The one sheet of a .csv has no name; it is the first that the copy does not begin with.
    """
    book = cell.parent.parent
    title = sheet or book.sheetnames[1]
    if title not in book.sheetnames:
        return
    escaped = title.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{escaped}'!{place}")
    cell.font = Font(underline="single", color="0563C1")


def _for_paper(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def list_findings(sheet: Worksheet, findings: Sequence[Finding], notes: Sequence[str], lang: Lang) -> None:
    """Write the first sheet: what the copy is, what it could not keep, and each finding with a link."""
    write(sheet, 1, 1, FINDINGS)
    write(sheet, 1, 2, say("marked.title", lang), bold=True).alignment = Alignment()
    for row, note in enumerate(notes, 2):
        write(sheet, row, 2, note)
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=7)
        sheet.row_dimensions[row].height = 30
    top = len(notes) + 3
    heads = ("column.no", "column.severity", "column.place", "column.code", "column.message", "column.cure")
    for column, key in enumerate(heads, 2):
        write(sheet, top, column, say(key, lang), bold=True).fill = _HEAD
    for number, finding in enumerate(findings, 1):
        row, graded = top + number, grade(finding)
        write(sheet, row, 2, number)
        cell = write(sheet, row, 3, say(f"grade.{graded}", lang))
        if graded in FILLS:
            cell.fill = PatternFill("solid", fgColor=FILLS[graded])
        place = write(sheet, row, 4, "!".join(filter(None, (finding.sheet, finding.cell))))
        if finding.sheet or finding.cell:
            link(place, finding.sheet, finding.cell if finding.cell and finding.cell[-1].isdigit() else "A1")
        write(sheet, row, 5, finding.code)
        said, cure = message(finding.code, finding.params, lang), hint(finding.code, finding.params, lang)
        write(sheet, row, 6, said)
        write(sheet, row, 7, cure)
        _grow(sheet, row, {said: 68, cure: 42, place.value or "": 23})
    for letter, room in zip("BCDEFG", (6, 14, 24, 9, 70, 44), strict=True):
        sheet.column_dimensions[letter].width = room
    sheet.column_dimensions["A"].hidden = True
    _for_paper(sheet)
    sheet.freeze_panes = f"A{top + 1}"


def ask_explanations(
    sheet: Worksheet, asked: Sequence[tuple[Finding, Explanation | None]], checks: Mapping[str, Check], lang: Lang
) -> None:
    """Write the sheet of explanations: a row for each finding, with its value, and what was written on it before.

    An explanation that still holds is filled in; a stale one only stands beside, to be written anew.
    """
    write(sheet, 1, 1, EXPLANATIONS_SHEET)
    write(sheet, 1, 5, say("explain.sheet_title", lang), bold=True).alignment = Alignment()
    heads = (
        "column.check",
        "column.unit_id",
        "column.period",
        "column.place",
        "column.message",
        "column.said_before",
        "column.explanation",
    )
    for column, key in zip((1, 2, 3, 4, 11), EXPLANATION_KEYS, strict=True):
        write(sheet, 2, column, key)
    for column, key in enumerate(heads, 5):
        write(sheet, 3, column, say(key, lang), bold=True).fill = _HEAD
    for row, (finding, one) in enumerate(asked, _FIRST_EXPLAINED):
        keys = (finding.check or finding.code, finding.unit, str(finding.period or ""), finding.value)
        for column, text in enumerate(keys, 1):
            write(sheet, row, column, text)
        check = checks.get(finding.check)
        write(sheet, row, 5, check.label.say(lang) if check is not None else finding.code)
        write(sheet, row, 6, finding.unit)
        write(sheet, row, 7, str(finding.period or ""))
        place = write(sheet, row, 8, "!".join(filter(None, (finding.sheet, finding.cell))))
        link(place, finding.sheet, finding.cell or "A1")
        said = message(finding.code, finding.params, lang)
        write(sheet, row, 9, said)
        _grow(sheet, row, {said: 68, check.label.say(lang) if check is not None else "": 21})
        write(sheet, row, 10, one.text if one is not None and one.state in ("stale", "misplaced") else "")
        write(sheet, row, 11, one.text if one is not None and one.state == "given" else "").fill = _TO_FILL
    for letter, room in zip("EFGHIJK", (22, 20, 8, 22, 70, 30, 50), strict=True):
        sheet.column_dimensions[letter].width = room
    for letter in "ABCD":
        sheet.column_dimensions[letter].hidden = True
    sheet.row_dimensions[2].hidden = True
    _for_paper(sheet)
    sheet.freeze_panes = "A4"
