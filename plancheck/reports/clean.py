"""Text of schools made harmless: the one function that every writer passes foreign text through."""

from __future__ import annotations

import re
from typing import Final

# C0 and C1 control characters except TAB and LF, lone surrogates, which no encoding accepts, and two that no XML does.
_DROPPED: Final = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff"
_BIDI: Final = "\\u202a-\\u202e\\u2066-\\u2069"
_HARMFUL: Final = re.compile(f"[{_DROPPED}{_BIDI}]")


def clean_text(text: str) -> str:
    """Return `text` without control characters and lone surrogates; bidi controls are shown by number, ⟦U+202E⟧."""
    return _HARMFUL.sub(_harmless, text) if _HARMFUL.search(text) else text


def _harmless(match: re.Match[str]) -> str:
    number = ord(match.group())
    return f"⟦U+{number:04X}⟧" if 0x2000 <= number < 0xD800 else ""
