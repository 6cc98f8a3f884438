"""Where something stands in what was handed in, in words: a file, its sheet, a cell of it."""

from __future__ import annotations

from plancheck.language import Lang
from plancheck.model import STANDARD_INPUT
from plancheck.reports.symbols import Symbols
from plancheck.wording import say


def file_text(file: str, lang: Lang) -> str:
    """Return what a reader calls a file: its path; what was piped in has none."""
    return say("file.standard_input", lang) if file == STANDARD_INPUT else file


def place(file: str, sheet: str, cell: str, signs: Symbols, lang: Lang) -> str:
    """Return file › sheet!cell as far as it is known; without a sheet file:line:column, as of a plan."""
    name = file_text(file, lang)
    if sheet:
        return f"{name} {signs.inside} {sheet}!{cell}" if cell else f"{name} {signs.inside} {sheet}"
    return f"{name}:{cell}" if cell else name
