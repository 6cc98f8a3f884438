"""Run plancheck beside the alternatives, in turn, and print what each takes: python benchmarks/run.py."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import measure
import programs
from measure import Command, Run
from programs import ALTERNATIVES, FRICTIONLESS, PLANCHECK, plancheck

ONE, FEWER, TWO = "plancheck --jobs 1", "plancheck --jobs 1, 100 workbooks", "plancheck --jobs 2"
SAME = "plancheck, the same 16 checks"
BROKEN = "plancheck --jobs 1, a tenth broken"
_FOR_OTHER_THINGS = frozenset({"jsonschema", "openpyxl", "xlsxwriter", "jinja2"})
NEEDLESS = {"table": _FOR_OTHER_THINGS, "json": _FOR_OTHER_THINGS | {"rich"}}
"""The modules that a run must not load, by the form of its output."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the workloads are, which interpreter has pandas and frictionless, how often each program runs (None: as usual)."""

    folder: Path
    python: str
    runs: int | None

    def beside(self, workload: str, path: Path) -> list[Command]:
        """Return the alternatives that can run here."""
        there = [each for each in ALTERNATIVES if each in programs.OWN or self.has(each)]
        return [programs.alternative(each, self.python, workload, path) for each in there]

    def has(self, package: str) -> bool:
        """Return whether an alternative is installed, and say so if it is not."""
        there = programs.installed(package, self.python)
        if not there:
            print(f"{package} is not installed for {self.python}: left out", file=sys.stderr)
        return there

    def same(self, path: Path) -> Command:
        """Return plancheck with the plan's table alone: what the alternatives check, and no more."""
        return plancheck(path, "--plan", str(self.folder / "table" / "indicators.yaml"), name=SAME)

    def times(self, usual: int) -> int:
        """Return how often to run."""
        return self.runs or usual


@dataclass(frozen=True, slots=True)
class Limit:
    """A requirement: what must hold, the ratio found, the ratio allowed (None: what it needs was not measured)."""

    text: str
    found: float | None
    allowed: float

    def holds(self) -> bool:
        """Return whether it holds."""
        return self.found is not None and self.found <= self.allowed

    def line(self) -> str:
        """Return the requirement as one line."""
        if self.found is None:
            return f"  ?  {self.text}: not measured"
        return f"  {'✓' if self.holds() else '✗'}  {self.text}: {self.found:.2f} (at most {self.allowed:.2f})"


def ratio(found: Mapping[str, Run], ours: str, other: str) -> float | None:
    """Return the ratio of two programs' wall times."""
    return found[ours].wall / found[other].wall if ours in found and other in found else None


def district(bench: Bench) -> Iterator[Limit]:
    """The district's workbook."""
    path = bench.folder / "district.xlsx"
    commands = [bench.same(path), plancheck(path)]
    commands.append(plancheck(path, "--format", "json", name="plancheck --format json"))
    commands += bench.beside("district", path)
    if bench.has("frictionless"):
        commands.append(programs.frictionless(bench.python, bench.folder))
    found = measure.alternately(commands, bench.times(15))
    show("District: 110 rows × 60 columns, 6 sheets", found, PLANCHECK)
    yield agreement(path, found)
    for ours, what in ((SAME, "the same 16 checks"), (PLANCHECK, "the whole plan")):
        yield Limit(f"{what}: wall time ÷ openpyxl", ratio(found, ours, "openpyxl"), 1.0)
        yield Limit(f"{what}: wall time ÷ frictionless validate", ratio(found, ours, FRICTIONLESS), 1 / 4)


