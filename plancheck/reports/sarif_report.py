"""An assessment as SARIF 2.1.0: targets missed and findings as results, with stable fingerprints and relative paths."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Final, Literal
from urllib.parse import quote

from plancheck import __version__
from plancheck.codes import CODES, Code, hint, message, reason
from plancheck.language import Lang
from plancheck.model import Assessment, Fault, Finding, Indicator, Verdict, finding_faults, finding_keys, verdict_faults
from plancheck.pattern import Pattern
from plancheck.reports.clean import clean_text
from plancheck.reports.figures import formula_text, gap_text, status_text, target_text, value_text
from plancheck.reports.summary import named, title
from plancheck.wording import say

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_FINGERPRINT: Final = "plancheck/v1"
_CELL: Final = Pattern(r"[A-Z]+([0-9]+)")
_LINE: Final = Pattern(r"([0-9]+):[0-9]+")

State = Literal["new", "unchanged"] | None


def render(assessment: Assessment, lang: Lang) -> str:
    """Return the log."""
    results = [*_missed(assessment, lang), *_found(assessment, lang)]
    used = [code for code in CODES.values() if any(each["ruleId"] == code.id for each in results)]
    judged = [each for each in assessment.plan.indicators.values() if any(r["ruleId"] == each.id for r in results)]
    rules = [*(_rule_of_code(code, lang) for code in used), *(_rule_of_indicator(each, lang) for each in judged)]
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {"name": "plancheck", "version": __version__, "semanticVersion": __version__, "rules": rules}
        },
        "invocations": [{"executionSuccessful": True, "exitCode": assessment.exit_code}],
        "columnKind": "unicodeCodePoints",
        "language": "zh-CN" if lang == "zh" else "en",
        "artifacts": [*_artifacts(assessment)],
        "results": [{**each, "ruleIndex": index[each["ruleId"]]} for each in results],
        "properties": {
            "plan": clean_text(title(assessment, lang)),
            "planSha256": assessment.plan.sha256,
            "asOf": assessment.as_of,
            "periods": list(assessment.periods),
        },
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _artifacts(assessment: Assessment) -> Iterator[dict[str, object]]:
    digests = {
        **assessment.files,
        **({} if assessment.roster is None else {assessment.roster.file: assessment.roster.sha256}),
    }
    for file, digest in digests.items():
        yield {"location": _artifact(file), **({"hashes": {"sha-256": digest}} if digest else {})}


def _rule_of_code(code: Code, lang: Lang) -> dict[str, object]:
    return {
        "id": code.id,
        "name": "".join(part.capitalize() for part in code.name.split("-")),
        "shortDescription": {"text": code.message.say(lang)},
        "help": {"text": code.hint.say(lang)},
        "defaultConfiguration": {"level": code.severity},
    }


def _rule_of_indicator(indicator: Indicator, lang: Lang) -> dict[str, object]:
    source = say("trace.quote", lang, clause=indicator.source.clause, quote=indicator.source.quote)
    return {
        "id": indicator.id,
        "shortDescription": {"text": clean_text(indicator.label.say(lang))},
        "fullDescription": {"text": clean_text(f"{target_text(indicator.target, lang)} · {formula_text(indicator)}")},
        "help": {"text": clean_text(source)},
        "defaultConfiguration": {"level": "error"},
    }


def _missed(assessment: Assessment, lang: Lang) -> Iterator[dict[str, object]]:
    plan = assessment.plan
    faults = verdict_faults(assessment.verdicts, assessment.fail_on, assessment.known)
    for verdict, fault in zip(assessment.verdicts, faults, strict=True):
        if fault is not None:
            indicator = plan.indicators[verdict.indicator]
            mark = indicator.mark
            file, line = (plan.file, 1) if mark is None else (mark.file, mark.line)
            where = _location(named(file), line, (verdict.unit or "", verdict.name.say(lang)))
            yield {
                "ruleId": indicator.id,
                "level": "error" if fault.fails else "warning",
                "message": {"text": _said(verdict, indicator, assessment, lang)},
                "locations": [where],
                **_again(fault.key, fault, assessment),
            }


def _said(verdict: Verdict, indicator: Indicator, assessment: Assessment, lang: Lang) -> str:
    why = verdict.reason
    facts = (
        f"{indicator.label.say(lang)} · {verdict.name.say(lang)} · {verdict.period}",
        status_text(verdict, lang),
        value_text(verdict, indicator, lang),
        target_text(verdict.target, lang),
        gap_text(verdict, indicator, assessment.plan, lang),
        "" if why is None else reason(why.key, why.params, lang),
    )
    return clean_text(" · ".join(each for each in facts if each))


def _found(assessment: Assessment, lang: Lang) -> Iterator[dict[str, object]]:
    findings = assessment.findings
    faults = finding_faults(findings, assessment.fail_on, assessment.known)
    keys = finding_keys((each.code, each.file, each.sheet, each.cell, each.unit) for each in findings)
    elsewhere = assessment.plan.file if assessment.roster is None else assessment.roster.file
    for finding, fault, key in zip(findings, faults, keys, strict=True):
        place = f"{finding.sheet}!{finding.cell}" if finding.cell and finding.sheet else finding.sheet
        said = message(finding.code, finding.params, lang)
        text = f"{f'{place}: ' if place else ''}{said} → {hint(finding.code, finding.params, lang)}"
        line = _CELL.fullmatch(finding.cell) or _LINE.fullmatch(finding.cell)
        file = finding.file or named(elsewhere)
        where = _location(file, int(line[1]) if line else 1, (place, finding.unit))
        yield {
            "ruleId": finding.code,
            "level": "error" if fault is not None and fault.fails else _level(finding),
            "message": {"text": clean_text(text)},
            "locations": [where],
            **_again(key, fault, assessment),
        }


def _level(finding: Finding) -> str:
    code = CODES[finding.code]
    return "warning" if code.kind == "must" else code.severity


def _again(key: str, fault: Fault | None, assessment: Assessment) -> dict[str, object]:
    """Return by what a result is known again, and whether the baseline has it."""
    state: State = None
    if assessment.known and fault is not None:
        state = "unchanged" if fault.known else "new"
    prints: dict[str, object] = {
        "partialFingerprints": {_FINGERPRINT: sha256(key.encode(errors="replace")).hexdigest()}
    }
    return prints if state is None else {**prints, "baselineState": state}


def _location(file: str, line: int, logical: Sequence[str]) -> dict[str, object]:
    inside: Iterable[str] = (clean_text(each) for each in logical if each)
    named_parts = [{"fullyQualifiedName": each} for each in inside]
    place: dict[str, object] = {
        "physicalLocation": {"artifactLocation": _artifact(file), "region": {"startLine": max(line, 1)}}
    }
    return {**place, "logicalLocations": named_parts} if named_parts else place


def _artifact(file: str) -> dict[str, str]:
    """Return where a file is: relative to the root of the sources where its path is, %-encoded."""
    path = PurePath(clean_text(file))
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": _ROOT}
