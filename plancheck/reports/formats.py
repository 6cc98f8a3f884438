"""The forms an assessment is written in: one line a format, one module a format, imported only when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from msgspec import Struct

from plancheck.language import Lang
from plancheck.model import Assessment, Level


class Format(Struct, frozen=True):
    """Where a format is written, and the suffixes of files that ask for it.

    `function` of `module` takes the assessment and the language, and returns the document whole or in pieces, as text
    (which becomes UTF-8) or as bytes. A `binary` format is for files only. `needs` are levels that
    are judged for it even where they are not asked for; they stand in `Assessment.matrix`. `libraries` are modules
    that come with the extra of the format's name (`plancheck[docx]`), not with plancheck itself.
    """

    module: str
    function: str = "render"
    suffixes: tuple[str, ...] = ()
    binary: bool = False
    needs: frozenset[Level] = frozenset()
    libraries: tuple[str, ...] = ()


FORMATS: Final[Mapping[str, Format]] = {
    "table": Format("terminal", "plain", (".txt",)),
    "json": Format("json_report", "pieces", (".json",)),
    "csv": Format("csv_report", "render", (".csv",)),
    "md": Format("markdown_report", "render", (".md",)),
    "xlsx": Format("xlsx_report", "render", (".xlsx",), binary=True, needs=frozenset({"unit"})),
    "junit": Format("junit_report", "render", (".xml",)),
    "sarif": Format("sarif_report", "render", (".sarif",)),
    "github": Format("github_report"),
    "receipt": Format("receipt", suffixes=("receipt.txt", "回执.txt")),
    "html": Format("html_report", "render", (".html", ".htm"), needs=frozenset({"unit"})),
    "docx": Format(
        "monitoring", "render", (".docx",), binary=True, needs=frozenset({"unit", "group"}), libraries=("docx", "PIL")
    ),
}


def format_of(name: str) -> str | None:
    """Return the format that the suffix of a file's name asks for: of several that fit the longest, as 回执.txt is no .txt."""
    low = name.lower()
    fitting = (
        (len(suffix), form) for form, each in FORMATS.items() for suffix in each.suffixes if low.endswith(suffix)
    )
    return max(fitting, default=(0, None))[1]


def installed(form: str) -> bool:
    """Return whether the libraries of a format are there, without loading them."""
    return all(find_spec(library) is not None for library in FORMATS[form].libraries)


def document(form: str, assessment: Assessment, lang: Lang) -> Iterator[bytes]:
    """Yield an assessment in one of `FORMATS`, as it is written to a file."""
    wanted = FORMATS[form]
    made = getattr(import_module(f"plancheck.reports.{wanted.module}"), wanted.function)(assessment, lang)
    for piece in (made,) if isinstance(made, str | bytes) else made:
        yield piece.encode() if isinstance(piece, str) else piece
