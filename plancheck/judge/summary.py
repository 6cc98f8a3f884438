"""The count of verdicts and the exit code: what a run comes to in one line and in one number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from plancheck.codes import CODES
from plancheck.model import Finding, Verdict

OUTCOMES: Final = ("met", "not_met", "unknown", "not_applicable")
PROGRESS: Final = ("on_track", "behind", "not_due")
FAIL_ON: Final = ("not_met", "behind", "unknown", "must", "explain")
"""What `--fail-on` can name."""


def summary(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """Count verdicts by outcome, then those not met by progress, those failing, and those provisional."""
    counts = dict.fromkeys((*OUTCOMES, *PROGRESS, "failing", "provisional"), 0)
    for verdict in verdicts:
        counts[verdict.outcome] += 1
        if verdict.progress is not None:
            counts[verdict.progress] += 1
        counts["failing"] += verdict.failing
        counts["provisional"] += verdict.provisional
    return counts


def exit_code(verdicts: Sequence[Verdict], findings: Sequence[Finding], fail_on: frozenset[str]) -> int:
    """Return 1 where something named in `fail_on` stands, 3 where something could not be judged, else 0.

    Advisory, aspired and waived verdicts never fail a run; a run that judged nothing at all is 3.
    """
    binding = [verdict for verdict in verdicts if not verdict.marks]
    kinds = {CODES[finding.code].kind for finding in findings}
    failed = {
        "not_met": any(verdict.failing for verdict in verdicts),
        "behind": any(verdict.progress == "behind" for verdict in binding),
        "unknown": any(verdict.outcome == "unknown" for verdict in binding),
        "must": "must" in kinds,
        "explain": "explain" in kinds,
    }
    if any(failed[name] for name in fail_on):
        return 1
    unread = any(CODES[finding.code].severity == "error" and CODES[finding.code].kind != "must" for finding in findings)
    nothing = all(verdict.outcome in ("unknown", "not_applicable") for verdict in verdicts)
    return 3 if failed["unknown"] or unread or nothing else 0
