"""What a screen can show: its width, its language, and the signs beside the words that its encoding can write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from plancheck.language import Lang
from plancheck.model import Status
from plancheck.reports.page import Style


class Symbols(Struct, frozen=True):
    """One sign for each status, a rule, an arrow and the sign between a file and its sheet."""

    status: Mapping[Status, str]
    rule: str
    arrow: str
    inside: str


class Screen(Struct, frozen=True):
    """What lines are laid out for: their width in cells, the signs, the language."""

    room: int
    signs: Symbols
    lang: Lang


_ORDER: Final[tuple[Status, ...]] = ("met", "on_track", "behind", "not_due", "not_met", "unknown", "not_applicable")


def _set(signs: str, rule: str, arrow: str, inside: str) -> Symbols:
    return Symbols(dict(zip(_ORDER, signs, strict=True)), rule, arrow, inside)


UNICODE: Final = _set("✓↗↘○✗?–", "─", "→", "›")
GBK: Final = _set("√↗↘○×?-", "─", "→", "》")
ASCII: Final = _set("+></x?-", "-", "->", ">")

STYLES: Final[Mapping[Status, Style]] = {
    "met": "good",
    "on_track": "fair",
    "behind": "poor",
    "not_due": "",
    "not_met": "bad",
    "unknown": "doubtful",
    "not_applicable": "quiet",
}

TINTS: Final[Mapping[Status, str]] = {
    "met": "E2F0D9",
    "on_track": "DDEBF7",
    "behind": "FFD966",
    "not_due": "",
    "not_met": "F4B084",
    "unknown": "D9D9D9",
    "not_applicable": "",
}
"""Colours behind a status on paper, of different lightness, so that a grey print still tells them apart; "" for none."""


def symbols(encoding: str) -> Symbols:
    """Return the richest set of signs that `encoding` can write."""
    for each in (UNICODE, GBK):
        try:
            "".join((*each.status.values(), each.rule, each.arrow, each.inside)).encode(encoding)
        except (UnicodeEncodeError, LookupError):
            continue
        return each
    return ASCII
