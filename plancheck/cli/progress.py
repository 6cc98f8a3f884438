"""A progress bar on stderr, where that is a terminal and there is enough to read to make one wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from plancheck.cli.session import Session

_WORTH_SHOWING: Final = 20

Told = Callable[[int, int], None]


@contextmanager
def progress(count: int, session: Session, *, quiet: bool) -> Iterator[Told | None]:
    """Yield what is to be told after each workbook, or None where nothing is to be shown."""
    if quiet or count <= _WORTH_SHOWING or not session.err.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=session.err), transient=True) as bar:
        task = bar.add_task(session.say("notice.reading"), total=count)
        yield lambda done, total: bar.update(task, completed=done, total=total)
