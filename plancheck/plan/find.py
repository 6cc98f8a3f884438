"""Where the plan of a run comes from: given, found beside the work, or the one that comes with plancheck."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

How = Literal["given", "found", "packaged"]
NAME: Final = "indicators.yaml"
_PACKAGE: Final = Path(__file__).parents[1]


class Found(Struct, frozen=True):
    """A plan file and how it was come by; every report says which plan it judged with."""

    path: Path
    how: How


def find(explicit: Path | None, start: Path) -> Found:
    """Return the plan file: the one given, else `indicators.yaml` in `start` or above it, else the packaged one.

    A file that was given is not looked for: `load` says what is wrong with it.
    """
    if explicit is not None:
        return Found(explicit, "given")
    here = start.resolve()
    for folder in (here, *here.parents):
        if _is_file(folder / NAME):
            return Found(folder / NAME, "found")
    return Found(packaged(), "packaged")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that may not be entered holds no plan for us
        return False


def packaged() -> Path:
    """Return the plan that comes with plancheck: in a wheel inside the package, in an editable install beside it."""
    inside = _PACKAGE / NAME
    return inside if inside.is_file() else _PACKAGE.parent / NAME
