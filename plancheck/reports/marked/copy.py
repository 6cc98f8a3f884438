"""The marked copy of one return, from its workbook and the findings in it, to bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plancheck.codes import hint, message
from plancheck.language import Lang
from plancheck.model import MARKS_SHEET, OWN_SHEET, Assessment, Explanation, Finding
from plancheck.pattern import Pattern
from plancheck.reports.findings import by_grade, grade
from plancheck.reports.marked.marks import FILLS, mark, unmark
from plancheck.reports.marked.sheets import ask_explanations, list_findings, write
from plancheck.reports.summary import finding_counts
from plancheck.wording import say

_HARMLESS: Final = Pattern(
    r"=(?:(?:SUM|AVERAGE|ROUND|COUNT|COUNTA|MIN|MAX|IF|IFERROR)(?=\()|\$?[A-Z]{1,3}\$?[0-9]{1,7}|[-+*/(),:.%0-9<>= ])*"
)
"""Formulas that only reckon within their sheet: such a one stays, if its result was not saved with it."""


def marked(
    book: Workbook, values: Workbook | None, assessment: Assessment, file: str, lang: Lang, *, remade: bool
) -> bytes:
    """Return a copy of a return with its findings marked. `book` is changed; the file it came from is not."""
    _clean(book)
    unsaved = _values_for_formulas(book, values) if values is not None else 0
    found = [each for graded in by_grade(assessment.findings).values() for each in graded if each.file == file]
    kept = _mark_cells(book, found, file, lang)
    first = _sheet(book, say("marked.title", lang), 0)
    asked = _to_explain(found, assessment.explanations)
    if asked:
        ask_explanations(
            _sheet(book, say("explain.sheet_title", lang), len(book.sheetnames)), asked, assessment.plan.checks, lang
        )
    notes = [say("marked.about", lang, file=file, sha=assessment.files.get(file, ""), date=assessment.as_of)]
    notes.append(finding_counts(found, lang))
    notes.append(say("marked.remade" if remade else "marked.lost", lang))
    notes += [say("marked.unsaved", lang, count=unsaved)] if unsaved else []
    list_findings(first, found, notes, lang)
    _remember(_sheet(book, "plancheck", len(book.sheetnames)), kept)
    book.active = 0
    for sheet in book.worksheets:  # two sheets selected would be edited together
        sheet.sheet_view.tabSelected = sheet is first
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _clean(book: Workbook) -> None:
    """Take off the marks of an earlier run."""
    own = [sheet for sheet in book.worksheets if str(sheet["A1"].value or "").startswith(OWN_SHEET)]
    for sheet in own:
        if sheet["A1"].value == MARKS_SHEET:
            unmark(sheet, sheet.iter_rows(min_row=2, max_col=4, values_only=True))
    for sheet in own:
        book.remove(sheet)


def _values_for_formulas(book: Workbook, values: Workbook) -> int:
    """Put the saved result in the place of each formula, as a copy cannot keep both; return how many had none."""
    unsaved = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                result: Any = values[sheet.title][cell.coordinate].value
                if result is None:
                    unsaved += 1
                    result = str(getattr(cell.value, "text", cell.value))
                    if _HARMLESS.fullmatch(result):
                        continue
                cell.value = result
                if isinstance(result, str) and not result.startswith("#"):
                    cell.data_type = "s"
    return unsaved


def _mark_cells(book: Workbook, found: Sequence[Finding], file: str, lang: Lang) -> list[list[str]]:
    """Mark each cell that a finding names, once, by its gravest finding."""
    said: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        if grade(finding) in FILLS:
            also = [(sheet, cell) for other, sheet, cell in finding.also if other == file]
            for place in ((finding.sheet, finding.cell), *also):
                said.setdefault(place, []).append(finding)
    kept = []
    for (name, cell), findings in said.items():
        title = name or book.sheetnames[0]  # a .csv has one sheet, without a name
        sheet = book[title] if title in book.sheetnames else None
        if isinstance(sheet, Worksheet):
            lines = [line for each in findings for line in _lines(each, lang)]
            kept.append(mark(sheet, cell, grade(findings[0]), lines))
    return [each for each in kept if each is not None]


def _lines(finding: Finding, lang: Lang) -> Sequence[str]:
    return (
        f"[{say(f'grade.{grade(finding)}', lang)}] {finding.code}",
        message(finding.code, finding.params, lang),
        f"→ {hint(finding.code, finding.params, lang)}",
    )


def _to_explain(
    found: Sequence[Finding], explanations: Sequence[Explanation]
) -> list[tuple[Finding, Explanation | None]]:
    """Return what is to be explained, and what already is, with what the school wrote on it."""
    written: Mapping[tuple[str, str, int | None, str], Explanation] = {
        (each.check, each.unit, each.period, each.value if each.state == "given" else ""): each for each in explanations
    }
    asked = []
    for finding in found:
        if grade(finding) == "explain" or finding.code == "PC511":
            key = (finding.check or finding.code, finding.unit, finding.period)
            asked.append((finding, written.get((*key, finding.value)) or written.get((*key, ""))))
    return asked


def _sheet(book: Workbook, title: str, index: int) -> Worksheet:
    """Return a new sheet of that name, or of the name with a number where the workbook has one."""
    sheet = book.create_sheet(title, index)
    assert isinstance(sheet, Worksheet)
    return sheet


def _remember(sheet: Worksheet, kept: Sequence[Sequence[str]]) -> None:
    write(sheet, 1, 1, MARKS_SHEET)
    for row, texts in enumerate(kept, 2):
        for column, text in enumerate(texts, 1):
            write(sheet, row, column, text)
    sheet.sheet_state = "veryHidden"
