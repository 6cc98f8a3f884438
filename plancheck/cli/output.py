"""Where results go: to the screen, or each whole and at once into a file that is no input."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from plancheck.cli.files import write_atomically
from plancheck.cli.session import Session, Stop
from plancheck.language import listed
from plancheck.model import Assessment
from plancheck.reports.formats import FORMATS, document, format_of, installed

SCREEN: Final = "-"


class Output(Struct, frozen=True):
    """One result to be written: its format, and the file; without one, the screen."""

    form: str
    file: Path | None = None


def outputs(named: Sequence[str], form: str | None, session: Session, *, force: bool) -> tuple[Output, ...]:
    """Return what to write, before any work is done: one output a file, else one for the screen.

    A file's suffix says its format; `form` is that of the screen (`-`) and of files whose suffix says none. Raises
    Stop where a format is missing or contradicted, and for a file that cannot or must not be written.
    """
    if not named and force:
        raise Stop(session.say("error.force_alone"))
    wanted = tuple(_output(name, form, session) for name in named or (SCREEN,))
    if form is not None and form not in {each.form for each in wanted}:
        raise Stop(session.say("error.format_unused", form=form, file=named[0], other=wanted[0].form))
    files = [each.file for each in wanted]
    for at, file in enumerate(files):
        if any(_same(file, other) for other in files[:at]):
            raise Stop(session.say("error.twice", path=named[at]))
        if file is not None:
            _writable(file, session, force=force)
    return wanted


def _output(name: str, form: str | None, session: Session) -> Output:
    if name == SCREEN:
        chosen = form or "table"
        if FORMATS[chosen].binary:
            suffix = FORMATS[chosen].suffixes[0]
            raise Stop(session.say("error.format_needs_file", form=chosen, suffix=suffix))
        return Output(chosen)
    file = Path(name)
    if file.is_dir():
        raise Stop(session.say("error.not_written", path=name, why=session.why(errno.EISDIR)))
    chosen = format_of(file.name) or form or ""
    if not chosen:
        suffixes = listed((suffix for each in FORMATS.values() for suffix in each.suffixes), session.lang)
        raise Stop(session.say("error.no_format", path=name, suffixes=suffixes))
    if not installed(chosen):
        raise Stop(session.say("error.extra_missing", form=chosen))
    return Output(chosen, file)


def _writable(file: Path, session: Session, *, force: bool) -> None:
    why = 0
    if not file.parent.is_dir():
        why = errno.ENOENT
    elif not os.access(file.parent, os.W_OK):
        why = errno.EACCES
    if why:
        raise Stop(session.say("error.not_written", path=str(file), why=session.why(why)))
    if file.is_symlink() or (file.exists() and not file.is_file()):
        raise Stop(session.say("error.output_no_file", path=str(file)))
    if file.exists() and not force:
        raise Stop(session.say("error.output_exists", path=str(file)))


def spare_inputs(wanted: Iterable[Output], inputs: Iterable[Path], searched: Sequence[str], session: Session) -> None:
    """Raise Stop for an output that is an input, or that the next run would find among the returns of a folder."""
    from plancheck.returns import SUFFIXES

    held = tuple(inputs)
    folders = [Path(each).resolve() for each in searched if Path(each).is_dir()]
    for file in (each.file for each in wanted):
        if file is None:
            continue
        if any(_same(file, each) for each in held):
            raise Stop(session.say("error.output_is_input", path=str(file)))
        if file.suffix.lower() in SUFFIXES and any(file.resolve().is_relative_to(folder) for folder in folders):
            raise Stop(session.say("error.output_among_returns", path=str(file)))


def _same(first: Path | None, second: Path | None) -> bool:
    if first is None or second is None:
        return first is second
    try:
        return first.resolve() == second.resolve() or first.samefile(second)
    except OSError:
        return False


def emit(
    assessment: Assessment, wanted: Iterable[Output], session: Session, *, verbosity: int, rulings: bool = False
) -> None:
    """Write an assessment everywhere it is wanted; on the screen `rulings` adds what other readings would change.

    Raises Stop when a file cannot be written.
    """
    for each in wanted:
        if each.file is not None:
            put(each.file, document(each.form, assessment, session.lang), session)
        elif each.form == "table":
            from plancheck.reports import terminal

            session.show(terminal.render(assessment, session.screen(), verbosity, rulings=rulings))
        else:
            session.write_bytes(document(each.form, assessment, session.lang))


def put(file: Path, pieces: Iterable[bytes], session: Session) -> None:
    """Write one file and say so. Raises Stop."""
    try:
        write_atomically(file, pieces)
    except OSError as error:
        raise Stop(session.say("error.not_written", path=str(file), why=session.why(error))) from None
    session.tell(session.say("notice.written", file=str(file)))
