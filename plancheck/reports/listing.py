"""Lists of what a plan holds and of the finding codes, as tables and as JSON; and one code or indicator explained."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from plancheck.codes import CODES, Code
from plancheck.expression import names
from plancheck.language import Lang, listed
from plancheck.model import Form, Indicator, Narrative, Plan, formulas_of
from plancheck.pattern import Pattern
from plancheck.quantity import UNITS
from plancheck.reports.clean import clean_text
from plancheck.reports.figures import asked_text, baseline_text, due_text, number_text, numbered
from plancheck.reports.over_time import conditions, over_time
from plancheck.reports.page import Column, Line, Piece, Row, grid, hanging, pad
from plancheck.reports.remarks import said_again
from plancheck.reports.symbols import Screen
from plancheck.reports.trace import definition, entry, ruling_lines
from plancheck.wording import say

Table = tuple[tuple[str, ...], Sequence[tuple[str, ...]]]

_OF_THE_DOCUMENT: Final = ("commitment", "group", "nature", "restated", "quote", "not_checked")
"""What sort of commitment it is, its part of the document, whether it binds, where it is said again, its words, and why
figures cannot check it."""


def _indicators(plan: Plan, lang: Lang) -> Table:
    rows = [
        (
            number_text(one),
            one.id,
            one.label.say(lang),
            baseline_text(one, lang),
            asked_text(one, plan, lang),
            str(one.due),
            due_text(one, plan, lang),
            one.source.clause,
            one.kind,
            one.group,
            one.nature,
            ", ".join(again.id for again in one.restated),
            one.source.quote,
            _not_checked(one, lang),
        )
        for one in plan.indicators.values()
    ]
    return ("no", "id", "label", "baseline", "target", "due", "when", "clause", *_OF_THE_DOCUMENT), rows


def _not_checked(indicator: Indicator, lang: Lang) -> str:
    """Return why no figures can check a narrative commitment."""
    return indicator.measure.reason.say(lang) if isinstance(indicator.measure, Narrative) else ""


def _elements(plan: Plan, lang: Lang) -> Table:
    rows = [
        (
            one.id,
            one.label.say(lang),
            UNITS[one.unit].label.say(lang) or one.unit,
            one.reporter,
            listed(one.words, lang),
        )
        for one in plan.elements.values()
    ]
    return ("id", "label", "unit", "reporter", "words"), rows


def _forms(plan: Plan, lang: Lang) -> Table:
    rows = [
        (
            one.id,
            one.title.say(lang),
            f"{one.rows}",
            listed(one.sheets, lang),
            listed(_labels(one, plan, lang), lang),
        )
        for one in plan.forms.values()
    ]
    return ("id", "title", "rows", "sheets", "elements"), rows


def _labels(form: Form, plan: Plan, lang: Lang) -> list[str]:
    return [plan.elements[column.element].label.say(lang) for column in (*form.columns, *form.by)]


def _rulings(plan: Plan, lang: Lang) -> Table:
    numbers = {one.id: one.id if one.no is None else str(one.no) for one in plan.indicators.values()}
    rows = [
        (
            one.id,
            ", ".join(one.on),
            ", ".join(numbers.get(name, name) for name in one.on),
            one.reading.say(lang),
            one.why.say(lang),
        )
        for one in plan.rulings
    ]
    return ("id", "on", "numbers", "ruling", "why"), rows


def _checks(plan: Plan, lang: Lang) -> Table:
    stages = {stage.id: stage.label.say(lang) for stage in plan.units.stages.values()}
    rows = [
        (
            one.id,
            one.label.say(lang),
            one.grade,
            one.formula or one.pattern or "",
            listed((stages[stage] for stage in one.stages), lang),
            one.missing if one.pattern is None else "",
        )
        for one in plan.checks.values()
    ]
    return ("id", "label", "kind", "formula", "stages", "missing"), rows


def _codes(_: Plan, lang: Lang) -> Table:
    rows = [(one.id, one.name, one.severity, one.message.say(lang)) for one in CODES.values()]
    return ("code", "name", "severity", "message"), rows


LISTS: Final[Mapping[str, Callable[[Plan, Lang], Table]]] = {
    "indicators": _indicators,
    "elements": _elements,
    "forms": _forms,
    "checks": _checks,
    "rulings": _rulings,
    "codes": _codes,
}


_FIELD: Final = Pattern(r"\{[a-z_]+\}")
_JSON_ONLY: Final = frozenset(("missing", "baseline", "clause", "on", "due", *_OF_THE_DOCUMENT))
_TABLE_ONLY: Final = frozenset(("numbers", "when"))
_WORDED: Final = {"kind": "kind", "severity": "severity", "reporter": "level"}
_WHOLE: Final = frozenset(("id", "code", "name"))
_ROOMY: Final = 100
"""From this width on an indicator's id has a column of its own; on a narrower screen it stands below its name."""
_MAIN: Final = frozenset(("label", "message", "elements", "words"))


