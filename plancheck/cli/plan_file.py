"""The plan a command works with: found, loaded, named; its faults printed like those of a compiler."""

from __future__ import annotations

import os
from pathlib import Path

from plancheck.cli.kept_plan import keep, kept_plan
from plancheck.cli.session import Session, Stop
from plancheck.model import Plan


def load_plan(given: str | None, session: Session, *, quiet: bool = False) -> Plan:
    """Return the plan given, found or packaged, and say which unless it was given. Raises Stop with its faults."""
    from plancheck.plan import PlanUnusable, find
    from plancheck.reports.findings import plan_lines

    found = find(Path(given) if given is not None else None, Path.cwd())
    # a path that does not name the machine, so that the same run says the same everywhere
    path = Path(os.path.relpath(found.path)) if found.how == "found" else found.path
    try:
        plan = kept_plan(path) or _read(path)
    except PlanUnusable as unusable:
        raise Stop(*plan_lines(unusable.findings, session.lang), labelled=False) from None
    if not quiet and found.how == "found":
        session.tell(session.say("notice.plan_found", file=str(path)))
    if not quiet and found.how == "packaged":
        session.tell(session.say("notice.plan_packaged", title=plan.title))
    return plan


def _read(path: Path) -> Plan:
    """Return the plan in a file, and keep it. Raises PlanUnusable."""
    from plancheck.plan.load import load

    plan = load(path)
    keep(plan)
    return plan
