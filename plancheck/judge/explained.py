"""Explanations matched with what they explain: by check, unit and year, and only as long as the figures stay the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from plancheck.codes import CODES, message
from plancheck.language import Said, Text
from plancheck.model import Check, Explanation, Finding, Return

_Key = tuple[str, str, int | None]
_CODE_OF: Final = {"stale": "PC512", "idle": "PC513", "misplaced": "PC517", "foreign": "PC518"}


def explained(
    findings: Sequence[Finding], written: Iterable[Explanation], returns: Sequence[Return], checks: Mapping[str, Check]
) -> tuple[tuple[Finding, ...], tuple[Explanation, ...]]:
    """Return the findings, those that are explained as notes, and the explanations with what became of them.

    An explanation of a figure that has changed since is stale and explains nothing; one of something that is not
    found any more is idle. These are said, as are those in a wrong cell and those copied from another school.
    """
    explanations = _told_apart(written, returns)
    given: dict[tuple[_Key, str], Explanation] = {}
    by_key: dict[_Key, list[Explanation]] = {}
    for one in explanations:
        if one.state == "given":
            about = (one.check, one.unit, one.period)
            given[about, one.value] = one
            by_key.setdefault(about, []).append(one)
    found: list[Finding] = []
    states: dict[Explanation, Explanation] = {}
    for each in findings:
        key = subject(each)
        # A finding without inputs of its own is explained by its words.
        finding = replace(each, value=each.value or worded(each).zh) if key else each
        fitting = given.get((key, finding.value)) if key else None
        if fitting is not None:
            states[fitting] = fitting
            found.append(_as_note(finding, fitting))
            continue
        found.append(finding)
        for old in by_key.get(key, ()) if key else ():
            states.setdefault(old, replace(old, state="stale"))
    became = tuple(
        states.get(each, replace(each, state="idle")) if each.state == "given" else each for each in explanations
    )
    return (*found, *(_said(each, checks) for each in became if each.state != "given")), became


def _told_apart(written: Iterable[Explanation], returns: Iterable[Return]) -> tuple[Explanation, ...]:
    """Return the explanations, those of schools that their file does not report on as such: a sheet copied from another's.

    A file without figures explains what others report.
    """
    schools = {each.file: {unit.code for block in each.blocks for unit in block.units} for each in returns}

    def foreign(one: Explanation) -> bool:
        here = schools.get(one.file, set())
        return bool(one.unit and here) and one.unit.partition("/")[0] not in here

    return tuple(replace(one, state="foreign") if one.state == "given" and foreign(one) else one for one in written)


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
    check = checks[one.check].label if one.check in checks else one.check
    params: dict[str, Said] = {"check": check, "text": one.text, "unit": one.unit, "found": one.text}
    return Finding(_CODE_OF[one.state], one.file, one.sheet, one.cell, one.unit, params, one.period)
