"""Where loaded plans are kept between runs: a folder of the user's own, which may be emptied at any time.

The folder is that of the system for what can be made anew; `PLANCHECK_CACHE` names another, or `off`. A folder or file
that others may write to is not used. Nothing that goes wrong here is told: the plan is read from its files instead.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from plancheck.model import Plan
from plancheck.plan.kept import kept_name, pack, unpack

_VARIABLE: Final = "PLANCHECK_CACHE"
_MOST: Final = 20
"""So many plans are kept; the one that was written first goes first."""
_SUFFIX: Final = ".plan"
_OTHERS_WRITE: Final = 0o022


def kept_plan(path: Path) -> Plan | None:
    """Return the plan of a file as it was kept by an earlier run, None where there is none that still holds."""
    folder = _folder()
    if folder is None:
        return None
    file = folder / (kept_name(path) + _SUFFIX)
    with suppress(OSError):
        if _own(folder) and _own(file):
            return unpack(file.read_bytes())
    return None


def keep(plan: Plan) -> None:
    """Keep a plan for the next run. Written beside and put in place at once, as several runs may write together."""
    folder = _folder()
    if folder is None:
        return
    file = folder / (kept_name(Path(plan.file)) + _SUFFIX)
    beside = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _own(folder):
            _write(beside, pack(plan))
            beside.replace(file)
            _forget_the_oldest(folder)


def _write(file: Path, content: bytes) -> None:
    try:
        file.touch(mode=0o600, exist_ok=False)
        file.write_bytes(content)
    except OSError:
        file.unlink(missing_ok=True)
        raise


def _forget_the_oldest(folder: Path) -> None:
    kept = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime_ns)
    for file in kept[:-_MOST]:
        file.unlink(missing_ok=True)


def _folder() -> Path | None:
    """Return the folder, None where nothing is to be kept.

    platformdirs knows these places too, but takes 8 ms to import, a tenth of what is saved.
    """
    given = os.environ.get(_VARIABLE)
    if given is not None:
        return None if given in ("", "off") else Path(given)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local, "plancheck", "Cache") if local else None
    home, cache = (Path(os.environ.get(name, "")) for name in ("HOME", "XDG_CACHE_HOME"))
    if not home.is_absolute():
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "plancheck"
    return (cache if cache.is_absolute() else home / ".cache") / "plancheck"


def _own(path: Path) -> bool:
    """Return whether a folder or file is the user's own, and nobody else may write there. Raises OSError."""
    if sys.platform == "win32":
        return True  # below LOCALAPPDATA, which is the user's by the system's own rules
    facts = path.lstat()
    return facts.st_uid == os.geteuid() and not facts.st_mode & _OTHERS_WRITE
