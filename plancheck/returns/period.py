"""Which year a table speaks of: --year, else its title, sheet, 填报年度 or folder; two that differ are a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from plancheck.language import Said, Text
from plancheck.pattern import Pattern
from plancheck.quantity import tidy
from plancheck.returns.sheet import Cell, Sheet, letters, text_of

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SPAN = Pattern(r"(20[0-9]{2})年?[—–\-~～至到/](20[0-9]{2})(?:学?年度?)?")
_YEAR = Pattern(r"(?<![0-9])(20[0-9]{2})(?:学年|年(?![0-9]{1,2}月))")
_BARE = Pattern(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_YEAR_LABEL = Pattern(r"(?:填报|报告|统计|数据)?年度[：:]?(20[0-9]{2})")
_YEAR_FOLDER = Pattern(r"20[0-9]{2}(?:学?年(?:度|份)?)?")
_LABEL_ONLY = Pattern(r"(?:填报|报告|统计|数据)年(?:度|份)[：:]?")
_NOT_A_PERIOD = ("填表日期", "打印", "截止", "印发", "依据")


class Stated(Struct, frozen=True):
    """A year as a return states it, and where: a cell, or the sheet's name."""

    year: int
    place: Said


class Period(Struct, frozen=True):
    """The year taken, or None with the finding that says why; with a year, a finding may still be a warning."""

    year: int | None
    code: str = ""
    params: tuple[tuple[str, Said], ...] = ()


def period(stated: Sequence[Stated], given: int | None) -> Period:
    """Decide the year: the one given on the command line, else the one stated."""
    years = {statement.year: statement for statement in stated}
    if given is not None:
        other = next((year for year in years if year != given), None)
        if other is None or given in years:
            return Period(given)
        return Period(given, "PC222", (("found", str(other)), ("given", str(given))))
    if not years:
        return Period(None, "PC211")
    if len(years) > 1:
        first, second, *_ = years.values()
        places = (("first_place", first.place), ("second_place", second.place))
        return Period(None, "PC212", (("first", str(first.year)), ("second", str(second.year)), *places))
    return Period(next(iter(years)))


def stated(sheet: Sheet, above: int) -> tuple[Stated, ...]:
    """Return the years stated in the sheet's name and in the grid rows before `above`."""
    return (*_in_name(sheet.name), *_in_rows(sheet, above))


def stated_between(sheet: Sheet, first: int, above: int) -> tuple[Stated, ...]:
    """Return the years stated in the titles of a further table, grid rows `first` to `above`; nothing where none is."""
    rows = tuple(_in_rows(sheet, above, first))
    return (*_in_name(sheet.name), *rows) if rows else ()


def in_folder(path: Path) -> tuple[Stated, ...]:
    """Return the year that the file's folder, or the folder around it, is named by: 2023, 2023年, 2023-2024学年."""
    return _in_folder(path.parent)


@lru_cache(maxsize=64)
def _in_folder(folder: Path) -> tuple[Stated, ...]:
    named = year_folder(folder / "return")
    if named is None:
        return ()
    year = _year_of_folder(named.name)
    return () if year is None else (Stated(year, Text(f"文件夹“{named.name}”", f"folder '{named.name}'")),)


def year_folder(path: Path) -> Path | None:
    """Return the file's folder, or the one around it, that is named by a year; one further up means something else."""
    return next(
        (folder for folder in (path.parent, path.parent.parent) if _year_of_folder(folder.name) is not None), None
    )


def _year_of_folder(name: str) -> int | None:
    plain = "".join(tidy(name).split()).translate(_DIGITS)
    return int(plain[:4]) if _YEAR_FOLDER.fullmatch(plain) else _year_in(plain) if _SPAN.fullmatch(plain) else None


def _in_name(name: str) -> Iterator[Stated]:
    year = _year_in(name) or bare_year(name)
    if year is not None:
        yield Stated(year, Text(f"工作表名“{name}”", f"sheet name '{name}'"))


def _in_rows(sheet: Sheet, above: int, first: int = 0) -> Iterator[Stated]:
    for row, cells in enumerate(sheet.rows[first:above], first):
        for column, cell in enumerate(cells):
            if not isinstance(cell, str) or not cell:
                continue
            year = _year_in(cell)
            if year is None and _asks_for_year(cell):
                year = _to_the_right(cells, column)
            if year is not None:
                yield Stated(year, f"{letters(sheet.left + column)}{sheet.top + row + 1}")


def _to_the_right(cells: Sequence[Cell], column: int) -> int | None:
    neighbour = next((cell for cell in cells[column + 1 :] if cell != ""), "")
    return bare_year(text_of(neighbour))


@lru_cache(maxsize=128)
def _asks_for_year(text: str) -> bool:
    """Return whether a text is a label beside which a year stands, 填报年度：."""
    return _LABEL_ONLY.fullmatch(tidy(text).replace(" ", "")) is not None


@lru_cache(maxsize=128)
def _year_in(text: str) -> int | None:
    """Return the year a title names: 2023年, 2023—2024学年度 (the first), 填报年度：2023; a span of years is none."""
    plain = "".join(tidy(text).split()).translate(_DIGITS)
    if "20" not in plain:
        return None
    if any(word in plain for word in _NOT_A_PERIOD):
        return None
    if span := _SPAN.search(plain):
        if int(span[2]) == int(span[1]) + 1:
            return int(span[1])
        plain = _SPAN.sub("", plain)  # the plan's years, beside which the title may still name the one reported
    found = _YEAR.search(plain) or _YEAR_LABEL.search(plain)
    return int(found[1]) if found else None


def bare_year(text: str) -> int | None:
    """Return the year that stands in a text which holds nothing else of numbers: 2023, 2023年, 2023—2024学年."""
    plain = tidy(text).translate(_DIGITS)
    if _SPAN.search(plain):
        return _year_in(plain)
    found = _BARE.search(plain)
    return int(found[1]) if found else None
