"""The parts of an .xlsx: which sheets there are, in which part of the archive each stands, and what goes with it."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from struct import unpack_from
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from msgspec import Struct

from plancheck.language import Text
from plancheck.pattern import Pattern
from plancheck.returns.number_formats import BUILT_IN_DATE, BUILT_IN_PERCENT, shows_date, shows_percent
from plancheck.returns.preflight import Refused

DAMAGED: Final = (BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What reading a broken archive raises."""

_TAG: Final = Pattern(rb"<(?:\w+:)?(sheet|Relationship|workbookPr|calcPr)\s((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE: Final = Pattern(rb"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FORMAT: Final = Pattern(rb"<(?:\w+:)?numFmt\s((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_STYLE_LIST: Final = Pattern(rb"<((?:\w+:)?)cellXfs\b.*?</\1cellXfs>", re.DOTALL)
_STYLE: Final = Pattern(rb"<(?:\w+:)?xf\b([^>]*)>")
_FILL: Final = Pattern(rb"<(?:\w+:)?fill(?:\s*/>|>(.*?)</(?:\w+:)?fill>)", re.DOTALL)
_PATTERN: Final = Pattern(rb"<(?:\w+:)?patternFill\b([^>]*)>")
_FORE_COLOUR: Final = Pattern(rb"<(?:\w+:)?fgColor\b([^>]*)>")
_WHITE: Final = (b"1", b"9", b"64", b"65")
"""The numbers of white, and of a window's own colours, in the old palette."""
_COMMENT: Final = Pattern(rb"<(?:\w+:)?(?:comment|threadedComment)\s[^>]*?\bref=[\"']([A-Z]{1,3}[0-9]+)[\"']")


class SheetPart(Struct, frozen=True):
    """One sheet of a workbook: its name, its part of the archive (empty: not found), whether it is hidden.

    `kind` is the last word of its relation: worksheet, chartsheet, dialogsheet, xlMacrosheet.
    """

    name: str
    part: str
    hidden: bool
    kind: str
    comments: tuple[str, ...] = ()


class Styles(Struct, frozen=True):
    """The style numbers, as the XML writes them: whose format shows a percentage, a date, whose ground is coloured."""

    percent: frozenset[bytes] = frozenset()
    dates: frozenset[bytes] = frozenset()
    coloured: frozenset[bytes] = frozenset()


class Package(Struct, frozen=True):
    """A workbook's table of contents. `parts` leads from a path as relations write it to its name in the archive."""

    archive: ZipFile
    parts: Mapping[str, str]
    sheets: tuple[SheetPart, ...]
    styles: Styles
    strings: str
    dates_from_1904: bool
    uncalculated: bool
    """Its writer asks for everything to be calculated when it is opened: a result of 0 is none."""
    odd: tuple[Text, ...] = ()
    """What is unusual about it, though it can be read."""


def safe(xml: bytes) -> bytes:
    """Return the XML of a part if it declares no entities. Raises Refused."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Refused(
            "PC205", why=Text("含有不允许的 XML 声明（DOCTYPE）", "it holds a forbidden XML declaration (DOCTYPE)")
        )
    return xml


def unpack(archive: ZipFile, name: str) -> bytes:
    """Return a part of the archive, no longer than it declares to be: `ZipFile.read` would unpack whatever is there."""
    info = archive.getinfo(name)
    with archive.open(info) as part:
        return part.read(info.file_size)


def _of_template(archive: ZipFile, name: str) -> bytes:
    """Return a part that returns made from one template have in common: it is unpacked for the first of them.

    Two parts are the same if they are packed to the same bytes under the same declarations.
    """
    info = archive.getinfo(name)
    packed = _packed(archive, info)
    key = packed, info.compress_type, info.flag_bits, info.file_size, info.CRC
    if not packed or len(packed) > _LARGEST_SHARED:
        return unpack(archive, name)
    if key not in _unpacked:
        if len(_unpacked) >= _MOST_SHARED:
            _unpacked.clear()
        _unpacked[key] = unpack(archive, name)
    return _unpacked[key]


_LARGEST_SHARED: Final = 16 * 2**10
_MOST_SHARED: Final = 64
_unpacked: Final[dict[tuple[bytes, int, int, int, int], bytes]] = {}


def _packed(archive: ZipFile, info: ZipInfo) -> bytes:
    """Return the bytes of a part with the header before them, but for its date; empty where that is not told by the header."""
    stream = archive.fp
    if stream is None:
        return b""
    stream.seek(info.header_offset)
    header = stream.read(_HEADER)
    if len(header) < _HEADER:
        return b""
    name, extra = unpack_from("<HH", header, _HEADER - 4)
    return header[:_DATE] + header[_DATE + 4 :] + stream.read(name + extra + info.compress_size)


_HEADER: Final = 30
_DATE: Final = 10
"""A part's own header in the archive: how long it is before the name, and where in it the date stands."""


def damaged(error: Exception) -> Refused:
    """Return the refusal of a file whose parts cannot be unpacked."""
    why = str(error) or type(error).__name__
    return Refused("PC205", why=Text(f"压缩内容有误（{why}）", f"its parts cannot be unpacked ({why})"))


def open_package(archive: ZipFile) -> Package:
    """Read a workbook's table of contents. Raises Refused where there is none, or it is dangerous."""
    try:
        return _open(archive)
    except DAMAGED as error:
        raise damaged(error) from None


def _open(archive: ZipFile) -> Package:
    parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info.filename for info in archive.infolist()}
    odd = []
    if any("\\" in name for name in parts.values()):
        odd.append(Text("压缩包内的路径用了反斜杠", "the paths in its archive are written with backslashes"))
    book = "xl/workbook.xml"  # where everyone puts it; calamine looks nowhere else
    if book not in parts:
        book = _target(read_relations(archive, parts, "_rels/.rels"), "officeDocument")
    if book not in parts:
        raise Refused("PC205", why=Text("缺少 workbook.xml", "it has no workbook.xml"))
    tags = _tags(_of_template(archive, parts[book]))
    flags = {name: attributes for name, attributes in tags if name != b"sheet"}
    relations = read_relations(archive, parts, _relations_of(book))
    found = tuple(_sheets(archive, parts, relations, [attributes for name, attributes in tags if name == b"sheet"]))
    strings, styles = _target(relations, "sharedStrings"), _target(relations, "styles")
    return Package(
        archive,
        parts,
        found,
        read_styles(_of_template(archive, parts[styles])) if styles in parts else Styles(),
        strings if strings in parts else "",
        flags.get(b"workbookPr", {}).get(b"date1904", b"") in (b"1", b"true"),
        flags.get(b"calcPr", {}).get(b"fullCalcOnLoad", b"") in (b"1", b"true"),
        tuple(odd),
    )


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(text)}


