"""Write the example workbooks: python examples/make_examples.py [--out DIR]. The same bytes every time."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.district import build
from generator.package import pack
from generator.returns_book import returns_book
from generator.roster_book import roster_book
from generator.school_book import school_book


def main() -> None:
    """Build the district once and write its three workbooks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write to")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    district = build()
    for name, book in (
        ("returns.xlsx", returns_book(district)),
        ("roster.xlsx", roster_book(district)),
        ("school.xlsx", school_book(district)),
    ):
        (out / name).write_bytes(pack(book))


if __name__ == "__main__":
    main()
