"""An assessment as JUnit XML: a suite for the district, each group and unit, and each return; failure, error, skipped.

A failure is what makes the exit code 1; an error is what could not be judged or read; skipped is what is not due, not
binding, or known from the baseline. So a run exits 0 exactly when its document has neither failures nor errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from plancheck import __version__
from plancheck.codes import CODES, hint, message, reason
from plancheck.language import Lang
from plancheck.model import Assessment, Fault, Finding, Verdict, finding_faults, verdict_faults
from plancheck.reports.clean import clean_text
from plancheck.reports.figures import (
    coverage_text,
    exact_value,
    formula_text,
    gap_text,
    numbered,
    status_text,
    target_text,
    value_text,
)
from plancheck.reports.findings import place_text
from plancheck.reports.place import file_text
from plancheck.reports.summary import title
from plancheck.reports.symbols import UNICODE
from plancheck.wording import say

_PASSED: Final = ("met", "on_track")


class Case(NamedTuple):
    """One test case: its name, what it came to ("" is passed), in short and in full."""

    name: str
    end: str
    short: str
    full: str


def render(assessment: Assessment, lang: Lang) -> str:
    """Return the document."""
    return "\n".join(_document(assessment, lang)) + "\n"


def _document(assessment: Assessment, lang: Lang) -> Iterator[str]:
    suites = [*_suites(assessment, lang).items()]
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<testsuites name={_attribute(title(assessment, lang))} {_counts(case for _, suite in suites for case in suite)}>"
    for name, cases in suites:
        yield f"  <testsuite name={_attribute(name)} {_counts(cases)}>"
        properties = {"plancheck": __version__, "plan": assessment.plan.sha256, "as-of": assessment.as_of}
        yield "    <properties>"
        yield from (
            f"      <property name={_attribute(key)} value={_attribute(each)}/>" for key, each in properties.items()
        )
        yield "    </properties>"
        for case in cases:
            yield from _case(case, name)
        yield "  </testsuite>"
    yield "</testsuites>"


def _case(case: Case, suite: str) -> Iterator[str]:
    head = f"    <testcase name={_attribute(case.name)} classname={_attribute(suite)}"
    if not case.end:
        yield f"{head}/>" if not case.full else f"{head}>"
        if case.full:
            yield f"      <system-out>{_text(case.full)}</system-out>"
            yield "    </testcase>"
        return
    yield f"{head}>"
    yield f"      <{case.end} message={_attribute(case.short)}>{_text(case.full)}</{case.end}>"
    yield "    </testcase>"


def _suites(assessment: Assessment, lang: Lang) -> Mapping[str, list[Case]]:
    suites: dict[str, list[Case]] = {}
    rules = assessment.fail_on, assessment.known
    for verdict, fault in zip(assessment.verdicts, verdict_faults(assessment.verdicts, *rules), strict=True):
        name = f"{verdict.name.say(lang)} {verdict.unit or ''}".rstrip()
        suites.setdefault(f"{name} {verdict.period}", []).append(_judged(verdict, fault, assessment, lang))
    for finding, fault in zip(assessment.findings, finding_faults(assessment.findings, *rules), strict=True):
        if fault is not None:
            suites.setdefault(file_text(finding.file, lang) or say("junit.returns", lang), []).append(
                _found(finding, fault, lang)
            )
    if assessment.exit_code == 3 and not any(case.end == "error" for suite in suites.values() for case in suite):
        end = say("exit.3", lang)
        suites["plancheck"] = [Case(end, "error", end, end)]  # nothing at all was judged, which is no success
    return suites


def _judged(verdict: Verdict, fault: Fault | None, assessment: Assessment, lang: Lang) -> Case:
    plan = assessment.plan
    indicator = plan.indicators[verdict.indicator]
    status = status_text(verdict, lang)
    facts = {
        "column.verdict": status,
        "column.value": value_text(verdict, indicator, lang) if verdict.value is not None else "",
        "trace.fraction_only": exact_value(verdict, indicator) if verdict.value is not None else "",
        "column.target": target_text(verdict.target, lang),
        "column.gap": gap_text(verdict, indicator, plan, lang),
        "column.coverage": coverage_text(verdict),
        "column.reason": "" if verdict.reason is None else reason(verdict.reason.key, verdict.reason.params, lang),
        "column.formula": formula_text(indicator),
        "column.clause": indicator.source.clause,
    }
    full = "\n".join(f"{say(key, lang)}: {each}" for key, each in facts.items() if each)
    short = " · ".join(
        each for each in (status, *(facts[key] for key in ("column.value", "column.gap", "column.reason"))) if each
    )
    end = "" if verdict.status in _PASSED else "skipped"
    if fault is not None and not fault.known:
        end = "failure" if fault.fails else "error" if fault.kind == "unknown" else end
    return Case(f"{numbered(indicator, lang)} [{indicator.id}]", end, _remarked(short, fault, lang), full)


def _found(finding: Finding, fault: Fault, lang: Lang) -> Case:
    code = CODES[finding.code]
    said = message(finding.code, finding.params, lang)
    full = f"{place_text(finding, UNICODE, lang)}\n{said}\n{hint(finding.code, finding.params, lang)}"
    end = "skipped" if fault.known else "failure" if fault.fails else "error" if fault.kind == "unread" else "skipped"
    place = f"{finding.sheet}!{finding.cell}" if finding.sheet else finding.unit
    return Case(f"{code.id} {code.name} {place}".rstrip(), end, _remarked(said, fault, lang), full.strip())


def _remarked(short: str, fault: Fault | None, lang: Lang) -> str:
    return f"{short} ({say('junit.known', lang)})" if fault is not None and fault.known else short


def _counts(cases: Iterable[Case]) -> str:
    ends = [case.end for case in cases]
    failures, errors, skipped = (ends.count(end) for end in ("failure", "error", "skipped"))
    return f'tests="{len(ends)}" failures="{failures}" errors="{errors}" skipped="{skipped}" time="0"'


def _text(text: str) -> str:
    return escape(clean_text(text))


def _attribute(text: str) -> str:
    return quoteattr(clean_text(text), {"\n": "&#10;", "\t": "&#9;"})
