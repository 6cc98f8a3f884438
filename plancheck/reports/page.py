"""Lines of text on a screen: how wide text is, where it may break, how columns stand beside each other.

Widths are in terminal cells: a Chinese character takes two. Nothing is ever cut; what is too wide is broken.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from plancheck.pattern import Pattern
from plancheck.reports.clean import clean_text, parted

Style = Literal["", "strong", "quiet", "good", "fair", "poor", "bad", "doubtful"]


class Piece(NamedTuple):
    """Some text in one style."""

    text: str
    style: Style = ""


Line = tuple[Piece, ...]


def plain_text(line: Line) -> str:
    """Return a line without its styles and without the spaces at its end."""
    return "".join(piece.text for piece in line).rstrip()


_NEVER_FIRST: Final = frozenset("，。、；：？！）》」』】〕”’％%…!?,.;:)]}›》")
_NEVER_LAST: Final = frozenset("（《「『【〔“‘([{")
_NARROWEST: Final = 4
_SHORT_WORD: Final = 10  # up to five Chinese characters between spaces hold together
_SPACES: Final = Pattern(r"[ \n\u3000]+")
HARD_SPACE: Final = "\xa0"
"""A space at which no line breaks; on the screen it is a plain one."""


def width(text: str) -> int:
    """Return how many cells `text` takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1


def wrap(text: str, room: int) -> list[str]:
    """Break `text` into lines of at most `room` cells: at spaces and between Chinese characters, else anywhere.

    A line never begins with closing punctuation nor ends with an opening bracket. Foreign text is cleaned here.
    """
    plain = clean_text(text).replace("\t", " ")
    if "\n" not in plain and width(plain) <= room:
        return [plain.replace(HARD_SPACE, " ")]
    lines = (line for paragraph in plain.split("\n") for line in _filled(paragraph, max(room, _NARROWEST)))
    return [parted(line.replace(HARD_SPACE, " ")) for line in lines]


def _filled(paragraph: str, room: int) -> Iterator[str]:
    line, taken = "", 0
    for atom, spaced in _atoms(paragraph):
        wide = width(atom)
        gap = " " if spaced and line else ""
        if line and taken + len(gap) + wide > room:
            yield line
            line, taken, gap = "", 0, ""
        for part in _folded(atom, room) if wide > room else (atom,):
            if wide > room and line:
                yield line
                line, taken, gap = "", 0, ""
            line += gap + part
            taken += len(gap) + width(part)
    yield line


