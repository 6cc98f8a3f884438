"""A bar is shown on a terminal when there is enough to wait for, and nowhere else."""

from __future__ import annotations

import io

import pytest

from plancheck.cli.progress import progress
from plancheck.cli.session import Session


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


@pytest.mark.parametrize(
    ("count", "err", "quiet"), [(20, Terminal(), False), (21, io.StringIO(), False), (21, Terminal(), True)]
)
def test_no_bar(count: int, err: io.StringIO, *, quiet: bool) -> None:
    with progress(count, Session("zh", io.StringIO(), err), quiet=quiet) as told:
        assert told is None
    assert not err.getvalue()


def test_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    err, out = Terminal(), io.StringIO()
    with progress(21, Session("zh", out, err), quiet=False) as told:
        assert told is not None
        told(21, 21)
    assert "读取上报表" in err.getvalue()
    assert not out.getvalue()
