"""YAML text into a tree that knows where each part stands: strict, guarded while it streams, every scalar a text.

Built from the parser's events: nothing is composed, resolved, constructed or merged, so `1:17`, `010`, `no` and
`98.0` stay as they are written, and no alias can grow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NoReturn

import yaml
from msgspec import Struct

from plancheck.language import Text
from plancheck.pattern import Pattern
from plancheck.plan.faults import Faults, Place, Spot
from plancheck.plan.yaml_problems import nesting_given_up, quote_targets, report_syntax

MOST_BYTES: Final = 2_000_000
DEEPEST: Final = 50
MOST_NODES: Final = 200_000

Style = Literal["plain", "quoted", "literal", "folded"]


class TextNode(Struct, frozen=True):
    """A scalar, as written.

    `header` is what stands behind the `>` of a folded block on its own line. `lead` is how many characters stand
    before the text's first one (1 for a quote); None where text and source differ, as with escapes and line breaks.
    """

    text: str
    line: int
    column: int
    style: Style = "plain"
    header: str = ""
    lead: int | None = None
    file: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was written at all."""
        return self.style == "plain" and not self.text

    def spot(self, at: int) -> Spot:
        """Return the place of the text's character `at` (0-based), or the scalar's own where that is not known."""
        return Spot(self.line, self.column if self.lead is None else self.column + self.lead + at, self.file)


class ListNode(Struct, frozen=True):
    """A sequence."""

    items: tuple[Node, ...]
    line: int
    column: int
    file: str = ""


class Entry(Struct, frozen=True):
    """A key of a mapping and what stands behind it."""

    key: TextNode
    value: Node


class MapNode(Struct, frozen=True):
    """A mapping; of a key that stands twice the first is kept."""

    entries: Mapping[str, Entry]
    line: int
    column: int
    file: str = ""


class RefusedNode(Struct, frozen=True):
    """The place of an alias. It has been reported already, so it is no further fault whatever should stand here."""

    line: int
    column: int
    file: str = ""


Node = TextNode | ListNode | MapNode | RefusedNode


def read_tree(text: str, faults: Faults) -> Node | None:
    """Return the tree of a YAML text, or None when it has none or reading had to stop; what is wrong goes to `faults`."""
    if _has_strange_character(text, faults):
        return None
    seen = Faults(faults.file)
    tree = _grow(text, seen)
    if isinstance(tree, yaml.YAMLError) and (given_up := nesting_given_up(tree)) is not None:
        tree = _grow(text[:given_up], seen)  # the scanner runs ahead; our own bound lies before the place
    if isinstance(tree, yaml.YAMLError):
        mended = quote_targets(text, faults)
        seen = Faults(faults.file)
        text = text if mended is None else mended
        tree = _grow(text, seen)
    if isinstance(tree, yaml.YAMLError):
        report_syntax(tree, text, seen)
    faults.join(seen)
    return None if isinstance(tree, yaml.YAMLError) else tree


def _grow(text: str, faults: Faults) -> Node | yaml.YAMLError | None:
    """Return the tree, the parser's complaint, or None where reading had to stop or nothing is written."""
    growth = _Growth(text, faults)
    try:
        parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        for event in iter(parser.get_event, None):
            growth.take(event)
    except yaml.YAMLError as error:
        return error
    except _Stop:
        return None
    return growth.root


# What YAML does not count as printable, the line breaks that no editor counts as lines, and the signs that turn the
# direction of writing, by which a plan could show something else than it says. (Said the other way round, as the set
# of what is allowed, it takes ten times as long to compile.)
_STRANGE: Final = Pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def _has_strange_character(text: str, faults: Faults) -> bool:
    match = _STRANGE.search(text)
    if match is None:
        return False
    before = text[: match.start()].splitlines(keepends=True)
    whole = not before or before[-1].endswith(("\n", "\r"))
    line, column = (len(before) + 1, 1) if whole else (len(before), len(before[-1]) + 1)
    name = f"U+{ord(match.group()):04X}"
    faults.add("PC102", Spot(line, column), why=Text(f"控制字符 {name}", f"control character {name}"))
    return True


