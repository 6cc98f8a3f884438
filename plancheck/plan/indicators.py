"""What is judged: the `indicators` section."""

from __future__ import annotations

import re
from typing import Final, Literal, get_args

from plancheck.language import Text
from plancheck.model import Due, Indicator, Mark, Measure, Series, Share, Source, Target, Units
from plancheck.plan.formulas import Vocabulary
from plancheck.plan.measures import Formulas, read_measure
from plancheck.plan.rulings import AN_INDICATOR, read_source
from plancheck.plan.section import Section, shown
from plancheck.plan.targets import Better, Unclear, read_target
from plancheck.plan.units import A_STAGE, AN_ELEMENT
from plancheck.plan.yaml_tree import TextNode
from plancheck.quantity import UNITS, Number, Written, no_data, read_number

EARLIEST: Final = 1900
LATEST: Final = 2200
GREATEST_NO: Final = 9999
MEASURED: Final = tuple(unit.id for unit in UNITS.values() if unit.kind in ("count", "amount", "year", "percent"))
"""The units an indicator may have."""

_Timing = Literal["by_end", "every_year", "each_step"]
_Level = Literal["district", "unit"]
TIMINGS: Final[tuple[_Timing, ...]] = get_args(_Timing)
LEVELS: Final[tuple[_Level, ...]] = get_args(_Level)
DIRECTIONS: Final[tuple[Better, ...]] = get_args(Better)

_A_TIMING: Final = Text(f" {'、'.join(TIMINGS)} 或年份，如 2025", f"{', '.join(TIMINGS)} or a year such as 2025")
_YES_OR_NO: Final = Text("单位为 yes_no 的填报项", "an element whose unit is yes_no")
_A_NUMBER: Final = Text("数，没有时写“-”", "a number, or '-' for none")
_PERCENT: Final = Text("percent，因为 share 是占比", "percent, because a share is one")
_NEEDS_SERIES: Final = Text("series 的目标应是“只增不减”一类的话", "a series needs a wording such as 只增不减")
_NEEDS_NUMBER: Final = Text("这种指标的目标应是数", "this indicator needs a number as its target")


def read_indicators(root: Section, vocabulary: Vocabulary, units: Units) -> dict[str, Indicator]:
    """Read the `indicators` section."""
    indicators: dict[str, Indicator] = {}
    taken: dict[int, str] = {}
    for section in root.children("indicators", AN_INDICATOR):
        indicator = _indicator(section, vocabulary, units)
        indicators[section.id] = indicator
        if indicator.no is not None and taken.setdefault(indicator.no, section.id) != section.id:
            place = section.scalar("no") or section.place
            section.faults.add("PC118", place, number=indicator.no, first=taken[indicator.no], second=section.id)
    return indicators


def _indicator(section: Section, vocabulary: Vocabulary, units: Units) -> Indicator:
    """Return the indicator; where a fault has been noted, something harmless stands in."""
    formulas = Formulas(section, vocabulary)
    unit = section.one_of("unit", MEASURED)
    measure = read_measure(formulas, units.stages)
    where = formulas.read("where", section.scalar("where"), "condition")
    if isinstance(measure, Share) and unit != "percent":
        section.faults.add("PC108", section.scalar("unit") or section.place, key="unit", expected=_PERCENT, found=unit)
    return Indicator(
        id=section.id,
        no=section.whole("no", section.scalar("no"), 1, GREATEST_NO),
        label=section.said("label"),
        unit=unit,
        measure=measure,
        target=_target(section, unit, measure),
        due=_due(section),
        level=section.one_of("level", LEVELS, "district"),
        source=_source(section),
        baseline=_baseline(section, unit),
        stages=section.references("stages", section.get("stages"), units.stages, A_STAGE),
        where=where,
        declared=_declared(section, vocabulary),
        formula=formulas.written,
        note=section.said_or_none("note"),
        mark=Mark(section.faults.file, section.place.line, section.place.column),
    )


def _target(section: Section, unit: str, measure: Measure) -> Target:
    nothing = Target("", ">=", None)
    better = section.one_of("better", DIRECTIONS, "more")
    node = section.need("target")
    if isinstance(node, TextNode) and node.style == "folded":
        section.faults.add("PC112", node, found=node.header or " ".join(node.text.split()))
        return nothing
    written = section.scalar("target")
    if written is None:
        return nothing
    target = read_target(written.text.strip(), unit, better)
    if isinstance(target, Target) and isinstance(measure, Series) != (target.bound is None):
        target = Unclear(_NEEDS_SERIES if isinstance(measure, Series) else _NEEDS_NUMBER)
    if isinstance(target, Unclear):
        section.faults.add("PC111", written, found=shown(written), why=target.why)
        return nothing
    return target


def _due(section: Section) -> Due:
    node = section.needed_scalar("due")
    if node is not None and re.fullmatch(r"[0-9]{4}", node.text) and EARLIEST <= int(node.text) <= LATEST:
        return int(node.text)
    for timing in TIMINGS:
        if node is not None and node.text == timing:
            return timing
    if node is not None:
        section.wrong("due", node, _A_TIMING)
    return "by_end"


def _baseline(section: Section, unit: str) -> Number | None:
    """Return the amount at the start, None where the plan prints a dash or says nothing; never 0 for a dash."""
    node = section.scalar("baseline")
    if node is None or no_data(node.text) is not None:
        return None
    written = read_number(node.text)
    if isinstance(written, Written) and not written.unit and (unit == "percent" or not written.percent):
        return written.value
    section.wrong("baseline", node, _A_NUMBER)
    return None


def _declared(section: Section, vocabulary: Vocabulary) -> str | None:
    node = section.scalar("declared")
    if node is None or not section.refer(node, vocabulary.known, AN_ELEMENT):
        return None
    element = vocabulary.elements.get(node.text)
    if element is not None and element.unit != "yes_no":
        section.wrong("declared", node, _YES_OR_NO)
    return node.text


def _source(section: Section) -> Source:
    part = section.part("source")
    if part is None:
        return Source("", "")
    source = read_source(part)
    part.finish()
    return source