def render(what: str, plan: Plan, screen: Screen) -> Iterator[Line]:
    """Yield the table of one of `LISTS`."""
    headings, cells = LISTS[what](plan, screen.lang)
    below = headings.index("id") if what == "indicators" and screen.room < _ROOMY else None
    shown = [at for at, heading in enumerate(headings) if heading not in _JSON_ONLY and at != below]
    longest = 0 if below is None else max((len(each[below]) for each in cells), default=0)
    columns = [
        Column(
            pad(say(f"column.{name}", screen.lang), longest if name == "label" else 0),
            right=name == "no",
            main=name in _MAIN,
            whole=name in _WHOLE,
        )
        for name in (headings[at] for at in shown)
    ]
    rows = [
        Row(
            tuple(_worded(headings[at], each[at], screen.lang) for at in shown),
            remark=_below(headings, each, below, screen.lang),
        )
        for each in cells
    ]
    table = grid(columns, rows, screen.room)
    parts = [_part(headings, each, plan, screen.lang) for each in cells]
    above = parts[0] if parts else ""
    yield from table.heading(screen.signs.rule, above)
    for row, part in zip(rows, parts, strict=True):
        if part != above:
            yield from table.rule(screen.signs.rule, part)
        above = part
        yield from table.lines(row)


def _below(headings: Sequence[str], cells: Sequence[str], id_at: int | None, lang: Lang) -> str:
    """Return what stands below a row: the id where it has no column, and why figures cannot check it."""
    why = cells[headings.index("not_checked")] if "not_checked" in headings else ""
    said = f"{say('trace.not_checked', lang)}: {why}" if why else ""
    return "\n".join(filter(None, ("" if id_at is None else cells[id_at], said)))


def _part(headings: Sequence[str], cells: Sequence[str], plan: Plan, lang: Lang) -> str:
    """Return the part of the document under which a row stands, empty where there are no parts."""
    if "group" not in headings or not plan.groups:
        return ""
    group = plan.groups.get(cells[headings.index("group")])
    return say("list.no_part", lang) if group is None else group.label.say(lang)


def _worded(heading: str, cell: str, lang: Lang) -> str:
    """Return a cell as people read it, where JSON keeps the bare id."""
    if heading == "message":
        return _unfilled(cell)
    return say(f"{_WORDED[heading]}.{cell}", lang) if heading in _WORDED else cell


def _unfilled(message: str) -> str:
    """Return a message with … where a finding names its own cell, value or school."""
    return _FIELD.sub("…", message)


def render_json(what: str, plan: Plan, lang: Lang) -> str:
    """Return one of `LISTS` as JSON: a list of objects with fixed keys."""
    headings, cells = LISTS[what](plan, lang)
    listed = [
        {heading: clean_text(cell) for heading, cell in zip(headings, row, strict=True) if heading not in _TABLE_ONLY}
        for row in cells
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def explain_code(code: Code, screen: Screen) -> Iterator[Line]:
    """Yield what a code means and what to do about it."""
    lang = screen.lang
    yield (Piece(f"{code.id} {code.name}", "strong"),)
    kind = say(f"kind.{code.kind}", lang)
    severity = say(f"severity.{code.severity}", lang)
    yield from entry(
        "explain.severity", say("explain.graded", lang, severity=severity, kind=kind) if kind else severity, screen
    )
    yield from entry("explain.message", _unfilled(code.message.say(lang)), screen)
    yield from entry("explain.hint", _unfilled(code.hint.say(lang)), screen)


def explain_indicator(indicator: Indicator, plan: Plan, screen: Screen) -> Iterator[Line]:
    """Yield how an indicator is judged and where the plan says so."""
    lang = screen.lang
    for text in hanging("", f"{numbered(indicator, lang)} ({indicator.id})", screen.room, 2):
        yield (Piece(text, "strong"),)
    for key, said in _explained(indicator, plan, lang):
        if said:
            yield from entry(key, said, screen)
    yield from ruling_lines(indicator, plan, screen)


def _explained(indicator: Indicator, plan: Plan, lang: Lang) -> Iterator[tuple[str, str]]:
    yield "trace.group", plan.groups[indicator.group].label.say(lang) if indicator.group in plan.groups else ""
    yield "trace.kind", say(f"commitment.{indicator.kind}", lang)
    yield "trace.target", asked_text(indicator, plan, lang)
    yield from over_time(indicator, plan, lang)
    yield "trace.nature", say("trace.aspiration", lang) if indicator.nature == "aspiration" else ""
    yield "trace.unit", UNITS[indicator.unit].label.say(lang)
    yield "trace.baseline", f"{plan.baseline_year}: {baseline_text(indicator, lang)}"
    yield "trace.due", due_text(indicator, plan, lang)
    yield "trace.level", say("trace.level_district" if indicator.level == "district" else "trace.level_unit", lang)
    yield from definition(indicator, plan, lang)
    yield from conditions(indicator, plan, lang)
    yield "trace.elements", "\n".join(_sources(indicator, plan, lang))
    yield "trace.note", "" if indicator.note is None else indicator.note.say(lang)
    yield "trace.not_checked", _not_checked(indicator, lang)
    yield "trace.restated", "\n".join(said_again(indicator, lang))


def _sources(indicator: Indicator, plan: Plan, lang: Lang) -> Sequence[str]:
    used = dict.fromkeys(
        name.id for node in formulas_of(indicator.measure) for name in names(node) if name.id in plan.elements
    )
    declared = (indicator.declared,) if indicator.declared else ()
    lines = []
    for element in (*used, *declared):
        holding = [
            form.title.say(lang)
            for form in plan.forms.values()
            if any(column.element == element for column in (*form.columns, *form.by))
        ]
        forms = listed(holding, lang) or "-"
        lines.append(say("trace.in_forms", lang, label=plan.elements[element].label, id=element, forms=forms))
    return lines
