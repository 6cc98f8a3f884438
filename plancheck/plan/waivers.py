"""Waivers: who is released from which indicator, for which years, by whom, why, and from when to when.

A YAML file of its own with one key, `waivers`. A unit that nobody has heard of is found when the roster is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from plancheck.language import Text
from plancheck.model import Plan, Waiver
from plancheck.plan.documents import read_document
from plancheck.plan.faults import Faults, PlanUnusable, Spot
from plancheck.plan.rulings import AN_INDICATOR
from plancheck.plan.section import Section
from plancheck.plan.units import A_STAGE
from plancheck.plan.yaml_tree import TextNode

_THE_FILE: Final = Text("豁免清单", "the file of waivers")
_A_WAIVER: Final = Text("豁免", "waiver")
_A_UNIT: Final = Text(
    "学校标识码、“标识码/学段”，或表示全区的 \"\"", "a school's code, code/stage, or \"\" for the district"
)  # fmt: skip
_A_DATE: Final = Text("日期，如 2024-08-31", "a date such as 2024-08-31")


def read_waivers(path: Path, plan: Plan) -> tuple[Waiver, ...]:
    """Return the waivers in a file. Raises PlanUnusable with everything that is wrong with it."""
    faults = Faults(str(path))
    tree = read_document(path, faults)
    waivers: list[Waiver] = []
    if tree is not None:
        root = Section(faults, _THE_FILE, Spot(1, 1, tree.file), tree)
        for section in root.items("waivers", root.need("waivers"), _A_WAIVER):
            waiver = _waiver(section, plan)
            _check_overlap(section, waiver, waivers)
            waivers.append(waiver)
        root.finish()
    if faults:
        raise PlanUnusable(faults.listed())
    return tuple(waivers)


def _waiver(section: Section, plan: Plan) -> Waiver:
    periods = section.some_texts("periods", section.need("periods"))
    years = (section.whole("periods", node, plan.baseline_year, plan.target_year) for node in periods)
    since, until = _days(section)
    place = section.place
    return Waiver(
        unit=_unit(section, plan),
        indicator=section.refer_strictly(section.needed_scalar("indicator"), plan.indicators, AN_INDICATOR),
        periods=tuple(sorted(year for year in years if year is not None)),
        approver=section.text("approver"),
        document=section.text("document"),
        reason=section.text("reason"),
        since=since,
        until=until,
        place=f"{place.file}:{place.line}:{place.column}",
    )


def _unit(section: Section, plan: Plan) -> str:
    """Return whom a waiver is for: a school, a stage of it, or "" (which has to be written) for the district."""
    node = section.need("unit")
    if node is None:
        return ""
    if not isinstance(node, TextNode) or node.empty:
        section.wrong("unit", node, _A_UNIT)
        return ""
    code, slash, stage = node.text.partition("/")
    if node.text and not re.fullmatch(plan.units.code_pattern, code):
        section.wrong("unit", node, _A_UNIT)
    elif slash:
        section.refer_strictly(TextNode(stage, node.line, node.column, file=node.file), plan.units.stages, A_STAGE)
    return node.text


def _days(section: Section) -> tuple[str, str]:
    """Return the first and the last day, both included; a waiver without an end is refused."""
    since = _day(section, "from", section.needed_scalar("from"))
    if not section.has("to"):
        section.faults.add("PC134", section.place)
        return since, ""
    node = section.needed_scalar("to")
    until = _day(section, "to", node)
    if node is not None and since and until and since > until:
        section.faults.add("PC135", node, since=since, until=until)
    return since, until


def _day(section: Section, key: str, node: TextNode | None) -> str:
    """Return a date in ISO form, empty where there is none."""
    if node is None:
        return ""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text):
        try:
            return date.fromisoformat(node.text).isoformat()
        except ValueError:
            pass  # 2024-02-30 is written like a date and is none
    section.wrong(key, node, _A_DATE)
    return ""


def _check_overlap(section: Section, waiver: Waiver, earlier: Iterable[Waiver]) -> None:
    """Note it when two waivers release one unit from one indicator for the same year on the same days."""
    for other in earlier:
        same = (waiver.unit, waiver.indicator) == (other.unit, other.indicator)
        years = sorted(set(waiver.periods) & set(other.periods))
        if same and waiver.indicator and years and waiver.since <= other.until and other.since <= waiver.until:
            line = other.place.rsplit(":", 2)[1]
            section.faults.add("PC136", section.place, years=", ".join(map(str, years)), first=line)
