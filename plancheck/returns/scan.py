"""A narrow look at the XML of an .xlsx for the three things calamine does not tell (design: the doors).

calamine turns an error cell into a blank, does not tell an uncalculated formula from a blank, and drops number
formats, so that 98 shown as 9800 % and 0.98 shown as 98 % look alike. This reads just these off the XML with a few
byte patterns, a twentieth of the time openpyxl needs. Where the XML is written in an unusual way it says so.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import Final
from zipfile import BadZipFile, ZipFile

from plancheck.language import Text
from plancheck.returns.preflight import Refused
from plancheck.returns.sheet import Quirks

MOST_CELLS: Final = 40_000_000
_LAST_COLUMN: Final = 16_384
_LAST_ROW: Final = 1_048_576
_DAMAGED: Final = (BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError, ValueError)

_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?:id=[\"']([^\"']+)[\"']")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE: Final = re.compile(rb"(\w+)=[\"']([^\"']*)[\"']")
_FORMAT: Final = re.compile(rb"<numFmt\s[^>]*>")
_STYLE_LIST: Final = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_STYLE: Final = re.compile(rb"<xf\s[^>]*>")
_ERROR: Final = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]+)"[^>]*\bt="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>'
)
_FORMULA: Final = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]+)"([^>]*)>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_STYLED: Final = re.compile(rb'<c r="([A-Z]{1,3})([0-9]+)"[^>]*?\bs="([0-9]+)"')
_NEAR: Final = 104
_BEYOND: Final = re.compile(rb'r="(?:[A-Z]{3}|[D-Z][A-Z]|[0-9]{7})')
"""A cell right of the first 104 columns (CZ), or below row 999,999: hardly any sheet has one."""
_FAR: Final = re.compile(rb'r="(?:([A-Z]{3,})[0-9]|([0-9]{7,}))')
_WIDE: Final = re.compile(rb'r="([A-Z]{2,})[0-9]')
_ROW: Final = re.compile(rb'<row\s[^>]*?\br="([0-9]+)"')
_HIDDEN_ROW: Final = re.compile(rb'<row\s[^>]*\bhidden="(?:1|true)"')
_HIDDEN_COLUMN: Final = re.compile(rb'<col\s[^>]*\bhidden="(?:1|true)"[^>]*>')
_BUILT_IN_PERCENT: Final = frozenset((9, 10))


def scan(archive: ZipFile) -> tuple[Quirks, ...]:
    """Return the quirks of each sheet in workbook order. Raises Refused for damaged or dangerous content."""
    try:
        parts = _sheet_parts(archive)
        percent = _percent_styles(archive)
        return tuple(_quirks(archive.read(part), percent) if part else Quirks(formats_seen=False) for part in parts)
    except _DAMAGED as error:
        why = str(error) or type(error).__name__
        raise Refused("PC205", why=Text(f"压缩内容有误（{why}）", f"its parts cannot be unpacked ({why})")) from None


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(tag))


def _sheet_parts(archive: ZipFile) -> tuple[str, ...]:
    """Return the zip path of each sheet, in the workbook's order; an empty text where it cannot be told."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return ()
    parts = _targets(archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels"))
    return tuple(part if part in names else "" for part in parts)


@lru_cache(maxsize=16)
def _targets(workbook: bytes, relationships: bytes) -> tuple[str, ...]:
    """Return where a workbook says its sheets are. Kept, as schools copy one template."""
    relations = {}
    for tag in _RELATION.findall(_safe(relationships)):
        attributes = _attributes(tag)
        relations[attributes.get(b"Id", b"")] = _unescaped(attributes.get(b"Target", b"").decode("utf-8", "replace"))
    targets = (relations.get(identifier, "") for identifier in _SHEET.findall(_safe(workbook)))
    return tuple(target.lstrip("/") if target.startswith("/") else f"xl/{target}" for target in targets)


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


def _safe(xml: bytes) -> bytes:
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml[:4096]:
        raise Refused(
            "PC205", why=Text("含有不允许的 XML 声明（DOCTYPE）", "it holds a forbidden XML declaration (DOCTYPE)")
        )
    return xml


def _percent_styles(archive: ZipFile) -> frozenset[bytes]:
    """Return the style numbers whose format shows a percentage."""
    return _percent_in(archive.read("xl/styles.xml")) if "xl/styles.xml" in archive.namelist() else frozenset()


@lru_cache(maxsize=16)
def _percent_in(styles: bytes) -> frozenset[bytes]:
    formats = set(_BUILT_IN_PERCENT)
    for tag in _FORMAT.findall(_safe(styles)):
        attributes = _attributes(tag)
        if b"%" in attributes.get(b"formatCode", b""):
            formats.add(int(attributes.get(b"numFmtId", b"-1")))
    listed = _STYLE_LIST.search(styles)
    tags = _STYLE.findall(listed.group()) if listed else []
    numbers = (int(_attributes(tag).get(b"numFmtId", b"0")) for tag in tags)
    return frozenset(b"%d" % index for index, number in enumerate(numbers) if number in formats)


def _quirks(xml: bytes, percent: frozenset[bytes]) -> Quirks:
    _safe(xml)
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused("PC205", why=Text("工作表不是 UTF-8 编码", "a sheet is not in UTF-8"))
    _bounded(xml)
    seen = b'<c r="' in xml or b"<c" not in xml
    errors = {}
    if b't="e"' in xml:
        errors = {_cell(match): match[3].decode("utf-8", "replace") for match in _ERROR.finditer(xml)}
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    if b"<f" in xml:
        uncalculated = frozenset(_cell(match) for match in _FORMULA.finditer(xml) if b't="str"' not in match[3])
    shown: frozenset[tuple[int, int]] = frozenset()
    if any(b's="%b"' % style in xml for style in percent):
        shown = frozenset(_cell(match) for match in _STYLED.finditer(xml) if match[3] in percent)
    return Quirks(shown, errors, uncalculated, _hidden(xml), seen)


def _hidden(xml: bytes) -> dict[str, int]:
    if b"hidden=" not in xml:
        return {}
    columns = 0
    for tag in _HIDDEN_COLUMN.findall(xml):
        attributes = _attributes(tag)
        columns += int(attributes.get(b"max", b"1")) - int(attributes.get(b"min", b"1")) + 1
    found = {"rows": len(_HIDDEN_ROW.findall(xml)), "columns": columns}
    return {what: count for what, count in found.items() if count}


def _cell(match: re.Match[bytes]) -> tuple[int, int]:
    return int(match[2]) - 1, _column(match[1])


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number - 1


def _bounded(xml: bytes) -> None:
    """Refuse a sheet whose used range would exhaust memory: calamine holds it densely and aborts."""
    last = xml.rfind(b"<row ")
    found = _ROW.match(xml, last) if last >= 0 else None
    rows = int(found[1]) if found else 0
    if rows * _NEAR <= MOST_CELLS and _BEYOND.search(xml) is None:
        return
    columns = 0
    for match in _FAR.finditer(xml):
        columns = max(columns, _column(match[1]) + 1) if match[1] else columns
        rows = max(rows, int(match[2])) if match[2] else rows
    if columns > _LAST_COLUMN or rows > _LAST_ROW:
        what = Text("单元格位置", "a cell's position")
        raise Refused("PC206", what=what, found=f"{rows} × {columns}", limit=f"{_LAST_ROW} × {_LAST_COLUMN}")
    if rows * 702 > MOST_CELLS and columns == 0:
        columns = max((_column(name) + 1 for name in set(_WIDE.findall(xml))), default=26)
    if rows * columns > MOST_CELLS:
        what = Text("已用区域的单元格数", "the cells of its used range")
        raise Refused("PC206", what=what, found=f"{rows * columns:,}", limit=f"{MOST_CELLS:,}")
