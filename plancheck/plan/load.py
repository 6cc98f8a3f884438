"""A plan file, from bytes to `Plan`: all of its faults at once, or a plan that can be judged with."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from plancheck.language import Text
from plancheck.model import Finding, Plan
from plancheck.plan.checks import read_checks
from plancheck.plan.elements import read_elements
from plancheck.plan.faults import WHOLE_FILE, Faults, PlanUnusable, Spot
from plancheck.plan.forms import read_forms
from plancheck.plan.formulas import Vocabulary
from plancheck.plan.groups import read_groups
from plancheck.plan.indicators import read_indicators
from plancheck.plan.measures import Known
from plancheck.plan.rulings import read_rulings
from plancheck.plan.section import A_MAPPING, EARLIEST, LATEST, Section, shown
from plancheck.plan.units import identities_are_texts, read_units, stage_ids
from plancheck.plan.yaml_tree import MOST_BYTES, MapNode, Node, read_tree

_THE_FILE: Final = Text("规划文件", "the plan file")
_PLAN: Final = "plan"


@dataclass(frozen=True, slots=True)
class Examined:
    """What was seen in a plan file: its tree, its plan if it has no fault, its faults."""

    tree: Node | None
    plan: Plan | None
    findings: tuple[Finding, ...]


def load(path: Path) -> Plan:
    """Return the plan in a file. Raises PlanUnusable with every fault that was found in it."""
    examined = examine(path)
    if examined.plan is None:
        raise PlanUnusable(examined.findings)
    return examined.plan


def examine(path: Path) -> Examined:
    """Return what a plan file holds, whatever may be wrong with it. Raises nothing."""
    faults = Faults(str(path))
    content = _read(path, faults)
    text = _decode(content, faults) if content is not None else None
    tree = read_tree(text, faults) if text is not None else None
    if tree is None and not faults:
        faults.add("PC101", WHOLE_FILE, why=Text("文件是空的", "the file is empty"))
    if tree is None or content is None:
        return Examined(None, None, faults.listed())
    if not isinstance(tree, MapNode):
        faults.add("PC108", tree, key=path.name, expected=A_MAPPING, found=shown(tree))
        return Examined(tree, None, faults.listed())
    plan = _plan(Section(faults, _THE_FILE, Spot(1, 1), tree), hashlib.sha256(content).hexdigest())
    return Examined(tree, None if faults else plan, faults.listed())


def _read(path: Path, faults: Faults) -> bytes | None:
    """Return the bytes of a regular file of bearable size."""
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            why = Text("这是一个文件夹", "it is a folder")
        elif not stat.S_ISREG(kind):
            why = Text("这不是普通文件", "it is not a regular file")  # a pipe would never end
        else:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
            if len(content) <= MOST_BYTES:
                return content
            faults.add("PC105", WHOLE_FILE, what=Text("大小", "size"), limit="2 MB")
            return None
    except FileNotFoundError:
        why = Text("文件不存在", "there is no such file")
    except PermissionError:
        why = Text("没有读取权限", "permission denied")
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        why = Text(said, said)
    faults.add("PC101", WHOLE_FILE, why=why)
    return None


def _decode(content: bytes, faults: Faults) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", errors="replace")) + 1
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        why = Text("文件是 UTF-16 编码", "it is encoded in UTF-16")
    else:
        why = Text("不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8", "it is not UTF-8 (perhaps GBK); save it as UTF-8")
    faults.add("PC101", Spot(line, column), why=why)
    return None


def _plan(root: Section, sha256: str) -> Plan:
    """Read every section, in an order in which each knows the names it may speak of."""
    faults = root.faults
    known = frozenset(root.keys("elements"))
    about = root.part(_PLAN) or Section(Faults(""), _THE_FILE, WHOLE_FILE, MapNode({}, 0, 0))
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
        sha256=sha256,
        units=units,
        elements=elements,
        forms=forms,
        indicators=indicators,
        rulings=read_rulings(root, root.keys("indicators")),
        groups=groups,
        checks=read_checks(root, vocabulary, units.stages),
    )
    about.finish()
    root.finish()
    return plan


def _years(about: Section) -> tuple[int, int]:
    baseline = about.year("baseline", about.needed_scalar("baseline")) or EARLIEST
    return baseline, about.year("target", about.needed_scalar("target"), baseline) or LATEST
