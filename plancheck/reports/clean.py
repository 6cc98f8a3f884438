"""Text of schools made harmless: the one function that every writer passes foreign text through."""

from __future__ import annotations

import re
from typing import Final

from plancheck.pattern import Pattern

# C0 and C1 control characters except TAB and LF, lone surrogates, which no encoding accepts, and two that no XML does.
_DROPPED: Final = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff"
_BIDI: Final = "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"
_HARMFUL: Final = Pattern(f"[{_DROPPED}{_BIDI}]")
# What a CI system that runs plancheck takes for a command to itself: :: at the beginning of a line, ##[ anywhere.
_COMMAND: Final = Pattern(r"(?m)^(?P<blank>[^\S\n]*):(?=:)|#(?=#(?:\[|vso\[|teamcity\[))")


def clean_text(text: str) -> str:
    """Return `text` without control characters and lone surrogates; bidi controls are shown by number, ⟦U+202E⟧.

    The signs by which a CI system knows its commands are parted: ∶:error, # #[group].
    """
    clean = _HARMFUL.sub(_harmless, text) if _HARMFUL.search(text) else text
    return parted(clean) if "::" in clean or "##" in clean else clean


def _harmless(match: re.Match[str]) -> str:
    number = ord(match.group())
    return f"⟦U+{number:04X}⟧" if number == 0x61C or 0x2000 <= number < 0xD800 else ""


def parted(text: str) -> str:
    """Return text in which no line begins as a CI system's commands do, which also a line may that was broken to fit."""
    return _COMMAND.sub(_no_command, text)


def _no_command(match: re.Match[str]) -> str:
    # a ratio sign is as wide as the colon, and Chinese encodings have it
    return "# " if match["blank"] is None else f"{match['blank']}∶"
