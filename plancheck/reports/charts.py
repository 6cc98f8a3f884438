"""Figures as inline SVG: the way from baseline to target, schools against a limit, seats by year. No styles inline.

What colours mean stands in the page's style sheet, by class; each shape has a sign or a place of its own besides, so
that a grey print says the same. Coordinates are the only place where exact amounts become floats.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from msgspec import Struct

from plancheck.quantity import Number
from plancheck.reports.clean import clean_text
from plancheck.reports.drawings import Bar, Dots, Point, Trend, span_of, tick

_WIDTH: Final = 560
_HEIGHT: Final = 180
_LEFT: Final = 58
_RIGHT: Final = 14
_TOP: Final = 14
_BOTTOM: Final = 28
_DOT: Final = 4


class _Scale(Struct, frozen=True):
    """Leads from amounts to places on the sheet."""

    low: float
    high: float

    def y(self, value: Number | float) -> float:
        return _TOP + (self.high - float(value)) / (self.high - self.low) * (_HEIGHT - _TOP - _BOTTOM)


def trend(drawn: Trend) -> str:
    """Draw values by year with the straight path from baseline to target and the target as a line."""
    scale = _Scale(*span_of([point.value for point in drawn.points], drawn.baseline, drawn.bound))
    span = max(drawn.last - drawn.first, 1)

    def x(year: int) -> float:
        return _LEFT + (year - drawn.first) / span * (_WIDTH - _LEFT - _RIGHT - 20)

    shapes = [*_grid(scale)]
    shapes += [
        f'<text class="tick" x="{x(year):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{year}</text>'
        for year in range(drawn.first, drawn.last + 1)
    ]
    if drawn.bound is not None:
        shapes.append(_limit(scale.y(drawn.bound), drawn.bound_said))
    if drawn.baseline is not None and drawn.bound is not None:
        start, end = scale.y(drawn.baseline), scale.y(drawn.bound)
        shapes.append(f'<path class="way" d="M{x(drawn.first):.1f} {start:.1f}L{x(drawn.last):.1f} {end:.1f}"/>')
    places = [(x(point.at), scale.y(point.value)) for point in drawn.points]
    shapes += [
        f'<path class="line" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'
        for (x1, y1), (x2, y2), one, other in zip(places, places[1:], drawn.points, drawn.points[1:], strict=False)
        if other.at - one.at == 1  # a year without data breaks the line
    ]
    shapes += [_dot(*place, point) for place, point in zip(places, drawn.points, strict=True)]
    return _sheet(shapes, drawn.title, _WIDTH)


def dots(drawn: Dots) -> str:
    """Draw one dot a school, from the lowest value to the highest, against the limit."""
    scale = _Scale(*span_of([point.value for point in drawn.points], drawn.bound))
    wide = max(_WIDTH, _LEFT + _RIGHT + 7 * len(drawn.points))
    step = (wide - _LEFT - _RIGHT - 20) / max(len(drawn.points) - 1, 1)
    shapes = [*_grid(scale, wide)]
    if drawn.bound is not None:
        shapes.append(_limit(scale.y(drawn.bound), drawn.bound_said, wide))
    shapes += [_dot(_LEFT + 8 + at * step, scale.y(point.value), point) for at, point in enumerate(drawn.points)]
    return _sheet(shapes, drawn.title, wide)


def bars(rows: Iterable[Bar], title: str) -> str:
    """Draw one bar a row: the whole as a frame, the part filled in; nothing where there are no rows."""
    listed = list(rows)
    if not listed:
        return ""
    most = max(row.whole for row in listed) or 1
    shapes = []
    room = _WIDTH - 260
    for at, row in enumerate(listed):
        top = 10 + at * 24
        whole, part = float(row.whole) / float(most) * room, float(row.part) / float(most) * room
        shapes.append(f'<text class="name" x="110" y="{top + 12}" text-anchor="end">{_said(row.name)}</text>')
        shapes.append(f'<rect class="whole" x="118" y="{top}" width="{whole:.1f}" height="16"/>')
        shapes.append(f'<rect class="part" x="118" y="{top}" width="{part:.1f}" height="16"/>')
        shapes.append(f'<text class="tick" x="{126 + whole:.1f}" y="{top + 12}">{_said(row.said)}</text>')
    return _sheet(shapes, title, _WIDTH, 20 + 24 * len(listed))


def _grid(scale: _Scale, wide: int = _WIDTH) -> Iterable[str]:
    for part in range(5):
        value = scale.low + (scale.high - scale.low) * part / 4
        y = scale.y(value)
        yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{wide - _RIGHT}"/>'
        yield f'<text class="tick" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick(value)}</text>'


def _limit(y: float, said: str, wide: int = _WIDTH) -> str:
    text = f'<text class="limit" x="{_LEFT + 4}" y="{y - 4:.1f}">{_said(said)}</text>'
    return f'<path class="limit" d="M{_LEFT} {y:.1f}H{wide - _RIGHT}"/>{text}'


def _dot(x: float, y: float, point: Point) -> str:
    """Return a dot; what is missed is a square, so that it differs without colour."""
    title = f"<title>{_said(point.said)}</title>"
    if point.status in ("not_met", "behind"):
        return (
            f'<rect class="dot {point.status}" x="{x - _DOT:.1f}" y="{y - _DOT:.1f}"'
            f' width="{2 * _DOT}" height="{2 * _DOT}">{title}</rect>'
        )
    return f'<circle class="dot {point.status}" cx="{x:.1f}" cy="{y:.1f}" r="{_DOT}">{title}</circle>'


def _sheet(shapes: Iterable[str], title: str, wide: int, high: int = _HEIGHT) -> str:
    return (
        f'<svg viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img" aria-label="{_said(title)}">'
        f"{''.join(shapes)}</svg>"
    )


def _said(text: str) -> str:
    return escape(clean_text(text))
