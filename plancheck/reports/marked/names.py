"""Names of marked copies: made of safe characters only, short enough for every file system, each once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from plancheck.model import STANDARD_INPUT, Assessment
from plancheck.pattern import Pattern

LONGEST: Final = 120
"""Bytes of a name in UTF-8."""
_ALLOWED: Final = Pattern(r"[^0-9A-Za-z_\-\u3007\u4e00-\u9fff]+")
_SUFFIX: Final = "-marked"
_RESERVED: Final = Pattern(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


def copy_names(assessment: Assessment, units: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Return for each return read the name of its copy; `units` gives the schools' codes in each file.

    One school's own return begins with the school's code; what is no letter, digit or Chinese character becomes "-".
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for file in (file for file, digest in assessment.files.items() if digest):
        codes = units.get(file, frozenset())
        stem = (
            "stdin" if file == STANDARD_INPUT else _slug(PurePath(file.replace("\\", "/")).stem).removesuffix(_SUFFIX)
        )
        code = _slug(next(iter(codes))) if len(codes) == 1 else ""
        base = stem if not code or code in stem else f"{code}-{stem}"
        number = 1
        while (name := _name(base, number)).lower() in taken:
            number += 1
        taken.add(name.lower())
        names[file] = name
    return names


def _slug(text: str) -> str:
    slug = _ALLOWED.sub("-", text).strip("-")
    return f"x-{slug}" if not slug or _RESERVED.fullmatch(slug) else slug


def _name(base: str, number: int) -> str:
    end = f"{f'-{number}' if number > 1 else ''}{_SUFFIX}.xlsx"
    return base.encode()[: LONGEST - len(end)].decode(errors="ignore") + end
