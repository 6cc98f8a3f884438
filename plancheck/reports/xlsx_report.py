"""The results workbook: what an office hands on, reads on a screen, filters, and prints, perhaps in grey."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from math import ceil
from typing import Any, Final

import xlsxwriter

from plancheck.language import Lang
from plancheck.model import Assessment
from plancheck.reports import evidence_sheets, result_sheets
from plancheck.reports.clean import clean_text
from plancheck.reports.page import width
from plancheck.reports.sheets import Cell, CellStyle, Column, Sheet
from plancheck.reports.summary import title
from plancheck.reports.symbols import TINTS

_LONGEST: Final = 32_767
"""A cell holds no more characters."""
_A4: Final = 9
_LINE: Final = 16.0
"""Points that a line of a cell is high, in the fonts that stand in for 宋体 as well."""
_FILLED: Final = 0.94
"""How much of a column's width a line of Chinese fills: its characters are wider than two digits."""
_TALLEST: Final = 409.0
_PAGE: Final = 212
"""Characters across a landscape page that can still be read."""
_MOST_DIGITS: Final = 15
"""A figure with more digits, and a fraction, stay text: a workbook's numbers would round them."""
_FIGURES: Final = frozenset(("number", "centre"))
_SETTLED: Final = datetime(2000, 1, 1, tzinfo=UTC)
_FONTS: Final[Mapping[Lang, str]] = {"zh": "宋体", "en": "Calibri"}
_LOOKS: Final[Mapping[CellStyle, Mapping[str, Any]]] = {
    "": {"text_wrap": True},
    "title": {"bold": True, "font_size": 16},
    "strong": {"bold": True, "text_wrap": True},
    "middle": {"align": "center", "text_wrap": True},
    "number": {"align": "right", "indent": 1},
    "centre": {"align": "center"},
    "met": {"bg_color": f"#{TINTS['met']}", "text_wrap": True},
    "on_track": {"bg_color": f"#{TINTS['on_track']}", "text_wrap": True},
    "behind": {"bg_color": f"#{TINTS['behind']}", "text_wrap": True},
    "not_due": {"text_wrap": True},
    "not_met": {"bg_color": f"#{TINTS['not_met']}", "bold": True, "text_wrap": True},
    "unknown": {"bg_color": f"#{TINTS['unknown']}", "italic": True, "text_wrap": True},
    "not_applicable": {"font_color": "#7F7F7F", "text_wrap": True},
}
_WORD_END: Final = 3
"""How many characters a line of words leaves empty at its end."""


def render(assessment: Assessment, lang: Lang) -> bytes:
    """Return the workbook; the same one for the same assessment, whenever and wherever it is made."""
    out = io.BytesIO()
    font = {"font_name": _FONTS[lang], "font_size": 11, "valign": "top"}
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "default_format_properties": font, "strings_to_formulas": False}
    )
    created = datetime.fromisoformat(assessment.as_of).replace(tzinfo=UTC) if assessment.as_of else _SETTLED
    book.set_properties({"title": clean_text(title(assessment, lang)), "author": "plancheck", "created": created})
    looks = Looks(book)
    for sheet in _sheets(assessment, lang):
        _draw(book, sheet, looks)
    book.close()
    return out.getvalue()


def _sheets(assessment: Assessment, lang: Lang) -> list[Sheet]:
    """Return the sheets that have anything to say, and always the first and the last two."""
    made = [
        result_sheets.district_sheet(assessment, lang),
        result_sheets.group_sheet(assessment, lang),
        result_sheets.matrix_sheet(assessment, lang),
        result_sheets.gap_sheet(assessment, lang),
        result_sheets.spread_sheet(assessment, lang),
        evidence_sheets.finding_sheet(assessment, lang),
        evidence_sheets.missing_sheet(assessment, lang),
        evidence_sheets.explanation_sheet(assessment, lang),
    ]
    return [
        result_sheets.summary_sheet(assessment, lang),
        *(sheet for sheet in made if sheet.rows),
        result_sheets.definition_sheet(assessment, lang),
        evidence_sheets.stamp_sheet(assessment, lang),
    ]


