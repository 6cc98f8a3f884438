"""A plan file, from bytes to `Plan`: all of its faults at once, or a plan that can be judged with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from msgspec import Struct

from plancheck.language import Text
from plancheck.model import Finding, Plan
from plancheck.plan.checks import read_checks
from plancheck.plan.elements import read_elements
from plancheck.plan.faults import Faults, PlanUnusable, Spot, whole
from plancheck.plan.forms import read_forms
from plancheck.plan.formulas import Vocabulary
from plancheck.plan.groups import in_order, read_groups
from plancheck.plan.include import Sources, read_sources
from plancheck.plan.indicators import read_indicators
from plancheck.plan.measures import Known
from plancheck.plan.rulings import read_rulings
from plancheck.plan.section import EARLIEST, LATEST, Section
from plancheck.plan.units import identities_are_texts, read_units, stage_ids
from plancheck.plan.yaml_tree import MapNode

_THE_FILE: Final = Text("规划文件", "the plan file")
_PLAN: Final = "plan"


class Examined(Struct, frozen=True):
    """What was seen in a plan file: its tree, its plan if it has no fault, its faults."""

    tree: MapNode | None
    plan: Plan | None
    faults: Faults

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The faults, in the order of the files and their places."""
        return self.faults.listed()


def load(path: Path) -> Plan:
    """Return the plan in a file. Raises PlanUnusable with every fault that was found in it."""
    examined = examine(path)
    if examined.plan is None:
        raise PlanUnusable(examined.findings)
    return examined.plan


def examine(path: Path) -> Examined:
    """Return what a plan file holds, whatever may be wrong with it. Raises nothing."""
    faults = Faults(str(path))
    sources = read_sources(path, faults)
    if sources is None:
        return Examined(None, None, faults)
    plan = _plan(Section(faults, _THE_FILE, Spot(1, 1), sources.tree), sources)
    return Examined(sources.tree, None if faults else plan, faults)


def _plan(root: Section, sources: Sources) -> Plan:
    """Read every section, in an order in which each knows the names it may speak of."""
    faults = root.faults
    known = frozenset(root.keys("elements"))
    about = root.part(_PLAN) or Section(Faults(""), _THE_FILE, whole(""), MapNode({}, 0, 0))
    baseline_year, target_year = _years(about)
    units = read_units(root, known)
    elements = read_elements(root, stage_ids(root))
    identities_are_texts(root, units, elements, faults)
    forms = read_forms(root, elements, units.stages)
    groups = read_groups(root)
    vocabulary = Vocabulary.of(elements, known, units)
    names = Known(vocabulary, units, forms, root.keys("indicators"), groups)
    indicators = read_indicators(root, names, (baseline_year, target_year))
    plan = Plan(
        id=about.text("id"),
        title=about.said("title"),
        document=about.text("document"),
        baseline_year=baseline_year,
        target_year=target_year,
        file=faults.file,
        sha256=sources.sha256,
        units=units,
        elements=elements,
        forms=forms,
        indicators=in_order(indicators, groups),
        rulings=read_rulings(root, root.keys("indicators")),
        groups=groups,
        checks=read_checks(root, vocabulary, units.stages),
        included=sources.included,
    )
    about.finish()
    root.has("include")  # is no part of the tree any more, but may be meant by who misspells it
    root.finish()
    return plan


def _years(about: Section) -> tuple[int, int]:
    baseline = about.year("baseline", about.needed_scalar("baseline")) or EARLIEST
    return baseline, about.year("target", about.needed_scalar("target"), baseline) or LATEST
