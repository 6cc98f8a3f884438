"""What is judged: the `indicators` section."""

from __future__ import annotations

from typing import Final, Literal, get_args

from msgspec.structs import replace

from plancheck.language import Text
from plancheck.model import (
    Amount,
    AnotherReading,
    Change,
    Compare,
    Count,
    EveryGroup,
    Form,
    Indicator,
    Kind,
    KOfN,
    Mark,
    Measure,
    Members,
    Milestone,
    Narrative,
    Ratio,
    Series,
    Share,
)
from plancheck.plan.agreement import check_agreement
from plancheck.plan.formulas import Vocabulary
from plancheck.plan.goals import DIRECTIONS, ITS_ID, RESTATED_ID, Asker, Goals, read_goals
from plancheck.plan.measures import Formulas, Known, read_measure
from plancheck.plan.rulings import AN_INDICATOR, source_of
from plancheck.plan.section import Section
from plancheck.plan.timing import read_due, read_rounding, read_superseded, read_years
from plancheck.plan.units import A_STAGE, AN_ELEMENT
from plancheck.plan.yaml_tree import TextNode
from plancheck.quantity import UNITS, Number, Written, no_data, read_number

GREATEST_NO: Final = 9999
MEASURED: Final = tuple(unit.id for unit in UNITS.values() if unit.kind in ("count", "amount", "year", "percent"))
"""The units an indicator may have."""

_Level = Literal["district", "unit"]
_Nature = Literal["binding", "aspiration"]
LEVELS: Final[tuple[_Level, ...]] = get_args(_Level)
NATURES: Final[tuple[_Nature, ...]] = get_args(_Nature)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_A_GROUP: Final = Text("分组（groups）", "group (of groups)")
_A_LIST_FORM: Final = Text("台账（rows: list 的报表）", "list (a form with rows: list)")
_YES_OR_NO: Final = Text("单位为 yes_no 的填报项", "an element whose unit is yes_no")
_A_NUMBER: Final = Text("数，没有时写“-”", "a number, or '-' for none")
_PERCENT: Final = Text("percent，因为 share 是占比", "percent, because a share is one")
_A_COUNT: Final = Text("计数的单位，如 school、person、number", "a unit that counts, such as school, person, number")
_RELATIVE: Final = Text("percent，因为 relative 是相对基数的百分比", "percent, because relative is a part of the base")
_POINT: Final = Text("point（百分点）或数量的单位，不是 percent", "point, or the amount's own unit, not percent")
_OF_UNITS: Final = Text("不写 of 的指标：它不按台账的行计算", "left out: this measure is not one of the rows of a list")
_OF_A_LIST: Final = Text("district，因为台账的行不是填报单位", "district, because the rows of a list are no units")
_OF_EACH_UNIT: Final = Text("unit，因为 k_of 按单位计算", "unit, because k_of is counted for each unit")
_NO_NARRATIVE: Final = Text(
    "与算法一致：narrative 只用于 narrative", "what the measure is: narrative stands with narrative only"
)
_UNIT_LEVEL: Final = "unit"
_A_READING: Final = Text("另一种口径", "other reading")
_READ_OTHERWISE: Final = (
    "stages", "where", "numerator", "denominator", "value", "share", "count", "series", "change", "target",
)  # fmt: skip
_NOT_READ_AGAIN: Final = frozenset(("id", "restated", "otherwise", "override"))


def read_indicators(root: Section, known: Known, years: tuple[int, int]) -> dict[str, Indicator]:
    """Read the `indicators` section; `years` are the plan's first and last."""
    indicators: dict[str, Indicator] = {}
    sections: dict[str, Section] = {}
    numbers: dict[int, str] = {}
    for section in root.children("indicators", AN_INDICATOR):
        before = len(section.faults)
        indicator = _indicator(section, known, years)
        if section.has("otherwise") and len(section.faults) == before:  # else each of its faults would be told again
            indicator = replace(indicator, otherwise=_otherwise(section, known, years))
        indicators[section.id], sections[section.id] = indicator, section
        if indicator.no is not None and numbers.setdefault(indicator.no, section.id) != section.id:
            place = section.scalar("no") or section.place
            section.faults.add("PC118", place, number=indicator.no, first=numbers[indicator.no], second=section.id)
    check_agreement(indicators, sections)
    return indicators