class Looks:
    """The formats of one workbook, each made once: by style, and of numbers by their decimals."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[CellStyle, int, str], Any] = {}

    def of(self, place: str, style: CellStyle, places: int = 0) -> Any:
        """Return the format of a cell: in a `head`, in the `table` below one, or on a page that is `free` of lines."""
        key = style, places, place
        if key not in self._made:
            look = dict(_LOOKS[style])
            if style in _FIGURES:
                look["num_format"] = "0." + "0" * places if places else "0"
            if place == "head":
                look |= {"bold": True, "bottom": 2, "align": "center", "valign": "vcenter", "bg_color": "#F2F2F2"}
            elif place == "table":
                look |= {"border": 1, "border_color": "#BFBFBF"}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _draw(book: Any, sheet: Sheet, looks: Looks) -> None:
    drawn = book.add_worksheet(sheet.name)
    last = len(sheet.columns) - 1
    look = partial(looks.of, "table" if sheet.head else "free")
    for at, column in enumerate(sheet.columns):
        # cells that hold nothing are not written: they look as their column does
        drawn.set_column(at, at, column.width, look("") if sheet.head else None)
    if sheet.head:
        heading = [Cell(column.heading) for column in sheet.columns]
        drawn.set_row(0, _height(heading, sheet.columns) + _LINE / 2)
        for at, cell in enumerate(heading):
            drawn.write_string(0, at, clean_text(cell.text), looks.of("head", ""))
        drawn.freeze_panes(1, sheet.held)
        drawn.autofilter(0, 0, max(len(sheet.rows), 1), last)
        drawn.repeat_rows(0)
        if sheet.held:
            drawn.repeat_columns(0, sheet.held - 1)
    for row, cells in enumerate(sheet.rows, int(sheet.head)):
        drawn.set_row(row, _height(cells, sheet.columns))
        for at, cell in enumerate(cells):
            _write(drawn, row, at, cell, look)
    drawn.set_paper(_A4)
    drawn.print_area(0, 0, max(len(sheet.rows), 1), last - sheet.unprinted)
    printed = sum(column.width for column in sheet.columns[: last + 1 - sheet.unprinted])
    drawn.fit_to_pages(ceil(printed / _PAGE), 0)
    drawn.set_margins(0.4, 0.4, 0.5, 0.6)
    drawn.set_footer("&C&P / &N")
    if sheet.wide:
        drawn.set_landscape()


def _height(cells: Sequence[Cell], columns: Sequence[Column]) -> float:
    """Return how high a row must be for its cells to be read whole; not every program finds that out by itself."""
    tallest = max(map(_lines, cells, columns), default=1) * _LINE
    return min(tallest * (1.6 if any(cell.style == "title" for cell in cells) else 1), _TALLEST)


def _lines(cell: Cell, column: Column) -> int:
    text = cell.text
    if len(text) <= column.width * _FILLED / 2 and "\n" not in text:  # as most are: no character is wider than two
        return 1
    room, ragged = (column.width, _WORD_END) if text.isascii() else (column.width * _FILLED, 2)
    return sum(1 if (wide := width(part)) <= room else ceil(wide / (room - ragged)) for part in text.split("\n"))


def _write(drawn: Any, row: int, at: int, cell: Cell, look: Callable[..., Any]) -> None:
    text = clean_text(cell.text)[:_LONGEST]
    if cell.link:
        drawn.write_url(row, at, cell.link, None, text)
    elif text and cell.style in _FIGURES and "/" not in text and len(text) <= _MOST_DIGITS:
        # the decimals that it was given are shown, so that it does not look better than it is
        drawn.write_number(row, at, float(text), look(cell.style, len(text.partition(".")[2])))
    elif text:
        drawn.write_string(row, at, text, look("" if cell.style in _FIGURES else cell.style))
