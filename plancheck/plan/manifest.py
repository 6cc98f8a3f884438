"""A manifest: which return takes the place of which, where a school has sent one more than once.

It is YAML with one key, `supersedes: [{file: 甲校.xlsx, by: 甲校-修改后(2).xlsx}]`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from plancheck.language import Text
from plancheck.model import Replacement
from plancheck.plan.documents import read_document
from plancheck.plan.faults import Faults, PlanUnusable, Spot
from plancheck.plan.section import Section

_THE_FILE: Final = Text("替代清单", "the manifest")
_AN_ENTRY: Final = Text("替代", "replacement")


def read_manifest(path: Path) -> tuple[Replacement, ...]:
    """Return what a manifest says. Raises PlanUnusable with everything that is wrong with it."""
    faults = Faults(str(path))
    tree = read_document(path, faults)
    entries: tuple[Replacement, ...] = ()
    if tree is not None:
        root = Section(faults, _THE_FILE, Spot(1, 1), tree)
        items = root.items("supersedes", root.need("supersedes"), _AN_ENTRY)
        entries = tuple(Replacement(each.text("file"), each.text("by")) for each in items)
        root.finish()
    if faults:
        raise PlanUnusable(faults.listed())
    return entries
