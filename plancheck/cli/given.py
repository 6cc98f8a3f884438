"""Files that a command line names: they must be there, and what is read of them before the returns must be sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from plancheck.cli.result_file import read_result
from plancheck.cli.session import Session, Stop
from plancheck.model import STANDARD_INPUT, Plan, Replacement, Waiver

Entry = TypeVar("Entry")


def gathered(paths: Sequence[str], session: Session) -> tuple[Path, ...]:
    """Return the workbooks under the paths given. Raises Stop where there are none."""
    from plancheck.returns import NothingToCheck, gather

    if paths.count(STANDARD_INPUT) > 1:
        raise Stop(session.say("error.twice", path=STANDARD_INPUT))
    try:
        return gather(paths)
    except FileNotFoundError as missing:
        raise Stop(session.say("error.no_path", path=str(missing.filename or missing))) from None
    except NothingToCheck as nothing:
        raise Stop(session.say("error.nothing", path=nothing.where)) from None
    except OSError as error:
        path = str(error.filename or paths[0])
        raise Stop(session.say("error.not_readable", path=path, why=session.why(error))) from None


def piped(files: Sequence[Path], session: Session) -> bytes:
    """Return what standard input holds, where it is among the files, and no more than the limit tells. Raises Stop."""
    from plancheck.returns.limits import most

    return session.piped(most("file") + 1) if Path(STANDARD_INPUT) in files else b""


def existing(path: str | None, session: Session) -> Path | None:
    """Return a path that was given, if it exists. Raises Stop."""
    if path is not None and not Path(path).exists():
        raise Stop(session.say("error.no_path", path=path))
    return None if path is None else Path(path)


def replacements(path: str | None, session: Session) -> tuple[Replacement, ...]:
    """Return which return takes the place of which, as a manifest says. Raises Stop with what is wrong with it."""
    file = existing(path, session)
    if file is None:
        return ()
    from plancheck.plan.manifest import read_manifest

    return _strictly(read_manifest, file, session)


def waivers_in(path: str | None, plan: Plan, session: Session) -> tuple[Waiver, ...]:
    """Return the waivers in a file. Raises Stop with what is wrong with it."""
    file = existing(path, session)
    if file is None:
        return ()
    from plancheck.plan.waivers import read_waivers

    return _strictly(lambda named: read_waivers(named, plan), file, session)


def _strictly(read: Callable[[Path], tuple[Entry, ...]], file: Path, session: Session) -> tuple[Entry, ...]:
    from plancheck.plan import PlanUnusable
    from plancheck.reports.findings import plan_lines

    try:
        return read(file)
    except PlanUnusable as unusable:
        raise Stop(*plan_lines(unusable.findings, session.lang), labelled=False) from None


def known(baseline: str | None, session: Session) -> frozenset[str]:
    """Return the faults that an earlier result has. Raises Stop where there is no result."""
    path = existing(baseline, session)
    if path is None:
        return frozenset()
    from plancheck.compare import known_faults

    return known_faults(read_result(path, session))
