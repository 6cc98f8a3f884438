"""The count of verdicts and the exit code: what a run comes to in one line and in one number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import Final

from plancheck.codes import CODES
from plancheck.model import Finding, Readiness, Verdict, finding_faults, verdict_faults

OUTCOMES: Final = ("met", "not_met", "unknown", "not_applicable")
PROGRESS: Final = ("on_track", "behind", "not_due")


def summary(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """Count verdicts by outcome, then those not met by progress, those failing, and those provisional.

    Each verdict counts, also those of groups and units that one of the district is made of.
    """
    counts = dict.fromkeys((*OUTCOMES, *PROGRESS, "failing", "provisional"), 0)
    for verdict in verdicts:
        counts[verdict.outcome] += 1
        if verdict.progress is not None:
            counts[verdict.progress] += 1
        counts["failing"] += verdict.failing
        counts["provisional"] += verdict.provisional
    return counts


def exit_code(
    verdicts: Sequence[Verdict],
    findings: Sequence[Finding],
    fail_on: frozenset[str],
    known: frozenset[str] = frozenset(),
) -> int:
    """Return 1 where something named in `fail_on` stands, 3 where something could not be judged, else 0.

    Advisory, aspired and waived verdicts never fail a run, nor does a fault that is `known`. One that is unknown
    because the plan declares its indicator superseded is counted as unknown and shown with its reason, but is no 3:
    nothing is missing that anybody could hand in. A run that judged nothing at all is 3.
    """
    each = (*verdict_faults(verdicts, fail_on, known), *finding_faults(findings, fail_on, known))
    faults = [fault for fault in each if fault is not None and not fault.known]
    if any(fault.fails for fault in faults):
        return 1
    unjudged = any(fault.kind in ("unknown", "unread") for fault in faults)
    nothing = all(verdict.outcome in ("unknown", "not_applicable") for verdict in verdicts)
    return 3 if unjudged or nothing else 0


def readiness(findings: Iterable[Finding], files: Container[str], *, empty: bool) -> Readiness:
    """Return whether returns can go in: what stands in them to be corrected or could not be read, and to be explained.

    Where they are `empty` they cannot, whatever was found.
    """
    counts = Counter(_asked(finding) for finding in findings if finding.file in files)
    return Readiness(counts["correct"], counts["explain"], counts["explained"], empty)


def _asked(finding: Finding) -> str:
    code = CODES[finding.code]
    if finding.code == "PC511":
        return "explained"
    return "explain" if code.kind == "explain" else "correct" if code.severity == "error" else ""
