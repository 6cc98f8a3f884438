"""A file written whole or not at all: beside the old one first, then in its place."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import IO, Final

if sys.platform != "win32":
    import fcntl

_PREFIX: Final = ".plancheck."
_SUFFIX: Final = ".part"


def write_atomically(file: Path, pieces: Iterable[bytes]) -> None:
    """Write a temporary file beside `file`, then put it in its place: there is the old one or the whole new one.

    What a run that was killed left behind in the folder is cleared away. Raises OSError.
    """
    _clear(file.parent)
    part, stream = _begin(file.parent)
    try:
        with stream:
            for piece in pieces:
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
            if sys.platform != "win32":  # while it is locked, so that nobody takes it for a leftover
                part.replace(file)
        if sys.platform == "win32":  # where an open file cannot be renamed
            part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _begin(folder: Path) -> tuple[Path, IO[bytes]]:
    """Return a new temporary file, locked for as long as it is open."""
    for number in count():
        part = folder / f"{_PREFIX}{os.getpid()}.{number}{_SUFFIX}"
        try:
            stream = part.open("xb")
        except FileExistsError:
            continue
        if sys.platform != "win32":
            with suppress(OSError):  # a file system without locks: then a leftover stays, and nothing else is lost
                fcntl.flock(stream, fcntl.LOCK_EX)
            if os.fstat(stream.fileno()).st_nlink == 0:  # cleared away between the two calls above
                stream.close()
                continue
        return part, stream
    raise AssertionError


def _clear(folder: Path) -> None:
    """Remove temporary files whose writer is gone: nobody holds a lock on them (Windows removes no open file)."""
    for part in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if sys.platform == "win32":
                part.unlink()
            else:
                with part.open("rb") as stream:
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if os.path.samestat(os.fstat(stream.fileno()), part.stat()):  # no other has this name by now
                        part.unlink()
