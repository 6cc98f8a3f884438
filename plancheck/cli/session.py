"""One run of a command: the language spoken, the streams written to, and how a command stops early."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final, TextIO

from msgspec import Struct

from plancheck.language import Lang, Said, Text
from plancheck.reports.clean import clean_text
from plancheck.reports.page import Line, plain_text
from plancheck.reports.symbols import Screen, symbols
from plancheck.wording import refusal, say

USAGE: Final = 2
INTERRUPTED: Final = 130
"""Exit codes: the command was used wrongly, it was interrupted."""
_NARROWEST: Final = 40
_PAINT: Final = {
    "": "",
    "strong": "bold",
    "quiet": "dim",
    "good": "green",
    "fair": "cyan",
    "poor": "yellow",
    "bad": "bold red",
    "doubtful": "magenta",
}


class Stop(Exception):
    """A command cannot go on: the lines to print on stderr, and the exit code (2: it was used wrongly).

    `labelled` puts "Error:" before the first line; the faults of a plan say what they are themselves.
    """

    def __init__(self, *lines: str, code: int = USAGE, labelled: bool = True) -> None:
        super().__init__(*lines)
        self.lines = lines
        self.code = code
        self.labelled = labelled


class Session(Struct, frozen=True):
    """The language and the streams of one run; commands reach the outside only through it."""

    lang: Lang
    out: TextIO
    err: TextIO
    into: TextIO | None = None

    def say(self, key: str, **params: Said) -> str:
        """Return words in the session's language."""
        return say(key, self.lang, **params)

    def why(self, error: OSError | int) -> str:
        """Return why the system refused something, in the session's language where the reason is a usual one."""
        found = refusal(error)
        return found.say(self.lang) if isinstance(found, Text) else found

    def piped(self, most: int) -> bytes:
        """Return what stands at standard input, `most` bytes of it. Raises Stop where nothing is piped in."""
        if self.into is None or self.into.isatty():
            raise Stop(self.say("error.nothing_piped"))
        try:
            return self.into.buffer.read(most)
        except OSError as error:
            raise Stop(self.say("error.not_readable", path="stdin", why=self.why(error))) from None

    def screen(self) -> Screen:
        """Return what lines for stdout are laid out for."""
        room = max(_NARROWEST, shutil.get_terminal_size((80, 24)).columns)
        return Screen(room, symbols(self.out.encoding or "ascii"), self.lang)

    def tell(self, text: str) -> None:
        """Write one line to stderr; what it says of files is foreign text."""
        self.err.write(f"{clean_text(text)}\n")
        self.err.flush()

    def show(self, lines: Iterable[Line]) -> None:
        """Write lines to stdout, painted where it is a terminal."""
        if self.out.isatty() or os.environ.get("FORCE_COLOR"):
            self._paint(lines)
        else:
            self.write("".join(f"{plain_text(line)}\n" for line in lines))

    def write(self, text: str) -> None:
        """Write text to stdout; a reader that went away is no fault."""
        try:
            self.out.write(text)
            self.out.flush()
        except OSError as error:
            self._lost(error)

    def write_bytes(self, pieces: Iterable[str | bytes]) -> None:
        """Write a machine's document to stdout: UTF-8 whatever the terminal speaks, and no line ends changed."""
        try:
            self.out.flush()
            buffer = getattr(self.out, "buffer", None)
            for piece in pieces:
                if buffer is None:
                    self.out.write(piece if isinstance(piece, str) else piece.decode())
                else:
                    buffer.write(piece.encode() if isinstance(piece, str) else piece)
            self.out.flush()
        except OSError as error:
            self._lost(error)

    def _paint(self, lines: Iterable[Line]) -> None:
        from rich.console import Console
        from rich.text import Text

        console = Console(file=self.out, highlight=False, markup=False, emoji=False)
        try:
            for line in lines:
                text = Text(no_wrap=True, overflow="ignore", end="")
                for piece in line:
                    text.append(piece.text, _PAINT[piece.style] or None)
                text.rstrip()
                console.print(text, soft_wrap=True)
        except OSError as error:
            self._lost(error)

    def _lost(self, error: OSError) -> None:
        """Send what is still to come nowhere, so that the interpreter does not stumble over it at its end.

        Raises Stop unless it is only that the reader went away.
        """
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.out.fileno())
        os.close(nowhere)
        if not isinstance(error, BrokenPipeError):
            raise Stop(self.say("error.not_written", path="stdout", why=self.why(error)))


def session_of(context: Any) -> Session:
    """Return the session a command runs in; typer carries it as the context's object."""
    session: Session = context.find_root().obj
    return session


def open_session(lang: Lang) -> Session:
    """Return the session over the process's own streams; what their encoding cannot write is written by number."""
    out, err = (_open(stream) for stream in (sys.stdout, sys.stderr))
    return Session(lang, out, err, sys.stdin)


def _open(stream: TextIO | None) -> TextIO:
    if stream is None:  # the process was started with the stream closed
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream
