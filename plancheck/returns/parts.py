"""The parts of an .xlsx by a full XML parser, piece by piece: how one is parsed, and the shared strings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

from plancheck.language import Text
from plancheck.pattern import Pattern
from plancheck.returns.package import Package
from plancheck.returns.preflight import Refused

_ESCAPE: Final = Pattern(r"_x([0-9A-Fa-f]{4})_")
_WHITE: Final = " \t\r\n"
"""The white space of XML; a full-width space is none, it tells a sub-item."""


def parse(
    archive: ZipFile,
    name: str,
    begin: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Parse one part of the archive piece by piece. Names are handed on without their prefix."""
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: begin(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse_doctype
    with archive.open(name) as part:
        while piece := part.read(2**16):
            parser.Parse(piece, False)
        parser.Parse(b"", True)


def refuse_doctype(*_: object) -> None:
    """Refuse a part that declares entities."""
    raise Refused(
        "PC205", why=Text("含有不允许的 XML 声明（DOCTYPE）", "it holds a forbidden XML declaration (DOCTYPE)")
    )


def shared_strings(package: Package) -> list[str]:
    """Return the shared strings."""
    found: list[str] = []
    words = Words()

    def begin(name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            words.pieces.clear()
        words.begin(name, attributes)

    def end(name: str) -> None:
        words.end(name)
        if name == "si":
            found.append("".join(words.pieces))

    if package.strings:
        parse(package.archive, package.parts[package.strings], begin, end, words.text)
    return found


class Words:
    """The text runs of a string, without the readings that Japanese workbooks put beside them."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._run: list[str] | None = None
        self._kept = False
        self._phonetic = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a run."""
        if name == "rPh":
            self._phonetic = True
        elif name == "t" and not self._phonetic:
            self._run, self._kept = [], attributes.get("xml:space") == "preserve"

    def end(self, name: str) -> None:
        """End a run: white space around it counts only where the XML says so."""
        if name == "rPh":
            self._phonetic = False
        elif name == "t" and self._run is not None:
            run = "".join(self._run)
            self.pieces.append(unescaped(run if self._kept else run.strip(_WHITE)))
            self._run = None

    def text(self, said: str) -> None:
        """Take a piece of text, if it stands in a run."""
        if self._run is not None:
            self._run.append(said)


def unescaped(text: str) -> str:
    """Return a text with _x000D_ and the like turned into their characters."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
