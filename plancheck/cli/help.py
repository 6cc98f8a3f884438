"""Help in both languages, laid out in terminal cells so that nothing is cut and Chinese does not run over.

Commands, arguments and options are declared with keys of `wording`; they become words here, when the language is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from typer.core import TyperCommand, TyperGroup

from plancheck.cli.session import Session, Stop, session_of
from plancheck.cli.usage import suggestion
from plancheck.reports.page import hanging, pad, width, wrap
from plancheck.wording import WORDS

_WIDEST_TERM: Final = 28
_EXAMPLES: Final = {
    "plancheck": ("plancheck run examples/returns.xlsx", "plancheck explain PC304"),
    "run": (
        "plancheck run returns.xlsx",
        "plancheck run returns/ --by stage --only fitness_pass_rate",
        "plancheck run returns.xlsx -o results.xlsx -o results.json",
    ),
    "inspect": ("plancheck inspect returns.xlsx",),
    "lint": ("plancheck lint indicators.yaml",),
    "list": ("plancheck list indicators",),
    "explain": (
        "plancheck explain PC301",
        "plancheck explain fitness_pass_rate",
        "plancheck explain 6 --unit 2111160001 returns.xlsx",
    ),
    "schema": ("plancheck schema assessment",),
}


class Command(TyperCommand):
    """A command whose help is written by `help_text`."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help in the session's language."""
        formatter.write(help_text(self, ctx))


class Group(TyperGroup):
    """The program itself: help by `help_text`, and a suggestion for a command that does not exist."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help in the session's language."""
        formatter.write(help_text(self, ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command called. Raises Stop for one that does not exist."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            session = session_of(ctx)
            near = suggestion(args[0], self.commands, session)
            raise Stop(
                session.say("error.no_command", command=args[0], suggestion=near), try_help("plancheck", session)
            )
        return super().resolve_command(ctx, args)


def try_help(command: str, session: Session) -> str:
    """Return the sentence that says where to find help."""
    return session.say("error.try_help", command=command)


def help_text(command: Any, context: Any) -> str:
    """Return the help of a command."""
    session = session_of(context)
    room = min(session.screen().room, 100)
    name = command.name or "plancheck"
    sections: list[Sequence[str]] = [
        [*hanging(session.say("help.usage"), " ".join(_usage(command, context, session)), room, 4)],
        wrap(session.say(f"help.{name}"), room),
    ]
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option"]
    terms = [(_metavar(each, session), session.say(each.help)) for each in arguments]
    sections.append([*_section("help.arguments", terms, room, session)])
    terms = [(_option(each, session), session.say(each.help)) for each in options if not each.hidden]
    common = [("--lang zh|en", "option.lang"), ("--traceback", "option.traceback"), ("--help", "option.help")]
    sections.append(
        [*_section("help.options", [*terms, *((term, session.say(key)) for term, key in common)], room, session)]
    )
    commands = getattr(command, "commands", {})
    sections.append(
        [*_section("help.commands", [(each, session.say(f"help.{each}")) for each in commands], room, session)]
    )
    examples = [line for example in _EXAMPLES[name] for line in hanging("  ", example, room, 6)]
    sections.append([session.say("help.examples"), *examples])
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _usage(command: Any, context: Any, session: Session) -> Iterator[str]:
    yield context.command_path
    yield session.say("help.options_metavar")
    for each in command.params:
        if each.param_type_name == "argument":
            name = _metavar(each, session)
            yield name if each.required else f"[{name}]"
    if getattr(command, "commands", None):
        yield session.say("help.command_metavar")


def _metavar(parameter: Any, session: Session) -> str:
    name = parameter.metavar or ""
    return (session.say(name) if name in WORDS else name) + ("..." if parameter.nargs == -1 else "")


def _option(parameter: Any, session: Session) -> str:
    names = ", ".join(sorted(parameter.opts, key=len))
    return names if parameter.is_flag else f"{names} {_metavar(parameter, session)}"


def _section(heading: str, terms: Sequence[tuple[str, str]], room: int, session: Session) -> Iterator[str]:
    """Yield terms and what they mean in two columns; a term too long for its column has a line of its own."""
    if not terms:
        return
    yield session.say(heading)
    column = min(max(width(term) for term, _ in terms), _WIDEST_TERM, room // 2) + 4
    for term, meaning in terms:
        head = pad(f"  {term}", column) if width(term) + 4 <= column else ""
        if not head:
            yield from hanging("  ", term, room, 6)
        yield from hanging(head or " " * column, meaning, room, column)
