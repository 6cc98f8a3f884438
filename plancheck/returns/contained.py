"""A process of its own for workbooks in doubt: it may abort, hang or run out of memory, and takes nothing along.

One such process serves all doubtful files of a run, one after the other; one that died is replaced.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from msgspec.structs import replace

from plancheck.language import Said, Text
from plancheck.returns.doubt import doubtful_sheets
from plancheck.returns.limits import BYTES_A_SECOND, SECONDS, most
from plancheck.returns.preflight import Candidate, Refused
from plancheck.returns.sheet import Sheet

_TO_BEGIN: Final = 60.0
"""Seconds within which the process must have begun: on a busy machine it has to load first."""
_GRACE: Final = 5.0
_BUSY: Final = 10
"""How many times slower than alone a machine may be that is busy with other things: time is that of the processor."""
Answer = list[Sheet] | tuple[str, dict[str, Said]]
_NO_MEMORY: Final[tuple[str, dict[str, Said]]] = (
    "PC251",
    {"why": Text("读取它要用的内存过多", "reading it takes too much memory")},
)


class _NotBegun(EOFError):
    """The process ended before it was given a file."""


class _Reader:
    """The process and the line to it; none before the first file in doubt."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._owner = 0
        self._answered = 0

    @property
    def used(self) -> bool:
        """Return whether the process has read other files before."""
        return self._answered > 0 and self._owner == os.getpid()

    def ask(self, candidate: Candidate, seconds: float) -> Answer:
        """Have a workbook read in so many seconds of the processor.

        Raises TimeoutError, or EOFError where the process died of it.
        """
        line = self._begun()
        try:
            line.send((replace(candidate, archive=None), seconds))
            if not line.poll(_patience(seconds)):
                raise TimeoutError
            answer: Answer = line.recv()
        except (OSError, EOFError) as error:  # TimeoutError is an OSError
            late = isinstance(error, TimeoutError) or self._out_of_time()
            self.end()
            raise TimeoutError if late else EOFError from None
        self._answered += 1
        return answer

    def _out_of_time(self) -> bool:
        """Return whether the process was ended because its time was over."""
        if sys.platform == "win32" or self._process is None:
            return False
        self._process.join(_GRACE)
        return self._process.exitcode == -signal.SIGPROF

    def _begun(self) -> Connection:
        if self._owner != os.getpid():  # copied into a process that was forked off: the line is its parent's
            self._process = self._line = None
            self._owner, self._answered = os.getpid(), 0
        if self._line is None:
            context = get_context()
            self._line, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other, self._line), daemon=True)
            self._process.start()
            other.close()
            if not self._line.poll(_TO_BEGIN):
                self.end()
                raise TimeoutError
            try:
                self._line.recv()
            except (OSError, EOFError):
                self.end()
                raise _NotBegun from None
        return self._line

    def end(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._line is not None:
            self._line.close()
        self._process = self._line = None
        self._answered = 0


def _patience(seconds: float) -> float:
    """Return how long to wait for an answer. Windows has no alarm that goes by the processor's time."""
    return seconds if sys.platform == "win32" else seconds * _BUSY


_reader: Final = _Reader()


def end() -> None:
    """End the process for workbooks in doubt, if there is one; it also ends by itself when nobody is left to ask it."""
    _reader.end()


def contained_sheets(candidate: Candidate) -> list[Sheet]:
    """Read a workbook in a process of its own. Raises Refused, also where the process dies or takes too long."""
    size = len(candidate.data)
    if candidate.archive is not None:
        size += sum(entry.file_size for entry in candidate.archive.infolist())
    seconds = SECONDS + size / BYTES_A_SECOND
    try:
        answer = _asked(candidate, seconds)
    except TimeoutError:
        raise Refused("PC252", seconds=f"{seconds:.0f}") from None
    except EOFError:
        raise Refused("PC251", why=Text("读取程序因它而中止", "it makes the parser abort")) from None
    if isinstance(answer, tuple):
        code, params = answer
        raise Refused(code, **params)
    return answer


def _asked(candidate: Candidate, seconds: float) -> Answer:
    """Have a workbook read; by a fresh process where one that had read others, or never began, failed.

    No file answers for what another did, or the system.

    Raises TimeoutError or EOFError.
    """
    used = _reader.used
    try:
        answer = _reader.ask(candidate, seconds)
    except EOFError as error:
        if not used and not isinstance(error, _NotBegun):
            raise
    else:
        if not used or answer != _NO_MEMORY:
            return answer
    _reader.end()
    return _reader.ask(candidate, seconds)


def _serve(line: Connection, others: Connection) -> None:
    """Read workbooks until there is nobody to read them for.

    A forked process has a copy of the `others` end too; as long as that is open, nobody is seen to have gone.
    """
    others.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that was started by hand
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # a parser that dies says so in its own way
        os.dup2(nowhere, stream)
    _limit_memory()
    line.send("ready")
    while True:
        try:
            candidate, seconds = line.recv()
        except EOFError:
            return
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_PROF, seconds)  # of the processor; the signal ends the process
            signal.setitimer(signal.ITIMER_REAL, _patience(seconds) + _GRACE)  # should nobody be left to end it
        answer = _answer(candidate)
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
        line.send(answer)


def _answer(candidate: Candidate) -> Answer:
    zipped = candidate.kind in ("xlsx", "xlsb", "ods")
    try:
        return doubtful_sheets(replace(candidate, archive=ZipFile(BytesIO(candidate.data)) if zipped else None))
    except Refused as refused:
        return refused.code, dict(refused.params)
    except MemoryError:
        return _NO_MEMORY


def _limit_memory() -> None:
    """Let the process have so much more memory than it begins with. Windows has no such limit: there time alone ends it."""
    if sys.platform == "win32":
        return
    import resource

    size = Path("/proc/self/statm")
    pages = int(size.read_text(encoding="ascii").split()[0]) if size.exists() else 0
    bound = pages * resource.getpagesize() + most("memory")
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or bound < hard:
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
