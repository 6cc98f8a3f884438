"""A loaded plan as bytes, and back: the next run need not read the YAML again, which takes a third of it.

What is kept is believed only if it is whole, was written by this very program, and every file of the plan is still what
it was, byte by byte. Anything else is as if nothing were kept: the plan is read, and its faults are told, as ever.
"""

from __future__ import annotations

import hashlib
import marshal
import pickle
import sys
from pathlib import Path
from typing import Final

from plancheck import __version__
from plancheck.model import Plan

_PACKAGE: Final = Path(__file__).parents[1]
_MADE_BY: Final = (_PACKAGE, _PACKAGE / "model", _PACKAGE / "plan")
"""The folders whose modules make a plan what it is."""
_DIGEST: Final = hashlib.sha256().digest_size


def kept_name(path: Path) -> str:
    """Return the name under which the plan of a file is kept: messages name the file as it was given."""
    return hashlib.sha256(f"{path.absolute()}\n{path}".encode("utf-8", "surrogateescape")).hexdigest()[:32]


def pack(plan: Plan) -> bytes:
    """Return what is to be kept of a plan."""
    from pickletools import optimize

    files = (plan.file, *plan.included)
    pickled = optimize(pickle.dumps(plan, protocol=5))  # a fifth quicker to read
    body = marshal.dumps((_program(), files, plan.sha256, pickled))
    return hashlib.sha256(body).digest() + body


def unpack(kept: bytes) -> Plan | None:
    """Return the plan that was kept, None where it cannot be relied upon. It must come from a place of the user's own."""
    digest, body = kept[:_DIGEST], kept[_DIGEST:]
    if hashlib.sha256(body).digest() != digest:
        return None
    program, files, sha256, pickled = marshal.loads(body)  # noqa: S302 - by nobody but `pack`, as the digest says
    if program != _program() or _sha256(files) != sha256:
        return None
    plan = pickle.loads(pickled)  # noqa: S301 - likewise
    return plan if isinstance(plan, Plan) else None


def _sha256(files: tuple[str, ...]) -> str:
    """Return the digest over a plan's files, in the order in which they were read; empty where one is not there."""
    overall = hashlib.sha256()
    try:
        for file in files:
            overall.update(Path(file).read_bytes())
    except OSError:
        return ""
    return overall.hexdigest()


def _program() -> str:
    """Return what tells this program from any other that could have written: version, interpreter, state of the modules."""
    modules = sorted(
        f"{file} {facts.st_size} {facts.st_mtime_ns}"
        for folder in _MADE_BY
        for file in folder.iterdir()
        if file.suffix == ".py" and (facts := file.stat())
    )
    return "\n".join((__version__, sys.version, *modules))