def _atoms(paragraph: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces that hold together, and whether a space stands before each."""
    for number, word in enumerate(_words(paragraph)):
        if width(word) <= _SHORT_WORD:
            yield word, number > 0
            continue
        atom, first = "", True
        for character in word:
            breaks = atom and character not in _NEVER_FIRST and atom[-1] not in _NEVER_LAST
            if breaks and (width(character) == 2 or width(atom[-1]) == 2):
                yield atom, first and number > 0
                atom, first = "", False
            atom += character
        if atom:
            yield atom, first and number > 0


def _words(paragraph: str) -> list[str]:
    return [word for word in _SPACES.split(paragraph) if word]


def _folded(atom: str, room: int) -> Iterator[str]:
    part, taken = "", 0
    for character in atom:
        wide = width(character)
        if part and taken + wide > room:
            yield part
            part, taken = "", 0
        part += character
        taken += wide
    yield part


def pad(text: str, room: int, *, right: bool = False) -> str:
    """Return `text` filled with spaces to `room` cells, on the left when it belongs to the right."""
    blank = " " * (room - width(text))
    return blank + text if right else text + blank


def hanging(first: str, text: str, room: int, indent: int) -> list[str]:
    """Return `text` wrapped behind `first`, further lines indented."""
    lines = wrap(text, room - max(indent, width(first)))
    return [first + lines[0], *(" " * max(indent, width(first)) + line for line in lines[1:])]


def packed(items: Iterable[str], room: int) -> Iterator[str]:
    """Yield lines of items with three spaces between them; an item is broken only where it fills a line alone."""
    line = ""
    for item in items:
        if line and width(line) + 3 + width(item) > room:
            yield line
            line = ""
        *full, last = wrap(item, room) if not line else [item]
        yield from full
        line += ("   " if line else "") + last
    yield line


# ------------------------------------------------------------------------------------------------- columns


class Column(Struct, frozen=True):
    """A column of a grid: its heading, whether its cells stand to the right.

    A `main` column is the last to give way to the others; in a `whole` one words to be copied are not broken.
    """

    heading: str
    right: bool = False
    main: bool = False
    whole: bool = False


class Row(Struct, frozen=True):
    """Cells of a grid, with one style for the last of them (a verdict) and an optional line of remark below."""

    cells: tuple[str, ...]
    style: Style = ""
    remark: str = ""


class Grid(Struct, frozen=True):
    """Columns with their widths, and the space between them, settled so that all rows fit the same screen."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    gutter: int

    def heading(self, sign: str, part: str = "") -> Iterator[Line]:
        """Yield the heading lines and the rule below them, with the name of the first part in it."""
        cells = tuple(column.heading for column in self.columns)
        yield from (tuple(Piece(piece.text, "strong") for piece in line) for line in self.lines(Row(cells)))
        yield from self.rule(sign, part)

    def rule(self, sign: str, part: str = "") -> Iterator[Line]:
        """Yield a rule as wide as the grid, made of `sign`, with the name of a part in it."""
        if not part:
            yield (Piece(sign * self.total, "quiet"),)
            return
        before = sign * 2 + " "
        for text in wrap(part, self.total - 2 * len(before)):
            after = " " + sign * (self.total - len(before) - width(text) - 1)
            yield Piece(before, "quiet"), Piece(text, "strong"), Piece(after, "quiet")

    def lines(self, row: Row) -> Iterator[Line]:
        """Yield the lines of one row, each as wide as the grid."""
        broken = [wrap(cell, room) for cell, room in zip(row.cells, self.widths, strict=True)]
        for index in range(max(map(len, broken))):
            texts = [cell[index] if index < len(cell) else "" for cell in broken]
            placed = [
                pad(text, room, right=column.right)
                for text, room, column in zip(texts, self.widths, self.columns, strict=True)
            ]
            gutter = " " * self.gutter
            yield Piece(gutter.join(placed[:-1]) + gutter), Piece(placed[-1], row.style)
        if row.remark:  # below the cells, behind the number of the row
            indent = self.widths[0] + self.gutter if self.columns[0].right else 2
            for text in wrap(row.remark, self.total - indent):
                yield (Piece(pad(" " * indent + text, self.total), "quiet"),)

    @property
    def total(self) -> int:
        """The width of a line of the grid."""
        return sum(self.widths) + self.gutter * (len(self.widths) - 1)


def grid(columns: Sequence[Column], rows: Iterable[Row], room: int) -> Grid:
    """Settle the widths of columns for a screen `room` cells wide: the widest give way first, a main column late."""
    table = [tuple(column.heading for column in columns), *(row.cells for row in rows)]
    widths = [max(_widest(cells[at]) for cells in table) for at in range(len(columns))]
    floors = [
        wide if column.whole else max(_NARROWEST, *(_unbroken(cells[at]) for cells in table))
        for at, (column, wide) in enumerate(zip(columns, widths, strict=True))
    ]
    gutter = 2 if sum(widths) + 2 * (len(columns) - 1) <= room else 1
    available = room - gutter * (len(columns) - 1)
    while sum(widths) > available:
        loose = [at for at, wide in enumerate(widths) if wide > floors[at]]
        if not loose:
            loose = [at for at, wide in enumerate(widths) if wide > _NARROWEST]
        if not loose:
            break
        widths[max(loose, key=lambda at: widths[at] // (3 if columns[at].main else 1))] -= 1
    return Grid(tuple(columns), tuple(widths), gutter)


def _widest(text: str) -> int:
    return max(map(width, clean_text(text).split("\n")))


def _unbroken(text: str) -> int:
    """Return how wide a column must be for the text not to be broken in ugly places: a long word is no reason."""
    return min(max((width(atom) for atom, _ in _atoms(clean_text(text))), default=0), 16)