class _Stop(Exception):
    """Reading cannot go on; why has been reported."""


class _Open(Struct):
    """A collection that is not closed yet; `entries` is None for a list."""

    line: int
    column: int
    items: list[Node]
    entries: dict[str, Entry] | None = None
    key: TextNode | None = None
    file: str = ""


_STYLES: Final[dict[str | None, Style]] = {"'": "quoted", '"': "quoted", "|": "literal", ">": "folded"}


_LEADS: Final[dict[Style, int]] = {"plain": 0, "quoted": 1}


class _Growth:
    """Takes the parser's events in their order; open collections lie upon each other."""

    def __init__(self, text: str, faults: Faults) -> None:
        self.root: Node | None = None
        self._faults = faults
        self._lines = text.splitlines()
        self._open: list[_Open] = []
        self._count = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._add(self._leaf(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.CollectionStartEvent):
            line, column = self._counted(event)
            self._refuse_marks(event, line, column)
            self._begin(_Open(line, column, [], {} if isinstance(event, yaml.MappingStartEvent) else None))
        elif isinstance(event, yaml.AliasEvent):
            line, column = self._counted(event)
            self._faults.add("PC104", Spot(line, column), found=f"*{event.anchor}")
            self._add(RefusedNode(line, column, self._faults.file))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            why = Text("文件里有多个文档（---），只能有一个", "there are several documents (---); one is expected")
            self._stop("PC102", Spot(*_place(event)), why=why)

    def _counted(self, event: yaml.NodeEvent) -> tuple[int, int]:
        """Count a node and return its line and column."""
        place = _place(event)
        self._count += 1
        if self._count > MOST_NODES:
            self._stop("PC105", Spot(*place), what=Text("节点数", "the number of nodes"), limit=MOST_NODES)
        return place

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int, column: int) -> None:
        if event.anchor is not None:
            self._faults.add("PC104", Spot(line, column), found=f"&{event.anchor}")
        if event.tag is not None:
            self._faults.add("PC104", Spot(line, column), found=event.tag)

    def _stop(self, code: str, place: Place, **params: str | int | Text) -> NoReturn:
        self._faults.add(code, place, **params)
        raise _Stop

    def _leaf(self, event: yaml.ScalarEvent) -> TextNode:
        line, column = self._counted(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event, line, column)
        text: str = event.value
        style = _STYLES.get(event.style, "plain")
        header = self._lines[line - 1][column:].partition("#")[0].strip() if style == "folded" else ""
        lead = _LEADS.get(style)
        end = event.end_mark
        if lead is not None and (
            end is None or end.line + 1 != line or end.column + 1 != column + len(text) + 2 * lead
        ):
            lead = None
        return TextNode(text, line, column, style, header, lead, self._faults.file)

    def _begin(self, opened: _Open) -> None:
        if self._open and self._open[-1].entries is not None and self._open[-1].key is None:
            self._refuse_key(opened)
        if len(self._open) == DEEPEST:
            self._stop("PC105", opened, what=Text("嵌套层数", "nesting"), limit=DEEPEST)
        self._open.append(opened)

    def _end(self) -> None:
        done = self._open.pop()
        if done.entries is None:
            self._add(ListNode(tuple(done.items), done.line, done.column, self._faults.file))
        else:
            self._add(MapNode(done.entries, done.line, done.column, self._faults.file))

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        if top.entries is None:
            top.items.append(node)
        elif top.key is None:
            top.key = node if isinstance(node, TextNode) else self._refuse_key(node)
        else:
            first = top.entries.setdefault(top.key.text, Entry(top.key, node)).key
            if first is not top.key:
                self._faults.add("PC103", top.key, key=top.key.text, first=first.line)
            top.key = None

    def _refuse_key(self, place: Place) -> NoReturn:
        self._stop("PC102", place, why=Text("键必须是一段简单的文字", "a key must be a simple text"))


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
