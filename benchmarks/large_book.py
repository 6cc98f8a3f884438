"""Workload: one workbook of 100,000 schools by 40 columns, its XML written as Excel writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from figures import Value, school_unit
from layouts import LARGE, LARGE_FIRST_ROW, LARGE_SHEET
from school_form import STAGES

SEED = 100_000
ROWS = 100_000

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets><sheet name="{LARGE_SHEET}" sheetId="1" '
    'r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet {_MAIN}><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


class Strings:
    """The workbook's shared strings: each text once, cells point at it by number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.used = 0

    def cell(self, place: str, text: str) -> str:
        """Return the cell that shows a text."""
        self.used += 1
        return f'<c r="{place}" s="1" t="s"><v>{self.numbers.setdefault(text, len(self.numbers))}</v></c>'

    def part(self) -> str:
        """Return xl/sharedStrings.xml."""
        texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in self.numbers)
        return f'<sst {_MAIN} count="{self.used}" uniqueCount="{len(self.numbers)}">{texts}</sst>'


def large_book(path: Path) -> None:
    """Write the workbook."""
    letters = _letters(len(LARGE))
    strings = Strings()
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in _PARTS.items():
            package.writestr(_entry(name), _DECLARATION + text)
        with package.open(_entry("xl/worksheets/sheet1.xml"), "w") as sheet:
            last = f"{letters[-1]}{LARGE_FIRST_ROW + ROWS - 1}"
            sheet.write(f'{_DECLARATION}<worksheet {_MAIN}><dimension ref="A1:{last}"/><sheetData>'.encode())
            for number, row in enumerate(_rows(), 1):
                sheet.write(_row(number, row, letters, strings).encode())
            sheet.write(b"</sheetData></worksheet>")
        package.writestr(_entry("xl/sharedStrings.xml"), _DECLARATION + strings.part())


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, (2023, 9, 18, 9, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def _rows() -> Iterator[Sequence[Value]]:
    yield ("怀柔区2023—2024学年度中小学基本情况汇总表",)
    yield ("填报单位（盖章）：怀柔区教育委员会",)
    yield tuple(LARGE)
    elements = list(LARGE.values())[5:]
    dice = Random(SEED)
    for serial in range(ROWS):
        unit = school_unit(dice, serial, STAGES[serial % len(STAGES)])
        figures = (unit.figures[element] for element in elements)
        yield (unit.code, unit.name, unit.type, unit.stage, unit.township, *figures)


def _row(number: int, values: Sequence[Value], letters: Sequence[str], strings: Strings) -> str:
    cells = (
        strings.cell(f"{letter}{number}", value)
        if isinstance(value, str)
        else f'<c r="{letter}{number}"><v>{value}</v></c>'
        for letter, value in zip(letters, values, strict=False)
        if value is not None
    )
    return f'<row r="{number}" spans="1:{len(letters)}">{"".join(cells)}</row>'


def _letters(count: int) -> list[str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [(alphabet[at // 26 - 1] if at >= 26 else "") + alphabet[at % 26] for at in range(count)]
