"""Write the example workbooks: python examples/make_examples.py [--out DIR]. The same bytes every time."""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

from generator.district import build
from generator.earlier import build_earlier
from generator.last_year import with_last_year
from generator.ledger_book import ledger_book
from generator.ledgers import LEDGER_YEARS
from generator.nouns import District
from generator.package import Book, pack
from generator.returns_book import returns_book
from generator.roster_book import roster_book
from generator.school_book import school_book
from generator.slips import slipped_book
from generator.year_books import district_book, kindergartens_book, schools_book
from generator.years import TOTALS


def main() -> None:
    """Build the district once a year, each with the year before's rates, and write its workbooks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write to")
    out: Path = parser.parse_args().out
    years = [*map(build_earlier, TOTALS), build()]
    for before, each in pairwise(years):
        with_last_year(each, before)
    district = years[-1]
    _write(out, {
        "returns.xlsx": returns_book(district),
        "roster.xlsx": roster_book(district),
        "school.xlsx": school_book(district),
        "school-to-correct.xlsx": slipped_book(district),
    })  # fmt: skip
    for each in years:
        _write(out / "returns" / str(each.year), _of_year(each))


def _of_year(district: District) -> dict[str, Book]:
    books = {
        "schools.xlsx": schools_book(district),
        "kindergartens.xlsx": kindergartens_book(district),
        "district.xlsx": district_book(district.year),
    }
    if district.year in LEDGER_YEARS:
        books["ledgers.xlsx"] = ledger_book(district.year)
    return books


def _write(folder: Path, books: dict[str, Book]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, book in books.items():
        (folder / name).write_bytes(pack(book))


if __name__ == "__main__":
    main()