def _text(attribute: bytes) -> str:
    """Return the text of an attribute's value."""
    text = attribute.decode("utf-8", "replace")
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


Relation = tuple[bytes, str, str]
"""An id, the last word of its type, the path of its target."""


@lru_cache(maxsize=64)
def _tags(xml: bytes) -> tuple[tuple[bytes, dict[bytes, bytes]], ...]:
    """Return the tags that matter with their attributes. Kept, as returns made from one template share these parts."""
    return tuple((name, _attributes(text)) for name, text in _TAG.findall(safe(xml)))


def read_relations(archive: ZipFile, parts: Mapping[str, str], path: str) -> tuple[Relation, ...]:
    """Return the relations of a part."""
    if path not in parts:
        return ()
    return _related(_of_template(archive, parts[path]), posixpath.dirname(posixpath.dirname(path)))


@lru_cache(maxsize=64)
def _related(xml: bytes, folder: str) -> tuple[Relation, ...]:
    return tuple(
        (
            attributes.get(b"Id", b""),
            attributes.get(b"Type", b"").decode("ascii", "replace").split("/")[-1],
            _path(attributes.get(b"Target", b""), folder),
        )
        for name, attributes in _tags(xml)
        if name == b"Relationship" and attributes.get(b"TargetMode") != b"External"
    )