def _indicator(section: Section, known: Known, years: tuple[int, int]) -> Indicator:
    """Return the indicator; where a fault has been noted, something harmless stands in."""
    formulas = Formulas(section, known.vocabulary)
    listed = _listed(section, known)
    measure = read_measure(formulas, known, listed)
    brings_its_own = isinstance(measure, Milestone | KOfN | Narrative)
    unit = section.one_of("unit", MEASURED, "number" if brings_its_own else None)
    _check_unit(section, measure, unit)
    goals = read_goals(Asker(section, unit, measure, section.one_of("better", DIRECTIONS, "more")), known.units, years)
    due, condition = read_due(section, needed=not isinstance(measure, Narrative))
    stages = section.references("stages", section.get("stages"), known.units.stages, A_STAGE)
    return Indicator(
        id=section.id,
        no=section.whole("no", section.scalar("no"), 1, GREATEST_NO),
        label=section.said("label"),
        unit=unit,
        measure=measure,
        target=goals.target,
        due=due,
        level=_level(section, measure),
        source=source_of(section),
        baseline=_baseline(section, unit),
        stages=_stages(section, stages, goals),
        where=formulas.read("where", section.scalar("where"), "condition"),
        declared=_declared(section, known.vocabulary),
        formula=formulas.written,
        note=section.said_or_none("note"),
        mark=Mark(section.place.file or section.faults.file, section.place.line, section.place.column),
        kind=_kind(section, measure, goals),
        group=section.refer_strictly(section.scalar("group"), known.groups, _A_GROUP),
        of=listed.id if listed is not None else "",
        nature=section.one_of("nature", NATURES, "binding"),
        targets=goals.targets,
        target_by=goals.by,
        steps=goals.steps,
        revised=goals.revised,
        condition=condition,
        years=read_years(section),
        least_coverage=section.percentage("coverage", section.scalar("coverage")),
        rounding=read_rounding(section),
        restated=goals.restated,
        superseded=read_superseded(section, known.indicators),
    )


def _otherwise(section: Section, known: Known, years: tuple[int, int]) -> tuple[AnotherReading, ...]:
    """Return the other readings of an indicator: what each says in place of the indicator's own keys."""
    readings: list[AnotherReading] = []
    for part in section.items("otherwise", section.get("otherwise"), _A_READING):
        name = part.needed_scalar("id")
        if name is not None and not RESTATED_ID.fullmatch(name.text):
            part.wrong("id", name, ITS_ID)
        label = part.said("label")
        for key in _READ_OTHERWISE:
            part.has(key)
        whole = section.laid_over(part, _NOT_READ_AGAIN)
        indicator = _indicator(whole, known, years)
        whole.finish(_READ_OTHERWISE)  # the others are those of the indicator itself
        readings.append(AnotherReading(name.text if name is not None else "", label, indicator))
    return tuple(readings)


def _listed(section: Section, known: Known) -> Form | None:
    """Return the list whose rows the indicator is about, None where it is about units."""
    lists = {form.id: form for form in known.forms.values() if form.rows == "list"}
    needed = section.has("members") or section.has("milestone")
    node = section.needed_scalar("of") if needed else section.scalar("of")
    return lists.get(section.refer_strictly(node, lists, _A_LIST_FORM))


def _check_unit(section: Section, measure: Measure, unit: str) -> None:
    """Note a unit that the measure's values cannot have, and a list where units are counted."""
    wanted = _unit_wanted(measure, unit)
    if wanted is not None:
        section.faults.add("PC108", section.scalar("unit") or section.place, key="unit", expected=wanted, found=unit)
    node = section.scalar("of")
    rows = Ratio | Amount | Share | Count | Members | Milestone | Series | Change
    if node is not None and not isinstance(measure, rows):
        section.wrong("of", node, _OF_UNITS)


def _unit_wanted(measure: Measure, unit: str) -> Text | None:
    kind = UNITS[unit].kind
    match measure:
        case Share() | EveryGroup() | Members():
            return _PERCENT if unit != "percent" else None
        case Count() | KOfN():
            return _A_COUNT if kind != "count" and unit != "number" else None
        case Change(relative=True):
            return _RELATIVE if unit != "percent" else None
        case Change():
            return _POINT if unit == "percent" else None
        case _:
            return None


def _kind(section: Section, measure: Measure, goals: Goals) -> Kind:
    """Return what sort of commitment it is: as written, else as measure and target tell."""
    kind = section.one_of("kind", KINDS, _kind_of(measure, goals))
    if (kind == "narrative") != isinstance(measure, Narrative):
        section.wrong("kind", section.scalar("kind") or TextNode(kind, 0, 0), _NO_NARRATIVE)
    return kind


def _kind_of(measure: Measure, goals: Goals) -> Kind:
    match measure:
        case Narrative():
            return "narrative"
        case Milestone():
            return "milestone"
        case Series():
            return "monotone"
        case Change():
            return "change"
        case Compare():
            return "comparison"
        case EveryGroup():
            return "coverage"
        case _ if goals.targets and not goals.by:
            return "stage_threshold"
        case _ if goals.target.upper is not None:
            return "range"
        case Count():
            return "count"
        case _:
            return "threshold"


def _level(section: Section, measure: Measure) -> _Level:
    node = section.scalar("level")
    if isinstance(measure, KOfN):
        if node is not None and node.text != _UNIT_LEVEL:
            section.wrong("level", node, _OF_EACH_UNIT)
        return "unit"
    if node is not None and node.text == _UNIT_LEVEL and section.has("of"):
        section.wrong("level", node, _OF_A_LIST)
    return section.one_of("level", LEVELS, "district")


def _stages(section: Section, stages: tuple[str, ...], goals: Goals) -> tuple[str, ...]:
    """Return the stages an indicator concerns: those that have a target, where each stage has its own."""
    if not goals.targets or goals.by:
        return stages
    for stage in stages:
        if stage not in goals.targets:
            own = section.part("target")
            assert own is not None
            own.need(stage)  # notes that it is not there
    return stages or tuple(goals.targets)


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
