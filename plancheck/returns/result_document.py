"""An earlier result (JSON, `plancheck/assessment/1`) as a document: whether it is one, and the readings it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from plancheck.language import Text
from plancheck.model import ASSESSMENT_SCHEMA
from plancheck.pattern import Pattern

CELL: Final = Pattern(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_TEXTS: Final = ("file", "sheet", "cell", "raw", "element", "unit")


class Earlier(Struct, frozen=True):
    """One reading as the document holds it; the same reading may stand under many verdicts."""

    file: str
    sheet: str
    cell: str
    raw: str
    element: str
    unit: str
    period: int
    value: str | None


class Unusable(Exception):
    """A document that cannot be used, and why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.why = Text(zh, en)


class Result(Struct, frozen=True):
    """An earlier result: the plan it was made for, and its readings, each once."""

    plan: str
    readings: tuple[Earlier, ...]


def result_of(data: bytes) -> Result:
    """Return what a document holds. Raises Unusable where it is no assessment or has not its shape."""
    document = _document(data)
    made_for = document.get("plan")
    plan = made_for.get("id") if isinstance(made_for, dict) else None
    readings = tuple(dict.fromkeys(_readings(document)))
    _agree(readings)
    return Result(str(plan), readings)


def _agree(readings: Iterable[Earlier]) -> None:
    """Raise Unusable where one cell is said to hold two values: the verdicts of one run rest on the same readings."""
    known: dict[tuple[str, str, str, str, str, int], Earlier] = {}
    for each in readings:
        which = each.file, each.sheet, each.cell, each.element, each.unit, each.period
        first = known.setdefault(which, each)
        if first != each:
            where, values = f"{each.file} {each.sheet}!{each.cell}", f"{first.value} / {each.value}"
            raise Unusable(
                f"{where} 有两个不同的值：{values}，该结果被改动过", f"{where} has two values: {values}; it was altered"
            )


def _document(data: bytes) -> Mapping[str, object]:
    import json

    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise Unusable("不是 JSON 文件", "it is not JSON") from None
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(document, dict) or schema != ASSESSMENT_SCHEMA:
        found = str(schema)[:60]
        raise Unusable(f"应为 {ASSESSMENT_SCHEMA}，现为 {found}", f"expected {ASSESSMENT_SCHEMA}, found {found}")
    return document


def _readings(document: Mapping[str, object]) -> Iterator[Earlier]:
    for number, verdict in enumerate(_listed(document, "verdicts", "verdicts")):
        for at, reading in enumerate(_listed(verdict, "readings", f"verdicts[{number}].readings")):
            texts = {name: text for name in _TEXTS if isinstance(text := reading.get(name), str)}
            period, value = reading.get("period"), reading.get("value", 0)
            whole = len(texts) == len(_TEXTS) and isinstance(value, str | None) and CELL.fullmatch(texts["cell"])
            if not whole or not isinstance(period, int) or isinstance(period, bool):
                raise _out_of_shape(f"verdicts[{number}].readings[{at}]")
            yield Earlier(**texts, period=period, value=None if value is None else str(value))


def _listed(holder: Mapping[str, object], key: str, where: str) -> Iterator[Mapping[str, object]]:
    listed = holder.get(key)
    if not isinstance(listed, list):
        raise _out_of_shape(where)
    for number, each in enumerate(listed):
        if not isinstance(each, dict):
            raise _out_of_shape(f"{where}[{number}]")
        yield each


def _out_of_shape(where: str) -> Unusable:
    return Unusable(f"{where} 的结构不对", f"{where} has not the shape it should have")
