"""`plancheck run --marked`: a marked copy of each return, written into a folder; the returns themselves are only read."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from plancheck.cli.files import write_atomically
from plancheck.cli.session import Session, Stop
from plancheck.codes import message
from plancheck.model import Assessment, Finding


def folder_for(path: str | None, session: Session, *, force: bool) -> Path | None:
    """Return the folder for marked copies, before any work is done.

    Raises Stop for one that is not empty, or cannot be made or written to.
    """
    if path is None:
        return None
    folder = Path(path)
    if folder.exists() and not folder.is_dir():
        raise Stop(session.say("error.marked_no_folder", path=path))
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise Stop(session.say("error.marked_not_empty", path=path))
    there = next(each for each in (folder, *folder.absolute().parents) if each.is_dir())
    if not os.access(there, os.W_OK):
        raise Stop(session.say("error.not_written", path=path, why=session.why(errno.EACCES)))
    return folder


def write_marked(assessment: Assessment, folder: Path | None, session: Session, piped: bytes = b"") -> None:
    """Write a marked copy of each return that can be opened, and say which could not; `piped` was piped in. Raises Stop."""
    if folder is None:
        return
    from plancheck.pipeline import original
    from plancheck.reports.marked import copy_names, marked

    codes: dict[str, set[str]] = {}
    for finding in assessment.findings:
        codes.setdefault(finding.file, set()).add(finding.unit.partition("/")[0])
    units = {file: frozenset(found - {""}) for file, found in codes.items()}
    inputs = {Path(file).resolve() for file in assessment.files}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, name in copy_names(assessment, units).items():
            target = folder / name
            if target.resolve() in inputs or target.is_symlink():
                raise Stop(session.say("error.output_is_input", path=str(target)))
            opened = original(file, piped)
            if isinstance(opened, Finding):
                why = message(opened.code, opened.params, session.lang)
                session.tell(session.say("notice.not_marked", file=file, why=why))
                continue
            copy = marked(opened.book, opened.values, assessment, file, session.lang, remade=opened.remade)
            write_atomically(target, (copy,))
            session.tell(session.say("notice.written", file=str(target)))
    except OSError as error:
        raise Stop(session.say("error.not_written", path=str(folder), why=session.why(error))) from None
