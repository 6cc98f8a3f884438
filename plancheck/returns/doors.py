"""The doors: each kind of file opened by the library that reads it best, handed on as plain sheets.

A workbook in the usual shape is read here and now; any other in a process of its own, which may die of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from plancheck.returns.calamine_door import filled, opened, plain_sheet
from plancheck.returns.limits import most
from plancheck.returns.package import open_package
from plancheck.returns.preflight import Candidate, Refused
from plancheck.returns.scan import InDoubt, scan
from plancheck.returns.sheet import Sheet


def sheets(candidate: Candidate) -> Iterator[Sheet]:
    """Yield the sheets of a workbook in order. Raises Refused where the file cannot be read."""
    if candidate.kind == "csv":
        from plancheck.returns.csv_door import csv_sheets

        return csv_sheets(candidate.data)
    with suppress(InDoubt):
        return iter(quick_sheets(candidate))
    from plancheck.returns.contained import contained_sheets

    return iter(contained_sheets(candidate))


def quick_sheets(candidate: Candidate) -> list[Sheet]:
    """Read a workbook with calamine, if it is an .xlsx in the usual shape and not a value is lost. Raises InDoubt."""
    if candidate.kind != "xlsx" or candidate.archive is None:
        raise InDoubt
    package = open_package(candidate.archive)
    if len(package.sheets) > most("sheets"):
        raise Refused.over("sheets", len(package.sheets))
    scanned = scan(package)
    found = []
    try:
        workbook = opened(candidate.data)
        for index, (part, known) in enumerate(zip(package.sheets, scanned, strict=True)):
            if part.kind != "worksheet":
                continue
            sheet = plain_sheet(workbook, index, known.quirks)
            if part.name != sheet.name or known.values != filled(sheet):
                raise InDoubt
            found.append(sheet)
    except Refused as refused:  # calamine's own grounds are looked into by the careful reader
        raise (InDoubt if refused.code == "PC205" else refused) from None
    return found
