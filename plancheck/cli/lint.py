"""`plancheck lint`: check a plan file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Final

import typer

from plancheck.cli import usage
from plancheck.cli.session import session_of
from plancheck.codes import CODES

_FORMATS: Final = ("table", "json")


def lint(
    context: typer.Context,
    plan: Annotated[str | None, typer.Argument(metavar="meta.plan", help="argument.plan")] = None,
    form: Annotated[str, typer.Option("--format", metavar="table|json", help="option.format_screen")] = "table",
) -> int:
    """Print every finding about a plan file; exit 2 where it cannot be used."""
    from plancheck.plan import find
    from plancheck.plan.lint import lint as findings_of
    from plancheck.reports.findings import plan_lines
    from plancheck.reports.json_report import finding_document

    session = session_of(context)
    form = usage.chosen(form, _FORMATS, "--format", session)
    path = find(Path(plan) if plan is not None else None, Path.cwd()).path
    findings = findings_of(path)
    if form == "json":
        documents = [finding_document(each, session.lang) for each in findings]
        session.write_bytes((json.dumps(documents, ensure_ascii=False, indent=1) + "\n",))
    else:
        session.write("".join(f"{line}\n" for line in plan_lines(findings, session.lang)))
        key = "notice.lint_count" if findings else "notice.lint_clean"
        session.tell(session.say(key, file=str(path), count=len(findings)))
    return 2 if any(CODES[each.code].severity == "error" for each in findings) else 0
