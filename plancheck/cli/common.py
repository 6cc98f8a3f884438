"""What holds for every command, wherever it stands on the line: the language, and whether to show tracebacks.

The language must be known before any help is written, so these are taken off the line before typer sees it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from plancheck.language import LANGS, Lang


class Common(Struct, frozen=True):
    """The language, whether bugs are shown in full, what is left of the line, a language nobody speaks."""

    lang: Lang
    traceback: bool
    rest: tuple[str, ...]
    unknown: str | None = None


def read_common(arguments: Sequence[str], environment: Mapping[str, str], system: str) -> Common:
    """Take `--lang` and `--traceback` off a command line; `system` is the locale where the environment names none."""
    rest: list[str] = []
    asked: str | None = None
    traceback = False
    pending = list(arguments)
    while pending:
        argument = pending.pop(0)
        if argument == "--":
            rest += [argument, *pending]
            break
        if argument == "--traceback":
            traceback = True
        elif argument == "--lang":
            asked = pending.pop(0) if pending else ""
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
        else:
            rest.append(argument)
    spoken = next((lang for lang in LANGS if lang == asked), None)
    unknown = asked if asked is not None and spoken is None else None
    return Common(spoken or _of_environment(environment, system), traceback, tuple(rest), unknown)


def _of_environment(environment: Mapping[str, str], system: str) -> Lang:
    """Return the language of PLANCHECK_LANG, else of the locale: Chinese where it begins with zh, else English."""
    names = ("PLANCHECK_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    said = next((environment[name] for name in names if environment.get(name)), system)
    return "zh" if said.lower().startswith(("zh", "chinese")) else "en"
