"""A plan file and the files it includes, read in order: an included file comes before the one that names it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from plancheck.language import Text
from plancheck.plan.documents import content_of, parse_document
from plancheck.plan.faults import Faults, Spot, whole
from plancheck.plan.merge import merge
from plancheck.plan.section import Section
from plancheck.plan.yaml_tree import MOST_BYTES, MapNode, TextNode

MOST_FILES: Final = 100
_INCLUDE: Final = "include"
_THE_FILE: Final = Text("规划文件", "the plan file")


class Sources(Struct, frozen=True):
    """One tree out of all files of a plan; `included` gives each further file's SHA-256, `sha256` is over all."""

    tree: MapNode
    sha256: str
    included: Mapping[str, str]


def read_sources(path: Path, faults: Faults) -> Sources | None:
    """Return a plan file with everything it includes merged in; None where the file itself cannot be read."""
    content = content_of(path)
    if isinstance(content, Text):
        faults.add("PC101", whole(path), why=content)
        return None
    reading = _Reading(faults)
    own = reading.take(path, content, ())
    if own is None:
        return None
    tree = MapNode({}, own.line, own.column, own.file)
    for each in reading.trees:
        tree = merge(tree, each, faults)
    overall = hashlib.sha256(content)
    for further in reading.contents.values():
        overall.update(further)
    included = {name: hashlib.sha256(further).hexdigest() for name, further in reading.contents.items()}
    return Sources(tree, overall.hexdigest(), included)


class _Reading(Struct):
    """Files as they are read; `trees` stand in the order in which they hold, `contents` are those of included files."""

    faults: Faults
    trees: list[MapNode] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    _seen: set[Path] = field(default_factory=set)
    _size: int = 0

    def take(self, path: Path, content: bytes, above: tuple[Path, ...]) -> MapNode | None:
        """Read a file after those it includes; `above` are the files that led to it."""
        here = (*above, _identity(path))
        self._seen.add(here[-1])
        self._size += len(content)
        tree = parse_document(path, content, self.faults)
        if tree is None:
            return None
        for name in self._names(tree):
            self._include(path.parent / name.text, name, here)
        entries = {key: entry for key, entry in tree.entries.items() if key != _INCLUDE}
        self.trees.append(MapNode(entries, tree.line, tree.column, tree.file))
        return tree

    def _names(self, tree: MapNode) -> Iterator[TextNode]:
        section = Section(self.faults, _THE_FILE, Spot(1, 1, tree.file), tree)
        yield from section.texts(_INCLUDE, section.get(_INCLUDE))

    def _include(self, path: Path, name: TextNode, above: tuple[Path, ...]) -> None:
        identity = _identity(path)
        if identity in above:
            chain = [each.name for each in (*above[above.index(identity) :], identity)]
            self.faults.add("PC122", name, chain=" → ".join(chain))
        elif len(self._seen) >= MOST_FILES:
            self.faults.add("PC105", name, what=Text("引入的文件数", "the number of files"), limit=MOST_FILES)
        elif identity not in self._seen:
            content = content_of(path)
            if isinstance(content, Text):
                self.faults.add("PC121", name, file=name.text, why=content)
            elif self._size + len(content) > MOST_BYTES:
                self.faults.add("PC105", name, what=Text("全部文件的大小", "the size of all files"), limit="2 MB")
            else:
                self.contents[str(path)] = content
                self.take(path, content, above)


def _identity(path: Path) -> Path:
    """Return the path by which a file is known again, however it is written."""
    return Path(path.parent.resolve(), path.name)
