"""`plancheck schema`: print the JSON Schema of the plan file, of the assessment, or of a diff."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from plancheck.cli import usage
from plancheck.cli.session import session_of

_SCHEMAS: Final = ("plan", "assessment", "inspect", "diff")


def schema(
    context: typer.Context,
    which: Annotated[str, typer.Argument(metavar="meta.what", help="argument.schema")] = "plan",
) -> int:
    """Print one schema."""
    session = session_of(context)
    chosen = usage.chosen(which, _SCHEMAS, session.say("meta.what"), session)
    if chosen == "plan":
        from plancheck.plan.schema import schema_text as text
    elif chosen == "inspect":
        from plancheck.reports.understanding import inspect_schema as text
    elif chosen == "diff":
        from plancheck.reports.diff_report import diff_schema as text
    else:
        from plancheck.reports.json_report import assessment_schema as text

    session.write_bytes((text().rstrip("\n") + "\n",))
    return 0
