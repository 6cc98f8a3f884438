"""When an indicator is judged, and when and how far it can be: due date, years, coverage, rounding, superseded."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, Literal, get_args

from plancheck.language import Text, all_of
from plancheck.model import Due, Rounding, Superseded
from plancheck.plan.rulings import AN_INDICATOR
from plancheck.plan.section import EARLIEST, LATEST, Section
from plancheck.plan.yaml_tree import MapNode

_Timing = Literal["by_end", "every_year", "each_step", "none"]
_Half = Literal["even", "up"]
TIMINGS: Final[tuple[_Timing, ...]] = get_args(_Timing)
HALVES: Final[tuple[_Half, ...]] = get_args(_Half)
MOST_PLACES: Final = 9
_TIMINGS: Final = all_of(TIMINGS)
_A_TIMING: Final = Text(
    f" {_TIMINGS.zh}、年份（如 2025）或 {{when: 条件}}",
    f"{_TIMINGS.en}, a year such as 2025, or {{when: a condition}}",
)
_ANOTHER: Final = Text("另一个指标", "another indicator")
_PLACES: Final = Text(f"0 至 {MOST_PLACES} 的整数", f"a whole number from 0 to {MOST_PLACES}")


def read_due(section: Section, *, needed: bool) -> tuple[Due, str]:
    """Return when the target must be met, and the words of a date that hangs on something."""
    if isinstance(section.get("due"), MapNode):
        part = section.part("due")
        condition = part.text("when") if part is not None else ""
        if part is not None:
            part.finish()
        return "none", condition
    node = section.needed_scalar("due") if needed else section.scalar("due")
    if node is None:
        return ("by_end" if needed else "none"), ""
    if re.fullmatch(r"[0-9]{4}", node.text) and EARLIEST <= int(node.text) <= LATEST:
        return int(node.text), ""
    for timing in TIMINGS:
        if node.text == timing:
            return timing, ""
    section.wrong("due", node, _A_TIMING)
    return "by_end", ""


def read_years(section: Section) -> tuple[int, ...]:
    """Return the only years in which the indicator is judged; empty for all."""
    nodes = section.some_texts("years", section.get("years"))
    years = (section.year("years", node) for node in nodes)
    return tuple(sorted(year for year in years if year is not None))


def read_rounding(section: Section) -> Rounding | None:
    """Return how a value is rounded before it is compared, None where it is compared in full."""
    part = section.part_or_none("rounding")
    if part is None:
        return None
    node = part.needed_scalar("places")
    places = int(node.text) if node is not None and re.fullmatch(r"[0-9]", node.text) else None
    if node is not None and places is None:
        part.wrong("places", node, _PLACES)
    half = part.one_of("half", HALVES, "even")
    part.finish()
    return Rounding(places or 0, half)


def read_superseded(section: Section, indicators: Collection[str]) -> Superseded | None:
    """Return from when on the indicator cannot be assessed, and which one took its place."""
    part = section.part_or_none("superseded")
    if part is None:
        return None
    since = part.year("since", part.needed_scalar("since"))
    node = part.scalar("by")
    by = part.refer_strictly(node, indicators, AN_INDICATOR) or None
    if node is not None and by == section.id:
        part.wrong("by", node, _ANOTHER)
    superseded = Superseded(since or LATEST, part.said("why"), by)
    part.finish()
    return superseded
