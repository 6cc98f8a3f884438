"""school-to-correct.xlsx: the same school's form as a hurried clerk might hand it in, with slips of each kind."""

from __future__ import annotations

from generator.nouns import District
from generator.package import Book
from generator.pen import Value
from generator.school_book import school_book

SLIPS: dict[str, Value] = {
    "　其中：女": "１３０",  # more girls than pupils, in full-width digits
    "最大班额": 48,  # above the 45 of a compulsory school: to be explained
    "专任教师数": 19,  # four more than last year, more than a fifth: to be explained
    "　其中：本科": 18,
    "参加测试人数": 315,  # of 124 pupils; nor is it the sum of the four grades
    "视力检查人数": 80,  # fewer than four in five pupils: to be explained
    "图书": "约6000",
}
HIDDEN = "毕业生数"


def slipped_book(district: District) -> Book:
    """Return the workbook of `school_book` with the slips in this year's column and one row hidden."""
    book = school_book(district)
    sheet = book.workbook.worksheets[0]
    for row in range(1, sheet.max_row + 1):
        item = str(sheet.cell(row, 3).value)
        if item in SLIPS:
            sheet.cell(row, 6).value = SLIPS[item]
        if item == HIDDEN:
            sheet.row_dimensions[row].hidden = True
    return book
