"""Number formats: which of them show a percentage, and which a date."""

from __future__ import annotations

import re
from typing import Final

from plancheck.pattern import Pattern

BUILT_IN_PERCENT: Final = frozenset((9, 10))
BUILT_IN_DATE: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_QUOTED: Final = Pattern(rb'"[^"]*"|&quot;.*?&quot;|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_PARTS: Final = Pattern(rb"[dmyhs]", re.IGNORECASE)


def shows_percent(code: bytes) -> bool:
    """Return whether a format multiplies by a hundred: a percent sign that is no quoted text."""
    return b"%" in _QUOTED.sub(b"", code)


def shows_date(code: bytes) -> bool:
    """Return whether a format shows a date or a time."""
    return _DATE_PARTS.search(_QUOTED.sub(b"", code)) is not None
