"""Findings of the judging: figures that could not enter, and what the district declares against what they give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plancheck.expression import Node, names
from plancheck.judge.evidence import Question
from plancheck.judge.figures import Figures, elements_in
from plancheck.judge.frame import Frame
from plancheck.judge.naming import unit_name
from plancheck.language import Said, Text, all_of
from plancheck.model import Finding, Verdict, formulas_of
from plancheck.quantity import Absent


def left_out(question: Question, found: Figures) -> Iterator[Finding]:
    """Name the units whose figures did not enter the district's: one part missing, or a part above its whole."""
    indicator, frame, nodes = question.indicator, question.frame, formulas_of(question.measure)
    for at, part, whole in found.exceeding:
        params: dict[str, Said] = {
            "name": unit_name(frame.units[at], question.plan),
            "indicator": indicator.label,
            "numerator": str(part),
            "denominator": str(whole),
        }
        yield Finding("PC405", *_place(question, nodes[0], at), frame.units[at].id, params, frame.period)
    # Of a pair whose other part is suspect nothing is missing.
    suspect = _suspect(frame, nodes) if found.incomplete else ()
    incomplete = [at for at in found.incomplete if at not in suspect]
    if incomplete:
        units, elements = _some(question, incomplete), elements_in(frame, *nodes)
        said: dict[str, Said] = {"indicator": indicator.label, "units": units, "elements": elements}
        yield Finding("PC404", params=said, period=frame.period)
    if found.reason is not None and found.reason.key == "from_zero":
        yield Finding("PC408", params={"indicator": indicator.label, **found.reason.params}, period=frame.period)
    yield from _gap(question, found)


def _suspect(frame: Frame, nodes: Sequence[Node]) -> frozenset[int]:
    """Return for which units one of the figures that formulas rest on is suspect."""
    elements = {name.id for node in nodes for name in names(node)} & frame.plan.elements.keys()
    return frozenset(at for each in elements for at, value in frame.standing(each).items() if value is Absent.SUSPECT)


def _gap(question: Question, found: Figures) -> Iterator[Finding]:
    """Note a year that is missing between others: what comes after it is not compared with an earlier one."""
    if found.reason is None or found.reason.key != "no_year_before":
        return
    missing = int(str(found.reason.params["year"]))
    elements = {name.id for node in formulas_of(question.measure) for name in names(node)}
    for year in sorted(question.evidence.years, reverse=True):
        told = question.evidence.frame(question.indicator, year)
        given = (value for block in told.blocks for element in elements for value in block.given(element))
        if year < missing and not all(isinstance(value, Absent) for value in given):
            params: dict[str, Said] = {"year": str(missing), "earlier": str(year), "period": str(question.period)}
            yield Finding("PC418", params={"indicator": question.indicator.label, **params}, period=question.period)
            return


def _place(question: Question, node: Node, at: int) -> tuple[str, str, str]:
    readings = (question.frame.reading(name.id, at) for name in names(node))
    place = next((reading for reading in readings if reading is not None), None)
    return (place.file, place.sheet, place.cell) if place else ("", "", "")


def _some(question: Question, positions: Sequence[int]) -> Text:
    """Return the names of the first five units, and how many more there are."""
    named = [unit_name(question.frame.units[at], question.plan) for at in positions[:5]]
    more = len(positions) - len(named)
    said = all_of(named)
    return Text(f"{said.zh}等 {len(positions)} 个单位", f"{said.en} and {more} more") if more else said


def declared_findings(question: Question, verdict: Verdict) -> Iterator[Finding]:
    """Compare what the district declares with what its figures give; a difference is to be explained."""
    declared = question.indicator.declared
    if declared is None or verdict.outcome not in ("met", "not_met"):
        return
    frame = question.evidence.years[question.period]
    for reading in frame.readings((declared,), None):
        if isinstance(reading.value, bool) and reading.value != (verdict.outcome == "met"):
            said, computed = (Text("是", "yes"), Text("否", "no"))[:: 1 if reading.value else -1]
            params: dict[str, Said] = {"declared": said, "computed": computed}
            yield Finding("PC401", reading.file, reading.sheet, reading.cell, "", params, frame.period)
