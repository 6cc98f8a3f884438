"""Patterns of checks: what no formula over one unit can say, from totals that do not add up to copied blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from plancheck.judge.check_words import place_beside
from plancheck.judge.frame import Frame
from plancheck.judge.naming import unit_name
from plancheck.language import Said, all_of
from plancheck.model import Block, Check, Finding, Pattern, Ratio, ReadColumn, Reading, Total, Unit
from plancheck.quantity import UNITS, Absent, Number, show

LEAST_COPIED: Final = 8
"""Figures other than 0 that two units must have alike in one form before one is thought copied from the other."""
LEAST_FULL: Final = 3
"""Rates of one unit that must all be exactly 100 % before it is remarked."""


class Found(Struct, frozen=True):
    """How often a check held and was skipped, what it found, and the inputs (element, unit) that failed it."""

    held: int = 0
    skipped: int = 0
    findings: Sequence[Finding] = ()
    inputs: frozenset[tuple[str, str]] = frozenset()


def pattern_found(check: Check, pattern: Pattern, frame: Frame) -> Found:
    """Return what a pattern finds in one year's returns."""
    seen = list(_PATTERNS[pattern](check, frame))
    findings = [replace(one, check=check.id, period=frame.period) for one in seen if isinstance(one, Finding)]
    if not all(one.file for one in findings):
        findings = _placed(findings, frame)
    inputs = frozenset((one.value, one.unit) for one in findings if one.code == "PC506")
    return Found(seen.count(True), seen.count(False), findings, inputs)


def _placed(findings: Sequence[Finding], frame: Frame) -> list[Finding]:
    """Put each finding on a unit as a whole at its first figure; a unit that reports nothing has no place."""
    first: dict[str, tuple[str, str, str]] = {}
    for block in frame.blocks:
        for index, unit in enumerate(block.units if block.columns else ()):
            first.setdefault(
                unit.id, (block.file, block.sheet, f"{block.columns[0].letter}{block.columns[0].rows[index]}")
            )
    placed = []
    for one in findings:
        file, sheet, cell = (one.file, one.sheet, one.cell) if one.file else first.get(one.unit, ("", "", ""))
        placed.append(replace(one, file=file, sheet=sheet, cell=cell))
    return placed


Seen = Finding | bool
"""Something found; or True where the pattern was looked for and held, False where it could not be looked for."""


# --------------------------------------------------------------------------------------------- totals


def _totals(check: Check, frame: Frame) -> Iterator[Seen]:
    """Hold each row of totals against the rows it adds up: counts and amounts of money and area only."""
    for block in frame.blocks:
        for total in block.totals:
            for column in block.columns:
                if column.element in total.values and column.element not in check.others:
                    yield from _total(block, total, column, frame)


def _total(block: Block, total: Total, column: ReadColumn, frame: Frame) -> Iterator[Seen]:
    measured = UNITS[frame.plan.elements[column.element].unit]
    if measured.kind != "count" and measured.dimension not in ("money", "area"):
        return
    parts = column.values[total.first : total.last + 1]
    if any(part in (Absent.UNREADABLE, Absent.UNKNOWN) for part in parts):
        yield False
        return
    added: Number = sum(part for part in parts if not isinstance(part, Absent | str))
    written: Number = total.values[column.element]
    if added == written:
        yield True
        return
    params: dict[str, Said] = {
        "row": total.label,
        "element": frame.plan.elements[column.element].label,
        "found": show(written),
        "expected": show(added),
        "rows": f"{column.rows[total.first]}—{column.rows[total.last]}",
        "gap": show(abs(Fraction(added) - written)),
    }
    yield Finding("PC503", block.file, block.sheet, f"{column.letter}{total.row}", "", params)


# ------------------------------------------------------------------------------------------- identity


def _stages(_: Check, frame: Frame) -> Iterator[Seen]:
    """Name each unit whose stage no school of its type has."""
    units = frame.plan.units
    for unit in frame.units:
        kind = unit.attributes.get(units.type, "")
        if kind not in units.types:
            continue
        if unit.stage in units.types[kind]:
            yield True
            continue
        known = all_of(units.stages[stage].label for stage in units.types[kind])
        params: dict[str, Said] = {
            "name": unit.name,
            "stage": units.stages[unit.stage].label,
            "type": kind,
            "known": known,
        }
        yield Finding("PC505", unit=unit.id, params=params)


def _code_class(_: Check, frame: Frame) -> Iterator[Seen]:
    """Name each school whose code begins as those of another type do."""
    units = frame.plan.units
    longest = max(map(len, units.code_classes), default=0)
    classes: dict[str, tuple[str, ...] | None] = {}
    """What is found for the beginning of a code is found for all that begin so."""
    for unit in {unit.code: unit for unit in frame.units}.values():
        kind = unit.attributes.get(units.type, "")
        begins = unit.code[:longest]
        if begins not in classes:
            found = (types for begin, types in units.code_classes.items() if begins.startswith(begin))
            classes[begins] = next(found, None)
        allowed = classes[begins]
        if not kind or allowed is None:
            continue
        if kind in allowed:
            yield True
            continue
        params: dict[str, Said] = {"name": unit.name, "code": unit.code, "type": kind, "known": all_of(allowed)}
        yield Finding("PC507", unit=unit.id, params=params)


