"""What is drawn of an assessment as PNG pictures for a document: figures and lines only, as no font for words is sure.

The words stand in the caption. What is missed is a square, what is met a round dot, so that a grey print says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont

from plancheck.quantity import Number
from plancheck.reports.drawings import Bar, Dots, Point, Trend, span_of, tick

_WIDE: Final = 1400
_HIGH: Final = 460
_LEFT: Final = 130
_RIGHT: Final = 40
_TOP: Final = 30
_BOTTOM: Final = 64
_DOT: Final = 9
_INK: Final = "#1d2733"
_SOFT: Final = "#5b6876"
_RULE: Final = "#d5dce3"
_LINE: Final = "#1f5fa8"
_LIMIT: Final = "#b3261e"
_COLOURS: Final = {"met": "#1a7f4b", "on_track": "#1f5fa8", "behind": "#a35b00", "not_met": "#b3261e"}


class _Sheet:
    """A picture with a scale for amounts."""

    def __init__(self, values: Sequence[Number], *others: Number | None) -> None:
        self._low, self._high = span_of(values, *others)
        self.image = Image.new("RGB", (_WIDE, _HIGH), "white")
        self.pen: Any = ImageDraw.Draw(self.image)
        self.font = ImageFont.load_default(26)
        for part in range(5):
            value = self._low + (self._high - self._low) * part / 4
            self.pen.line((_LEFT, self.y(value), _WIDE - _RIGHT, self.y(value)), _RULE, 2)
            self.pen.text((_LEFT - 14, self.y(value)), tick(value), _SOFT, self.font, "rm")

    def y(self, value: Number | float) -> float:
        """Return how far down an amount stands."""
        return _TOP + (self._high - float(value)) / (self._high - self._low) * (_HIGH - _TOP - _BOTTOM)

    def dashed(self, start: tuple[float, float], end: tuple[float, float], colour: str, dash: int) -> None:
        """Draw a broken line."""
        (x1, y1), (x2, y2) = start, end
        steps = max(int(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 / dash), 1)
        for at in range(0, steps, 2):
            a, b = at / steps, min(at + 1, steps) / steps
            self.pen.line((x1 + (x2 - x1) * a, y1 + (y2 - y1) * a, x1 + (x2 - x1) * b, y1 + (y2 - y1) * b), colour, 3)

    def limit(self, bound: Number) -> None:
        """Draw the target."""
        self.dashed((_LEFT, self.y(bound)), (_WIDE - _RIGHT, self.y(bound)), _LIMIT, 14)

    def dot(self, x: float, point: Point) -> None:
        """Draw a value."""
        y = self.y(point.value)
        box = (x - _DOT, y - _DOT, x + _DOT, y + _DOT)
        colour = _COLOURS.get(point.status, _SOFT)
        (self.pen.rectangle if point.status in ("not_met", "behind") else self.pen.ellipse)(box, colour, "white")

    def png(self) -> bytes:
        """Return the picture."""
        return _png(self.image)


def trend_picture(drawn: Trend) -> bytes:
    """Draw values by year with the straight path from baseline to target."""
    sheet = _Sheet([point.value for point in drawn.points], drawn.baseline, drawn.bound)
    span = max(drawn.last - drawn.first, 1)

    def x(year: int) -> float:
        return _LEFT + 40 + (year - drawn.first) / span * (_WIDE - _LEFT - _RIGHT - 80)

    for year in range(drawn.first, drawn.last + 1):
        sheet.pen.text((x(year), _HIGH - 30), str(year), _SOFT, sheet.font, "mm")
    if drawn.bound is not None:
        sheet.limit(drawn.bound)
        if drawn.baseline is not None:
            path = (x(drawn.first), sheet.y(drawn.baseline)), (x(drawn.last), sheet.y(drawn.bound))
            sheet.dashed(*path, _SOFT, 8)
    for one, other in zip(drawn.points, drawn.points[1:], strict=False):
        if other.at - one.at == 1:  # a year without data breaks the line
            sheet.pen.line((x(one.at), sheet.y(one.value), x(other.at), sheet.y(other.value)), _LINE, 4)
    for point in drawn.points:
        sheet.dot(x(point.at), point)
    return sheet.png()


def dots_picture(drawn: Dots) -> bytes:
    """Draw one dot a unit, from the lowest value to the highest."""
    sheet = _Sheet([point.value for point in drawn.points], drawn.bound)
    if drawn.bound is not None:
        sheet.limit(drawn.bound)
    step = (_WIDE - _LEFT - _RIGHT - 60) / max(len(drawn.points) - 1, 1)
    for at, point in enumerate(drawn.points):
        sheet.dot(_LEFT + 30 + at * step, point)
    return sheet.png()


def bars_caption(title: str, rows: Sequence[Bar]) -> str:
    """Return the words below bars: a title, and what each of the numbered bars is and shows."""
    return "　".join((title, *(f"{at} {bar.name} {bar.said}" for at, bar in enumerate(rows, 1))))


def bars_picture(rows: Sequence[Bar]) -> bytes:
    """Draw one bar a row, numbered from the top as the caption lists them: the whole as a frame, the part filled in."""
    image = Image.new("RGB", (_WIDE, 30 + 60 * len(rows)), "white")
    pen: Any = ImageDraw.Draw(image)
    font = ImageFont.load_default(26)
    most = float(max(row.whole for row in rows)) or 1.0
    for at, row in enumerate(rows):
        top = 20 + at * 60
        whole, part = (float(each) / most * 1000 for each in (row.whole, row.part))
        pen.text((70, top + 18), str(at + 1), _INK, font, "rm")
        pen.rectangle((90, top, 90 + part, top + 36), _LINE)
        pen.rectangle((90, top, 90 + whole, top + 36), None, _SOFT, 2)
        pen.text((110 + whole, top + 18), row.said, _SOFT, font, "lm")
    return _png(image)


def _png(image: Image.Image) -> bytes:
    written = BytesIO()
    image.quantize(64, Image.Quantize.FASTOCTREE).save(written, "PNG", compress_level=6)
    return written.getvalue()
