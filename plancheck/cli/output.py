"""Where a result goes: to the screen, or whole and at once into a file that is no input."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plancheck.cli.session import Session, Stop


@dataclass(frozen=True, slots=True)
class Destination:
    """The file to write, or the screen."""

    file: Path | None = None

    def put(self, pieces: Iterable[str], session: Session) -> None:
        """Write a document in UTF-8. Raises Stop when the file cannot be written."""
        if self.file is None:
            session.write_bytes(pieces)
            return
        try:
            write_atomically(self.file, pieces)
        except OSError as error:
            why = error.strerror or str(error)
            raise Stop(session.say("error.not_written", path=str(self.file), why=why)) from None
        session.tell(session.say("notice.written", file=str(self.file)))


def destination(output: str | None, inputs: Iterable[Path], session: Session, *, force: bool) -> Destination:
    """Return where to write, before any work is done. Raises Stop for an input, and for a file that exists."""
    if output is None:
        if force:
            raise Stop(session.say("error.force_alone"))
        return Destination()
    file = Path(output)
    if any(_same(file, each) for each in inputs):
        raise Stop(session.say("error.output_is_input", path=output))
    if file.is_dir():
        raise Stop(session.say("error.not_written", path=output, why=os.strerror(errno.EISDIR)))
    if file.exists() and not force:
        raise Stop(session.say("error.output_exists", path=output))
    return Destination(file)


def _same(first: Path, second: Path) -> bool:
    try:
        return first.resolve() == second.resolve() or first.samefile(second)
    except OSError:
        return False


def write_atomically(file: Path, pieces: Iterable[str]) -> None:
    """Write a temporary file beside `file`, then put it in its place: there is the old one or the whole new one."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as stream:
            for piece in pieces:
                stream.write(piece.encode())
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
