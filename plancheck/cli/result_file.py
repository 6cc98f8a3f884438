"""A result of an earlier run, read from its file."""

from __future__ import annotations

from pathlib import Path

from plancheck.cli.session import Session, Stop
from plancheck.model.comparison import Result


def read_result(path: Path, session: Session) -> Result:
    """Return the result that a file holds. Raises Stop where it cannot be read or is none."""
    from plancheck.compare import NotAResult, result_of

    try:
        return result_of(path.read_bytes(), str(path))
    except NotAResult:
        raise Stop(session.say("error.no_result", path=str(path))) from None
    except OSError as error:
        raise Stop(session.say("error.not_readable", path=str(path), why=session.why(error))) from None