def _path(target: bytes, folder: str) -> str:
    path = _text(target).replace("\\", "/").lower()
    return path.lstrip("/") if path.startswith("/") else posixpath.normpath(f"{folder}/{path}".lstrip("/"))


def _target(relations: Iterable[Relation], kind: str) -> str:
    return next((target for _, word, target in relations if word == kind), "")


def _sheets(
    archive: ZipFile, parts: Mapping[str, str], related: Iterable[Relation], tags: list[dict[bytes, bytes]]
) -> Iterator[SheetPart]:
    relations = {identifier: (kind, target) for identifier, kind, target in related}
    notes = any("comments" in name.lower() for name in parts)
    for attributes in tags:
        identifier = next((value for name, value in attributes.items() if name.endswith(b":id")), b"")
        kind, target = relations.get(identifier, ("worksheet", ""))
        yield SheetPart(
            _text(attributes.get(b"name", b"")),
            target if target in parts else "",
            attributes.get(b"state", b"visible") != b"visible",
            kind,
            _comments(archive, parts, target) if notes else (),
        )


def _comments(archive: ZipFile, parts: Mapping[str, str], sheet: str) -> tuple[str, ...]:
    """Return the cells of a sheet that carry a note."""
    cells: dict[str, None] = {}
    for _, kind, target in read_relations(archive, parts, _relations_of(sheet)):
        if kind in ("comments", "threadedComment") and target in parts:
            for cell in _COMMENT.findall(safe(unpack(archive, parts[target]))):
                cells[cell.decode()] = None
    return tuple(cells)


@lru_cache(maxsize=64)
def read_styles(xml: bytes) -> Styles:
    """Return which styles show percentages and dates. Kept, as returns made from one template share their styles."""
    safe(xml)
    percent, dates = set(BUILT_IN_PERCENT), set(BUILT_IN_DATE)
    for text in _FORMAT.findall(xml):
        attributes = _attributes(text)
        number = int(attributes.get(b"numFmtId", b"-1"))
        code = attributes.get(b"formatCode", b"")
        for kind, shows in ((percent, shows_percent(code)), (dates, shows_date(code))):
            (kind.add if shows else kind.discard)(number)
    listed = _STYLE_LIST.search(xml)
    tags = _STYLE.findall(listed.group()) if listed else []
    numbers = [int(_attributes(text).get(b"numFmtId", b"0")) for text in tags]
    fills = [_is_coloured(fill) for fill in _FILL.findall(xml)]
    filled = [int(_attributes(text).get(b"fillId", b"0")) for text in tags]
    return Styles(
        frozenset(b"%d" % index for index, number in enumerate(numbers) if number in percent),
        frozenset(b"%d" % index for index, number in enumerate(numbers) if number in dates and number not in percent),
        frozenset(b"%d" % index for index, fill in enumerate(filled) if fill < len(fills) and fills[fill]),
    )


def _is_coloured(fill: bytes) -> bool:
    """Return whether a fill is a colour, not white."""
    pattern, colour = _PATTERN.search(fill), _FORE_COLOUR.search(fill)
    if pattern is None or _attributes(pattern[1]).get(b"patternType", b"none") != b"solid" or colour is None:
        return False
    attributes = _attributes(colour[1])
    white = attributes.get(b"theme") == b"0" and b"tint" not in attributes
    return (
        not white and attributes.get(b"rgb", b"")[-6:].upper() != b"FFFFFF" and attributes.get(b"indexed") not in _WHITE
    )
