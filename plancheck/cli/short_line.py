"""The short way in: a line of `run` that names returns and a few plain options is read without typer.

To import typer and to build its command takes a fourth of a run over one workbook, and such lines are what most runs are.
Typer reads every other line, and tells what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from plancheck.cli.run import Asked

_TAKE_A_VALUE: Final = {
    "--plan": "plan",
    "--year": "year",
    "--roster": "roster",
    "--format": "form",
    "--jobs": "jobs",
}
"""Option -> the field of `Asked` that it fills."""
_TAKE_SEVERAL: Final = {"--output": "output", "-o": "output"}
"""Those that may be given several times."""


def short_line(arguments: Sequence[str]) -> Asked | None:
    """Return what a line of `run` asks, None where it says more than is read here, or says it in another way."""
    returns: list[str] = []
    given: dict[str, Any] = {}
    rest = iter(arguments)
    for argument in rest:
        if argument and not argument.startswith("-"):
            returns.append(argument)
            continue
        field, value = _TAKE_A_VALUE.get(argument) or _TAKE_SEVERAL.get(argument), next(rest, "-")
        if field is None or not value or value.startswith("-"):
            return None
        if argument in _TAKE_SEVERAL:
            given.setdefault(field, []).append(value)
        elif field in given:
            return None
        else:
            given[field] = value
    return Asked(returns, **given) if returns else None
