"""The checks with pandas over calamine: python alt_pandas.py WORKLOAD PATH."""

from __future__ import annotations

import sys
from pathlib import Path

import layouts as at
import pandas as pd
from checks import BLANK, INCLUSIVE, POPULATIONS, RATIOS, SHARES, Checks


def add(units: pd.DataFrame, checks: Checks) -> None:
    """Add the columns of units up, each check over the rows of its stages that have both parts."""
    units = units[units["school_code"].notna() & ~units["school_code"].isin(BLANK)]
    for no, (stages, parts, whole, _, _) in RATIOS.items():
        columns = [*parts, *([] if no in POPULATIONS else [whole])]
        if (no in POPULATIONS and not stages) or not set(columns) <= set(units.columns):
            continue
        table = units[units["stage"].isin(stages)]
        table = table[table[columns].apply(pd.to_numeric, errors="coerce").notna().all(axis=1)]
        counted = table[table["kg_inclusive"] == "是"] if no == INCLUSIVE else table
        checks.above[no] += int(counted[list(parts)].sum().sum())
        checks.below[no] += 0 if no in POPULATIONS else int(table[whole].sum())
    for no, (element, _, _) in SHARES.items():
        if element in units:
            answers = units[~units[element].isin(BLANK)].dropna(subset=[element])
            checks.said[no].update(zip(answers["school_code"], answers[element] == "是", strict=True))


def district(path: Path, checks: Checks) -> None:
    """Check the district's workbook."""
    sheets = pd.read_excel(path, sheet_name=None, header=None, engine="calamine", dtype={0: object})
    for name, elements, stage in at.UNIT_SHEETS:
        units = sheets[name].iloc[at.FIRST_ROW[name] - 1 :].rename(columns=dict(enumerate(elements)))
        add(units.assign(stage=stage) if stage else units, checks)
    population = sheets[at.POPULATION_SHEET]
    checks.add_district(
        at.population(dict(zip(population[1], population[3], strict=True))),
        at.money(sheets[at.MONEY_SHEET].itertuples(index=False)),
    )


def schools(folder: Path, checks: Checks) -> None:
    """Check a folder of one-school workbooks."""
    books = (pd.read_excel(path, header=None, engine="calamine") for path in sorted(folder.glob("*.xlsx")))
    add(pd.DataFrame([dict(at.items(book.itertuples(index=False))) for book in books]), checks)


def large(path: Path, checks: Checks) -> None:
    """Check the large workbook."""
    table = pd.read_excel(path, header=at.LARGE_FIRST_ROW - 2, engine="calamine")
    add(table.rename(columns=at.LARGE), checks)


if __name__ == "__main__":
    found = Checks()
    {"district": district, "schools": schools, "large": large}[sys.argv[1]](Path(sys.argv[2]), found)
    print(*found.lines(), sep="\n")