def schools(bench: Bench) -> Iterator[Limit]:
    """A thousand workbooks of one school each."""
    path, fewer = bench.folder / "schools-1000", bench.folder / "schools-100"
    commands = [plancheck(path, name=ONE), plancheck(path, "--jobs", "2", name=TWO), plancheck(fewer, name=FEWER)]
    found = measure.alternately([bench.same(path), *commands, *bench.beside("schools", path)], bench.times(3))
    show("Schools: 1,000 workbooks", found, ONE)
    yield agreement(path, found)
    yield Limit("the same 16 checks, one worker: wall time ÷ openpyxl", ratio(found, SAME, "openpyxl"), 1 / 5)
    yield Limit("the whole plan, one worker: wall time ÷ openpyxl", ratio(found, ONE, "openpyxl"), 1 / 5)
    yield Limit("wall time of two workers ÷ one", ratio(found, TWO, ONE), 0.6)
    yield Limit("peak memory, 1,000 workbooks ÷ 100", found[ONE].peak / found[FEWER].peak, 1.2)


def broken(bench: Bench) -> Iterator[Limit]:
    """The same thousand workbooks, a tenth of them broken."""
    path, spoilt = bench.folder / "schools-1000", bench.folder / "schools-1000-broken"
    found = measure.alternately([plancheck(path, name=ONE), plancheck(spoilt, name=BROKEN)], bench.times(5))
    show("Broken: 1,000 workbooks, a tenth of them broken in ten ways", found, ONE)
    yield Limit("wall time, a tenth broken ÷ none", ratio(found, BROKEN, ONE), 2.0)


def large(bench: Bench) -> Iterator[Limit]:
    """One workbook of 100,000 rows."""
    path = bench.folder / "large.xlsx"
    found = measure.alternately([bench.same(path), plancheck(path), *bench.beside("large", path)], bench.times(3))
    show("Large: 100,000 rows × 40 columns", found, PLANCHECK)
    yield agreement(path, found)
    for ours, what in ((SAME, "the same 16 checks"), (PLANCHECK, "the whole plan")):
        yield Limit(f"{what}: wall time ÷ openpyxl read-only", ratio(found, ours, "openpyxl"), 1 / 4)
        yield Limit(f"{what}: wall time ÷ bare python-calamine", ratio(found, ours, "calamine"), 2.0)
    yield Limit("peak memory in GiB", found[PLANCHECK].peak / 1024, 1.0)


_ABOVE = {"docx": 1.5}
"""Seconds a format may cost above the table, where it is not the usual; a Word report draws its charts."""


