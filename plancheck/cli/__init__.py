"""The command line. Nothing is imported here that `--version` does not need: it must answer at once."""

import sys

from plancheck import __version__


def main(arguments: list[str] | None = None) -> int:
    """Run plancheck with `arguments` (those of the process when left out) and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if given in (["--version"], ["-V"]):
        sys.stdout.write(f"plancheck {__version__}\n")
        return 0
    import gc

    gc.disable()  # a long table is millions of small objects without cycles; looking for some costs a quarter of a run
    from plancheck.cli.app import run

    try:
        return run(given)
    finally:
        gc.freeze()  # nor is there anything to find at the interpreter's end, which would look through all of it twice
