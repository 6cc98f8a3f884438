"""What is asked of an indicator: its target, those of stages and groups, of years on the way, revised and restated ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Final, get_args

from msgspec import Struct

from plancheck.language import Text
from plancheck.model import (
    Change,
    Compare,
    KOfN,
    Measure,
    Milestone,
    Narrative,
    Restatement,
    Revision,
    Series,
    Target,
    Units,
)
from plancheck.pattern import Pattern
from plancheck.plan.rulings import source_of
from plancheck.plan.section import LATEST, Section, shown
from plancheck.plan.targets import Better, Sort, Unclear, read_target, sort_of
from plancheck.plan.units import A_STAGE, AN_ATTRIBUTE
from plancheck.plan.yaml_tree import MapNode, Node, TextNode

DIRECTIONS: Final[tuple[Better, ...]] = get_args(Better)
NOTHING: Final = Target("", ">=", None)
_A_GROUP: Final = Text("units.groups 中的成员", "member in units.groups")
_A_REVISION: Final = Text("目标调整", "revision")
_A_RESTATEMENT: Final = Text("重复表述", "restatement")
RESTATED_ID: Final = Pattern(r"[a-z][a-z0-9_]*(@[a-z0-9_]+)?")
ITS_ID: Final = Text("指标编号，或“编号@出处”", "an id, or id@place")
_A_TARGET: Final = Text("目标，如 \">98\"", "a target such as \">98\"")  # fmt: skip
_NEEDS: Final[Mapping[Sort, Unclear]] = {
    "series": Unclear(Text("series 的目标应是“只增不减”一类的话", "a series needs a wording such as 只增不减")),
    "amount": Unclear(
        Text("compare 的目标应是不带数的“不低于”一类的话", "compare needs a wording without a number, such as 不低于")
    ),
    "done": Unclear(Text("milestone 的目标应是“完成”", "a milestone needs 完成 (done)")),
    "change": Unclear(
        Text(
            "change 的目标应是“下降1个百分点”一类的话或数", "a change needs a number or a wording such as 下降1个百分点"
        )
    ),
    "number": Unclear(Text("这种指标的目标应是数", "this indicator needs a number as its target")),
}


class Goals(Struct, frozen=True):
    """The targets of an indicator. Where each stage or group has its own, `target` names them all and has no bound."""

    target: Target
    targets: Mapping[str, Target]
    by: str
    steps: Mapping[int, Target]
    revised: tuple[Revision, ...]
    restated: tuple[Restatement, ...]


class Asker(Struct, frozen=True):
    """Reads the targets of one indicator: in its unit, of the sort that its measure needs."""

    section: Section
    unit: str
    measure: Measure
    better: Better = "more"

    def read(self, key: str, node: Node | None, section: Section | None = None) -> Target:
        """Return the target in a node, `NOTHING` where it is no target; `section` is where the key stands."""
        section = section or self.section
        if node is None:
            return NOTHING
        if isinstance(node, TextNode) and node.style == "folded":
            section.faults.add("PC112", node, found=node.header or " ".join(node.text.split()))
            return NOTHING
        if not isinstance(node, TextNode) or not node.text.strip():
            section.wrong(key, node, _A_TARGET)
            return NOTHING
        found = sort_of(node.text)
        wanted = self._sort()
        target = read_target(node.text.strip(), self.unit, self.better)
        if isinstance(target, Target) and found != wanted and (found, wanted) != ("number", "change"):
            target = _NEEDS[wanted]
        if isinstance(target, Unclear):
            section.faults.add("PC111", node, found=shown(node), why=target.why)
            return NOTHING
        return target

    def _sort(self) -> Sort:
        match self.measure:
            case Series():
                return "series"
            case Compare():
                return "amount"
            case Milestone():
                return "done"
            case Change():
                return "change"
            case _:
                return "number"


def read_goals(asker: Asker, units: Units, years: tuple[int, int]) -> Goals:
    """Read every target of an indicator; `years` are the plan's first and last."""
    section = asker.section
    targets: dict[str, Target] = {}
    by = ""
    node = section.get("target")
    if isinstance(node, MapNode):
        by, targets = _by_group(asker, units)
        target = _together(targets, units)
    elif node is None and (own := _own(asker.measure)) is not None:
        target = own
    else:
        target = asker.read("target", section.need("target"))
    return Goals(target, targets, by, _steps(asker, years), _revised(asker, years), _restated(asker))


def _own(measure: Measure) -> Target | None:
    """Return the target that a measure brings along, None where the plan must say it."""
    match measure:
        case Milestone():
            return Target("完成", ">=", None)
        case KOfN(_, least):
            return Target(f"≥{least}", ">=", Fraction(least))
        case Narrative():
            return NOTHING
        case _:
            return None


def _by_group(asker: Asker, units: Units) -> tuple[str, dict[str, Target]]:
    """Return the attribute by which targets differ (empty: by stage), and the target of each of its groups."""
    part = asker.section.part("target")
    assert part is not None
    attribute = part.scalar("by")
    by = ""
    groups: Collection[str] = units.stages
    if attribute is not None and part.refer(attribute, units.attributes, AN_ATTRIBUTE):
        by, groups = attribute.text, units.groups.get(attribute.text, ())
    targets: dict[str, Target] = {}
    for entry in part.own_entries():
        if entry.key.text != "by":
            part.refer(entry.key, groups, A_STAGE if attribute is None else _A_GROUP)
            targets[entry.key.text] = asker.read(entry.key.text, entry.value, part)
    if not targets:
        asker.section.faults.add("PC131", part.place, where=asker.section.name, key="target")
    return by, targets


def _together(targets: Mapping[str, Target], units: Units) -> Target:
    """Return one target that names those of all groups and has no bound of its own."""
    labels = {group: units.stages[group].label.zh if group in units.stages else group for group in targets}
    text = "，".join(f"{labels[group]}{target.text}" for group, target in targets.items())
    operators = [target.operator for target in targets.values()]
    return Target(text, operators[0] if operators else ">=", None)


def _steps(asker: Asker, years: tuple[int, int]) -> dict[int, Target]:
    """Return the goals of years on the way."""
    part = asker.section.part_or_none("steps")
    steps: dict[int, Target] = {}
    for entry in part.own_entries() if part is not None else ():
        assert part is not None
        year = part.whole("steps", entry.key, years[0] + 1, years[1])
        target = asker.read(entry.key.text, entry.value, part)
        if year is not None:
            steps[year] = target
    return dict(sorted(steps.items()))


def _revised(asker: Asker, years: tuple[int, int]) -> tuple[Revision, ...]:
    revisions: list[Revision] = []
    section = asker.section
    for part in section.items("revised", section.get("revised"), _A_REVISION):
        since = part.year("since", part.needed_scalar("since"), years[0])
        target = asker.read("target", part.need("target"), part)
        revisions.append(Revision(since or LATEST, target, part.text("document"), part.said("why")))
    return tuple(sorted(revisions, key=lambda one: one.since))


def _restated(asker: Asker) -> tuple[Restatement, ...]:
    restated: list[Restatement] = []
    section = asker.section
    for part in section.items("restated", section.get("restated"), _A_RESTATEMENT):
        name = part.needed_scalar("id")
        if name is not None and not RESTATED_ID.fullmatch(name.text):
            part.wrong("id", name, ITS_ID)
        target = asker.read("target", part.get("target"), part) if part.has("target") else None
        source, note = source_of(part), part.said_or_none("note")
        restated.append(Restatement(name.text if name is not None else "", source, target, note))
    return tuple(restated)
