"""Which files a run reads: the returns under the paths given, and the roster among or beside them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from glob import glob
from pathlib import Path
from typing import Final

from plancheck.model import STANDARD_INPUT
from plancheck.returns.period import year_folder
from plancheck.returns.roster import FILE_NAMES


class NothingToCheck(Exception):
    """No return was found under the paths given; `where` names them."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


SUFFIXES: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv")
"""What is taken for a return when a folder is searched; a file that is named is read whatever it is called."""

_LOCK: Final = "~$"
"""How the name of a file begins that Excel keeps beside a workbook while it is open."""
_HIDDEN: Final = (".", _LOCK)


def gather(paths: Sequence[str]) -> tuple[Path, ...]:
    """Return the workbooks under files, folders and globs, each once, rosters left aside; "-" is standard input.

    Lock files (~$…) are passed over in folders and globs, hidden files in folders; links there are not followed. Raises
    FileNotFoundError for a path that does not exist, NothingToCheck when nothing is left.
    """
    found: list[Path] = []
    for text in paths:
        path = Path(text)
        if not text:  # an empty variable of a script, which Path would take for this folder
            raise FileNotFoundError("“”")
        if text == STANDARD_INPUT:
            found.append(path)
        elif path.is_dir():
            found += _in_folder(path)
        elif path.exists():
            found.append(_file(path))
        elif matches := sorted(glob(text, recursive=True)):
            found += (_file(path) for path in map(Path, matches) if path.is_file() and not path.name.startswith(_LOCK))
        else:
            raise FileNotFoundError(text)
    if not found:
        raise NothingToCheck("、".join(paths))
    resolved = cache(Path.resolve)  # of a folder: to ask the disk about each of a thousand files takes time
    once: dict[Path, Path] = {}
    for path in found:  # named from here, from the root, or through ..
        once.setdefault(path if path == Path(STANDARD_INPUT) else resolved(path.parent) / path.name, path)
    return tuple(once.values())


def _file(path: Path) -> Path:
    return path.absolute() if path == Path(STANDARD_INPUT) else path  # a file that is called so: ./-


def _in_folder(folder: Path) -> list[Path]:
    """Return the workbooks below a folder in order, and each folder that cannot be looked into, so that it is told."""
    found: list[Path] = []
    refused: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        paths = (Path(place, name) for name in names if not name.startswith(_HIDDEN))
        found += (path for path in paths if path.suffix.lower() in SUFFIXES and not _is_link(path))
    return sorted((*found, *(Path(error.filename) for error in refused)))


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # why it cannot be looked at is told where it is read
        return False


def roster_among(files: Sequence[Path]) -> Path | None:
    """Return the roster of returns: one called roster.xlsx or …名录.xlsx among them, or beside the first that is a file.

    Where that one stands in a folder of its year, beside that folder is looked too.
    """
    among = [path for path in files if FILE_NAMES.fullmatch(path.name)]
    first = [path for path in files if path != Path(STANDARD_INPUT)][:1]
    of_year = map(year_folder, first)
    folders = dict.fromkeys((*(path.parent for path in first), *(each.parent for each in of_year if each)))
    beside = (path for folder in folders for path in _listed(folder) if FILE_NAMES.fullmatch(path.name))
    return next(iter(among), None) or next(beside, None)


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:  # a folder whose files may be read, but not listed
        return []
