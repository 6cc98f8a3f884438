"""A manifest: which return takes the place of which, where a school has sent one more than once.

It is YAML with one key, `supersedes: [{file: 甲校.xlsx, by: 甲校-修改后(2).xlsx}]`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from plancheck.language import Text
from plancheck.model import Replacement
from plancheck.plan.faults import WHOLE_FILE, Faults, PlanUnusable, Spot
from plancheck.plan.section import A_MAPPING, Section, shown
from plancheck.plan.yaml_tree import MOST_BYTES, MapNode, read_tree

_THE_FILE: Final = Text("替代清单", "the manifest")
_AN_ENTRY: Final = Text("替代", "replacement")


def read_manifest(path: Path) -> tuple[Replacement, ...]:
    """Return what a manifest says. Raises PlanUnusable with everything that is wrong with it."""
    faults = Faults(str(path))
    tree = read_tree(_text(path, faults), faults)
    entries: tuple[Replacement, ...] = ()
    if isinstance(tree, MapNode):
        root = Section(faults, _THE_FILE, Spot(1, 1), tree)
        items = root.items("supersedes", root.need("supersedes"), _AN_ENTRY)
        entries = tuple(Replacement(each.text("file"), each.text("by")) for each in items)
        root.finish()
    elif tree is not None:
        faults.add("PC108", tree, key=path.name, expected=A_MAPPING, found=shown(tree))
    elif not faults:
        faults.add("PC101", WHOLE_FILE, why=Text("文件是空的", "the file is empty"))
    if faults:
        raise PlanUnusable(faults.listed())
    return entries


def _text(path: Path, faults: Faults) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        why = Text("不是 UTF-8 编码，请另存为 UTF-8", "it is not UTF-8; save it as UTF-8")
    except OSError as error:
        said = error.strerror or str(error)
        why = Text(said, said)
    faults.add("PC101", WHOLE_FILE, why=why)
    return ""