def _other_stages(check: Check, frame: Frame) -> Iterator[Seen]:
    """Name each figure that a unit reports though its stage has none such; 0 and 否 do no harm."""
    plan = frame.plan
    others: dict[tuple[str, ...], Sequence[int]] = {}
    """The units that are of none of some stages; they are few, and looked for once for all elements of these stages."""
    for element in plan.elements.values():
        stages = element.stages
        if not stages or element.reporter == "district" or element.id in check.others:
            continue
        if stages not in others:
            others[stages] = [at for at, unit in enumerate(frame.units) if unit.stage not in stages]
        values = frame.column(element.id)
        for at in [at for at in others[stages] if values[at] is not None and values[at] != 0]:
            unit = frame.units[at]
            reading = frame.reading(element.id, at)
            assert reading is not None
            known = [plan.units.stages[stage].label for stage in element.stages]
            params: dict[str, Said] = {
                "name": unit_name(unit, plan),
                "element": element.label,
                "found": reading.raw,
                "known": all_of(known),
            }
            yield Finding("PC506", reading.file, reading.sheet, reading.cell, unit.id, params, value=element.id)


# ------------------------------------------------------------------------------- what looks made up


def _returned(frame: Frame) -> Iterator[Block]:
    """Yield what was handed in for the year; what later returns say of it beside theirs (上年) is nobody's return."""
    return (block for block in frame.blocks if not block.aside)


def _copied(check: Check, frame: Frame) -> Iterator[Seen]:
    """Name each row of a form that says in every figure what another unit's row says."""
    seen: dict[tuple[object, ...], tuple[Block, int]] = {}
    elements = frame.plan.elements.values()
    counted = {each.id for each in elements if UNITS[each.unit].kind in ("count", "amount")}.difference(check.others)
    for block in _returned(frame):
        told = [element for element in block.elements() if element in counted]
        if len(told) < LEAST_COPIED:
            continue
        rows = zip(block.units, zip(*map(block.given, told), strict=True), strict=True)
        for index, (unit, figures) in enumerate(rows):
            if len([1 for figure in figures if figure and type(figure) is not Absent]) < LEAST_COPIED:
                continue
            first = seen.setdefault((block.form, *figures), (block, index))
            other = first[0].units[first[1]]
            if other.id != unit.id:
                (column, *_) = block.holding(told[0])
                yield _copy(block.reading(column, index), first, unit, frame, len(figures))
            else:
                yield True


def _copy(here: Reading, first: tuple[Block, int], unit: Unit, frame: Frame, count: int) -> Finding:
    there = first[0].reading(first[0].columns[0], first[1])
    other = first[0].units[first[1]]
    params: dict[str, Said] = {
        "name": unit_name(unit, frame.plan),
        "other": unit_name(other, frame.plan),
        "place": place_beside(there, here),
        "count": count,
    }
    also = ((there.file, there.sheet, there.cell),)
    return Finding("PC508", here.file, here.sheet, here.cell, unit.id, params, value=other.id, also=also)


def _empty(_: Check, frame: Frame) -> Iterator[Seen]:
    """Name each row of a form in which a unit reports nothing at all."""
    for block in _returned(frame):
        for index, unit in enumerate(block.units):
            if not unit.id or not block.columns:
                continue
            if all(isinstance(column.values[index], Absent) for column in block.columns):
                params: dict[str, Said] = {
                    "name": unit_name(unit, frame.plan),
                    "form": frame.plan.forms[block.form].title,
                }
                cell = f"{block.columns[0].letter}{block.columns[0].rows[index]}"
                yield Finding("PC509", block.file, block.sheet, cell, unit.id, params, value=block.form)
            else:
                yield True


def _all_full(_: Check, frame: Frame) -> Iterator[Seen]:
    """Name each unit all of whose rates are exactly 100 %, where it has several."""
    full = [0] * len(frame.units)
    less = [False] * len(frame.units)
    for indicator in frame.plan.indicators.values():
        measure = indicator.measure
        if not isinstance(measure, Ratio) or indicator.unit != "percent" or frame.of_district(measure.denominator):
            continue
        above, below = frame.values(measure.numerator), frame.values(measure.denominator)
        for at in frame.scope(indicator.stages, indicator.where):
            if above[at] is not None and below[at]:
                full[at] += above[at] == below[at]
                less[at] = less[at] or above[at] != below[at]
    for at, count in enumerate(full):
        if count >= LEAST_FULL and not less[at]:
            unit = frame.units[at]
            params: dict[str, Said] = {
                "name": unit_name(unit, frame.plan),
                "count": count,
            }
            yield Finding("PC510", unit=unit.id, params=params, value=str(count))
        elif count or less[at]:
            yield True


_PATTERNS: Final[Mapping[Pattern, Callable[[Check, Frame], Iterator[Seen]]]] = {
    "totals": _totals,
    "stages": _stages,
    "other_stages": _other_stages,
    "code_class": _code_class,
    "copied": _copied,
    "empty": _empty,
    "all_full": _all_full,
}
