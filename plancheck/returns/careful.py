"""The careful reader of .xlsx: every cell by a full XML parser, for workbooks that are not in the usual shape.

It holds only the cells that are there, so that no used range can exhaust memory, believes no declared size, takes
sheets in any order, encoding, namespace and spelling of the standard, and names a cell whose content cannot be told.
It is slower than calamine by a factor of ten and runs in a process of its own (`contained`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from xml.parsers.expat import ExpatError

from plancheck.language import Text
from plancheck.pattern import Pattern
from plancheck.returns.found import FoundSheet, Place, name_of
from plancheck.returns.limits import most
from plancheck.returns.package import DAMAGED, Package, SheetPart, damaged
from plancheck.returns.parts import Words, parse, shared_strings, unescaped
from plancheck.returns.preflight import Refused
from plancheck.returns.sheet import Cell, cell_of

_NUMBER: Final = Pattern(
    r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]{1,6})?|nan|[-+]?inf(?:inity)?", re.IGNORECASE
)
_LINKED: Final = Pattern(r"\[[0-9]+\]")
_NO_STRING: Final = Text("它指向的共享字符串不存在", "the shared text it points to does not exist")
_TWICE: Final = Text("同一单元格写了两次，内容不同", "the cell is written twice with different contents")
_TOO_LONG: Final = Text("内容超过 32,767 字", "it holds more than 32,767 characters")
_NOT_A_DATE: Final = Text("日期无法识别", "its date is not understood")


def careful_sheets(package: Package) -> Iterator[FoundSheet]:
    """Yield a workbook's worksheets. Raises Refused for what is damaged, dangerous or over a limit."""
    try:
        strings = shared_strings(package)
        for part in package.sheets:
            if part.kind != "worksheet":
                continue
            if not part.part:
                why = Text(f"找不到工作表“{part.name}”的内容", f"the content of sheet '{part.name}' is not in it")
                raise Refused("PC205", why=why)
            yield _Reader(package, part, strings).read()
    except DAMAGED as error:
        raise damaged(error) from None
    except ExpatError as error:
        where = f"{error.lineno}:{error.offset}"
        raise Refused("PC205", why=Text(f"XML 有误（{where}）", f"its XML is faulty ({where})")) from None


class _Reader:
    """The state of reading one sheet: where it stands, and the cell being read."""

    def __init__(self, package: Package, part: SheetPart, strings: list[str]) -> None:
        self.package, self.strings = package, strings
        self.part = part.part
        self.sheet = FoundSheet(part.name, hidden=part.hidden)
        self.sheet.comments += part.comments
        self.row, self.column, self.count = -1, -1, 0
        self.highest = -1
        self.kind, self.style = "n", ""
        self.within = ""
        self.words = Words()
        self.value: list[str] = []
        self.formula: list[str] | None = None

    def read(self) -> FoundSheet:
        """Read the sheet."""
        parse(self.package.archive, self.package.parts[self.part], self.begin, self.end, self.text)
        return self.sheet

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "c":
                self._begin_cell(attributes)
            case "row":
                self._begin_row(attributes)
            case "v" | "f":
                self.within = name
                if name == "f":
                    self.formula = []
                elif self.value:
                    self.sheet.broken[self.row, self.column] = _TWICE
            case "t" | "rPh":
                self.words.begin(name, attributes)
            case "mergeCell":
                self._merge(attributes.get("ref", ""))
            case "col" if attributes.get("hidden") in ("1", "true"):
                self.sheet.hidden_columns += int(attributes.get("max", 1)) - int(attributes.get("min", 1)) + 1

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name in ("v", "f"):
            self.within = ""
        elif name in ("t", "rPh"):
            self.words.end(name)

    def text(self, said: str) -> None:
        if self.within == "v":
            self.value.append(said)
        elif self.within == "f" and self.formula is not None:
            self.formula.append(said)
        else:
            self.words.text(said)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
        self.column = -1
        _check_place(self.row, 0)
        self.sheet.disordered |= self.row <= self.highest
        self.highest = max(self.highest, self.row)
        if attributes.get("hidden") in ("1", "true"):
            self.sheet.hidden_rows.add(self.row)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > most("cells"):
            raise Refused.over("cells", self.count)
        row, before = self.row, self.column
        if "r" in attributes:
            row, self.column = cell_of(attributes["r"].upper().replace("$", ""))
        else:
            self.column += 1
        _check_place(row, self.column)
        self.sheet.disordered |= self.column <= before or row != self.row
        self.row = row
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.value.clear()
        self.words.pieces.clear()
        self.formula = None

    def _end_cell(self) -> None:
        place = (self.row, self.column)
        said = "".join(self.words.pieces if self.kind == "inlineStr" else self.value)
        if self.formula is not None:
            if _LINKED.search("".join(self.formula)):
                self.sheet.linked.append(name_of(place))
            if (said == "" and self.kind != "str") or (said == "0" and self.package.uncalculated):
                self.sheet.uncalculated.add(place)
        if said == "":
            return
        if len(said) > most("text"):
            self.sheet.broken[place] = _TOO_LONG
        elif self.kind == "e":
            self.sheet.errors[place] = said
        else:
            cell = self._cell(place, said)
            if cell is not None and cell != "":
                if self.sheet.cells.setdefault(place, cell) != cell:
                    self.sheet.broken[place] = _TWICE
                if self.style.encode() in self.package.styles.percent:
                    self.sheet.percent.add(place)
                if self.style.encode() in self.package.styles.coloured:
                    self.sheet.ground(self.style, place)

    def _cell(self, place: Place, said: str) -> Cell | None:
        match self.kind:
            case "s":
                index = int(said) if said.strip().isdecimal() else -1
                if 0 <= index < len(self.strings):
                    return self.strings[index]
                self.sheet.broken[place] = _NO_STRING
                return None
            case "b":
                return said.strip() in ("1", "true")
            case "d":
                return self._iso(place, said)
            case "n" if _NUMBER.fullmatch(said):
                number = float(said)
                return self._dated(number) if self.style.encode() in self.package.styles.dates else number
            case "str":
                return unescaped(said)
            case _:
                return said

    def _iso(self, place: Place, said: str) -> Cell | None:
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            self.sheet.broken[place] = _NOT_A_DATE
            return None
        return said if moment.tzinfo else moment if "T" in said else moment.date()

    def _dated(self, serial: float) -> Cell:
        """Return the date a number stands for; one outside the calendar stays a number."""
        if not 0 <= serial < 2_958_466:
            return serial
        if serial < 1 and not self.package.dates_from_1904:
            return (
                datetime.combine(date(1900, 1, 1), time()) + timedelta(milliseconds=round(serial * 86_400_000))
            ).time()
        # The epoch before 1 March 1900 is a day later: Lotus took 1900 for a leap year.
        epoch = date(1904, 1, 1) if self.package.dates_from_1904 else date(1899, 12, 31 if serial < 60 else 30)
        moment = datetime.combine(epoch, time()) + timedelta(milliseconds=round(serial * 86_400_000))
        return moment.date() if serial.is_integer() else moment

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        if not last:
            return
        if len(self.sheet.merges) >= most("merges"):
            raise Refused.over("merges", len(self.sheet.merges) + 1)
        self.sheet.merges.append((*cell_of(first), *cell_of(last)))


def _check_place(row: int, column: int) -> None:
    if not 0 <= row < most("rows"):
        raise Refused.over("rows", row + 1)
    if not 0 <= column < most("columns"):
        raise Refused.over("columns", column + 1)
