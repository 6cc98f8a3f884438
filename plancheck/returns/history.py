"""Earlier results (JSON, `plancheck/assessment/1`) read back as blocks of their years, where returns are not at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from plancheck.language import Said, Text, all_of
from plancheck.model import (
    Block,
    Element,
    Finding,
    Plan,
    ReadColumn,
    Return,
    Roster,
    Unit,
    Value,
    plain,
)
from plancheck.quantity import UNITS, Absent, Misread, Number, read_number, read_yes_no
from plancheck.returns.filler import DISTRICT
from plancheck.returns.list_rows import row_unit
from plancheck.returns.preflight import Refused, contents
from plancheck.returns.result_document import CELL, Earlier, Unusable, result_of
from plancheck.returns.years import read_year


def read_history(path: Path, plan: Plan, roster: Roster | None = None) -> Return:
    """Read an earlier result. Its blocks hold the original files and cells; whatever is wrong is a finding.

    The whole document is refused where it is no assessment; a reading of an element the plan no longer has, of a unit
    no longer on the roster, or with a value its element cannot have, is left out and counted.
    """
    digest = ""
    try:
        data = contents(path)
        digest = sha256(data).hexdigest()
        result = result_of(data)
    except Refused as refused:
        return Return(str(path), digest, findings=(Finding(refused.code, str(path), params=refused.params),))
    except Unusable as unusable:
        return Return(str(path), digest, findings=(Finding("PC243", str(path), params={"why": unusable.why}),))
    notes = _Notes(str(path), Counter(), {})
    if result.plan != plan.id:
        notes.found["PC246", ""] = Finding("PC246", str(path), params={"found": result.plan, "expected": plan.id})
    if not result.readings:
        notes.found["PC248", ""] = Finding("PC248", str(path))
    blocks = tuple(_blocks(result.readings, plan, roster, notes))
    return Return(str(path), digest, blocks, findings=notes.findings())


def with_history(blocks: Sequence[Block], earlier: Sequence[Return], plan: Plan) -> tuple[Block, ...]:
    """Return the blocks of this run's returns, and after them what earlier results add to them.

    An element's earlier figures of a year count only where no return of this run gives that element for that year:
    a school that is missing from a return handed in anew is missing, whatever it said before. What a return says of a
    year before its own (上年) is no return of that year. Units that report in this run bring their names and attributes
    along.
    """
    if not earlier:
        return tuple(blocks)
    known = {unit.id: unit for block in blocks for unit in block.units}
    given = {_whose(block, column, plan) for block in blocks if not block.aside for column in block.columns}
    added = []
    for result in earlier:
        for block in result.blocks:
            columns = tuple(column for column in block.columns if _whose(block, column, plan) not in given)
            if columns:
                units = [known.get(unit.id, unit) for unit in block.units]
                added.append(replace(block, columns=columns, units=units))
    return (*blocks, *added)


def taken_from_history(
    sent: Sequence[Block], blocks: Sequence[Block], plan: Plan, periods: Iterable[int]
) -> Iterator[Finding]:
    """Yield for each year judged a note on what earlier results say of it: its own returns, `sent`, may say it no more."""
    for period in periods:
        columns = [column for block in blocks[len(sent) :] if block.period == period for column in block.columns]
        labels = [plan.elements[name].label for name in dict.fromkeys(column.element for column in columns)]
        if labels:
            said = all_of(labels[:5])
            if len(labels) > 5:
                said = Text(f"{said.zh}等 {len(labels)} 项", f"{said.en} and {len(labels) - 5} more")
            yield Finding("PC249", params={"year": str(period), "elements": said}, period=period)


def _whose(block: Block, column: ReadColumn, plan: Plan) -> tuple[int, str, str]:
    """Return of what year, of which list (of none, for units and the district) and which element a column is."""
    return block.period, block.form if plan.forms[block.form].rows == "list" else "", column.element


# --------------------------------------------------------------------------------------------- blocks


class _Notes(Struct, frozen=True):
    """What is left out of an earlier result, counted by code and what it concerns; the first of each gives the place."""

    file: str
    counts: Counter[tuple[str, str]]
    found: dict[tuple[str, str], Finding]

    def leave_out(self, code: str, what: str, params: Mapping[str, Said], said: Earlier) -> None:
        """Count one reading left out."""
        self.counts[code, what] += 1
        if (code, what) not in self.found:
            where = f"{said.file} {said.sheet}!{said.cell}"
            self.found[code, what] = Finding(code, self.file, params={**params, "where": where})

    def findings(self) -> tuple[Finding, ...]:
        """Return one finding for each thing left out, with how many readings it concerns."""
        return tuple(
            replace(finding, params={**finding.params, "count": self.counts[which]})
            if which in self.counts
            else finding
            for which, finding in self.found.items()
        )


class _Reading(Struct, frozen=True):
    """A reading with its unit and value made out."""

    said: Earlier
    unit: Unit
    value: Value | Absent
    letter: str
    row: int


def _blocks(said: Sequence[Earlier], plan: Plan, roster: Roster | None, notes: _Notes) -> Iterator[Block]:
    """Yield a block for each sheet, year and kind of reporter (a list, the district, units)."""
    together: dict[tuple[str, str, int, str], list[_Reading]] = {}
    for each in said:
        element = plan.elements.get(each.element)
        if element is None:
            notes.leave_out("PC244", each.element, {"element": each.element}, each)
            continue
        which = _list_of(each, plan) or element.reporter
        unit = _unit(each, which, plan, roster)
        if unit is None:
            notes.leave_out("PC247", "", {"name": each.unit}, each)
            continue
        value = Absent.BLANK if each.value is None else _value(each.value, element)
        if value is None:
            notes.leave_out("PC245", each.element, {"column": element.label, "found": each.value or ""}, each)
            continue
        cell = CELL.fullmatch(each.cell)
        assert cell is not None
        reading = _Reading(each, unit, value, cell[1], int(cell[2]))
        together.setdefault((each.file, each.sheet, each.period, which), []).append(reading)
    for (file, sheet, period, which), readings in together.items():
        elements = {reading.said.element for reading in readings}
        form = which if which in plan.forms else _form(elements, which, plan)
        if form:
            yield _block(form, (file, sheet, period), readings)
        else:
            for reading in readings:
                notes.leave_out("PC244", reading.said.element, {"element": reading.said.element}, reading.said)


def _list_of(said: Earlier, plan: Plan) -> str:
    """Return the list a reading's row is of, or an empty text."""
    form = plan.forms.get(said.unit.partition("#")[0]) if "#" in said.unit else None
    return form.id if form is not None and form.rows == "list" else ""


