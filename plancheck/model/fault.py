"""What makes a run fail, and how the same fault is known again in a later run, whatever rows moved in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from msgspec import Struct

from plancheck.codes import CODES
from plancheck.model.returns import Finding
from plancheck.model.verdict import Verdict

FaultKind = Literal["not_met", "behind", "unknown", "must", "explain", "unread"]
FAIL_ON: Final = ("not_met", "behind", "unknown", "must", "explain")
"""What `--fail-on` can name."""


class Fault(Struct, frozen=True):
    """A verdict or finding that may fail a run: its kind, a key that stays the same from run to run, what it does here.

    `known`: the baseline has it, so it fails nothing. `fails`: it makes the exit code 1.
    """

    kind: FaultKind
    key: str
    known: bool
    fails: bool


def verdict_faults(verdicts: Iterable[Verdict], fail_on: frozenset[str], known: frozenset[str]) -> list[Fault | None]:
    """Return the fault of each verdict; None for one that can fail no run: met, on its way, advisory, waived, aspired."""
    faults: list[Fault | None] = []
    for verdict in verdicts:
        kind = _kind(verdict)
        key = verdict_key(verdict.indicator, verdict.unit, verdict.period, kind) if kind else ""
        faults.append(_fault(kind, key, fail_on, known))
    return faults


def finding_faults(findings: Sequence[Finding], fail_on: frozenset[str], known: frozenset[str]) -> list[Fault | None]:
    """Return the fault of each finding; None for warnings and notes."""
    keys = finding_keys((each.code, each.file, each.sheet, each.cell, each.unit) for each in findings)
    return [_fault(_graded(finding), key, fail_on, known) for finding, key in zip(findings, keys, strict=True)]


def _fault(kind: FaultKind | None, key: str, fail_on: frozenset[str], known: frozenset[str]) -> Fault | None:
    return None if kind is None else Fault(kind, key, key in known, kind in fail_on and key not in known)


def _kind(verdict: Verdict) -> FaultKind | None:
    if verdict.failing:
        return "not_met"
    if verdict.marks:
        return None
    if verdict.progress == "behind":
        return "behind"
    return "unknown" if verdict.outcome == "unknown" and not verdict.superseded else None


def _graded(finding: Finding) -> FaultKind | None:
    code = CODES[finding.code]
    if code.kind != "note":
        return code.kind
    return "unread" if code.severity == "error" else None


def verdict_key(indicator: str, unit: str | None, period: int, kind: str) -> str:
    """Return the key of a verdict's fault."""
    return f"{indicator}|{unit or ''}|{period}|{kind}"


def finding_keys(places: Iterable[tuple[str, str, str, str, str]]) -> list[str]:
    """Return the key of each finding, given as code, file, sheet, cell and unit.

    A unit is found again by its name and column wherever its row has moved; the second of a kind is told from the
    first by its number. The folder that a file lies in does not matter.
    """
    counted: Counter[str] = Counter()
    keys = []
    for code, file, sheet, cell, unit in places:
        where = f"{unit}|{cell.rstrip('0123456789')}" if unit else f"|{cell}"
        key = f"{code}|{file.replace(chr(92), '/').rpartition('/')[2]}|{sheet}|{where}"
        counted[key] += 1
        keys.append(f"{key}|{counted[key]}")
    return keys
