"""returns.xlsx: the whole district's return for the school year 2023—2024."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.nouns import District
from generator.package import Book
from generator.sheet_district import write_cover, write_dictionary, write_money, write_population
from generator.sheet_health import write_fitness, write_vision
from generator.sheet_kindergartens import write_kindergartens
from generator.sheet_schools import write_schools, write_vocational


def returns_book(district: District) -> Book:
    """Return the workbook, its sheets in the order of the forms."""
    workbook = Workbook()
    cover = workbook.active
    assert isinstance(cover, Worksheet)
    cover.title = "封面"
    write_cover(cover)
    results = write_schools(workbook.create_sheet("表1 中小学"), district)
    write_vocational(workbook.create_sheet("表1 职业"), district)
    write_kindergartens(workbook.create_sheet("表2 幼儿园"), district)
    write_fitness(workbook.create_sheet("表3 体质健康"), district)
    write_vision(workbook.create_sheet("表4 视力体检"), district)
    write_money(workbook.create_sheet("表6 区级经费"))
    write_population(workbook.create_sheet("区级基础数据表"))
    write_dictionary(workbook.create_sheet("数据字典"))
    return Book(workbook, {"xl/worksheets/sheet2.xml": results})
