"""The command line. Nothing is imported here that `--version` does not need: it must answer at once."""

import sys

from plancheck import __version__


def main(arguments: list[str] | None = None) -> int:
    """Run plancheck with `arguments` (those of the process when left out) and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if given in (["--version"], ["-V"]):
        sys.stdout.write(f"plancheck {__version__}\n")
        return 0
    _import_msgspec()
    from plancheck.cli.app import run

    return run(given)


def _import_msgspec() -> None:
    """Import msgspec without typing_extensions, which it asks before typing: that takes a twentieth of a short run."""
    if "typing_extensions" in sys.modules:
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # how Python marks what is not to be found
    try:
        import msgspec  # noqa: F401 - imported here, so that it is there for all
    finally:
        del sys.modules["typing_extensions"]


def process() -> None:
    """Be the whole process: run its command line and leave at once.

    A long table is millions of small objects without cycles. To look for some costs a quarter of a run, and to take them
    apart one by one, when all is written and the system takes everything back anyway, a twentieth.
    """
    import gc
    import os

    gc.disable()
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # a stream that is closed, or never was: the interpreter knows best
        sys.exit(code)
    os._exit(code)
