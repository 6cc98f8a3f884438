"""A workbook as bytes that are the same every time: fixed dates, fixed order, one spelling of the XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import canonicalize
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

_DATE = (2023, 9, 18, 9, 0, 0)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMULA = re.compile(r'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v></v>')
_MERGES = re.compile(r"(<mergeCells[^>]*>)(.*)(</mergeCells>)")
_EMPTY = re.compile(r"<([A-Za-z][^<>]*)></[^<>]+>")
_PROPERTIES = {
    "docProps/app.xml": (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>"
    ),
    "docProps/core.xml": (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>怀柔区教育委员会（示例）</dc:creator>'
        '<dcterms:created xsi:type="dcterms:W3CDTF">2023-09-18T09:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2023-09-18T09:00:00Z</dcterms:modified></cp:coreProperties>'
    ),
}


@dataclass(slots=True)
class Book:
    """A workbook and what its formulas come to, by sheet part (xl/worksheets/sheet1.xml) and cell.

    openpyxl writes formulas without their results, as no program that was ever saved by Excel would.
    """

    workbook: Workbook
    results: dict[str, Mapping[str, int | float]] = field(default_factory=dict)


def pack(book: Book) -> bytes:
    """Return the workbook's bytes. The XML is canonical, so that no version of a library shows in it."""
    written, packed = BytesIO(), BytesIO()
    book.workbook.save(written)
    with ZipFile(written) as source, ZipFile(packed, "w") as target:
        for name in sorted(source.namelist(), key=_order):
            text = _PROPERTIES.get(name) or canonicalize(source.read(name).decode())
            text = _with_results(_MERGES.sub(_in_order, text), book.results.get(name, {}))
            part = ZipInfo(name, _DATE)
            part.compress_type, part.external_attr, part.create_system = ZIP_DEFLATED, 0o600 << 16, 3
            target.writestr(part, _DECLARATION + _EMPTY.sub(r"<\1/>", text), compresslevel=9)
    return packed.getvalue()


def _order(name: str) -> tuple[int, str]:
    """[Content_Types].xml comes first, as Excel has it; then the parts by name."""
    return (0 if name == "[Content_Types].xml" else 1 if name.startswith("_rels") else 2, name)


def _in_order(merges: re.Match[str]) -> str:
    """Sort merged ranges, which openpyxl keeps in a set."""
    return merges[1] + "".join(sorted(re.findall("<mergeCell .*?</mergeCell>", merges[2]))) + merges[3]


def _with_results(text: str, results: Mapping[str, int | float]) -> str:
    return _FORMULA.sub(lambda match: f"{match[1]}<v>{results[match[2]]}</v>", text)
