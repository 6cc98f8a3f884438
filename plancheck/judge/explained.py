"""Explanations matched with what they explain: by check, unit and year, and only as long as the figures stay the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from plancheck.codes import CODES, message
from plancheck.language import Said, Text
from plancheck.model import Check, Explanation, Finding

_Key = tuple[str, str, int | None]


def explained(
    findings: Sequence[Finding], explanations: Sequence[Explanation], checks: Mapping[str, Check]
) -> tuple[tuple[Finding, ...], tuple[Explanation, ...]]:
    """Return the findings, those that are explained as notes, and the explanations with what became of them.

    An explanation of a figure that has changed since is stale and explains nothing; one of something that is not
    found any more is idle. Both are said.
    """
    given: dict[tuple[_Key, str], Explanation] = {}
    by_key: dict[_Key, list[Explanation]] = {}
    for written in explanations:
        about = (written.check, written.unit, written.period)
        given[about, written.value] = written
        by_key.setdefault(about, []).append(written)
    found: list[Finding] = []
    states: dict[Explanation, Explanation] = {}
    for each in findings:
        key = subject(each)
        # A finding without inputs of its own is explained by its words.
        finding = replace(each, value=each.value or worded(each).zh) if key else each
        one = given.get((key, finding.value)) if key else None
        if one is not None:
            states[one] = replace(one, state="given")
            found.append(_as_note(finding, one))
            continue
        found.append(finding)
        for old in by_key.get(key, ()) if key else ():
            states.setdefault(old, replace(old, state="stale"))
    became = tuple(states.get(each, replace(each, state="idle")) for each in explanations)
    return (*found, *(_said(each, checks) for each in became if each.state != "given")), became


def subject(finding: Finding) -> _Key | None:
    """Return what an explanation of a finding is about; None where it is nothing to be explained."""
    if CODES[finding.code].kind != "explain":
        return None
    return finding.check or finding.code, finding.unit, finding.period


def worded(finding: Finding) -> Text:
    """Return the words of a finding in both languages."""
    return Text(message(finding.code, finding.params, "zh"), message(finding.code, finding.params, "en"))


def _as_note(finding: Finding, one: Explanation) -> Finding:
    check = finding.check or finding.code
    return replace(finding, code="PC511", check=check, params={"message": worded(finding), "text": one.text})


def _said(one: Explanation, checks: Mapping[str, Check]) -> Finding:
    code = "PC512" if one.state == "stale" else "PC513"
    params: dict[str, Said] = {"check": checks[one.check].label if one.check in checks else one.check, "text": one.text}
    return Finding(code, one.file, one.sheet, one.cell, one.unit, params, one.period)
