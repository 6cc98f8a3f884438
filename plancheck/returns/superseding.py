"""Returns that a manifest replaces by later ones: set aside by name before anything is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from plancheck.language import Text
from plancheck.model import Finding, Replacement


def without_superseded(
    files: Sequence[Path], replacements: Sequence[Replacement]
) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Return the files that stand, a note for each one set aside, and a warning for each entry that fits nothing.

    A file is named as the manifest's reader sees it: by its name, or by the end of its path. A file is set aside only
    where the one that takes its place is there, so that no school is lost by a slip of the pen.
    """
    aside: dict[Path, Path] = {}
    findings: list[Finding] = []
    for entry in replacements:
        old, new = _named(entry.file, files), _named(entry.by, files)
        if len(old) != 1 or len(new) != 1:
            findings.append(
                _unused(entry, entry.file if len(old) != 1 else entry.by, len(old if len(old) != 1 else new))
            )
        elif _leads_back(new[0], old[0], aside):
            findings.append(Finding("PC233", str(old[0]), params={"file": entry.file, "why": _CIRCLE}))
        else:
            aside[old[0]] = new[0]
            findings.append(Finding("PC234", str(old[0]), params={"by": str(new[0])}))
    return tuple(file for file in files if file not in aside), tuple(findings)


_CIRCLE = Text("它又被自己取代", "it would take its own place")


def _named(name: str, files: Sequence[Path]) -> list[Path]:
    parts = PurePath(name).parts
    return [file for file in files if file.parts[-len(parts) :] == parts]


def _leads_back(start: Path, goal: Path, aside: dict[Path, Path]) -> bool:
    at: Path | None = start
    while at is not None and at != goal:
        at = aside.get(at)
    return at == goal


def _unused(entry: Replacement, name: str, count: int) -> Finding:
    why = Text(f"有 {count} 个文件叫这个名字", f"{count} files bear that name") if count else _NOT_THERE
    return Finding("PC233", name, params={"file": entry.file, "why": why})


_NOT_THERE = Text("不在本次上报表之中", "it is no return of this run")
