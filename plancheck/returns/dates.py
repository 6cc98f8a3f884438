"""Dates of a roster as people write them: 2021-08-31, 2021.8.31, 20210831, 2021年8月31日, 2021年8月, 2021."""

from __future__ import annotations

from datetime import date
from typing import Final

from plancheck.pattern import Pattern
from plancheck.quantity import tidy

_DIGITS: Final = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")
_DAY: Final = Pattern(
    r"(?P<year>(?:19|20)[0-9]{2})(?:[-./年](?P<month>[0-9]{1,2})(?:[-./月](?P<day>[0-9]{1,2})日?|月)?|年)?"
    r"(?:[ T]00:00(?::00)?)?"
)
_RUN_TOGETHER: Final = Pattern(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])")


def iso_day(text: str) -> str | None:
    """Return the date in ISO form; of a month or a year alone its first day. None where it is no such date."""
    plain = tidy(text).translate(_DIGITS)
    together = _RUN_TOGETHER.fullmatch(plain)
    found = _DAY.fullmatch(f"{together[1]}-{together[2]}-{together[3]}" if together else plain)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)).isoformat()
    except ValueError:
        return None
