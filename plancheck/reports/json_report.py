"""An assessment as JSON: the machine form, `plancheck/assessment/1`, which never changes shape with options.

One reading, finding and sheet a line, so that the document can be compared line by line and written as it is made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from plancheck import __version__
from plancheck.codes import CODES, hint, message, reason
from plancheck.language import Lang
from plancheck.model import (
    ASSESSMENT_SCHEMA,
    Assessment,
    CheckCount,
    Coverage,
    Explanation,
    Finding,
    Plan,
    Readiness,
    Reading,
    SheetAccount,
    Spread,
    Target,
    Verdict,
    Waiver,
)
from plancheck.reports.clean import clean_text
from plancheck.reports.figures import exact_value, exactly, formula_text, reading_text, shown, value_number

_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


def assessment_schema() -> str:
    """Return the JSON Schema (draft-07) of the document."""
    return Path(__file__).with_name("assessment.schema.json").read_text(encoding="utf-8")


def render(assessment: Assessment, lang: Lang) -> str:
    """Return the document as one text; `lang` chooses the language of names, messages and reasons only."""
    return "".join(pieces(assessment, lang))


def pieces(assessment: Assessment, lang: Lang) -> Iterator[str]:
    """Yield the document in pieces, so that a hundred thousand readings never stand in memory at once."""
    plan = assessment.plan
    yield f'{{\n"schema": {_encode(ASSESSMENT_SCHEMA)},\n"version": {_encode(__version__)},\n'
    title = {"id": plan.id, "title": clean_text(plan.title.say(lang)), "sha256": plan.sha256}
    yield f'"plan": {_encode(title)},\n"as_of": {_encode(assessment.as_of)},\n'
    yield f'"periods": {_encode(list(assessment.periods))},\n"roster": {_encode(_roster(assessment))},\n'
    files = {clean_text(file): digest for file, digest in assessment.files.items()}
    yield f'"files": {_encode(files)},\n"verdicts": ['
    for number, verdict in enumerate(assessment.verdicts):
        yield ",\n" if number else "\n"
        yield from _verdict(verdict, plan, lang)
    yield "\n],\n"
    yield from _listed("findings", (finding_document(finding, lang) for finding in assessment.findings))
    yield from _listed("checks", map(_check, assessment.checks))
    yield from _listed("explanations", map(_explanation, assessment.explanations))
    yield from _listed("rows", map(_rows, assessment.sheets))
    yield from _listed("spreads", (_spread(spread, lang) for spread in assessment.spreads))
    yield from _listed("waivers", map(_waiver, assessment.waivers))
    history = {clean_text(file): digest for file, digest in assessment.history.items()}
    yield f'"history": {_encode(history)},\n'
    yield f'"not_covered": {_encode(list(assessment.not_covered))},\n'
    yield f'"not_checkable": {_encode(list(assessment.not_checkable))},\n'
    yield f'"readiness": {_encode(_readiness(assessment.readiness))},\n'
    yield f'"summary": {_encode(dict(assessment.summary))},\n"exit": {assessment.exit_code}\n}}\n'


def _listed(key: str, documents: Iterable[Mapping[str, object]]) -> Iterator[str]:
    yield f'"{key}": ['
    for number, document in enumerate(documents):
        yield (",\n" if number else "\n") + _encode(document)
    yield "\n],\n"


def _readiness(readiness: Readiness | None) -> dict[str, object] | None:
    if readiness is None:
        return None
    counts = {"correct": readiness.correct, "explain": readiness.explain, "explained": readiness.explained}
    return {"ready": readiness.ready, **counts, "empty": readiness.empty}


def _roster(assessment: Assessment) -> dict[str, object] | None:
    roster = assessment.roster
    if roster is None:
        return None
    return {
        "file": clean_text(roster.file),
        "sha256": roster.sha256,
        "units": len(roster.expected(assessment.last_period) or roster.units),
    }


def _verdict(verdict: Verdict, plan: Plan, lang: Lang) -> Iterator[str]:
    """Yield one verdict; its readings, which may be many, come last, each on a line."""
    yield _encode(_figures(verdict, plan, lang))[:-1] + ', "readings": ['
    for number, reading in enumerate(verdict.readings):
        yield (",\n  " if number else "\n  ") + _encode(_reading(reading))
    yield "]}"


def _figures(verdict: Verdict, plan: Plan, lang: Lang) -> dict[str, object]:
    indicator = plan.indicators[verdict.indicator]
    value = None
    if verdict.value is not None:
        value = {"exact": exact_value(verdict, indicator), "display": value_number(verdict)}
    why = verdict.reason
    return {
        "indicator": verdict.indicator,
        "no": indicator.no,
        "label": clean_text(indicator.label.say(lang)),
        "level": verdict.level,
        "unit": None if verdict.unit is None else clean_text(verdict.unit),
        "name": clean_text(verdict.name.say(lang)),
        "period": verdict.period,
        "outcome": verdict.outcome,
        "progress": verdict.progress,
        "provisional": verdict.provisional,
        "marks": list(verdict.marks),
        "value": value,
        "numerator": None if verdict.numerator is None else exactly(verdict.numerator),
        "denominator": None if verdict.denominator is None else exactly(verdict.denominator),
        "target": _target(verdict.target),
        "coverage": {"reported": verdict.coverage.reported, "expected": verdict.coverage.expected},
        "gap": _gap(verdict),
        "reason": None if why is None else clean_text(reason(why.key, why.params, lang)),
        "status": verdict.status,
        "due": verdict.due,
        "failing": verdict.failing,
        "required": None if verdict.required is None else exactly(verdict.required),
        "shortfalls": [
            {
                "unit": clean_text(lack.unit),
                "name": clean_text(lack.name.say(lang)),
                "people": lack.people,
                "value": shown(lack.value),
            }
            for lack in verdict.shortfalls
        ],
        "pupils": _pupils(verdict.coverage),
        "tally": verdict.tally,
        "base_year": verdict.base_year,
        "bounds": None if verdict.bounds is None else [exactly(end) for end in verdict.bounds],
        "rounded": None if verdict.rounded is None else exactly(verdict.rounded),
        "closing": [clean_text(unit) for unit in verdict.closing],
        "without_largest": None if verdict.without_largest is None else exactly(verdict.without_largest),
        "otherwise": [
            {
                "key": other.key,
                "target": _target(other.target),
                "outcome": other.outcome,
                "value": None if other.value is None else exactly(other.value),
            }
            for other in verdict.otherwise
        ],
        "waiver": None if verdict.waiver is None else _waiver(verdict.waiver),
        "part": indicator.group if indicator.group in plan.groups else None,
        "formula": formula_text(indicator),
        "clause": clean_text(indicator.source.clause),
    }


def _target(target: Target) -> dict[str, object]:
    bound = None if target.bound is None else exactly(target.bound)
    return {"text": clean_text(target.text), "operator": target.operator, "bound": bound, "implied": target.implied}


def _gap(verdict: Verdict) -> dict[str, object] | None:
    gap = verdict.gap
    return None if gap is None else {"amount": exactly(gap.amount), "unit": gap.unit, "people": gap.people}


def _pupils(coverage: Coverage) -> dict[str, object] | None:
    reported, expected = coverage.pupils_reported, coverage.pupils_expected
    return None if expected is None else {"reported": reported, "expected": expected}


def _waiver(waiver: Waiver) -> dict[str, object]:
    return {
        "unit": clean_text(waiver.unit),
        "indicator": waiver.indicator,
        "periods": list(waiver.periods),
        "approver": clean_text(waiver.approver),
        "document": clean_text(waiver.document),
        "reason": clean_text(waiver.reason),
        "from": waiver.since,
        "to": waiver.until,
        "place": clean_text(waiver.place),
    }


def _spread(spread: Spread, lang: Lang) -> dict[str, object]:
    ends = {
        key: {"name": clean_text(name.say(lang)), "value": exactly(value)}
        for key, (name, value) in (("lowest", spread.lowest), ("highest", spread.highest))
    }
    variation = None if spread.variation is None else exactly(spread.variation)
    told = {"indicator": spread.indicator, "period": spread.period, "by": spread.by, "tally": spread.tally}
    return {**told, **ends, "variation": variation}


def _reading(reading: Reading) -> dict[str, object]:
    value = reading_text(reading.value)
    return {
        "file": clean_text(reading.file),
        "sheet": clean_text(reading.sheet),
        "cell": reading.cell,
        "raw": clean_text(reading.raw),
        "value": None if value is None else clean_text(value),
        "element": reading.element,
        "unit": clean_text(reading.unit),
        "period": reading.period,
    }


def finding_document(finding: Finding, lang: Lang) -> dict[str, object]:
    """Return a finding as it stands in every JSON document."""
    code = CODES[finding.code]
    return {
        "code": code.id,
        "name": code.name,
        "severity": code.severity,
        "kind": code.kind,
        "file": clean_text(finding.file),
        "sheet": clean_text(finding.sheet),
        "cell": finding.cell,
        "unit": clean_text(finding.unit),
        "message": clean_text(message(finding.code, finding.params, lang)),
        "hint": clean_text(hint(finding.code, finding.params, lang)),
        "period": finding.period,
        "check": finding.check or None,
    }


def _check(count: CheckCount) -> dict[str, object]:
    return {
        "check": count.check,
        "period": count.period,
        "held": count.held,
        "failed": count.failed,
        "skipped": count.skipped,
    }


def _explanation(one: Explanation) -> dict[str, object]:
    texts = {
        "check": one.check,
        "unit": one.unit,
        "value": one.value,
        "text": one.text,
        "file": one.file,
        "sheet": one.sheet,
    }
    cleaned = {key: clean_text(text) for key, text in texts.items()}
    return {**cleaned, "cell": one.cell, "period": one.period, "state": one.state}


def _rows(account: SheetAccount) -> dict[str, object]:
    return {
        "file": clean_text(account.file),
        "sheet": clean_text(account.sheet),
        "read": account.read,
        "used": account.used,
        "left_out": dict(account.left_out),
        **({"span": account.span} if account.span else {}),
    }
