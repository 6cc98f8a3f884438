"""What a check found, as findings: the inputs with their places, and how far the two sides compared lie apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct

from plancheck.expression import PERIOD, calls
from plancheck.judge.edits import Asking, column_of, plain_formula, sides
from plancheck.judge.evaluate import Values, evaluate
from plancheck.judge.naming import unit_name
from plancheck.judge.tables import Table
from plancheck.language import Text
from plancheck.model import Check, Finding, Plan, Reading, Unit, Value, plain
from plancheck.pattern import Pattern
from plancheck.quantity import Absent, show

CODE_OF: Final = {"must": "PC501", "explain": "PC502"}
_CURE: Final = {
    "must": Text("请核对以上各数，改正有误的一处。", "Check these figures and correct the one that is wrong."),
    "explain": Text("请核对；如属实，请写明原因。", "Check them; where they are right, explain them."),
}
_PLAIN: Final = Pattern(r"[-+0-9.,eE%]+|是|否")
_NUMBER: Final = Pattern(r"([-+]?[0-9,]*[0-9](?:\.[0-9]*)?)%?")
_CHANGE: Final = frozenset(("change",))


class Side(Struct, frozen=True):
    """What a check was held against, the same a year earlier, and the plan that asks for it."""

    table: Table
    earlier: Table | None
    plan: Plan

    def column(self, name: str) -> Values:
        """Return the values of a name of a check for each row: also of the year, and of the stage."""
        if name == PERIOD:
            return [self.table.period] * len(self.table.units)
        if name == self.plan.units.stage:
            return [unit.stage for unit in self.table.units]
        return column_of(name, self.table, self.earlier)


class Input(Struct, frozen=True):
    """One input of a check in one row; `back` tells how many years ago."""

    element: str
    back: int
    reading: Reading | None

    @property
    def value(self) -> Value | None:
        """The value read, None where there is none."""
        return None if self.reading is None or isinstance(self.reading.value, Absent) else self.reading.value


def findings_of(check: Check, asking: Asking, where: Side, rows: Sequence[int]) -> list[Finding]:
    """Return a finding for each row in which a check does not hold."""
    if not rows:
        return []
    assert check.condition is not None
    compared = sides(check.condition)
    size = len(where.table.units)
    pair = [evaluate(plain_formula(side), where.column, size) for side in compared]
    percent = any(calls(side, _CHANGE) for side in compared)
    earlier = {unit.id: at for at, unit in enumerate(where.earlier.units)} if where.earlier is not None else {}
    return [
        _finding(
            check,
            where,
            where.table.units[at],
            [*_inputs(asking, where, at, earlier)],
            _apart([s[at] for s in pair], percent=percent),
        )
        for at in rows
    ]


def _inputs(asking: Asking, where: Side, at: int, earlier: Mapping[str, int]) -> Iterator[Input]:
    unit = where.table.units[at].id
    for element, back in asking.elements:
        if element in (where.plan.units.stage, *where.plan.units.attributes):
            continue
        if back == 0:
            yield Input(element, 0, where.table.reading(element, at))
        elif where.earlier is not None:
            position = earlier.get(unit)
            yield Input(element, back, None if position is None else where.earlier.reading(element, position))


def _finding(check: Check, where: Side, unit: Unit, inputs: Sequence[Input], apart: Text) -> Finding:
    places = [each.reading for each in inputs if each.reading is not None]
    main = next((each.reading for each in inputs if each.back == 0 and each.reading is not None), None)
    file, sheet, cell = (main.file, main.sheet, main.cell) if main is not None else ("", "", "")
    return Finding(
        CODE_OF[check.grade],
        file,
        sheet,
        cell,
        unit.id,
        {
            "name": unit_name(unit, where.plan),
            "label": check.label,
            "inputs": _listed([_said(each, main, where.plan) for each in inputs]),
            "apart": apart,
            "cure": check.cure or _CURE[check.grade],
        },
        check=check.id,
        period=main.period if main is not None else None,
        value=signature((each.element, each.back, each.value) for each in inputs),
        also=tuple(dict.fromkeys((one.file, one.sheet, one.cell) for one in places if one is not main)),
    )


def _said(one: Input, main: Reading | None, plan: Plan) -> Text:
    """Return an input with its value as it stands in the cell, and its place beside that of the main one."""
    label, reading = plan.elements[one.element].label, one.reading
    zh, en = ("上年", "last year's ") if one.back else ("", "")
    raw = reading.raw if reading is not None and one.value is not None else ""
    seen = read_as(raw, one.value)
    seen += "%" if seen and plan.elements[one.element].unit == "percent" else ""
    place = "" if reading is None or reading is main or main is None else place_beside(reading, main)
    return Text(
        f"{zh}{label.zh} {raw or '未填'}" + (f"（读作 {seen}）" if seen else "") + (f"（{place}）" if place else ""),
        f"{en}{label.en} {raw or 'not filled in'}"
        + (f" (read as {seen})" if seen else "")
        + (f" ({place})" if place else ""),
    )


def read_as(raw: str, value: Value | None) -> str:
    """Return how a cell was read, empty where anybody would read what it shows so: 98.0%, 1,204, 否; a choice's id is nobody's.

    A cell that holds 0.98 and shows 98% is read as 98.
    """
    if not raw or value is None or isinstance(value, str):
        return ""
    if isinstance(value, bool):
        as_it_stands = _PLAIN.fullmatch(raw) is not None
    else:
        written = _NUMBER.fullmatch(raw)
        as_it_stands = written is not None and Fraction(written[1].replace(",", "")) == value
    return "" if as_it_stands else plain(value)


def place_beside(reading: Reading, main: Reading) -> str:
    """Return where a reading stands, as short as it can be said beside another."""
    if (reading.file, reading.sheet) == (main.file, main.sheet):
        return reading.cell
    at = f"{reading.sheet}!{reading.cell}"
    return at if reading.file == main.file else f"{reading.file} {at}"


def _listed(said: Sequence[Text]) -> Text:
    return Text("，".join(each.zh for each in said), ", ".join(each.en for each in said))


def _apart(pair: Sequence[Value | None], *, percent: bool) -> Text:
    """Return the two sides of a comparison where they are numbers; empty elsewhere."""
    if len(pair) != 2 or any(side is None or isinstance(side, str | bool) for side in pair):
        return Text("", "")
    left, right = (
        Fraction(side) * (100 if percent else 1) for side in pair if side is not None and not isinstance(side, str)
    )
    sign = "%" if percent else ""
    texts = [f"{show(side, 2, other)}{sign}" for side, other in ((left, right), (right, left))]
    gap = f"{show(abs(left - right), 2, 0)}{' 个百分点' if percent else ''}"
    return Text(
        f"；比较 {texts[0]} 与 {texts[1]}，相差 {gap}",
        f"; {texts[0]} against {texts[1]}, {show(abs(left - right), 2, 0)}{' points' if percent else ''} apart",
    )


def signature(values: Iterator[tuple[str, int, Value | None]]) -> str:
    """Return inputs as a text that changes whenever one of them does."""
    return "; ".join(
        f"{element}{'@-' + str(back) if back else ''}={'' if value is None else value}"
        for element, back, value in values
    )
