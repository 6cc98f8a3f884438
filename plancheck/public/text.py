"""Telephone numbers taken out of text."""

from __future__ import annotations

from typing import Final

from plancheck.pattern import Pattern

# A mobile number, perhaps in groups; a number with its area code; one of eight digits after 电话 or Tel.
_PHONE: Final = Pattern(
    r"(?<![0-9])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])"
    r"|(?<![0-9])[（(]?0[0-9]{2,3}[)）]?[- ]?[0-9]{7,8}(?![0-9])"
    r"|(?<=电话)[：: ]?[0-9]{7,8}(?![0-9])|(?<=Tel)[.: ]{0,2}[0-9]{7,8}(?![0-9])"
)


def without_phones(text: str) -> str:
    """Return text with *** in the place of telephone numbers, also where they are written in full width."""
    if not any(character.isdigit() for character in text):
        return text
    narrow = text.translate({0xFF10 + digit: ord("0") + digit for digit in range(10)})
    return _PHONE.sub("***", narrow) if _PHONE.search(narrow) else text