def _unit(said: Earlier, which: str, plan: Plan, roster: Roster | None) -> Unit | None:
    if said.unit == "" or which == "district":
        return DISTRICT if said.unit == "" and which == "district" else None
    if which in plan.forms:
        name = said.unit.partition("#")[2]
        name, _, apart = name.rpartition("#") if plan.forms[which].by else (name, "", "")
        return row_unit(which, name, apart)
    if roster is not None:
        known = roster.units.get(said.unit)
        return known if known is not None and known.in_being(said.period) else None
    code, _, stage = said.unit.rpartition("/")
    return Unit(said.unit, code, code, stage) if stage in plan.units.stages else None


def _form(elements: set[str], reporter: str, plan: Plan) -> str:
    """Return the form that holds most of these elements: the document does not say by which one they were read."""
    fitting = (form for form in plan.forms.values() if form.reporter == reporter and form.rows != "list")
    held = [(sum(column.element in elements for column in form.columns), form.id) for form in fitting]
    most = max((count for count, _ in held), default=0)
    return next((form for count, form in held if count == most), "") if most else ""


def _block(form: str, where: tuple[str, str, int], readings: Sequence[_Reading]) -> Block:
    """Make a block. A unit with one element in several rows (grade groups) keeps them apart, to be added up."""
    cells = Counter((reading.unit.id, reading.said.element, reading.letter) for reading in readings)
    apart = any(count > 1 for count in cells.values())
    rows: dict[tuple[str, int], int] = {}
    units: list[Unit] = []
    for reading in readings:
        row = reading.unit.id, reading.row if apart else 0
        if row not in rows:
            rows[row] = len(units)
            units.append(reading.unit)
    columns: dict[tuple[str, str], list[_Reading]] = {}
    for reading in readings:
        columns.setdefault((reading.said.element, reading.letter), []).append(reading)
    file, sheet, period = where
    return Block(
        form,
        file,
        sheet,
        period,
        units,
        tuple(_column(own, rows, len(units), apart=apart) for own in columns.values()),
        [str(row) for _, row in rows] if apart else (),
    )


def _column(
    readings: Sequence[_Reading], rows: Mapping[tuple[str, int], int], height: int, *, apart: bool
) -> ReadColumn:
    values: list[Value | Absent] = [Absent.BLANK] * height
    numbers = [0] * height
    raws: dict[int, str] = {}
    for reading in readings:
        at = rows[reading.unit.id, reading.row if apart else 0]
        values[at], numbers[at] = reading.value, reading.row
        if isinstance(reading.value, Absent) or plain(reading.value) != reading.said.raw:
            raws[at] = reading.said.raw
    return ReadColumn(readings[0].said.element, readings[0].letter, numbers, values, raws)


def _value(text: str, element: Element) -> Value | None:
    """Return a value as its element would have it, or None where it cannot be one."""
    match UNITS[element.unit].kind:
        case "text":
            return text
        case "choice":
            return text if text in element.choices else None
        case "yes_no":
            return read_yes_no(text)
        case "year":
            year = read_year(text)
            return year if isinstance(year, int) else None
        case "count" | "amount" | "percent" as kind:
            number = _number(text)
            if number is None or number < 0 or (kind == "count" and not isinstance(number, int)):
                return None
            return None if kind == "percent" and number > 100 else number


def _number(text: str) -> Number | None:
    """Read an exact number as the document writes it: a decimal, or a fraction a/b."""
    above, slash, below = text.partition("/")
    numerator, denominator = _decimal(above), _decimal(below) if slash else Fraction(1)
    if numerator is None or not denominator:
        return None
    value = numerator / denominator
    return value.numerator if value.denominator == 1 else value


def _decimal(text: str) -> Fraction | None:
    written = read_number(text)
    return None if isinstance(written, Misread) or written.percent or written.unit else Fraction(written.value)
