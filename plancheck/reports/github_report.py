"""An assessment as commands to GitHub Actions, which shows them as annotations: the worst first, and only so many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from plancheck.codes import CODES, hint, message
from plancheck.language import Lang
from plancheck.model import Assessment, Fault, Finding, Verdict, finding_faults, verdict_faults
from plancheck.pattern import Pattern
from plancheck.reports.clean import clean_text
from plancheck.reports.figures import gap_text, numbered, status_text, target_text, value_text
from plancheck.reports.findings import GRADES, by_grade, grade
from plancheck.reports.summary import named
from plancheck.wording import say

_MOST: Final = 10
"""GitHub shows ten annotations of each kind in a step and drops the others without a word."""
_KINDS: Final = ("error", "warning", "notice")
_ROW: Final = Pattern(r"[A-Z]+([0-9]+)")


class Annotation(NamedTuple):
    """One remark: error, warning or notice; the file and line it stands at, if any; a title and a text."""

    kind: str
    file: str
    line: str
    title: str
    text: str


def render(assessment: Assessment, lang: Lang) -> str:
    """Return the commands, one a line; the last of a kind says how many more there are."""
    found = [*_missed(assessment, lang), *_found(assessment, lang)]
    lines = []
    for kind in _KINDS:
        of_kind = [each for each in found if each.kind == kind]
        shown = of_kind if len(of_kind) <= _MOST else of_kind[: _MOST - 1]
        lines += [_command(each) for each in shown]
        if len(of_kind) > len(shown):
            more = say("github.more", lang, count=len(of_kind) - len(shown))
            lines.append(_command(Annotation(kind, "", "", "plancheck", more)))
    return "".join(f"{line}\n" for line in lines)


def _command(each: Annotation) -> str:
    given = {"file": each.file, "line": each.line, "title": each.title}
    parameters = ",".join(f"{key}={_parameter(value)}" for key, value in given.items() if value)
    return f"::{each.kind} {parameters}::{_data(each.text)}"


def _data(text: str) -> str:
    return clean_text(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _parameter(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _missed(assessment: Assessment, lang: Lang) -> Iterator[Annotation]:
    faults = verdict_faults(assessment.verdicts, assessment.fail_on, assessment.known)
    for verdict, fault in sorted(_standing(assessment.verdicts, faults), key=lambda pair: not pair[1].fails):
        yield _verdict(verdict, fault, assessment, lang)


def _standing(verdicts: tuple[Verdict, ...], faults: list[Fault | None]) -> Iterator[tuple[Verdict, Fault]]:
    for verdict, fault in zip(verdicts, faults, strict=True):
        if fault is not None and not fault.known:
            yield verdict, fault


def _verdict(verdict: Verdict, fault: Fault, assessment: Assessment, lang: Lang) -> Annotation:
    plan = assessment.plan
    indicator = plan.indicators[verdict.indicator]
    facts = (
        verdict.name.say(lang),
        status_text(verdict, lang),
        value_text(verdict, indicator, lang),
        target_text(verdict.target, lang),
        gap_text(verdict, indicator, plan, lang),
    )
    line = "" if indicator.mark is None else str(indicator.mark.line)
    file = named(plan.file if indicator.mark is None else indicator.mark.file)
    text = " · ".join(each for each in facts if each)
    return Annotation("error" if fault.fails else "warning", file, line, numbered(indicator, lang), text)


def _found(assessment: Assessment, lang: Lang) -> Iterator[Annotation]:
    faults = finding_faults(assessment.findings, assessment.fail_on, assessment.known)
    fault_of = {id(finding): fault for finding, fault in zip(assessment.findings, faults, strict=True)}
    for finding in (each for found in by_grade(assessment.findings).values() for each in found):
        fault = fault_of[id(finding)]
        if fault is None or not fault.known:
            yield _finding(finding, fault, lang)


def _finding(finding: Finding, fault: Fault | None, lang: Lang) -> Annotation:
    grave = grade(finding)
    kind = (
        "error"
        if (fault is not None and fault.fails) or grave == GRADES[0]
        else "notice"
        if grave == "note"
        else "warning"
    )
    place = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
    row = _ROW.fullmatch(finding.cell)
    said = message(finding.code, finding.params, lang)
    text = f"{place} {said}".lstrip() + f"\n{hint(finding.code, finding.params, lang)}"
    title = f"{finding.code} {CODES[finding.code].name}"
    return Annotation(kind, finding.file, row[1] if row else "", title, text)