def formats(bench: Bench) -> Iterator[Limit]:
    """What each format costs over the table, for a district; and 1,000 schools × 60 indicators as workbook and page."""
    forms = {
        "table": "txt", "json": "json", "csv": "csv", "md": "md", "xlsx": "xlsx", "junit": "xml", "sarif": "sarif",
        "html": "html", "docx": "docx",
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = bench.folder / "district.xlsx"
        outputs = {form: ("--force", "--output", f"{folder}/out.{suffix}") for form, suffix in forms.items()}
        commands = [plancheck(path, *each, name=form) for form, each in outputs.items()]
        found = measure.alternately(commands, bench.times(9))
        show("Formats: what is written for a district", found, "table")
        for form in forms:
            yield Limit(
                f"{form}: seconds of processor above the table",
                found[form].cpu - found["table"].cpu,
                _ABOVE.get(form, 0.15),
            )
        wide = bench.folder / "wide"
        plan = ("--plan", str(wide / "plan.yaml"))
        written = [plancheck(wide / "returns.xlsx", *plan, *outputs[form], name=form) for form in ("xlsx", "html")]
        found = measure.alternately(written, bench.times(3))
        show("Results: 1,000 schools × 60 indicators", found, "xlsx")
        for form, cost in found.items():
            yield Limit(f"{form}: seconds", cost.wall, 10.0)
            yield Limit(f"{form}: peak memory in MiB", cost.peak, 500.0)


def years(bench: Bench) -> Iterator[Limit]:
    """Four years of a whole district with its ledgers: every commitment beside the plan's table; and the plan alone."""
    given = (*sorted((programs.EXAMPLES / "returns").iterdir()), "--roster", programs.EXAMPLES / "roster.xlsx")
    every, table = "plancheck --all", f"plancheck, the plan's table of {programs.CHECKS}"
    commands = [plancheck(*given, "--all", name=every), plancheck(*given, "--only", programs.TABLE, name=table)]
    found = measure.alternately(commands, bench.times(9))
    show("Years: a district over four years", found, table)
    yield Limit("wall time, every commitment ÷ the table's", ratio(found, every, table), 2.0)
    found = measure.alternately([programs.plan(loaded=True), programs.plan(loaded=False)], bench.times(20))
    show("The plan file and all that it includes", found, programs.LOADED)
    yield Limit("the plan loaded, seconds", found[programs.LOADED].wall - found[programs.IMPORTED].wall, 0.1)


def startup(bench: Bench) -> Iterator[Limit]:
    """What it costs to start, and what a run loads."""
    bare = Command("python -c pass", (sys.executable, "-c", "pass"), programs.ROOT)
    version = Command("plancheck --version", (sys.executable, "-m", "plancheck", "--version"), programs.ROOT)
    found = measure.alternately([version, bare], bench.times(20))
    show("Start", found, version.name)
    yield Limit("plancheck --version ÷ bare interpreter", ratio(found, version.name, bare.name), 6.0)
    path = bench.folder / "district.xlsx"
    for form, never in NEEDLESS.items():
        loaded = programs.modules(plancheck(path, "--format", form))
        assert "plancheck" in loaded
        needless = never & loaded
        names = f" ({', '.join(sorted(needless))})" if needless else ""
        yield Limit(f"modules loaded for --format {form} that it does not need{names}", len(needless), 0)


def agreement(path: Path, found: Mapping[str, Run]) -> Limit:
    """Return the requirement that all who make the checks come to the same figures and verdicts."""
    others = {name: found[name].output for name in ALTERNATIVES if name in found}
    differ = programs.disagreements(path, others)
    for line in differ:
        print(f"  {line}")
    return Limit(f"checks on which {', '.join(others) or 'nobody'} and plancheck differ", len(differ), 0)


def show(title: str, found: Mapping[str, Run], ours: str) -> None:
    """Print the medians of one workload; the last column is how often our wall time goes into each one's."""
    print(f"\n### {title}\n")
    print(f"| {'program':<34} | {'wall s':>8} | {'CPU s':>8} | {'peak MiB':>8} | {'× ours':>7} |")
    print(f"|{'-' * 36}|{'-' * 9}:|{'-' * 9}:|{'-' * 9}:|{'-' * 8}:|")
    for name, each in found.items():
        times = each.wall / found[ours].wall
        print(f"| {name:<34} | {each.wall:8.3f} | {each.cpu:8.3f} | {each.peak:8.1f} | {times:7.2f} |")
    print()


PARTS: Mapping[str, Callable[[Bench], Iterator[Limit]]] = {
    "startup": startup,
    "district": district,
    "schools": schools,
    "broken": broken,
    "large": large,
    "years": years,
    "formats": formats,
}


def main() -> int:
    """Measure what is asked for. Returns 1 if a requirement does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="this part only; repeatable")
    parser.add_argument("--runs", type=int, help="measured runs of each program, after one to warm up")
    parser.add_argument("--work", type=Path, default=programs.HERE / "work", help="the folder of the workloads")
    parser.add_argument(
        "--others", default=sys.executable, metavar="PYTHON", help="interpreter of pandas and frictionless"
    )
    options = parser.parse_args()
    bench = Bench(options.work.resolve(), options.others, options.runs)
    if not (bench.folder / "district.xlsx").exists():
        parser.error(f"no workloads in {bench.folder}: run make_workloads.py first")
    if programs.installed("numpy", sys.executable):
        print("numpy is installed here and slows openpyxl down: better benchmark without it", file=sys.stderr)
    missed = 0
    for name in options.only or PARTS:
        for limit in list(PARTS[name](bench)):
            print(limit.line(), flush=True)
            missed += not limit.holds()
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
